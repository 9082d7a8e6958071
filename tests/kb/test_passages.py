from kb.models import Route, RouteAction
from kb.passages import PassageKind, passages_of, route_passages, sections
from tests.kb.shelf import an_article


def test_an_article_gives_title_questions_and_sections() -> None:
    article = an_article("a", "Judul", "satu", "dua", body="Isi pertama.\nIsi kedua.")
    kinds = [passage.kind for passage in passages_of(article)]
    assert kinds == [
        PassageKind.TITLE,
        PassageKind.QUESTION,
        PassageKind.QUESTION,
        PassageKind.SECTION,
    ]


def test_a_section_is_embedded_with_the_title_and_matched_without() -> None:
    section = passages_of(an_article("a", "Judul", body="Isi."))[1]
    assert (section.text, section.embedded_text) == ("Isi.", "Judul\nIsi.")


def test_repeated_questions_count_once() -> None:
    assert len(passages_of(an_article("a", "Judul", "Judul", "tanya", "tanya"))) == 2


def test_lines_are_joined_up_to_ninety_words() -> None:
    line = " ".join(["kata"] * 40)
    assert [len(part.split()) for part in sections("\n\n".join([line] * 5))] == [80, 80, 40]


def test_a_long_body_gives_twelve_sections() -> None:
    assert len(sections("\n".join([" ".join(["kata"] * 90)] * 30))) == 12


def test_the_hash_tells_a_section_from_a_question() -> None:
    as_question = passages_of(an_article("a", "t", "sama"))[1]
    as_section = passages_of(an_article("a", "t", body="sama"))[1]
    assert as_question.hash != as_section.hash


def test_a_route_gives_its_questions() -> None:
    route = Route("id", "thanks", RouteAction.THANKS, ("makasih", " makasih "))
    assert [passage.text for passage in route_passages(route)] == ["makasih"]
