"""Lint: what a writer is told on save, and what is left in peace."""

import time
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

import pytest

from kb import starter
from kb.errors import TextTooLong
from kb.folder import read_folder
from kb.lint import SEVERITIES, SUMMARIES, LintCode, LintProblem, Severity, lint
from kb.models import Article, ArticleKey

QUESTIONS = ("paket saya dimana", "kok blm nyampe ya", "kapan sampainya")


def an_article(*, key: str = "id/paket", body: str = "Isi.", answer: str = "Cek Lacak.") -> Article:
    return Article(
        ArticleKey.parse(key), "Paket belum sampai", body, answer=answer, questions=QUESTIONS
    )


def problems(
    article: Article,
    *,
    known: Collection[ArticleKey] = (),
    limits: Mapping[str, int] | None = None,
    others: Collection[Article] = (),
    today: date | None = None,
) -> tuple[LintProblem, ...]:
    return lint(article, known=known, limits=limits or {}, others=others, today=today)


def codes(article: Article, **given: object) -> list[LintCode]:
    return [problem.code for problem in problems(article, **given)]  # type: ignore[arg-type]


def test_a_good_article_has_no_problem() -> None:
    assert problems(an_article()) == ()


def test_an_answer_must_fit_each_channel_unless_the_channel_has_its_own_text() -> None:
    article = an_article(answer="x" * 250)
    (problem,) = problems(article, limits={"web": 1000, "x": 220})
    assert problem.code is LintCode.ANSWER_TOO_LONG
    assert dict(problem.facts) == {"channel": "x", "length": 250, "limit": 220}
    assert problem.summary == "the answer has 250 characters; x takes 220"
    assert problems(replace(article, channels={"x": "Cek Lacak."}), limits={"x": 220}) == ()


def test_an_own_text_of_a_channel_must_fit_too() -> None:
    article = replace(an_article(), channels={"x": "y" * 221})
    assert codes(article, limits={"x": 220}) == [LintCode.ANSWER_TOO_LONG]


def test_a_missing_answer_is_a_warning_and_an_empty_article_an_error() -> None:
    (missing,) = problems(an_article(answer=""))
    (empty,) = problems(an_article(answer="", body=" \n"))
    assert (missing.code, missing.severity) == (LintCode.NO_ANSWER, Severity.WARNING)
    assert (empty.code, empty.severity) == (LintCode.NOTHING_TO_SAY, Severity.ERROR)


@pytest.mark.parametrize(
    ("count", "code"),
    [(0, LintCode.NO_QUESTIONS), (1, LintCode.FEW_QUESTIONS), (2, LintCode.FEW_QUESTIONS)],
)
def test_example_questions_are_wanted(count: int, code: LintCode) -> None:
    assert codes(replace(an_article(), questions=QUESTIONS[:count])) == [code]


@pytest.mark.parametrize(
    "address",
    [
        "/id/articles/tidak-ada",
        "/id/articles/tidak-ada/",
        "/id/articles/tidak-ada#resi",
        "/id/articles/Huruf_Besar",
    ],
)
def test_a_link_to_no_article_is_an_error(address: str) -> None:
    (problem,) = problems(an_article(body=f"Lihat [ini]({address}) dan [lagi]({address})."))
    assert (problem.code, problem.severity) == (LintCode.BROKEN_LINK, Severity.ERROR)
    assert problem.facts["address"] == address


def test_links_to_known_articles_and_elsewhere_are_fine() -> None:
    body = (
        "[a](/id/articles/lacak#resi) [b](https://x.example/id/articles/y) [c](/id/) "
        "`[d](/id/articles/none)`"
    )
    assert codes(an_article(body=body), known={ArticleKey("id", "lacak")}) == []


def test_an_image_wants_alternative_text() -> None:
    body = "![Kotak terbuka](a.png) ![](media/b.png)"
    (problem,) = problems(an_article(body=body))
    assert problem.code is LintCode.IMAGE_WITHOUT_ALT
    assert problem.facts["address"] == "media/b.png"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Send the photo and I will look at it."),
        ("en", "Ask my team."),
        ("en", "My team will call."),
        ("en", "Sorry, I'm late."),
        ("en", "How can I help you?"),
        ("en", "*Please note that I answer slowly today.*"),
        ("id", "Nanti saya cek dulu."),
        ("id", "Saya akan membantu."),
        ("id", "Maaf. Saya cek dulu."),
        ("id", "Tunggu ya, aku tanya gudang."),
        ("id", "Ada yang bisa saya bantu?"),
        ("id", "Kirim ke gue aja."),
    ],
)
def test_a_firm_does_not_call_itself_i(lang: str, text: str) -> None:
    assert codes(an_article(key=f"{lang}/a", body=text)) == [LintCode.FIRST_PERSON]
    assert LintCode.FIRST_PERSON in codes(an_article(key=f"{lang}/a", answer=text))
    assert LintCode.FIRST_PERSON in codes(
        replace(an_article(key=f"{lang}/a"), channels={"x": text})
    )


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Open My Orders and press Track."),
        ("en", "Open **My orders**, then *My address*."),
        ("en", "Write “I want to cancel my order” to us."),
        ("en", 'Choose "Where is my parcel".'),
        ("en", "Where is my parcel? Look under Track."),
        ("en", "## Where I find my parcel\n\nLook under Track."),
        ("en", "> I waited for my parcel.\n\nWe are sorry."),
        ("en", "See [my parcel has not arrived](/x)."),
        ("en", "```\nmy order\n```\n\nUse `my order`."),
        ("en", "This was phase I. We move on."),
        ("id", "Buka Pesanan Saya, lalu tekan Lacak."),
        ("id", "Tekan **Pesanan saya**."),
        ("id", "Tulis 'paket saya hilang' di kolom."),
        ("id", "Apakah uang saya kembali? Ya."),
        ("id", "Kami membantu; biayanya sayang sekali."),
        ("id", "In English my order is fine here."),
        ("fr", "I do not check this language."),
    ],
)
def test_customers_words_and_menu_names_are_left_in_peace(lang: str, text: str) -> None:
    assert codes(an_article(key=f"{lang}/a", body=text)) == []


