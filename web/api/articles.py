"""Reading the knowledge base: what everybody may see in the help centre."""

from flask import Response, abort, url_for

from kb.errors import UnknownArticle
from kb.markdown import render
from kb.models import ArticleKey, PublishedArticle, Status, Visibility
from responder.compose import short_answer
from web.api.answers import ArticleLine, ArticleList, ArticleText, SearchResults, Translation
from web.api.callers import hold_stranger
from web.api.requests import ArticlesQuery, SearchQuery
from web.errors import Problem, respond
from web.help.addresses import current_shelf, shelf_for
from web.help.finding import find_articles
from web.help.shelf import Shelf, summary_of
from web.services import current_firm, services

PAGE_ARTICLES = 50


def search(query: SearchQuery) -> SearchResults:
    hold_stranger("api_search")
    found = find_articles(query.q, current_shelf(), query.lang or current_firm().default_lang)
    fitting = [p for p in found if query.lang in (None, p.key.lang)]
    return SearchResults(query=query.q, articles=[_line(p) for p in fitting[: query.limit]])


def list_articles(query: ArticlesQuery) -> ArticleList:
    shelf = current_shelf()
    found = [
        published
        for lang in sorted(shelf.listed)
        if query.lang in (None, lang)
        for published in shelf.list_articles(lang)
        if query.category in (None, published.article.category)
    ]
    start = (query.page - 1) * PAGE_ARTICLES
    return ArticleList(
        articles=[_line(published) for published in found[start : start + PAGE_ARTICLES]],
        page=query.page,
        pages=-(-len(found) // PAGE_ARTICLES),
        total=len(found),
    )


def get_article(lang: str, slug: str) -> ArticleText:
    key = ArticleKey(lang, slug)
    shelf = shelf_for(key)
    published = shelf.find(key)
    if published is None:
        _leave(key)
    elif published.article.visibility is Visibility.PUBLIC:
        return _text(published, shelf)
    raise UnknownArticle(key)


def _leave(key: ArticleKey) -> None:
    """Say where a renamed article went, or that an archived one is gone for good."""
    library = services().library
    moved_to = library.find_redirect(key.lang, key.slug)
    if moved_to is not None:
        abort(_moved(moved_to))
    stored = library.find_article(key)
    if stored is not None and stored.status is Status.ARCHIVED:
        abort(410, "the article was taken down because it no longer applies")


def _moved(key: ArticleKey) -> Response:
    response = respond(Problem(301, "article_moved"), f"the article is now {key}", str(key))
    response.headers["Location"] = url_for("api.get_article", lang=key.lang, slug=key.slug)
    return response


def _line(published: PublishedArticle) -> ArticleLine:
    article = published.article
    return ArticleLine(
        lang=article.key.lang,
        slug=article.key.slug,
        title=article.title,
        summary=summary_of(article),
        category=article.category,
        link=_link(article.key),
        updated=published.published_at,
    )


def _text(published: PublishedArticle, shelf: Shelf) -> ArticleText:
    article = published.article
    return ArticleText(
        lang=article.key.lang,
        slug=article.key.slug,
        title=article.title,
        answer=short_answer(article, "api"),
        html=render(article.body),
        markdown=article.body,
        link=_link(article.key),
        updated=published.published_at,
        category=article.category,
        translations=[
            Translation(
                lang=key.lang,
                slug=key.slug,
                title=shelf.articles[key].article.title,
                link=_link(key),
            )
            for key in shelf.list_translations(article)
        ],
    )


def _link(key: ArticleKey) -> str:
    return services().responder.links.article(key)
