"""Writing into the folder: whole files or none, never through a link, never outside."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.errors import InvalidArticle
from kb.models import ArticleKey


def path_of(folder: Path, key: ArticleKey) -> Path:
    """Raises InvalidArticle where a link stands in the way."""
    file = folder / key.lang / f"{key.slug}.md"
    for part in (file.parent, file):
        if part.is_symlink():
            shown = part.relative_to(folder).as_posix()
            raise InvalidArticle(shown, 1, "links are not followed: put the file itself here")
    return file


def write_whole(file: Path, text: str) -> None:
    """Readers see the old file or the new one, also after a crash."""
    _written_beside(file, text).replace(file)


def change_text(file: Path, read: Callable[[], str], change: Callable[[str], str]) -> None:
    """As `write_whole`, of what `change` makes of the present text; once more where somebody else
    wrote to the file meanwhile."""
    before = read()
    while True:
        beside = _written_beside(file, change(before))
        present = read()
        if present == before:
            beside.replace(file)
            return
        beside.unlink()
        before = present


def unwritten(path: str, error: OSError) -> InvalidArticle:
    why = error.strerror or type(error).__name__
    return InvalidArticle(
        path, 1, "the file cannot be written (%(why)s): see to the folder", why=why
    )


def _written_beside(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.tmp")
    beside.unlink(missing_ok=True)
    with beside.open("xb") as handle:
        handle.write(text.encode())
        handle.flush()
        os.fsync(handle.fileno())
    return beside


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """One process at a time."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
