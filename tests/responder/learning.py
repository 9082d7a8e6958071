"""A shop with real articles, a real search, and what it learns from people."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kb.database import Database
from kb.embedders import Embedder, HashingEmbedder
from kb.frontmatter import new_source
from kb.models import ArticleKey, HitKind
from kb.publishing import Library
from kb.search import Searcher
from responder.bootstrap import build_services
from responder.exchange import Incoming, Outcome
from responder.labels import Labels
from responder.lessons import Lessons
from responder.models import Candidate, Verdict
from responder.searching import SearchedKnowledge
from responder.teaching import Teaching
from responder.wording import Wording, read_wording
from tests.responder.builders import DEWI, some_settings
from tests.responder.shops import Shop

SHIPPING = ArticleKey("id", "ongkir")
REFUND = ArticleKey("id", "refund")
PASSWORD = ArticleKey("id", "password")
QUESTIONS = {
    SHIPPING: ("berapa ongkir ke jakarta", "ongkos kirim ke luar pulau", "gratis ongkir ga"),
    REFUND: ("kapan uang refund saya masuk", "refund berapa lama", "dana belum balik"),
    PASSWORD: ("lupa kata sandi akun", "saya lupa password", "ganti password bagaimana"),
}


@dataclass(frozen=True)
class TaughtShop(Shop):
    teaching: Teaching

    def refresh(self) -> None:
        super().refresh()
        collection = self.searcher.collection()
        self.teaching.refresh(collection, self.searcher.embedder(), self.searcher.store)

    def ask(self, text: str) -> Outcome:
        return self.services.responder.reply(Incoming(text, lang="id"))

    def best(self, text: str) -> Candidate:
        found = self.services.responder.preview(text, lang="id").candidates
        return next(c for c in found if c.kind is HitKind.ARTICLE)

    def judge(self, outcome: Outcome, verdict: Verdict, right: ArticleKey | None = None) -> None:
        self.services.inbox.record_verdict(outcome.decision.public_id, verdict, DEWI, right)
        self.refresh()


def source_of(key: ArticleKey, *questions: str, answer: str = "") -> str:
    return new_source(
        f"Tentang {key.slug}",
        answer=answer or f"Jawaban tentang {key.slug}.",
        questions=[*QUESTIONS.get(key, ()), *questions],
    )


def a_shop(
    database: Database,
    clock: Callable[[], datetime],
    folder: Path,
    make: Callable[[], Embedder] = HashingEmbedder,
) -> TaughtShop:
    """As a process of the site is wired; another one of the same database is a restart."""
    library = Library(database, clock)
    searcher = Searcher(folder / "index.db", library, make, dict)
    wording = Wording(database, read_wording(some_settings().wording_folders))
    teaching = Teaching(Lessons(database, Labels(database)), wording.speech)
    knowledge = SearchedKnowledge(searcher, teacher=teaching)
    services = build_services(database, some_settings(), knowledge, clock)
    return TaughtShop(library, searcher, knowledge, services, teaching)


def an_open_shop(database: Database, clock: Callable[[], datetime], folder: Path) -> TaughtShop:
    shop = a_shop(database, clock, folder)
    for key in QUESTIONS:
        shop.publish(key, source_of(key))
    return shop
