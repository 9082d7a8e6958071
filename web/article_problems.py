"""What is wrong with an article's file or an entry of a slang list, in the reader's language."""

from kb.errors import InvalidArticle, InvalidSlang
from web.i18n import gettext as _


def problem_text(invalid: InvalidArticle | InvalidSlang) -> str:
    return _(invalid.template, **invalid.facts)


def problem_on_line(invalid: InvalidArticle) -> str:
    return _("Line %(line)s: %(problem)s", line=invalid.line, problem=problem_text(invalid))
