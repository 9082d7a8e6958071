"""docs/bad-input.md from the table: `python -m tests.bad_input.docs` writes it."""

from collections.abc import Iterator
from pathlib import Path

from tests.bad_input.case import ANYTHING, Area, Case, Via
from tests.bad_input.table import CASES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "bad-input.md"
OPENING = f"""# Bad input, and what is seen then

Every row is a test: it is done to a real site, and what is seen is compared. `{ANYTHING}` stands
for text that differs from time to time. No page, answer or command ever shows a stack trace; a page
is in the language of its address; an error of the API is an object `error` with `code`, `message`
and `detail`; a command says one clear line. While something is only busy (503), `Retry-After` says
when to try again.

Exit codes of `jawab`: 0 done; 1 a problem was found and named; 2 wrong usage; 3 the settings are
wrong; 4 the database cannot be used; `jawab ask` adds 10 (titles to choose from), 11 (handed over)
and 12 (silence).
"""


def document() -> str:
    return "\n".join([OPENING, *(_section(area) for area in Area)])


def _section(area: Area) -> str:
    rows = "\n".join(_rows(case for case in CASES if case.area is area))
    return f"## {area}\n\n| Row | Given | Answered by | What is seen |\n|---|---|---|---|\n{rows}\n"


def _rows(cases: Iterator[Case]) -> Iterator[str]:
    for case in cases:
        given = case.given[0].upper() + case.given[1:]
        cells = (f"`{case.id}`", _cell(given), _answered(case), _cell(case.expected))
        yield f"| {' | '.join(cells)} |"


def _answered(case: Case) -> str:
    match case.via:
        case Via.PAGE:
            return f"page, {case.code}"
        case Via.API:
            return f"API, {case.code}"
        case Via.COMMAND:
            return f"command, exit code {case.code}"


def _cell(text: str) -> str:
    for sign in ("\\", "|", "<", "*", "_", "["):
        text = text.replace(sign, f"\\{sign}")
    return text


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(document(), encoding="utf-8")
