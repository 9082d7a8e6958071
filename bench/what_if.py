"""How long a look ahead takes: the last 1,000 questions, asked before and after a change."""

from collections.abc import Iterator, Sequence

from bench.report import Figure
from kb.frontmatter import edit
from responder.changes import ArticleEdit, Change, ThresholdChange
from responder.exchange import Incoming
from responder.thresholds import ANY
from responder.whatif import Scope
from web.services import WebServices

QUESTIONS = 1_000


def measure(web: WebServices, asked: Sequence[str]) -> Iterator[Figure]:
    """Vectors are kept from the first look on; the second one is measured."""
    for text in asked[:QUESTIONS]:
        web.responder.responder.reply(Incoming(text, lang="id"))
    key = web.library.list_published()[0].key
    draft = edit(web.library.get_article(key).latest.source, {"title": asked[-1]})
    changes: tuple[tuple[str, Change], ...] = (
        ("a draft", ArticleEdit(key, draft)),
        ("a threshold", ThresholdChange(ANY, ANY, 0.7)),
    )
    web.what_if.look(changes[0][1], Scope(QUESTIONS))
    for name, change in changes:
        outlook = web.what_if.look(change, Scope(QUESTIONS))
        yield Figure(f"{QUESTIONS} past questions tried on {name}", outlook.seconds, "s", most=5)
