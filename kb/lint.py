"""Checks of an article on save: facts for the writer, no verdict on the words."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from markdown_it.token import Token

from kb.errors import InvalidSlug, TextTooLong
from kb.markdown import LONGEST_TEXT, build_parser, inline_text
from kb.models import Article, ArticleKey
from kb.text import spelling
from kb.voice import firm_text, list_first_person, list_personal_emails

LONGEST_TITLE = 90
FEWEST_QUESTIONS = 3
INTERNAL = re.compile(r"/([a-z]{2,3})/articles/([^/?#]+)/?(?:[?#].*)?")


class LintCode(StrEnum):
    ANSWER_TOO_LONG = "answer_too_long"
    NO_ANSWER = "no_answer"
    NOTHING_TO_SAY = "nothing_to_say"
    NO_QUESTIONS = "no_questions"
    FEW_QUESTIONS = "few_questions"
    BROKEN_LINK = "broken_link"
    IMAGE_WITHOUT_ALT = "image_without_alt"
    FIRST_PERSON = "first_person"
    PERSONAL_EMAIL = "personal_email"
    TITLE_TOO_LONG = "title_too_long"
    REVIEW_OVERDUE = "review_overdue"
    UNKNOWN_ORIGINAL = "unknown_original"
    DUPLICATE_QUESTION = "duplicate_question"
    UNKNOWN_KEYS = "unknown_keys"


class Severity(StrEnum):
    """An error misleads customers; a warning costs quality; a hint could be meant so."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


SEVERITIES = {
    LintCode.ANSWER_TOO_LONG: Severity.WARNING,
    LintCode.NO_ANSWER: Severity.WARNING,
    LintCode.NOTHING_TO_SAY: Severity.ERROR,
    LintCode.NO_QUESTIONS: Severity.WARNING,
    LintCode.FEW_QUESTIONS: Severity.HINT,
    LintCode.BROKEN_LINK: Severity.ERROR,
    LintCode.IMAGE_WITHOUT_ALT: Severity.WARNING,
    LintCode.FIRST_PERSON: Severity.WARNING,
    LintCode.PERSONAL_EMAIL: Severity.WARNING,
    LintCode.TITLE_TOO_LONG: Severity.WARNING,
    LintCode.REVIEW_OVERDUE: Severity.WARNING,
    LintCode.UNKNOWN_ORIGINAL: Severity.ERROR,
    LintCode.DUPLICATE_QUESTION: Severity.WARNING,
    LintCode.UNKNOWN_KEYS: Severity.HINT,
}
SUMMARIES = {
    LintCode.ANSWER_TOO_LONG: "the answer has {length} characters; {channel} takes {limit}",
    LintCode.NO_ANSWER: "there is no short answer; customers get the beginning of the text",
    LintCode.NOTHING_TO_SAY: "there is neither an answer nor a text",
    LintCode.NO_QUESTIONS: "there are no example questions; write how customers ask",
    LintCode.FEW_QUESTIONS: "there are only {count} example questions; give at least {wanted}",
    LintCode.BROKEN_LINK: "the link {address} leads to no article",
    LintCode.IMAGE_WITHOUT_ALT: "the image {address} has no alternative text",
    LintCode.FIRST_PERSON: 'a firm says "we", not "I": {excerpt}',
    LintCode.PERSONAL_EMAIL: "{email} looks like a person's own e-mail address",
    LintCode.TITLE_TOO_LONG: "the title has {length} characters; keep it within {limit}",
    LintCode.REVIEW_OVERDUE: "the review was due on {day}; it no longer answers by itself",
    LintCode.UNKNOWN_ORIGINAL: "translation_of names {key}, which does not exist",
    LintCode.DUPLICATE_QUESTION: "{key} has the same example question: {question}",
    LintCode.UNKNOWN_KEYS: "the front matter has keys that Jawab does not read: {keys}",
}


@dataclass(frozen=True, slots=True)
class LintProblem:
    """`facts` are the numbers and words that a sentence about this code needs."""

    code: LintCode
    facts: Mapping[str, str | int] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def severity(self) -> Severity:
        return SEVERITIES[self.code]

    @property
    def summary(self) -> str:
        return SUMMARIES[self.code].format_map(self.facts)


