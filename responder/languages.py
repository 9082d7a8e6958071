"""What languages are called."""

from babel import Locale, UnknownLocaleError


def language_name(lang: str, said_in: str) -> str:
    """ "Inggris" for English said in Indonesian; the code where neither is known."""
    try:
        return str(Locale.parse(said_in).languages.get(lang, lang))
    except (UnknownLocaleError, ValueError):
        return lang
