"""Reviewers keep golden sets in the portal, ask them of the bot, and see what changed."""

import io
import time

import pytest

from kb.models import ArticleKey
from kb.search import CHECK_SECONDS
from responder.exchange import Incoming
from responder.golden import GoldenQuestion
from responder.models import StaffName, Verdict
from tests.web.sites import Site
from tests.web.staffing import Colleague, a_colleague
from web.accounts.models import Role
from web.cli.night import run_golden

PARCEL = "id/paket-belum-sampai"
SANDI = "id/lupa-kata-sandi"


@pytest.fixture
def reviewer(site: Site) -> Colleague:
    return a_colleague(site, Role.REVIEWER, name="Rina")


@pytest.fixture
def set_id(site: Site) -> int:
    golden = site.services.responder.golden
    made = golden.create("Uji", "rina@toko.test")
    golden.add(made.id, "kok blm nyampe ya", [PARCEL], staff="rina@toko.test")
    golden.add(made.id, "lupa password", [SANDI], staff="rina@toko.test")
    golden.add(made.id, "jual gajah?", [], staff="rina@toko.test")
    return made.id


def questions(site: Site) -> dict[str, GoldenQuestion]:
    return {found.text: found for found in site.services.responder.golden.list_questions()}


def upload(reviewer: Colleague, set_id: int, text: str, name: str = "soal.jsonl") -> str:
    form = {"file": (io.BytesIO(text.encode()), name)}
    answer = reviewer.browser.post(
        f"/admin/golden/{set_id}/import",
        data={"csrf_token": reviewer.token, **form},
        follow_redirects=True,
    )
    assert answer.status_code in (200, 422)
    return answer.get_data(as_text=True)


def test_a_set_is_made_and_filled_by_hand(site: Site, reviewer: Colleague) -> None:
    made = reviewer.post("/admin/golden", {"name": "Maret"})
    place = made.headers["Location"]
    data = {"text": "hp saya 081234567890", "gold": f"{PARCEL}, {SANDI}", "split": "dev"}
    assert reviewer.post(f"{place}/questions", data).status_code == 303
    kept = questions(site)["hp saya [phone]"]
    assert [str(key) for key in kept.gold] == [PARCEL, SANDI]
    assert kept.staff == reviewer.staff.email
    page = reviewer.read(place)
    assert "hp saya [phone]" in page
    assert "081234567890" not in page
    log = site.services.accounts.audit.list_entries(area="golden")
    assert [entry.action for entry in log] == ["golden.edit", "golden.create"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"text": ""}, "Please fill this in."),
        ({"text": "lupa password"}, "The set has this question already."),
        ({"text": "baru", "gold": "id/Bukan"}, "Write names of articles"),
    ],
)
def test_what_is_wrong_with_a_question_is_said_beside_it(
    reviewer: Colleague, set_id: int, data: dict[str, str], said: str
) -> None:
    answer = reviewer.post(f"/admin/golden/{set_id}/questions", data)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)


def test_a_question_is_edited_and_removed_where_it_stands(
    site: Site, reviewer: Colleague, set_id: int
) -> None:
    old = questions(site)["jual gajah?"]
    data = {"text": "jual kucing?", "gold": ""}
    answer = reviewer.post(f"/admin/golden/questions/{old.id}?q=jual&page=1", data)
    assert answer.headers["Location"].endswith("q=jual&page=1")
    clash = reviewer.post(f"/admin/golden/questions/{old.id}", {"text": "lupa password"})
    page = clash.get_data(as_text=True)
    assert clash.status_code == 422
    assert "The set has this question already." in page
    assert "<details open>" in page
    reviewer.post(f"/admin/golden/questions/{old.id}/remove")
    assert set(questions(site)) == {"kok blm nyampe ya", "lupa password"}
    assert reviewer.post(f"/admin/golden/questions/{old.id}/remove").status_code == 404


def test_a_file_is_taken_in_and_given_out_again(
    site: Site, reviewer: Colleague, set_id: int
) -> None:
    page = upload(
        reviewer, set_id, "text;gold\nresi tidak jalan;id/paket-belum-sampai\napa ini;id/tak-ada\n"
    )
    assert "Taken in: 2 new, 0 changed, 0 as they were." in page
    assert "1 named article is not live: id/tak-ada" in page
    out = reviewer.get(f"/admin/golden/{set_id}/export")
    assert out.headers["Content-Disposition"] == 'attachment; filename="Uji.jsonl"'
    again = upload(reviewer, set_id, out.get_data(as_text=True))
    assert "Taken in: 0 new, 0 changed, 5 as they were." in again
    shown = reviewer.read(f"/admin/golden/{set_id}?show=problems")
    assert "id/tak-ada: no such article" in shown
    assert "resi tidak jalan" not in shown


