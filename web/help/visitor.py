"""The visitor's conversation: a signed, opaque cookie that is set once they ask something."""

from flask import request
from werkzeug.wrappers import Response

from responder.models import Conversation, ConversationState
from web.security import cookie_name
from web.services import services

NAME = "conversation"
THIRTY_DAYS_SECONDS = 30 * 24 * 3600


def find_conversation() -> Conversation | None:
    token = request.cookies.get(cookie_name(services().settings, NAME), "")
    public_id = services().responder.links.find_conversation(token) if token else None
    found = services().responder.conversations.find(public_id) if public_id else None
    return found if found is not None and found.state is not ConversationState.CLOSED else None


def remember(response: Response, conversation: Conversation) -> None:
    settings = services().settings
    response.set_cookie(
        cookie_name(settings, NAME),
        services().responder.conversations.status_token(conversation),
        max_age=THIRTY_DAYS_SECONDS,
        path="/",
        secure=settings.is_https,
        httponly=True,
        samesite="Lax",
    )


def forget(response: Response) -> None:
    settings = services().settings
    response.delete_cookie(
        cookie_name(settings, NAME),
        path="/",
        secure=settings.is_https,
        httponly=True,
        samesite="Lax",
    )
