"""Right answers on public question sets; articles, questions and vectors are the same for all."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.contest import ALONE, ENGINES, HYBRID, JAWAB, contest
from bench.engine import Base, Found
from bench.eval_sets import SETS, write_articles
from bench.report import Figure
from kb import starter
from kb.embedders import Embedder
from kb.folder import read_folder
from kb.models import Article
from kb.passages import Passage, PassageKind, passages_of
from kb.recipe import Recipe
from kb.text import normalise
from kb.vectorfile import VectorFile
from kb.vectors import embedded
from responder.evaluation.metrics import Scored, average_precision, curve, recall_at_precision
from responder.evaluation.questions import GoldQuestion, read_questions, slug_of
from responder.models import ReplyKind

CHOSEN = ("hint3_sofmattress v1", "clinc150 10-shot", "id_unwaha_kampus")
MOST_ASKED = 700


@dataclass(frozen=True, slots=True)
class QuestionSet:
    name: str
    articles: tuple[Article, ...]
    questions: tuple[GoldQuestion, ...]


@dataclass(frozen=True, slots=True)
class Row:
    set: str
    engine: str
    top1: float
    ap: float
    right90: float

    def cells(self) -> str:
        return (
            f"| {self.set} | {self.engine} | {self.top1:.3f} | {self.ap:.3f} | {self.right90:.3f} |"
        )


HEAD = "| set | engine | top1 | ap | right90 |\n|---|---|---|---|---|"


def measure(data: Path, store: VectorFile, embedder: Embedder) -> Iterator[tuple[Row, ...]]:
    """Set by set; where `data` is not there, the shipped golden set."""
    names = [name for name in ENGINES if name != ALONE]
    for chosen in _sets(data):
        base = Base(chosen.articles, _vectors(chosen, store, embedder))
        texts = [question.text for question in chosen.questions]
        with contest(base, names) as contestants:
            yield tuple(
                _row(chosen, contestant.name, contestant.call("find", texts))
                for contestant in contestants
            )


def figures(rows: Sequence[Row]) -> Iterator[Figure]:
    by_engine = {row.engine: row for row in rows}
    if HYBRID in by_engine:
        jawab, hybrid = by_engine[JAWAB], by_engine[HYBRID]
        yield Figure(
            f"{jawab.set}: ap, of txtai hybrid's", jawab.ap / max(hybrid.ap, 1e-9), least=1
        )


def _sets(data: Path) -> Iterator[QuestionSet]:
    if not data.is_dir():
        folder = read_folder(starter.path())
        golden = sorted((starter.path() / "golden").glob("*.jsonl"))
        yield QuestionSet("shipped golden set", folder.articles, _some(read_questions(golden)))
        return
    for known in SETS:
        if known.name in CHOSEN:
            files = [data / known.folder / f"{name}.jsonl" for name in known.questions]
            with tempfile.TemporaryDirectory() as made:
                write_articles(data / known.folder / f"{known.kb}.jsonl", Path(made))
                articles = read_folder(Path(made)).articles
            yield QuestionSet(known.name, articles, _some(read_questions(files)))


def _some(questions: Sequence[GoldQuestion]) -> tuple[GoldQuestion, ...]:
    """Evenly spread, where there are more than the slowest engine gets through in a minute."""
    count = min(len(questions), MOST_ASKED)
    return tuple(questions[int(n)] for n in np.linspace(0, len(questions) - 1, count))


def _vectors(chosen: QuestionSet, store: VectorFile, embedder: Embedder) -> dict[str, np.ndarray]:
    passages = [passage for article in chosen.articles for passage in passages_of(article)]
    passages += [Passage(PassageKind.QUESTION, normalise(q.text)) for q in chosen.questions]
    recipe = Recipe(embedder.recipe, {})
    rows = embedded(passages, recipe, embedder, store)
    return {
        recipe.as_embedded(passage).embedded_text: row
        for passage, row in zip(passages, rows, strict=True)
    }


def _row(chosen: QuestionSet, engine: str, found: Sequence[Found]) -> Row:
    scored = [
        _scored(question, best) for question, best in zip(chosen.questions, found, strict=True)
    ]
    answerable = sum(row.is_answerable for row in scored)
    points = curve(scored, answerable)
    return Row(
        chosen.name,
        engine,
        sum(row.is_right for row in scored) / answerable,
        average_precision(points),
        recall_at_precision(points, 0.90),
    )


def _scored(question: GoldQuestion, best: Found) -> Scored:
    slug = best.key.slug if best.key else None
    is_right = slug in {slug_of(name) for name in question.gold}
    return Scored(bool(question.gold), is_right, is_right, ReplyKind.ANSWER, best.sureness)
