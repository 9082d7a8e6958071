"""The plane of a picture, in the units of its SVG."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plane:
    """`width` and `height` are the picture's; between the other four lie its axes."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int

    def x(self, share: float) -> float:
        """What is more than the whole stays at the edge."""
        return round(self.left + min(share, 1.0) * (self.right - self.left), 1)

    def y(self, share: float) -> float:
        return round(self.bottom - min(share, 1.0) * (self.bottom - self.top), 1)


SQUARE = Plane(360, 250, left=46, right=340, top=26, bottom=208)
STRIP = Plane(360, 170, left=46, right=348, top=18, bottom=144)
