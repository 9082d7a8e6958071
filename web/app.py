"""The Flask application of one site."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import BaseConverter

from web.accounts.gate import find_staff, install_gate
from web.accounts.views import account_pages
from web.admin.views import admin_pages
from web.api.blueprint import api
from web.assets import asset_url, serve_asset
from web.desk.views import desk_pages
from web.editor.views import edit_pages
from web.errors import init_errors
from web.health import health
from web.help.addresses import (
    SHELVES,
    contact_text,
    language_switches,
    notice_text,
    when_people_answer,
)
from web.help.finding import find_articles
from web.help.readings import READINGS, Readings
from web.help.shelf import Shelves
from web.help.surroundings import theme_url
from web.help.views import help_pages
from web.i18n import current_lang, init_i18n
from web.icons import icon
from web.language import language_of_request, site_lang, zone_of_request
from web.navigation import areas_for
from web.secret import load_secret
from web.security import cookie_name, csrf, init_security
from web.services import EXTENSION, WebServices, firm
from web.settings import Settings
from web.wiring import build_web_services

MOST_BYTES = 1024 * 1024
MOST_FORM_BYTES = 512 * 1024
MOST_FORM_PARTS = 200
BLUEPRINTS: tuple[Blueprint, ...] = (
    help_pages,
    account_pages,
    edit_pages,
    desk_pages,
    admin_pages,
    api,
    health,
)


class LangConverter(BaseConverter):
    regex = "[a-z]{2,3}"
    part_isolating = True


class SlugConverter(BaseConverter):
    regex = "[a-z0-9][a-z0-9-]{0,159}"
    part_isolating = True


def create_app(settings: Settings, built: WebServices | None = None) -> Flask:
    """An application that opens no connection and loads no model before its first request."""
    app = Flask("web", static_folder=None)
    app.config.update(_config(settings))
    app.url_map.converters.update(lang=LangConverter, slug=SlugConverter)
    web = built or build_web_services(settings)
    app.extensions[EXTENSION] = web
    app.extensions[SHELVES] = Shelves(web.library, settings.articles_dir)
    app.extensions[READINGS] = Readings(web.searcher, find_articles)
    init_i18n(app, language_of_request, zone_of_request)
    init_security(app, settings)
    install_gate(app, web.accounts, settings)
    init_errors(app)
    app.add_url_rule("/static/<path:filename>", "static", serve_asset)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    csrf.exempt(help_pages)
    csrf.exempt(api)
    _teach_templates(app)
    if settings.server.trusted_proxies:
        hops = settings.server.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )
    return app


def _config(settings: Settings) -> Mapping[str, Any]:
    return {
        "SECRET_KEY": load_secret(settings.secret_path),
        "MAX_CONTENT_LENGTH": MOST_BYTES,
        "MAX_FORM_MEMORY_SIZE": MOST_FORM_BYTES,
        "MAX_FORM_PARTS": MOST_FORM_PARTS,
        # it holds only what guards staff's forms against forgery
        "SESSION_COOKIE_NAME": cookie_name(settings, "form"),
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_SSL_STRICT": False,
        "WTF_CSRF_TIME_LIMIT": None,
    }


def _teach_templates(app: Flask) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        asset_url=asset_url,
        contact_text=contact_text,
        icon=icon,
        language_switches=language_switches,
        notice_text=notice_text,
        theme_url=theme_url,
        when_people_answer=when_people_answer,
        firm=firm,
        site_lang=site_lang,
        site_url=app.extensions[EXTENSION].settings.site.url,
    )

    @app.context_processor
    def _page() -> dict[str, Any]:
        staff = find_staff()
        return {
            "lang": current_lang(),
            "staff": staff,
            "areas": areas_for(staff) if staff else (),
            "endpoint": request.endpoint or "",
        }