def test_every_wrong_line_of_a_file_is_told(reviewer: Colleague, set_id: int) -> None:
    page = upload(reviewer, set_id, '{"text": "a", "gold": ["id/Salah"]}\n{"text": ""}\n')
    assert "Line 1:" in page
    assert "Line 2:" in page
    assert "“id/Salah” is no name of an article" in page
    assert "Choose a file." in reviewer.post(f"/admin/golden/{set_id}/import").get_data(True)


def test_questions_are_found_by_words_and_by_article(reviewer: Colleague, set_id: int) -> None:
    by_word = reviewer.read(f"/admin/golden/{set_id}?q=NYAMPE")
    assert "kok blm nyampe ya" in by_word
    assert "jual gajah?" not in by_word
    assert "lupa password" in reviewer.read(f"/admin/golden/{set_id}?q=lupa-kata-sandi")
    people = reviewer.read(f"/admin/golden/{set_id}?show=people")
    assert "jual gajah?" in people
    assert "kok blm nyampe ya" not in people


def test_a_run_tells_its_figures_and_what_changed_since(
    site: Site, reviewer: Colleague, set_id: int
) -> None:
    first = reviewer.post(f"/admin/golden/{set_id}/run").headers["Location"]
    page = reviewer.read(first)
    assert "answered at once: 2 of 3" in page
    assert "wrong among the answered: 0 of 2" in page
    assert "This is the first run" in page
    site.services.library.archive(ArticleKey.parse(SANDI), "dewi")
    time.sleep(CHECK_SECONDS * 1.2)
    second = reviewer.post(f"/admin/golden/{set_id}/run").headers["Location"]
    page = reviewer.read(second)
    assert "Of 3 questions in both runs, 0 went better and 1 worse." in page
    assert "No longer answered, though the answer was right" in page
    assert "lupa password" in reviewer.read(f"{second}?outcome=missed")
    assert "kok blm nyampe ya" not in reviewer.read(f"{second}?outcome=wrong")
    assert "archived" in reviewer.read(f"/admin/golden/{set_id}?show=problems")
    assert "lupa password" in reviewer.read(f"/admin/golden/{set_id}")


def test_a_large_set_is_run_by_the_worker_and_the_page_tells_how_far(
    site: Site, reviewer: Colleague, set_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.admin.golden_run_views.AT_ONCE", 2)
    here = reviewer.post(f"/admin/golden/{set_id}/run").headers["Location"]
    assert "The run begins in a moment." in reviewer.read(here)
    assert "Run now" not in reviewer.read(here)
    assert "HX-Refresh" not in reviewer.get(f"/admin/golden/{set_id}/waiting").headers
    run_golden(site.services)()
    assert reviewer.get(f"/admin/golden/{set_id}/waiting").headers["HX-Refresh"] == "true"
    assert "Last runs" in reviewer.read(here)


def test_judged_questions_are_taken_in_with_one_click(
    site: Site, reviewer: Colleague, set_id: int
) -> None:
    replied = site.services.responder.responder.reply(Incoming("paket saya dimana", "web", "id"))
    site.services.responder.inbox.record_verdict(
        replied.decision.public_id, Verdict.RIGHT, StaffName("dewi@toko.test", "Dewi")
    )
    for new in (1, 0):
        here = reviewer.post(f"/admin/golden/{set_id}/judged").headers["Location"]
        assert f"{new} judged question" in reviewer.read(here)
    assert [str(key) for key in questions(site)["paket saya dimana"].gold] == [PARCEL]


def test_only_an_admin_deletes_a_set(site: Site, reviewer: Colleague, set_id: int) -> None:
    assert "Delete the set" not in reviewer.read(f"/admin/golden/{set_id}")
    assert reviewer.post(f"/admin/golden/{set_id}/delete").status_code == 403
    boss = a_colleague(site, Role.ADMIN, name="Boss")
    assert "Delete the set" in boss.read(f"/admin/golden/{set_id}")
    assert boss.post(f"/admin/golden/{set_id}/delete").status_code == 303
    assert site.services.responder.golden.list_sets() == ()
    assert boss.get(f"/admin/golden/{set_id}").status_code == 404


def test_a_set_is_renamed_unless_the_name_is_taken(reviewer: Colleague, set_id: int) -> None:
    reviewer.post("/admin/golden", {"name": "Lain"})
    taken = reviewer.post(f"/admin/golden/{set_id}/rename", {"name": "Lain"})
    assert taken.status_code == 422
    assert "There is a set of that name already." in taken.get_data(as_text=True)
    assert reviewer.post(f"/admin/golden/{set_id}/rename", {"name": "Baru"}).status_code == 303
    assert "Baru" in reviewer.read("/admin/golden")
    assert reviewer.post("/admin/golden", {"name": "Baru"}).status_code == 422
