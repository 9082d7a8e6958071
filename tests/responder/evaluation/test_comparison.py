"""Two runs side by side: every question that changed is in exactly one group."""

from hypothesis import given
from hypothesis import strategies as st

from responder.evaluation.comparison import BETTER, WORSE, Graded, Turn, compare, turn_of
from responder.models import ReplyKind

ANSWER, HANDOFF = ReplyKind.ANSWER, ReplyKind.HANDOFF


def a_row(
    text: str = "paket dimana",
    *,
    reply: ReplyKind = ANSWER,
    article: str | None = "id/a",
    gold: tuple[str, ...] = ("id/a",),
) -> Graded:
    return Graded(text, gold, reply, article, 0.9, article in gold)


RIGHT = a_row()
WRONG = a_row(article="id/b")
SILENT = a_row(reply=HANDOFF)


def test_each_change_has_its_name() -> None:
    turns = {
        (RIGHT, WRONG): Turn.SPOILT,
        (SILENT, WRONG): Turn.NEWLY_WRONG,
        (RIGHT, SILENT): Turn.LOST,
        (WRONG, RIGHT): Turn.CORRECTED,
        (SILENT, RIGHT): Turn.NEWLY_RIGHT,
        (WRONG, SILENT): Turn.WITHHELD,
        (WRONG, a_row(article="id/c")): Turn.OTHER_ARTICLE,
        (SILENT, a_row(reply=HANDOFF, article="id/b")): Turn.OTHER_BEST,
    }
    assert {pair: turn_of(*pair) for pair in turns} == turns
    assert set(turns.values()) == set(Turn)


def test_another_kind_of_silence_is_no_change() -> None:
    assert turn_of(SILENT, a_row(reply=ReplyKind.CLARIFY)) is None
    assert turn_of(RIGHT, a_row()) is None


def test_what_must_go_to_people_is_never_answered_right() -> None:
    before = a_row(reply=HANDOFF, gold=())
    assert turn_of(before, a_row(gold=())) is Turn.NEWLY_WRONG


def test_questions_in_one_run_only_or_with_other_gold_are_counted_apart() -> None:
    before = [a_row("a"), a_row("b"), a_row("c")]
    now = [a_row("b", article="id/z"), a_row("c", gold=("id/z",)), a_row("d"), a_row("e")]
    found = compare(before, now)
    assert (found.compared, found.edited, found.added, found.removed) == (1, 1, 2, 1)
    assert [(change.turn, change.now.text) for change in found.changes] == [(Turn.SPOILT, "b")]


def test_the_gravest_come_first_and_then_the_order_of_the_questions() -> None:
    before = [a_row("a", reply=HANDOFF), a_row("b"), a_row("c", reply=HANDOFF), a_row("d")]
    now = [a_row("a"), a_row("b", reply=HANDOFF), a_row("c"), a_row("d", article="id/b")]
    found = compare(before, now)
    assert [change.now.text for change in found.changes] == ["d", "b", "a", "c"]
    assert [change.now.text for change in found.of(Turn.NEWLY_RIGHT)] == ["a", "c"]
    assert found.count(WORSE) == found.count(BETTER) == 2


ROWS = st.builds(
    a_row,
    text=st.sampled_from("abcdefgh"),
    reply=st.sampled_from([ANSWER, HANDOFF, ReplyKind.CLARIFY]),
    article=st.sampled_from(["id/a", "id/b", None]),
    gold=st.sampled_from([("id/a",), ()]),
)
RUNS = st.lists(ROWS, max_size=8, unique_by=lambda row: row.text)


@given(before=RUNS, now=RUNS)
def test_the_counts_add_up_and_going_back_undoes_every_change(
    before: list[Graded], now: list[Graded]
) -> None:
    there, back = compare(before, now), compare(now, before)
    assert there.compared + there.edited + there.added == len(now)
    assert there.compared + there.edited + there.removed == len(before)
    assert {c.now.text for c in there.changes} == {c.now.text for c in back.changes}
    assert (there.count(WORSE), there.count(BETTER)) == (back.count(BETTER), back.count(WORSE))
    right = [sum(r.is_answered and r.is_right for r in run) for run in (before, now)]
    if there.compared == len(before) == len(now):
        gained = there.count({Turn.NEWLY_RIGHT, Turn.CORRECTED})
        assert right[1] - right[0] == gained - there.count({Turn.LOST, Turn.SPOILT})
