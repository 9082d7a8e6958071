"""The content that ships with Jawab: demo articles, default routes, lexicon and wording."""

from importlib.resources import files
from pathlib import Path


def path() -> Path:
    """The shipped `articles` folder, which lies beside this package."""
    return Path(str(files("kb"))).parent / "articles"
