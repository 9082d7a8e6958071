"""Values as YAML that any reader understands the same way, each on one line or as a block list."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TypeAlias, TypeGuard

YamlValue: TypeAlias = str | bool | int | date | datetime | Sequence[str] | Mapping[str, str]

PLAIN = re.compile(r"[^\W\d_](?:[\w .()/+?!%;=@-]|,(?= )|'(?=\w))*")
RESOLVES = re.compile(
    r"(?i:y|n|yes|no|on|off|true|false|null)"  # words that readers take for something else
)
UNPRINTABLE = re.compile(
    "[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]"
)


def dump_scalar(value: str | bool | int | date | datetime) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case datetime():
            return value.isoformat(timespec="seconds" if not value.microsecond else "auto")
        case date():
            return value.isoformat()
        case str():
            return _text(value, is_flow=False)


def dump_flow(value: YamlValue) -> str:
    """A value on one line."""
    if isinstance(value, str | bool | int | date | datetime):
        return dump_scalar(value)
    if isinstance(value, Mapping):
        pairs = (f"{_text(key, is_flow=True)}: {_text(value[key], is_flow=True)}" for key in value)
        return "{" + ", ".join(pairs) + "}"
    return "[" + ", ".join(_text(item, is_flow=True) for item in value) + "]"


def is_listing(value: YamlValue) -> TypeGuard[Sequence[str]]:
    return isinstance(value, Sequence) and not isinstance(value, str) and len(value) > 0


def dump_block(items: Sequence[str], indent: str, newline: str) -> str:
    """A list with one item a line; the first line carries no indent."""
    return f"{newline}{indent}".join(f"- {_text(item, is_flow=False)}" for item in items)


def _text(value: str, *, is_flow: bool) -> str:
    plain = (
        PLAIN.fullmatch(value)
        and not RESOLVES.fullmatch(value)
        and not value.endswith(" ")
        and not (is_flow and ("," in value or "?" in value))
        and not UNPRINTABLE.search(value)
    )
    if plain:
        return value
    return UNPRINTABLE.sub(_escaped, json.dumps(value, ensure_ascii=False))


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"
