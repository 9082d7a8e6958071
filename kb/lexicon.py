"""lexicon/<lang>.tsv: how customers spell words, and the word that is meant."""

from collections.abc import Mapping
from dataclasses import dataclass

from kb.errors import InvalidArticle, InvalidSlang
from kb.text import WORD, has_words, normalise, spelling, spelt_out_whole

LONGEST_FORM = 40
LONGEST_PLAIN = 100
BOM = "\ufeff"
HEADING = "# slang\tformal\n"


@dataclass(frozen=True, slots=True, order=True)
class SlangPair:
    """`form` as customers spell it, `plain` the word or words that are meant."""

    form: str
    plain: str


def parse_lexicon(source: str, path: str, problems: list[InvalidArticle]) -> dict[str, str]:
    """Slang to formal, one pair a line, tab between; '#' begins a comment line.

    A line that is no pair becomes a problem; of two for one form the later counts.
    """
    words: dict[str, str] = {}
    for number, line in enumerate(source.removeprefix(BOM).splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        pair = _pair_on(line)
        if pair is None:
            problems.append(InvalidArticle(path, number, "write slang, a tab, and the formal word"))
        else:
            words[pair.form] = pair.plain
    return words


def pair_of(form: str, plain: str) -> SlangPair:
    """As a lexicon file would have it, and as a message's words are compared with it.

    Raises InvalidSlang for what could never match or would change nothing.
    """
    pair = SlangPair(
        _compared("form", form, LONGEST_FORM), _compared("plain", plain, LONGEST_PLAIN)
    )
    if " " in pair.form:
        raise InvalidSlang("form", "Write one word: slang is looked for word by word.")
    if not WORD.fullmatch(pair.form):
        raise InvalidSlang("form", "Use letters and digits only: no other sign is looked at.")
    if spelling(pair.plain) == pair.form:
        raise InvalidSlang("plain", "This is the spelling itself: write what it stands for.")
    return pair


def can_match(form: str) -> bool:
    """Whether a form that was written by hand is ever found in a message."""
    return WORD.fullmatch(form) is not None and form == normalise(form).lower()


def refuse_circle(pair: SlangPair, forms: Mapping[str, str]) -> None:
    """Raises InvalidSlang where the other `forms` of the language lead from its meaning to it."""
    others = {form: plain for form, plain in forms.items() if form != pair.form}
    if pair.plain in others and spelt_out_whole(pair.plain, others) == pair.form:
        raise InvalidSlang(
            "plain",
            "“%(plain)s” is itself spelt out as “%(form)s”: that leads round in a circle.",
            plain=pair.plain,
            form=pair.form,
        )


def spliced(source: str, was: str | None, now: SlangPair | None) -> str:
    """The file with the line of form `was` replaced by `now`, or taken away, or `now` added at the
    end; every other line as it is."""
    bom = BOM if source.startswith(BOM) else ""
    lines = source.removeprefix(BOM).splitlines(keepends=True)
    places = [number for number, line in enumerate(lines) if was and _form_on(line) == was]
    if now is None or not places:
        kept = [line for number, line in enumerate(lines) if number not in places]
        return bom + "".join(kept if now is None else _with_last(kept, now))
    last = places[-1]
    lines[last] = _line(now, _end_of(lines[last]))
    hidden = places[:-1] if was != now.form else []
    return bom + "".join(line for number, line in enumerate(lines) if number not in hidden)


def _compared(field: str, text: str, longest: int) -> str:
    if "\t" in text or len(text.splitlines()) > 1:
        raise InvalidSlang(field, "Leave out tabs and line breaks.")
    words = normalise(text).lower()
    if not has_words(words):
        raise InvalidSlang(field, "Write a word: at least one letter or digit.")
    if len(words) > longest:
        template = "That is too long: at most %(max_length)s characters."
        raise InvalidSlang(field, template, max_length=longest)
    if words != words.casefold() or words != normalise(words):
        raise InvalidSlang(field, "One of these letters never matches: write it with others.")
    return words


def _pair_on(line: str) -> SlangPair | None:
    slang, tab, formal = line.partition("\t")
    if not (tab and slang.strip() and formal.strip()):
        return None
    return SlangPair(slang.strip().casefold(), formal.strip().casefold())


def _form_on(line: str) -> str | None:
    pair = None if line.startswith("#") else _pair_on(line)
    return pair.form if pair else None


def _with_last(lines: list[str], pair: SlangPair) -> list[str]:
    """In a new file below its heading; the line ends are those of the file."""
    if not lines:
        return [HEADING, _line(pair, "\n")]
    end = _end_of(lines[0]) or "\n"
    before = [] if _end_of(lines[-1]) else [end]
    return [*lines, *before, _line(pair, end)]


def _line(pair: SlangPair, end: str) -> str:
    return f"{pair.form}\t{pair.plain}{end}"


def _end_of(line: str) -> str:
    return line[len(line.splitlines()[0]) :]
