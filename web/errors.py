"""The one table from what can go wrong to what HTTP says, and the pages that say it."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from kb import errors as kb
from responder import errors as responder
from web.accounts import errors as accounts
from web.article_problems import problem_on_line, problem_text
from web.i18n import N_
from web.language import language_without_services

log = logging.getLogger(__name__)

RETRY_AFTER_SECONDS = 5
MOST_DETAILS = 20
KEPT_HEADERS = frozenset({"allow", "retry-after", "www-authenticate"})


@dataclass(frozen=True, slots=True)
class Problem:
    """`code` is what programs read; it never changes."""

    status: int
    code: str


PROBLEMS: Mapping[type[Exception], Problem] = {
    kb.UnknownArticle: Problem(404, "unknown_article"),
    kb.InvalidSlug: Problem(422, "invalid_slug"),
    kb.InvalidArticle: Problem(422, "invalid_article"),
    kb.ArticleExists: Problem(409, "article_exists"),
    kb.EditConflict: Problem(409, "edit_conflict"),
    kb.IllegalMove: Problem(409, "illegal_move"),
    kb.UnknownRevision: Problem(404, "unknown_revision"),
    kb.UnknownConflict: Problem(404, "unknown_conflict"),
    kb.TextTooLong: Problem(413, "text_too_long"),
    kb.InvalidSlang: Problem(422, "invalid_slang"),
    kb.SlangConflict: Problem(409, "slang_conflict"),
    kb.InvalidImport: Problem(422, "invalid_import"),
    kb.ExportTooBig: Problem(413, "export_too_big"),
    kb.DatabaseUnavailable: Problem(503, "database_unavailable"),
    kb.EmbedderUnavailable: Problem(503, "embedder_unavailable"),
    responder.MessageTooLong: Problem(413, "message_too_long"),
    responder.EmptyMessage: Problem(422, "empty_message"),
    responder.UnknownConversation: Problem(404, "unknown_conversation"),
    responder.UnknownTicket: Problem(404, "unknown_ticket"),
    responder.UnknownDecision: Problem(404, "unknown_decision"),
    responder.PersonalDataInPublic: Problem(422, "personal_data_in_public"),
    responder.UnknownSuggestion: Problem(404, "unknown_suggestion"),
    responder.SuggestionDecided: Problem(409, "suggestion_decided"),
    responder.UnknownGoldenSet: Problem(404, "unknown_golden_set"),
    responder.UnknownGoldenQuestion: Problem(404, "unknown_golden_question"),
    responder.UnknownGoldenRun: Problem(404, "unknown_golden_run"),
    responder.InvalidGolden: Problem(422, "invalid_golden"),
    responder.UnknownWording: Problem(404, "unknown_wording"),
    responder.UnknownChannel: Problem(404, "unknown_channel"),
    responder.TicketTaken: Problem(409, "ticket_taken"),
    responder.IllegalTicketMove: Problem(409, "illegal_ticket_move"),
    responder.InvalidContact: Problem(422, "invalid_contact"),
    responder.InvalidThreshold: Problem(422, "invalid_threshold"),
    responder.InvalidChange: Problem(422, "invalid_change"),
    responder.InvalidPromise: Problem(422, "invalid_promise"),
    responder.InvalidProfile: Problem(422, "invalid_profile"),
    responder.InvalidNotice: Problem(422, "invalid_notice"),
    responder.InvalidWording: Problem(422, "invalid_wording"),
    accounts.SignInRefused: Problem(403, "sign_in_refused"),
    accounts.SignInBusy: Problem(503, "sign_in_busy"),
    accounts.WeakPassword: Problem(422, "weak_password"),
    accounts.WrongPassword: Problem(422, "wrong_password"),
    accounts.StaffExists: Problem(409, "staff_exists"),
    accounts.UnknownStaff: Problem(404, "unknown_staff"),
    accounts.UnknownApiKey: Problem(404, "unknown_api_key"),
    accounts.InvalidStaff: Problem(422, "invalid_staff"),
    accounts.LastAdmin: Problem(409, "last_admin"),
    ValidationError: Problem(422, "invalid_input"),
    RecursionError: Problem(400, "bad_request"),
}

# status → (heading, what to do)
WORDS: Mapping[int, tuple[str, str]] = {
    400: (
        N_("We could not read that"),
        N_("Something in the request was not as expected. Please go back and try once more."),
    ),
    401: (
        N_("Please sign in first"),
        N_("Your session has ended. Sign in again, then come back to this page."),
    ),
    403: (
        N_("You cannot open this page"),
        N_("Your account may not see this page, or the form came from another site."),
    ),
    404: (
        N_("We cannot find this page"),
        N_("It may have moved, or the address has a typing error. Try searching for it."),
    ),
    405: (
        N_("This page cannot do that"),
        N_("Please go back and use the buttons of the page."),
    ),
    409: (
        N_("Somebody was faster"),
        N_("This was changed meanwhile. Go back, reload the page and look before trying again."),
    ),
    410: (
        N_("This article is no longer available"),
        N_("We took it down because it no longer applies. Search for what you need, or ask us."),
    ),
    413: (
        N_("That is too much at once"),
        N_("Please shorten the text or choose a smaller file, then try again."),
    ),
    422: (
        N_("Something is missing or not right"),
        N_("Please go back, check what you entered and send it again."),
    ),
    429: (
        N_("That was a lot in a short time"),
        N_("Please wait a few minutes, then try again."),
    ),
    500: (
        N_("Something broke on our side"),
        N_("It is not your fault. Please try again in a moment."),
    ),
    503: (
        N_("We are busy right now"),
        N_("Please try again in a few seconds."),
    ),
}
# these pages must come out even when the database does not answer
WITHOUT_SERVICES = frozenset({500, 503})


def problem_of(error: Exception) -> Problem | None:
    """The most specific row of the table that fits."""
    return next((PROBLEMS[kind] for kind in type(error).__mro__ if kind in PROBLEMS), None)


def init_errors(app: Flask) -> None:
    for kind in PROBLEMS:
        app.register_error_handler(kind, _known)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unknown)


def _known(error: Exception) -> Response:
    problem = problem_of(error)
    assert problem is not None
    detail = _detail(error)
    response = respond(problem, _message(error, detail), detail)
    if problem.status == 503:
        facts = {"code": problem.code, "request_id": g.request_id, "problem": str(error)}
        log.warning("unavailable", extra=facts)
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _http(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:
        return make_response(error.get_response())
    code = re.sub(r"(?<!^)(?=[A-Z])", "_", type(error).__name__).lower()
    response = respond(Problem(error.code, code), error.description or error.name)
    for name, value in error.get_headers():
        if name.lower() in KEPT_HEADERS:
            response.headers[name] = value
    return response


def _unknown(error: Exception) -> Response:
    log.error(
        "unexpected_error",
        extra={"error": type(error).__name__, "request_id": getattr(g, "request_id", "")},
        exc_info=error,
    )
    return respond(Problem(500, "internal_error"), "an unexpected error; try again in a moment")


def fault_of(error: Exception) -> dict[str, object]:
    """What a program is told of it, whoever catches it: code, message, detail."""
    problem = problem_of(error)
    if problem is None:
        log.error("unexpected_error", extra={"error": type(error).__name__}, exc_info=error)
        return _fault(Problem(500, "internal_error"), "an unexpected error; try again in a moment")
    detail = _detail(error)
    return _fault(problem, _message(error, detail), detail)


def _fault(problem: Problem, message: str, detail: object = None) -> dict[str, object]:
    return {"code": problem.code, "message": message, "detail": detail}


def _message(error: Exception, detail: list[dict[str, Any]] | None) -> str:
    """pydantic's own text repeats what was sent; why a database fails is for its owner's log."""
    if isinstance(error, kb.DatabaseUnavailable):
        return "nothing can be read or kept right now: try again in a few seconds"
    if isinstance(error, kb.InvalidArticle):
        return problem_on_line(error)
    if isinstance(error, kb.InvalidSlang):
        return problem_text(error)
    if isinstance(error, ValidationError) and detail:
        return ": ".join(part for part in (detail[0]["field"], detail[0]["problem"]) if part)
    return str(error)


def _detail(error: Exception) -> list[dict[str, Any]] | None:
    match error:
        case ValidationError():
            lines = error.errors(include_url=False, include_context=False, include_input=False)
            return [
                {"field": ".".join(str(part) for part in line["loc"]), "problem": line["msg"]}
                for line in lines[:MOST_DETAILS]
            ]
        case responder.InvalidContact() | responder.InvalidProfile() | responder.InvalidChange():
            return [{"field": error.field, "problem": error.problem}]
        case _:
            return None


def respond(problem: Problem, message: str, detail: object = None) -> Response:
    """The problem as a page, or as JSON for programs."""
    if request.path.startswith("/api/") or request.mimetype == "application/json":
        response = jsonify({"error": _fault(problem, message, detail)})
    else:
        response = make_response(_page(problem, message))
    response.status_code = problem.status
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(problem: Problem, message: str) -> str:
    heading, advice = WORDS.get(problem.status, WORDS[500 if problem.status >= 500 else 400])
    template = "errors/error.html"
    if problem.status in WITHOUT_SERVICES:
        template = "errors/down.html"
        g.setdefault("lang", language_without_services())
    return render_template(
        template,
        heading=heading,
        advice=advice,
        status=problem.status,
        message=message,
        request_id=getattr(g, "request_id", ""),
    )
