"""Reading: home, topics, articles, search."""

import gzip
from datetime import date

from flask import Response, abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kb.errors import UnknownArticle
from kb.models import Article, ArticleKey, PublishedArticle, Status, Visibility
from web.accounts.next_page import is_local_path
from web.help.addresses import (
    absolute,
    article_url,
    current_shelf,
    in_other_languages,
    line,
    lines,
    shelf_for,
    topic,
)
from web.help.blueprint import help_pages
from web.help.finding import find_articles
from web.help.pages import (
    Alternate,
    ArticlePage,
    CategoryPage,
    HomePage,
    Meta,
    SearchPage,
    Topic,
)
from web.help.readings import current_readings
from web.help.shelf import Shelf, summary_of
from web.help.votes import article_vote
from web.i18n import gettext as _
from web.language import LANGUAGE_COOKIE, preferred_language
from web.services import current_firm, services

POPULAR = 6
FEWEST_POPULAR = 3
NEWEST = 6
EXAMPLES = 3
RESULTS = 12
SUGGESTED = 5
LONGEST_QUERY = 300
PACKING_LEVEL = 5
YEAR_SECONDS = 365 * 24 * 3600


@help_pages.get("/")
def root() -> AnyResponse:
    response = redirect(url_for("help.home", lang=preferred_language()))
    response.vary.update(("Accept-Language", "Cookie"))
    return response


@help_pages.get("/language/<lang:lang>")
def set_language(lang: str) -> AnyResponse:
    """Remember the language and go to the same page in it."""
    if lang not in current_firm().languages:
        abort(404)
    wanted = request.args.get("to", "")
    home_page = url_for("help.home", lang=lang)
    is_ours = is_local_path(wanted) and wanted.startswith(home_page)
    response = redirect(wanted if is_ours else home_page)
    is_https = services().settings.is_https
    response.set_cookie(
        LANGUAGE_COOKIE, lang, max_age=YEAR_SECONDS, samesite="Lax", secure=is_https, httponly=True
    )
    return response


@help_pages.get("/<lang:lang>/")
def home(lang: str) -> AnyResponse:
    shelf = current_shelf()
    asked = _popular(shelf, lang)
    popular = asked if len(asked) >= FEWEST_POPULAR else ()
    recent = shelf.list_newest(lang, NEWEST + POPULAR)
    newest = [published for published in recent if published not in popular]
    examples = [*asked, *(published for published in recent if published not in asked)]
    page = HomePage(
        meta=Meta(
            title=current_firm().name,
            description=_("Answers to what customers of %(firm)s ask.", firm=current_firm().name),
            canonical=absolute(url_for("help.home", lang=lang)),
            alternates=in_other_languages("help.home"),
        ),
        total=len(shelf.list_articles(lang)),
        categories=tuple(topic(c, lang, n) for c, n in shelf.list_categories(lang)),
        popular=lines(popular, shelf, lang),
        newest=lines(newest[:NEWEST], shelf, lang),
        examples=lines(examples[:EXAMPLES], shelf, lang),
    )
    return cacheable(render_template("help/home.html", page=page))


def _popular(shelf: Shelf, lang: str) -> tuple[PublishedArticle, ...]:
    listed = {published.key: published for published in shelf.list_articles(lang)}
    asked = services().responder.popularity.list_most_answered(lang)
    return tuple(listed[key] for key in asked if key in listed)[:POPULAR]


@help_pages.get("/<lang:lang>/categories/<key>")
def category(lang: str, key: str) -> AnyResponse:
    shelf = current_shelf()
    found = shelf.list_in_category(lang, key)
    if not found and key not in shelf.categories:
        abort(404)
    shown = topic(shelf.category(key), lang, len(found))
    page = CategoryPage(
        meta=Meta(
            title=shown.title,
            description=shown.description,
            canonical=absolute(shown.url),
            alternates=tuple(
                Alternate(other, absolute(url_for("help.category", lang=other, key=key)))
                for other in current_firm().languages
                if shelf.list_in_category(other, key)
            ),
        ),
        topic=shown,
        articles=lines(found, shelf, lang),
    )
    return cacheable(render_template("help/category.html", page=page))


@help_pages.get("/<lang:lang>/articles/<slug:slug>")
def article(lang: str, slug: str) -> AnyResponse:
    key = ArticleKey(lang, slug)
    shelf = shelf_for(key)
    published = shelf.find(key)
    if published is None:
        return _moved_or_gone(key)
    is_public = published.article.visibility is Visibility.PUBLIC
    if not is_public and not _may_see_private(published.article):
        abort(404)
    said = request.args.get("helped", "")
    page = article_page(published, shelf, said=said, is_public=is_public)
    html = render_template("help/article.html", page=page)
    return cacheable(html) if is_public and not said else Response(html)


