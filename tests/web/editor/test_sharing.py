"""Several people at one article: clashes, reviews, history, names, and the folder."""

import html
import time

from kb.models import Status
from tests.conftest import StillClock
from tests.web.editor.portal import AT_PAKET, PAKET, Person
from tests.web.sites import Site
from web.help.shelf import LOOK_EVERY_SECONDS


def test_edits_of_different_lines_are_joined(site: Site, writer: Person, reviewer: Person) -> None:
    mine = writer.form(owner="dewi", do="save")
    reviewer.follow(AT_PAKET, **reviewer.form(body="Teks dari Rina.", do="save"))
    page = writer.follow(AT_PAKET, **mine)
    assert "Joined: both edits fit together" in page
    joined = page[page.index('name="source"') :]
    joined = joined[joined.index(">") + 2 : joined.index("</textarea>")]
    assert "owner: dewi" in joined
    assert "Teks dari Rina." in joined
    writer.follow(AT_PAKET, mode="source", source=joined, based_on="3", do="save")
    article = site.services.library.get_article(PAKET).article
    assert (article.owner, article.body) == ("dewi", "Teks dari Rina.\n")


def test_edits_of_the_same_line_are_shown_side_by_side_and_both_kept(
    site: Site, writer: Person, reviewer: Person
) -> None:
    mine = writer.form(body="Punya Dewi.", do="publish")
    reviewer.follow(AT_PAKET, **reviewer.form(body="Punya Rina.", do="save"))
    page = writer.follow(AT_PAKET, **mine)
    assert "Join them by hand" in page
    assert page.count("Punya Dewi.") >= 3
    assert page.count("Punya Rina.") >= 2
    texts = [r.source for r in site.services.library.list_revisions(PAKET)]
    assert sum("Punya Dewi." in text for text in texts) == 1
    stored = site.services.library.get_article(PAKET)
    assert (stored.article.body, stored.published_revision) == ("Punya Rina.\n", 2)


def test_a_review_is_approved_by_a_reviewer_only(
    site: Site, writer: Person, reviewer: Person
) -> None:
    page = writer.follow(AT_PAKET, **writer.form(answer="Mohon dicek.", do="review"))
    assert "It waits for a reviewer now." in page
    assert "Approve and publish" not in page
    assert writer.post(f"{AT_PAKET}/publish").status_code == 403
    assert "Approve and publish" in reviewer.page(AT_PAKET)
    reviewer.follow(f"{AT_PAKET}/publish")
    published = site.services.library.find_published(PAKET)
    assert published is not None
    assert published.article.answer == "Mohon dicek."


def test_a_text_sent_back_says_why(site: Site, writer: Person, reviewer: Person) -> None:
    writer.follow(AT_PAKET, **writer.form(answer="Mohon dicek.", do="review"))
    reviewer.follow(f"{AT_PAKET}/send-back", reason="Harganya <b>kurang</b>")
    page = writer.page(AT_PAKET)
    assert "Harganya &lt;b&gt;kurang&lt;/b&gt;" in page
    assert site.services.library.get_article(PAKET).status is Status.DRAFT
    assert "sent back: Harganya" in html.unescape(writer.page(f"{AT_PAKET}/history"))


def test_history_compares_and_brings_back(site: Site, writer: Person) -> None:
    writer.follow(AT_PAKET, **writer.form(answer="Versi kedua.", do="publish"))
    history = writer.page(f"{AT_PAKET}/history")
    assert "Version 3" in history
    assert "Dewi Lestari" in history
    changes = writer.page(f"{AT_PAKET}/compare?old=2&new=3")
    assert "answer: Versi kedua." in changes
    assert writer.client.get(f"{AT_PAKET}/compare?old=2&new=99").status_code == 404
    page = writer.follow(f"{AT_PAKET}/restore/2")
    assert "Version 2 is the draft now" in page
    stored = site.services.library.get_article(PAKET)
    assert stored.article.answer == "Cek posisi paket dengan nomor resi di halaman Lacak."
    assert stored.published_revision == 3
    assert "The draft is thrown away" in writer.follow(f"{AT_PAKET}/discard")
    assert site.services.library.get_article(PAKET).article.answer == "Versi kedua."


