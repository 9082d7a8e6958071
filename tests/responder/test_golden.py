"""Reviewed questions with the articles that answer them: kept, read from and written to files."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.database import Database
from kb.models import ArticleKey
from kb.publishing import Library
from responder.bootstrap import Services
from responder.errors import InvalidGolden, UnknownGoldenQuestion, UnknownGoldenSet
from responder.evaluation.questions import read_questions
from responder.golden import GoldenSet, Imported
from responder.goldenfile import Fault, UnusableGoldenFile, read_file, write_lines
from responder.whereabouts import Presence
from tests.conftest import StillClock
from tests.responder.builders import PARCEL, PARCEL_EN, REFUND

BOSS = "boss@toko.test"


@pytest.fixture
def golden_set(services: Services) -> GoldenSet:
    return services.golden.create("Toko Lentera", BOSS)


def take_in(services: Services, golden_set: GoldenSet, text: str) -> Imported:
    return services.golden.take_in(golden_set.id, text.encode(), BOSS)


def refused(services: Services, golden_set: GoldenSet, data: str | bytes) -> list[tuple[int, str]]:
    """(line, fault) of every problem; nothing may have been kept."""
    sent = data.encode() if isinstance(data, str) else data
    with pytest.raises(UnusableGoldenFile) as raised:
        services.golden.take_in(golden_set.id, sent, BOSS)
    assert services.golden.list_questions(golden_set.id) == ()
    return [(problem.line, problem.fault.value) for problem in raised.value.problems]


def test_a_set_is_made_renamed_and_deleted_with_its_questions(services: Services) -> None:
    golden = services.golden
    made = golden.create("  Uji   pertama ", BOSS)
    assert (made.name, made.staff, made.questions) == ("Uji pertama", BOSS, 0)
    golden.add(made.id, "paket dimana", [str(PARCEL)], staff=BOSS)
    assert golden.rename(made.id, "Uji kedua").questions == 1
    assert [found.name for found in golden.list_sets()] == ["Uji kedua"]
    assert golden.get_set_named("Uji kedua").id == made.id
    golden.delete(made.id)
    assert golden.list_sets() == ()
    assert golden.list_questions() == ()
    with pytest.raises(UnknownGoldenSet):
        golden.get_set(made.id)


def test_a_name_stands_for_one_set(services: Services, golden_set: GoldenSet) -> None:
    with pytest.raises(InvalidGolden):
        services.golden.create("Toko Lentera", BOSS)
    other = services.golden.create("Lain", BOSS)
    with pytest.raises(InvalidGolden):
        services.golden.rename(other.id, "Toko Lentera")
    assert services.golden.rename(golden_set.id, "Toko Lentera").name == "Toko Lentera"
    with pytest.raises(InvalidGolden):
        services.golden.create(" \n", BOSS)


def test_questions_are_added_edited_and_removed(services: Services, golden_set: GoldenSet) -> None:
    golden = services.golden
    made = golden.add(golden_set.id, "uangku kapan balik", [str(REFUND)], staff=BOSS, split="dev")
    assert (made.gold, made.split) == ((REFUND,), "dev")
    edited = golden.edit(made.id, "uangku kapan kembali", [], staff="dewi@toko.test")
    assert (edited.text, edited.gold, edited.split) == ("uangku kapan kembali", (), "")
    assert edited.staff == "dewi@toko.test"
    assert golden.remove(made.id) == edited
    assert golden.list_questions(golden_set.id) == ()
    for gone in (golden.get_question, golden.remove):
        with pytest.raises(UnknownGoldenQuestion):
            gone(made.id)


@pytest.mark.parametrize(
    ("text", "names", "split", "field"),
    [
        (" ", [], "", "text"),
        ("paket dimana", [], "", "text"),
        ("uang", ["id/Bukan Nama"], "", "gold"),
        ("uang", [], "train", "split"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_field(
    services: Services, golden_set: GoldenSet, text: str, names: list[str], split: str, field: str
) -> None:
    services.golden.add(golden_set.id, "paket dimana", [], staff=BOSS)
    with pytest.raises(InvalidGolden) as raised:
        services.golden.add(golden_set.id, text, names, staff=BOSS, split=split)
    assert raised.value.field == field


def test_personal_data_is_masked_on_every_way_in(services: Services, golden_set: GoldenSet) -> None:
    golden = services.golden
    made = golden.add(golden_set.id, "nomor saya 081234567890", [], staff=BOSS)
    assert made.text == "nomor saya [phone]"
    assert golden.edit(made.id, "surel ani@example.com", [], staff=BOSS).text == "surel [email]"
    take_in(services, golden_set, '{"text": "hp 081298765432 hilang", "gold": []}')
    assert golden.list_questions(golden_set.id)[1].text == "hp [phone] hilang"


def test_a_file_is_taken_in_and_says_what_it_did(services: Services, golden_set: GoldenSet) -> None:
    first = take_in(
        services,
        golden_set,
        '{"text": "paket dimana", "gold": ["id/paket-belum-sampai"], "split": "dev"}\n'
        '\n{"text": "jual gajah?", "gold": [], "kind": "other"}\n'
        '{"text": "jual gajah?", "gold": []}\n',
    )
    assert (first.added, first.changed, first.unchanged) == (2, 0, 0)
    again = take_in(
        services,
        golden_set,
        '{"text": "paket dimana", "gold": ["lama-refund"], "split": "dev"}\n'
        '{"text": "jual gajah?", "gold": []}\n',
    )
    assert (again.added, again.changed, again.unchanged) == (0, 1, 1)
    assert [q.gold for q in services.golden.list_questions(golden_set.id)] == [(REFUND,), ()]


def test_a_name_without_language_means_every_live_article_of_that_slug(
    services: Services, golden_set: GoldenSet
) -> None:
    take_in(services, golden_set, '{"text": "late parcel", "gold": ["parcel-not-arrived", "zzz"]}')
    (question,) = services.golden.list_questions(golden_set.id)
    assert question.gold == (PARCEL_EN, ArticleKey("id", "zzz"))


def test_unknown_articles_are_told_with_their_lines_and_kept(
    services: Services, golden_set: GoldenSet
) -> None:
    done = take_in(
        services,
        golden_set,
        '{"text": "paket dimana", "gold": ["id/paket-belum-sampai"]}\n'
        '{"text": "apa itu", "gold": ["id/tidak-ada"]}',
    )
    assert done.added == 2
    assert [
        (line, str(found.named), found.presence) for line, found in services.golden.missing(done)
    ] == [(2, "id/tidak-ada", Presence.UNKNOWN)]


def test_a_wrong_file_is_refused_whole_with_every_line_that_is_wrong(
    services: Services, golden_set: GoldenSet
) -> None:
    lines = (
        '{"text": " ", "gold": []}',
        '{"text": "uang", "gold": ["id/Bukan Nama"]}',
        '{"text": "paket", "gold": []}',
        '{"text": "paket", "gold": ["id/lama-refund"]}',
        '{"text": "tanpa emas"}',
        "bukan json",
        '{"text": "uang", "gold": [], "split": "train"}',
        json_line("x" * 4001),
    )
    assert refused(services, golden_set, "\n".join(lines)) == [
        (1, Fault.NO_TEXT),
        (2, Fault.BAD_NAME),
        (4, Fault.TWICE),
        (5, Fault.NO_QUESTION),
        (6, Fault.NO_QUESTION),
        (7, Fault.BAD_SPLIT),
        (8, Fault.TOO_LONG),
    ]


def json_line(text: str) -> str:
    return write_lines([(text, (), "")])


@pytest.mark.parametrize(
    ("data", "line", "fault"),
    [
        (b"\xff\xfe\x00\x41", 1, Fault.NOT_READABLE),
        (b"frage,antwort\na,b\n", 1, Fault.NO_COLUMNS),
        (b'{"text": ' + b"[" * 100_000, 1, Fault.NO_QUESTION),
    ],
)
def test_files_of_another_kind_are_refused(
    services: Services, golden_set: GoldenSet, data: bytes, line: int, fault: Fault
) -> None:
    assert refused(services, golden_set, data) == [(line, fault)]


COMMAS = """text,gold,split
"paket, di mana?",id/paket-belum-sampai,dev
"dua\nbaris","id/lama-refund, id/paket-belum-sampai",

