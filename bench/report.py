"""Figures beside their targets."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` is good when at most `most`, or at least `least`, whichever is given."""

    name: str
    value: float
    unit: str = "x"
    most: float | None = None
    least: float | None = None

    @property
    def is_met(self) -> bool:
        return (self.most is None or self.value <= self.most) and (
            self.least is None or self.value >= self.least
        )

    def row(self) -> str:
        target = f"≤ {self.most:g}" if self.most is not None else f"≥ {self.least:g}"
        verdict = "" if self.is_met else "missed"
        return f"| {self.name} | {self.value:.3g} {self.unit} | {target} {self.unit} | {verdict} |"


HEAD = "| what | measured | target | |\n|---|---|---|---|"


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(int(share * len(values)), len(values) - 1)]