def test_a_renamed_article_is_found_under_both_addresses(site: Site, writer: Person) -> None:
    page = writer.follow(f"{AT_PAKET}/rename", slug="paket-telat")
    assert "Renamed" in page
    assert writer.client.get("/id/articles/paket-belum-sampai").status_code == 301
    assert writer.client.get(AT_PAKET).location == "/edit/id/paket-telat"
    assert "taken already" in writer.follow("/edit/id/paket-telat/rename", slug="promo-lama")


def test_an_archived_article_is_gone_and_comes_back(site: Site, writer: Person) -> None:
    refused = writer.follow(f"{AT_PAKET}/archive", replaced_by="tidak-ada")
    assert "There is no live article with that address" in refused
    assert "Archived" in writer.follow(f"{AT_PAKET}/archive")
    time.sleep(LOOK_EVERY_SECONDS + 0.05)
    assert writer.client.get("/id/articles/paket-belum-sampai").status_code == 410
    latest = site.services.library.get_article(PAKET).latest.number
    assert "is the draft now" in writer.follow(f"{AT_PAKET}/restore/{latest}")
    assert site.services.library.get_article(PAKET).status is Status.DRAFT


def test_an_article_taken_offline_is_a_draft(site: Site, writer: Person) -> None:
    assert "Taken offline" in writer.follow(f"{AT_PAKET}/withdraw")
    assert site.services.library.find_published(PAKET) is None
    assert "It is not live." in writer.follow(f"{AT_PAKET}/withdraw")


def test_a_translation_says_that_its_original_changed(
    site: Site, writer: Person, clock: StillClock
) -> None:
    at_translation = "/edit/en/parcel-not-arrived"
    assert "published anew" not in writer.page(at_translation)
    clock.move(minutes=5)
    writer.follow(AT_PAKET, **writer.form(answer="Baru sekali.", do="publish"))
    page = writer.page(at_translation)
    assert "The original was published anew" in page
    assert f"{AT_PAKET}/compare?old=2&amp;new=3" in page
    assert "original changed" in writer.page("/edit/?view=behind")


def test_a_conflict_with_the_folder_is_shown_and_settled(site: Site, writer: Person) -> None:
    copy = site.services.working_copy
    copy.sync()
    file = site.services.settings.articles_dir / "id" / "paket-belum-sampai.md"
    file.write_text(file.read_text().replace("Ikuti urutan ini.", "Dari berkas."))
    writer.follow(AT_PAKET, **writer.form(body="Dari portal.", do="publish"))
    copy.sync()
    (conflict,) = copy.list_conflicts()
    assert "changed both in the folder and here" in writer.page("/edit/")
    assert str(conflict.path) in writer.page("/edit/conflicts")
    page = writer.page(f"/edit/conflicts/{conflict.id}")
    assert "Dari berkas." in page
    assert "Dari portal." in page
    writer.follow(f"/edit/conflicts/{conflict.id}", keep="file")
    published = site.services.library.find_published(PAKET)
    assert published is not None
    assert published.article.body.startswith("Dari berkas.")
    assert "Everything is in step" in writer.page("/edit/conflicts")
    assert any("Dari portal." in r.source for r in site.services.library.list_revisions(PAKET))


def test_an_unknown_article_is_not_found(writer: Person) -> None:
    for path in ("/edit/id/tidak-ada", "/edit/id/tidak-ada/history", "/edit/conflicts/99"):
        assert writer.client.get(path).status_code == 404
    assert writer.post("/edit/id/tidak-ada", title="x").status_code == 404


def test_numbers_that_cannot_be_are_refused(site: Site, writer: Person) -> None:
    for number in ("0", "99", "1" + "0" * 30):
        assert writer.post(f"{AT_PAKET}/restore/{number}").status_code == 404
        for data in ({"mode": "source", "source": "---\ntitle: x\n---\n"}, {"title": "x"}):
            sent = {**data, "based_on": number}
            assert writer.post(AT_PAKET, **sent).status_code in (303, 404, 422), (number, data)
        asked = {"mine": number, "base": number, "old": number, "new": number}
        for page in ("clash", "compare"):
            found = writer.client.get(f"{AT_PAKET}/{page}", query_string=asked)
            assert found.status_code == 404
        assert writer.client.get(f"/edit/conflicts/{number}").status_code == 404
