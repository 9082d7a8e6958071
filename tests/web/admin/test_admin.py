"""Admins look after people, carefulness, wording and the firm; every change leaves a trace."""

import io
import json
from dataclasses import replace

import pytest
from PIL import Image

from kb.models import ArticleKey
from responder.models import Posture
from tests.web.sites import Site
from tests.web.staffing import Colleague, a_browser, a_colleague, sign_in
from web.accounts.models import AuditEntry, Role

FIRM = {
    "name": "Toko Baru",
    "colour": "#c2410c",
    "languages": ["id", "en"],
    "default_lang": "en",
    "time_zone": "Asia/Makassar",
    "holidays_country": "ID",
    "day_0": "08:00-12:00, 13:00-16:30",
    "reply_high": "30",
    "reply_normal": "120",
    "reply_low": "600",
    "order_patterns": "INV-######",
    "days_off": "2027-03-19\n2027-03-20",
    "contact_text_id": "WhatsApp 0811",
}


def newest(site: Site) -> AuditEntry:
    return site.services.accounts.audit.list_entries()[0]


def a_picture(form: str = "PNG", size: tuple[int, int] = (800, 600)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#c2410c").save(out, form)
    return out.getvalue()


def upload(boss: Colleague, data: bytes, name: str = "logo.png") -> int:
    form = {**FIRM, "logo": (io.BytesIO(data), name)}
    return boss.post("/admin/firm", form).status_code


# --- carefulness


def test_a_threshold_is_changed_with_a_reason_and_counts_at_once(
    site: Site, boss: Colleague
) -> None:
    data = {"channel": "web", "lang": "id", "percent": "97.5", "reason": "dua jawaban salah"}
    assert boss.post("/admin/thresholds", data).status_code == 303
    assert site.services.responder.thresholds.value("web", "id").value == 0.975
    entry = newest(site)
    assert (entry.action, entry.staff) == ("threshold.change", boss.staff.email)
    assert entry.after["reason"] == "dua jawaban salah"
    page = boss.read("/admin/thresholds")
    assert "97.5%" in page
    assert "dua jawaban salah" in page
    assert "<strong>help centre, Bahasa Indonesia</strong>" in boss.read("/admin/audit")


@pytest.mark.parametrize(
    "wrong",
    [
        {"percent": "20"},
        {"percent": "101"},
        {"percent": "nan"},
        {"percent": "viel"},
        {"reason": ""},
        {"channel": "fax"},
        {"lang": "<b>"},
    ],
)
def test_a_threshold_that_cannot_be_is_refused(
    site: Site, boss: Colleague, wrong: dict[str, str]
) -> None:
    data = {"channel": "web", "lang": "id", "percent": "92", "reason": "karena perlu", **wrong}
    assert boss.post("/admin/thresholds", data).status_code == 422
    assert not site.services.responder.thresholds.history()


def test_the_try_out_tells_text_rule_candidates_and_features(site: Site, boss: Colleague) -> None:
    answer = boss.post("/admin/try", {"text": "paket saya dimana", "channel": "web"})
    page = answer.get_data(as_text=True)
    trace = site.services.responder.responder.preview("paket saya dimana")
    assert trace.rule in page
    assert "Paket saya belum sampai" in page
    assert all(name in page for name in trace.candidates[0].features)
    assert trace.fingerprint[:12] in page


def test_the_try_out_shows_the_questions_found_and_the_message_before(boss: Colleague) -> None:
    both = boss.post("/admin/try", {"text": "kok blm nyampe ya? trus lupa password gimana?"})
    assert "<li>lupa password gimana?" in both.text
    later = boss.post("/admin/try", {"text": "kalau promo?", "before": "kok blm nyampe ya"})
    assert "kok blm nyampe ya kalau promo?" in later.text


def test_the_try_out_shows_what_was_looked_up_where_that_is_not_all(boss: Colleague) -> None:
    polite = boss.post("/admin/try", {"text": "selamat pagi kak, lupa password gimana"})
    assert "<dd>lupa password gimana</dd>" in polite.text
    plain = boss.post("/admin/try", {"text": "lupa password gimana"})
    assert "Looked up" not in plain.text


def test_trying_out_records_nothing(site: Site, boss: Colleague) -> None:
    boss.post("/admin/try", {"text": "ORANG", "channel": "web"})
    assert not site.services.responder.inbox.list_tickets()


def test_personal_data_is_hidden_in_the_try_out_too(boss: Colleague) -> None:
    answer = boss.post("/admin/try", {"text": "email saya ani@example.com kok begini"})
    page = answer.get_data(as_text=True)
    assert "personal data hidden" in page


# --- staff


def test_a_new_colleague_gets_a_one_time_password_that_is_shown_once(
    site: Site, boss: Colleague
) -> None:
    data = {"name": "Nina", "email": "nina@toko.test", "roles": ["agent"], "lang": "id"}
    page = boss.post("/admin/staff", data).get_data(as_text=True)
    password = page.partition('<code id="one-time">')[2].partition("</code>")[0]
    answer = sign_in(a_browser(site, "10.8.0.1"), "nina@toko.test", password)
    assert answer.status_code == 303
    assert password not in boss.read("/admin/staff")
    assert password not in boss.read("/admin/audit")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"email": "nina"}, "That does not look right."),
        ({"roles": []}, "Choose at least one."),
        ({"roles": ["owner"]}, "Choose one of the list."),
        ({"name": ""}, "Please fill this in."),
    ],
)
def test_what_is_wrong_with_a_colleague_stands_beside_the_field(
    boss: Colleague, wrong: dict[str, object], said: str
) -> None:
    data = {"name": "Nina", "email": "nina@toko.test", "roles": ["agent"], **wrong}
    answer = boss.post("/admin/staff", data)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)


