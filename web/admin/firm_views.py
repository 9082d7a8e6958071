"""What the firm says of itself: the first-run page, and the same fields later."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from responder.errors import InvalidProfile
from responder.firm import FirmProfile
from responder.hours import WorkingHours
from responder.models import Priority
from web.accounts.gate import current_staff
from web.admin.blueprint import bp
from web.admin.firm_fields import TIME_ZONES, firm_values, readable_changes
from web.admin.forms import AddressForm, FirmBasics, FirmForm, WelcomeForm
from web.admin.logo import store_logo
from web.admin.mail import MailRefused, send_test_mail
from web.admin.weekly import read_days_off
from web.forms import FormProblems, read_form
from web.i18n import LANGUAGE_NAMES
from web.i18n import gettext as _
from web.pictures import UnusablePicture, problem_text
from web.services import services

Sent = TypeVar("Sent", WelcomeForm, FirmForm)


@bp.get("/welcome")
def welcome() -> str:
    return _page("admin/welcome.html", firm_values(services().responder.firm.get()))


@bp.post("/welcome")
def finish_welcome() -> Response | tuple[str, int]:
    form = read_form(WelcomeForm, request.form)
    if isinstance(form, FormProblems):
        return _refused("admin/welcome.html", form.problems)
    if problems := _save(_welcomed, form):
        return _refused("admin/welcome.html", problems)
    flash(_("Welcome! Your help centre is ready."), "success")
    return redirect(url_for("admin.index"), HTTPStatus.SEE_OTHER)


@bp.get("/firm")
def firm() -> str:
    return _page("admin/firm.html", firm_values(services().responder.firm.get()))


@bp.post("/firm")
def save_firm() -> Response | tuple[str, int]:
    form = read_form(FirmForm, request.form)
    if isinstance(form, FormProblems):
        return _refused("admin/firm.html", form.problems)
    if problems := _save(_profile, form):
        return _refused("admin/firm.html", problems)
    flash(_("Saved."), "success")
    return redirect(url_for("admin.firm"), HTTPStatus.SEE_OTHER)


@bp.post("/firm/test-mail")
def test_mail() -> Response:
    """Send one mail with the settings of jawab.toml, and say what came of it."""
    form = read_form(AddressForm, request.form)
    if isinstance(form, FormProblems):
        flash(_("Give an e-mail address to send the test to."), "danger")
        return redirect(_back(), HTTPStatus.SEE_OTHER)
    settings = services().settings.mail.as_server()
    if settings is None:
        flash(_("Mail is not set up: fill in [mail] in jawab.toml and start again."), "warning")
        return redirect(_back(), HTTPStatus.SEE_OTHER)
    try:
        send_test_mail(settings, form.recipient, _firm_name())
    except MailRefused as refused:
        flash(_("The mail server refused: %(reason)s", reason=str(refused)), "danger")
    else:
        flash(_("A test mail is on its way to %(address)s.", address=form.recipient), "success")
    return redirect(_back(), HTTPStatus.SEE_OTHER)


def _welcomed(present: FirmProfile, form: WelcomeForm) -> FirmProfile:
    hours = replace(present.hours, time_zone=form.time_zone, weekly=form.weekly)
    return replace(_with_basics(present, form), hours=hours, onboarded=True)


def _profile(present: FirmProfile, form: FirmForm) -> FirmProfile:
    texts = {"id": form.contact_text_id, "en": form.contact_text_en}
    return replace(
        _with_basics(present, form),
        contact_phone=form.contact_phone,
        contact_text=MappingProxyType({lang: text for lang, text in texts.items() if text}),
        hours=WorkingHours(
            time_zone=form.time_zone,
            weekly=form.weekly,
            holidays_country=form.holidays_country,
            days_off=read_days_off(form.days_off) or frozenset(),
        ),
        order_patterns=tuple(form.order_patterns.split()),
        reply_minutes=MappingProxyType(
            {
                Priority.HIGH: form.reply_high,
                Priority.NORMAL: form.reply_normal,
                Priority.LOW: form.reply_low,
            }
        ),
        learn_after=form.learn_after,
    )


def _with_basics(present: FirmProfile, form: FirmBasics) -> FirmProfile:
    return replace(
        present,
        name=form.name,
        colour=form.colour,
        languages=_languages(form.languages),
        default_lang=form.default_lang,
        contact_email=form.contact_email,
        logo=_logo(present),
    )


def _save(changed: Callable[[FirmProfile, Sent], FirmProfile], form: Sent) -> Mapping[str, str]:
    """What is wrong with which field; nothing where it was saved."""
    by = current_staff().email
    present = services().responder.firm.get()
    try:
        wanted = changed(present, form)
        services().responder.firm.save(wanted, by)
    except InvalidProfile as invalid:
        return {invalid.field: _(invalid.problem)}
    except UnusablePicture as unusable:
        return {"logo": problem_text(unusable)}
    before, after = readable_changes(present, wanted)
    if before != after:
        services().accounts.audit.record(by, "firm.change", wanted.name, before=before, after=after)
    return {}


def _logo(present: FirmProfile) -> str:
    upload = request.files.get("logo")
    if upload is not None and upload.filename:
        return store_logo(upload.read(), Path(services().settings.media_dir))
    return "" if "remove_logo" in request.form else present.logo


def _languages(chosen: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(lang for lang in LANGUAGE_NAMES if lang in chosen)


def _firm_name() -> str:
    return services().responder.firm.get().name


def _back() -> str:
    onboarded = services().responder.firm.get().onboarded
    return url_for("admin.firm" if onboarded else "admin.welcome")


def _page(
    template: str, values: Mapping[str, Any], problems: Mapping[str, str] | None = None
) -> str:
    return render_template(
        template,
        values=values,
        problems=problems or {},
        zones=TIME_ZONES,
        language_names=LANGUAGE_NAMES,
        has_mail=bool(services().settings.mail.host),
    )


def _refused(template: str, problems: Mapping[str, str]) -> tuple[str, int]:
    sent = {**request.form.to_dict(), "languages": request.form.getlist("languages")}
    values = {**firm_values(services().responder.firm.get()), **sent}
    return _page(template, values, problems), HTTPStatus.UNPROCESSABLE_ENTITY
