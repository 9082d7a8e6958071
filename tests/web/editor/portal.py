"""A member of staff at the keyboard: signed in, with the forms' token."""

import html
import re
from typing import Any

from werkzeug.test import TestResponse

from kb.models import ArticleKey
from tests.web.accounts.building import CHEAP, PASSWORD, sign_in
from tests.web.sites import Site
from tests.web.staffing import token_of
from web.accounts.cookie import staff_cookie
from web.accounts.models import Role
from web.accounts.passwords import Passwords
from web.accounts.services import Accounts

PAKET = ArticleKey("id", "paket-belum-sampai")
AT_PAKET = "/edit/id/paket-belum-sampai"


class Person:
    def __init__(
        self, site: Site, *roles: Role, email: str = "dewi@toko.test", lang: str = "en"
    ) -> None:
        self.site, self.client = site, site.visitor()
        services = site.services
        accounts = Accounts(services.database, services.responder.clock, Passwords(CHEAP))
        accounts.add_staff(email, "Dewi Lestari", roles, PASSWORD, lang=lang)
        self.client.set_cookie(staff_cookie(services.settings), sign_in(accounts, email))
        self.token = token_of(self.page("/account"))

    def page(self, path: str, status: int = 200) -> str:
        response = self.client.get(path)
        assert response.status_code == status, (path, response.status_code)
        return response.get_data(as_text=True)

    def post(self, path: str, **data: Any) -> TestResponse:
        return self.client.post(path, data={**data, "csrf_token": self.token})

    def follow(self, path: str, **data: Any) -> str:
        """The page that comes after sending a form."""
        sent = {**data, "csrf_token": self.token}
        response = self.client.post(path, data=sent, follow_redirects=True)
        assert response.status_code == 200, (path, response.status_code)
        return html.unescape(response.get_data(as_text=True))

    def form(self, path: str = AT_PAKET, **changes: str) -> dict[str, str]:
        """What the browser would send from the article's form, with some fields changed."""
        return {**form_values(self.page(path)), **changes}


def form_values(page: str) -> dict[str, str]:
    """The values of the editor's form, as a browser sends them: CRLF in text areas."""
    form = page[page.index('id="article-form"') :]
    form = form[: form.index("</form>")]
    found: dict[str, str] = {}
    for name, value in re.findall(r'<input[^>]* name="(\w+)"[^>]*? value="([^"]*)"', form):
        found[name] = html.unescape(value)
    for name, text in re.findall(
        r'<textarea[^>]* name="(\w+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL
    ):
        found[name] = html.unescape(text).replace("\n", "\r\n")
    for name, options in re.findall(
        r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(r'<option value="([^"]*)" selected>', options)
        found[name] = html.unescape(chosen.group(1)) if chosen else ""
    if "auto_answer" in found and not re.search(r'name="auto_answer"[^>]* checked', form):
        del found["auto_answer"]
    return found
