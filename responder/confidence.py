"""Relevance → the probability that answering is right. Never reorders articles.

Fitted without labels: each example question with itself left out should be answered by its own
article, and with its article left out by none.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from kb.index import IndexSnapshot, Rehearsal, Statistics
from kb.models import Hit, HitKind
from responder.features import features_of, likeness, rivals
from responder.models import Candidate

LEAD_WEIGHT = 0.4
# One question in three has no article, so it is assumed.
UNANSWERABLE_WEIGHT = 0.5
# Where there are few example questions: even odds at this standing, this steep, and as much weight
# as that many observations. The more alike articles are, the more standing it takes; as if so many
# titles more had a usual neighbour. Measured on knowledge bases without example questions.
PRIOR_MIDDLE = 0.8
PRIOR_MIDDLE_BY_NEIGHBOUR = 0.7
USUAL_NEIGHBOUR = 1.2
USUAL_TITLES = 5
PRIOR_SLOPE = 2.0
PRIOR_WEIGHT = 40.0
PRIOR_GRID = np.linspace(-0.5, 4.5, 21)

# Standing lost beside questions known not to be answered by the article; see kb.counterexamples.
DOUBT_WEIGHT = 1.5
# from that doubt on it is rather a question called wrong before, and believed no more in the end
EVEN_DOUBT = 0.5

# A route must look like its own examples and unlike every article; the more it looks like its
# own, the less it must lead.
ROUTE_MIDDLE = 1.2
ROUTE_LEAD = 0.65
ROUTE_VERBATIM = 1.5
ROUTE_VERBATIM_BONUS = 0.5
ROUTE_SLOPE = 8.0
ROUTE_AT_MIDDLE = 0.4
ROUTE_WINS = 0.5

# log-odds at which a correction by labels says what the confidence is; between them in a line
KNOTS = np.linspace(-6.0, 6.0, 49)

Floats = npt.NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logistic curve over standing; `fingerprint` names the index statistics it was fitted to.

    `corrected` is what people's labels made of it: the confidence in place of each of KNOTS.
    """

    slope: float
    intercept: float
    rehearsed: int
    fingerprint: str
    corrected: tuple[float, ...] = ()

    def confidence(self, relevance: float, rival: float) -> float:
        return self.confidence_at(float(standing(relevance, rival)))

    def confidence_at(self, standing: float) -> float:
        return self.confidence_at_log_odds(self.slope * standing + self.intercept)

    def confidence_at_log_odds(self, log_odds: float) -> float:
        """`log_odds` are those without labels."""
        if not self.corrected:
            return _sigmoid(log_odds)
        return float(np.interp(log_odds, KNOTS, self.corrected))

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        return cls(
            slope=float(values["slope"]),
            intercept=float(values["intercept"]),
            rehearsed=int(values["rehearsed"]),
            fingerprint=str(values["fingerprint"]),
            corrected=tuple(float(value) for value in values.get("corrected", ())),
        )


def standing(relevance: Floats | float, rival: Floats | float) -> Floats:
    """Relevance, and some of the lead over the best other article; keeps the order."""
    rival = np.where(np.isfinite(rival), rival, 0.0)
    return np.asarray(relevance + LEAD_WEIGHT * (relevance - rival), dtype=np.float64)


def calibrate(statistics: Statistics) -> Calibration:
    rehearsal = statistics.rehearsal
    middle = _prior_middle(rehearsal)
    prior = 1 / (1 + np.exp(-PRIOR_SLOPE * (PRIOR_GRID - middle)))
    share = PRIOR_WEIGHT / len(PRIOR_GRID)
    seen = np.isfinite(rehearsal.removed)
    kept = standing(rehearsal.kept, rehearsal.kept_rival)
    removed = standing(rehearsal.removed, rehearsal.removed_rival)[seen]
    x = np.concatenate([kept, removed, PRIOR_GRID, PRIOR_GRID]).astype(np.float64)
    is_right = np.concatenate(
        [rehearsal.right, np.zeros(seen.sum()), np.ones(len(prior)), np.zeros(len(prior))]
    ).astype(np.float64)
    weight = np.concatenate(
        [
            np.ones(rehearsal.count),
            np.full(seen.sum(), UNANSWERABLE_WEIGHT),
            share * prior,
            share * (1 - prior),
        ]
    )
    slope, intercept = _fit_logistic(x, is_right, weight, (PRIOR_SLOPE, -PRIOR_SLOPE * middle))
    return Calibration(slope, intercept, rehearsal.count, statistics.fingerprint)


