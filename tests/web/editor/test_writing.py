"""Writing an article in the portal, and what customers see of it."""

import html
import time

from kb.models import ArticleKey, Status
from tests.conftest import StillClock
from tests.web.editor.portal import AT_PAKET, PAKET, Person
from tests.web.sites import Site
from web.accounts.models import Role
from web.help.shelf import LOOK_EVERY_SECONDS

HAND_WRITTEN = """---
# kept by hand: ask Budi before changing
tags: [ resi,   kurir ]   # searched by agents
title:   "Paket saya belum sampai"
questions:
- paket saya dimana      # from WhatsApp
- kok blm nyampe ya
x-note: not ours
answer: >
  Cek posisi paket
  di halaman Lacak.
status: published
---
Ikuti urutan ini.
"""


def latest(site: Site, key: ArticleKey = PAKET) -> str:
    return site.services.library.get_article(key).latest.source


def test_a_saved_draft_changes_nothing_for_customers(site: Site, writer: Person) -> None:
    page = writer.follow(AT_PAKET, **writer.form(answer="Jawaban baru.", do="save"))
    assert "Draft saved. Customers still see the live text." in page
    assert "draft beside it" in page
    assert "Cek posisi paket" in writer.page("/id/articles/paket-belum-sampai")
    assert site.services.library.get_article(PAKET).article.answer == "Jawaban baru."


def test_publishing_changes_the_page_and_what_search_finds(site: Site, writer: Person) -> None:
    sent = writer.form(
        answer="Kurir sedang libur.", questions="kurirnya mogok kah\r\nkurir libur?", do="publish"
    )
    assert "Published: customers and the bot have it now." in writer.follow(AT_PAKET, **sent)
    time.sleep(LOOK_EVERY_SECONDS + 0.05)
    assert "Kurir sedang libur." in writer.page("/id/articles/paket-belum-sampai")
    assert site.services.searcher.search("kurirnya mogok kah")[0].key == PAKET
    actions = [entry.action for entry in site.services.accounts.audit.list_entries()]
    assert actions[:2] == ["article.publish", "article.save"]


def test_an_edit_of_one_field_touches_only_its_line(site: Site, writer: Person) -> None:
    site.services.library.save(PAKET, HAND_WRITTEN, by="budi", based_on=2)
    writer.follow(AT_PAKET, **writer.form(owner="dewi", do="save"))
    before, after = HAND_WRITTEN.splitlines(), latest(site).splitlines()
    assert [line for line in after if line not in before] == ["owner: dewi"]
    assert [line for line in after if line in before] == before


def test_a_form_sent_unchanged_makes_no_new_version(site: Site, writer: Person) -> None:
    for source in (HAND_WRITTEN, HAND_WRITTEN.replace("\n", "\r\n")):
        number = site.services.library.get_article(PAKET).latest.number
        saved = site.services.library.save(PAKET, source, by="budi", based_on=number)
        assert "Nothing was changed." in writer.follow(AT_PAKET, **writer.form(do="save"))
        assert site.services.library.get_article(PAKET).latest.number == saved.number


def test_every_field_reaches_the_file(site: Site, writer: Person) -> None:
    sent = writer.form(
        title="Paket telat",
        questions="satu: dua\r\n# tiga\r\n",
        category="pengiriman",
        tags="a, b",
        owner="budi",
        review_by="2028-01-02",
        valid_until="2028-02-03",
        publish_at="2027-04-05T09:30",
        visibility="private",
        translation_of="en/parcel-not-arrived",
        channel_x="Cek resi dulu ya.",
        body="## Baru\r\n\r\nTeks.",
        do="save",
    )
    del sent["auto_answer"]
    writer.follow(AT_PAKET, **sent)
    article = site.services.library.get_article(PAKET).article
    assert article.title == "Paket telat"
    assert article.questions == ("satu: dua", "# tiga")
    assert (article.category, article.tags, article.owner) == ("pengiriman", ("a", "b"), "budi")
    assert str(article.review_by) == "2028-01-02"
    assert str(article.valid_until) == "2028-02-03"
    assert article.publish_at is not None
    assert article.publish_at.isoformat() == "2027-04-05T09:30:00+07:00"
    assert (article.visibility, article.auto_answer) == ("private", False)
    assert str(article.translation_of) == "en/parcel-not-arrived"
    assert article.channels["x"] == "Cek resi dulu ya."
    assert article.body == "## Baru\n\nTeks.\n"
    assert "Nothing was changed." in writer.follow(AT_PAKET, **writer.form(do="save"))


def test_a_mistake_is_named_beside_its_field_and_nothing_is_lost(
    site: Site, writer: Person
) -> None:
    sent = writer.form(title="", body="Teks panjang.", review_by="besok", do="save")
    response = writer.post(AT_PAKET, **sent)
    page = html.unescape(response.get_data(as_text=True))
    assert response.status_code == 422
    assert 'id="title-problem"' in page
    assert 'id="review_by-problem"' in page
    assert "Teks panjang." in page
    assert site.services.library.get_article(PAKET).latest.number == 2


def test_the_whole_file_can_be_edited(site: Site, writer: Person) -> None:
    sent = {"mode": "source", "based_on": "2", "do": "save"}
    writer.follow(AT_PAKET, source=HAND_WRITTEN.replace("\n", "\r\n"), **sent)
    assert latest(site) == HAND_WRITTEN


