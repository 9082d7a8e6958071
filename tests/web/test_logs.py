"""Whatever is logged is one line, in both formats."""

import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.logs import JsonLines, TextLines


def a_record(message: str, **facts: object) -> logging.LogRecord:
    return logging.makeLogRecord({"msg": message, "levelno": 20, "levelname": "INFO", **facts})


@pytest.mark.parametrize("formatter", [TextLines(), JsonLines()])
@given(value=st.text())
def test_no_value_breaks_a_line(formatter: logging.Formatter, value: str) -> None:
    line = formatter.format(a_record("sent", note=value))
    assert len(line.splitlines()) == 1
    assert "\x1b" not in line


def test_json_lines_keep_the_facts() -> None:
    line = json.loads(JsonLines().format(a_record("child_died", child="worker", code=-9)))
    assert (line["event"], line["child"], line["code"]) == ("child_died", "worker", -9)


def test_text_lines_read_well() -> None:
    assert (
        TextLines()
        .format(a_record("child_died", child="worker"))
        .endswith("info    child_died child=worker")
    )
