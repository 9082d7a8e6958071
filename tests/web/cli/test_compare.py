"""`jawab evaluate --compare`: what changed since an earlier run, question by question."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from web.cli.main import cli

ARTICLES = {
    "id/paket-belum-sampai": "questions: [paket saya dimana, paket belum sampai, kiriman telat]",
    "id/lama-refund": "questions: [refund berapa lama, uang kembali kapan, dana belum balik]",
    "en/refund-time": "questions: [how long is a refund]\ntranslation_of: id/lama-refund",
}
ASKED = (
    {"text": "paket saya dimana", "gold": ["paket-belum-sampai"]},
    {"text": "refund berapa lama", "gold": ["id/lama-refund"]},
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, front in ARTICLES.items():
        path = tmp_path / "articles" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ntitle: {path.stem}\n{front}\n---\nIsi {path.stem}.\n", "utf-8")
    write(tmp_path / "asked.jsonl", *ASKED)
    return tmp_path


def write(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def evaluate(folder: Path, *options: object) -> Result:
    words = ("evaluate", folder / "articles", folder / "asked.jsonl", "--embedder", "hashing")
    arguments = [str(word) for word in (*words, "--cache", folder / "cache", *options)]
    return CliRunner().invoke(cli, arguments)


def a_line(text: str, reply: str, slug: str | None, confidence: float = 0.95) -> object:
    return {
        "text": text,
        "reply": reply,
        "slug": slug,
        "confidence": confidence,
        "candidates": [],
    }


def test_a_run_compared_with_its_own_predictions_shows_no_change(folder: Path) -> None:
    file = folder / "predictions.jsonl"
    assert evaluate(folder, "--predictions", file).exit_code == 0
    again = evaluate(folder, "--compare", file)
    assert again.output.splitlines()[-1] == "2 questions compared: 0 better, 0 worse"


def test_every_changed_question_is_shown_with_before_and_now(folder: Path) -> None:
    earlier = write(
        folder / "earlier.jsonl",
        a_line("paket saya dimana", "answer", "lama-refund"),
        a_line("refund berapa lama", "answer", "refund-time"),
        a_line("sudah dihapus", "handoff", None, 0.0),
    )
    told = json.loads(evaluate(folder, "--compare", earlier, "--json").output)["comparison"]
    assert (told["compared"], told["added"], told["removed"]) == (2, 0, 1)
    turns = {change["now"]["text"]: change["turn"] for change in told["changes"]}
    assert turns == {"paket saya dimana": "corrected", "refund berapa lama": "other_article"}
    shown = evaluate(folder, "--compare", earlier).output
    assert "answer lama-refund 0.95 → " in shown
    assert "0 are new, 1 are no longer asked" in shown


@pytest.mark.parametrize(
    "line",
    [
        "nothing",
        '{"text": "paket", "reply": "perhaps", "slug": null, "confidence": 0}',
        '{"text": "paket", "reply": "answer", "slug": 7, "confidence": 0.5}',
        '{"text": "paket", "gold": []}',
    ],
)
def test_a_file_that_holds_no_predictions_is_named_with_its_line(folder: Path, line: str) -> None:
    file = folder / "wrong.jsonl"
    file.write_text(f"\n{line}\n", encoding="utf-8")
    refused = evaluate(folder, "--compare", file)
    assert refused.exit_code != 0
    assert "wrong.jsonl:2: is no line of a predictions file" in str(refused.exception)
