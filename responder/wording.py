"""Every text the bot says by itself: shipped in TOML files, changed by the firm in the portal."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from kb.database import Database
from responder.cache import Cached
from responder.errors import InvalidWording, UnknownWording
from responder.speech import Speech
from responder.store import wording as store

Texts = Mapping[tuple[str, str], str]
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class WordingEntry:
    key: str
    text: str
    default: str

    @property
    def changed(self) -> bool:
        return self.text != self.default


class Wording:
    """Texts per language; a language without an own text speaks the default language's."""

    def __init__(self, database: Database, defaults: Texts, fallback_lang: str = "en") -> None:
        self._database = database
        self._defaults = defaults
        self._fallback_lang = fallback_lang
        self._changed = Cached(self._load)
        self._speech = Cached(lambda: Speech.of(self._words))

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(sorted({lang for lang, _ in self._defaults}))

    def text(self, lang: str, key: str, **values: object) -> str:
        return self._template(lang, key).format(**values)

    def speech(self) -> Speech:
        """How messages are built, in the words of all languages."""
        return self._speech.get()

    def list_texts(self, lang: str) -> tuple[WordingEntry, ...]:
        changed = self._load()
        return tuple(
            WordingEntry(key, changed.get((lang, key), default), default)
            for (its_lang, key), default in sorted(self._defaults.items())
            if its_lang == lang
        )

    def change(self, lang: str, key: str, text: str | None) -> None:
        """None brings the shipped text back."""
        default = self._defaults.get((lang, key))
        if default is None:
            raise UnknownWording(lang, key)
        with self._database.write() as connection:
            if text is None:
                store.delete(connection, lang, key)
            else:
                _check(key, text, default)
                store.put(connection, lang, key, text.strip())
        self._changed.forget()
        self._speech.forget()

    def _words(self, key: str) -> str:
        return ", ".join(self.text(lang, key) for lang in self.languages)

    def _template(self, lang: str, key: str) -> str:
        changed = self._changed.get()
        for its_lang in (lang, self._fallback_lang):
            found = changed.get((its_lang, key)) or self._defaults.get((its_lang, key))
            if found is not None:
                return found
        raise UnknownWording(lang, key)

    def _load(self) -> Texts:
        with self._database.read() as connection:
            return store.list_all(connection)


def speech_of(texts: Texts) -> Speech:
    """How messages are built, in the words of all languages that there are texts for."""
    return Speech.of(
        lambda key: ", ".join(
            text for (_, its_key), text in sorted(texts.items()) if its_key == key
        )
    )


def read_wording(folders: Sequence[Path]) -> dict[tuple[str, str], str]:
    """All <lang>.toml of the folders; a text in a later folder replaces the earlier one."""
    texts: dict[tuple[str, str], str] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            texts.update(_read(path))
    return texts


def _read(path: Path) -> dict[tuple[str, str], str]:
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidWording(str(path), "%(problem)s", problem=error) from None
    for key, text in entries.items():
        if not isinstance(text, str):
            raise InvalidWording(f"{path}: {key}", "write the text in quotes")
        placeholders(key, text)
    return {(path.stem, key): text.strip() for key, text in entries.items()}


def placeholders(key: str, text: str) -> frozenset[str]:
    try:
        parts = [part for part in Formatter().parse(text) if part[1] is not None]
    except ValueError as error:
        raise InvalidWording(key, "a brace too many: %(problem)s", problem=error) from None
    for _, field, spec, conversion in parts:
        if not str(field).isidentifier() or spec or conversion:
            raise InvalidWording(key, "write a placeholder as its plain name in braces")
    return frozenset(str(part[1]) for part in parts)


def _check(key: str, text: str, default: str) -> None:
    if not text.strip() or len(text) > LONGEST:
        raise InvalidWording(key, "write 1 to %(most)s characters", most=LONGEST)
    invented = placeholders(key, text) - placeholders(key, default)
    if invented:
        raise InvalidWording(key, "unknown placeholder {%(name)s}", name=sorted(invented)[0])
    if "link" in placeholders(key, default) - placeholders(key, text):
        raise InvalidWording(key, "keep the placeholder {link}")
