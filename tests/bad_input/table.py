"""The one table of bad input; docs/bad-input.md is made from it."""

from tests.bad_input import articles, commands, database, folder, index, questions, settings, web
from tests.bad_input.case import Case

CASES: tuple[Case, ...] = (
    *questions.CASES,
    *articles.ARTICLES,
    *articles.KNOWLEDGE,
    *settings.CASES,
    *database.CASES,
    *index.CASES,
    *folder.CASES,
    *web.CASES,
    *commands.CASES,
)
