"""Every version of an article, and what differs between two of them."""

from flask import render_template, request

from kb.models import ArticleKey
from kb.revisions import Revision
from web.editor.blueprint import bp
from web.i18n import gettext as _
from web.services import services


@bp.get("/<lang:lang>/<slug:slug>/history")
def revisions(lang: str, slug: str) -> str:
    key = ArticleKey(lang, slug)
    library = services().library
    return render_template(
        "editor/history.html",
        stored=library.get_article(key),
        revisions=library.list_revisions(key),
        names=_names(),
        origin_name=_origin_name,
        note_text=_note_text,
    )


@bp.get("/<lang:lang>/<slug:slug>/compare")
def compare(lang: str, slug: str) -> str:
    key = ArticleKey(lang, slug)
    library = services().library
    stored = library.get_article(key)
    latest = stored.latest.number
    new = request.args.get("new", latest, type=int)
    old = request.args.get("old", stored.published_revision or max(new - 1, 1), type=int)
    return render_template(
        "editor/compare.html",
        stored=stored,
        old=library.get_revision(key, old),
        new=library.get_revision(key, new),
        lines=library.diff(key, old, new),
        names=_names(),
    )


def _names() -> dict[str, str]:
    return {person.email: person.name for person in services().accounts.list_staff()}


def _origin_name(revision: Revision) -> str:
    names = {"portal": _("portal"), "file": _("folder"), "import": _("import")}
    return names.get(str(revision.origin), str(revision.origin))


def _note_text(revision: Revision) -> str:
    """A revision's note code in words."""
    code, _colon, fact = revision.note.partition(":")
    texts = {
        "published": _("published"),
        "draft": _("taken offline"),
        "archived": _("archived"),
        "review": _("review asked for"),
        "restored": _("version %(number)s brought back", number=fact),
        "renamed": _("renamed from %(slug)s", slug=fact),
        "conflict": _("saved beside version %(number)s, which was newer", number=fact),
    }
    return texts.get(code, revision.note)
