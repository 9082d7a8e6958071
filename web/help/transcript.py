"""A conversation as its customer sees it."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from flask import url_for

from responder.models import (
    Author,
    Conversation,
    ConversationState,
    Decision,
    GivenAnswer,
    Message,
    ReplyKind,
)
from web.help.addresses import current_shelf
from web.help.pages import Handover, Link, PickedTitle, Told, Turn
from web.help.votes import answer_vote
from web.services import services

Replies = Mapping[int | None, tuple[Decision, bool | None, str]]


def turns_of(conversation: Conversation, lang: str, *, own_page: bool = False) -> tuple[Turn, ...]:
    """Every message in order; the customer's `own_page` has no link to itself."""
    conversations = services().responder.conversations
    found = conversations.list_replies(conversation.public_id)
    replies: Replies = {decision.id: (decision, helped, why) for decision, helped, why in found}
    newest = found[-1][0].id if found else 0
    turns = [
        _turn(message, replies, lang, newest)
        for message in conversations.transcript(conversation.public_id)
    ]
    return tuple(_with_way_to_people(turns, conversation, lang, own_page=own_page))


def version_of(turns: tuple[Turn, ...], state: str) -> str:
    """Changes whenever the page would look different."""
    parts = [state] + [
        f"{t.author}{t.at.isoformat()}{t.text}{t.vote.said if t.vote else ''}" for t in turns
    ]
    parts.append(str(bool(turns and (turns[-1].handover or turns[-1].status_url))))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _turn(message: Message, replies: Replies, lang: str, newest: int) -> Turn:
    plain = Turn(
        author=message.author.value,
        name=message.author_name,
        text=message.text,
        lang=message.lang,
        at=message.created_at,
        link=_article_link(message),
    )
    if message.author is not Author.BOT or message.decision_id not in replies:
        return plain
    decision, helped, why = replies[message.decision_id]
    return _bot_turn(
        plain, decision, lang, said=_said(helped, why), is_newest=decision.id == newest
    )


def _bot_turn(plain: Turn, decision: Decision, lang: str, *, said: str, is_newest: bool) -> Turn:
    offered = tuple(
        PickedTitle(str(c.key), c.title, c.key.lang) for c in decision.candidates if c.offered
    )
    is_answer = decision.reply is ReplyKind.ANSWER
    return replace(
        plain,
        text=decision.text,
        link=_decision_link(decision) if is_answer and not decision.answers else None,
        answers=tuple(_told(answer) for answer in decision.answers) if is_answer else (),
        decision=decision.public_id,
        choices=offered,
        is_done=not is_newest,
        vote=answer_vote(decision.public_id, lang, said) if is_answer else None,
    )


def _told(answer: GivenAnswer) -> Told:
    published = current_shelf().find(answer.article)
    title = published.article.title if published else answer.title
    return Told(answer.text, answer.article.lang, Link(title, answer.link), answer.note)


def _said(helped: bool | None, why: str) -> str:
    if helped is None:
        return ""
    if helped:
        return "yes"
    return "why" if why else "no"


def _decision_link(decision: Decision) -> Link | None:
    if decision.link is None or decision.article is None:
        return None
    published = current_shelf().find(decision.article)
    known = next((c.title for c in decision.candidates if c.key == decision.article), "")
    return Link(published.article.title if published else known, decision.link)


def _article_link(message: Message) -> Link | None:
    """An article that a member of staff put into their answer."""
    published = current_shelf().find(message.article) if message.article else None
    if published is None:
        return None
    private = published.article.visibility.value == "private"
    address = services().responder.links.article(published.key, private)
    return Link(published.article.title, address)


def _with_way_to_people(
    turns: list[Turn], conversation: Conversation, lang: str, *, own_page: bool
) -> list[Turn]:
    """With people in charge, our last turn says how they reach the customer."""
    if conversation.state is not ConversationState.PEOPLE:
        return turns
    last = next((i for i in range(len(turns) - 1, -1, -1) if turns[i].author == "bot"), None)
    if last is None:
        return turns
    if conversation.contact_id is None:
        way = Handover(url_for("help.contact", lang=lang))
        turns[last] = replace(turns[last], handover=way)
    elif not own_page:
        address = services().responder.conversations.status_url(conversation)
        turns[last] = replace(turns[last], status_url=address)
    return turns