def test_an_address_that_has_an_account_is_said_so(boss: Colleague) -> None:
    data = {"name": "Boss", "email": boss.staff.email, "roles": ["agent"]}
    answer = boss.post("/admin/staff", data)
    assert "This address has an account already." in answer.get_data(as_text=True)


def test_the_last_admin_cannot_step_down(site: Site, boss: Colleague) -> None:
    boss.post(f"/admin/staff/{boss.staff.id}/roles", {"roles": ["writer"]})
    boss.post(f"/admin/staff/{boss.staff.id}/disable")
    assert "This is the last admin" in boss.read("/admin/staff")
    assert site.services.accounts.get_staff(boss.staff.id).has(Role.ADMIN)


def test_closing_and_opening_an_account(site: Site, boss: Colleague) -> None:
    nina = a_colleague(site, Role.AGENT)
    boss.post(f"/admin/staff/{nina.staff.id}/disable")
    assert nina.get("/desk/").status_code == 302
    boss.post(f"/admin/staff/{nina.staff.id}/enable")
    assert newest(site).action == "staff.enable"


def test_somebody_who_is_not_there_is_not_found(boss: Colleague) -> None:
    assert boss.post("/admin/staff/9999/password").status_code == 404


# --- API keys


def test_an_api_key_is_shown_once_and_ended_by_a_click(site: Site, boss: Colleague) -> None:
    page = boss.post("/admin/api-keys", {"name": "Toko"}).get_data(as_text=True)
    key = page.partition('<code id="new-key">')[2].partition("</code>")[0]
    found = site.services.accounts.find_api_key(key)
    assert found is not None
    assert key not in boss.read("/admin/api-keys")
    boss.post(f"/admin/api-keys/{found.id}/revoke")
    assert site.services.accounts.find_api_key(key) is None


# --- firm


