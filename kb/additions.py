"""Example questions added to a file that is otherwise left as it is."""

from collections.abc import Sequence

from kb.frontmatter import edit
from kb.models import ArticleKey
from kb.parsing import parse_stored
from kb.text import spelling


def with_questions(source: str, key: ArticleKey, added: Sequence[str]) -> str:
    """With those that are neither there nor its title yet. Raises InvalidArticle."""
    article = parse_stored(source, key)
    known = {spelling(text) for text in (*article.questions, article.title)}
    fresh = {spelling(text): text for text in added if spelling(text) not in known}
    if not fresh:
        return source
    return edit(source, {"questions": [*article.questions, *fresh.values()]})
