"""Greetings and thanks around a question are no part of it, and never the whole of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from kb import starter
from kb.folder import read_folder
from kb.models import ArticleKey, HitKind, RouteAction
from responder.models import Candidate
from responder.pleasantries import NO_PLEASANTRIES, Pleasantries
from responder.wording import read_wording, speech_of

SHIPPED = Pleasantries.of(read_folder(starter.path()).routes)
SPEECH = speech_of(read_wording(starter.wording(Path("nowhere"))))


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("selamat pagi, ongkir ke bandung berapa?", "ongkir ke bandung berapa?"),
        ("ongkir brp kak", "ongkir brp"),
        ("Halo min, permisi. Refund gmn ya, makasih kak", "Refund gmn ya"),
        ("makasih kak, kalau retur gimana", "kalau retur gimana"),
        ("Kak mau tanya dong, ongkir brp, makasih ya", "ongkir brp"),
        ("Good morning! Hi there, where is my parcel? Thank you so much", "where is my parcel?"),
        ("kak", "kak"),
        ("halo kak, makasih ya", "halo kak, makasih ya"),
        ("tes covid berapa lama", "tes covid berapa lama"),
        ("", ""),
    ],
)
def test_only_the_question_is_looked_up(said: str, wanted: str) -> None:
    assert SHIPPED.taken_off(said, SPEECH) == wanted


def a_route(action: RouteAction) -> Candidate:
    key = ArticleKey("id", str(action))
    return Candidate(key, HitKind.ROUTE, key.slug, 0.99, 2.0, {}, action=action)


ARTICLE = Candidate(ArticleKey("id", "ongkir"), HitKind.ARTICLE, "Ongkir", 0.4, 1.0, {})


@pytest.mark.parametrize(
    "said", ["gan nego", "mau tanya garansi dong", "ok makasih, nomor resinya mana ya", "halo sofa"]
)
def test_a_greeting_is_no_reply_to_what_else_was_said(said: str) -> None:
    ranked = (a_route(RouteAction.GREETING), ARTICLE, a_route(RouteAction.THANKS))
    assert SHIPPED.passed_over(ranked, said, SPEECH) == (ARTICLE,)


@pytest.mark.parametrize(
    "said", ["haloo minn", "trimakasih bnyk kak", "makasiii banyak yaaa", "good evenning", "min"]
)
def test_a_greeting_may_be_misspelt(said: str) -> None:
    ranked = (a_route(RouteAction.THANKS), ARTICLE)
    assert SHIPPED.passed_over(ranked, said, SPEECH) == ranked


@pytest.mark.parametrize("action", [RouteAction.PERSON, RouteAction.COMPLAINT, RouteAction.ABUSE])
def test_other_routes_stay_whatever_is_said(action: RouteAction) -> None:
    ranked = (a_route(action), ARTICLE)
    assert SHIPPED.passed_over(ranked, "barang rusak parah", SPEECH) == ranked


def test_a_firm_without_such_routes_keeps_every_word() -> None:
    assert NO_PLEASANTRIES.taken_off("halo, ongkir berapa", SPEECH) == "halo, ongkir berapa"
    ranked = (replace(ARTICLE, confidence=0.9),)
    assert NO_PLEASANTRIES.passed_over(ranked, "halo, ongkir berapa", SPEECH) == ranked
