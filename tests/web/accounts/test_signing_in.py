"""Signing in, out and looking after one's own account, as a browser sees it."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import StillClock
from tests.web.sites import Site, make_site
from tests.web.staffing import PASSWORD, a_browser, a_colleague, sign_in, token_of
from web.accounts.models import Role
from web.accounts.wording import browser_name

NEW_PASSWORD = "kopi susu gula aren"


@pytest.fixture
def site(empty_site: Site) -> Site:
    return empty_site


@pytest.mark.parametrize(
    ("roles", "home"),
    [
        ([Role.WRITER], "/edit/"),
        ([Role.AGENT], "/desk/"),
        ([Role.WRITER, Role.AGENT], "/desk/"),
        ([Role.ADMIN], "/desk/"),
    ],
)
def test_each_role_starts_where_its_work_is(site: Site, roles: list[Role], home: str) -> None:
    assert a_colleague(site, *roles).get("/staff").headers["Location"] == home


def test_the_admin_of_a_new_firm_starts_at_the_welcome(site: Site) -> None:
    firm = site.services.responder.firm
    firm.save(replace(firm.get(), onboarded=False), "boss@toko.test")
    assert a_colleague(site, Role.ADMIN).get("/staff").headers["Location"] == "/admin/welcome"


def test_one_comes_back_to_the_page_that_was_wanted(site: Site) -> None:
    dewi = a_colleague(site, Role.AGENT)
    stranger = a_browser(site)
    wanted = stranger.get("/desk/?view=mine").headers["Location"]
    assert wanted == "/sign-in?next=/desk/?view%3Dmine"
    answer = sign_in(stranger, dewi.staff.email, PASSWORD, "/desk/?view=mine")
    assert answer.headers["Location"] == "/desk/?view=mine"


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.test", "\\\\evil.test", "/\\evil.test", "https:evil.test", "/\t/evil.test", "evil"],
)
def test_nobody_is_sent_to_another_site(site: Site, elsewhere: str) -> None:
    dewi = a_colleague(site, Role.AGENT)
    answer = sign_in(a_browser(site), dewi.staff.email, PASSWORD, elsewhere)
    assert answer.headers["Location"] == "/staff"


def test_refusals_look_alike_for_known_and_unknown_people(site: Site) -> None:
    dewi = a_colleague(site, Role.AGENT)
    pages = set()
    for number, email in enumerate((dewi.staff.email, "siapa@toko.test")):
        answer = sign_in(a_browser(site, f"10.9.0.{number}"), email, "salah sekali ini")
        assert answer.status_code == 422
        page = answer.get_data(as_text=True).replace(email, "…")
        pages.add(page.replace(token_of(page), "…"))
    assert len(pages) == 1


def test_ten_wrong_tries_lock_the_right_password_out_too(site: Site, clock: StillClock) -> None:
    dewi = a_colleague(site, Role.AGENT)
    for number in range(10):
        clock.move(seconds=40)
        wrong = sign_in(a_browser(site, f"10.9.1.{number}"), dewi.staff.email, "salah sekali")
        assert wrong.status_code == 422
    assert sign_in(a_browser(site, "10.9.2.1"), dewi.staff.email, PASSWORD).status_code == 422
    clock.move(minutes=15)
    assert sign_in(a_browser(site, "10.9.2.1"), dewi.staff.email, PASSWORD).status_code == 303


def test_the_session_cookie_is_out_of_reach_of_scripts(site: Site) -> None:
    dewi = a_colleague(site, Role.AGENT)
    cookie = str(sign_in(a_browser(site), dewi.staff.email, PASSWORD).headers.getlist("Set-Cookie"))
    assert "jawab_staff=" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_over_https_the_session_cookie_is_secure_and_bound_to_the_host(
    tmp_path: Path, clock: StillClock
) -> None:
    site = make_site(tmp_path / "https", clock, url="https://help.example.com")
    site.services.accounts.add_staff("dewi@toko.test", "Dewi", [Role.AGENT], PASSWORD)
    browser = site.visitor()
    base = "https://help.example.com"
    token = token_of(browser.get("/sign-in", base_url=base).get_data(as_text=True))
    data = {"email": "dewi@toko.test", "password": PASSWORD, "csrf_token": token}
    answer = browser.post("/sign-in", data=data, base_url=base)
    cookies = [c for c in answer.headers.getlist("Set-Cookie") if "staff" in c]
    assert cookies[0].startswith("__Host-jawab_staff=")
    assert "Secure" in cookies[0]
    assert "Path=/" in cookies[0]
    assert "Domain" not in cookies[0]


def test_signing_in_gives_a_new_id_even_to_a_planted_one(site: Site) -> None:
    dewi = a_colleague(site, Role.AGENT)
    browser = a_browser(site)
    browser.set_cookie("jawab_staff", "planted-by-somebody")
    sign_in(browser, dewi.staff.email, PASSWORD)
    cookie = browser.get_cookie("jawab_staff")
    assert cookie is not None
    assert cookie.value != "planted-by-somebody"


def test_signing_out_ends_the_session_on_the_server(site: Site) -> None:
    dewi = a_colleague(site, Role.AGENT)
    cookie = dewi.browser.get_cookie("jawab_staff")
    assert cookie is not None
    dewi.post("/sign-out")
    thief = a_browser(site)
    thief.set_cookie("jawab_staff", cookie.value)
    assert thief.get("/desk/").status_code == 302


def test_a_closed_account_is_out_with_the_next_request(site: Site) -> None:
    boss, dewi = a_colleague(site, Role.ADMIN), a_colleague(site, Role.AGENT)
    assert dewi.get("/desk/").status_code == 200
    boss.post(f"/admin/staff/{dewi.staff.id}/disable")
    assert dewi.get("/desk/").status_code == 302


def test_new_roles_count_at_once_and_change_the_cookie(site: Site) -> None:
    boss, dewi = a_colleague(site, Role.ADMIN), a_colleague(site, Role.WRITER)
    assert dewi.get("/desk/").status_code == 403
    before = dewi.browser.get_cookie("jawab_staff")
    boss.post(f"/admin/staff/{dewi.staff.id}/roles", {"roles": ["agent"]})
    assert dewi.get("/desk/").status_code == 200
    after = dewi.browser.get_cookie("jawab_staff")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    assert dewi.get("/edit/").status_code == 403


def test_a_new_password_keeps_this_browser_and_ends_the_others(site: Site) -> None:
    dewi = a_colleague(site, Role.AGENT)
    other = a_browser(site, "10.9.3.1")
    sign_in(other, dewi.staff.email, PASSWORD)
    data = {"present": PASSWORD, "wanted": NEW_PASSWORD, "repeated": NEW_PASSWORD}
    assert dewi.post("/account/password", data).status_code == 303
    assert dewi.get("/desk/").status_code == 200
    assert other.get("/desk/").status_code == 302


@pytest.mark.parametrize(
    ("present", "wanted", "repeated", "said"),
    [
        ("salah", NEW_PASSWORD, NEW_PASSWORD, "The present password is not right."),
        (PASSWORD, "pendek", "pendek", "Use at least 12 characters"),
        (PASSWORD, NEW_PASSWORD, "kopi tanpa gula", "The two new passwords differ."),
        (PASSWORD, "", "", "Please fill this in."),
    ],
)
def test_what_is_wrong_stands_beside_the_field(
    site: Site, present: str, wanted: str, repeated: str, said: str
) -> None:
    dewi = a_colleague(site, Role.AGENT)
    data = {"present": present, "wanted": wanted, "repeated": repeated}
    answer = dewi.post("/account/password", data)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)


def test_one_sees_and_ends_ones_other_sessions(site: Site) -> None:
    dewi = a_colleague(site, Role.AGENT)
    other = a_browser(site, "10.9.4.1")
    sign_in(other, dewi.staff.email, PASSWORD)
    assert dewi.read("/account").count("/revoke") == 2
    dewi.post("/account/sessions/revoke-others")
    assert other.get("/desk/").status_code == 302
    assert dewi.get("/desk/").status_code == 200


def test_the_portal_speaks_the_language_of_whoever_is_signed_in(site: Site) -> None:
    dewi = a_colleague(site, Role.AGENT)
    assert "Your profile" in dewi.read("/account")
    dewi.post("/account", {"name": "Dewi L", "lang": "id"})
    assert "Your profile" not in dewi.read("/account")
    assert "Dewi L" in dewi.read("/account")


def test_nobody_gives_themselves_a_role(site: Site) -> None:
    dewi = a_colleague(site, Role.WRITER)
    extra = {"roles": "admin", "is_admin": "1", "id": "1", "email": "x@y.z"}
    dewi.post("/account", {"name": "Dewi", "lang": "en", **extra})
    found = site.services.accounts.get_staff(dewi.staff.id)
    assert (found.roles, found.email) == ({Role.WRITER}, dewi.staff.email)


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140 Safari/537.36",
            "Chrome, Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox, Linux",
        ),
        ("", "Unknown browser"),
    ],
)
def test_browsers_have_names(user_agent: str, name: str) -> None:
    assert browser_name(user_agent) == name
