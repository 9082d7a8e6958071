"""How customers spell words: the list, one entry of it, and what an edit would do."""

import json
from collections.abc import Mapping
from http import HTTPStatus

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kb.errors import InvalidArticle, InvalidSlang, SlangConflict
from kb.lexicon import LONGEST_FORM, LONGEST_PLAIN, SlangPair, pair_of
from kb.slang import SlangEdit
from responder.changes import Slang
from responder.whatif import Outlook, Scope
from web.accounts.gate import current_staff
from web.article_problems import problem_on_line, problem_text
from web.editor.blueprint import bp
from web.editor.forms import SlangForm, SlangListForm
from web.editor.slang_listing import slang_listing, slang_row
from web.editor.slang_saving import change_of, save
from web.forms import FormProblems, read_form
from web.i18n import current_lang
from web.i18n import gettext as _
from web.outlook.looking import look_ahead
from web.outlook.page import OutlookPage, outlook_page
from web.outlook.serving import serve_lines, wants_lines
from web.outlook.watching import NDJSON, Line
from web.services import current_firm, services

STOP_ASKING = 286
LONGEST_ASKED = 300
NOTHING = SlangPair("", "")


@bp.get("/slang")
def slang() -> str:
    form = read_form(SlangListForm, request.args)
    if isinstance(form, FormProblems):
        form = SlangListForm()
    lang, lists = _language(form.lang), services().slang
    return render_template(
        "editor/slang.html",
        listing=slang_listing(lists.get_list(lang), lists.lexicon(), form.view, form.q, form.page),
        sent=form,
        languages=current_firm().languages,
        problems=[(found.path, problem_on_line(found)) for found in lists.list_problems()],
        **_state(lang),
    )


@bp.get("/slang/entry")
def slang_entry() -> str:
    """A new entry, or that of the form asked for."""
    lang = _language(request.args.get("lang", ""))
    form = request.args.get("form", "")[:LONGEST_ASKED].strip().casefold()
    found = services().slang.get_list(lang)
    own = found.find_own(form) or NOTHING
    return _page(
        SlangForm(
            lang=lang,
            form=form,
            plain=found.forms.get(form, ""),
            was_form=own.form,
            was_plain=own.plain,
        )
    )


@bp.get("/slang/state")
def slang_state() -> Response:
    """Whether what is listed is in force; asked again until it is."""
    state = _state(_language(request.args.get("lang", "")))
    answer = make_response(render_template("editor/slang_state.html", **state))
    if not state["is_waiting"]:
        answer.status_code = STOP_ASKING
    return answer


@bp.post("/slang")
def save_slang() -> AnyResponse | str | tuple[str, int]:
    return _edit(is_removal=False)


@bp.post("/slang/remove")
def remove_slang() -> AnyResponse | str | tuple[str, int]:
    return _edit(is_removal=True)


def _edit(*, is_removal: bool) -> AnyResponse | str | tuple[str, int]:
    form = read_form(SlangForm, request.form)
    if isinstance(form, FormProblems):
        abort(HTTPStatus.BAD_REQUEST)
    if form.lang not in current_firm().languages:
        abort(HTTPStatus.NOT_FOUND)
    try:
        now = None if is_removal else pair_of(form.form, form.plain)
        return _carried_out(form, SlangEdit(form.lang, form.was, now))
    except InvalidSlang as invalid:
        return _refused(form, {invalid.field: problem_text(invalid)})
    except InvalidArticle as invalid:
        return _refused(form, {"file": problem_on_line(invalid)})
    except SlangConflict as conflict:
        return _overtaken(form, conflict), HTTPStatus.CONFLICT


def _carried_out(form: SlangForm, edit: SlangEdit) -> AnyResponse | str:
    """Saved, unless there is something that nobody has looked at yet."""
    if edit.now == edit.was:
        flash(_("Nothing was changed."), "info")
        return redirect(url_for("edit.slang", lang=edit.lang), HTTPStatus.SEE_OTHER)
    change = None if form.confirmed else change_of(edit)
    if wants_lines() and not form.confirmed:
        return _lines(form, edit, change)
    seen = look_ahead(change) if change else None
    if seen is not None and seen.outlook.effects.effects:
        return _page(form, edit=edit, seen=seen)
    save(edit, current_staff().email, knowingly=form.confirmed == "yes")
    flash(_told(edit), "success")
    where = url_for("edit.slang", lang=edit.lang, saved=1)
    return redirect(where, HTTPStatus.SEE_OTHER)


def _lines(form: SlangForm, edit: SlangEdit, change: Slang | None) -> Response:
    """As lines: the page to be read first, or word to send the form once more."""
    nothing: Line = {"confirmed": "seen"}
    if change is None:
        return Response(json.dumps(nothing) + "\n", mimetype=NDJSON)

    def finish(outlook: Outlook) -> Line:
        seen = outlook_page(outlook)
        gate: Line = {
            "html": render_template("editor/slang_gate.html", sent=form, edit=edit, seen=seen)
        }
        return gate if outlook.effects.effects else nothing

    return serve_lines(change, Scope(), finish)


def _refused(form: SlangForm, problems: Mapping[str, str]) -> tuple[str, int]:
    return _page(form, problems=problems), HTTPStatus.UNPROCESSABLE_ENTITY


def _overtaken(form: SlangForm, conflict: SlangConflict) -> str:
    """The entry as it is now beside what was written; sent again, it takes the place of that."""
    if form.was_form in ("", conflict.form):
        now = SlangPair(conflict.form, conflict.found) if conflict.found else NOTHING
        form = form.model_copy(update={"was_form": now.form, "was_plain": now.plain})
    return _page(form, conflict=conflict)


def _page(
    form: SlangForm,
    *,
    edit: SlangEdit | None = None,
    seen: OutlookPage | None = None,
    problems: Mapping[str, str] | None = None,
    conflict: SlangConflict | None = None,
) -> str:
    lists = services().slang
    found = lists.get_list(form.lang)
    return render_template(
        "editor/slang_entry.html",
        sent=form,
        row=slang_row(found, form.was_form or form.form, lists.lexicon()),
        edit=edit,
        seen=seen,
        problems=problems or {},
        conflict=conflict,
        longest_form=LONGEST_FORM,
        longest_plain=LONGEST_PLAIN,
    )


def _told(edit: SlangEdit) -> str:
    if edit.now is not None:
        return _(
            "Saved: “%(form)s” stands for “%(plain)s”.",
            form=edit.now.form,
            plain=edit.now.plain,
        )
    form = edit.was.form if edit.was else ""
    shipped = services().slang.get_list(edit.lang).shipped.get(form)
    if shipped:
        return _("Removed: “%(form)s” stands for “%(plain)s” again.", form=form, plain=shipped)
    return _("Removed: “%(form)s” is read as customers write it.", form=form)


def _language(wanted: str) -> str:
    """One of the firm's: the one asked for, else that of the reader."""
    languages = current_firm().languages
    return next((lang for lang in (wanted, current_lang()) if lang in languages), languages[0])


def _state(lang: str) -> Mapping[str, object]:
    """A process that only begins to load its index waits too, but the page does not."""
    searcher = services().searcher
    return {
        "chosen_lang": lang,
        "is_waiting": not searcher.is_loaded or searcher.has_new_slang(),
        "is_saved": "saved" in request.args,
    }
