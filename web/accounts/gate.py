"""The gate before every staff page: who is this, and may they."""

from dataclasses import replace

from flask import Flask, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from web.accounts.cookie import set_cookie, staff_cookie
from web.accounts.models import SignedIn, Staff
from web.accounts.rights import BACKGROUND, BEFORE_NEW_PASSWORD, OPEN, RIGHTS, STAFF_BLUEPRINTS
from web.accounts.services import Accounts
from web.settings import Settings


def signed_in() -> SignedIn:
    """Who makes this request; only behind the gate."""
    found: SignedIn | None = g.get("signed_in")
    if found is None:
        abort(401)
    return found


def current_staff() -> Staff:
    return signed_in().staff


def find_staff() -> Staff | None:
    """The person behind this request, on whichever page, or None."""
    found: SignedIn | None = g.get("signed_in")
    return found.staff if found else None


def carry_on_with(session_id: str) -> None:
    """Give this browser its session's new id with the answer to this request."""
    g.signed_in = replace(signed_in(), new_id=session_id)


def install_gate(app: Flask, accounts: Accounts, settings: Settings) -> None:
    """Close every endpoint of the staff blueprints but to whom RIGHTS opens it."""

    def recognise() -> AnyResponse | None:
        if request.blueprint not in STAFF_BLUEPRINTS:
            return None
        session_id = request.cookies.get(staff_cookie(settings), "")
        touch = request.endpoint not in BACKGROUND
        g.signed_in = accounts.sessions.resume(session_id, touch=touch) if session_id else None
        return None if request.endpoint in OPEN else _refusal(request.endpoint or "")

    def renew(response: Response) -> Response:
        found: SignedIn | None = g.get("signed_in")
        if found is not None and found.new_id is not None:
            set_cookie(response, found.new_id, settings)
        if request.blueprint in STAFF_BLUEPRINTS:
            response.headers["Cache-Control"] = "no-store"
        return response

    app.before_request(recognise)
    app.after_request(renew)


def _refusal(endpoint: str) -> AnyResponse | None:
    found: SignedIn | None = g.get("signed_in")
    if found is None:
        return _to_sign_in()
    if not found.staff.has(*RIGHTS.get(endpoint, ())):
        abort(403)
    if found.staff.must_change_password and endpoint not in BEFORE_NEW_PASSWORD:
        return redirect(url_for("accounts.password"))
    return None


def _to_sign_in() -> AnyResponse:
    asks_by_script = "HX-Request" in request.headers or request.is_json
    if request.endpoint in BACKGROUND or asks_by_script:
        abort(401)
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", next=wanted))
