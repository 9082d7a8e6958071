"""The address of a new article, proposed from its title."""

from collections.abc import Callable
from itertools import count

from kb.slugs import slug_of


def propose_slug(title: str, is_taken: Callable[[str], bool]) -> str:
    """`Paket saya belum sampai?` → `paket-saya-belum-sampai`, numbered when that is taken."""
    wanted = slug_of(title)
    if not is_taken(wanted):
        return wanted
    return next(slug for n in count(2) if not is_taken(slug := f"{wanted}-{n}"))
