"""What colleagues judged, as questions of a golden set."""

from collections.abc import Iterable

from responder.evaluation.questions import TEST_SPLIT
from responder.golden import GoldenQuestion
from responder.goldenfile import GoldenLine
from responder.labels import Label, LabelSource

JUDGED = frozenset({LabelSource.DESK, LabelSource.REVIEW})


def judged_lines(
    labels: Iterable[Label], present: Iterable[GoldenQuestion]
) -> tuple[GoldenLine, ...]:
    """One a question whose right article is known, by the newest judgement, and that is not
    `present`. They only measure: as labels they count already."""
    known = {question.text for question in present}
    newest = {
        label.question: label
        for label in sorted(labels, key=lambda label: label.at)
        if label.source in JUDGED and label.right_articles and label.question not in known
    }
    return tuple(
        GoldenLine(number, text, tuple(sorted(map(str, label.right_articles))), TEST_SPLIT)
        for number, (text, label) in enumerate(newest.items(), start=1)
    )
