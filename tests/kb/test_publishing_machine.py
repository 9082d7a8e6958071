"""Random moves: what customers see never changes without a new generation."""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kb.database import Database, metadata, sqlite_url
from kb.errors import KbError
from kb.frontmatter import edit
from kb.models import ArticleKey, Status
from kb.publishing import Library, Writer
from kb.revisions import Origin
from tests.conftest import StillClock
from tests.postgres import MEMORY

slugs = st.sampled_from(["a", "b", "c"])
MOVES = ["publish", "archive", "withdraw", "discard_draft", "request_review"]


class Moves(RuleBasedStateMachine):
    @initialize()
    def start(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="jawab-", dir=MEMORY if MEMORY.is_dir() else None))
        self.database = Database(sqlite_url(self.root / "jawab.db"))
        metadata.create_all(self.database.engine)
        self.clock = StillClock()
        self.library = Library(self.database, self.clock)
        self.counter = 0
        self.shown: dict[ArticleKey, str] = {}
        self.generation = 0
        self.published: set[str] = set()

    def teardown(self) -> None:
        if hasattr(self, "root"):
            self.database.close()
            shutil.rmtree(self.root)

    def fresh_body(self) -> str:
        self.counter += 1
        return f"teks {self.counter}\n"

    def keys(self) -> list[ArticleKey]:
        return [summary.key for summary in self.library.list_articles()]

    @rule(slug=slugs)
    def create(self, slug: str) -> None:
        key = ArticleKey("id", slug)
        if self.library.find_article(key) is None:
            self.library.create(key, f"---\ntitle: T\n---\n{self.fresh_body()}", "x")

    @precondition(lambda self: self.keys())
    @rule(data=st.data(), waits=st.booleans())
    def save(self, data: st.DataObject, waits: bool) -> None:
        key = data.draw(st.sampled_from(self.keys()))
        source = f"---\ntitle: T\n---\n{self.fresh_body()}"
        if waits:
            source = edit(source, {"publish_at": self.clock.now + timedelta(hours=1)})
        latest = self.library.get_article(key).latest.number
        self.library.save(key, source, by="x", based_on=latest)

    @precondition(lambda self: self.keys())
    @rule(data=st.data(), move=st.sampled_from(MOVES))
    def move(self, data: st.DataObject, move: str) -> None:
        key = data.draw(st.sampled_from(self.keys()))
        body = self.library.get_article(key).article.body
        by = () if move == "discard_draft" else ("x",)
        try:
            getattr(self.library, move)(key, *by)
        except KbError:
            return
        if move == "publish":
            self.published.add(body)

    @precondition(lambda self: self.keys())
    @rule(data=st.data(), slug=slugs)
    def rename(self, data: st.DataObject, slug: str) -> None:
        key = data.draw(st.sampled_from(self.keys()))
        if self.library.find_article(ArticleKey("id", slug)) is None:
            self.library.rename(key, slug, "x")

    @precondition(lambda self: self.keys())
    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(self.keys()))
        numbers = [revision.number for revision in self.library.list_revisions(key)]
        self.library.restore(key, data.draw(st.sampled_from(numbers)), "x")

    @rule(slug=slugs, status=st.sampled_from(Status))
    def take_in(self, slug: str, status: Status) -> None:
        body = self.fresh_body()
        source = f"---\ntitle: T\nstatus: {status}\n---\n{body}"
        self.library.take_in(ArticleKey("id", slug), source, Writer("file", Origin.FILE))
        if status is Status.PUBLISHED:
            self.published.add(body)

    @rule(hours=st.integers(0, 2))
    def wait(self, hours: int) -> None:
        self.clock.move(hours=hours)
        self.library.publish_due(self.clock.now)

    @invariant()
    def whoever_follows_the_generation_misses_nothing(self) -> None:
        if not hasattr(self, "root"):
            return
        before, self.generation = self.generation, self.library.generation()
        shown = {live.key: live.article.body for live in self.library.list_published()}
        assert self.generation >= before
        assert shown == self.shown or self.generation > before
        self.shown = shown

    @invariant()
    def nothing_is_shown_that_nobody_published(self) -> None:
        if hasattr(self, "root"):
            for live in self.library.list_published():
                assert live.article.body in self.published
                assert live.article.status is Status.PUBLISHED
                assert not live.article.publish_at or live.article.publish_at <= self.clock.now

    @invariant()
    def redirects_lead_to_articles(self) -> None:
        if hasattr(self, "root"):
            for slug in ("a", "b", "c"):
                target = self.library.find_redirect("id", slug)
                assert target is None or self.library.find_article(target) is not None

    @invariant()
    def what_an_article_says_of_itself_is_true(self) -> None:
        if not hasattr(self, "root"):
            return
        live = {article.key for article in self.library.list_published()}
        for summary in self.library.list_articles():
            stored = self.library.get_article(summary.key)
            assert stored.is_live == summary.is_live == (summary.key in live)
            assert stored.status is summary.status
            assert stored.has_draft == summary.has_draft
            if summary.status is Status.ARCHIVED:
                assert not summary.is_live
            if not (stored.is_live or stored.scheduled_revision):
                assert stored.article.status is stored.status


TestMoves = pytest.mark.slow(Moves.TestCase)
TestMoves.settings = settings(max_examples=30, stateful_step_count=30, deadline=None)
