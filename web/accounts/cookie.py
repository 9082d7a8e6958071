"""The cookie that holds a session's id."""

from werkzeug.wrappers import Response

from web.security import cookie_name
from web.settings import Settings

NAME = "staff"


def staff_cookie(settings: Settings) -> str:
    return cookie_name(settings, NAME)


def set_cookie(response: Response, session_id: str, settings: Settings) -> None:
    response.set_cookie(
        staff_cookie(settings),
        session_id,
        path="/",
        secure=settings.is_https,
        httponly=True,
        samesite="Lax",
    )


def clear_cookie(response: Response, settings: Settings) -> None:
    response.delete_cookie(
        staff_cookie(settings), path="/", secure=settings.is_https, httponly=True, samesite="Lax"
    )
