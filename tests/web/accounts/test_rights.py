"""Every address of the portal is closed but to whom the table opens it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from werkzeug.routing import Rule

from tests.conftest import StillClock
from tests.outside import PROJECT
from tests.web.sites import Site, make_site
from tests.web.staffing import Colleague, a_browser, a_colleague, sign_in
from web.accounts.models import Role
from web.accounts.rights import (
    BACKGROUND,
    BEFORE_NEW_PASSWORD,
    OPEN,
    RIGHTS,
    STAFF_BLUEPRINTS,
    rights_table,
)

EXAMPLES = {"lang": "id", "slug": "tidak-ada", "number": 1, "staff_id": 999, "key_id": 999}
# they would end the very session that the matrix is tried with
LAST = ("accounts.sign_out",)


@dataclass(frozen=True, slots=True)
class Team:
    site: Site
    people: dict[Role, Colleague]


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    site = make_site(tmp_path_factory.mktemp("rights") / "site", StillClock())
    yield Team(site, {role: a_colleague(site, role) for role in Role})
    site.services.database.close()


def staff_rules(site: Site) -> list[Rule]:
    rules = site.app.url_map.iter_rules()
    found = [rule for rule in rules if rule.endpoint.partition(".")[0] in STAFF_BLUEPRINTS]
    return sorted(found, key=lambda rule: (rule.endpoint in LAST, rule.rule, rule.endpoint))


def path_and_method(site: Site, rule: Rule) -> tuple[str, str]:
    values = {name: EXAMPLES.get(name, "1") for name in rule.arguments}
    method = "POST" if "POST" in (rule.methods or ()) else "GET"
    path = site.app.url_map.bind("localhost").build(rule.endpoint, values, method=method)
    return path, method


def asked(site: Site, who: Colleague, rule: Rule) -> int:
    path, method = path_and_method(site, rule)
    return (who.post(path) if method == "POST" else who.get(path)).status_code


def test_the_table_names_every_address_of_the_portal_and_no_other(team: Team) -> None:
    endpoints = {rule.endpoint for rule in staff_rules(team.site)}
    assert endpoints == set(RIGHTS) | OPEN
    assert not OPEN & set(RIGHTS)
    assert endpoints >= BACKGROUND | BEFORE_NEW_PASSWORD


@pytest.mark.parametrize("role", list(Role))
def test_a_role_gets_exactly_what_the_table_gives_it(team: Team, role: Role) -> None:
    who = a_colleague(team.site, role) if role is not Role.ADMIN else team.people[role]
    for rule in staff_rules(team.site):
        if rule.endpoint in OPEN or rule.endpoint in LAST:
            continue
        status = asked(team.site, who, rule)
        assert status < 500, rule
        if role not in RIGHTS[rule.endpoint]:
            assert status == 403, rule
        elif rule.endpoint != "edit.publish":
            assert status != 403, rule


def test_a_stranger_is_sent_to_the_sign_in_page_everywhere(team: Team) -> None:
    stranger = a_browser(team.site)
    for rule in staff_rules(team.site):
        if rule.endpoint in OPEN:
            continue
        path, method = path_and_method(team.site, rule)
        answer = stranger.open(path, method=method)
        if method == "POST":
            assert answer.status_code == 400, rule  # without the token of a page
        elif rule.endpoint in BACKGROUND:
            assert answer.status_code == 401, rule
        else:
            assert answer.status_code == 302, rule
            assert answer.headers["Location"].startswith("/sign-in"), rule


def test_no_changing_request_gets_through_without_its_token(team: Team) -> None:
    admin = a_colleague(team.site, *Role)
    tokens: list[dict[str, str]] = [{}, {"csrf_token": ""}, {"csrf_token": "made-up"}]
    for rule in staff_rules(team.site):
        path, method = path_and_method(team.site, rule)
        if method != "POST":
            continue
        for data in tokens:
            assert admin.browser.post(path, data=data).status_code == 400, rule


def test_no_changing_request_gets_through_from_another_site(team: Team) -> None:
    admin = a_colleague(team.site, *Role)
    for rule in staff_rules(team.site):
        path, method = path_and_method(team.site, rule)
        if method != "POST":
            continue
        for headers in (
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Origin": "null"},
            {"Origin": "http://localhost:81"},
        ):
            data = {"csrf_token": admin.token}
            refused = admin.browser.post(path, data=data, headers=headers)
            assert refused.status_code == 403, rule


def test_the_token_of_one_session_does_not_fit_another(team: Team) -> None:
    mine, theirs = a_colleague(team.site, Role.ADMIN), a_colleague(team.site, Role.ADMIN)
    data = {"csrf_token": theirs.token, "name": "Shop"}
    assert mine.browser.post("/admin/api-keys", data=data).status_code == 400


def test_pages_of_the_portal_are_kept_by_no_cache(team: Team) -> None:
    for path in ("/account", "/desk/", "/admin/staff", "/edit/"):
        response = a_colleague(team.site, *Role).get(path)
        assert response.headers["Cache-Control"] == "no-store"


def test_the_documentation_holds_the_same_table() -> None:
    written = (PROJECT / "docs" / "roles.md").read_text(encoding="utf-8")
    assert written.endswith(rights_table()), "write rights_table() into docs/roles.md anew"


def test_whoever_must_choose_a_password_can_do_nothing_else(team: Team) -> None:
    accounts = team.site.services.accounts
    one_time = accounts.add_staff("baru@toko.test", "Baru", list(Role))
    browser = a_browser(team.site, "10.7.254.1")
    assert sign_in(browser, "baru@toko.test", one_time).status_code == 303
    for path in ("/desk/", "/edit/", "/admin/staff", "/account"):
        answer = browser.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/account/password")
    assert browser.get("/account/password").status_code == 200
