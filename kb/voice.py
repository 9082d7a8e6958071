"""Who speaks in a text: a firm says "we", not "I"; and whose e-mail address stands there."""

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from kb.markdown import inline_text

LONGEST_NAME_WORDS = 4
LONGEST_EXCERPT = 120
QUOTED = re.compile(
    r"\"[^\"\n]{0,300}\"|“[^”\n]{0,300}”|‘[^’\n]{0,300}’|«[^»\n]{0,300}»"
    r"|(?<!\w)'[^'\n]{1,300}'(?!\w)"
)
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
OFFER = re.compile(r"(?i)\b(?:saya|aku) bantu\b|\b(?:may|can) I help\b")
FIRST_PERSON = {
    "en": re.compile(r"\bI['’](?:m|ll|ve|d)\b|\bI(?=\s+[a-z])|\bmy\b|\bMy(?=\s+[a-z])"),
    "id": re.compile(r"\b(?:[Ss]aya|SAYA|[Aa]ku|AKU|[Gg]ue|gw)\b"),
}
CAPITALISED_BEFORE = re.compile(r"\b[A-Z]\w*\s+\Z")

EMAIL = re.compile(
    r"(?i)(?<![\w.+-])([\w.+-]{1,64})@"
    r"(?:gmail|googlemail|yahoo|ymail|rocketmail|hotmail|outlook|live|msn|icloud|me|mac|aol"
    r"|proton|protonmail|gmx|mail|yandex|zoho)\.[a-z]{2,4}(?:\.[a-z]{2})?\b"
)
OFFICES = (
    *("admin", "bantuan", "billing", "care", "contact", "cs", "customer", "finance", "halo"),
    *("hello", "help", "hrd", "info", "kantor", "keuangan", "kontak", "layanan", "marketing"),
    *("official", "office", "order", "sales", "service", "shop", "store", "support", "team"),
    *("tim", "toko"),
)


def list_first_person(text: str, lang: str) -> tuple[str, ...]:
    """The sentences in which the firm calls itself "I", shortened.

    What stands in quotes, questions (the customer's) and menu names such as "My Orders" are left
    out.
    """
    pattern = FIRST_PERSON.get(lang)
    if pattern is None:
        return ()
    sentences = (part.strip() for part in SENTENCE_END.split(QUOTED.sub("…", text)))
    return tuple(sentence[:LONGEST_EXCERPT] for sentence in sentences if _speaks(sentence, pattern))


def _speaks(sentence: str, pattern: re.Pattern[str]) -> bool:
    if sentence.endswith("?"):
        return OFFER.search(sentence) is not None
    return any(not _is_menu_name(sentence, found) for found in pattern.finditer(sentence))


def _is_menu_name(sentence: str, found: re.Match[str]) -> bool:
    """As in "Pesanan Saya"."""
    before = sentence[max(0, found.start() - 40) : found.start()]
    is_capital = found.group()[0].isupper() and found.group().casefold() in ("saya", "aku")
    return is_capital and CAPITALISED_BEFORE.search(before) is not None


def list_personal_emails(text: str) -> tuple[str, ...]:
    """Addresses at public mail providers that do not look like an office's."""
    return tuple(
        found.group() for found in EMAIL.finditer(text) if not _is_office(found.group(1).lower())
    )


def _is_office(local_part: str) -> bool:
    return any(
        word.startswith(office) for word in re.split(r"[\W\d_]+", local_part) for office in OFFICES
    )


def firm_text(tokens: Sequence[Token]) -> str:
    """What the firm says in a parsed text, one block a line.

    Without headings, link texts and quotations (often the customer's words), labels and code.
    """
    lines = []
    quote_depth, in_heading = 0, False
    for token in tokens:
        match token.type:
            case "blockquote_open" | "blockquote_close":
                quote_depth += token.nesting
            case "heading_open" | "heading_close":
                in_heading = token.nesting == 1
            case "inline" if not quote_depth and not in_heading:
                lines.append("".join(_spoken(token.children or [])))
    return "\n".join(lines)


def _spoken(tokens: Sequence[Token]) -> Iterator[str]:
    ends = _ends(tokens)
    index = 0
    while index < len(tokens):
        token = tokens[index]
        end = ends.get(index, index)
        if token.type == "link_open" or _is_label(tokens[index + 1 : min(end, index + 8)]):
            yield "…"
            index = end
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type == "text":
            yield token.content
        index += 1


def _ends(tokens: Sequence[Token]) -> dict[int, int]:
    """Where each opening token is closed."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token.nesting == 1:
            opened.append(index)
        elif token.nesting == -1 and opened:
            ends[opened.pop()] = index
    return ends


def _is_label(inner: Sequence[Token]) -> bool:
    """A capitalised name of few words, as menus have; `inner` stands between emphasis marks."""
    text = inline_text(inner)
    return text[:1].isupper() and len(text.split()) <= LONGEST_NAME_WORDS
