"""The slang of one language as a list: the firm's own entries, or the shipped ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kb.lexicon import SlangPair, can_match
from kb.slang import SlangList
from kb.text import Lexicon, spelt_out_whole
from web.paging import Leaf

ROWS = 50


class SlangView(StrEnum):
    OWN = "own"
    SHIPPED = "shipped"


@dataclass(frozen=True, slots=True)
class SlangRow:
    """`own` and `shipped` are what the form stands for in either list, empty where it is not there.

    `elsewhere`: what it stands for in other languages; where that differs it is not spelt out.
    """

    form: str
    own: str
    shipped: str
    elsewhere: Mapping[str, str]

    @property
    def never_matches(self) -> bool:
        return not can_match(self.form)


@dataclass(frozen=True, slots=True)
class SlangListing:
    """One page of rows; `counts` are of all that fit the search, by view."""

    rows: tuple[SlangRow, ...]
    counts: Mapping[SlangView, int]
    page: int
    pages: int


def slang_row(found: SlangList, form: str, lexicon: Lexicon) -> SlangRow:
    elsewhere = {
        lang: spelt_out_whole(form, forms)
        for lang, forms in lexicon.items()
        if lang != found.lang and form in forms
    }
    here = spelt_out_whole(form, found.forms)
    disputed = {lang: plain for lang, plain in elsewhere.items() if plain != here}
    return SlangRow(form, found.own.get(form, ""), found.shipped.get(form, ""), disputed)


def slang_listing(
    found: SlangList, lexicon: Lexicon, view: SlangView, text: str, page: int
) -> SlangListing:
    """What is like the search most comes first: the form itself, then what begins so."""
    pairs = {SlangView.OWN: found.own, SlangView.SHIPPED: found.shipped}
    wanted = " ".join(text.casefold().split())
    fitting = {
        name: sorted(
            (pair for pair in map(SlangPair, forms, forms.values()) if _fits(pair, wanted)),
            key=lambda pair: (
                pair.form != wanted,
                not pair.form.startswith(wanted),
                pair.form,
            ),
        )
        for name, forms in pairs.items()
    }
    leaf = Leaf.of(fitting[view], page, ROWS)
    return SlangListing(
        rows=tuple(slang_row(found, pair.form, lexicon) for pair in leaf.rows),
        counts={name: len(those) for name, those in fitting.items()},
        page=leaf.page,
        pages=leaf.pages,
    )


def _fits(pair: SlangPair, wanted: str) -> bool:
    return wanted in pair.form or wanted in pair.plain
