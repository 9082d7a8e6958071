"""The firm's slang lists over the shipped ones: read, and changed line by line."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from kb import starter
from kb.errors import InvalidArticle, SlangConflict
from kb.filewriting import change_text, held, unwritten
from kb.folder import read_lexicon, read_own_lexicon, read_text, relative
from kb.lexicon import SlangPair, parse_lexicon, refuse_circle, spliced
from kb.text import Lexicon

FOLDER = "lexicon"
Stamp = tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class SlangEdit:
    """One entry of a language's own list: `was` is what was seen (None: no own one), `now` what is
    to be there (None: no own one any more)."""

    lang: str
    was: SlangPair | None
    now: SlangPair | None


@dataclass(frozen=True, slots=True)
class SlangList:
    """One language's forms → plain words: the firm's `own`, and `shipped` where it has none."""

    lang: str
    own: Mapping[str, str]
    shipped: Mapping[str, str]

    @property
    def forms(self) -> Mapping[str, str]:
        return {**self.shipped, **self.own}

    def find_own(self, form: str) -> SlangPair | None:
        return SlangPair(form, self.own[form]) if form in self.own else None

    def edited(self, edit: SlangEdit) -> "SlangList":
        """Raises SlangConflict if it does not say what the edit was made upon."""
        own = dict(self.own)
        if edit.was is not None and own.pop(edit.was.form, None) != edit.was.plain:
            raise SlangConflict(edit.was.form, self.own.get(edit.was.form))
        if edit.now is not None:
            if own.get(edit.now.form, edit.now.plain) != edit.now.plain:
                raise SlangConflict(edit.now.form, own[edit.now.form])
            refuse_circle(edit.now, {**self.shipped, **own})
            own[edit.now.form] = edit.now.plain
        return SlangList(self.lang, own, self.shipped)


@dataclass(frozen=True, slots=True)
class SlangLists:
    """lexicon/<lang>.tsv of the firm's folder; `shipped` is the folder that comes with Jawab."""

    folder: Path
    shipped: Path

    @classmethod
    def of(cls, folder: Path) -> "SlangLists":
        return cls(folder, starter.path())

    def lexicon(self) -> Lexicon:
        """What is in force once it is in the index."""
        return read_lexicon(self.folder)

    def get_list(self, lang: str) -> SlangList:
        return self._list_of(lang, read_own_lexicon(self.folder, []).get(lang, {}))

    def list_problems(self) -> tuple[InvalidArticle, ...]:
        """Lines and files of the firm's own that cannot be read, and so do not count."""
        problems: list[InvalidArticle] = []
        read_own_lexicon(self.folder, problems)
        return tuple(problems)

    def stamp(self) -> Stamp:
        """Changes when a file is written, comes or goes."""
        files = chain.from_iterable(
            sorted((folder / FOLDER).glob("*.tsv")) for folder in (self.shipped, self.folder)
        )
        return tuple(found for file in files for found in _stamp_of(file))

    def save(self, edit: SlangEdit) -> None:
        """Only the line of the entry changes, whatever else was written to the file meanwhile.

        Raises SlangConflict, InvalidSlang for a circle, and InvalidArticle for a file that cannot
        be read or written.
        """
        file = self.folder / FOLDER / f"{edit.lang}.tsv"

        def read() -> str:
            return read_text(self.folder, file) if file.exists() else ""

        def change(source: str) -> str:
            present = self._list_of(edit.lang, parse_lexicon(source, file.name, []))
            if present.edited(edit) == present:
                return source
            return spliced(source, edit.was.form if edit.was else None, edit.now)

        try:
            with held(file.parent):
                change_text(file, read, change)
        except OSError as error:
            raise unwritten(relative(self.folder, file), error) from None

    def _list_of(self, lang: str, own: Mapping[str, str]) -> SlangList:
        is_shipped_itself = self.folder.resolve() == self.shipped.resolve()
        shipped = {} if is_shipped_itself else read_own_lexicon(self.shipped, [])
        return SlangList(lang, own, shipped.get(lang, {}))


def _stamp_of(file: Path) -> Stamp:
    try:
        status = file.stat()
    except OSError:
        return ()
    return ((str(file), status.st_ino, status.st_mtime_ns, status.st_size),)
