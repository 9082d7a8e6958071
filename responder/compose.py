"""Words for one channel: what fits, in the right order; the link survives every cut."""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from kb.markdown import plain_text
from kb.models import Article
from responder.channels.formats import Format

ELLIPSIS = "…"
JOINER = "\u200d"
SHORT_LIMIT = 400
LEAST_BODY = 40


def short_answer(article: Article, channel: str) -> str:
    """The writer's own words: for this channel, else the answer, first paragraph or title."""
    own = article.channels.get(channel)
    if own:
        return own.strip()
    if article.answer:
        return article.answer.strip()
    return _first_paragraph(article.body) or article.title.strip()


def _first_paragraph(body: str) -> str:
    for block in body.split("\n\n"):
        text = block.strip()
        if text and not text.startswith(("#", "|", "!", ">", "```", "~~~", "<")):
            return plain_text(text).strip()
    return ""


def fit(body: str, form: Format, *, link: str | None = None, disclosure: str = "") -> str:
    """One text within the channel's limit. The body is cut first, then the disclosure goes."""
    if form.has_parts:
        return body if form.limit is None else cut(body, form.fits)
    joint = " " if form.limit is not None and form.limit < SHORT_LIMIT else "\n"
    for tail in (joint.join(filter(None, (link, disclosure))), link or ""):
        suffix = joint + tail if tail else ""
        shortened = _cut_before(body, suffix, form)
        if len(shortened) >= min(LEAST_BODY, len(body)):
            return shortened + suffix if shortened else tail
    return shortened + suffix if shortened else tail


def fit_each(bodies: Sequence[tuple[str, str]], form: Format, *, disclosure: str = "") -> str:
    """Several answers, each with its link, one below the other. All are cut alike until they fit,
    the disclosure goes before less than a few words would stay."""
    longest = max(len(body) for body, _ in bodies)
    tails = [""] if form.has_parts or not disclosure else [disclosure, ""]
    for tail in tails:
        widths = range(longest, LEAST_BODY - 1, -1) if tail else range(longest, 0, -1)
        place = bisect_left(widths, True, key=lambda w: form.fits(_below(bodies, w, tail)))
        if place < len(widths):
            return _below(bodies, widths[place], tail)
    return cut("\n".join(link for _, link in bodies), form.fits)


def _below(bodies: Sequence[tuple[str, str]], width: int, tail: str) -> str:
    blocks = [f"{_shortened(body, width)}\n{link}" for body, link in bodies]
    return "\n\n".join(filter(None, (*blocks, tail)))


def _cut_before(body: str, suffix: str, form: Format) -> str:
    return cut(body, lambda text: form.fits(text + suffix))


def cut(text: str, fits: Callable[[str], bool]) -> str:
    """The longest beginning that fits, ended on a word with "…"; empty if no letter does."""
    if fits(text):
        return text
    ends = [i for i in range(1, len(text)) if text[i].isspace() and not text[i - 1].isspace()]
    for places in (ends, list(range(1, len(text)))):
        found = _longest(text, places, fits)
        if found:
            return found
    return ""


def _longest(text: str, ends: Sequence[int], fits: Callable[[str], bool]) -> str:
    index = bisect_right(ends, 0, key=lambda end: 0 if fits(_ended(text, end)) else 1)
    for end in reversed(ends[:index]):
        shortened = _ended(text, end)
        if fits(shortened) and shortened != ELLIPSIS:
            return shortened
    return ""


def _ended(text: str, end: int) -> str:
    while end > 0 and (_joins_on(text[end]) or text[end - 1] == JOINER):
        end -= 1
    return text[:end].rstrip(" \t\n,;:-") + ELLIPSIS


def _joins_on(char: str) -> bool:
    return char in (JOINER, "\ufe0f") or unicodedata.combining(char) != 0


def numbered(intro: str, titles: Sequence[str], outro: str, form: Format) -> str:
    """Titles to choose from, by number; titles are cut alike until everything fits."""
    for width in (200, 120, 80, 60, 40, 25, 12):
        lines = [f"{n}. {_shortened(title, width)}" for n, title in enumerate(titles, 1)]
        for parts in ((intro, *lines, outro), (intro, *lines)):
            text = "\n".join(part for part in parts if part)
            if form.fits(text):
                return text
    return cut("\n".join(f"{n}. {title}" for n, title in enumerate(titles, 1)), form.fits)


def _shortened(title: str, width: int) -> str:
    return cut(title, lambda text: len(text) <= width)
