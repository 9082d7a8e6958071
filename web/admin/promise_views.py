"""At most so many wrong in 100 automatic answers: what can be promised, and what is."""

from http import HTTPStatus
from typing import Annotated

from flask import flash, redirect, render_template, request, url_for
from pydantic import Field
from werkzeug.wrappers import Response

from responder.channels.formats import FORMATS
from responder.promise import CERTAINTY, least_reviews
from responder.promises import MadePromise, Standing
from responder.review import Scope
from responder.thresholds import ANY, PUBLIC
from web.accounts.gate import current_staff
from web.admin.audit_words import person_name
from web.admin.blueprint import bp
from web.admin.promise_audit import note_promise
from web.admin.promise_words import place_text, promise_text, standing_name
from web.charts import histogram, tradeoff
from web.desk.words import channel_name
from web.forms import Form, FormProblems, read_form
from web.i18n import gettext as _
from web.services import current_firm, services

# wrong answers in 100, most careful first
CHOICES = (1, 2, 3, 5, 10)
USUAL = 2


class PlaceForm(Form):
    channel: Annotated[str, Field(max_length=20)] = ANY
    lang: Annotated[str, Field(max_length=3)] = ANY

    @property
    def scope(self) -> Scope | None:
        """None: there is no such place."""
        is_known = self.channel in (ANY, PUBLIC, *FORMATS)
        is_spoken = self.lang in (ANY, *current_firm().languages)
        return Scope(self.channel, self.lang) if is_known and is_spoken else None


class PromiseForm(PlaceForm):
    allowed: Annotated[int, Field(ge=1, le=20)] = USUAL


@bp.get("/promises")
def promises() -> str:
    form = read_form(PromiseForm, request.args)
    is_usable = not isinstance(form, FormProblems) and form.scope is not None
    return _page(form if not isinstance(form, FormProblems) and is_usable else PromiseForm())


@bp.post("/promises")
def make_promise() -> Response | tuple[str, int]:
    form = read_form(PromiseForm, request.form)
    if isinstance(form, FormProblems) or form.scope is None:
        flash(_("Choose one of the list."), "danger")
        return _page(PromiseForm()), HTTPStatus.UNPROCESSABLE_ENTITY
    by = current_staff().email
    note = note_promise(services().accounts.audit, by)
    made = services().responder.promises.make(form.scope, form.allowed / 100, by, note)
    if made.standing is Standing.KEPT:
        flash(_("Promised. The bot goes by it everywhere within seconds."), "success")
    else:
        flash(_("Noted. Until there are enough reviews the careful default counts."), "info")
    return _to_page(form)


@bp.post("/promises/withdraw")
def withdraw_promise() -> Response:
    form = read_form(PlaceForm, request.form)
    by = current_staff().email
    note = note_promise(services().accounts.audit, by)
    if not isinstance(form, FormProblems) and form.scope is not None:
        services().responder.promises.withdraw(form.scope, by, note)
        flash(_("Withdrawn. The threshold stays where it is until you change it."), "success")
    return redirect(url_for("admin.promises"), HTTPStatus.SEE_OTHER)


def list_uneasy() -> tuple[MadePromise, ...]:
    """Promises that an admin should look at."""
    found = services().responder.promises.list_promises()
    return tuple(made for made in found if made.standing is not Standing.KEPT)


def _page(form: PromiseForm) -> str:
    scope = form.scope or Scope(ANY, ANY)
    web = services().responder
    found = web.promises.assess(scope, form.allowed / 100)
    history = web.promises.history()
    return render_template(
        "admin/promises.html",
        form=form,
        scope=scope,
        found=found,
        chosen=found.outcome.chosen,
        certainty=CERTAINTY,
        least=least_reviews(form.allowed / 100),
        picture=tradeoff(found.outcome, found.drawable_share),
        bars=histogram(web.review.confidences(scope), found.in_force),
        made=web.promises.list_promises(),
        history=history,
        channels=[(key, channel_name(key)) for key in (ANY, PUBLIC, *FORMATS)],
        languages=current_firm().languages,
        choices=CHOICES,
        standing_name=standing_name,
        place_text=place_text,
        promise_text=promise_text,
        person_name=person_name,
    )


def _to_page(form: PromiseForm) -> Response:
    address = url_for("admin.promises", channel=form.channel, lang=form.lang, allowed=form.allowed)
    return redirect(address, HTTPStatus.SEE_OTHER)