def test_the_firm_is_saved_and_told_in_the_audit_log(site: Site, boss: Colleague) -> None:
    assert boss.post("/admin/firm", FIRM).status_code == 303
    firm = site.services.responder.firm.get()
    assert (firm.name, firm.colour, firm.default_lang) == ("Toko Baru", "#c2410c", "en")
    assert firm.hours.time_zone == "Asia/Makassar"
    assert [len(day) for day in firm.hours.weekly] == [2, 0, 0, 0, 0, 0, 0]
    assert firm.order_patterns == ("INV-######",)
    assert len(firm.hours.days_off) == 2
    assert firm.contact_text["id"] == "WhatsApp 0811"
    entry = newest(site)
    assert (entry.before["name"], entry.after["name"]) == ("Toko Uji", "Toko Baru")
    assert "day_0" in entry.after


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"colour": "red"},
        {"languages": []},
        {"default_lang": "fr"},
        {"time_zone": "Mars/Base"},
        {"holidays_country": "ZZ"},
        {"day_0": "from nine to five"},
        {"day_1": "25:00-26:00"},
        {"days_off": "next friday"},
        {"reply_high": "0"},
        {"order_patterns": "x"},
    ],
)
def test_a_firm_that_cannot_be_is_refused_and_nothing_is_lost(
    site: Site, boss: Colleague, wrong: dict[str, object]
) -> None:
    answer = boss.post("/admin/firm", {**FIRM, **wrong})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "is-invalid" in page or "invalid-feedback" in page
    assert "WhatsApp 0811" in page
    assert site.services.responder.firm.get().name == "Toko Uji"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_logo_is_drawn_anew_and_shown_to_customers(
    site: Site, boss: Colleague, form: str
) -> None:
    assert upload(boss, a_picture(form)) == 303
    with site.visitor().get("/logo") as shown:
        assert shown.status_code == 200
        assert shown.headers["Content-Type"] == "image/png"
        assert shown.headers["X-Content-Type-Options"] == "nosniff"
        with Image.open(io.BytesIO(shown.get_data())) as picture:
            assert max(picture.size) == 512


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a<script>alert(1)</script>",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"%PDF-1.4",
        a_picture()[:60],
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        a_picture("BMP", (40, 30)),
    ],
)
def test_what_is_no_picture_is_refused(site: Site, boss: Colleague, data: bytes) -> None:
    assert upload(boss, data) == 422
    assert site.services.responder.firm.get().logo == ""


def test_a_picture_of_too_many_pixels_is_refused(boss: Colleague) -> None:
    assert upload(boss, a_picture(size=(8000, 6000))) == 422


def test_what_hides_behind_a_picture_does_not_come_in(site: Site, boss: Colleague) -> None:
    upload(boss, a_picture("GIF") + b"<script>alert(1)</script>", "logo.php.gif")
    name = site.services.responder.firm.get().logo
    assert name.startswith("logo-")
    assert name.endswith(".png")
    assert b"script" not in (site.services.settings.media_dir / name).read_bytes()


def test_the_logo_can_go_again(site: Site, boss: Colleague) -> None:
    upload(boss, a_picture())
    boss.post("/admin/firm", {**FIRM, "remove_logo": "yes"})
    assert site.services.responder.firm.get().logo == ""


def test_a_new_firm_is_welcomed_until_it_is_set_up(site: Site, boss: Colleague) -> None:
    firm = site.services.responder.firm
    firm.save(replace(firm.get(), onboarded=False), "x")
    assert boss.get("/admin/").headers["Location"] == "/admin/welcome"
    data = {
        "name": "Warung Ani",
        "colour": "#0b5ed7",
        "languages": ["id"],
        "default_lang": "id",
        "time_zone": "Asia/Jakarta",
        "workdays": "09:00-17:00",
        "saturday": "09.00 - 12.00",
    }
    assert boss.post("/admin/welcome", data).headers["Location"] == "/admin/"
    saved = firm.get()
    assert saved.onboarded
    assert [len(day) for day in saved.hours.weekly] == [1, 1, 1, 1, 1, 1, 0]
    assert boss.get("/admin/").status_code == 200


