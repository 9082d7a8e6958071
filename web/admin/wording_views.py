"""The sentences the bot says by itself, as the firm wants them."""

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from responder.errors import InvalidWording
from responder.wording import placeholders
from web.accounts.gate import current_staff
from web.admin.blueprint import bp
from web.admin.forms import WordingForm
from web.admin.wording_groups import group_texts
from web.forms import FormProblems, read_form
from web.i18n import gettext as _
from web.services import services


@bp.get("/wording")
def wording() -> str:
    firm = services().responder.firm.get()
    return _page(request.args.get("lang", firm.default_lang))


@bp.post("/wording/<lang>")
def save_wording(lang: str) -> Response | tuple[str, int]:
    form = read_form(WordingForm, request.form)
    if isinstance(form, FormProblems):
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    texts = services().responder.wording
    present = {entry.key: entry for entry in texts.list_texts(lang)}.get(form.key)
    wanted = None if form.reset else form.text
    try:
        texts.change(lang, form.key, wanted)
    except InvalidWording as invalid:
        problem = _(invalid.template, **invalid.facts)
        page = _page(lang, wrong=form.key, sent=form.text, problem=problem)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    services().accounts.audit.record(
        current_staff().email,
        "wording.change",
        f"{lang}: {form.key}",
        before={"text": present.text if present else ""},
        after={"text": wanted or (present.default if present else "")},
    )
    flash(_("Saved."), "success")
    return redirect(url_for("admin.wording", lang=lang, _anchor=form.key), HTTPStatus.SEE_OTHER)


def _page(lang: str, *, wrong: str = "", sent: str = "", problem: str = "") -> str:
    texts = services().responder.wording
    if lang not in texts.languages:
        abort(HTTPStatus.NOT_FOUND)
    return render_template(
        "admin/wording.html",
        groups=group_texts(texts.list_texts(lang)),
        placeholders=placeholders,
        languages=texts.languages,
        chosen_lang=lang,
        wrong=wrong,
        sent=sent,
        problem=problem,
    )
