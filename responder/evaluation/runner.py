"""What would the bot reply to a file of questions? No site, no database."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kb import starter
from kb.batch import match_all
from kb.building import build_snapshot
from kb.embedders import Embedder
from kb.folder import Folder, read_folder
from kb.index import IndexSnapshot, entries_of
from kb.models import Article, ArticleKey, HitKind, PublishedArticle, RouteAction, Status
from kb.rehearsal import rehearsed
from kb.text import has_words, normalise
from kb.vectorfile import VectorFile
from kb.vectors import Progress
from responder.confidence import Calibration, calibrate, candidates
from responder.evaluation.learning import lessons_of, with_doubts, with_examples
from responder.evaluation.metrics import Measures, Scored, measure
from responder.evaluation.questions import TEST_SPLIT, GoldQuestion, read_questions, slug_of
from responder.models import Candidate, ReplyKind, Situation, kind_of
from responder.pleasantries import Pleasantries
from responder.policy import decide
from responder.privacy import mask, searchable
from responder.speech import Speech
from responder.wording import read_wording, speech_of

DEFAULT_THRESHOLD = 0.90
VECTORS_FILE = "vectors.db"


@dataclass(frozen=True, slots=True)
class Prediction:
    """One line of a predictions file; `slug` is the best article whatever the reply was."""

    text: str
    reply: ReplyKind
    slug: str | None
    confidence: float
    candidates: tuple[str, ...]

    def to_json(self) -> str:
        row = {
            "text": self.text,
            "reply": self.reply.value,
            "slug": self.slug,
            "confidence": self.confidence,
            "candidates": list(self.candidates),
        }
        return json.dumps(row, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Report:
    """`articles` is the number matched against; `problems` are files that could not be read;
    `translations` are, by slug, the slugs of articles that say the same in other languages."""

    questions: tuple[GoldQuestion, ...]
    measures: Measures
    scored: tuple[Scored, ...]
    predictions: tuple[Prediction, ...]
    articles: int
    translations: Mapping[str, frozenset[str]]
    problems: tuple[str, ...]

    def write_predictions(self, path: Path) -> None:
        lines = "".join(prediction.to_json() + "\n" for prediction in self.predictions)
        path.write_text(lines, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Bench:
    """A folder's articles, ready to be asked."""

    snapshot: IndexSnapshot
    calibration: Calibration
    articles: Mapping[ArticleKey, Article]
    actions: Mapping[ArticleKey, RouteAction]
    pleasantries: Pleasantries
    speech: Speech


def evaluate(
    articles_dir: Path,
    question_files: Sequence[Path],
    embedder: Embedder,
    cache_dir: Path,
    *,
    split: str | None = TEST_SPLIT,
    threshold: float = DEFAULT_THRESHOLD,
    first: Sequence[GoldQuestion] = (),
    progress: Progress | None = None,
) -> Report:
    """Ask every question of the files, in order. The only side effect is the vector cache.

    `first` are learned before, in their order: what was answered as example questions, what was
    refused as counterexamples.
    """
    questions = read_questions(question_files, split)
    folder = read_folder(articles_dir)
    store = VectorFile(cache_dir / VECTORS_FILE)
    speech = speech_of(read_wording(starter.wording(articles_dir)))
    pleasantries = Pleasantries.of(folder.routes)
    lessons = lessons_of(
        [replace(told, text=pleasantries.taken_off(told.text, speech)) for told in first]
    )
    bench = open_bench(with_examples(folder, lessons), speech, embedder, store, progress)
    bench = replace(bench, snapshot=with_doubts(bench.snapshot, lessons, embedder, store))
    rows = _asked(bench, questions, embedder, store, threshold=threshold)
    return Report(
        questions=questions,
        measures=measure([scored for _, scored in rows]),
        scored=tuple(scored for _, scored in rows),
        predictions=tuple(prediction for prediction, _ in rows),
        articles=len(bench.articles),
        translations=_translated_slugs(bench),
        problems=tuple(str(problem) for problem in folder.problems),
    )


