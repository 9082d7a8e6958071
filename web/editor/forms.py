"""What the editor's pages may send."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator

from kb.conflicts import Keep
from kb.errors import InvalidSlug
from kb.frontmatter import LONGEST_TITLE
from kb.lexicon import SlangPair
from kb.models import SLUG, ArticleKey, Visibility
from web.editor.listing import Order, View
from web.editor.slang_listing import SlangView
from web.forms import Form
from web.i18n import N_

LONGEST_SOURCE = 256 * 1024
LONGEST_BEGINNING = 2000
Number = Annotated[int, Field(ge=0, le=2**31 - 1)]
Line = Annotated[str, Field(max_length=300)]
# what may be one, kb.lexicon says
Word = Annotated[str, Field(max_length=2000)]
Title = Annotated[str, Field(min_length=1, max_length=LONGEST_TITLE)]
Text = Annotated[str, StringConstraints(strip_whitespace=False, max_length=LONGEST_SOURCE)]
NOT_AN_ARTICLE = N_("Give the other article as language/slug, such as en/parcel-not-arrived.")
NOT_A_SLUG = N_("Use a-z, 0-9 and hyphens only, such as parcel-not-arrived.")


def _article_name(value: str) -> str:
    try:
        return str(ArticleKey.parse(value)) if value else ""
    except InvalidSlug:
        raise ValueError(NOT_AN_ARTICLE) from None


def _slug(value: str) -> str:
    if value and not SLUG.fullmatch(value):
        raise ValueError(NOT_A_SLUG)
    return value


class ListForm(Form):
    """The list's address: which articles, in which order."""

    lang: Line = ""
    category: Line = ""
    owner: Line = ""
    q: Line = ""
    view: View = View.ALL
    order: Order = Order.CHANGED
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


class ArticleForm(Form):
    """The fields of an article as the page shows them."""

    title: Title
    answer: Annotated[str, Field(max_length=2000)] = ""
    questions: Annotated[str, Field(max_length=40_000)] = ""
    body: Text = ""
    category: Line = ""
    tags: Line = ""
    owner: Line = ""
    review_by: date | None = None
    valid_until: date | None = None
    publish_at: datetime | None = None
    visibility: Visibility = Visibility.PUBLIC
    auto_answer: bool = False
    translation_of: Line = ""
    based_on: Number = 0

    _names_an_article = field_validator("translation_of")(_article_name)


class SourceForm(Form):
    """The whole file, as text."""

    source: Annotated[Text, Field(min_length=1)]
    based_on: Number = 0


class NewForm(Form):
    lang: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    slug: Annotated[str, Field(max_length=160)] = ""
    title: Title
    category: Line = ""
    questions: Annotated[str, Field(max_length=LONGEST_BEGINNING)] = ""
    translation_of: Line = ""

    _is_a_slug = field_validator("slug")(_slug)
    _names_an_article = field_validator("translation_of")(_article_name)


class KnowinglyForm(Form):
    """`confirmed`: what was found was seen."""

    confirmed: bool = False


class SuggestionsForm(KnowinglyForm):
    """Numbers of suggested questions, with spaces between."""

    ids: Annotated[str, Field(pattern=r"^[1-9][0-9]{0,8}( [1-9][0-9]{0,8}){0,499}$")]

    @property
    def chosen(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(int(number) for number in self.ids.split()))


class SlangListForm(Form):
    """The list's address: which entries."""

    lang: Line = ""
    q: Line = ""
    view: SlangView = SlangView.OWN
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


class SlangForm(Form):
    """An entry as it was written; `was_form` and `was_plain` are the firm's own one that was seen.

    `confirmed` is "seen" where nothing was found to change, "yes" where somebody read what does.
    """

    lang: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    form: Word = ""
    plain: Word = ""
    was_form: Word = ""
    was_plain: Word = ""
    confirmed: Literal["", "seen", "yes"] = ""

    @property
    def was(self) -> SlangPair | None:
        return SlangPair(self.was_form, self.was_plain) if self.was_form else None


class RenameForm(Form):
    slug: Annotated[str, Field(min_length=1, max_length=160)]

    _is_a_slug = field_validator("slug")(_slug)


class ArchiveForm(Form):
    replaced_by: Annotated[str, Field(max_length=160)] = ""

    _is_a_slug = field_validator("replaced_by")(_slug)


class BasedOnForm(Form):
    """The revision that was looked at."""

    based_on: Number = 0


class PublishForm(BasedOnForm, KnowinglyForm):
    pass


class SendBackForm(Form):
    reason: Annotated[str, Field(max_length=500)] = ""


class ResolveForm(Form):
    keep: Keep
    text: Text = ""