def test_a_file_that_cannot_be_read_is_not_saved_but_shown_again(
    site: Site, writer: Person
) -> None:
    broken = "---\ntitle: [Paket\n---\nteks"
    response = writer.post(AT_PAKET, mode="source", source=broken, based_on="2", do="save")
    page = html.unescape(response.get_data(as_text=True))
    assert response.status_code == 422
    assert 'id="source-problem"' in page
    assert "title: [Paket" in page
    assert site.services.library.get_article(PAKET).latest.number == 2


def test_what_is_wrong_with_a_file_is_said_in_the_language_of_the_writer(site: Site) -> None:
    writer = Person(site, Role.WRITER, lang="id")
    broken = "---\ntitle: Paket\nreview_by: besok\n---\nteks"
    response = writer.post(AT_PAKET, mode="source", source=broken, based_on="2", do="save")
    page = html.unescape(response.get_data(as_text=True))
    assert "Baris 3: review_by berisi 'besok': isi tanggal seperti 2027-03-01" in page


def test_a_new_article_gets_its_address_from_the_title(site: Site, writer: Person) -> None:
    first = writer.post("/edit/new", title="Bisa bayar di tempat?", lang="id", questions="cod ga?")
    second = writer.post("/edit/new", title="Bisa bayar di tempat?", lang="id")
    assert first.location == "/edit/id/bisa-bayar-di-tempat"
    assert second.location == "/edit/id/bisa-bayar-di-tempat-2"
    made = site.services.library.get_article(ArticleKey("id", "bisa-bayar-di-tempat"))
    assert (made.status, made.article.questions) == (Status.DRAFT, ("cod ga?",))
    assert writer.client.get("/id/articles/bisa-bayar-di-tempat").status_code == 404
    assert writer.page("/edit/slug?lang=id&title=Lupa+kata+sandi").strip() == (
        '{"slug":"lupa-kata-sandi-2"}'
    )


def test_a_taken_or_odd_address_is_refused(writer: Person) -> None:
    for slug, told in (("lupa-kata-sandi", "is taken already"), ("Lupa!", "Use a-z, 0-9")):
        response = writer.post("/edit/new", title="Lupa", lang="id", slug=slug)
        assert response.status_code == 422
        assert told in response.get_data(as_text=True)


def test_a_translation_begins_with_the_words_of_the_original(site: Site, writer: Person) -> None:
    asked = {"title": "Forgot password", "lang": "en", "translation_of": "id/lupa-kata-sandi"}
    writer.post("/edit/new", **asked)
    made = site.services.library.get_article(ArticleKey("en", "forgot-password")).article
    assert str(made.translation_of) == "id/lupa-kata-sandi"
    assert made.body.startswith("Kami mengirim tautan")


def test_links_and_translations_follow_a_renamed_article(site: Site, writer: Person) -> None:
    library = site.services.library
    linking = "---\ntitle: Lain\nanswer: Ya.\n---\n[paket](/id/articles/paket-belum-sampai)\n"
    library.create(ArticleKey("id", "lain"), linking, "dewi")
    library.rename(PAKET, "kiriman", "dewi")
    time.sleep(LOOK_EVERY_SECONDS + 0.05)
    visitor = site.visitor()
    assert visitor.get("/id/articles/paket-belum-sampai").location == "/id/articles/kiriman"
    english = visitor.get("/en/articles/parcel-not-arrived").get_data(as_text=True)
    assert 'hreflang="id" href="http://localhost/id/articles/kiriman"' in english
    assert "leads to no article" not in writer.page("/edit/id/lain")
    assert "which does not exist" not in writer.page("/edit/en/parcel-not-arrived")


def test_the_preview_shows_what_was_typed_and_saves_nothing(site: Site, writer: Person) -> None:
    sent = writer.form(answer="Halo", body="**tebal** <script>alert(1)</script>", do="save")
    sent["csrf_token"] = writer.token
    part = writer.client.post(f"{AT_PAKET}/preview", data=sent, headers={"X-Fragment": "yes"})
    text = part.get_data(as_text=True)
    assert "<strong>tebal</strong>" in text
    assert "<script>" not in text
    assert "<html" not in text
    whole = writer.client.post(f"{AT_PAKET}/preview", data=sent).get_data(as_text=True)
    assert "<strong>tebal</strong>" in whole
    assert "data-invalid" in whole
    assert site.services.library.get_article(PAKET).latest.number == 2


def test_errors_of_the_checks_are_asked_about_once(site: Site, writer: Person) -> None:
    sent = writer.form(body="[ini](/id/articles/tidak-ada)", do="publish")
    page = writer.follow(AT_PAKET, **sent)
    assert "Publish in spite of this?" in page
    assert "The link /id/articles/tidak-ada leads to no article." in page
    assert site.services.library.get_article(PAKET).published_revision == 2
    number = str(site.services.library.get_article(PAKET).latest.number)
    page = writer.follow(f"{AT_PAKET}/publish", based_on=number, confirmed="yes")
    assert "Published" in page
    assert site.services.library.get_article(PAKET).published_revision == 3


def test_a_text_for_later_goes_live_by_itself(
    site: Site, writer: Person, clock: StillClock
) -> None:
    sent = writer.form(answer="Besok saja.", publish_at="2027-03-02T09:00", do="publish")
    assert "It goes live by itself on Mar 2, 2027" in writer.follow(AT_PAKET, **sent)
    assert site.services.library.get_article(PAKET).published_revision == 2
    clock.move(days=2)
    assert site.services.library.publish_due(clock.now) == (PAKET,)
