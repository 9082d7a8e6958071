"""The cookie that holds a session's id."""

from flask import Response

COOKIE = "jawab_session"


def cookie_name(is_https: bool) -> str:
    """`__Host-` binds it to this host and https; browsers refuse that prefix on plain http."""
    return f"__Host-{COOKIE}" if is_https else COOKIE


def set_cookie(response: Response, session_id: str, *, is_https: bool) -> None:
    response.set_cookie(
        cookie_name(is_https),
        session_id,
        path="/",
        secure=is_https,
        httponly=True,
        samesite="Lax",
    )


def clear_cookie(response: Response, *, is_https: bool) -> None:
    response.delete_cookie(
        cookie_name(is_https), path="/", secure=is_https, httponly=True, samesite="Lax"
    )
