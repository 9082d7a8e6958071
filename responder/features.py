"""Hits → numbers, pure."""

from collections.abc import Mapping, Sequence

from kb.models import Hit, HitKind


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


def best_other_article(hit: Hit, hits: Sequence[Hit]) -> float:
    """Relevance of the best article beside this one; 0 where there is none."""
    return max(
        (h.relevance for h in hits if h.kind is HitKind.ARTICLE and h is not hit), default=0.0
    )
