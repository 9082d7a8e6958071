"""Signing in and out, and one's own account."""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import session as csrf_session
from werkzeug.wrappers import Response

from web.accounts.cookie import clear_cookie, set_cookie, staff_cookie
from web.accounts.errors import SignInRefused, WeakPassword, WrongPassword
from web.accounts.forms import PasswordForm, ProfileForm, SignInForm
from web.accounts.gate import carry_on_with, current_staff, find_staff, signed_in
from web.accounts.models import Role, Staff
from web.accounts.next_page import is_local_path
from web.accounts.wording import browser_name, role_name
from web.forms import FormProblems, read_form
from web.i18n import N_
from web.i18n import gettext as _
from web.services import services

account_pages = bp = Blueprint("accounts", __name__)
REFUSED = N_(
    "That did not work. Check e-mail address and password; after several wrong tries "
    "signing in is paused for up to 15 minutes."
)
WEAK = {
    "short": N_("Use at least 12 characters; a few words in a row are fine."),
    "long": N_("That is too long: at most 256 characters."),
    "repetitive": N_("That repeats too few characters; mix in some others."),
    "own_name": N_("Do not use your own name or e-mail address."),
}


@bp.get("/staff")
def start() -> Response:
    """The first page for one's roles."""
    return redirect(home_of(current_staff()))


@bp.get("/sign-in")
def sign_in() -> Response | str:
    staff = find_staff()
    if staff is not None:
        return redirect(home_of(staff))
    return _sign_in_page(request.args.get("next", ""))


@bp.post("/sign-in")
def check_sign_in() -> Response | tuple[str, int]:
    form = read_form(SignInForm, request.form)
    if isinstance(form, FormProblems):
        return _refused(request.form.get("email", ""), request.form.get("next", ""))
    try:
        session_id = services().accounts.sign_in(
            form.email,
            form.password,
            address=request.remote_addr or "unknown",
            user_agent=request.user_agent.string,
        )
    except SignInRefused:
        return _refused(form.email, form.next)
    csrf_session.clear()
    target = form.next if is_local_path(form.next) else url_for("accounts.start")
    response = redirect(target, HTTPStatus.SEE_OTHER)
    set_cookie(response, session_id, services().settings)
    return response


@bp.post("/sign-out")
def sign_out() -> Response:
    settings = services().settings
    services().accounts.sessions.close(request.cookies.get(staff_cookie(settings), ""))
    csrf_session.clear()
    response = redirect(url_for("accounts.sign_in"), HTTPStatus.SEE_OTHER)
    clear_cookie(response, settings)
    return response


@bp.get("/account")
def profile() -> str:
    staff = current_staff()
    return _profile_page(name=staff.name, lang=staff.lang, problems={})


@bp.post("/account")
def save_profile() -> Response | tuple[str, int]:
    form = read_form(ProfileForm, request.form)
    if isinstance(form, FormProblems):
        page = _profile_page(
            name=request.form.get("name", ""),
            lang=request.form.get("lang", ""),
            problems=form.problems,
        )
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    services().accounts.change_profile(current_staff(), name=form.name, lang=form.lang)
    flash(_("Saved."), "success")
    return redirect(url_for("accounts.profile"), HTTPStatus.SEE_OTHER)


@bp.get("/account/password")
def password() -> str:
    return _password_page({})


@bp.post("/account/password")
def change_password() -> Response | tuple[str, int]:
    form = read_form(PasswordForm, request.form)
    if isinstance(form, FormProblems):
        return _password_page(form.problems), HTTPStatus.UNPROCESSABLE_ENTITY
    if form.wanted != form.repeated:
        problems = {"repeated": _("The two new passwords differ.")}
        return _password_page(problems), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        new_id = services().accounts.change_password(signed_in(), form.present, form.wanted)
    except (WrongPassword, SignInRefused):
        problems = {"present": _("The present password is not right.")}
        return _password_page(problems), HTTPStatus.UNPROCESSABLE_ENTITY
    except WeakPassword as weak:
        problems = {"wanted": _(WEAK[weak.reason])}
        return _password_page(problems), HTTPStatus.UNPROCESSABLE_ENTITY
    carry_on_with(new_id)
    flash(_("Your password is changed. Other browsers were signed out."), "success")
    return redirect(url_for("accounts.start"), HTTPStatus.SEE_OTHER)


@bp.post("/account/sessions/<id_hash>/revoke")
def revoke_session(id_hash: str) -> Response:
    if services().accounts.sessions.revoke(current_staff(), id_hash):
        flash(_("That browser is signed out."), "success")
    return redirect(url_for("accounts.profile"), HTTPStatus.SEE_OTHER)


@bp.post("/account/sessions/revoke-others")
def revoke_others() -> Response:
    who = signed_in()
    services().accounts.sessions.revoke_others(who.staff, keep=who.session)
    flash(_("All other browsers are signed out."), "success")
    return redirect(url_for("accounts.profile"), HTTPStatus.SEE_OTHER)


def home_of(staff: Staff) -> str:
    """Agents start at the queue, writers at the articles, an admin of a new firm at the welcome."""
    if staff.has(Role.ADMIN) and not services().responder.firm.get().onboarded:
        return url_for("admin.welcome")
    return url_for("desk.index" if staff.has(Role.AGENT, Role.ADMIN) else "edit.index")


def _sign_in_page(next_page: str, *, email: str = "", problem: str = "") -> str:
    return render_template(
        "accounts/sign_in.html",
        email=email,
        next_page=next_page,
        problem=problem,
        unsafe=_is_unsafe(),
    )


def _refused(email: str, next_page: str) -> tuple[str, int]:
    page = _sign_in_page(next_page, email=email[:320], problem=_(REFUSED))
    return page, HTTPStatus.UNPROCESSABLE_ENTITY


def _is_unsafe() -> bool:
    """Plain http on something other than this machine: passwords could be read on the way."""
    settings = services().settings
    host = urlsplit(settings.site.url).hostname
    return not settings.is_https and host not in ("127.0.0.1", "localhost", "::1")


def _password_page(problems: Mapping[str, str]) -> str:
    return render_template(
        "accounts/password.html",
        problems=problems,
        forced=current_staff().must_change_password,
    )


def _profile_page(*, name: str, lang: str, problems: Mapping[str, str]) -> str:
    who = signed_in()
    return render_template(
        "accounts/profile.html",
        name=name,
        chosen_lang=lang,
        role_name=role_name,
        browser_name=browser_name,
        problems=problems,
        sessions=services().accounts.sessions.list_sessions(who.staff),
        present=who.session,
    )
