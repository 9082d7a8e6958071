"""Milliseconds an answer takes against passages, both by powers of ten, as an SVG."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 80, 170, 24, 48
COLOURS = ("#6c757d", "#0d6efd", "#198754", "#d63384", "#fd7e14", "#6f42c1")
Points = Sequence[tuple[float, float]]


def drawn(lines: Mapping[str, Points]) -> str:
    """Each line has a name, and points of passages and milliseconds."""
    xs = [x for points in lines.values() for x, _ in points]
    ys = [y for points in lines.values() for _, y in points]
    across = _Scale(min(xs), max(xs), LEFT, WIDTH - RIGHT)
    down = _Scale(_power_below(min(ys)), 10 * _power_below(max(ys)), HEIGHT - BOTTOM, TOP)
    parts = [*_grid(across, down), *_lines(lines, across, down)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="sans-serif" font-size="13" fill="#444" role="img" '
        f'aria-label="Milliseconds an answer takes, by number of passages">\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


class _Scale:
    """From a number to a place, by its logarithm."""

    def __init__(self, least: float, most: float, start: float, end: float) -> None:
        self.least, self.most = math.log10(least), max(math.log10(most), math.log10(least) + 1e-9)
        self.start, self.end = start, end

    def place(self, value: float) -> float:
        share = (math.log10(value) - self.least) / (self.most - self.least)
        return self.start + share * (self.end - self.start)

    def powers(self) -> list[float]:
        return [10.0**n for n in range(math.ceil(self.least), math.floor(self.most) + 1)]


def _power_below(value: float) -> float:
    return 10.0 ** math.floor(math.log10(value))


def _grid(across: _Scale, down: _Scale) -> list[str]:
    parts = []
    for value in down.powers():
        y = down.place(value)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{value:g} ms</text>')
    for value in across.powers():
        x = across.place(value)
        parts.append(f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>')
        parts.append(
            f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{value:,.0f}</text>'
        )
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(f'<text x="{middle}" y="{HEIGHT - 8}" text-anchor="middle">passages</text>')
    return parts


def _lines(lines: Mapping[str, Points], across: _Scale, down: _Scale) -> list[str]:
    parts = []
    ends = _apart([down.place(points[-1][1]) for points in lines.values()])
    for (name, points), colour, end in zip(lines.items(), COLOURS, ends, strict=False):
        places = [(across.place(x), down.place(y)) for x, y in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
        x = WIDTH - RIGHT + 12
        parts.append(f'<text x="{x}" y="{end + 4:.1f}" fill="{colour}">{escape(name)}</text>')
    return parts


def _apart(places: Sequence[float], least: float = 16.0) -> list[float]:
    """So that labels do not lie on each other."""
    moved = list(places)
    order = sorted(range(len(places)), key=lambda number: places[number])
    for before, number in pairwise(order):
        moved[number] = max(moved[number], moved[before] + least)
    return moved
