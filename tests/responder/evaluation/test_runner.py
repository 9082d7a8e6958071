import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from kb.embedders import HashingEmbedder
from responder.evaluation.questions import InvalidQuestions, read_questions
from responder.evaluation.runner import Report, evaluate
from tests.outside import eval_dir, needs

ARTICLES = {
    "id/ongkir": ("Berapa ongkos kirim?", ("ongkir ke bandung", "biaya kirim", "gratis ongkir")),
    "id/refund": ("Kapan uang kembali?", ("refund lama", "uang belum balik", "dana kapan cair")),
    "en/shipping": ("How much is shipping?", ("shipping fee", "delivery cost", "free shipping")),
}
QUESTIONS: list[dict[str, Any]] = [
    {"text": "gratis ongkir ga", "gold": ["ongkir"], "split": "test"},
    {"text": "uang belum balik", "gold": ["id/refund"]},
    {"text": "free shipping?", "gold": ["id/ongkir"], "split": "test"},
    {"text": "hapus akun saya", "gold": [], "split": "test"},
    {"text": "🙏", "gold": [], "split": "test"},
    {"text": "tuning only", "gold": ["ongkir"], "split": "dev"},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for key, (title, questions) in ARTICLES.items():
        file = tmp_path / "kb" / f"{key}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"title: {json.dumps(title)}", f"questions: {json.dumps(list(questions))}"]
        lines += ["translation_of: id/ongkir"] if key == "en/shipping" else []
        file.write_text("\n".join(["---", *lines, "---", "", "Isi.", ""]), encoding="utf-8")
    return tmp_path


def asked(folder: Path, questions: list[dict[str, Any]] = QUESTIONS) -> Report:
    file = folder / "questions.jsonl"
    file.write_text("".join(json.dumps(q) + "\n" for q in questions), encoding="utf-8")
    return evaluate(folder / "kb", [file], HashingEmbedder(), folder / "cache")


def test_there_is_one_prediction_for_each_test_question_in_order(folder: Path) -> None:
    report = asked(folder)
    assert [p.text for p in report.predictions] == [q["text"] for q in QUESTIONS[:5]]
    assert report.articles == 3


def test_gold_counts_by_slug_by_full_name_and_by_translation(folder: Path) -> None:
    assert asked(folder).measures.top1 == 1.0


def test_the_best_article_is_named_whatever_the_reply(folder: Path) -> None:
    greeting = asked(folder, [{"text": "halo", "gold": []}]).predictions[0]
    assert greeting.reply == "smalltalk"
    assert greeting.slug in {"ongkir", "refund", "shipping"}
    assert 0.0 < greeting.confidence < 1.0


def test_a_prediction_is_one_line_of_json(folder: Path) -> None:
    file = folder / "predictions.jsonl"
    asked(folder).write_predictions(file)
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [set(row) for row in rows] == [{"text", "reply", "slug", "confidence", "candidates"}] * 5


def test_an_empty_folder_hands_everything_over(tmp_path: Path) -> None:
    (tmp_path / "kb").mkdir()
    predictions = asked(tmp_path, [{"text": "paket saya dimana", "gold": []}]).predictions
    assert (predictions[0].reply, predictions[0].slug, predictions[0].confidence) == (
        "handoff",
        None,
        0.0,
    )


def test_the_second_run_says_the_same(folder: Path) -> None:
    assert asked(folder) == asked(folder)


def test_a_broken_question_file_names_its_line(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text('{"text": "a", "gold": []}\n{"text": "b"}\n', encoding="utf-8")
    with pytest.raises(InvalidQuestions, match=r"q\.jsonl:2"):
        read_questions([file])


def test_measures_equal_those_of_the_published_scorer(folder: Path) -> None:
    scorer_file = needs(eval_dir().parent / "tools" / "score.py")
    spec = importlib.util.spec_from_file_location("scorer", scorer_file)
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    questions = [{**q, "gold": [g.split("/")[-1] for g in q["gold"]]} for q in QUESTIONS[:5]]
    questions[2]["gold"] = ["shipping"]
    report = asked(folder, questions)
    expected = scorer.score(questions, [json.loads(p.to_json()) for p in report.predictions])
    for name, value in expected.items():
        assert getattr(report.measures, name) == pytest.approx(value), name
