"""Confidence fitted again, to what people said of answers.

Platt scaling of the label-free log-odds first; on it isotonic regression, which counts the more
the more labels there are. The label-free fit is the prior of both, as so many observations.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit

from responder.confidence import KNOTS, Calibration

PRIOR_WEIGHT = 20.0
STEP_PRIOR_WEIGHT = 30.0
PRIOR_AT = np.linspace(-4.0, 4.0, 17)
# with that many labels the steps of isotonic regression count as much as the smooth curve
STEPS_COUNT_HALF_AT = 200.0
SLOPES = (0.25, 4.0)
INTERCEPTS = (-6.0, 6.0)
# never quite sure
EDGE = 0.001

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Observation:
    """A labelled question: the label-free log-odds of its best article, and what people said."""

    log_odds: float
    is_right: bool
    weight: float = 1.0


def refitted(label_free: Calibration, observations: Sequence[Observation]) -> Calibration:
    """The same ranking with other confidences; without labels, what was given."""
    seen = [observation for observation in observations if observation.weight > 0]
    if not seen:
        return label_free
    log_odds = np.clip([o.log_odds for o in seen], KNOTS[0], KNOTS[-1]).astype(np.float64)
    is_right = np.array([o.is_right for o in seen], dtype=np.float64)
    weight = np.array([o.weight for o in seen])
    smooth = _platt(*_with_prior(log_odds, is_right, weight, expit(PRIOR_AT), PRIOR_WEIGHT))
    slope, intercept = smooth
    prior = expit(slope * PRIOR_AT + intercept)
    steps = _isotonic(*_with_prior(log_odds, is_right, weight, prior, STEP_PRIOR_WEIGHT))
    share = weight.sum() / (weight.sum() + STEPS_COUNT_HALF_AT)
    mixed = share * steps + (1 - share) * expit(slope * KNOTS + intercept)
    knots = tuple(float(value) for value in np.clip(mixed, EDGE, 1 - EDGE))
    return replace(label_free, corrected=knots)


def log_odds_of(calibration: Calibration, standing: float) -> float:
    """Before any correction by labels."""
    return calibration.slope * standing + calibration.intercept


def _with_prior(
    log_odds: Floats, is_right: Floats, weight: Floats, prior: Floats, prior_weight: float
) -> tuple[Floats, Floats, Floats]:
    """Beside the observations, some at each of PRIOR_AT of which the share `prior` is right."""
    each = prior_weight / len(PRIOR_AT)
    ones = np.ones(len(PRIOR_AT))
    return (
        np.concatenate([log_odds, PRIOR_AT, PRIOR_AT]),
        np.concatenate([is_right, ones, 0 * ones]),
        np.concatenate([weight, each * prior, each * (1 - prior)]),
    )


def _platt(log_odds: Floats, is_right: Floats, weight: Floats) -> tuple[float, float]:
    """Slope and intercept of least log loss; the slope stays positive."""
    sign = 2 * is_right - 1

    def loss(parameters: Floats) -> tuple[float, Floats]:
        margin = sign * (parameters[0] * log_odds + parameters[1])
        pull = -weight * sign * expit(-margin)
        gradient = np.array([(pull * log_odds).sum(), pull.sum()])
        return float((weight * np.logaddexp(0, -margin)).sum()), gradient

    found = minimize(
        loss, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B", bounds=(SLOPES, INTERCEPTS)
    )
    return float(found.x[0]), float(found.x[1])


def _isotonic(log_odds: Floats, is_right: Floats, weight: Floats) -> Floats:
    """At each of KNOTS."""
    from sklearn.isotonic import IsotonicRegression

    steps = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip")
    steps.fit(log_odds, is_right, sample_weight=weight)
    return np.asarray(steps.predict(KNOTS), dtype=np.float64)
