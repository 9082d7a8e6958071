"""A reply in the firm's own words, for one customer on one channel."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from kb.models import RouteAction, Visibility
from responder.channels.formats import Format, get_format
from responder.compose import fit, fit_each, numbered, short_answer
from responder.exchange import Choice
from responder.firm import FirmService
from responder.knowledge import Shelf
from responder.languages import language_name
from responder.links import Links
from responder.models import (
    Answer,
    Candidate,
    Clarify,
    GivenAnswer,
    Handoff,
    Priority,
    Reason,
    Reply,
    Silence,
    SmallTalk,
)
from responder.opening import opening_text
from responder.wording import Wording

REASONED = frozenset(
    {
        Reason.ASKED_PERSON,
        Reason.COMPLAINT,
        Reason.PRIVATE_DATA,
        Reason.OVERDUE,
        Reason.ASKED_TWICE,
        Reason.UNREADABLE,
    }
)


@dataclass(frozen=True, slots=True)
class Setting:
    """To whom, where and when something is said."""

    lang: str
    channel: str
    public: bool
    at: datetime
    conversation: str
    told_hours: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """`text` for the channel; `transcript` the same with everything a page would show beside it.
    `answers` are those given, or those drafted for people to send."""

    text: str
    transcript: str
    opening: str
    link: str | None = None
    choices: tuple[Choice, ...] = ()
    disclosure: str = ""
    answers: tuple[GivenAnswer, ...] = ()


class Voice:
    def __init__(self, firm: FirmService, wording: Wording, links: Links) -> None:
        self._firm = firm
        self._wording = wording
        self._links = links

    def say(self, reply: Reply, shelf: Shelf, setting: Setting, question: str = "") -> Said:
        """`question` is the message, for what the answers say they answer."""
        form = get_format(setting.channel)
        match reply:
            case Answer():
                return self._answer(self._given(reply, shelf, setting, question), setting, form)
            case Clarify(candidates):
                return self._clarify(candidates, shelf, setting, form)
            case Handoff():
                said = self._handoff(reply, shelf, setting, form)
                drafted = self._given(reply.draft, shelf, setting, question) if reply.draft else ()
                return replace(said, answers=drafted)
            case SmallTalk(route):
                return self._small_talk(route, shelf, setting, form)
            case Silence():
                return self._silence(reply, setting)
            case _:
                assert_never(reply)

    def opening(self, lang: str, at: datetime) -> str:
        return opening_text(self._wording, self._firm.get(), lang, at, Priority.NORMAL)

    def article_link(self, candidate: Candidate, shelf: Shelf) -> str:
        published = shelf.articles.get(candidate.key)
        private = published is not None and published.article.visibility is Visibility.PRIVATE
        return self._links.article(candidate.key, private)

    def _given(
        self, reply: Answer, shelf: Shelf, setting: Setting, question: str
    ) -> tuple[GivenAnswer, ...]:
        questions = reply.questions or (question,)
        return tuple(
            GivenAnswer(
                question=asked,
                article=candidate.key,
                revision=shelf.articles[candidate.key].revision,
                confidence=candidate.confidence,
                title=candidate.title,
                text=short_answer(shelf.articles[candidate.key].article, setting.channel),
                link=self.article_link(candidate, shelf),
                note=self._language_note(candidate.key.lang, setting.lang),
            )
            for asked, candidate in zip(questions, reply.candidates, strict=True)
        )

    def _language_note(self, article_lang: str, lang: str) -> str:
        """That the article is not in the customer's language."""
        if article_lang == lang:
            return ""
        name = language_name(article_lang, lang)
        return self._wording.text(lang, "other_language", language=name)

    def _answer(self, given: tuple[GivenAnswer, ...], setting: Setting, form: Format) -> Said:
        disclosure = self._disclosure(setting, form)
        bodies = [(_body(answer), answer.link) for answer in given]
        first, link = bodies[0]
        if len(bodies) == 1:
            text = fit(first, form, link=link, disclosure=disclosure)
            transcript = f"{first}\n{link}" if form.has_parts else text
        else:
            transcript = text = fit_each(bodies, form, disclosure=disclosure)
        return Said(
            text=text,
            transcript=transcript,
            opening=self.opening(setting.lang, setting.at),
            link=link,
            disclosure=disclosure,
            answers=given,
        )

    def _clarify(
        self, candidates: tuple[Candidate, ...], shelf: Shelf, setting: Setting, form: Format
    ) -> Said:
        choices = tuple(
            Choice(c.key, c.title, self.article_link(c, shelf), c.confidence) for c in candidates
        )
        if not choices:
            return self._plain(self._wording.text(setting.lang, "please_write"), setting, form)
        key = "clarify" if len(choices) > 1 else "clarify_one"
        intro = self._wording.text(setting.lang, f"{key}_intro")
        titles = [self._title(choice, setting.lang) for choice in choices]
        outro = self._wording.text(setting.lang, f"{key}_outro")
        listed = numbered(intro, titles, outro, form)
        disclosure = self._disclosure(setting, form)
        return Said(
            text=intro if form.has_parts else fit(listed, form, disclosure=disclosure),
            transcript=listed,
            opening=self.opening(setting.lang, setting.at),
            choices=choices,
            disclosure=disclosure,
        )

    def _title(self, choice: Choice, lang: str) -> str:
        if choice.key.lang == lang:
            return choice.title
        name = language_name(choice.key.lang, lang)
        words = self._wording.text(lang, "title_in_other_language", language=name)
        return f"{choice.title} {words}"

    def _handoff(self, reply: Handoff, shelf: Shelf, setting: Setting, form: Format) -> Said:
        opening = self.opening(setting.lang, setting.at)
        is_open = self._firm.get().hours.is_open(setting.at)
        told = "" if setting.told_hours and not is_open else opening
        words = self._wording.text(setting.lang, _handoff_key(reply, setting), opening=told)
        own = self._route_words(reply.best, shelf, setting.lang)
        body = f"{own} {told}" if own and not setting.public else words
        if not form.has_parts and not setting.public:
            link = self._links.status(setting.conversation)
            follow = self._wording.text(setting.lang, "follow_link")
            text = fit(f"{body.strip()} {follow}", form, link=link)
            return Said(text, text, opening)
        text = fit(body.strip(), form)
        return Said(text, text, opening)

    def _route_words(self, best: Candidate | None, shelf: Shelf, lang: str) -> str:
        return shelf.find_route_answer(best.action, lang) if best and best.action else ""

    def _small_talk(self, route: Candidate, shelf: Shelf, setting: Setting, form: Format) -> Said:
        action = route.action or RouteAction.GREETING
        own = shelf.find_route_answer(action, setting.lang)
        body = own or self._wording.text(setting.lang, f"smalltalk_{action.value}")
        return self._plain(body, setting, form)

    def _silence(self, reply: Silence, setting: Setting) -> Said:
        opening = self.opening(setting.lang, setting.at)
        key = "silence_people" if reply.rule == "person_owns_conversation" else "silence_off"
        text = self._wording.text(setting.lang, key, opening=opening)
        return Said(text.strip(), "", opening)

    def _plain(self, body: str, setting: Setting, form: Format) -> Said:
        disclosure = self._disclosure(setting, form)
        text = fit(body, form, disclosure=disclosure)
        opening = self.opening(setting.lang, setting.at)
        return Said(text, body if form.has_parts else text, opening, disclosure=disclosure)

    def _disclosure(self, setting: Setting, form: Format) -> str:
        is_short = form.limit is not None and form.limit <= 1000
        return self._wording.text(setting.lang, "short_disclosure" if is_short else "disclosure")


def _body(answer: GivenAnswer) -> str:
    return f"{answer.note}\n{answer.text}" if answer.note else answer.text


def _handoff_key(reply: Handoff, setting: Setting) -> str:
    if reply.reason in REASONED:
        return f"handoff_{reply.reason.value}"
    return "handoff_public" if setting.public else "handoff"
