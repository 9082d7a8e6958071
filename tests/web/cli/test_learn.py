"""`jawab evaluate --learn`: labelled messages first."""

import json
from pathlib import Path

from tests.web.cli.test_compare import evaluate, folder, write

__all__ = ["folder"]


def test_messages_learned_first_change_the_figures(folder: Path) -> None:
    odd = "kurirnya nyasar ke kampung sebelah"
    write(folder / "asked.jsonl", {"text": odd, "gold": ["paket-belum-sampai"]})
    first = write(folder / "first.jsonl", {"text": odd, "gold": ["paket-belum-sampai"]})
    plain, learned = (
        json.loads(evaluate(folder, "--json", *more).output) for more in ((), ("--learn", first))
    )
    assert learned["ece"] < plain["ece"]
    assert learned["top1"] == 1.0


def test_a_file_to_learn_from_that_is_not_there_or_broken_is_said(folder: Path) -> None:
    assert "does not exist" in evaluate(folder, "--learn", folder / "none.jsonl").output
    broken = folder / "broken.jsonl"
    broken.write_text('{"text": "a"}\n', encoding="utf-8")
    told = evaluate(folder, "--learn", broken)
    assert told.exit_code != 0
    assert "broken.jsonl:1" in str(told.exception)
