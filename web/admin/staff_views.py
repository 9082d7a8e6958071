"""Who works here: add, change roles, close and reopen accounts, give a new password."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.accounts.errors import InvalidStaff, LastAdmin, StaffExists
from web.accounts.gate import current_staff
from web.accounts.models import Role
from web.accounts.wording import role_duty, role_name
from web.admin.blueprint import bp
from web.admin.forms import RolesForm, StaffForm
from web.forms import FormProblems, read_form
from web.i18n import N_
from web.i18n import gettext as _
from web.services import services

LAST_ADMIN = N_("This is the last admin: make somebody else an admin first.")


@bp.get("/staff")
def staff() -> str:
    return _page()


@bp.post("/staff")
def add_staff() -> str | tuple[str, int]:
    """The page with the one-time password: the only time it is shown."""
    form = read_form(StaffForm, request.form)
    if isinstance(form, FormProblems):
        return _page(problems=form.problems), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        password = services().accounts.add_staff(
            form.email, form.name, form.roles, lang=form.lang, by=current_staff().email
        )
    except StaffExists:
        problems = {"email": _("This address has an account already.")}
        return _page(problems=problems), HTTPStatus.UNPROCESSABLE_ENTITY
    except InvalidStaff as invalid:
        problems = {invalid.field: _("That does not look right.")}
        return _page(problems=problems), HTTPStatus.UNPROCESSABLE_ENTITY
    return _page(password=password, password_for=form.email.strip().lower())


@bp.post("/staff/<int:staff_id>/roles")
def change_roles(staff_id: int) -> Response:
    form = read_form(RolesForm, request.form)
    if isinstance(form, FormProblems):
        flash(_("Choose at least one role."), "danger")
    else:
        try:
            services().accounts.change_roles(staff_id, form.roles, by=current_staff())
            flash(_("The roles are changed."), "success")
        except LastAdmin:
            flash(_(LAST_ADMIN), "danger")
    return _back()


@bp.post("/staff/<int:staff_id>/disable")
def disable_staff(staff_id: int) -> Response:
    try:
        services().accounts.disable(staff_id, by=current_staff())
        flash(_("The account is closed and signed out everywhere."), "success")
    except LastAdmin:
        flash(_(LAST_ADMIN), "danger")
    return _back()


@bp.post("/staff/<int:staff_id>/enable")
def enable_staff(staff_id: int) -> Response:
    services().accounts.enable(staff_id, by=current_staff())
    flash(_("The account is open again."), "success")
    return _back()


@bp.post("/staff/<int:staff_id>/password")
def reset_password(staff_id: int) -> str:
    person = services().accounts.get_staff(staff_id)
    password = services().accounts.set_password(person.email, by=current_staff().email)
    return _page(password=password, password_for=person.email)


def _back() -> Response:
    return redirect(url_for("admin.staff"), HTTPStatus.SEE_OTHER)


def _page(
    *, problems: Mapping[str, str] | None = None, password: str = "", password_for: str = ""
) -> str:
    return render_template(
        "admin/staff.html",
        people=services().accounts.list_staff(),
        roles=tuple(Role),
        role_name=role_name,
        role_duty=role_duty,
        problems=problems or {},
        sent=request.form if problems else {},
        sent_roles=request.form.getlist("roles") if problems else [],
        password=password,
        password_for=password_for,
        site_address=services().settings.site.url,
    )
