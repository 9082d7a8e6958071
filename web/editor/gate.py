"""The gate before a move that changes what customers are answered: what it does to past questions,
and the way to make it all the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from flask import render_template, request, url_for

from kb.errors import UnknownArticle
from kb.revisions import StoredArticle
from responder.changes import ArticleEdit
from web.i18n import N_
from web.i18n import gettext as _
from web.outlook.looking import look_ahead
from web.outlook.page import OutlookPage


class Move(StrEnum):
    ARCHIVE = "archive"
    WITHDRAW = "withdraw"
    LEARN = "learn"


@dataclass(frozen=True, slots=True)
class MoveWords:
    """`warning` and `insisting` stand for `heading` and `button` where right answers are lost."""

    heading: str
    warning: str
    button: str
    insisting: str


WORDS: Mapping[Move, MoveWords] = {
    Move.ARCHIVE: MoveWords(
        N_("Archive this article?"),
        N_("Archive in spite of this?"),
        N_("Archive"),
        N_("Archive all the same"),
    ),
    Move.WITHDRAW: MoveWords(
        N_("Take this article offline?"),
        N_("Take offline in spite of this?"),
        N_("Take offline"),
        N_("Take offline all the same"),
    ),
    Move.LEARN: MoveWords(
        N_("Add this to the article?"),
        N_("Add in spite of this?"),
        N_("Add"),
        N_("Add all the same"),
    ),
}


def look_at_absence(stored: StoredArticle) -> OutlookPage | None:
    """What its absence would do to past questions; None where it does nothing to any."""
    try:
        seen = look_ahead(ArticleEdit(stored.key, None)) if stored.is_live else None
    except UnknownArticle:  # live, but no search has learned it yet
        return None
    return seen if seen is not None and seen.outlook.effects.effects else None


def gate(move: Move, stored: StoredArticle, seen: OutlookPage, **sent: str) -> str:
    """The page in between; its form makes the same request again, with `sent`, confirmed."""
    words = WORDS[move]
    harm = seen.outlook.effects.harm.questions
    return render_template(
        "editor/gate.html",
        stored=stored,
        seen=seen,
        harm=harm,
        heading=_(words.warning if harm else words.heading),
        move=_(words.button),
        button=_(words.insisting if harm else words.button),
        action=request.path,
        sent=sent,
        back=_back(move, stored),
    )


def _back(move: Move, stored: StoredArticle) -> str:
    if move is Move.LEARN:
        return url_for("edit.learn")
    return url_for("edit.article", lang=stored.key.lang, slug=stored.key.slug)