def _prior_middle(rehearsal: Rehearsal) -> float:
    alike = rehearsal.neighbours[np.isfinite(rehearsal.neighbours)]
    total = USUAL_TITLES * USUAL_NEIGHBOUR + (len(alike) * np.median(alike) if len(alike) else 0.0)
    neighbour = float(total) / (USUAL_TITLES + len(alike))
    return PRIOR_MIDDLE + PRIOR_MIDDLE_BY_NEIGHBOUR * neighbour


def _fit_logistic(
    x: Floats, y: Floats, weight: Floats, start: tuple[float, float]
) -> tuple[float, float]:
    """Newton's method; the prior observations keep it finite."""
    design = np.stack([x, np.ones_like(x)], axis=1)
    beta = np.array(start)
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(design @ beta, -30, 30)))
        curvature = weight * np.maximum(p * (1 - p), 1e-6)
        step = np.linalg.solve(
            (design * curvature[:, None]).T @ design + 1e-6 * np.eye(2),
            design.T @ (weight * (y - p)),
        )
        beta = beta + np.clip(step, -2.0, 2.0)
        if np.abs(step).max() < 1e-6:
            break
    return float(max(beta[0], 0.1)), float(beta[1])


def candidates(
    hits: Sequence[Hit], snapshot: IndexSnapshot, calibration: Calibration
) -> tuple[Candidate, ...]:
    """In the order of the hits, but a route that wins stands first."""
    articles = [likeness(hit) for hit in hits if hit.kind is HitKind.ARTICLE]
    best = max(articles, default=0.0)
    found = [
        _candidate(hit, _standing(hit, rival), best, snapshot, calibration)
        for hit, rival in zip(hits, rivals(hits), strict=True)
    ]
    return tuple(sorted(found, key=_is_no_winning_route))


def _candidate(
    hit: Hit, stands: float, best: float, snapshot: IndexSnapshot, calibration: Calibration
) -> Candidate:
    """`stands` is its standing, `best` the likeness of the best article."""
    is_article = hit.kind is HitKind.ARTICLE
    return Candidate(
        key=hit.key,
        kind=hit.kind,
        title=hit.title,
        confidence=_belief(hit, stands, calibration) if is_article else _of_route(hit, best),
        relevance=hit.relevance,
        features=features_of(hit),
        standing=stands,
        is_new=is_article and snapshot.is_new(hit.key),
    )


def _is_no_winning_route(candidate: Candidate) -> bool:
    return candidate.kind is HitKind.ARTICLE or candidate.confidence < ROUTE_WINS


def _standing(hit: Hit, rival: float) -> float:
    """`standing` of one pair, without numpy; less what is doubted."""
    lead = hit.relevance - rival
    return hit.relevance + LEAD_WEIGHT * lead - DOUBT_WEIGHT * hit.doubt


def undoubted(candidate: Candidate) -> float:
    """Its standing before what people taught lowered it: labels must not be explained by
    themselves."""
    return candidate.standing + DOUBT_WEIGHT * candidate.features.get("doubt", 0.0)


def _belief(hit: Hit, stands: float, calibration: Calibration) -> float:
    return min(1.0, (1 - hit.doubt) / (1 - EVEN_DOUBT)) * calibration.confidence_at(stands)


def _of_route(hit: Hit, best_article: float) -> float:
    own = likeness(hit)
    bonus = ROUTE_VERBATIM_BONUS * max(0.0, own - ROUTE_VERBATIM)
    beyond = min(own - ROUTE_MIDDLE, own - best_article + bonus - ROUTE_LEAD)
    return _sigmoid(ROUTE_SLOPE * beyond + ROUTE_AT_MIDDLE)


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-min(max(x, -60.0), 60.0)))
