"""Customers' questions that agents answered with an article: example questions to be."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from kb.database import Database
from kb.models import ArticleKey
from kb.publishing import Library, Writer
from kb.text import spelling
from responder.calibrations import ITSELF
from responder.clock import Clock
from responder.errors import SuggestionDecided, UnknownSuggestion
from responder.firm import FirmService
from responder.gaps import central, group_alike
from responder.knowledge import Knowledge, Shelf
from responder.store import suggestions as store
from responder.suggesting import is_suggestable

MOST_OPEN = 1500
HIGHEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`decision` is the public id of the decision whose question it is."""

    id: int
    question: str
    article: ArticleKey
    lang: str
    channel: str
    conversation_id: int
    decision: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Alike:
    """Questions that mean the same; `typical` is the most central wording."""

    typical: str
    members: tuple[Suggestion, ...]

    @property
    def customers(self) -> int:
        return len({member.conversation_id for member in self.members})

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(member.id for member in self.members)


@dataclass(frozen=True, slots=True)
class ArticleSuggestions:
    article: ArticleKey
    title: str
    has_draft: bool
    groups: tuple[Alike, ...]

    @property
    def count(self) -> int:
        return sum(len(group.members) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Accepted:
    """`is_live`: customers are answered with it now; else it waits in the article's draft."""

    article: ArticleKey
    questions: tuple[str, ...]
    revision: int
    is_live: bool


class Suggestions:
    def __init__(
        self,
        database: Database,
        library: Library,
        knowledge: Knowledge,
        firm: FirmService,
        clock: Clock,
    ) -> None:
        self._database = database
        self._library = library
        self._knowledge = knowledge
        self._firm = firm
        self._clock = clock

    def list_open(self) -> tuple[ArticleSuggestions, ...]:
        """Per article, those with most questions first; of at most the newest 1,500."""
        shelf = self._knowledge.shelf()
        by_article: dict[ArticleKey, list[Suggestion]] = {}
        for suggestion in self._list((store.OPEN,), shelf):
            by_article.setdefault(suggestion.article, []).append(suggestion)
        found = [
            ArticleSuggestions(
                key,
                shelf.articles[key].article.title,
                self._library.get_article(key).has_draft,
                self._alike(members),
            )
            for key, members in by_article.items()
        ]
        return tuple(sorted(found, key=lambda entry: (-entry.count, entry.article)))

    def accept(self, ids: Collection[int], by: str) -> tuple[Accepted, ...]:
        """They become example questions, one revision an article; the same words asked by others
        are settled with them. Raises SuggestionDecided when somebody was faster."""
        return tuple(
            self._accept_for(article, rows, by) for article, rows in self._by_article(ids).items()
        )

    def list_questions(self, ids: Collection[int]) -> Mapping[ArticleKey, tuple[str, ...]]:
        """What would be added to which article. Raises UnknownSuggestion."""
        return {article: _questions(rows) for article, rows in self._by_article(ids).items()}

    def decline(self, ids: Collection[int], by: str) -> int:
        """How many; what was decided already stays as it is."""
        self._by_article(ids)
        with self._database.write() as connection:
            return len(store.decide(connection, list(ids), store.DECLINED, by, self._clock()))

    def decline_one(self, suggestion_id: int, by: str) -> ArticleKey:
        """The article it was meant for. Raises SuggestionDecided when somebody was faster."""
        (article,) = self._by_article([suggestion_id])
        with self._database.write() as connection:
            if not store.decide(connection, [suggestion_id], store.DECLINED, by, self._clock()):
                raise SuggestionDecided(suggestion_id)
        return article

    def accept_by_rule(self) -> tuple[Accepted, ...]:
        """What enough customers asked and agents always answered with the same article."""
        needed = self._firm.get().learn_after
        if not needed:
            return ()
        shelf = self._knowledge.shelf()
        ids = [
            suggestion_id
            for group in self._agreed(shelf)
            if group.customers >= needed
            for suggestion_id in group.ids
        ]
        return self.accept(ids, ITSELF) if ids else ()

    def _agreed(self, shelf: Shelf) -> list[Alike]:
        """Groups about one article without a draft, of which nobody declined a question."""
        opened = self._list((store.OPEN,), shelf)
        with self._database.read() as connection:
            declined = [
                self._suggestion(r) for r in store.list_in(connection, (store.DECLINED,), 500)
            ]
        refused = {(one.article, one.id) for one in declined}
        groups = self._alike([*opened, *declined])
        return [
            group
            for group in groups
            if len({member.article for member in group.members}) == 1
            and not any((member.article, member.id) in refused for member in group.members)
            and not self._library.get_article(group.members[0].article).has_draft
        ]

    def _list(self, states: Iterable[str], shelf: Shelf) -> list[Suggestion]:
        """Those that may still be added: their article is live, no article has the question."""
        with self._database.read() as connection:
            rows = store.list_in(connection, states, MOST_OPEN)
        found = [self._suggestion(row) for row in rows]
        taken = _example_questions(shelf) if found else set()
        return [
            one
            for one in found
            if (one.article.lang, spelling(one.question)) not in taken
            and is_suggestable(one.question, one.article, shelf)
        ]

    def _suggestion(self, row: sa.RowMapping) -> Suggestion:
        return Suggestion(
            id=row["id"],
            question=row["question"],
            article=self._article(row),
            lang=row["lang"],
            channel=row["channel"],
            conversation_id=row["conversation_id"],
            decision=row["public_id"],
            at=row["created_at"],
        )

    def _alike(self, members: Sequence[Suggestion]) -> tuple[Alike, ...]:
        plain = [self._knowledge.spelt_out(member.question) for member in members]
        groups = [
            Alike(members[group[central(plain, group)]].question, tuple(members[i] for i in group))
            for group in group_alike(plain)
        ]
        return tuple(sorted(groups, key=lambda group: (-len(group.members), group.typical)))

    def _by_article(self, ids: Collection[int]) -> dict[ArticleKey, list[sa.RowMapping]]:
        with self._database.read() as connection:
            known = [number for number in ids if number <= HIGHEST_ID]
            rows = {row["id"]: row for row in store.list_of(connection, known)}
        found: dict[ArticleKey, list[sa.RowMapping]] = {}
        for suggestion_id in ids:
            if suggestion_id not in rows:
                raise UnknownSuggestion(suggestion_id)
            row = rows[suggestion_id]
            found.setdefault(self._article(row), []).append(row)
        return found

    def _article(self, row: sa.RowMapping) -> ArticleKey:
        """The one that was named, or what became of it when it was renamed."""
        key = ArticleKey(row["article_lang"], row["article_slug"])
        if key in self._knowledge.shelf().articles:
            return key
        return self._library.find_redirect(key.lang, key.slug) or key

    def _accept_for(self, article: ArticleKey, rows: Sequence[sa.RowMapping], by: str) -> Accepted:
        questions = _questions(rows)
        ids = [row["id"] for row in rows]

        def settle(connection: sa.Connection) -> None:
            settled = store.decide(connection, ids, store.ACCEPTED, by, self._clock())
            for lost in set(ids) - settled:
                raise SuggestionDecided(lost)
            left = store.list_in(connection, (store.OPEN,), MOST_OPEN)
            same = _same_words(left, article, questions)
            store.decide(connection, same, store.ACCEPTED, by, self._clock())

        note = f"learned:{len(questions)}"
        revision = self._library.add_questions(article, questions, Writer(by), note, settle)
        live = self._library.get_article(article).published_revision == revision.number
        return Accepted(article, questions, revision.number, live)


def _questions(rows: Iterable[sa.RowMapping]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["question"] for row in rows))


def _same_words(
    rows: Iterable[sa.RowMapping], article: ArticleKey, wordings: Iterable[str]
) -> list[int]:
    said = {spelling(text) for text in wordings}
    return [
        row["id"]
        for row in rows
        if (row["article_lang"], row["article_slug"]) == (article.lang, article.slug)
        and spelling(row["question"]) in said
    ]


def _example_questions(shelf: Shelf) -> set[tuple[str, str]]:
    """Language and spelling of every title and example question: the same one twice misleads."""
    return {
        (key.lang, spelling(text))
        for key, published in shelf.articles.items()
        for text in (published.article.title, *published.article.questions)
    }
