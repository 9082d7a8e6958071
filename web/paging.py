"""A long list, one page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Leaf(Generic[T]):
    """One page of a list; `page` counts from 1, and there is always one."""

    rows: tuple[T, ...]
    page: int
    pages: int

    @classmethod
    def of(cls, everything: Sequence[T], page: int, size: int) -> "Leaf[T]":
        """A number beyond either end gives the nearest page."""
        pages = max(1, -(-len(everything) // size))
        page = min(max(page, 1), pages)
        return cls(tuple(everything[(page - 1) * size : page * size]), page, pages)
