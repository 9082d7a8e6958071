"""The content that ships with Jawab: demo articles, default routes, lexicon and wording."""

from importlib.resources import files
from pathlib import Path

WORDING = "wording"


def path() -> Path:
    """The shipped `articles` folder, which lies beside this package."""
    return Path(str(files("kb"))).parent / "articles"


def wording(articles_dir: Path) -> tuple[Path, ...]:
    """The shipped texts of the bot, then the firm's own, which go before them."""
    return path() / WORDING, articles_dir / WORDING
