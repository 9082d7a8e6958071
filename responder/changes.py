"""What an admin or a writer may want to change, before it is saved."""

from collections.abc import Mapping
from dataclasses import dataclass

from kb.models import ArticleKey


@dataclass(frozen=True, slots=True)
class ThresholdChange:
    """`channel` and `lang` as of a Threshold, `value` the least confidence that answers."""

    channel: str
    lang: str
    value: float


@dataclass(frozen=True, slots=True)
class ArticleEdit:
    """That text of an article being live; None: it is taken away."""

    key: ArticleKey
    source: str | None


@dataclass(frozen=True, slots=True)
class ExampleQuestion:
    """One more example question of a live article."""

    key: ArticleKey
    text: str


@dataclass(frozen=True, slots=True)
class Slang:
    """How customers write a word → the word that is meant, in one language; those `gone` are not
    spelt out any more."""

    lang: str
    forms: Mapping[str, str]
    gone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class EmbedderChange:
    name: str
    model: str = ""


Change = ThresholdChange | ArticleEdit | ExampleQuestion | Slang | EmbedderChange
