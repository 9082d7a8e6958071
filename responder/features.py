"""Hits → numbers, pure."""

from collections.abc import Mapping, Sequence

from kb.models import Hit, HitKind
from kb.relevance import WEIGHTS


def features_of(hit: Hit) -> Mapping[str, float]:
    """What the try-out and the stored decision show of one candidate."""
    evidence = hit.evidence
    return {
        "best_cosine": evidence.best_cosine,
        "top3_cosine": evidence.top3_cosine,
        "char_cosine": evidence.char_cosine,
        "word_cosine": evidence.word_cosine,
        "head_probability": evidence.head_probability,
        "head_fit": evidence.head_fit,
        "coverage": evidence.coverage,
    }


def likeness(hit: Hit) -> float:
    """Relevance without what the head says: a route has no class there."""
    head = WEIGHTS.head_probability * hit.evidence.head_probability
    return hit.relevance - head - WEIGHTS.head_fit * hit.evidence.head_fit


def best_other_article(hit: Hit, hits: Sequence[Hit]) -> float:
    """Relevance of the best article beside this one; 0 where there is none."""
    return max(
        (h.relevance for h in hits if h.kind is HitKind.ARTICLE and h is not hit), default=0.0
    )
