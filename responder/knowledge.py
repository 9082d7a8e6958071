"""What the responder needs to know of the knowledge base, as a seam."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol, Self

from kb.models import ArticleKey, PublishedArticle, Route, RouteAction
from responder.models import Candidate
from responder.pleasantries import NO_PLEASANTRIES, Pleasantries


@dataclass(frozen=True, slots=True)
class Shelf:
    """All that customers can be answered with at one moment, and which articles say the same."""

    articles: Mapping[ArticleKey, PublishedArticle]
    routes: Mapping[ArticleKey, Route]
    translations: Mapping[ArticleKey, Mapping[str, ArticleKey]]
    fingerprint: str = ""
    pleasantries: Pleasantries = NO_PLEASANTRIES

    @classmethod
    def of(
        cls, articles: Iterable[PublishedArticle], routes: Iterable[Route], fingerprint: str = ""
    ) -> Self:
        by_key = {published.key: published for published in articles}
        by_name = {route.key: route for route in routes}
        groups: dict[ArticleKey, dict[str, ArticleKey]] = {}
        for key, published in sorted(by_key.items()):
            root = published.article.translation_of or key
            groups.setdefault(root, {}).setdefault(key.lang, key)
        members = {key: group for group in groups.values() for key in group.values()}
        return cls(
            articles=MappingProxyType(by_key),
            routes=MappingProxyType(by_name),
            translations=MappingProxyType(members),
            fingerprint=fingerprint,
            pleasantries=Pleasantries.of(by_name.values()),
        )

    def find_translation(self, key: ArticleKey, lang: str) -> ArticleKey | None:
        return self.translations.get(key, {}).get(lang)

    def find_route_answer(self, action: RouteAction, lang: str) -> str:
        """The words a route file in that language has for it; empty if none."""
        found = (r for r in self.routes.values() if r.action is action and r.lang == lang)
        return next((route.answer.strip() for route in found if route.answer.strip()), "")


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates, best first, and the shelf they were taken from."""

    candidates: tuple[Candidate, ...]
    shelf: Shelf


class Knowledge(Protocol):
    def find(self, text: str) -> Found: ...

    def shelf(self) -> Shelf: ...

    def find_language(self, text: str, languages: Sequence[str]) -> str | None:
        """The language a text is written in; None if it is too short to tell."""

    def corrected(self, text: str) -> str:
        """With misspelt words set right, as it is looked up."""

    def spelt_out(self, text: str) -> str:
        """Lower case, slang in plain words: for comparing questions with each other."""
