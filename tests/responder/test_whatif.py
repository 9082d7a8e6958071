"""A change is looked at before it is saved: what is said of it is what then happens."""

import shutil
import time
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from kb import starter
from kb.database import Database
from kb.embedders import HashingEmbedder
from kb.errors import EmbedderUnavailable, InvalidArticle, InvalidSlang, UnknownArticle
from kb.folder import read_routes
from kb.imagining import Imagination
from kb.models import ArticleKey, HitKind, PublishedArticle, Route
from kb.parsing import parse_stored
from kb.publishing import Library
from kb.search import Searcher
from responder.bootstrap import build_services
from responder.changes import (
    ArticleEdit,
    Change,
    EmbedderChange,
    ExampleQuestion,
    Slang,
    ThresholdChange,
)
from responder.effects import Effects, Origin, Turn
from responder.errors import InvalidChange, InvalidThreshold, UnknownChannel
from responder.exchange import Incoming
from responder.ids import new_id
from responder.models import Posture, ReplyKind, Verdict
from responder.schema import decision
from responder.searching import SearchedKnowledge
from responder.thresholds import ANY
from responder.whatif import Scope, Stage, WhatIf, WhatIfTools
from tests.conftest import StillClock
from tests.responder.builders import BUDI, some_settings
from tests.responder.shops import Shop

SHIPPING = ArticleKey("id", "ongkos-kirim")
REFUND = ArticleKey("id", "uang-kembali")
PASSWORD = ArticleKey("id", "lupa-sandi")
SHIPPING_EN = ArticleKey("en", "shipping-cost")
TEXTS = {
    SHIPPING: ("Berapa ongkos kirim?", "ongkir ke bandung berapa", "biaya kirim ke luar jawa"),
    REFUND: ("Kapan uang saya kembali?", "refund belum masuk rekening", "dana saya kapan cair"),
    PASSWORD: ("Lupa kata sandi", "saya lupa password akun", "tidak bisa login lupa sandi"),
    SHIPPING_EN: ("How much is shipping?", "what is the delivery fee", "shipping cost to bali"),
}
BEGINNING = (SHIPPING, REFUND, PASSWORD)
SURE = 0.5


def source_of(key: ArticleKey, *more: str, translation_of: ArticleKey | None = None) -> str:
    title, *questions = TEXTS.get(key, (key.slug,))
    listed = "".join(f"- {question}\n" for question in (*questions, *more))
    linked = f"translation_of: {translation_of}\n" if translation_of else ""
    return f"---\ntitle: {title}\nanswer: Begini.\n{linked}questions:\n{listed}---\nIsi.\n"


