"""Every version of an article, and what differs between two of them."""

from flask import abort, render_template, request

from kb.models import ArticleKey
from kb.revisions import Origin, Revision
from web.editor.blueprint import bp
from web.editor.folding import fold
from web.editor.shelf import staff_names
from web.i18n import N_
from web.i18n import gettext as _
from web.services import services

ORIGINS = {
    Origin.PORTAL: N_("in the portal"),
    Origin.FILE: N_("in the folder"),
    Origin.IMPORT: N_("by import"),
}
# the codes that kb writes beside a revision; what follows the colon is the fact
NOTES = {
    "published": N_("published"),
    "draft": N_("taken offline"),
    "archived": N_("archived"),
    "review": N_("review asked for"),
    "returned": N_("sent back for changes"),
    "restored": N_("version %(fact)s brought back"),
    "learned": N_("customers' questions added: %(fact)s"),
    "conflict": N_("saved beside version %(fact)s, which was newer"),
}
SENT_BACK = N_("sent back: %(fact)s")


@bp.get("/<lang:lang>/<slug:slug>/history")
def revisions(lang: str, slug: str) -> str:
    key = ArticleKey(lang, slug)
    library = services().library
    return render_template(
        "editor/history.html",
        stored=library.get_article(key),
        revisions=library.list_revisions(key),
        names=staff_names(),
        origin_name=lambda revision: _(ORIGINS[revision.origin]),
        note_text=note_text,
    )


@bp.get("/<lang:lang>/<slug:slug>/compare")
def compare(lang: str, slug: str) -> str:
    key = ArticleKey(lang, slug)
    library = services().library
    stored = library.get_article(key)
    new = request.args.get("new", stored.latest.number, type=int)
    old = request.args.get("old", stored.published_revision or max(new - 1, 1), type=int)
    numbers = [revision.number for revision in library.list_revisions(key)]
    if old not in numbers or new not in numbers:
        abort(404)
    return render_template(
        "editor/compare.html",
        stored=stored,
        old=library.get_revision(key, old),
        new=library.get_revision(key, new),
        numbers=numbers,
        stretches=fold(library.diff(key, old, new)),
        names=staff_names(),
    )


def note_text(revision: Revision) -> str:
    """A revision's note code in words."""
    code, _colon, fact = revision.note.partition(":")
    if code not in NOTES:
        return revision.note
    text = SENT_BACK if code == "returned" and fact else NOTES[code]
    return _(text, fact=fact)
