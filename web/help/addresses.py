"""Lines, topics and addresses that several pages need."""

from collections.abc import Iterable

from flask import current_app, g, request, url_for

from kb.categories import Category
from kb.models import ArticleKey, PublishedArticle
from responder.models import Priority
from responder.opening import opening_text
from web.help.pages import Alternate, Line, Topic
from web.help.shelf import Shelf, Shelves, summary_of
from web.language import language_of_request
from web.services import current_firm, services

SHELVES = "jawab.shelves"


def current_shelf() -> Shelf:
    shelves: Shelves = current_app.extensions[SHELVES]
    return shelves.current()


def shelf_for(key: ArticleKey) -> Shelf:
    """The present one, or the newest where it lacks this article: it may be a moment old."""
    shelves: Shelves = current_app.extensions[SHELVES]
    shelf = shelves.current()
    return shelf if shelf.find(key) is not None else shelves.newest()


def article_url(key: ArticleKey) -> str:
    return url_for("help.article", lang=key.lang, slug=key.slug)


def absolute(address: str) -> str:
    return services().settings.site.url + address


def in_other_languages(endpoint: str) -> tuple[Alternate, ...]:
    """The same page in each of the firm's languages."""
    return tuple(
        Alternate(lang, absolute(url_for(endpoint, lang=lang))) for lang in current_firm().languages
    )


def lines(found: Iterable[PublishedArticle], shelf: Shelf, lang: str) -> tuple[Line, ...]:
    return tuple(line(published, shelf, lang) for published in found)


def line(published: PublishedArticle, shelf: Shelf, lang: str) -> Line:
    article = published.article
    return Line(
        title=article.title,
        url=article_url(article.key),
        lang=article.key.lang,
        summary=summary_of(article),
        category=shelf.category(article.category).title(lang) if article.category else None,
    )


def topic(category: Category, lang: str, count: int = 0) -> Topic:
    return Topic(
        title=category.title(lang),
        url=url_for("help.category", lang=lang, key=category.key),
        icon=category.icon or "folder2",
        description=category.description(lang),
        count=count,
    )


def when_people_answer(lang: str) -> str:
    """One sentence: on duty till when, or back when."""
    found = services().responder
    return opening_text(found.wording, current_firm(), lang, found.clock(), Priority.NORMAL)


def notice_text(lang: str) -> str | None:
    """What the firm wants everybody to know right now."""
    return services().responder.notices.find_text(lang)


def contact_text(lang: str) -> str:
    return current_firm().contact_text.get(lang, "")


def language_switches() -> tuple[Alternate, ...]:
    """This page in the site's other languages, else their start pages."""
    if request.endpoint == "help.status":
        return ()
    here = language_of_request()
    return tuple(
        Alternate(lang, url_for("help.set_language", lang=lang, to=_this_page_in(lang)))
        for lang in current_firm().languages
        if lang != here
    )


def _this_page_in(lang: str) -> str | None:
    endpoint, arguments = request.endpoint or "", request.view_args or {}
    if endpoint == "help.article":
        translations: tuple[Alternate, ...] = g.get("translations", ())
        return next((other.url for other in translations if other.lang == lang), None)
    if request.method != "GET" or request.blueprint != "help" or "lang" not in arguments:
        return None
    query = request.args["q"][:300] if "q" in request.args else None
    return url_for(endpoint, **{**arguments, "lang": lang}, q=query)
