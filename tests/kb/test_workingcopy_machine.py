"""Random work on both sides, with a look in between: no text is ever lost."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kb.conflicts import Keep
from kb.database import Database, metadata, sqlite_url
from kb.errors import KbError
from kb.folder import read_folder
from kb.models import ArticleKey, Status
from kb.publishing import Library
from kb.workingcopy import WorkingCopy
from tests.conftest import StillClock
from tests.postgres import MEMORY

SLUGS = ("a", "b", "c")
slugs = st.sampled_from(SLUGS)
statuses = st.sampled_from(["", "status: draft\n", "status: published\n", "status: archived\n"])


class BothSides(RuleBasedStateMachine):
    """A writer with an editor on disk and one in the portal."""

    @initialize()
    def start(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="jawab-", dir=MEMORY if MEMORY.is_dir() else None))
        self.folder = self.root / "articles"
        (self.folder / "id").mkdir(parents=True)
        self.database = Database(sqlite_url(self.root / "jawab.db"))
        metadata.create_all(self.database.engine)
        self.library = Library(self.database, StillClock())
        self.copy = WorkingCopy(self.library, self.folder, StillClock())
        self.counter = 0
        self.seen: set[str] = set()
        self.just_synced = False

    def teardown(self) -> None:
        if hasattr(self, "root"):
            self.database.close()
            shutil.rmtree(self.root)

    def fresh_text(self, status: str = "") -> str:
        self.counter += 1
        return f"---\ntitle: T\n{status}---\nteks {self.counter}\n"

    def file(self, slug: str) -> Path:
        return self.folder / "id" / f"{slug}.md"

    def files(self) -> list[Path]:
        return sorted((self.folder / "id").glob("*.md"))

    def keys(self) -> list[ArticleKey]:
        return [summary.key for summary in self.library.list_articles()]

    def pick(self, data: st.DataObject) -> ArticleKey:
        return data.draw(st.sampled_from(self.keys()))

    @rule(slug=slugs, status=statuses)
    def write_file(self, slug: str, status: str) -> None:
        """Only over what a look has seen: an unseen file is the writer's own to lose."""
        file = self.file(slug)
        if not file.exists() or file.read_text() in self.seen:
            file.write_text(self.fresh_text(status))
        self.just_synced = False

    @rule(slug=slugs)
    def break_file(self, slug: str) -> None:
        file = self.file(slug)
        if file.exists() and file.read_text() in self.seen:
            file.write_text("---\ntitle: [\n---\n")
        self.just_synced = False

    @rule(slug=slugs)
    def delete_file(self, slug: str) -> None:
        file = self.file(slug)
        if file.exists() and (file.read_text() in self.seen or "[" in file.read_text()):
            file.unlink()
        self.just_synced = False

    @rule(slug=slugs, other=slugs)
    def move_file(self, slug: str, other: str) -> None:
        if self.file(slug).exists() and not self.file(other).exists():
            self.file(slug).rename(self.file(other))
        self.just_synced = False

    @rule(slug=slugs)
    def create(self, slug: str) -> None:
        text = self.fresh_text("status: draft\n")
        key = ArticleKey("id", slug)
        if self.library.find_article(key) is None:
            self.library.create(key, text, "dewi")
            self.seen.add(text)
        self.just_synced = False

    @precondition(lambda self: self.keys())
    @rule(data=st.data())
    def save(self, data: st.DataObject) -> None:
        key = self.pick(data)
        stored = self.library.get_article(key)
        text = self.fresh_text("status: published\n" if stored.is_live else "status: draft\n")
        self.library.save(key, text, by="dewi", based_on=stored.latest.number)
        self.seen.add(text)
        self.just_synced = False

    @precondition(lambda self: self.keys())
    @rule(data=st.data(), move=st.sampled_from(["publish", "archive", "withdraw", "discard_draft"]))
    def move_article(self, data: st.DataObject, move: str) -> None:
        key = self.pick(data)
        try:
            if move == "discard_draft":
                self.library.discard_draft(key)
            else:
                getattr(self.library, move)(key, "dewi")
        except KbError:
            return
        self.just_synced = False

    @precondition(lambda self: self.keys())
    @rule(data=st.data(), slug=slugs)
    def rename(self, data: st.DataObject, slug: str) -> None:
        key = self.pick(data)
        if self.library.find_article(ArticleKey("id", slug)) is None:
            self.library.rename(key, slug, "dewi")
        self.just_synced = False

    @rule(prune=st.booleans())
    def look(self, prune: bool) -> None:
        read = {file.read_text() for file in self.files()}
        self.copy.sync(prune=prune)
        self.seen |= {text for text in read if "[" not in text}
        self.just_synced = True

    @precondition(lambda self: self.copy.list_conflicts())
    @rule(data=st.data(), keep=st.sampled_from(Keep))
    def resolve(self, data: st.DataObject, keep: Keep) -> None:
        conflict = data.draw(st.sampled_from(self.copy.list_conflicts()))
        text = self.fresh_text()
        read = {file.read_text() for file in self.files()}
        self.copy.resolve(conflict.id, keep, "sari", text)
        self.seen |= {found for found in read if "[" not in found}
        if keep is Keep.TEXT:
            self.seen.add(text)
        self.just_synced = True

    @invariant()
    def nothing_is_lost(self) -> None:
        if not hasattr(self, "root"):
            return
        kept = {
            revision.source for key in self.keys() for revision in self.library.list_revisions(key)
        }
        on_disk = {file.read_text() for file in self.files()}
        assert self.seen <= kept | on_disk

    @invariant()
    def after_a_look_both_sides_agree_or_say_so(self) -> None:
        if not hasattr(self, "root") or not self.just_synced:
            return
        report = self.copy.sync()
        assert not report.taken_in
        assert not report.written
        apart = {conflict.key for conflict in report.conflicts}
        apart |= {ArticleKey("id", Path(problem.path).stem) for problem in report.problems}
        live = {article.key: article.article for article in self.library.list_published()}
        shown = {
            article.key: article
            for article in read_folder(self.folder).articles
            if article.status is Status.PUBLISHED
        }
        for key in (live.keys() | shown.keys()) - apart:
            assert live.get(key) == shown.get(key)


TestBothSides = pytest.mark.slow(BothSides.TestCase)
TestBothSides.settings = settings(max_examples=30, stateful_step_count=30, deadline=None)
