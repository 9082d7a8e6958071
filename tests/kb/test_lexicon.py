"""Slang lists as text: what is read, what an entry may be, and edits that touch one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import InvalidArticle, InvalidSlang
from kb.lexicon import SlangPair, can_match, pair_of, parse_lexicon, refuse_circle, spliced

FORMS = st.sampled_from(["gmn", "brp", "blm", "cod", "b4", "tdk", "élan"])
PLAINS = st.sampled_from(["bagaimana", "tidak ada", "cash on delivery", "café"])
PAIRS = st.builds(SlangPair, FORMS, PLAINS)
REST = st.sampled_from(
    [
        "# catatan toko\n",
        "#gmn\tbagaimana\n",
        "\n",
        "  \t \r\n",
        "GMN\tgimana\r\n",
        "blm \t belum\n",
    ]
)
LINES = st.one_of(REST, st.builds(lambda pair: f"{pair.form}\t{pair.plain}\n", PAIRS))
SOURCES = st.builds(
    lambda bom, lines, end: bom + "".join(lines) + end,
    st.sampled_from(["", "\ufeff"]),
    st.lists(LINES, max_size=12),
    st.sampled_from(["", "brp\tberapa", "# akhir"]),
)


def read(source: str) -> dict[str, str]:
    problems: list[InvalidArticle] = []
    found = parse_lexicon(source, "lexicon/id.tsv", problems)
    assert problems == []
    return found


def lines(source: str) -> list[str]:
    return source.removeprefix("\ufeff").splitlines(keepends=True)


def is_entry_of(line: str, *forms: str) -> bool:
    found = parse_lexicon(line, "", [])
    return bool(found) and set(found) <= set(forms)


def without(source: str, *forms: str) -> list[str]:
    return [line for line in lines(source) if not is_entry_of(line, *forms)]


@given(SOURCES, PAIRS)
def test_an_entry_is_added_below_everything_that_was_there(source: str, pair: SlangPair) -> None:
    after = spliced(source, None, pair)
    assert after.startswith(source)
    assert read(after) == {**read(source), pair.form: pair.plain}


@given(SOURCES, SOURCES, PAIRS, PAIRS)
def test_a_changed_entry_keeps_its_place_and_every_other_line(
    above: str, below: str, was: SlangPair, now: SlangPair
) -> None:
    source = spliced(above, None, was) + below.removeprefix("\ufeff")
    before = read(source)
    if now.form in before:
        now = SlangPair(was.form, now.plain)
    after = spliced(source, was.form, now)
    kept = {form: plain for form, plain in before.items() if form != was.form}
    assert read(after) == {**kept, now.form: now.plain}
    assert without(after, was.form, now.form) == without(source, was.form)
    assert after.startswith("\ufeff") == source.startswith("\ufeff")
    if now.form == was.form:
        pairs = zip(lines(source), lines(after), strict=True)
        assert sum(old != new for old, new in pairs) <= 1


@given(SOURCES, FORMS)
def test_a_removed_entry_takes_no_other_line_along(source: str, was: str) -> None:
    after = spliced(source, was, None)
    assert lines(after) == without(source, was)
    assert was not in read(after)


def test_an_entry_is_written_with_the_files_own_line_ends() -> None:
    source = "\ufeff# catatan\r\nGMN\tgimana\r\nblm\tbelum"
    assert spliced(source, None, SlangPair("brp", "berapa")).endswith(
        "blm\tbelum\r\nbrp\tberapa\r\n"
    )
    assert spliced(source, "gmn", SlangPair("gmn", "bagaimana")) == (
        "\ufeff# catatan\r\ngmn\tbagaimana\r\nblm\tbelum"
    )
    assert spliced("", None, SlangPair("brp", "berapa")) == "# slang\tformal\nbrp\tberapa\n"


def test_of_two_lines_for_one_form_the_one_that_counts_is_changed() -> None:
    source = "gmn\tsatu\ngmn\tdua\n"
    assert spliced(source, "gmn", SlangPair("gmn", "tiga")) == "gmn\tsatu\ngmn\ttiga\n"
    assert spliced(source, "gmn", SlangPair("gmna", "tiga")) == "gmna\ttiga\n"
    assert spliced(source, "gmn", None) == ""


def test_a_line_that_is_no_pair_costs_only_itself() -> None:
    problems: list[InvalidArticle] = []
    assert parse_lexicon("gmn bagaimana\nbrp\tberapa\n", "x.tsv", problems) == {"brp": "berapa"}
    assert [str(problem) for problem in problems] == [
        "x.tsv:1: write slang, a tab, and the formal word"
    ]


@pytest.mark.parametrize(
    ("form", "plain", "made"),
    [
        ("GMN", "Bagaimana", ("gmn", "bagaimana")),
        (" b4 ", " tidak   ada ", ("b4", "tidak ada")),
        ("\uff27\uff2d\uff2e", "bagaimana\u200b", ("gmn", "bagaimana")),
        ("abu2", "abu-abu", ("abu2", "abu-abu")),
        ("cafe", "cafe\u0301", ("cafe", "café")),
        ("cod", "cod bayar di tempat", ("cod", "cod bayar di tempat")),
    ],
)
def test_an_entry_is_kept_as_messages_are_compared(
    form: str, plain: str, made: tuple[str, str]
) -> None:
    assert pair_of(form, plain) == SlangPair(*made)
    assert can_match(made[0])


@pytest.mark.parametrize(
    ("form", "plain", "field"),
    [
        ("", "bagaimana", "form"),
        ("gmn", " ", "plain"),
        ("?!", "apa", "form"),
        ("_", "apa", "form"),
        ("gmn", "...", "plain"),
        ("g\tmn", "bagaimana", "form"),
        ("gmn", "bagai\tmana", "plain"),
        ("gmn", "bagai\nmana", "plain"),
        ("gmn", "bagai\u2028mana", "plain"),
        ("ga ada", "tidak ada", "form"),
        ("w/o", "tanpa", "form"),
        ("g-mn", "bagaimana", "form"),
        ("#gmn", "bagaimana", "form"),
        ("🙏", "tolong", "form"),
        ("x\u0301", "apa", "form"),
        ("stra\u00dfe", "jalan", "form"),
        ("jln", "stra\u00dfe", "plain"),
        ("\u0130", "i", "form"),
        ("g" * 41, "bagaimana", "form"),
        ("gmn", "a" * 101, "plain"),
        ("gmn", "GMN", "plain"),
        ("gmn", "gmn!", "plain"),
    ],
)
def test_what_could_never_match_is_refused(form: str, plain: str, field: str) -> None:
    with pytest.raises(InvalidSlang) as refused:
        pair_of(form, plain)
    assert refused.value.field == field


@given(st.text(max_size=50), st.text(max_size=120))
def test_whatever_is_taken_can_be_read_again_and_matches(form: str, plain: str) -> None:
    try:
        pair = pair_of(form, plain)
    except InvalidSlang:
        return
    assert read(spliced("# catatan\n", None, pair)) == {pair.form: pair.plain}
    assert can_match(pair.form)
    assert pair_of(pair.form, pair.plain) == pair


def test_a_circle_is_refused_and_a_chain_is_not() -> None:
    forms = {"b": "c", "c": "d", "x": "a"}
    refuse_circle(SlangPair("a", "b"), forms)
    refuse_circle(SlangPair("d", "e"), forms)
    for pair in (SlangPair("d", "b"), SlangPair("c", "b"), SlangPair("a", "x")):
        with pytest.raises(InvalidSlang, match="round in a circle"):
            refuse_circle(pair, forms)
