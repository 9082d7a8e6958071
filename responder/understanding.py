"""Beyond the message as a whole: the questions in it, and what it leaves to the one before."""

from dataclasses import dataclass, replace

from kb.models import HitKind
from kb.text import has_words
from responder.eligibility import Viewer, eligible
from responder.followups import has_words_of, is_bare, leans_back, together
from responder.history import Past
from responder.knowledge import Found, Knowledge
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


@dataclass(frozen=True, slots=True)
class Understanding:
    """One message before one knowledge base; `found` is what the whole message finds."""

    knowledge: Knowledge
    speech: Speech
    found: Found
    viewer: Viewer

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        return self._eligible(self.found)

    def complete(self, situation: Situation, text: str, past: Past) -> Situation:
        """With the questions of the message, or with the one before where it leans on that.

        Looks up each of two or three questions, or one text more; nothing for other messages.
        """
        asked = questions_in(text, self.speech)
        if len(asked) > MOST_PARTS:
            return replace(situation, too_many_parts=True)
        if asked:
            parts = (Part(a.text, self._find(a.text), a.is_slight) for a in asked)
            return replace(situation, parts=tuple(parts))
        if past.question and leans_back(text, self.speech):
            return replace(situation, follow_up=self._follow_up(situation, text, past))
        return situation

    def _follow_up(self, situation: Situation, text: str, past: Past) -> FollowUp | None:
        articles = (c for c in self.candidates if c.kind is HitKind.ARTICLE)
        best = next(articles, None)
        repeats = self._repeats(text, past)
        enough = sure_by_itself(situation.threshold)
        if best is not None and best.confidence >= enough and not repeats:
            return None
        both = together(past.question, text)
        return FollowUp(both, self._find(both), past.answered, repeats)

    def _repeats(self, text: str, past: Past) -> bool:
        published = self.found.shelf.articles.get(past.answered) if past.answered else None
        if published is None or not is_bare(text, self.speech):
            return False
        return has_words_of(published.article, text, self.speech)

    def _find(self, text: str) -> tuple[Candidate, ...]:
        text = searchable(text)
        return self._eligible(self.knowledge.find(text)) if has_words(text) else ()

    def _eligible(self, found: Found) -> tuple[Candidate, ...]:
        return eligible(found.candidates, self.found.shelf, self.viewer)[:MOST_CANDIDATES]
