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


def rivals(hits: Sequence[Hit]) -> tuple[float, ...]:
    """For each hit the relevance of the best article beside it; 0 where there is none."""
    articles = sorted((h.relevance for h in hits if h.kind is HitKind.ARTICLE), reverse=True)
    best, second = (*articles, 0.0, 0.0)[:2]
    return tuple(
        second if h.kind is HitKind.ARTICLE and h.relevance == best else best for h in hits
    )
