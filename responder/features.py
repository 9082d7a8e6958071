"""Hits → numbers, pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from kb.models import Hit, HitKind
from kb.relevance import WEIGHTS, Weights

# a route has no class in the head and few words: only its texts are held against an article's
LIKENESS = Weights(
    best_cosine=0.75, head_probability=0.0, head_fit=0.0, discriminant=0.0, fragments=0.0
)
INSTEAD = asdict(LIKENESS)
MOVED = tuple((name, INSTEAD[name] - weight) for name, weight in asdict(WEIGHTS).items())


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
        "discriminant": evidence.discriminant,
        "coverage": evidence.coverage,
        "fragments": evidence.fragments,
        "doubt": hit.doubt,
    }


def likeness(hit: Hit) -> float:
    """Relevance as routes and articles are compared by."""
    moved: float = sum(change * getattr(hit.evidence, name) for name, change in MOVED)
    return hit.relevance + moved


def best_other_article(hit: Hit, hits: Sequence[Hit]) -> float:
    """Relevance of the best article beside this one; 0 where there is none."""
    return max(
        (h.relevance for h in hits if h.kind is HitKind.ARTICLE and h is not hit), default=0.0
    )
