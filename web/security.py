"""What every response says to browsers, and which requests are refused before any route runs."""

import secrets
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, request
from flask_wtf.csrf import CSRFProtect

from web.settings import Settings

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
HSTS = "max-age=31536000"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# They use no cookie to say who asks: the key in the header, or nothing.
API_PREFIX = "/api/"
csrf = CSRFProtect()


def init_security(app: Flask, settings: Settings) -> None:
    csrf.init_app(app)
    site_origin = settings.site.url

    @app.url_value_preprocessor
    def _number(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
        g.request_id = secrets.token_hex(8)

    @app.before_request
    def _guard() -> None:
        if request.path.startswith(API_PREFIX):
            return
        if not comes_from_our_pages(site_origin):
            abort(403)

    @app.after_request
    def _headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers["X-Request-Id"] = getattr(g, "request_id", "")
        if settings.is_https:
            response.headers["Strict-Transport-Security"] = HSTS
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response


def comes_from_our_pages(site_origin: str) -> bool:
    """False for a changing request that another site's page made the browser send.

    The algorithm of Go 1.25's CrossOriginProtection: Sec-Fetch-Site, else Origin, else no browser.
    """
    if request.method in SAFE_METHODS:
        return True
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        return fetch_site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    return origin == site_origin or _netloc(origin) == request.host


def _netloc(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc or None
    except ValueError:
        return None


def cookie_name(settings: Settings, name: str) -> str:
    """`__Host-`: no other host of the domain can set it; browsers want https for that."""
    return f"__Host-jawab_{name}" if settings.is_https else f"jawab_{name}"
