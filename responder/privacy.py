"""Personal data in a text: found and masked, in linear time."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from stdnum import luhn
from stdnum.id import nik, npwp

from responder.patterns import order_expression

HOME = "ID"
MOST_DIGITS = 24
MOST_PHONE_CHECKS = 200

# Every repeat is possessive or has a small upper bound: no input makes matching slow.
EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}+@(?:[\w-]{1,63}+\.){1,8}+[^\W\d_]{2,24}+", re.UNICODE
)
NUMBERS = re.compile(r"(?<![\w+])[+(]{0,2}+\d(?:[ \t.()/+-]{0,3}+\d){3,}+(?!\w)")
GROUP = re.compile(r"\+?\(?\d++")
DATE = re.compile(r"\d{1,2}([./-])\d{1,2}\1(?:19|20)\d{2}(?!\d)")
AMOUNT = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})++")
NAMED = (
    r"\b(?:[ \t]{0,3}+(?:no|nomor|number|saya|my|is|kredit|debit|credit|:|#|\.)){0,4}+[ \t]{0,3}+"
)
DIGITS = r"\d(?:[ .-]?+\d){12,18}+(?!\w)"
ORDER_NEAR = re.compile(
    r"\b(?:order|pesanan|invoice|inv|transaksi|resi|tracking)\b"
    r"(?:[ \t]{0,3}+(?:no|nomor|number|id|kode|saya|my|is|:|#|\.)){0,4}+[ \t]{0,3}+"
    r"(?P<found>[A-Z0-9][A-Z0-9/-]{4,39}+)",
    re.IGNORECASE,
)
ACCOUNT_NEAR = re.compile(
    r"\b(?:rekening|norek|rek|account|acc|va|bca|bri|bni|btn|bsi|cimb|mandiri|permata|danamon|jago|"
    r"seabank)\b"
    r"(?:[ \t]{0,3}+(?:no|nomor|number|virtual|account|bank|saya|ke|my|is|:|#|\.|bca|bri|bni|btn|"
    r"bsi|cimb|mandiri|permata|danamon)){0,5}+[ \t]{0,3}+"
    r"(?P<found>\d(?:[ \t.-]?+\d){5,21}+)(?!\w)",
    re.IGNORECASE,
)
SECRET_NEAR = re.compile(
    r"\b(?:otp|pin|cvv|cvc|kode verifikasi|verification code|kode)\b"
    r"(?:[ \t]{0,3}+(?:nya|saya|ku|otp|is|my|adalah|itu|:|=|#|\.)){0,4}+[ \t]{0,3}+"
    r"(?P<found>\d(?:[ -]?+\d){2,7}+)(?!\w)",
    re.IGNORECASE,
)


NIK_NEAR = re.compile(rf"\b(?:nik|ktp|kk){NAMED}(?P<found>{DIGITS})", re.IGNORECASE)
NPWP_NEAR = re.compile(rf"\bnpwp{NAMED}(?P<found>{DIGITS})", re.IGNORECASE)
CARD_NEAR = re.compile(
    rf"\b(?:kartu|card|cc|visa|mastercard){NAMED}(?P<found>{DIGITS})", re.IGNORECASE
)


WORD = re.compile(r"\w")
STAND_INS = {
    "email": "nama@example.com",
    "phone": "08120000000",
    "nik": "3170000000000000",
    "npwp": "010000000000000",
    "card": "4000000000000000",
    "account": "1200000000",
    "order": "12345",
    "otp": "123456",
}
MARK = re.compile(rf"\[({'|'.join(STAND_INS)})\]")


@dataclass(frozen=True, slots=True)
class Finding:
    """A span of the text and what it is: email phone nik npwp card account order otp."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Masked:
    """The text with each finding replaced by its kind in brackets; masking again is no change."""

    text: str
    kinds: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.kinds)


def mask(text: str, order_patterns: tuple[str, ...] = ()) -> Masked:
    findings = find_personal_data(text, order_patterns)
    parts: list[str] = []
    reached = 0
    for finding in findings:
        parts += (text[reached : finding.start], f"[{finding.kind}]")
        reached = finding.end
    parts.append(text[reached:])
    marks = (mark.group(1) for mark in MARK.finditer(text))
    kinds = dict.fromkeys((*(finding.kind for finding in findings), *marks))
    return Masked("".join(parts), tuple(kinds))


def searchable(masked: str) -> str:
    """A masked text with made-up data for the marks: a matcher should see that a number stood
    there, and the marks are no words of the customer. Empty where nothing else was said."""
    if not WORD.search(MARK.sub(" ", masked)):
        return ""
    return " ".join(MARK.sub(lambda mark: STAND_INS[mark.group(1)], masked).split())


