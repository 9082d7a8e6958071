"""The library on both databases: drafts, review, publishing, history, conflicts."""

import threading
from datetime import timedelta

import pytest

from kb.errors import (
    ArticleExists,
    EditConflict,
    IllegalMove,
    InvalidArticle,
    InvalidSlug,
    UnknownArticle,
    UnknownRevision,
)
from kb.frontmatter import edit, new_source
from kb.models import ArticleKey, Status
from kb.publishing import Library, Writer
from kb.revisions import Origin
from tests.conftest import StillClock
from tests.kb.writing import FIRST, KEY, SECOND, published, save, shown

FILE = Writer("file", Origin.FILE)


def test_a_new_article_is_a_draft_that_customers_do_not_see(library: Library) -> None:
    revision = library.create(KEY, FIRST, "dewi")
    stored = library.get_article(KEY)
    assert (stored.status, stored.is_live, stored.has_draft) == (Status.DRAFT, False, True)
    assert (revision.number, revision.author, revision.origin) == (1, "dewi", Origin.PORTAL)
    assert stored.article.status is Status.DRAFT
    assert library.list_published() == ()
    assert library.generation() == 0


def test_publishing_shows_the_latest_text_and_raises_the_generation(
    library: Library, clock: StillClock
) -> None:
    library.create(KEY, FIRST, "dewi")
    clock.move(hours=1)
    revision = library.publish(KEY, "sari")
    (live,) = library.list_published()
    assert (live.key, live.revision, live.published_at) == (KEY, revision.number, clock.now)
    assert live.article.status is Status.PUBLISHED
    assert (revision.author, revision.note) == ("sari", "published")
    assert library.generation() == 1
    assert not library.get_article(KEY).has_draft


def test_a_draft_beside_a_live_article_does_not_leak(library: Library) -> None:
    published(library)
    before = library.generation()
    save(library, SECOND)
    stored = library.get_article(KEY)
    assert (stored.status, stored.is_live, stored.has_draft) == (Status.DRAFT, True, True)
    assert shown(library) == "Satu\n"
    assert [live.article.title for live in library.list_published("id")] == ["Paket"]
    assert library.generation() == before
    library.publish(KEY, "dewi")
    assert shown(library) == "Dua\n"


def test_saving_the_same_text_makes_no_revision(library: Library) -> None:
    number = published(library)
    source = library.get_article(KEY).latest.source
    assert save(library, source) == number
    assert library.get_article(KEY).status is Status.PUBLISHED


def test_two_edits_of_one_revision_are_both_kept(library: Library) -> None:
    library.create(KEY, FIRST, "dewi")
    library.save(KEY, SECOND, by="dewi", based_on=1)
    late = FIRST.replace("Satu", "Tiga")
    with pytest.raises(EditConflict) as raised:
        library.save(KEY, late, by="sari", based_on=1)
    conflict = raised.value
    assert (conflict.based_on, conflict.latest, conflict.kept_as) == (1, 2, 3)
    assert library.get_article(KEY).latest.number == 2
    kept = library.get_revision(KEY, 3)
    assert (kept.author, kept.note, "Tiga" in kept.source) == ("sari", "conflict:2", True)
    assert save(library, late) == 4


