"""What customers ask and nobody wrote down."""

from kb.models import ArticleKey
from responder.bootstrap import Services
from responder.exchange import Incoming
from responder.gaps import group_alike
from responder.models import Verdict
from tests.conftest import StillClock
from tests.responder.builders import DEWI, PARCEL

GIFT_WRAP = (
    "apakah bisa dibungkus kado",
    "bisa bungkus kado tidak kak",
    "mau dibungkus kado bisa?",
)
STUDENT = ("ada diskon mahasiswa", "diskon untuk mahasiswa ada tidak")


def ask(services: Services, text: str, conversation: str | None = None) -> str:
    reply = services.responder.reply(Incoming(text, conversation=conversation))
    return reply.decision.public_id


def test_questions_that_mean_the_same_are_one_gap(services: Services) -> None:
    for text in (*GIFT_WRAP, *STUDENT, "apakah gajah dijual"):
        ask(services, text)
    gaps = services.gaps.list_gaps()
    assert [gap.customers for gap in gaps] == [3, 2, 1]
    assert set(gaps[0].wordings) == set(GIFT_WRAP)
    assert gaps[0].typical in GIFT_WRAP
    assert len(gaps[0].decisions) == 3
    assert [gap.customers for gap in services.gaps.list_gaps(fewest_customers=2)] == [3, 2]


def test_answered_questions_are_no_gap_unless_they_did_not_help(services: Services) -> None:
    helped = ask(services, "paket saya belum sampai")
    assert services.gaps.list_gaps() == ()
    services.feedback.record(helped, False)
    (gap,) = services.gaps.list_gaps()
    assert gap.nearest == PARCEL
    wrong = ask(services, "voucher saya ditolak")
    services.inbox.record_verdict(wrong, Verdict.WRONG, DEWI)
    assert {str(gap.nearest) for gap in services.gaps.list_gaps()} == {
        "id/paket-belum-sampai",
        "id/voucher-tidak-bisa",
    }


def test_wishes_for_a_person_and_complaints_are_no_gap(services: Services) -> None:
    ask(services, "ORANG")
    ask(services, "kecewa sekali")
    assert services.gaps.list_gaps() == ()


def test_personal_data_is_masked_and_old_questions_are_left_out(
    services: Services, clock: StillClock
) -> None:
    ask(services, "bungkus kado untuk 081234567890")
    assert services.gaps.list_gaps()[0].wordings == ("bungkus kado untuk [phone]",)
    clock.move(days=31)
    assert services.gaps.list_gaps(days=30) == ()


def test_grouping_keeps_every_question_once() -> None:
    texts = [*GIFT_WRAP, *STUDENT, "!!", "", *GIFT_WRAP]
    groups = group_alike(texts)
    assert sorted(index for group in groups for index in group) == list(range(len(texts)))
    assert group_alike([]) == ()
    assert group_alike(["satu"]) == ((0,),)
    assert group_alike(["??", "!!"])


def test_a_gap_names_the_article_that_came_nearest(services: Services) -> None:
    first = services.responder.reply(Incoming("mungkin yang itu"))
    services.responder.reply(
        Incoming("mungkin bukan itu", conversation=first.conversation.public_id)
    )
    (gap,) = services.gaps.list_gaps()
    assert gap.nearest == ArticleKey("id", "paket-belum-sampai")
