"""From a published article to a recorded reply, with the real search."""

from pathlib import Path

import pytest

from kb import starter
from kb.database import Database
from kb.embedders import make_embedder
from kb.folder import read_folder
from kb.models import ArticleKey, PublishedArticle, Route, Status
from kb.search import Searcher
from responder.bootstrap import Services, build_services
from responder.exchange import Incoming
from responder.models import ReplyKind
from responder.searching import SearchedKnowledge
from tests.responder.builders import some_settings


class StarterContent:
    """The shipped articles as a source that never changes."""

    def __init__(self) -> None:
        self._folder = read_folder(starter.path())

    def generation(self) -> int:
        return 1

    def list_published(self) -> tuple[PublishedArticle, ...]:
        live = (a for a in self._folder.articles if a.status is Status.PUBLISHED)
        return tuple(PublishedArticle(article, revision=1) for article in live)

    def list_routes(self) -> tuple[Route, ...]:
        return self._folder.routes


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> SearchedKnowledge:
    index = tmp_path_factory.mktemp("index") / "index.db"
    lexicon = read_folder(starter.path()).lexicon
    searcher = Searcher(index, StarterContent(), lambda: make_embedder("none", ""), lambda: lexicon)
    return SearchedKnowledge(searcher)


@pytest.fixture
def shop(sqlite_database: Database, knowledge: SearchedKnowledge, tmp_path: Path) -> Services:
    return build_services(sqlite_database, some_settings(), knowledge)


def test_an_example_question_is_answered_with_its_article(shop: Services) -> None:
    outcome = shop.responder.reply(Incoming("kok blm nyampe ya paketnya, udah seminggu"))
    assert outcome.decision.candidates[0].key == ArticleKey("id", "paket-belum-sampai")
    assert outcome.kind in (ReplyKind.ANSWER, ReplyKind.CLARIFY)
    assert outcome.decision.fingerprint


def test_each_message_is_answered_in_its_own_language(shop: Services) -> None:
    first = shop.responder.reply(Incoming("where is my parcel, it has not arrived yet", lang="id"))
    again = Incoming(
        "paket saya belum sampai padahal sudah seminggu",
        conversation=first.conversation.public_id,
    )
    second = shop.responder.reply(again)
    assert [o.decision.lang for o in (first, second)] == ["en", "id"]
    for outcome in (first, second):
        if outcome.decision.article is not None:
            assert outcome.decision.article.lang == outcome.decision.lang


def test_nonsense_is_never_answered(shop: Services) -> None:
    for text in ("apakah bumi itu datar menurut filsuf yunani", "asdf qwer zxcv uiop"):
        outcome = shop.responder.reply(Incoming(text))
        assert outcome.kind in (ReplyKind.HANDOFF, ReplyKind.CLARIFY)


def test_a_complaint_reaches_a_person(shop: Services) -> None:
    outcome = shop.responder.reply(Incoming("kecewa banget sama pelayanannya"))
    assert outcome.kind is ReplyKind.HANDOFF
    assert outcome.ticket is not None