def test_one_of_many_writers_at_once_wins_and_no_text_is_lost(library: Library) -> None:
    library.create(KEY, FIRST, "dewi")
    texts = [f"---\ntitle: Paket\nstatus: draft\n---\nTeks {n}\n" for n in range(6)]
    lost: list[int] = []

    def write(text: str) -> None:
        try:
            library.save(KEY, text, by="x", based_on=1)
        except EditConflict:
            lost.append(1)

    threads = [threading.Thread(target=write, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = {revision.source for revision in library.list_revisions(KEY)}
    assert len(lost) == 5
    assert set(texts) <= kept
    assert [r.number for r in library.list_revisions(KEY)] == [7, 6, 5, 4, 3, 2, 1]


def test_only_one_of_many_creators_at_once_gets_the_key(library: Library) -> None:
    refused: list[str] = []

    def create() -> None:
        try:
            library.create(KEY, FIRST, "x")
        except ArticleExists as error:
            refused.append(str(error))

    threads = [threading.Thread(target=create) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 4
    assert "id/paket" in refused[0]


def test_review_is_asked_for_and_ends_with_publishing_or_a_new_edit(library: Library) -> None:
    library.create(KEY, FIRST, "dewi")
    library.request_review(KEY, "dewi")
    stored = library.get_article(KEY)
    assert (stored.status, stored.article.status) == (Status.REVIEW, Status.REVIEW)
    with pytest.raises(IllegalMove):
        library.request_review(KEY, "dewi")
    save(library, SECOND)
    assert library.get_article(KEY).status is Status.DRAFT
    library.request_review(KEY, "dewi")
    library.publish(KEY, "sari")
    assert library.get_article(KEY).status is Status.PUBLISHED


def test_publishing_another_text_than_the_one_seen_is_refused(library: Library) -> None:
    library.create(KEY, FIRST, "dewi")
    save(library, SECOND)
    with pytest.raises(EditConflict):
        library.publish(KEY, "sari", based_on=1)
    assert library.publish(KEY, "sari", based_on=2).number == 3


def test_an_article_goes_live_at_its_hour(library: Library, clock: StillClock) -> None:
    published(library)
    starts = clock.now + timedelta(hours=2)
    save(library, edit(SECOND, {"publish_at": starts}))
    library.publish(KEY, "dewi")
    stored = library.get_article(KEY)
    assert (stored.status, stored.scheduled_at) == (Status.PUBLISHED, starts)
    assert not stored.has_draft
    assert shown(library) == "Satu\n"
    before = library.generation()
    assert library.publish_due(clock.now) == ()
    assert library.generation() == before
    clock.move(hours=2)
    assert library.publish_due(clock.now) == (KEY,)
    assert shown(library) == "Dua\n"
    assert library.generation() > before
    assert [live.published_at for live in library.list_published()] == [clock.now]
    assert library.publish_due(clock.now) == ()


def test_a_schedule_can_be_taken_back(library: Library, clock: StillClock) -> None:
    library.create(KEY, edit(FIRST, {"publish_at": clock.now + timedelta(days=1)}), "dewi")
    library.publish(KEY, "dewi")
    assert library.list_published() == ()
    library.withdraw(KEY, "dewi")
    clock.move(days=2)
    assert library.publish_due(clock.now) == ()
    assert library.get_article(KEY).status is Status.DRAFT


def test_withdrawing_hides_an_article(library: Library) -> None:
    published(library)
    before = library.generation()
    library.withdraw(KEY, "dewi")
    assert library.list_published() == ()
    assert library.generation() > before
    with pytest.raises(IllegalMove):
        library.withdraw(KEY, "dewi")


def test_an_archived_article_is_gone_for_customers_and_kept_for_staff(library: Library) -> None:
    published(library)
    before = library.generation()
    library.archive(KEY, "dewi")
    assert library.generation() > before
    assert library.list_published() == ()
    assert library.get_article(KEY).status is Status.ARCHIVED
    assert library.get_article(KEY).article.status is Status.ARCHIVED
    assert library.find_redirect("id", "paket") is None
    with pytest.raises(IllegalMove):
        library.publish(KEY, "dewi")


def test_a_replaced_article_leads_to_its_successor(library: Library) -> None:
    published(library)
    other = ArticleKey("id", "lacak")
    published(library, other)
    with pytest.raises(UnknownArticle):
        library.archive(KEY, "dewi", replaced_by="tidak-ada")
    library.archive(KEY, "dewi", replaced_by="lacak")
    assert library.find_redirect("id", "paket") == other


def test_any_revision_can_be_restored_as_a_draft(library: Library) -> None:
    published(library)
    save(library, SECOND)
    library.publish(KEY, "dewi")
    restored = library.restore(KEY, 1, "sari")
    assert (restored.note, shown(library)) == ("restored:1", "Dua\n")
    library.publish(KEY, "sari")
    assert shown(library) == "Satu\n"
    library.archive(KEY, "dewi")
    library.restore(KEY, 1, "sari")
    assert library.get_article(KEY).status is Status.DRAFT
    with pytest.raises(UnknownRevision):
        library.restore(KEY, 99, "sari")


def test_a_discarded_draft_stays_in_the_history(library: Library) -> None:
    live = published(library)
    draft = save(library, SECOND)
    assert library.discard_draft(KEY).number == live
    stored = library.get_article(KEY)
    assert (stored.status, stored.has_draft) == (Status.PUBLISHED, False)
    assert library.get_revision(KEY, draft).source == SECOND
    assert save(library, SECOND.replace("Dua", "Tiga")) == draft + 1


def test_the_only_text_of_an_article_is_not_discarded(library: Library) -> None:
    library.create(KEY, FIRST, "dewi")
    with pytest.raises(IllegalMove):
        library.discard_draft(KEY)


def test_a_renamed_article_is_found_under_every_name_it_had(library: Library) -> None:
    published(library)
    before = library.generation()
    second = library.rename(KEY, "paket-saya", "dewi")
    third = library.rename(second, "paket-belum-sampai", "dewi")
    assert library.find_article(KEY) is None
    assert library.find_redirect("id", "paket") == third
    assert library.find_redirect("id", "paket-saya") == third
    assert library.generation() > before
    assert [live.key for live in library.list_published()] == [third]
    back = library.rename(third, "paket", "dewi")
    assert (back, library.find_redirect("id", "paket")) == (KEY, None)
    assert library.find_redirect("id", "paket-saya") == KEY
    assert library.find_published(KEY) is not None


def test_a_name_that_is_taken_or_no_name_is_refused(library: Library) -> None:
    published(library)
    published(library, ArticleKey("id", "lacak"))
    with pytest.raises(ArticleExists):
        library.rename(KEY, "lacak", "dewi")
    with pytest.raises(InvalidSlug):
        library.rename(KEY, "../lacak", "dewi")
    with pytest.raises(ArticleExists):
        library.create(KEY, FIRST, "dewi")


def test_translations_follow_a_renamed_article(library: Library) -> None:
    published(library)
    english = ArticleKey("en", "parcel")
    source = new_source("Parcel", "Text\n", translation_of="id/paket")
    library.create(english, source, "dewi")
    library.publish(english, "dewi")
    now = library.rename(library.rename(KEY, "kiriman", "dewi"), "paket-saya", "dewi")
    live = {found.key: found.article for found in library.list_published()}
    assert live[english].translation_of == now
    stored = library.get_article(english)
    assert stored.article.translation_of == now
    assert "translation_of: id/paket\n" in stored.latest.source
    assert library.list_moved() == {KEY, ArticleKey("id", "kiriman")}


def test_a_new_article_takes_over_the_address_of_a_renamed_one(library: Library) -> None:
    published(library)
    library.rename(KEY, "lacak", "dewi")
    published(library)
    assert library.find_redirect("id", "paket") is None
    assert {live.key.slug for live in library.list_published()} == {"paket", "lacak"}


def test_what_is_unknown_raises(library: Library) -> None:
    with pytest.raises(UnknownArticle):
        library.get_article(KEY)
    with pytest.raises(UnknownArticle):
        library.publish(KEY, "dewi")
    library.create(KEY, FIRST, "dewi")
    with pytest.raises(UnknownRevision):
        library.diff(KEY, 1, 2)


def test_a_broken_text_is_refused_and_changes_nothing(library: Library) -> None:
    with pytest.raises(InvalidArticle, match=r"id/paket\.md:1: the title is missing"):
        library.create(KEY, "---\n---\n", "dewi")
    published(library)
    with pytest.raises(InvalidArticle):
        save(library, "---\ntitle: [a\n---\n")
    assert len(library.list_revisions(KEY)) == 2


def test_a_file_is_taken_in_as_it_is_with_the_status_it_names(library: Library) -> None:
    steps = ["published", "draft", "published", "archived", "published", "review"]
    for status in steps:
        source = f"---\r\ntitle: Paket\r\nstatus: {status}\r\n---\r\nSatu"
        revision = library.take_in(KEY, source, FILE)
        stored = library.get_article(KEY)
        assert (revision.source, stored.status, stored.is_live) == (
            source,
            status,
            status == "published",
        )


def test_a_file_taken_in_twice_is_one_revision(library: Library) -> None:
    library.take_in(KEY, FIRST, FILE)
    before = library.generation()
    library.take_in(KEY, FIRST, FILE)
    assert (len(library.list_revisions(KEY)), library.generation()) == (1, before)


def test_a_file_based_on_an_older_text_is_not_taken_in(library: Library) -> None:
    with pytest.raises(EditConflict):
        library.take_in(KEY, FIRST, FILE, based_on=1)
    library.take_in(KEY, FIRST, FILE, based_on=0)
    save(library, SECOND)
    with pytest.raises(EditConflict):
        library.take_in(KEY, FIRST, FILE, based_on=1)
    assert library.get_article(KEY).latest.source == SECOND
