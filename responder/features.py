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
    }


def lead_over_articles(route: Hit, hits: Sequence[Hit]) -> float:
    """How much more relevant a route is than the best article."""
    articles = [hit.relevance for hit in hits if hit.kind is HitKind.ARTICLE]
    return route.relevance - max(articles, default=0.0)
