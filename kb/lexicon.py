"""lexicon/<lang>.tsv: how customers spell words, and the word that is meant."""

from collections.abc import Mapping

from kb.errors import InvalidArticle


def parse_lexicon(source: str, path: str) -> Mapping[str, str]:
    """Slang to formal, one pair a line, tab between; '#' begins a comment line."""
    words: dict[str, str] = {}
    for number, line in enumerate(source.removeprefix("\ufeff").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        slang, tab, formal = line.partition("\t")
        if not (tab and slang.strip() and formal.strip()):
            raise InvalidArticle(path, number, "write slang, a tab, and the formal word")
        words[slang.strip().casefold()] = formal.strip().casefold()
    return words