def find_personal_data(text: str, order_patterns: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """Findings in order of their place, without overlaps; the surer kind wins."""
    taken: list[Finding] = []
    covered = bytearray(len(text))
    for finding in _candidates(text, order_patterns):
        if not any(covered[finding.start : finding.end]):
            covered[finding.start : finding.end] = b"\1" * (finding.end - finding.start)
            taken.append(finding)
    return tuple(sorted(taken, key=lambda finding: finding.start))


def _candidates(text: str, order_patterns: tuple[str, ...]) -> Iterator[Finding]:
    if "@" in text:
        for match in EMAIL.finditer(text):
            yield Finding(match.start(), match.end(), "email")
    own_orders = _own_orders(order_patterns)
    if own_orders is not None:
        for match in own_orders.finditer(text):
            yield Finding(match.start(), match.end(), "order")
    yield from _near(SECRET_NEAR, "otp", text, lambda found: len(_digits(found)) in range(4, 9))
    yield from _near(ACCOUNT_NEAR, "account", text, lambda found: not _is_special(_digits(found)))
    yield from _near(NIK_NEAR, "nik", text, lambda found: len(_digits(found)) == 16)
    yield from _near(NPWP_NEAR, "npwp", text, lambda found: len(_digits(found)) in (15, 16))
    yield from _near(CARD_NEAR, "card", text, lambda found: len(_digits(found)) in range(13, 20))
    checks = PhoneChecks()
    for match in NUMBERS.finditer(text):
        yield from _in_numbers(text, match.span(), checks)
    yield from _near(ORDER_NEAR, "order", text, lambda found: len(_digits(found)) >= 4)


def _near(
    expression: re.Pattern[str], kind: str, text: str, fits: Callable[[str], bool]
) -> Iterator[Finding]:
    for match in expression.finditer(text):
        if fits(match["found"]):
            yield Finding(match.start("found"), match.end("found"), kind)


def _in_numbers(text: str, span: tuple[int, int], checks: "PhoneChecks") -> Iterator[Finding]:
    """Numbers typed after each other look like one: try the longest reading from each group on."""
    groups = [match.span() for match in GROUP.finditer(text, *span)]
    first = 0
    while first < len(groups):
        for last in reversed(range(first, _last_within(groups, first) + 1)):
            start, end = groups[first][0], groups[last][1]
            kind = _kind_of_number(text[start:end], checks)
            if kind:
                yield Finding(start, end, kind)
                first = last
                break
        first += 1


def _last_within(groups: list[tuple[int, int]], first: int) -> int:
    total, last = 0, first
    for index in range(first, len(groups)):
        total += groups[index][1] - groups[index][0]
        if total > MOST_DIGITS:
            break
        last = index
    return last


def _kind_of_number(found: str, checks: "PhoneChecks") -> str | None:
    digits = _digits(found)
    return _id_or_card(digits) or ("phone" if checks.is_phone(found, digits) else None)


def _is_special(digits: str) -> bool:
    return _id_or_card(digits) is not None


def _id_or_card(digits: str) -> str | None:
    if len(digits) == 16 and nik.is_valid(digits):
        return "nik"
    if 13 <= len(digits) <= 19 and digits[0] in "3456" and luhn.is_valid(digits):
        return "card"
    if len(digits) in (15, 16) and npwp.is_valid(digits):
        return "npwp"
    return None


class PhoneChecks:
    """Asks the phone library so many times per text; beyond that the shape alone decides."""

    def __init__(self) -> None:
        self._left = MOST_PHONE_CHECKS

    def is_phone(self, found: str, digits: str) -> bool:
        if not 8 <= len(digits) <= 15 or DATE.match(found) or AMOUNT.fullmatch(found):
            return False
        international = "+" in found[:2]
        if not international and not digits.startswith(("0", "62", "8")):
            return False
        self._left -= 1
        if self._left < 0:
            return True
        try:
            number = f"+{digits}" if international or digits.startswith("62") else digits
            return phonenumbers.is_valid_number(phonenumbers.parse(number, HOME))
        except phonenumbers.NumberParseException:
            return False


def _digits(text: str) -> str:
    """The decimal digits as ASCII, whatever script they were typed in."""
    return "".join(str(unicodedata.decimal(char)) for char in text if char.isdecimal())


@lru_cache(maxsize=16)
def _own_orders(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    return order_expression(patterns)
