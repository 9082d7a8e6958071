"""An agent's answer with an article, or a verdict that names one, suggests an example question."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from kb.models import ArticleKey
from kb.text import spelling
from responder.knowledge import Knowledge, Shelf
from responder.models import (
    Author,
    Decision,
    Message,
    Reason,
    ReplyKind,
    Verdict,
)
from responder.store import decisions, messages, suggestions
from responder.store.decisions import UNANSWERED
from responder.teachable import is_teachable
from responder.wording import Wording

# what the bot did not dare or was not allowed to answer
ABOUT_KNOWLEDGE = frozenset({*UNANSWERED, Reason.POSTURE})
# several questions in one message, or words that mean something only after others
NO_EXAMPLES = frozenset(
    {
        "too_many_questions",
        "not_every_question_sure",
        "each_question_answered",
        "follow_up_of_previous",
    }
)


class Suggesting:
    """Each method joins the transaction of what an agent does."""

    def __init__(self, knowledge: Knowledge, wording: Wording) -> None:
        self._knowledge = knowledge
        self._wording = wording

    def replied(
        self, connection: sa.Connection, conversation_id: int, article: ArticleKey, at: datetime
    ) -> None:
        """Before the reply itself is written."""
        decided = decisions.list_of_conversation(connection, conversation_id)
        said = messages.list_of_conversation(connection, conversation_id, with_notes=False)
        answered = _answered(decided, said)
        if answered is not None:
            self._suggest(connection, answered, article, at)

    def judged(
        self,
        connection: sa.Connection,
        decision: Decision,
        verdict: Verdict,
        right: ArticleKey | None,
        at: datetime,
    ) -> None:
        """A right article that the bot gave anyway teaches nothing new."""
        if verdict is Verdict.RIGHT:
            right = decision.article if decision.reply is not ReplyKind.ANSWER else None
            if right is None:
                suggestions.forget_open(connection, decision.id)
        if right is not None:
            self._suggest(connection, decision, right, at)

    def _suggest(
        self, connection: sa.Connection, decision: Decision, article: ArticleKey, at: datetime
    ) -> None:
        shelf = self._knowledge.shelf()
        target = shelf.find_translation(article, decision.lang) or article
        # as it is looked up when it is asked again
        question = shelf.pleasantries.taken_off(decision.question, self._wording.speech())
        is_example = decision.rule not in NO_EXAMPLES
        if not (is_example and is_suggestable(question, target, shelf)):
            suggestions.forget_open(connection, decision.id)
            return
        values = {
            "decision_id": decision.id,
            "article_lang": target.lang,
            "article_slug": target.slug,
            "question": question,
            "created_at": at,
        }
        suggestions.put(connection, values)


def is_suggestable(question: str, article: ArticleKey, shelf: Shelf) -> bool:
    """Whether it may become an example question of that article and is none yet."""
    published = shelf.articles.get(article)
    if published is None or not is_teachable(question):
        return False
    known = (*published.article.questions, published.article.title)
    return spelling(question) not in {spelling(text) for text in known}


def _answered(decided: Sequence[Decision], said: Sequence[Message]) -> Decision | None:
    """The question that waits for the agent's reply; None if that is not clear."""
    replies = [message.created_at for message in said if message.author is Author.STAFF]
    waiting = [d for d in decided if not replies or d.created_at > max(replies)]
    handed = [d for d in waiting if d.reply is ReplyKind.HANDOFF]
    if handed:
        return handed[-1] if handed[-1].reason in ABOUT_KNOWLEDGE else None
    return waiting[0] if len(waiting) == 1 and waiting[0].reply is ReplyKind.SILENCE else None