jual gajah?,,test
"""
SEMICOLONS = """Text;Gold;Split\r
paket, di mana?;id/paket-belum-sampai;dev\r
"dua\nbaris";id/lama-refund id/paket-belum-sampai;\r
;;\r
jual gajah?;;test\r
"""


@pytest.mark.parametrize("sheet", [COMMAS, SEMICOLONS])
def test_a_sheet_is_read_with_commas_or_semicolons(sheet: str) -> None:
    lines = read_file(b"\xef\xbb\xbf" + sheet.encode()).lines
    assert [(line.text, line.names, line.split) for line in lines] == [
        ("paket, di mana?", ("id/paket-belum-sampai",), "dev"),
        ("dua\nbaris", ("id/lama-refund", "id/paket-belum-sampai"), ""),
        ("jual gajah?", (), "test"),
    ]
    assert [line.number for line in lines] == [2, 3, 6]


ASKED = st.lists(
    st.tuples(
        st.text(max_size=60)
        | st.from_regex(r"(no|otp|resi|rek|hp) [0-9 +-]{3,16}", fullmatch=True),
        st.lists(
            st.from_regex(r"(id|en)/[a-z0-9][a-z0-9-]{0,20}", fullmatch=True),
            max_size=3,
            unique=True,
        ),
        st.sampled_from(["", "dev", "test"]),
    ),
    max_size=8,
)


@given(asked=ASKED)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_what_was_written_out_reads_back_the_same(
    sqlite_services: Services,
    tmp_path: Path,
    asked: list[tuple[str, list[str], str]],
) -> None:
    golden = sqlite_services.golden
    for old in golden.list_sets():
        golden.delete(old.id)
    one, other = golden.create("satu", BOSS), golden.create("dua", BOSS)
    for text, names, split in asked:
        try:
            golden.add(one.id, text, names, staff=BOSS, split=split)
        except InvalidGolden as error:
            assert error.field == "text"
    written = golden.write_out(one.id)
    golden.take_in(other.id, written.encode(), BOSS)
    assert golden.write_out(other.id) == written
    same = golden.take_in(one.id, written.encode(), BOSS)
    assert (same.added, same.changed) == (0, 0)
    path = tmp_path / "golden.jsonl"
    path.write_text(written, encoding="utf-8")
    kept = [(q.text, tuple(map(str, q.gold))) for q in golden.list_questions(one.id)]
    assert [(q.text, q.gold) for q in read_questions([path], split=None)] == kept


def test_what_became_of_the_named_articles_is_told(
    services: Services, golden_set: GoldenSet, database: Database, clock: StillClock
) -> None:
    library = Library(database, clock)
    old, away, draft = (ArticleKey("id", slug) for slug in ("nama-lama", "diarsip", "konsep"))
    for key in (old, away, draft):
        library.create(key, f"---\ntitle: {key.slug}\n---\nIsi.\n", "dewi")
    for key in (old, away):
        library.publish(key, "dewi")
    library.rename(old, REFUND.slug, "dewi")
    library.archive(away, "dewi")
    named = [str(key) for key in (PARCEL, old, away, draft, ArticleKey("id", "tak-ada"))]
    services.golden.add(golden_set.id, "apa saja", named, staff=BOSS)
    found = services.golden.whereabouts(services.golden.list_questions(golden_set.id))
    assert {str(key): (place.presence, place.now) for key, place in found.items()} == {
        str(PARCEL): (Presence.LIVE, PARCEL),
        "id/nama-lama": (Presence.MOVED, REFUND),
        "id/diarsip": (Presence.ARCHIVED, None),
        "id/konsep": (Presence.NOT_LIVE, None),
        "id/tak-ada": (Presence.UNKNOWN, None),
    }
