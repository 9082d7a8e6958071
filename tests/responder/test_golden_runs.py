"""A golden set is asked of the knowledge base, and two runs are laid side by side."""

import pytest

from kb.database import Database
from kb.models import ArticleKey
from kb.publishing import Library
from responder import goldenruns
from responder.bootstrap import Services
from responder.errors import InvalidGolden, UnknownGoldenRun
from responder.evaluation.comparison import Turn
from responder.exchange import Incoming
from responder.goldenqueue import Request, Teller
from responder.goldenruns import Figures, GoldenRun, Outcome, is_worse
from responder.judgedgolden import judged_lines
from responder.models import ReplyKind, Verdict
from tests.conftest import StillClock
from tests.responder.builders import DEWI, PARCEL, PARCEL_EN, REFUND, VOUCHER, Script

BOSS = "boss@toko.test"
ASKED = {
    "paket saya dimana": [PARCEL],
    "my parcel please": [PARCEL_EN],
    "refund dong": [VOUCHER],
    "mungkin bisa": [REFUND],
    "jual gajah tidak": [],
    "voucher hangus": [],
}


@pytest.fixture
def set_id(services: Services) -> int:
    made = services.golden.create("Uji", BOSS)
    for text, gold in ASKED.items():
        services.golden.add(made.id, text, map(str, gold), staff=BOSS)
    return made.id


def test_a_run_counts_answers_as_customers_would_get_them(services: Services, set_id: int) -> None:
    run = services.golden_runs.run(set_id, BOSS)
    figures = run.figures
    assert (figures.questions, figures.answerable) == (6, 4)
    assert (figures.answers, figures.wrong_answers) == (4, 2)
    assert figures.right == 2 / 4
    assert figures.helped == 3 / 4
    assert run.thresholds == {"id": 0.9, "en": 0.9}
    assert run.fingerprint == "f" * 16
    assert services.golden_runs.get_run(run.id) == run


def test_every_question_keeps_its_reply_and_rivals(services: Services, set_id: int) -> None:
    rows = services.golden_runs.list_rows(services.golden_runs.run(set_id, BOSS))
    assert [row.graded.text for row in rows] == list(ASKED)
    replies = [(row.graded.reply, row.graded.article, row.graded.is_right) for row in rows]
    assert replies == [
        (ReplyKind.ANSWER, str(PARCEL), True),
        (ReplyKind.ANSWER, str(PARCEL_EN), True),
        (ReplyKind.ANSWER, str(REFUND), False),
        (ReplyKind.CLARIFY, str(PARCEL), False),
        (ReplyKind.HANDOFF, None, False),
        (ReplyKind.ANSWER, str(VOUCHER), False),
    ]
    assert [(rival.key, rival.is_right) for rival in rows[3].rivals] == [
        (str(PARCEL), False),
        (str(REFUND), True),
        (str(VOUCHER), False),
    ]


def test_a_linked_translation_is_as_right_as_the_named_article(services: Services) -> None:
    made = services.golden.create("Terjemahan", BOSS)
    services.golden.add(made.id, "where is my parcel", [str(PARCEL)], staff=BOSS)
    (row,) = services.golden_runs.list_rows(services.golden_runs.run(made.id, BOSS))
    assert (row.graded.article, row.graded.is_right) == (str(PARCEL_EN), True)


def test_a_renamed_article_is_still_the_right_one(
    services: Services, database: Database, clock: StillClock
) -> None:
    library = Library(database, clock)
    old = ArticleKey("id", "nama-lama")
    library.create(old, "---\ntitle: Lama\n---\nIsi.\n", "dewi")
    library.publish(old, "dewi")
    library.rename(old, PARCEL.slug, "dewi")
    made = services.golden.create("Berpindah", BOSS)
    services.golden.add(made.id, "paket dimana", [str(old)], staff=BOSS)
    (row,) = services.golden_runs.list_rows(services.golden_runs.run(made.id, BOSS))
    assert row.graded.is_right


def test_two_runs_differ_where_the_replies_do(
    services: Services, script: Script, set_id: int
) -> None:
    first = services.golden_runs.run(set_id, BOSS)
    assert services.golden_runs.find_before(first) is None
    script.finds = {
        **script.finds,
        "paket": ((REFUND, 0.97),),
        "refund": ((VOUCHER, 0.97),),
        "gajah": ((VOUCHER, 0.99),),
        "voucher": (),
    }
    second = services.golden_runs.run(set_id, "")
    assert services.golden_runs.find_before(second) == first
    assert services.golden_runs.last_runs() == {set_id: second}
    assert services.golden_runs.list_runs(set_id) == (second, first)
    found = services.golden_runs.compare(first, second)
    assert [(change.turn, change.now.text) for change in found.changes] == [
        (Turn.SPOILT, "paket saya dimana"),
        (Turn.NEWLY_WRONG, "jual gajah tidak"),
        (Turn.CORRECTED, "refund dong"),
        (Turn.WITHHELD, "voucher hangus"),
    ]


def test_an_article_renamed_between_two_runs_is_no_change(
    services: Services, script: Script, database: Database, clock: StillClock, set_id: int
) -> None:
    old = ArticleKey("id", "nama-lama")
    script.finds = {**script.finds, "gajah": ((PARCEL, 0.97),)}
    second = services.golden_runs.run(set_id, BOSS)
    rows = [row.graded for row in services.golden_runs.list_rows(second)]
    assert rows[4].article == str(PARCEL)
    library = Library(database, clock)
    library.create(old, "---\ntitle: Lama\n---\nIsi.\n", "dewi")
    library.publish(old, "dewi")
    library.rename(old, PARCEL.slug, "dewi")
    first = _with_article(services, second, {str(PARCEL): str(old)})
    assert services.golden_runs.compare(first, second).changes == ()


