"""Which status an article may go to from which."""

from collections.abc import Mapping
from types import MappingProxyType

from kb.models import Status

MOVES: Mapping[Status, frozenset[Status]] = MappingProxyType(
    {
        Status.DRAFT: frozenset({Status.REVIEW, Status.PUBLISHED, Status.ARCHIVED}),
        Status.REVIEW: frozenset({Status.DRAFT, Status.PUBLISHED, Status.ARCHIVED}),
        Status.PUBLISHED: frozenset({Status.DRAFT, Status.ARCHIVED}),
        Status.ARCHIVED: frozenset({Status.DRAFT}),
    }
)
