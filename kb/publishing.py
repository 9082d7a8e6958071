"""The library: every move an article can make. Each method is one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

import sqlalchemy as sa

from kb.additions import with_questions
from kb.clock import Clock
from kb.database import Database
from kb.errors import ArticleExists, EditConflict, IllegalMove, UnknownArticle, UnknownRevision
from kb.frontmatter import edit
from kb.models import ArticleKey, Status
from kb.moves import MOVES
from kb.parsing import parse_stored
from kb.reading import Reading, key_of, revision_of, shown_revision
from kb.revisions import Origin, Revision
from kb.store import articles, generations, redirects, revisions, routes

Values: TypeAlias = dict[str, Any]
Also: TypeAlias = Callable[[sa.Connection], object]
UNSCHEDULED: Values = {"scheduled_revision": None, "scheduled_at": None}


@dataclass(frozen=True, slots=True)
class Writer:
    """Who makes a change, and by which way it comes."""

    name: str
    origin: Origin = Origin.PORTAL


class Library(Reading):
    """Drafts, review, publishing, archive, history; readers see a change by its generation."""

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database)
        self._clock = clock

    def create(
        self, key: ArticleKey, source: str, by: str, origin: Origin = Origin.PORTAL
    ) -> Revision:
        """A new article as a draft, whatever status its text names. Raises ArticleExists."""
        with self.database.write() as connection:
            text = with_status(source, key, Status.DRAFT)
            return self._created(connection, key, text, Writer(by, origin))

    def save(self, key: ArticleKey, source: str, *, by: str, based_on: int) -> Revision:
        """A new latest text; what customers see stays. Raises EditConflict, keeping the text."""
        writer = Writer(by)
        with self.database.write() as connection:
            row = self._locked(connection, key)
            text = source if shown_revision(row) else with_status(source, key, Status.DRAFT)
            latest = self._text(connection, row, row["latest_revision"])
            if text == latest.source:
                return latest
            if based_on == latest.number:
                saved = self._add(connection, row, text, writer)
                values = {"latest_revision": saved.number, "status": Status.DRAFT}
                self._update(connection, row, values)
                return saved
            kept = self._add(connection, row, text, writer, f"conflict:{latest.number}")
        raise EditConflict(key, based_on, latest.number, kept.number)

    def add_questions(
        self, key: ArticleKey, questions: Sequence[str], writer: Writer, note: str, also: Also
    ) -> Revision:
        """Those that the latest text lacks: live at once, or in the draft where there is one.
        `also` comes first in the same transaction."""
        with self.database.write() as connection:
            also(connection)
            row = self._locked(connection, key)
            if row["status"] == Status.ARCHIVED:
                raise IllegalMove(f"article {key}", row["status"], "taught")
            latest = self._text(connection, row, row["latest_revision"])
            text = with_questions(latest.source, key, questions)
            if text == latest.source:
                return latest
            added = self._add(connection, row, text, writer, note)
            if row["published_revision"] == latest.number:
                self._go_live(connection, row, {"latest_revision": added.number})
            else:
                status = Status.REVIEW if row["status"] == Status.REVIEW else Status.DRAFT
                values = {"latest_revision": added.number, "status": status}
                self._update(connection, row, values)
            return added

    def request_review(self, key: ArticleKey, by: str) -> Revision:
        with self.database.write() as connection:
            row = self._locked(connection, key)
            _check_move(row, Status.REVIEW)
            latest = self._text(connection, row, row["latest_revision"])
            if not shown_revision(row):
                text = with_status(latest.source, key, Status.REVIEW)
                latest = self._latest_with(connection, row, text, Writer(by), "review")
            values = {"latest_revision": latest.number, "status": Status.REVIEW}
            self._update(connection, row, values)
            return latest

    def send_back(self, key: ArticleKey, by: str, reason: str = "") -> Revision:
        """What waited for a review is a draft again; the reason is kept in the history."""
        with self.database.write() as connection:
            row = self._locked(connection, key)
            if row["status"] != Status.REVIEW:
                raise IllegalMove(f"article {key}", row["status"], "sent back")
            text = self._text(connection, row, row["latest_revision"]).source
            if not shown_revision(row):
                text = with_status(text, key, Status.DRAFT)
            note = f"returned:{reason}" if reason else "returned"
            returned = self._add(connection, row, text, Writer(by), note)
            values = {"latest_revision": returned.number, "status": Status.DRAFT}
            self._update(connection, row, values)
            return returned

    def publish(self, key: ArticleKey, by: str, based_on: int | None = None) -> Revision:
        """The latest text goes live, at its `publish_at` when that is in the future.

        `based_on` is the revision that was looked at: EditConflict when it is not the latest.
        """
        with self.database.write() as connection:
            row = self._locked(connection, key)
            if based_on is not None and based_on != row["latest_revision"]:
                raise EditConflict(key, based_on, row["latest_revision"])
            if row["status"] != Status.PUBLISHED:
                _check_move(row, Status.PUBLISHED)
            text = self._text(connection, row, row["latest_revision"]).source
            text = with_status(text, key, Status.PUBLISHED)
            return self._publish(connection, row, text, Writer(by))

    def publish_due(self, now: datetime) -> tuple[ArticleKey, ...]:
        """What was scheduled for now or earlier goes live."""
        with self.database.write() as connection:
            due = articles.list_due(connection, now)
            for row in due:
                self._go_live(connection, row, {})
        return tuple(key_of(row) for row in due)

    def withdraw(self, key: ArticleKey, by: str) -> Revision:
        """Live or scheduled no longer: a draft again."""
        with self.database.write() as connection:
            row = self._locked(connection, key)
            if not shown_revision(row):
                raise IllegalMove(f"article {key}", row["status"], "withdrawn")
            text = self._text(connection, row, row["latest_revision"]).source
            text = with_status(text, key, Status.DRAFT)
            return self._hidden(connection, row, text, Status.DRAFT, Writer(by))

    def archive(self, key: ArticleKey, by: str, replaced_by: str | None = None) -> Revision:
        """Customers are led to the article with slug `replaced_by`, else told that it is gone."""
        return self.take_away(key, Writer(by), replaced_by)

    def take_away(
        self, key: ArticleKey, writer: Writer, replaced_by: str | None = None
    ) -> Revision:
        with self.database.write() as connection:
            row = self._locked(connection, key)
            _check_move(row, Status.ARCHIVED)
            text = self._text(connection, row, row["latest_revision"]).source
            text = with_status(text, key, Status.ARCHIVED)
            return self._archived(connection, row, text, writer, replaced_by)

    def restore(self, key: ArticleKey, number: int, by: str) -> Revision:
        """An earlier text becomes the latest, as a draft."""
        with self.database.write() as connection:
            row = self._locked(connection, key)
            text = self._text(connection, row, number).source
            if not shown_revision(row):
                text = with_status(text, key, Status.DRAFT)
            restored = self._add(connection, row, text, Writer(by), f"restored:{number}")
            values = {"latest_revision": restored.number, "status": Status.DRAFT}
            self._update(connection, row, values)
            return restored

    def discard_draft(self, key: ArticleKey) -> Revision:
        """The live text is the latest again; the draft stays in the history."""
        with self.database.write() as connection:
            row = self._locked(connection, key)
            live = row["published_revision"]
            if live is None:
                raise IllegalMove(f"the only text of {key}", row["status"], "discarded")
            values = {**UNSCHEDULED, "latest_revision": live, "status": Status.PUBLISHED}
            self._update(connection, row, values)
            return self._text(connection, row, live)

    def rename(self, key: ArticleKey, new_slug: str, by: str) -> ArticleKey:
        """The old address leads to the new one. Raises ArticleExists."""
        new = ArticleKey(key.lang, new_slug)
        with self.database.write() as connection:
            row = self._locked(connection, key)
            if new == key:
                return key
            if articles.find(connection, new) is not None:
                raise ArticleExists(new)
            generations.bump(connection)
            self._update(connection, row, {"slug": new.slug})
            redirects.delete(connection, new)
            redirects.repoint(connection, key, new.slug)
            redirects.put(connection, key, new.slug, self._mark(by))
        return new

    def take_in(
        self, key: ArticleKey, source: str, writer: Writer, based_on: int | None = None
    ) -> Revision:
        """A file's text as it is, byte for byte, with the status that it names.

        `based_on` is the latest revision that the file's writer could know of, 0 for none:
        EditConflict when there is a newer one.
        """
        status = parse_stored(source, key).status
        with self.database.write() as connection:
            row = articles.find(connection, key, lock=True)
            latest = 0 if row is None else row["latest_revision"]
            if based_on is not None and based_on != latest:
                raise EditConflict(key, based_on, latest)
            if row is None:
                made = self._created(connection, key, source, writer)
                if status is Status.DRAFT:
                    return made
                row = self._locked(connection, key)
            match status:
                case Status.PUBLISHED:
                    return self._publish(connection, row, source, writer)
                case Status.ARCHIVED:
                    return self._archived(connection, row, source, writer)
                case Status.DRAFT | Status.REVIEW:
                    return self._hidden(connection, row, source, status, writer)

    def keep_aside(self, key: ArticleKey, source: str, writer: Writer) -> Revision:
        """A text that lost, in the history; the latest and the live text stay."""
        with self.database.write() as connection:
            row = self._locked(connection, key)
            note = f"conflict:{row['latest_revision']}"
            return self._add(connection, row, source, writer, note)

    def replace_routes(self, sources: Mapping[ArticleKey, str]) -> bool:
        """The firm's own routes are these and no others; says whether that changed anything."""
        with self.database.write() as connection:
            known = {
                ArticleKey(r["lang"], r["name"]): r["source"] for r in routes.list_all(connection)
            }
            if known == sources:
                return False
            generations.bump(connection)
            for key in known.keys() - sources.keys():
                routes.delete(connection, key)
            for key, source in sources.items():
                if known.get(key) != source:
                    routes.put(connection, key, source)
        return True

    def _created(
        self, connection: sa.Connection, key: ArticleKey, source: str, writer: Writer
    ) -> Revision:
        now = self._clock()
        article_id = articles.insert(
            connection,
            {
                "lang": key.lang,
                "slug": key.slug,
                "status": Status.DRAFT,
                "latest_revision": 1,
                "created_at": now,
                "updated_at": now,
            },
        )
        if article_id is None:
            raise ArticleExists(key)
        return self._add(connection, self._locked(connection, key), source, writer)

    def _locked(self, connection: sa.Connection, key: ArticleKey) -> sa.RowMapping:
        row = articles.find(connection, key, lock=True)
        if row is None:
            raise UnknownArticle(key)
        return row

    def _text(self, connection: sa.Connection, row: sa.RowMapping, number: int) -> Revision:
        found = revisions.find(connection, row["id"], number)
        if found is None:
            raise UnknownRevision(key_of(row), number)
        return revision_of(key_of(row), found)

    def _add(
        self,
        connection: sa.Connection,
        row: sa.RowMapping,
        source: str,
        writer: Writer,
        note: str = "",
    ) -> Revision:
        """Only into the history: no pointer moves. Raises InvalidArticle."""
        article = parse_stored(source, key_of(row))
        made = revisions.insert(
            connection,
            {
                "article_id": row["id"],
                "number": revisions.highest_number(connection, row["id"]) + 1,
                "source": source,
                "title": article.title,
                "author": writer.name,
                "origin": writer.origin,
                "note": note,
                "created_at": self._clock(),
            },
        )
        return revision_of(key_of(row), made)

    def _latest_with(
        self,
        connection: sa.Connection,
        row: sa.RowMapping,
        source: str,
        writer: Writer,
        note: str = "",
    ) -> Revision:
        """The latest revision when it says just that, else a new one."""
        latest = revisions.find(connection, row["id"], row["latest_revision"])
        if latest is not None and latest["source"] == source:
            return revision_of(key_of(row), latest)
        return self._add(connection, row, source, writer, note)

    def _update(self, connection: sa.Connection, row: sa.RowMapping, values: Values) -> None:
        articles.update(connection, row["id"], {**values, "updated_at": self._clock()})

    def _mark(self, by: str) -> Values:
        return {"author": by, "created_at": self._clock()}

    def _publish(
        self, connection: sa.Connection, row: sa.RowMapping, source: str, writer: Writer
    ) -> Revision:
        revision = self._latest_with(connection, row, source, writer, "published")
        starts = parse_stored(source, key_of(row)).publish_at
        values: Values = {"latest_revision": revision.number, "status": Status.PUBLISHED}
        if starts is not None and starts > self._clock():
            scheduled = {"scheduled_revision": revision.number, "scheduled_at": starts}
            self._update(connection, row, values | scheduled)
        elif row["published_revision"] == revision.number:
            self._update(connection, row, values | UNSCHEDULED)
        else:
            self._go_live(connection, row, values)
        return revision

    def _go_live(self, connection: sa.Connection, row: sa.RowMapping, values: Values) -> None:
        number = values.get("latest_revision") or row["scheduled_revision"]
        shown = {"published_revision": number, "published_at": self._clock()}
        generations.bump(connection)
        self._update(connection, row, values | UNSCHEDULED | shown)
        redirects.delete(connection, key_of(row))

    def _hidden(
        self,
        connection: sa.Connection,
        row: sa.RowMapping,
        source: str,
        status: Status,
        writer: Writer,
    ) -> Revision:
        """That text is the latest with that status, and nothing is live."""
        revision = self._latest_with(connection, row, source, writer, str(status))
        values: Values = {"latest_revision": revision.number, "status": status, **UNSCHEDULED}
        if row["published_revision"] is not None:
            values |= {"published_revision": None}
            generations.bump(connection)
        self._update(connection, row, values)
        return revision

    def _archived(
        self,
        connection: sa.Connection,
        row: sa.RowMapping,
        source: str,
        writer: Writer,
        replaced_by: str | None = None,
    ) -> Revision:
        key = key_of(row)
        revision = self._hidden(connection, row, source, Status.ARCHIVED, writer)
        if replaced_by is not None and replaced_by != key.slug:
            target = ArticleKey(key.lang, replaced_by)
            if articles.find(connection, target) is None:
                raise UnknownArticle(target)
            generations.bump(connection)
            redirects.put(connection, key, replaced_by, self._mark(writer.name))
        return revision


def with_status(source: str, key: ArticleKey, status: Status) -> str:
    """The text, naming that status. Raises InvalidArticle."""
    if parse_stored(source, key).status is status:
        return source
    return edit(source, {"status": str(status)})


def _check_move(row: sa.RowMapping, wanted: Status) -> None:
    current = Status(row["status"])
    if wanted not in MOVES[current]:
        raise IllegalMove(f"article {key_of(row)}", current, wanted)
