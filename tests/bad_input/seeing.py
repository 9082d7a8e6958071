"""Acts that many cases share: post this, open that, run this command."""

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from werkzeug.test import TestResponse

from tests.bad_input.case import Seen, Via
from tests.bad_input.stage import Ended, Stage, put, run

Act = Callable[[Stage], Seen]
ENGLISH = {"Accept-Language": "en"}
MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
LANG = re.compile(r'<html lang="([a-z]+)"')
JSON = "application/json"


def seen_of(response: TestResponse) -> Seen:
    headers = dict(response.headers)
    if response.mimetype == JSON:
        document = response.get_json()
        text = document["error"]["message"] if "error" in document else response.get_data(True)
        return Seen(Via.API, response.status_code, text, headers=headers, document=document)
    page = response.get_data(as_text=True)
    lang = LANG.search(page)
    return Seen(Via.PAGE, response.status_code, read(page), lang[1] if lang else "", headers)


def read(page: str) -> str:
    """What a person reads of a page's main part."""
    main = MAIN.search(page)
    return " ".join(html.unescape(TAG.sub(" ", main[0] if main else page)).split())


def ended(done: Ended) -> Seen:
    return Seen(Via.COMMAND, done.code, f"{done.out}\n{done.err}")


def page(method: str, path: str, **request: Any) -> Act:
    """The browser asks for English; the address decides."""
    request["headers"] = {**ENGLISH, **request.get("headers", {})}
    return lambda stage: seen_of(stage.visitor().open(path, method=method, **request))


def api(body: bytes | str, *, mimetype: str = JSON, path: str = "/api/v1/ask") -> Act:
    return lambda stage: seen_of(stage.visitor().post(path, data=body, content_type=mimetype))


def asked(body: bytes | str | dict[str, str], lang: str = "en") -> Act:
    """The question form without JavaScript: sent, then the page that follows."""

    def act(stage: Stage) -> Seen:
        visitor = stage.visitor()
        form = {"content_type": "application/x-www-form-urlencoded"}
        sent = visitor.post(f"/{lang}/ask", data=body, **({} if isinstance(body, dict) else form))
        return seen_of(visitor.get(f"/{lang}/ask") if sent.status_code == 303 else sent)

    return act


def command(*arguments: object) -> Act:
    """`jawab` at a site with one article."""
    return lambda stage: ended(run("--site", stage.site(), *arguments))


def checked(name: str, content: str | bytes) -> Act:
    """`jawab articles check` on a folder that holds this file."""

    def act(stage: Stage) -> Seen:
        site = stage.folder()
        put(site, name, content)
        return ended(run("articles", "check", site / "articles"))

    return act


def with_settings(toml: str | bytes) -> Act:
    """`jawab ask` at a site with these settings."""

    def act(stage: Stage) -> Seen:
        site = stage.folder()
        (site / "jawab.toml").write_bytes(toml.encode() if isinstance(toml, str) else toml)
        return ended(run("--site", site, "ask", "ongkir"))

    return act


def changed(change: Callable[[Path], object], *arguments: object) -> Act:
    """`jawab` at a site after this was done to it."""

    def act(stage: Stage) -> Seen:
        site = stage.site()
        change(site)
        return ended(run("--site", site, *arguments))

    return act
