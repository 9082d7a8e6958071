"""How a firm writes its order numbers, as a pattern that is safe to search for."""

import re

SIGNS = {"#": r"\d", "A": "[A-Za-z]", "*": "[A-Za-z0-9]"}
LENGTHS = range(4, 41)


def is_order_pattern(pattern: str) -> bool:
    """# is a digit, A a letter, * either; anything else is itself. At least three are free."""
    free = sum(sign in SIGNS for sign in pattern)
    return len(pattern) in LENGTHS and free >= 3 and pattern.isprintable()


def order_expression(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    """One expression of fixed lengths for all patterns, so that its time is linear."""
    if not patterns:
        return None
    longest_first = sorted(patterns, key=lambda pattern: (-len(pattern), pattern))
    parts = ("".join(SIGNS.get(c, re.escape(c)) for c in pattern) for pattern in longest_first)
    return re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(parts)})(?![A-Za-z0-9])", re.IGNORECASE)