def open_bench(
    folder: Folder,
    speech: Speech,
    embedder: Embedder,
    store: VectorFile,
    progress: Progress | None = None,
) -> Bench:
    live = [article for article in folder.articles if article.status is Status.PUBLISHED]
    entries = entries_of((PublishedArticle(article) for article in live), folder.routes)
    built = build_snapshot(entries, folder.lexicon, embedder, store, progress=progress)
    snapshot = rehearsed(built)
    return Bench(
        snapshot=snapshot,
        calibration=calibrate(snapshot.statistics),
        articles={article.key: article for article in live},
        actions={route.key: route.action for route in folder.routes},
        pleasantries=Pleasantries.of(folder.routes),
        speech=speech,
    )


def _asked(
    bench: Bench,
    questions: Sequence[GoldQuestion],
    embedder: Embedder,
    store: VectorFile,
    *,
    threshold: float,
) -> list[tuple[Prediction, Scored]]:
    said = [searchable(mask(question.text).text) for question in questions]
    texts = [normalise(bench.pleasantries.taken_off(text, bench.speech)) for text in said]
    rows: list[tuple[Prediction, Scored]] = []
    found = match_all(bench.snapshot, texts, embedder, store)
    for question, text, hits in zip(questions, said, found, strict=True):
        ranked = _filled(bench, candidates(hits, bench.snapshot, bench.calibration))
        ranked = bench.pleasantries.passed_over(ranked, text, bench.speech)
        situation = Situation(threshold=threshold, unreadable=not has_words(text))
        rows.append(_judged(bench, question, ranked, situation))
    return rows


def _filled(bench: Bench, ranked: Sequence[Candidate]) -> tuple[Candidate, ...]:
    return tuple(
        replace(candidate, action=bench.actions[candidate.key])
        if candidate.kind is HitKind.ROUTE
        else replace(candidate, answerable=bench.articles[candidate.key].auto_answer)
        for candidate in ranked
    )


def _judged(
    bench: Bench, question: GoldQuestion, ranked: Sequence[Candidate], situation: Situation
) -> tuple[Prediction, Scored]:
    articles = [candidate for candidate in ranked if candidate.kind is HitKind.ARTICLE]
    reply = decide(ranked, situation)
    best = articles[0] if articles else None
    names = dict.fromkeys(candidate.key.slug for candidate in articles)
    prediction = Prediction(
        text=question.text,
        reply=kind_of(reply),
        slug=best.key.slug if best else None,
        confidence=best.confidence if best else 0.0,
        candidates=tuple(names),
    )
    scored = Scored(
        is_answerable=bool(question.gold),
        is_right=best is not None and _is_gold(bench, best.key, question),
        is_offered=any(_is_gold(bench, candidate.key, question) for candidate in articles[:3]),
        reply=prediction.reply,
        confidence=prediction.confidence,
    )
    return prediction, scored


def _is_gold(bench: Bench, key: ArticleKey, question: GoldQuestion) -> bool:
    """By slug, by lang/slug, or as the linked translation of what was named so."""
    names = {slug_of(name) for name in question.gold}
    if key.slug in names or slug_of(str(key)) in names:
        return True
    return any(slug_of(str(other)) in names for other in _translations(bench, key))


def _translations(bench: Bench, key: ArticleKey) -> list[ArticleKey]:
    root = bench.articles[key].translation_of or key
    return [
        other
        for other, article in bench.articles.items()
        if other != key and (article.translation_of or other) == root
    ]


def _translated_slugs(bench: Bench) -> dict[str, frozenset[str]]:
    groups: dict[ArticleKey, set[str]] = {}
    for key, article in bench.articles.items():
        groups.setdefault(article.translation_of or key, set()).add(key.slug)
    return {slug: frozenset(slugs) for slugs in groups.values() for slug in slugs}