def test_without_a_mail_server_the_test_mail_says_so(boss: Colleague) -> None:
    boss.post("/admin/firm/test-mail", {"recipient": "ani@example.com"})
    assert "Mail is not set up" in boss.read("/admin/firm")


# --- wording and the log


def test_a_text_of_the_bot_is_changed_and_brought_back(site: Site, boss: Colleague) -> None:
    texts = site.services.responder.wording
    shipped = texts.text("en", "handoff", opening="")
    boss.post("/admin/wording/en", {"key": "handoff", "text": "A colleague takes over. {opening}"})
    assert texts.text("en", "handoff", opening="").startswith("A colleague takes over.")
    assert "changed" in boss.read("/admin/wording?lang=en")
    boss.post("/admin/wording/en", {"key": "handoff", "reset": "yes"})
    assert texts.text("en", "handoff", opening="") == shipped
    entry = newest(site)
    assert "A colleague takes over" in json.dumps(entry.before)


def test_a_text_with_an_invented_placeholder_is_refused_and_kept_in_the_form(
    boss: Colleague,
) -> None:
    data = {"key": "handoff", "text": "Hello {customer_password}"}
    answer = boss.post("/admin/wording/en", data)
    assert answer.status_code == 422
    assert "Hello {customer_password}" in answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/admin/wording/fr", "/admin/wording/..", "/admin/wording/en"])
def test_a_text_that_is_not_there_is_not_found(boss: Colleague, path: str) -> None:
    assert boss.post(path, {"key": "no_such_key", "text": "x"}).status_code == 404


def test_the_audit_log_shows_and_filters(site: Site, boss: Colleague) -> None:
    boss.post("/admin/firm", FIRM)
    page = boss.read("/admin/audit?area=firm")
    assert "Toko Baru" in page
    assert "<dt>Time zone</dt>" in page
    assert "<dt>name</dt>" not in page
    assert "opened an account for" not in page
    assert "<ins>Admin</ins>" in boss.read("/admin/audit?area=staff")
    assert "Nothing recorded" in boss.read("/admin/audit?area=threshold")
    assert boss.get("/admin/audit?area=nonsense&before=x").status_code == 200


def test_the_overview_counts_what_needs_somebody(boss: Colleague) -> None:
    page = boss.read("/admin/")
    assert "live articles" in page
    assert '<span class="tile-number">7</span>' in page


# --- what the bot may do


def test_the_bot_is_switched_off_on_one_channel_and_on_again(site: Site, boss: Colleague) -> None:
    firm = site.services.responder.firm
    boss.post("/admin/posture", {"channel": "web", "posture": "off", "reason": "salah terus"})
    assert (firm.get().posture("web"), firm.get().posture("email")) == (Posture.OFF, Posture.AUTO)
    entry = newest(site)
    assert (entry.action, entry.after["reason"]) == ("posture.change", "salah terus")
    boss.post("/admin/posture", {"channel": "web", "posture": "", "reason": "sudah benar"})
    assert firm.get().posture("web") is Posture.AUTO


@pytest.mark.parametrize("wrong", [{"posture": "loud"}, {"reason": ""}, {"channel": ""}])
def test_a_posture_that_cannot_be_changes_nothing(
    site: Site, boss: Colleague, wrong: dict[str, str]
) -> None:
    boss.post("/admin/posture", {"channel": "web", "posture": "off", "reason": "coba", **wrong})
    assert not site.services.responder.firm.get().postures


def test_the_overview_tells_what_did_not_help(site: Site, boss: Colleague) -> None:
    feedback = site.services.responder.feedback
    article, why = ArticleKey("id", "lupa-kata-sandi"), "outdated: tombolnya tidak ada"
    feedback.record(article, helped=False, why=why)
    page = boss.read("/admin/")
    assert "It is out of date or wrong: tombolnya tidak ada" in page
    assert "/edit/id/lupa-kata-sandi" in page