def _may_see_private(found: Article) -> bool:
    """A private article is seen with the signed key of a link that we sent; staff's own never."""
    token = request.args.get("key", "")
    return found.visibility is Visibility.PRIVATE and services().responder.links.check_article_key(
        found.key, token
    )


def _moved_or_gone(key: ArticleKey) -> AnyResponse:
    library = services().library
    moved_to = library.find_redirect(key.lang, key.slug)
    if moved_to is not None:
        return redirect(article_url(moved_to), code=301)
    stored = library.find_article(key)
    if stored is not None and stored.status is Status.ARCHIVED:
        abort(410)
    raise UnknownArticle(key)


def article_page(
    published: PublishedArticle, shelf: Shelf, *, said: str, is_public: bool
) -> ArticlePage:
    found = published.article
    lang = found.key.lang
    today = services().responder.clock().astimezone(current_firm().hours.zone).date()
    reading = current_readings().get(found, shelf)
    translations = _translations(found, shelf)
    g.translations = translations
    return ArticlePage(
        meta=_article_meta(found, translations) if is_public else Meta(found.title),
        title=found.title,
        category=_topic_of(found, shelf, lang),
        updated=published.published_at,
        valid_until=found.valid_until,
        is_expired=_is_past(found.valid_until, today),
        is_overdue=_is_past(found.review_by, today),
        short_answer=found.answer,
        body=reading.body,
        contents=reading.contents,
        translations=translations,
        related=lines((shelf.articles[key] for key in reading.related), shelf, lang),
        vote=article_vote(found.key, said),
    )


def _is_past(day: date | None, today: date) -> bool:
    return day is not None and day < today


def _topic_of(found: Article, shelf: Shelf, lang: str) -> Topic | None:
    return topic(shelf.category(found.category), lang) if found.category else None


def _translations(found: Article, shelf: Shelf) -> tuple[Alternate, ...]:
    return tuple(
        Alternate(key.lang, article_url(key))
        for key in shelf.list_translations(found)
        if key.lang in current_firm().languages
    )


def _article_meta(found: Article, translations: tuple[Alternate, ...]) -> Meta:
    own = Alternate(found.key.lang, article_url(found.key))
    both = (own, *translations) if translations else ()
    return Meta(
        title=found.title,
        description=summary_of(found),
        canonical=absolute(own.url),
        alternates=tuple(Alternate(other.lang, absolute(other.url)) for other in both),
        og_type="article",
    )


@help_pages.get("/<lang:lang>/search")
def search(lang: str) -> Response:
    query = request.args.get("q", "").strip()[:LONGEST_QUERY]
    shelf = current_shelf()
    found = find_articles(query, shelf, lang)[:RESULTS] if query else ()
    page = SearchPage(
        meta=Meta(_("Search results for “%(query)s”", query=query) if query else _("Search")),
        query=query,
        results=lines(found, shelf, lang),
    )
    is_part = request.headers.get("HX-Request") == "true"
    template = "help/results.html" if is_part else "help/search.html"
    response = Response(render_template(template, page=page))
    response.vary.add("HX-Request")
    return response


@help_pages.get("/<lang:lang>/suggest")
def suggest(lang: str) -> Response:
    """A few titles under a field, while somebody types in it."""
    text = (request.args.get("q") or request.args.get("text", "")).strip()[:LONGEST_QUERY]
    shelf = current_shelf()
    found = find_articles(text, shelf, lang)[:SUGGESTED] if len(text) > 2 else ()
    page = SearchPage(Meta(""), text, tuple(line(p, shelf, lang) for p in found))
    return Response(render_template("help/suggestions.html", page=page))


@help_pages.get("/<lang:lang>/privacy")
def privacy(lang: str) -> AnyResponse:
    meta = Meta(
        title=_("Privacy"),
        description=_("How we treat your data"),
        canonical=absolute(url_for("help.privacy", lang=lang)),
        alternates=in_other_languages("help.privacy"),
    )
    return cacheable(render_template("help/privacy.html", page={"meta": meta}))


def cacheable(html: str) -> AnyResponse:
    """The same for everybody: packed, kept by browsers, who ask whether it is still so."""
    response = Response(html)
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(html.encode(), PACKING_LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    response.add_etag()
    return response.make_conditional(request)
