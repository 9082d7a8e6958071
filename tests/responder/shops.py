"""A site without its pages: articles, an index, and services on top of them."""

from dataclasses import dataclass

from kb.models import ArticleKey
from kb.publishing import Library
from kb.search import Searcher
from responder.bootstrap import Services
from responder.searching import SearchedKnowledge


@dataclass(frozen=True)
class Shop:
    library: Library
    searcher: Searcher
    knowledge: SearchedKnowledge
    services: Services

    def publish(self, key: ArticleKey, source: str) -> None:
        if self.library.find_article(key) is None:
            self.library.create(key, source, "dewi")
        else:
            latest = self.library.get_article(key).latest.number
            self.library.save(key, source, by="dewi", based_on=latest)
        self.library.publish(key, "dewi")
        self.refresh()

    def refresh(self) -> None:
        """What a running process does within a second or two."""
        self.searcher._next_check = 0.0
