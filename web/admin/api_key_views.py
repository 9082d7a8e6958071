"""Keys for programs."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.accounts.gate import current_staff
from web.admin.blueprint import bp
from web.admin.forms import ApiKeyForm
from web.forms import FormProblems, read_form
from web.i18n import gettext as _
from web.services import services


@bp.get("/api-keys")
def api_keys() -> str:
    return _page()


@bp.post("/api-keys")
def create_api_key() -> str | tuple[str, int]:
    """The page with the new key: the only time it is shown."""
    form = read_form(ApiKeyForm, request.form)
    if isinstance(form, FormProblems):
        return _page(problem=form.problems["name"]), HTTPStatus.UNPROCESSABLE_ENTITY
    return _page(new_key=services().accounts.api_keys.create(form.name, by=current_staff()))


@bp.post("/api-keys/<int:key_id>/revoke")
def revoke_api_key(key_id: int) -> Response:
    services().accounts.api_keys.revoke(key_id, by=current_staff())
    flash(_("The key no longer works."), "success")
    return redirect(url_for("admin.api_keys"), HTTPStatus.SEE_OTHER)


def _page(*, problem: str = "", new_key: str = "") -> str:
    return render_template(
        "admin/api_keys.html",
        keys=services().accounts.api_keys.list_keys(),
        problem=problem,
        new_key=new_key,
    )
