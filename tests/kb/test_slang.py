"""The firm's slang lists on disk: one line changes, whoever else writes to the file."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kb import slang
from kb.errors import InvalidArticle, InvalidSlang, SlangConflict
from kb.lexicon import SlangPair
from kb.slang import SlangEdit, SlangLists
from kb.text import merged_slang

TEXT = "# dari kasir\nwakwaw\tongkir\n\n# dari gudang\nkmrn\tkemarin\n"
WAKWAW = SlangPair("wakwaw", "ongkir")


@pytest.fixture
def lists(tmp_path: Path) -> SlangLists:
    file = tmp_path / "lexicon" / "id.tsv"
    file.parent.mkdir()
    file.write_text(TEXT, encoding="utf-8")
    return SlangLists.of(tmp_path)


def text_of(lists: SlangLists, lang: str = "id") -> str:
    return (lists.folder / "lexicon" / f"{lang}.tsv").read_text(encoding="utf-8")


def add(form: str, plain: str, lang: str = "id") -> SlangEdit:
    return SlangEdit(lang, None, SlangPair(form, plain))


def test_saving_touches_one_line(lists: SlangLists) -> None:
    lists.save(SlangEdit("id", WAKWAW, SlangPair("wakwaw", "ongkos kirim")))
    lists.save(add("hlo", "halo"))
    assert text_of(lists) == TEXT.replace("\tongkir", "\tongkos kirim") + "hlo\thalo\n"
    lists.save(SlangEdit("id", SlangPair("wakwaw", "ongkos kirim"), None))
    assert text_of(lists) == TEXT.replace("wakwaw\tongkir\n", "") + "hlo\thalo\n"
    assert [path.name for path in (lists.folder / "lexicon").iterdir()] == ["id.tsv"]


def test_a_first_entry_makes_the_file(tmp_path: Path) -> None:
    lists = SlangLists.of(tmp_path / "articles")
    lists.save(add("rcpt", "receipt", "en"))
    assert text_of(lists, "en") == "# slang\tformal\nrcpt\treceipt\n"
    assert lists.lexicon()["en"]["rcpt"] == "receipt"


def test_an_own_entry_goes_before_the_shipped_one_until_it_is_removed(lists: SlangLists) -> None:
    shipped = lists.get_list("id").shipped["gmn"]
    lists.save(add("gmn", "gula merah"))
    assert merged_slang(lists.lexicon())["gmn"] == "gula merah"
    lists.save(SlangEdit("id", SlangPair("gmn", "gula merah"), None))
    assert merged_slang(lists.lexicon())["gmn"] == shipped


@pytest.mark.parametrize(
    ("edit", "form", "found"),
    [
        (SlangEdit("id", SlangPair("wakwaw", "kurir"), None), "wakwaw", "ongkir"),
        (SlangEdit("id", SlangPair("hilang", "x"), SlangPair("hilang", "y")), "hilang", None),
        (add("wakwaw", "kurir"), "wakwaw", "ongkir"),
        (SlangEdit("id", WAKWAW, SlangPair("kmrn", "lusa")), "kmrn", "kemarin"),
    ],
)
def test_what_was_not_seen_is_not_overwritten(
    lists: SlangLists, edit: SlangEdit, form: str, found: str | None
) -> None:
    with pytest.raises(SlangConflict) as conflict:
        lists.save(edit)
    assert (conflict.value.form, conflict.value.found) == (form, found)
    assert text_of(lists) == TEXT


def test_saving_the_same_twice_is_no_conflict(lists: SlangLists) -> None:
    lists.save(add("wakwaw", "ongkir"))
    assert text_of(lists) == TEXT


def test_a_circle_is_refused(lists: SlangLists) -> None:
    with pytest.raises(InvalidSlang, match="circle"):
        lists.save(add("ongkir", "wakwaw"))
    assert text_of(lists) == TEXT


def test_a_hand_edit_in_the_moment_of_saving_is_kept(
    lists: SlangLists, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_hand = iter([TEXT + "dri\tdari\n", TEXT + "dri\tdari\nutk\tuntuk\n"])
    file, splice = lists.folder / "lexicon" / "id.tsv", slang.spliced

    def while_somebody_types(source: str, was: str | None, now: SlangPair | None) -> str:
        for text in by_hand:
            file.write_text(text, encoding="utf-8")
            break
        return splice(source, was, now)

    monkeypatch.setattr(slang, "spliced", while_somebody_types)
    lists.save(add("hlo", "halo"))
    assert text_of(lists) == TEXT + "dri\tdari\nutk\tuntuk\nhlo\thalo\n"


def test_writers_at_once_lose_nothing(lists: SlangLists) -> None:
    edits = [add(f"kata{number}", f"arti {number}") for number in range(40)]
    with ThreadPoolExecutor(8) as writers:
        list(writers.map(lists.save, edits))
    own = lists.get_list("id").own
    assert own == {"wakwaw": "ongkir", "kmrn": "kemarin"} | {
        edit.now.form: edit.now.plain for edit in edits if edit.now
    }
    assert text_of(lists).startswith(TEXT)


def test_two_writers_of_one_form_are_told_of_each_other(lists: SlangLists) -> None:
    lists.save(add("hlo", "halo"))
    with pytest.raises(SlangConflict):
        lists.save(add("hlo", "hello"))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.write_bytes(b"caf\xe9\tkafe\n"),
        lambda file: (file.rename(file.with_name("x")), file.symlink_to(file.with_name("x"))),
    ],
    ids=["not UTF-8", "a link"],
)
def test_a_file_that_cannot_be_read_is_left_alone(
    lists: SlangLists, spoil: Callable[[Path], object]
) -> None:
    file = lists.folder / "lexicon" / "id.tsv"
    spoil(file)
    before = file.read_bytes()
    with pytest.raises(InvalidArticle):
        lists.save(add("hlo", "halo"))
    assert file.read_bytes() == before
    assert [problem.path for problem in lists.list_problems()] == ["lexicon/id.tsv"]


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "lexicon").write_text("no folder", encoding="utf-8")
    with pytest.raises(InvalidArticle, match="cannot be written"):
        SlangLists.of(tmp_path).save(add("hlo", "halo"))


def test_the_stamp_tells_of_every_change(lists: SlangLists) -> None:
    file = lists.folder / "lexicon" / "id.tsv"
    seen = {lists.stamp()}
    assert lists.stamp() in seen
    for change in (
        lambda: lists.save(add("hlo", "halo")),
        lambda: file.write_text(TEXT, encoding="utf-8"),
        lambda: os.utime(file, (1, 1)),
        lambda: lists.save(add("hi", "hai", "en")),
        file.unlink,
    ):
        change()
        assert lists.stamp() not in seen
        seen.add(lists.stamp())