def test_titles_and_example_questions_may_say_i() -> None:
    article = replace(an_article(), title="Akun saya dibajak")
    assert codes(article) == []


@pytest.mark.parametrize(
    "email", ["dewi.lestari@gmail.com", "budi_88@yahoo.co.id", "Rina@HOTMAIL.com"]
)
def test_a_persons_own_address_is_reported(email: str) -> None:
    for article in (an_article(body=f"Tulis ke {email}."), an_article(answer=f"Ke {email}")):
        (problem,) = problems(article)
        assert problem.code is LintCode.PERSONAL_EMAIL
        assert problem.facts["email"] == email


@pytest.mark.parametrize(
    "email", ["cs@gmail.com", "toko.lentera@gmail.com", "bantuan@toko.example", "dewi@gmail"]
)
def test_an_office_address_is_fine(email: str) -> None:
    assert codes(an_article(body=f"Tulis ke {email}.")) == []


def test_a_title_may_have_ninety_characters() -> None:
    assert codes(replace(an_article(), title="t" * 90)) == []
    assert codes(replace(an_article(), title="t" * 91)) == [LintCode.TITLE_TOO_LONG]


def test_a_review_is_overdue_the_day_after() -> None:
    article = replace(an_article(), review_by=date(2027, 3, 1))
    assert codes(article, today=date(2027, 3, 1)) == []
    assert codes(article, today=date(2027, 3, 2)) == [LintCode.REVIEW_OVERDUE]
    assert codes(article) == []


def test_a_translation_of_nothing_is_an_error() -> None:
    original = ArticleKey("en", "parcel")
    article = replace(an_article(), translation_of=original)
    assert codes(article, known={original}) == []
    (problem,) = problems(article)
    assert (problem.code, problem.severity) == (LintCode.UNKNOWN_ORIGINAL, Severity.ERROR)


def test_an_example_question_of_another_article_is_reported() -> None:
    other = Article(
        ArticleKey("id", "resi"), "Kapan sampainya?", questions=("Paket  saya DIMANA?",)
    )
    found = problems(an_article(), others=[an_article(), other])
    assert [(p.code, p.facts["key"], p.facts["question"]) for p in found] == [
        (LintCode.DUPLICATE_QUESTION, "id/resi", "paket saya dimana"),
        (LintCode.DUPLICATE_QUESTION, "id/resi", "kapan sampainya"),
    ]
    english = replace(other, key=ArticleKey("en", "awb"))
    assert problems(an_article(), others=[english]) == ()


def test_unknown_keys_are_a_hint() -> None:
    (problem,) = problems(replace(an_article(), unknown=("shop", "colour")))
    assert (problem.severity, problem.facts["keys"]) == (Severity.HINT, "shop, colour")


def test_errors_come_first_and_every_code_has_words() -> None:
    article = replace(an_article(body="[x](/id/articles/y)"), unknown=("shop",), questions=())
    assert [p.severity for p in problems(article)] == ["error", "warning", "hint"]
    assert set(SEVERITIES) == set(SUMMARIES) == set(LintCode)
    assert all(problem.summary for problem in problems(article))


def test_the_starter_content_has_no_problem() -> None:
    folder = read_folder(starter.path())
    known = {article.key for article in folder.articles}
    found = {
        (str(article.key), problem.summary)
        for article in folder.articles
        for problem in problems(article, known=known, limits={"x": 199}, others=folder.articles)
    }
    assert found == set()


@pytest.mark.parametrize(
    "text",
    ["*a " * 20_000 + "b*" * 20_000, '"' * 60_001, "'a" * 60_000, "a." * 60_000, "[a](b" * 20_000],
    ids=["emphasis", "quotes", "apostrophes", "addresses", "links"],
)
def test_hostile_text_is_checked_in_time(text: str) -> None:
    start = time.perf_counter()
    lint(an_article(key="en/a", body=text, answer=text), known=(), limits={})
    assert time.perf_counter() - start < 5


def test_a_body_beyond_all_measure_is_refused() -> None:
    with pytest.raises(TextTooLong):
        problems(an_article(body="x" * 300_000))
