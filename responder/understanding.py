"""Beyond the message as a whole: the questions in it, and what it leaves to the one before."""

from dataclasses import dataclass, replace
from functools import cached_property

from kb.models import HitKind
from kb.text import has_words
from responder.eligibility import Viewer, eligible
from responder.followups import has_words_of, is_bare, leans_back, together
from responder.history import Past
from responder.knowledge import Found, Knowledge, Shelf
from responder.models import Candidate, FollowUp, Part, Situation
from responder.policy import sure_by_itself
from responder.privacy import searchable
from responder.questions import Asked, questions_in
from responder.speech import Speech

MOST_PARTS = 3
MOST_CANDIDATES = 8


def parts_of(text: str, speech: Speech) -> tuple[Asked, ...]:
    """The questions that are looked up one by one; too many are not."""
    asked = questions_in(text, speech)
    return asked if len(asked) <= MOST_PARTS else ()


def wanted(text: str, speech: Speech, shelf: Shelf) -> str:
    """What is looked up of a masked text; empty where it has no words."""
    found = shelf.pleasantries.taken_off(searchable(text), speech)
    return found if has_words(found) else ""


@dataclass(frozen=True)
class Understanding:
    """One masked message before one knowledge base; `found` is what all of it finds."""

    text: str
    knowledge: Knowledge
    speech: Speech
    found: Found
    viewer: Viewer

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        return self._eligible(self.found, searchable(self.text))

    def complete(self, situation: Situation, past: Past) -> Situation:
        """With the questions of the message, or with the one before where it leans on that.

        Looks up each of two or three questions, or one text more; nothing for other messages.
        """
        asked = questions_in(self.text, self.speech)
        if len(asked) > MOST_PARTS:
            return replace(situation, too_many_parts=True)
        if asked:
            parts = (Part(a.text, self._find(a.text), a.is_slight) for a in asked)
            return replace(situation, parts=tuple(parts))
        if past.question and leans_back(self.text, self.speech):
            return replace(situation, follow_up=self._follow_up(situation, past))
        return situation

    def _follow_up(self, situation: Situation, past: Past) -> FollowUp | None:
        articles = (c for c in self.candidates if c.kind is HitKind.ARTICLE)
        best = next(articles, None)
        repeats = self._repeats(past)
        enough = sure_by_itself(situation.threshold)
        if best is not None and best.confidence >= enough and not repeats:
            return None
        both = together(past.question, self.text)
        return FollowUp(both, self._find(both), past.answered, repeats)

    def _repeats(self, past: Past) -> bool:
        published = self.found.shelf.articles.get(past.answered) if past.answered else None
        if published is None or not is_bare(self.text, self.speech):
            return False
        return has_words_of(published.article, self.text, self.speech)

    def _find(self, text: str) -> tuple[Candidate, ...]:
        text = wanted(text, self.speech, self.found.shelf)
        return self._eligible(self.knowledge.find(text), text) if text else ()

    def _eligible(self, found: Found, text: str) -> tuple[Candidate, ...]:
        shelf = self.found.shelf
        ranked = eligible(found.candidates, shelf, self.viewer)
        return shelf.pleasantries.passed_over(ranked, text, self.speech)[:MOST_CANDIDATES]