def lint(
    article: Article,
    *,
    known: Collection[ArticleKey],
    limits: Mapping[str, int],
    others: Iterable[Article] = (),
    today: date | None = None,
) -> tuple[LintProblem, ...]:
    """The problems of one article, errors first.

    `limits` are characters per channel; `others` are searched for the same example questions;
    without `today` the review date is not looked at.
    """
    if len(article.body) > LONGEST_TEXT:
        raise TextTooLong(len(article.body), LONGEST_TEXT)
    tokens = build_parser().parse(article.body)
    found = [
        *_front(article, known),
        *_lengths(article, limits),
        *_overdue(article, today),
        *_links(tokens, known),
        *_images(tokens),
        *_voice(article, tokens),
        *_emails(article),
        *_duplicates(article, others),
    ]
    order = list(Severity)
    return tuple(sorted(found, key=lambda problem: order.index(problem.severity)))


def _problem(code: LintCode, **facts: str | int) -> LintProblem:
    return LintProblem(code, MappingProxyType(facts))


def _front(article: Article, known: Collection[ArticleKey]) -> Iterator[LintProblem]:
    if not article.answer:
        says = bool(article.body.strip())
        yield _problem(LintCode.NO_ANSWER if says else LintCode.NOTHING_TO_SAY)
    count = len(article.questions)
    if count == 0:
        yield _problem(LintCode.NO_QUESTIONS)
    elif count < FEWEST_QUESTIONS:
        yield _problem(LintCode.FEW_QUESTIONS, count=count, wanted=FEWEST_QUESTIONS)
    if len(article.title) > LONGEST_TITLE:
        yield _problem(LintCode.TITLE_TOO_LONG, length=len(article.title), limit=LONGEST_TITLE)
    original = article.translation_of
    if original and original not in known:
        yield _problem(LintCode.UNKNOWN_ORIGINAL, key=str(original))
    if article.unknown:
        yield _problem(LintCode.UNKNOWN_KEYS, keys=", ".join(article.unknown))


def _lengths(article: Article, limits: Mapping[str, int]) -> Iterator[LintProblem]:
    for channel, limit in sorted(limits.items()):
        length = len((article.channels.get(channel) or article.answer or "").strip())
        if length > limit:
            yield _problem(LintCode.ANSWER_TOO_LONG, channel=channel, length=length, limit=limit)


def _overdue(article: Article, today: date | None) -> Iterator[LintProblem]:
    if today and article.review_by and article.review_by < today:
        yield _problem(LintCode.REVIEW_OVERDUE, day=article.review_by.isoformat())


def _inlines(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from token.children or []


def _links(tokens: Iterable[Token], known: Collection[ArticleKey]) -> Iterator[LintProblem]:
    links = (token for token in _inlines(tokens) if token.type == "link_open")
    for address in dict.fromkeys(str(link.attrGet("href")) for link in links):
        target = INTERNAL.fullmatch(address)
        if target and not _is_known(target.group(1), target.group(2), known):
            yield _problem(LintCode.BROKEN_LINK, address=address)


def _is_known(lang: str, slug: str, known: Collection[ArticleKey]) -> bool:
    try:
        return ArticleKey(lang, slug) in known
    except InvalidSlug:
        return False


def _images(tokens: Iterable[Token]) -> Iterator[LintProblem]:
    for token in _inlines(tokens):
        if token.type == "image" and not inline_text(token.children or []).strip():
            yield _problem(LintCode.IMAGE_WITHOUT_ALT, address=str(token.attrGet("src")))


def _voice(article: Article, tokens: list[Token]) -> Iterator[LintProblem]:
    lang = article.key.lang
    spoken = [
        ("answer", article.answer or ""),
        ("body", firm_text(tokens)),
        *((f"channels.{name}", text) for name, text in article.channels.items()),
    ]
    for place, text in spoken:
        for excerpt in list_first_person(text, lang):
            yield _problem(LintCode.FIRST_PERSON, place=place, excerpt=excerpt)


def _emails(article: Article) -> Iterator[LintProblem]:
    shown = "\n".join((article.answer or "", article.body, *article.channels.values()))
    for email in dict.fromkeys(list_personal_emails(shown)):
        yield _problem(LintCode.PERSONAL_EMAIL, email=email)


def _duplicates(article: Article, others: Iterable[Article]) -> Iterator[LintProblem]:
    """In the same language; a title is an example question too."""
    own = {spelling(question): question for question in (*article.questions, article.title)}
    for other in others:
        if other.key == article.key or other.key.lang != article.key.lang:
            continue
        theirs = {spelling(question) for question in (*other.questions, other.title)}
        for same, question in own.items():
            if same and same in theirs:
                yield _problem(LintCode.DUPLICATE_QUESTION, key=str(other.key), question=question)
