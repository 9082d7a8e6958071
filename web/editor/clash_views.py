"""Two people edited the same text: both versions side by side, and a way on."""

from flask import abort, render_template, request

from kb.diffs import diff_lines
from kb.errors import InvalidArticle
from kb.models import ArticleKey
from kb.parsing import parse_stored
from web.editor.blueprint import bp
from web.editor.folding import fold
from web.editor.merging import merge
from web.editor.shelf import staff_names
from web.services import services


@bp.get("/<lang:lang>/<slug:slug>/clash")
def clash(lang: str, slug: str) -> str:
    """`mine` is the version that came too late, `base` the one it was made from."""
    key = ArticleKey(lang, slug)
    library = services().library
    stored = library.get_article(key)
    numbers = {revision.number for revision in library.list_revisions(key)}
    mine, base = (request.args.get(name, 0, type=int) for name in ("mine", "base"))
    if not {mine, base} <= numbers:
        abort(404)
    own = library.get_revision(key, mine)
    original = library.get_revision(key, base)
    merged = _readable(merge(original.source, own.source, stored.latest.source), key)
    return render_template(
        "editor/clash.html",
        stored=stored,
        mine=own,
        theirs=stored.latest,
        merged=merged,
        stretches=fold(diff_lines(stored.latest.source, own.source)),
        names=staff_names(),
    )


def _readable(text: str | None, key: ArticleKey) -> str | None:
    """Lines that fit together can still be no article: two titles, say."""
    try:
        parse_stored(text or "", key)
    except InvalidArticle:
        return None
    return text