@dataclass(frozen=True)
class AskedShop(Shop):
    """One with customers who ask."""

    index: Path
    what_if: WhatIf

    def ask(self, *texts: str) -> list[str]:
        """Public ids of the decisions, each in a conversation of its own."""
        reply = self.services.responder.reply
        return [reply(Incoming(text, lang="id")).decision.public_id for text in texts]

    def answer_now(self, text: str) -> ArticleKey | None:
        trace = self.services.responder.preview(text, lang="id")
        return trace.candidates[0].key if trace.kind is ReplyKind.ANSWER else None

    def effects(self, change: Change, last: int = 1000) -> Effects:
        return self.what_if.look(change, Scope(last)).effects


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index that knows the articles the shop begins with."""
    path = tmp_path_factory.mktemp("learned") / "index.db"
    published = [PublishedArticle(parse_stored(source_of(key), key)) for key in BEGINNING]
    Searcher(path, Still(tuple(published)), HashingEmbedder, dict).start()
    return path


@dataclass(frozen=True)
class Still:
    """Content that never changes."""

    articles: tuple[PublishedArticle, ...]

    def generation(self) -> int:
        return 1

    def list_published(self) -> tuple[PublishedArticle, ...]:
        return self.articles

    def list_routes(self) -> tuple[Route, ...]:
        return read_routes(starter.path())


def a_shop(database: Database, clock: StillClock, index: Path) -> AskedShop:
    library = Library(database, clock)
    searcher = Searcher(index, library, HashingEmbedder, dict)
    knowledge = SearchedKnowledge(searcher)
    services = build_services(database, some_settings(), knowledge, clock)
    tools = WhatIfTools(
        database,
        knowledge,
        Imagination(searcher),
        services.replay,
        services.labels,
        services.golden,
        services.thresholds,
        services.firm,
    )
    for key in BEGINNING:
        library.create(key, source_of(key), "dewi")
        library.publish(key, "dewi")
    services.thresholds.change(ANY, ANY, SURE, "budi")
    return AskedShop(library, searcher, knowledge, services, index, WhatIf(tools))


@pytest.fixture
def shop(sqlite_database: Database, clock: StillClock, learned: Path, tmp_path: Path) -> AskedShop:
    return a_shop(sqlite_database, clock, Path(shutil.copy(learned, tmp_path / "index.db")))


@pytest.fixture
def any_shop(database: Database, clock: StillClock, learned: Path, tmp_path: Path) -> AskedShop:
    return a_shop(database, clock, Path(shutil.copy(learned, tmp_path / "index.db")))


ASKED = (
    "ongkir ke medan berapa",
    "refund belum masuk rekening",
    "saya lupa password akun",
    "cara ganti alamat toko fisik",
)
THIEF = ArticleKey("id", "ongkir-medan")
THEFT = ArticleEdit(THIEF, source_of(THIEF, "ongkir ke medan berapa", "ongkir medan"))


def turned(effects: Effects) -> set[tuple[str, Turn]]:
    return {(effect.asked.question.text, effect.turn) for effect in effects.effects}


def test_the_shop_answers_to_begin_with(shop: AskedShop) -> None:
    assert [shop.answer_now(text) for text in ASKED] == [SHIPPING, REFUND, PASSWORD, None]


def test_a_draft_that_takes_questions_from_another_article_is_told_to_steal(
    shop: AskedShop,
) -> None:
    shop.ask(*ASKED, "Ongkir ke Medan berapa?")
    effects = shop.effects(THEFT)
    (theft,) = effects.thefts()
    assert (theft.loser, theft.winner, theft.tally.questions) == (SHIPPING, THIEF, 2)
    assert turned(effects) == {("Ongkir ke Medan berapa?", Turn.OTHER_ARTICLE)}
    assert effects.asked[Origin.STORED] == 5
    assert effects.unchanged == 3
    shop.publish(THIEF, str(THEFT.source))
    assert shop.answer_now(ASKED[0]) == THIEF


def test_losing_an_answer_that_agents_called_right_is_harm(shop: AskedShop) -> None:
    decided = shop.ask(*ASKED)
    assert shop.effects(THEFT).harm.questions == 0
    shop.services.inbox.record_verdict(decided[0], Verdict.RIGHT, BUDI)
    effects = shop.effects(THEFT)
    assert effects.harm.questions == 1
    assert effects.tally(Turn.OTHER_ARTICLE).was_right == 1
    assert effects.tally(Turn.OTHER_ARTICLE).is_wrong == 1


def test_taking_over_what_agents_called_wrong_is_no_harm(shop: AskedShop) -> None:
    decided = shop.ask(*ASKED)
    shop.services.inbox.record_verdict(decided[0], Verdict.WRONG, BUDI)
    effects = shop.effects(THEFT)
    assert effects.harm.questions == 0
    assert effects.tally(Turn.OTHER_ARTICLE).was_wrong == 1


def test_an_article_taken_away_leaves_its_questions_unanswered(shop: AskedShop) -> None:
    shop.ask(*ASKED)
    effects = shop.effects(ArticleEdit(REFUND, None))
    assert (ASKED[1], Turn.NO_LONGER_ANSWERED) in turned(effects)
    assert effects.of(Turn.NO_LONGER_ANSWERED)[0].before.answers == (REFUND,)


def test_an_example_question_answers_what_went_to_people(shop: AskedShop) -> None:
    shop.ask(*ASKED)
    effects = shop.effects(ExampleQuestion(PASSWORD, ASKED[3]))
    assert turned(effects) == {(ASKED[3], Turn.NEWLY_ANSWERED)}
    assert effects.effects[0].after.answers == (PASSWORD,)


def test_slang_is_understood_once_it_is_entered(shop: AskedShop) -> None:
    before = shop.knowledge.find("wakwaw ke bandung berapa").candidates[0].relevance
    known = shop.what_if.tools.imagination.with_slang(
        shop.searcher.collection(), "id", {"wakwaw": "ongkir"}
    )
    reading = shop.knowledge.read(known, shop.searcher.embedder())
    after = shop.knowledge.looked_up([], reading).find("wakwaw ke bandung berapa")
    assert after.candidates[0].key == SHIPPING
    assert after.candidates[0].relevance > before


def test_another_embedder_is_tried_without_being_installed_for_good(shop: AskedShop) -> None:
    shop.ask(*ASKED)
    seen: list[tuple[Stage, int, int]] = []
    outlook = shop.what_if.look(
        EmbedderChange("none"), watch=lambda stage, done, total: seen.append((stage, done, total))
    )
    assert outlook.effects.asked[Origin.STORED] == 4
    assert 0 < outlook.building_seconds < outlook.seconds
    assert seen[-1] == (Stage.ASKING, 4, 4)
    assert shop.searcher.embedder().recipe == HashingEmbedder.recipe


def test_what_is_imagined_never_reaches_a_searcher(shop: AskedShop) -> None:
    shop.ask(*ASKED)
    collection, reading = shop.searcher.collection(), shop.knowledge.present()
    stamp = (shop.index.stat().st_ino, shop.library.generation())
    for change in (
        THEFT,
        ArticleEdit(REFUND, None),
        ExampleQuestion(PASSWORD, ASKED[3]),
        Slang("id", {"gan": "kak"}),
        EmbedderChange("none"),
        ThresholdChange(ANY, ANY, 0.99),
    ):
        shop.what_if.look(change)
        shop.refresh()
        assert shop.searcher.collection() is collection
        assert shop.knowledge.present() is reading
    assert stamp == (shop.index.stat().st_ino, shop.library.generation())
    assert [shop.answer_now(text) for text in ASKED] == [SHIPPING, REFUND, PASSWORD, None]
    assert shop.services.thresholds.value("web", "id").value == SURE


@pytest.mark.parametrize("value", [0.5, 0.9, 0.999, 1.0])
def test_a_threshold_does_what_was_said_of_it(shop: AskedShop, value: float) -> None:
    texts = (*ASKED, "ongkir bandung", "uang kembali kapan", "lupa", "dana cair", "biaya kirim")
    shop.ask(*texts)
    before = {text: shop.answer_now(text) for text in texts}
    effects = shop.effects(ThresholdChange("web", "id", value))
    told = {effect.asked.question.text: effect.after.answers for effect in effects.effects}
    shop.services.thresholds.change("web", "id", value, "budi")
    for text in texts:
        now = shop.answer_now(text)
        assert now == (before[text] if text not in told else next(iter(told[text]), None))


@pytest.mark.parametrize("change", [THEFT, ArticleEdit(REFUND, None)])
def test_an_edit_does_what_was_said_of_it(shop: AskedShop, change: ArticleEdit) -> None:
    shop.ask(*ASKED)
    before = {text: shop.answer_now(text) for text in ASKED}
    effects = shop.effects(change)
    told = {effect.asked.question.text: effect.after for effect in effects.effects}
    if change.source is None:
        shop.library.archive(change.key, "dewi")
        shop.refresh()
    else:
        shop.publish(change.key, change.source)
    for text in ASKED:
        trace = shop.services.responder.preview(text, lang="id")
        if text in told:
            best = next(c for c in trace.candidates if c.kind is HitKind.ARTICLE)
            assert best.confidence == pytest.approx(told[text].confidence)
            assert shop.answer_now(text) == next(iter(told[text].answers), None)
        else:
            assert shop.answer_now(text) == before[text]


def test_a_threshold_of_another_language_or_channel_changes_nothing_here(shop: AskedShop) -> None:
    shop.ask(*ASKED)
    for change in (ThresholdChange("web", "en", 1.0), ThresholdChange("email", ANY, 1.0)):
        assert shop.effects(change).effects == ()


def test_golden_questions_say_what_is_mended_and_what_is_broken(shop: AskedShop) -> None:
    golden = shop.services.golden
    kept = golden.create("Uji", "budi")
    for text, gold in (
        (ASKED[0], [str(SHIPPING)]),
        ("ongkir medan", [str(THIEF)]),
        (ASKED[3], []),
    ):
        golden.add(kept.id, text, gold, staff="budi")
    effects = shop.effects(THEFT, last=0)
    assert (effects.mended, effects.broken) == (1, 1)
    assert effects.asked == {Origin.STORED: 0, Origin.GOLDEN: 3}
    assert effects.effects[0].is_harm
    taught = shop.effects(ExampleQuestion(PASSWORD, ASKED[3]))
    assert (taught.broken, taught.effects[0].is_right) == (1, False)


def test_a_linked_translation_of_the_golden_article_is_right(shop: AskedShop) -> None:
    kept = shop.services.golden.create("Uji", "budi")
    shop.services.golden.add(kept.id, "shipping cost to bali", [str(SHIPPING)], staff="budi")
    draft = source_of(SHIPPING_EN, translation_of=SHIPPING)
    (effect,) = shop.effects(ArticleEdit(SHIPPING_EN, draft)).effects
    assert (effect.after.answers, effect.is_right) == ((SHIPPING_EN,), True)


def test_only_so_many_of_the_last_questions_are_asked(any_shop: AskedShop) -> None:
    shop = any_shop
    shop.ask(*ASKED)
    effects = shop.effects(ArticleEdit(PASSWORD, None), last=2)
    assert effects.asked[Origin.STORED] == 2
    assert turned(effects) == {(ASKED[2], Turn.NO_LONGER_ANSWERED)}
    assert shop.effects(ArticleEdit(SHIPPING, None), last=2).effects == ()


def test_titles_that_were_picked_and_words_to_a_person_are_no_questions(
    any_shop: AskedShop,
) -> None:
    shop = any_shop
    responder = shop.services.responder
    shop.services.thresholds.change(ANY, ANY, 1.0, "budi")
    first = responder.reply(Incoming("uang kembali kapan", lang="id"))
    assert first.kind is ReplyKind.CLARIFY
    here = first.conversation.public_id
    title = first.choices[0].title
    assert responder.reply(Incoming(title, conversation=here)).decision.rule == "customer_chose"
    handed = responder.reply(Incoming("mau bicara dengan cs", conversation=here))
    assert handed.kind is ReplyKind.HANDOFF
    responder.reply(Incoming("nomor saya sudah ganti", conversation=here))
    effects = shop.effects(ThresholdChange(ANY, ANY, 0.5))
    assert effects.asked[Origin.STORED] == 2


def test_a_masked_question_in_public_stays_private(shop: AskedShop) -> None:
    asked = Incoming("ongkir ke medan berapa, hp saya 0812-3456-7890", "x", "id", public=True)
    assert shop.services.responder.reply(asked).kind is ReplyKind.HANDOFF
    (row,) = shop.services.labels.list_labels() or (None,)
    assert row is None
    assert shop.effects(ThresholdChange("x", ANY, 0.5)).effects == ()


def test_a_channel_that_only_drafts_is_looked_at_as_if_it_answered(shop: AskedShop) -> None:
    profile = shop.services.firm.get()
    shop.services.firm.save(replace(profile, postures={"web": Posture.DRAFT}), "budi")
    shop.ask(*ASKED)
    assert shop.effects(THEFT).thefts()


def test_nothing_asked_yet_is_nothing_to_look_at(shop: AskedShop) -> None:
    assert not shop.what_if.has_questions()
    assert shop.effects(THEFT).asked == {Origin.STORED: 0, Origin.GOLDEN: 0}
    shop.ask(ASKED[0])
    assert shop.what_if.has_questions()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (ArticleEdit(ArticleKey("id", "tidak-ada"), None), UnknownArticle),
        (ArticleEdit(THIEF, "---\ntitle: [\n---\n"), InvalidArticle),
        (ExampleQuestion(THIEF, "apa"), UnknownArticle),
        (ExampleQuestion(SHIPPING, " ?! "), InvalidChange),
        (Slang("id", {}), InvalidChange),
        (Slang("id", {"gan": " "}), InvalidSlang),
        (EmbedderChange("gpt"), EmbedderUnavailable),
        (ThresholdChange(ANY, ANY, 0.2), InvalidThreshold),
        (ThresholdChange("pigeon", ANY, 0.9), UnknownChannel),
    ],
)
def test_what_could_not_be_saved_cannot_be_imagined(
    shop: AskedShop, change: Change, error: type[Exception]
) -> None:
    with pytest.raises(error):
        shop.what_if.look(change)


@pytest.mark.slow
def test_a_thousand_questions_take_less_than_five_seconds(shop: AskedShop) -> None:
    first = shop.services.responder.reply(Incoming(ASKED[0], lang="id")).decision
    with shop.what_if.tools.database.write() as connection:
        row = connection.execute(sa.select(decision)).mappings().one()
        copied = {name: value for name, value in row.items() if name != "id"}
        connection.execute(
            decision.insert(),
            [
                {**copied, "public_id": new_id(first.created_at), "question": f"{text} {number}"}
                for number in range(250)
                for text in ASKED
            ],
        )
    shop.what_if.look(THEFT)
    began = time.process_time()
    assert shop.effects(THEFT).asked[Origin.STORED] == 1000
    assert time.process_time() - began < 5


class Stopped(Exception):
    pass


def test_whoever_watches_may_stop_it_and_the_next_one_is_not_kept_waiting(shop: AskedShop) -> None:
    shop.ask(*ASKED)

    def stop(_stage: Stage, _done: int, _total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        shop.what_if.look(THEFT, watch=stop)
    assert shop.effects(THEFT).thefts()
