"""The folder and the store in step: what is carried over, what is a conflict, what is kept."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from kb.conflicts import ConflictKind, Keep
from kb.errors import EditConflict, UnknownConflict
from kb.folder import read_folder
from kb.frontmatter import edit, edit_body
from kb.models import ArticleKey, Status
from kb.publishing import Library
from kb.revisions import Origin
from kb.workingcopy import WorkingCopy
from tests.conftest import StillClock

KEY = ArticleKey("id", "paket")
TEXT = "---\ntitle: Paket\n---\nSatu\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "articles"
    path.mkdir()
    return path


@pytest.fixture
def copy(library: Library, folder: Path, clock: StillClock) -> WorkingCopy:
    return WorkingCopy(library, folder, clock)


def write(folder: Path, text: str = TEXT, path: str = "id/paket.md") -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())


def read(folder: Path, path: str = "id/paket.md") -> str:
    return (folder / path).read_bytes().decode()


def files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def in_step(copy: WorkingCopy) -> bool:
    report = copy.sync()
    return not (report.taken_in or report.written or report.conflicts or report.problems)


def texts(library: Library) -> set[str]:
    return {revision.source for revision in library.list_revisions(KEY)}


def republish(library: Library, body: str) -> None:
    stored = library.get_article(KEY)
    source = edit_body(stored.latest.source, body)
    library.save(KEY, source, by="dewi", based_on=stored.latest.number)
    library.publish(KEY, "dewi")


def disputed(copy: WorkingCopy, library: Library, folder: Path) -> None:
    """Both sides changed: the file says Berkas, the portal Portal."""
    write(folder)
    copy.sync()
    write(folder, TEXT.replace("Satu", "Berkas"))
    republish(library, "Portal\n")


def test_new_files_become_articles_with_the_status_they_name(
    copy: WorkingCopy, library: Library, folder: Path
) -> None:
    write(folder)
    write(folder, "---\ntitle: Rahasia\nstatus: draft\n---\n", "id/rahasia.md")
    report = copy.sync()
    assert report.taken_in == (KEY, ArticleKey("id", "rahasia"))
    assert [live.key for live in library.list_published()] == [KEY]
    revision = library.get_article(KEY).latest
    assert (revision.source, revision.author, revision.origin) == (TEXT, "file", Origin.FILE)
    assert in_step(copy)


def test_a_hand_edit_is_published_when_the_file_says_so(
    copy: WorkingCopy, library: Library, folder: Path
) -> None:
    write(folder)
    copy.sync()
    write(folder, TEXT.replace("Satu", "Dua"))
    assert copy.sync().taken_in == (KEY,)
    assert [live.article.body for live in library.list_published()] == ["Dua\n"]
    write(folder, edit(TEXT, {"status": "draft"}))
    copy.sync()
    assert library.list_published() == ()
    assert in_step(copy)


def test_what_the_portal_publishes_is_written_byte_for_byte(
    copy: WorkingCopy, library: Library, folder: Path
) -> None:
    source = "\ufeff---\r\ntitle: Paket\r\nstatus: published\r\n---\r\nSatu\r\n"
    library.create(KEY, source, "dewi")
    assert copy.sync().written == (KEY,)
    assert read_folder(folder).articles[0].status is Status.DRAFT
    library.publish(KEY, "dewi")
    assert copy.sync().written == (KEY,)
    assert read(folder) == source
    assert in_step(copy)


def test_a_draft_beside_a_live_article_stays_in_the_store(
    copy: WorkingCopy, library: Library, folder: Path
) -> None:
    write(folder)
    copy.sync()
    number = library.get_article(KEY).latest.number
    library.save(KEY, TEXT.replace("Satu", "Dua"), by="dewi", based_on=number)
    assert in_step(copy)
    assert read(folder) == TEXT


def test_a_scheduled_text_stays_in_the_file(
    copy: WorkingCopy, library: Library, folder: Path, clock: StillClock
) -> None:
    write(folder)
    copy.sync()
    later = edit(TEXT, {"publish_at": clock.now + timedelta(days=1)})
    write(folder, later)
    copy.sync()
    assert in_step(copy)
    assert read(folder) == later
    assert library.list_published()[0].article.publish_at is None


def test_changes_of_both_sides_are_a_conflict_that_keeps_both(
    copy: WorkingCopy, library: Library, folder: Path
) -> None:
    disputed(copy, library, folder)
    (conflict,) = copy.sync().conflicts
    assert (conflict.key, conflict.kind) == (KEY, ConflictKind.EDITED)
    assert conflict.file is not None
    assert "Berkas" in conflict.file.source
    assert "Portal" in conflict.portal.source
    assert "Berkas" in read(folder)
    assert library.list_published()[0].article.body == "Portal\n"
    again = copy.sync()
    assert [c.id for c in again.conflicts] == [conflict.id]
    assert not (again.written or again.taken_in)
    assert copy.get_conflict(conflict.id) == conflict


def test_a_hand_edit_beside_a_draft_in_the_portal_is_a_conflict(
    copy: WorkingCopy, library: Library, folder: Path
) -> None:
    write(folder)
    copy.sync()
    library.save(KEY, TEXT.replace("Satu", "Dua"), by="dewi", based_on=1)
    write(folder, TEXT.replace("Satu", "Tiga"))
    assert len(copy.sync().conflicts) == 1
    library.discard_draft(KEY)
    assert copy.sync().conflicts == ()
    assert library.list_published()[0].article.body == "Tiga\n"


@pytest.mark.parametrize(
    ("keep", "body"), [(Keep.FILE, "Berkas\n"), (Keep.PORTAL, "Portal\n"), (Keep.TEXT, "Baru\n")]
)
def test_a_conflict_is_settled_by_keeping_one_text(
    copy: WorkingCopy, library: Library, folder: Path, keep: Keep, body: str
) -> None:
    disputed(copy, library, folder)
    (conflict,) = copy.sync().conflicts
    copy.resolve(conflict.id, keep, "sari", TEXT.replace("Satu", "Baru"))
    assert library.list_published()[0].article.body == body
    assert read(folder).endswith(body)
    assert in_step(copy)
    kept = " ".join(texts(library))
    assert "Berkas" in kept
    assert "Portal" in kept
    with pytest.raises(UnknownConflict):
        copy.resolve(conflict.id, keep, "sari")


def test_further_edits_of_a_disputed_file_are_kept_too(
    copy: WorkingCopy, library: Library, folder: Path
) -> None:
    disputed(copy, library, folder)
    copy.sync()
    write(folder, TEXT.replace("Satu", "Berkas dua"))
    (conflict,) = copy.sync().conflicts
    assert conflict.file is not None
    assert "Berkas dua" in conflict.file.source
    assert TEXT.replace("Satu", "Berkas") in texts(library)


def test_taking_back_the_hand_edit_settles_the_conflict(
    copy: WorkingCopy, library: Library, folder: Path
) -> None:
    disputed(copy, library, folder)
    copy.sync()
    write(folder)
    report = copy.sync()
    assert (report.conflicts, report.written) == ((), (KEY,))
    assert read(folder).endswith("Portal\n")


def test_a_missing_file_archives_nothing_until_somebody_agrees(
    copy: WorkingCopy, library: Library, folder: Path
) -> None:
    write(folder)
    copy.sync()
    (folder / "id/paket.md").unlink()
    (conflict,) = copy.sync().conflicts
    assert (conflict.kind, conflict.file) == (ConflictKind.MISSING, None)
    assert len(library.list_published()) == 1
    copy.resolve(conflict.id, Keep.PORTAL, "sari")
    assert read(folder) == TEXT
    (folder / "id/paket.md").unlink()
    (conflict,) = copy.sync().conflicts
    copy.resolve(conflict.id, Keep.FILE, "sari")
    assert library.get_article(KEY).status is Status.ARCHIVED
    assert files(folder) == []
    assert in_step(copy)


def test_a_missing_file_that_comes_back_is_no_conflict_any_more(
    copy: WorkingCopy, library: Library, folder: Path
) -> None:
    write(folder)
    copy.sync()
    (folder / "id/paket.md").unlink()
    copy.sync()
    write(folder, TEXT.replace("Satu", "Dua"))
    assert copy.sync().conflicts == ()
    assert library.list_published()[0].article.body == "Dua\n"


def test_pruning_archives_what_is_missing(
    copy: WorkingCopy, library: Library, folder: Path
) -> None:
    write(folder)
    copy.sync()
    (folder / "id/paket.md").unlink()
    report = copy.sync(prune=True)
    assert (report.archived, report.conflicts) == ((KEY,), ())
    assert library.list_published() == ()
    assert in_step(copy)


def test_an_article_archived_in_the_portal_keeps_its_file(
    copy: WorkingCopy, library: Library, folder: Path
) -> None:
    write(folder)
    copy.sync()
    library.archive(KEY, "dewi")
    copy.sync()
    assert read_folder(folder).articles[0].status is Status.ARCHIVED
    write(folder)
    copy.sync()
    assert [live.key for live in library.list_published()] == [KEY]


def test_a_rename_in_the_portal_renames_the_file_with_its_hand_edits(
    copy: WorkingCopy, library: Library, folder: Path
) -> None:
    write(folder)
    copy.sync()
    library.rename(KEY, "paket-saya", "dewi")
    write(folder, TEXT.replace("Satu", "Dua"))
    copy.sync()
    assert files(folder) == ["id/paket-saya.md"]
    (live,) = library.list_published()
    assert (live.key.slug, live.article.body) == ("paket-saya", "Dua\n")
    assert in_step(copy)


def test_a_rename_by_hand_renames_the_article(
    copy: WorkingCopy, library: Library, folder: Path
) -> None:
    write(folder)
    copy.sync()
    (folder / "id/paket.md").rename(folder / "id/paket-saya.md")
    copy.sync()
    assert library.find_redirect("id", "paket") == ArticleKey("id", "paket-saya")
    assert len(library.list_articles()) == 1
    assert in_step(copy)


def test_a_rename_onto_a_file_that_is_there_loses_neither(
    copy: WorkingCopy, library: Library, folder: Path
) -> None:
    write(folder)
    copy.sync()
    moved = library.rename(KEY, "lacak", "dewi")
    write(folder, TEXT.replace("Satu", "Dua"))
    write(folder, TEXT.replace("Satu", "Tiga"), "id/lacak.md")
    copy.sync()
    assert files(folder) == ["id/lacak.md"]
    kept = {revision.source for revision in library.list_revisions(moved)}
    assert {TEXT, TEXT.replace("Satu", "Dua"), TEXT.replace("Satu", "Tiga")} <= kept


def test_broken_files_are_reported_and_left_alone(
    copy: WorkingCopy, library: Library, folder: Path
) -> None:
    write(folder)
    copy.sync()
    write(folder, "---\ntitle: [\n---\n")
    write(folder, "Tanpa judul", "id/baru.md")
    write(folder, TEXT, "id/Nama Salah.md")
    (folder / "en").mkdir()
    (folder / "en/latin.md").write_bytes(b"---\ntitle: caf\xe9\n---\n")
    republish(library, "Dua\n")
    report = copy.sync()
    assert sorted(f"{p.path}:{p.line}" for p in report.problems) == [
        "en/latin.md:2",
        "id/Nama Salah.md:1",
        "id/baru.md:1",
        "id/paket.md:3",
    ]
    assert read(folder) == "---\ntitle: [\n---\n"
    assert [live.article.body for live in library.list_published()] == ["Dua\n"]
    write(folder)
    assert copy.sync().written == (KEY,)


def test_links_are_neither_read_nor_written_through(
    copy: WorkingCopy, library: Library, folder: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text(TEXT)
    (folder / "id").mkdir()
    (folder / "id/paket.md").symlink_to(outside / "secret.md")
    (folder / "en").symlink_to(outside)
    library.create(ArticleKey("en", "secret"), TEXT, "dewi")
    library.create(KEY, TEXT, "dewi")
    report = copy.sync()
    assert sorted(p.path for p in report.problems) == ["en", "id/paket.md"]
    assert (outside / "secret.md").read_text() == TEXT
    assert report.taken_in == ()


def test_a_file_that_cannot_be_written_holds_up_no_other(
    copy: WorkingCopy, library: Library, folder: Path
) -> None:
    (folder / "en").write_text("no folder")
    library.create(ArticleKey("en", "parcel"), TEXT, "dewi")
    library.create(KEY, TEXT, "dewi")
    report = copy.sync()
    assert report.written == (KEY,)
    (problem,) = report.problems
    assert (problem.path, "cannot be written" in problem.problem) == ("en/parcel.md", True)


def test_media_and_other_files_are_untouched(
    copy: WorkingCopy, library: Library, folder: Path
) -> None:
    write(folder)
    for path in ("media/a.png", "README.md", "id/catatan.txt", "id/.draft.md", "wording/id.toml"):
        write(folder, "x", path)
    before = {path: read(folder, path) for path in files(folder)}
    copy.sync()
    republish(library, "Dua\n")
    copy.sync()
    after = {path: read(folder, path) for path in files(folder)}
    assert after.keys() == before.keys()
    assert {p for p in after if after[p] != before[p]} == {"id/paket.md"}


def test_the_folders_routes_reach_the_store(
    copy: WorkingCopy, library: Library, folder: Path
) -> None:
    source = "---\naction: thanks\nquestions: [nuhun]\n---\n"
    write(folder, source, "routes/id/thanks.md")
    assert copy.sync().routes_changed
    assert [r.questions for r in library.list_routes("id") if r.name == "thanks"] == [("nuhun",)]
    write(folder, "---\naction: x\n---\n", "routes/id/thanks.md")
    report = copy.sync()
    assert ([p.path for p in report.problems], report.routes_changed) == (
        ["routes/id/thanks.md"],
        False,
    )
    (folder / "routes/id/thanks.md").unlink()
    assert copy.sync().routes_changed
    assert library.list_own_routes() == {}


def test_a_crash_between_writing_and_noting_heals_itself(
    copy: WorkingCopy, library: Library, folder: Path
) -> None:
    write(folder)
    copy.sync()
    republish(library, "Dua\n")
    write(folder, library.get_article(KEY).latest.source)
    assert in_step(copy)
    write(folder, TEXT)
    assert copy.sync().taken_in == (KEY,)
    assert not [name for name in files(folder) if name.endswith(".tmp")]


def test_two_workers_and_a_writer_at_once_lose_nothing(
    library: Library, folder: Path, clock: StillClock
) -> None:
    """The portal saves and publishes while two workers look and the file is edited by hand."""
    write(folder)
    copies = [WorkingCopy(library, folder, clock) for _ in range(2)]
    copies[0].sync()
    stop, saved = threading.Event(), []

    def look(copy: WorkingCopy) -> None:
        while not stop.is_set():
            copy.sync()

    workers = ThreadPoolExecutor(len(copies))
    looks = [workers.submit(look, copy) for copy in copies]
    for number in range(8):
        stored = library.get_article(KEY)
        text = edit_body(stored.latest.source, f"Portal {number}\n")
        try:
            library.save(KEY, text, by="dewi", based_on=stored.latest.number)
            library.publish(KEY, "dewi")
        except EditConflict:
            pass
        saved.append(f"Portal {number}\n")
        if number % 3 == 0:
            write(folder, TEXT.replace("Satu", f"Berkas {number}"))
    stop.set()
    for done in looks:
        done.result(timeout=30)
    workers.shutdown()
    report = copies[0].sync()
    kept = {source.partition("---\n")[2].partition("---\n")[2] for source in texts(library)}
    assert set(saved) <= kept
    on_disk = read(folder).partition("---\n")[2].partition("---\n")[2]
    assert on_disk in kept
    assert report.conflicts or on_disk == library.list_published()[0].article.body