def _with_article(services: Services, run: GoldenRun, names: dict[str, str]) -> GoldenRun:
    """The same run as it would have been kept under other names."""
    with services.golden_runs._tools.database.write() as connection:
        rows = goldenruns.store.get_rows(connection, run.id)
        kept = goldenruns.store.insert(
            connection,
            {
                "set_id": run.set_id,
                "fingerprint": run.fingerprint,
                "measures": {**goldenruns.asdict(run.figures), "thresholds": {}},
                "rows": [
                    {**row, "article": names.get(row["article"], row["article"])} for row in rows
                ],
                "staff": run.staff,
                "created_at": run.created_at,
            },
        )
    return services.golden_runs.get_run(kept["id"])


def test_a_set_without_questions_cannot_run(services: Services) -> None:
    made = services.golden.create("Kosong", BOSS)
    with pytest.raises(InvalidGolden):
        services.golden_runs.run(made.id, BOSS)
    with pytest.raises(UnknownGoldenRun):
        services.golden_runs.get_run(77)


def test_only_the_newest_runs_are_kept(
    services: Services, set_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(goldenruns, "MOST_RUNS", 3)
    made = [services.golden_runs.run(set_id, BOSS).id for _ in range(5)]
    kept = [run.id for run in services.golden_runs.list_runs(set_id)]
    assert kept == made[:1:-1]


def figures(helped: int, wrong: int, questions: int = 100) -> Figures:
    """Everything can be answered; each question that was helped was answered."""
    answers = helped + wrong
    share = helped / questions
    return Figures(
        questions=questions,
        answerable=questions,
        answered=answers / questions,
        wrong=wrong / answers if answers else 0.0,
        right=share,
        helped=share,
        top1=share,
        ap=share,
    )


@pytest.mark.parametrize(
    ("before", "now", "worse"),
    [
        (figures(60, 2), figures(58, 4), False),
        (figures(60, 2), figures(57, 2), True),
        (figures(60, 2), figures(70, 5), True),
        (figures(60, 2), figures(90, 0), False),
        (figures(600, 2, 1000), figures(591, 2, 1000), False),
        (figures(600, 2, 1000), figures(590, 2, 1000), True),
    ],
)
def test_a_question_or_two_make_no_run_worse(before: Figures, now: Figures, worse: bool) -> None:
    assert is_worse(before, now) is worse


def test_runs_asked_for_are_made_by_the_worker_once(services: Services, set_id: int) -> None:
    queue = services.golden_queue
    empty = services.golden.create("Kosong", BOSS).id
    for wanted in (set_id, set_id, empty):
        queue.request(wanted, BOSS)
    assert queue.find(set_id) == Request(set_id, BOSS)
    (run,) = queue.work_off()
    assert (run.set_id, run.staff) == (set_id, BOSS)
    assert queue.find(set_id) is queue.find(empty) is None
    assert queue.work_off() == ()


def test_a_set_deleted_while_it_runs_leaves_nothing_behind(
    services: Services, script: Script, set_id: int
) -> None:
    queue = services.golden_queue
    queue.request(set_id, BOSS)
    deleted: list[int] = []

    def delete_once() -> None:
        if not deleted:
            deleted.append(set_id)
            services.golden.delete(set_id)

    script.meanwhile = delete_once
    assert queue.work_off() == ()
    assert queue.find(set_id) is None
    assert services.golden_runs.list_runs(set_id) == ()


def test_how_far_a_run_is_can_be_read_meanwhile(services: Services, set_id: int) -> None:
    queue = services.golden_queue
    queue.request(set_id, BOSS)
    Teller(queue, Request(set_id, BOSS))(3, 6)
    assert queue.find(set_id) == Request(set_id, BOSS, 3, 6)


def test_every_question_of_a_run_has_one_outcome(services: Services, set_id: int) -> None:
    rows = services.golden_runs.list_rows(services.golden_runs.run(set_id, BOSS))
    assert [row.outcome for row in rows] == [
        Outcome.RIGHT,
        Outcome.RIGHT,
        Outcome.WRONG,
        Outcome.OFFERED,
        Outcome.TO_PEOPLE,
        Outcome.WRONG,
    ]


def test_judged_answers_become_questions_that_only_measure(services: Services) -> None:
    def judge(text: str, verdict: Verdict, right: ArticleKey | None = None) -> None:
        decision = services.responder.reply(Incoming(text)).decision
        services.inbox.record_verdict(decision.public_id, verdict, DEWI, right)

    judge("paket saya dimana", Verdict.WRONG, REFUND)
    judge("paket saya dimana", Verdict.RIGHT)
    judge("refund dong", Verdict.WRONG, VOUCHER)
    judge("voucher hangus", Verdict.WRONG)
    judge("refund lagi", Verdict.RIGHT)
    made = services.golden.create("Dinilai", BOSS)
    services.golden.add(made.id, "refund lagi", [str(VOUCHER)], staff=BOSS)
    present = services.golden.list_questions(made.id)
    lines = judged_lines(services.labels.list_labels(), present)
    assert services.golden.take_in_lines(made.id, lines, BOSS).added == 2
    kept = {q.text: (q.gold, q.split) for q in services.golden.list_questions(made.id)}
    assert kept == {
        "refund lagi": ((VOUCHER,), ""),
        "paket saya dimana": ((PARCEL,), "test"),
        "refund dong": ((VOUCHER,), "test"),
    }
