"""Asking: a conversation with the responder that works with and without JavaScript."""

from flask import abort, make_response, redirect, render_template, request, url_for
from pydantic import Field
from werkzeug.wrappers import Response as AnyResponse

from kb.models import ArticleKey
from responder.exchange import Incoming
from responder.models import Author, Candidate, Conversation, ConversationState
from web.forms import Form, FormProblems, read_form
from web.help.addresses import current_shelf
from web.help.blueprint import help_pages
from web.help.pages import AskPage, Turn
from web.help.transcript import turns_of, version_of
from web.help.visitor import find_conversation, forget, remember
from web.i18n import gettext as _
from web.limits import hold
from web.services import services

LONGEST_QUESTION = 2000
STARTERS = 3


class QuestionForm(Form):
    text: str = Field(min_length=1, max_length=LONGEST_QUESTION)
    # filled in by robots only
    website: str = ""


class ChoiceForm(Form):
    decision: str = Field(max_length=26)
    article: str = Field("", max_length=170)


@help_pages.get("/<lang:lang>/ask")
def ask(lang: str) -> str:
    draft = request.args.get("q", "").strip()[:LONGEST_QUESTION]
    return render_template("help/ask.html", page=ask_page(lang, find_conversation(), draft))


@help_pages.get("/<lang:lang>/ask/turns")
def turns(lang: str) -> AnyResponse:
    """What was said, for a page that looks for answers of our staff."""
    conversation = find_conversation()
    if conversation is None:
        abort(404)
    page = ask_page(lang, conversation)
    return private_part(render_template("help/chat_turns.html", page=page), page.version)


def private_part(html: str, version: str) -> AnyResponse:
    response = make_response(html)
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(version)
    return response.make_conditional(request)


def ask_page(lang: str, conversation: Conversation | None, draft: str = "") -> AskPage:
    said = turns_of(conversation, lang) if conversation else ()
    with_people = conversation is not None and conversation.state is ConversationState.PEOPLE
    return AskPage(
        greeting=_(
            "Hello! Ask in your own words. We look through our help articles at once; "
            "if the answer is not certain, someone from our team takes over."
        ),
        turns=said,
        examples=() if said else _starters(lang),
        draft=draft,
        waiting=_waiting(lang, said) if with_people else "",
        poll_url=url_for("help.turns", lang=lang) if with_people else None,
        version=version_of(said, conversation.state.value) if conversation else "",
    )


def _waiting(lang: str, said: tuple[Turn, ...]) -> str:
    """The bot is silent where people have the conversation; the page is not."""
    is_customers_turn = bool(said) and said[-1].author == Author.CUSTOMER.value
    return services().responder.wording.text(lang, "silence_people") if is_customers_turn else ""


def _starters(lang: str) -> tuple[str, ...]:
    """What is asked most, else what the first articles are about."""
    shelf = current_shelf()
    asked = services().responder.popularity.list_most_answered(lang)
    popular = [shelf.articles[key] for key in asked if key in shelf.articles]
    listed = dict.fromkeys(p.article.title for p in (*popular, *shelf.list_newest(lang, STARTERS)))
    return tuple(listed)[:STARTERS]


@help_pages.post("/<lang:lang>/ask")
def send_question(lang: str) -> AnyResponse:
    hold("ask")
    form = read_form(QuestionForm, request.form)
    if isinstance(form, FormProblems):
        too_long = len(request.form.get("text", "")) > LONGEST_QUESTION
        return abort(413) if too_long else redirect(url_for("help.ask", lang=lang), code=303)
    if form.website:
        return redirect(url_for("help.ask", lang=lang), code=303)
    return _said(lang, form.text, find_conversation())


@help_pages.post("/<lang:lang>/ask/choice")
def choose(lang: str) -> AnyResponse:
    """One of the offered titles, or none of them."""
    hold("ask")
    form = read_form(ChoiceForm, request.form)
    conversation = find_conversation()
    if isinstance(form, FormProblems) or conversation is None:
        return redirect(url_for("help.ask", lang=lang), code=303)
    offered = _offered(conversation, form.decision)
    if form.article:
        wanted = ArticleKey.parse(form.article)
        said = next((c.title for c in offered if c.key == wanted), None)
    else:
        said = _("Not this one") if len(offered) == 1 else _("None of these")
    return _said(lang, said, conversation) if said is not None else abort(404)


def _offered(conversation: Conversation, decision_id: str) -> list[Candidate]:
    replies = services().responder.conversations.list_replies(conversation.public_id)
    return [
        candidate
        for decision, _helped, _why in replies
        for candidate in decision.candidates
        if decision.public_id == decision_id and candidate.offered
    ]


def _said(lang: str, text: str, conversation: Conversation | None) -> AnyResponse:
    """Answer, remember the conversation, show it: a part for htmx, else the page again."""
    public_id = conversation.public_id if conversation else None
    outcome = services().responder.responder.reply(Incoming(text, "web", lang, public_id))
    response: AnyResponse
    if request.headers.get("HX-Request") == "true":
        page = ask_page(lang, outcome.conversation)
        response = make_response(render_template("help/chat.html", page=page))
    else:
        response = redirect(url_for("help.ask", lang=lang) + "#latest", code=303)
    remember(response, outcome.conversation)
    return response


@help_pages.post("/<lang:lang>/ask/new")
def start_over(lang: str) -> AnyResponse:
    response = redirect(url_for("help.ask", lang=lang), code=303)
    forget(response)
    return response
