"""Signals → one number per entry that orders them. One configuration for every knowledge base."""

from dataclasses import dataclass

from kb.signals import Signals, Table


@dataclass(frozen=True, slots=True)
class Weights:
    best_cosine: float = 0.5
    top3_cosine: float = 1.0
    char_cosine: float = 0.5
    word_cosine: float = 0.5
    head_probability: float = 1.0
    head_fit: float = 0.5
    discriminant: float = 0.6
    coverage: float = 0.25
    fragments: float = 0.4


WEIGHTS = Weights()


def relevance(signals: Signals, weights: Weights = WEIGHTS) -> Table:
    """Shape (questions, entries); no probability."""
    total: Table = (
        weights.best_cosine * signals.best_cosine
        + weights.top3_cosine * signals.top3_cosine
        + weights.char_cosine * signals.char_cosine
        + weights.word_cosine * signals.word_cosine
        + weights.head_probability * signals.head_probability
        + weights.head_fit * signals.head_fit
        + weights.discriminant * signals.discriminant
        + weights.coverage * signals.coverage
        + weights.fragments * signals.fragments
    )
    return total
