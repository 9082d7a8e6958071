"""The starter content is what it claims to be: believable, varied and honestly split."""

import hashlib
import json
import re
from itertools import combinations
from pathlib import Path

import pytest
import yaml

ARTICLES = Path(__file__).resolve().parents[2] / "articles"
WORD = re.compile(r"[^\W_]+")
SHORT_REPLY = 280
LINK_LENGTH = 80


def words(text: str) -> list[str]:
    return WORD.findall(text.lower())


def load(path: Path) -> tuple[dict[str, object], str]:
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(front), body


def five_grams(text: str) -> set[tuple[str, ...]]:
    tokens = words(text)
    return {tuple(tokens[i : i + 5]) for i in range(len(tokens) - 4)}


FILES = sorted(path for lang in ("id", "en") for path in (ARTICLES / lang).glob("*.md"))
LOADED = {f"{path.parent.name}/{path.stem}": load(path) for path in FILES}
GOLDEN = [
    json.loads(line)
    for line in (ARTICLES / "golden" / "toko-lentera.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


def test_there_are_enough_articles_in_both_languages_and_most_are_linked() -> None:
    indonesian = [key for key in LOADED if key.startswith("id/")]
    english = [key for key in LOADED if key.startswith("en/")]
    linked = [key for key in english if LOADED[key][0].get("translation_of") in LOADED]
    assert len(indonesian) >= 45
    assert len(english) >= 30
    assert len(linked) >= 0.8 * len(english)


@pytest.mark.parametrize("key", LOADED)
def test_an_article_is_substantial_and_asked_for_in_many_ways(key: str) -> None:
    front, body = LOADED[key]
    questions = front["questions"]
    assert isinstance(questions, list)
    assert len(set(words(body))) >= 80
    assert len({str(question).lower() for question in questions}) >= 5
    assert len(str(front["answer"])) + 1 + LINK_LENGTH <= SHORT_REPLY


def test_bodies_are_unlike_each_other() -> None:
    grams = {key: five_grams(body) for key, (_, body) in LOADED.items()}
    for one, other in combinations(grams, 2):
        shared = len(grams[one] & grams[other])
        assert shared < 0.3 * min(len(grams[one]), len(grams[other])), (one, other)


def test_links_between_articles_lead_somewhere() -> None:
    for key, (_, body) in LOADED.items():
        for lang, slug in re.findall(r"\]\(/(\w\w)/articles/([a-z0-9-]+)\)", body):
            assert f"{lang}/{slug}" in LOADED, (key, slug)


def test_every_category_has_a_title_in_both_languages() -> None:
    import tomllib

    categories = tomllib.loads((ARTICLES / "categories.toml").read_text(encoding="utf-8"))
    used = {front["category"] for front, _ in LOADED.values()}
    assert used == set(categories)
    assert all(entry["id"] and entry["en"] for entry in categories.values())


def test_the_golden_set_has_its_shape() -> None:
    refused = [line for line in GOLDEN if not line["gold"]]
    assert len(GOLDEN) == 300
    assert len(refused) == 120
    assert len({line["text"].lower() for line in GOLDEN}) == 300
    assert {line["kind"] for line in refused} == {"near", "other", "chat"}
    assert all(gold in LOADED for line in GOLDEN for gold in line["gold"])


def test_the_golden_split_follows_from_the_text_alone() -> None:
    for line in GOLDEN:
        first = hashlib.sha1(line["text"].encode()).hexdigest()[0]
        assert line["split"] == ("dev" if first in "0123456" else "test"), line["text"]


def test_golden_questions_are_worded_unlike_the_example_questions() -> None:
    examples = [
        set(words(str(text)))
        for front, _ in LOADED.values()
        for text in (front["title"], *front["questions"])  # type: ignore[misc]
    ]
    for line in GOLDEN:
        asked = set(words(line["text"]))
        closest = max(len(asked & known) / len(asked | known) for known in examples)
        assert closest <= 0.5, line["text"]


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_slang_list_maps_each_spelling_once_and_to_plain_words(lang: str) -> None:
    lines = (ARTICLES / "lexicon" / f"{lang}.tsv").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if line and not line.startswith("#")]
    slang = [pair[0] for pair in pairs]
    assert all(len(pair) == 2 for pair in pairs)
    assert len(slang) == len(set(slang)) >= (500 if lang == "id" else 80)
    assert not {word for pair in pairs for word in pair[1].split()} & set(slang)
