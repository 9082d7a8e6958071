"""Greetings and thanks around a question are no part of it, and never the whole of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from kb import starter
from kb.folder import read_folder
from kb.models import ArticleKey, HitKind, RouteAction
from responder.models import Candidate
from responder.pleasantries import NO_PLEASANTRIES, Pleasantries
from responder.speech import spoken
from responder.wording import read_wording, speech_of
from tests.responder.talking import FOLDER, GOLDEN, rows

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
        ("makasih kak udah dibales cepet", "makasih kak udah dibales cepet"),
        ("terima kasih atas informasinya ya min", "terima kasih atas informasinya ya min"),
        ("makasih, infonya mana", "infonya mana"),
        ("terima kasih, mohon dibantu ya", "mohon dibantu ya"),
        ("halo kak, dibales ya", "dibales ya"),
        ("makasih kok belum", "kok belum"),
        ("", ""),
    ],
)
def test_only_the_question_is_looked_up(said: str, wanted: str) -> None:
    assert SHIPPED.taken_off(said, SPEECH) == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("min order berapa", "minimum order berapa"),
        ("min order?", "minimum order?"),
        ("min pembelian kak", "minimum pembelian"),
        ("Min. order brp ya kak", "minimum order brp ya"),
        ("halo min order berapa", "minimum order berapa"),
        ("kak mau tanya min pembelian berapa ya", "minimum pembelian berapa ya"),
        ("min belanja brp sih biar ga kena ongkir", "minimum belanja brp sih biar ga kena ongkir"),
        ("min belanjanya berapa min", "minimum belanjanya berapa"),
        ("selamat pagi, min order grosir berapa pcs", "minimum order grosir berapa pcs"),
        ("min beli berapa biar dapet diskon", "minimum beli berapa biar dapet diskon"),
        ("min transaksi berapa buat pake paylater", "minimum transaksi berapa buat pake paylater"),
        ("min ordernya berapa min", "minimum ordernya berapa"),
        ("hi, min order quantity?", "minimum order quantity?"),
        ("brp min order kak?", "brp minimum order"),
        ("harga grosir min pembelian berapa min", "harga grosir minimum pembelian berapa"),
        ("min purchase for free delivery", "minimum purchase for free delivery"),
    ],
)
def test_min_is_spelt_out_where_it_means_minimum(said: str, wanted: str) -> None:
    assert SHIPPED.taken_off(said, SPEECH) == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("min ongkir ke bandung berapa", "ongkir ke bandung berapa"),
        ("ongkir brp min", "ongkir brp"),
        ("halo min", "halo min"),
        ("min order saya belum sampai", "order saya belum sampai"),
        ("min, order berapa biar gratis ongkir", "order berapa biar gratis ongkir"),
        ("halo min, beli berapa biar dapat diskon", "beli berapa biar dapat diskon"),
        ("min transaksi saya gagal terus", "transaksi saya gagal terus"),
        ("min pesan wajan bisa cod ga", "pesan wajan bisa cod ga"),
        ("min beli banyak dapet diskon ga", "beli banyak dapet diskon ga"),
        ("min checkout kok error", "checkout kok error"),
        ("min mau beli tp bingung caranya", "mau beli tp bingung caranya"),
        ("min order via wa bisa?", "order via wa bisa?"),
        ("berapa order minimal min", "berapa order minimal"),
        ("min my order is late", "my order is late"),
    ],
)
def test_min_is_taken_off_where_it_calls_the_admin(said: str, wanted: str) -> None:
    assert SHIPPED.taken_off(said, SPEECH) == wanted


MEANS_MINIMUM = {
    "min belanja brp sih biar ga kena ongkir",
    "min belanja udah cukup tp kupon ga bs dipake",
}


def test_of_all_that_customers_of_the_demo_shop_say_only_these_mean_minimum() -> None:
    content = read_folder(starter.path())
    said = [text for article in content.articles for text in article.questions]
    said += [row["text"] for row in rows(GOLDEN)]
    for path in sorted(FOLDER.glob("*.jsonl")):
        said += [text for row in rows(path) for text in row.get("turns") or [row["text"]]]
    short = [text for text in said if "min" in spoken(text)]
    assert len(short) > 50
    assert {text for text in short if "minimum" in SHIPPED.taken_off(text, SPEECH)} == MEANS_MINIMUM


def a_route(action: RouteAction) -> Candidate:
    key = ArticleKey("id", str(action))
    return Candidate(key, HitKind.ROUTE, key.slug, 0.99, 2.0, {}, action=action)


ARTICLE = Candidate(ArticleKey("id", "ongkir"), HitKind.ARTICLE, "Ongkir", 0.4, 1.0, {})


@pytest.mark.parametrize(
    "said",
    [
        "gan nego",
        "mau tanya garansi dong",
        "ok makasih, nomor resinya mana ya",
        "halo sofa",
        "selamat siang kak, jawabannya mana",
        "terima kasih, mohon dibantu cepat ya",
        "selamat sore kak, dibalas ya",
        "makasih udah dibales tapi belum jelas",
        "ok thanks but no response",
    ],
)
def test_a_greeting_is_no_reply_to_what_else_was_said(said: str) -> None:
    ranked = (a_route(RouteAction.GREETING), ARTICLE, a_route(RouteAction.THANKS))
    assert SHIPPED.passed_over(ranked, said, SPEECH) == (ARTICLE,)


@pytest.mark.parametrize(
    "said",
    [
        "haloo minn",
        "trimakasih bnyk kak",
        "makasiii banyak yaaa",
        "good evenning",
        "min",
        "siap kak",
        "makasih udah dijelasin sabar bgt",
        "thanks for your quick reply and help",
    ],
)
def test_a_greeting_may_be_misspelt_and_say_more_of_its_kind(said: str) -> None:
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
