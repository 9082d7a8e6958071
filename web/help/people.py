"""Reaching people: the contact form and the customer's private status page."""

from collections.abc import Mapping

from flask import g, redirect, render_template, request, url_for
from pydantic import Field
from werkzeug.wrappers import Response as AnyResponse

from responder.contact_details import parse_details
from responder.errors import InvalidContact
from responder.models import Conversation
from web.forms import Form, FormProblems, read_form
from web.help.addresses import when_people_answer
from web.help.asking import LONGEST_QUESTION, QuestionForm, private_part
from web.help.blueprint import help_pages
from web.help.pages import ContactPage, StatusPage
from web.help.transcript import turns_of, version_of
from web.help.visitor import find_conversation, remember
from web.i18n import N_
from web.i18n import gettext as _
from web.limits import hold, is_within
from web.services import current_firm, services

FIELDS = ("text", "name", "email", "phone")
WRONG = {
    "name": N_("This name is too long."),
    "email": N_("This does not look like an e-mail address. Please check it."),
    "phone": N_("This does not look like a phone number. Please check it."),
}


class ContactForm(Form):
    text: str = Field("", max_length=4000)
    name: str = Field("", max_length=120)
    email: str = Field("", max_length=254)
    phone: str = Field("", max_length=30)
    # filled in by robots only
    website: str = ""


@help_pages.get("/<lang:lang>/contact")
def contact(lang: str) -> str:
    return _contact_page(lang, find_conversation(), {"text": request.args.get("q", "")[:4000]}, {})


@help_pages.post("/<lang:lang>/contact")
def send_contact(lang: str) -> AnyResponse | tuple[str, int]:
    conversation = find_conversation()
    form = read_form(ContactForm, request.form)
    problems = _problems(form, conversation)
    if isinstance(form, FormProblems) or problems:
        return _contact_page(lang, conversation, request.form, problems), 422
    if form.website:
        return redirect(url_for("help.home", lang=lang), code=303)
    if not is_within("contact"):
        too_many = {"text": _("That was a lot in a short time. Please try again in an hour.")}
        return _contact_page(lang, conversation, request.form, too_many), 429
    conversations = services().responder.conversations
    conversation = conversation or conversations.open("web", lang)
    conversations.leave_contact(
        conversation.public_id,
        name=form.name,
        email=form.email,
        phone=form.phone,
        text=form.text,
    )
    token = conversations.status_token(conversation)
    response = redirect(url_for("help.status", token=token), code=303)
    remember(response, conversation)
    return response


def _problems(
    form: ContactForm | FormProblems, conversation: Conversation | None
) -> Mapping[str, str]:
    if isinstance(form, FormProblems):
        return form.problems
    found: dict[str, str] = {}
    if conversation is None and not form.text:
        found["text"] = _("Please write what it is about.")
    is_known = conversation is not None and conversation.contact_id is not None
    if not (form.email or form.phone or is_known):
        found["email"] = _("Please leave an e-mail address or a phone number, so we can answer.")
    try:
        parse_details(form.name, form.email, form.phone)
    except InvalidContact as error:
        found[error.field] = _(WRONG.get(error.field, WRONG["email"]))
    return found


def _contact_page(
    lang: str,
    conversation: Conversation | None,
    values: Mapping[str, str],
    problems: Mapping[str, str],
) -> str:
    page = ContactPage(
        opening=when_people_answer(lang),
        has_conversation=conversation is not None,
        values={field: values.get(field, "") for field in FIELDS},
        problems=problems,
    )
    return render_template("help/contact.html", page=page)


@help_pages.get("/s/<token>")
def status(token: str) -> str:
    return render_template("help/status.html", page=_status_page(token))


@help_pages.get("/s/<token>/live")
def status_live(token: str) -> AnyResponse:
    """The part of the status page that changes by itself."""
    page = _status_page(token)
    return private_part(render_template("help/status_live.html", page=page), page.version)


@help_pages.post("/s/<token>")
def write_more(token: str) -> AnyResponse:
    hold("ask")
    conversation = services().responder.conversations.by_token(token)
    form = read_form(QuestionForm, request.form)
    if isinstance(form, FormProblems):
        too_long = len(request.form.get("text", "")) > LONGEST_QUESTION
        return redirect(url_for("help.status", token=token, long="1" if too_long else None), 303)
    if not form.website:
        conversations = services().responder.conversations
        conversations.add_customer_message(conversation.public_id, form.text)
    return redirect(url_for("help.status", token=token) + "#latest", code=303)


def _status_page(token: str) -> StatusPage:
    conversations = services().responder.conversations
    conversation = conversations.by_token(token)
    firm = current_firm()
    g.lang = conversation.lang if conversation.lang in firm.languages else firm.default_lang
    ticket = conversations.find_ticket(conversation.public_id)
    state = ticket.state.value if ticket else "bot"
    said = turns_of(conversation, g.lang, own_page=True)
    return StatusPage(
        state=state,
        opening=when_people_answer(g.lang),
        turns=said,
        poll_url=url_for("help.status_live", token=token),
        write_url=url_for("help.status", token=token),
        version=version_of(said, state),
        problem=_too_long() if request.args.get("long") else "",
    )


def _too_long() -> str:
    return _("That is too long: at most %(limit)s characters.", limit=LONGEST_QUESTION)
