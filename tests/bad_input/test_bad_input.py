"""Every row of the table is done to a real site."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.bad_input.case import Case, Seen, Via
from tests.bad_input.docs import PAGE, document
from tests.bad_input.stage import Stage
from tests.bad_input.table import CASES

TRACE = re.compile(r'Traceback|File "[^"]+", line \d+|Error:? \[Errno|sqlalche\.me|pysqlite3')
LOG_LINE = re.compile(r"^\d\d:\d\d:\d\d (info|warning|error) ")
USAGE = 2
BUSY = 503


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    made = Stage(tmp_path_factory.mktemp("bad"))
    yield made
    made.close()


def _rows() -> list[object]:
    slow = pytest.mark.slow
    return [pytest.param(c, id=c.id, marks=[slow] if c.is_slow else []) for c in CASES]


@pytest.mark.parametrize("case", _rows())
def test_bad_input_is_answered_as_the_table_says(case: Case, stage: Stage) -> None:
    seen = case.act(stage)
    shown = f"{seen.via} {seen.code}: {seen.text[:2000]}"
    assert (seen.via, seen.code) == (case.via, case.code), shown
    assert case.fits(" ".join(seen.text.split())), shown
    assert not TRACE.search(seen.text), shown
    match seen.via:
        case Via.PAGE:
            assert seen.lang == case.lang, shown
        case Via.API:
            _check_answer(seen)
        case Via.COMMAND:
            _check_command(seen)
    if seen.code == BUSY:
        assert seen.headers["Retry-After"] == "5"


def _check_answer(seen: Seen) -> None:
    if seen.code >= 400:
        assert set(seen.document) == {"error"}
        assert set(seen.document["error"]) == {"code", "message", "detail"}
        assert re.fullmatch(r"[a-z_]+", seen.document["error"]["code"])
    assert seen.headers["X-Content-Type-Options"] == "nosniff"


def _check_command(seen: Seen) -> None:
    """A refused command says one line, beside its log."""
    if seen.code in (3, 4):
        said = [line for line in seen.text.splitlines() if line and not LOG_LINE.match(line)]
        assert len(said) == 1, said
        assert said[0].startswith("jawab: ")


def test_rows_have_names_of_their_own() -> None:
    counted = Counter(case.id for case in CASES)
    assert [name for name, count in counted.items() if count > 1] == []


def test_the_page_is_made_from_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == document(), "run: python -m tests.bad_input.docs"
