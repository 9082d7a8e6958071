"""What browsers and search engines fetch beside the pages: theme, icon, logo, robots, sitemap."""

from functools import lru_cache

from flask import Response, abort, render_template, request, send_from_directory, url_for
from markupsafe import escape
from werkzeug.wrappers import Response as AnyResponse

from web import theme as colours
from web.help.addresses import absolute, article_url, current_shelf
from web.help.blueprint import help_pages
from web.services import current_firm, services

DAY_SECONDS = 24 * 3600
MEDIA = "media"
SHOWN_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
NOT_FOR_ROBOTS = ("/s/", "/api/", "/edit", "/desk", "/admin", "/staff", "/language/")


@lru_cache(maxsize=32)
def _theme_css(colour: str) -> str:
    return colours.theme_css(colour)


def theme_url() -> str:
    css = _theme_css(current_firm().colour)
    return url_for("help.theme", v=colours.version_of(css))


@help_pages.get("/theme.css")
def theme() -> AnyResponse:
    """The firm's colours as custom properties."""
    css = _theme_css(current_firm().colour)
    response = Response(css, content_type="text/css; charset=utf-8")
    is_named = request.args.get("v") == colours.version_of(css)
    response.cache_control.public = True
    response.cache_control.max_age = 365 * DAY_SECONDS if is_named else 60
    response.set_etag(colours.version_of(css))
    return response.make_conditional(request)


@help_pages.get("/favicon.svg")
def favicon() -> AnyResponse:
    """The first letter of the firm's name on its colour."""
    firm = current_firm()
    fill = colours.solid(colours.Colour.parse(firm.colour))
    letter = escape((firm.name.strip() or "J")[0].upper())
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" rx="16" fill="{fill}"/>'
        f'<text x="32" y="45" text-anchor="middle" font-family="sans-serif" font-size="38" '
        f'font-weight="700" fill="{colours.text_on(fill)}">{letter}</text></svg>'
    )
    response = Response(svg, content_type="image/svg+xml")
    response.headers["Cache-Control"] = f"public, max-age={DAY_SECONDS}"
    response.add_etag()
    return response.make_conditional(request)


@help_pages.get("/logo")
def logo() -> AnyResponse:
    name = current_firm().logo
    if not name:
        abort(404)
    return _media(name)


@help_pages.get("/media/<name>")
@help_pages.get("/<lang:lang>/media/<name>", endpoint="media_beside")
@help_pages.get("/<lang:lang>/articles/media/<name>", endpoint="media_below")
def media(name: str, lang: str = "") -> AnyResponse:
    """A picture of an article, also under the addresses that `media/x` and `../media/x` lead to."""
    return _media(name)


def _media(name: str) -> AnyResponse:
    """From what was uploaded, else from the articles' folder; anything but pictures is saved."""
    settings = services().settings
    folders = (settings.media_dir, settings.articles_dir / MEDIA)
    folder = next((folder for folder in folders if (folder / name).is_file()), folders[0])
    response = send_from_directory(folder, name, max_age=DAY_SECONDS)
    if response.mimetype not in SHOWN_TYPES:
        response.headers["Content-Disposition"] = "attachment"
    return response


@help_pages.get("/robots.txt")
def robots() -> Response:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS),
        f"Sitemap: {absolute(url_for('help.sitemap'))}",
    ]
    response = Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={DAY_SECONDS}"
    return response


@help_pages.get("/sitemap.xml")
def sitemap() -> AnyResponse:
    """Every public page with its last change."""
    shelf = current_shelf()
    entries: list[tuple[str, object]] = []
    for lang in current_firm().languages:
        entries.append((absolute(url_for("help.home", lang=lang)), None))
        for category, _count in shelf.list_categories(lang):
            address = url_for("help.category", lang=lang, key=category.key)
            entries.append((absolute(address), None))
        entries += [
            (absolute(article_url(published.key)), published.published_at)
            for published in shelf.list_articles(lang)
        ]
    xml = render_template("help/sitemap.xml", entries=entries)
    response = Response(xml, content_type="application/xml; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.add_etag()
    return response.make_conditional(request)
