"""What takes an article's answers away, or adds to them at once, shows first what that does."""

import pytest

from kb.models import ArticleKey
from responder.exchange import Incoming, Outcome
from responder.models import StaffName, Verdict
from responder.thresholds import ANY
from tests.web.editor.portal import AT_PAKET, PAKET, Person
from tests.web.editor.test_learning import answer, first_ids
from tests.web.sites import Site
from web.accounts.models import Role

SANDI = ArticleKey("id", "lupa-kata-sandi")
AT_SANDI = "/edit/id/lupa-kata-sandi"
ASKED = "lupa password saya"
STOLEN = "kemarin password lupa juga"
THIEVES = ("password lupa kemarin juga", "juga kemarin password lupa", "password juga lupa kemarin")
AGENT = StaffName("budi@toko.test", "Budi")
LEAVES = [("archive", "Archive"), ("withdraw", "Take offline")]


@pytest.fixture(autouse=True)
def _bold(site: Site) -> None:
    site.services.responder.thresholds.change(ANY, ANY, 0.6, "boss")


def ask(site: Site, text: str = ASKED) -> Outcome:
    return site.services.responder.responder.reply(Incoming(text, lang="id"))


def mark(site: Site, outcome: Outcome, verdict: Verdict) -> None:
    assert outcome.decision.article == SANDI
    site.services.responder.inbox.record_verdict(outcome.decision.public_id, verdict, AGENT)


def is_live(site: Site, key: ArticleKey = SANDI) -> bool:
    return site.services.library.find_published(key) is not None


@pytest.mark.parametrize("move", ["archive", "withdraw"])
def test_what_nobody_asked_for_leaves_at_once(site: Site, writer: Person, move: str) -> None:
    ask(site)
    assert writer.post(f"{AT_PAKET}/{move}").status_code == 303
    assert not is_live(site, PAKET)


@pytest.mark.parametrize("move", ["archive", "withdraw"])
def test_before_anybody_asked_anything_an_article_leaves_at_once(
    site: Site, writer: Person, move: str
) -> None:
    assert writer.post(f"{AT_SANDI}/{move}").status_code == 303
    assert not is_live(site)


@pytest.mark.parametrize(("move", "name"), LEAVES)
def test_answers_that_would_be_lost_are_shown_first(
    site: Site, writer: Person, move: str, name: str
) -> None:
    outcome = ask(site)
    page = writer.follow(f"{AT_SANDI}/{move}")
    assert "Nothing has happened yet" in page
    assert "No longer answered" in page
    assert f'href="/desk/decisions/{outcome.decision.public_id}"' in page
    assert 'type="checkbox"' not in page
    assert is_live(site)
    assert writer.post(f"{AT_SANDI}/{move}", confirmed="yes").status_code == 303
    assert not is_live(site)
    entry = site.services.accounts.audit.list_entries(area="article")[0]
    assert (entry.action, entry.after["knowingly"]) == (f"article.{move}", True)


@pytest.mark.parametrize(("move", "name"), LEAVES)
def test_answers_marked_right_are_given_up_with_a_tick_only(
    site: Site, writer: Person, move: str, name: str
) -> None:
    mark(site, ask(site), Verdict.RIGHT)
    page = writer.follow(f"{AT_SANDI}/{move}")
    assert f"{name} in spite of this?" in page
    assert "1 question that is treated rightly now" in page
    assert 'type="checkbox" id="confirmed"' in page
    assert 'type="hidden" name="confirmed"' not in page
    assert f"{name} all the same" in page


def test_the_article_that_takes_the_place_is_kept_through_the_gate(
    site: Site, writer: Person
) -> None:
    ask(site)
    page = writer.follow(f"{AT_SANDI}/archive", replaced_by=PAKET.slug)
    assert f'name="replaced_by" value="{PAKET.slug}"' in page
    writer.post(f"{AT_SANDI}/archive", replaced_by=PAKET.slug, confirmed="yes")
    assert site.services.library.find_redirect(SANDI.lang, SANDI.slug) == PAKET


def test_a_draft_is_archived_without_a_look(site: Site, writer: Person) -> None:
    ask(site)
    key = ArticleKey("id", "kartu-hadiah")
    site.services.library.create(key, "---\ntitle: Kartu hadiah\n---\nIsi.\n", "dewi")
    assert writer.post(f"/edit/{key}/archive").status_code == 303


def test_the_gate_speaks_indonesian(site: Site) -> None:
    mark(site, ask(site), Verdict.RIGHT)
    page = Person(site, Role.WRITER, email="wati@toko.test", lang="id").follow(
        f"{AT_SANDI}/archive"
    )
    assert "Tetap arsipkan?" in page
    assert "Belum ada yang terjadi." in page


def test_bringing_back_an_old_version_changes_nothing_that_customers_get(
    site: Site, writer: Person
) -> None:
    ask(site)
    live = site.services.library.get_article(SANDI).published_revision
    assert writer.post(f"{AT_SANDI}/restore/1").status_code == 303
    assert site.services.library.get_article(SANDI).published_revision == live


class TestLearning:
    """An example question answers as soon as it is added."""

    LOST = "apakah gajah putih dijual"

    def teach_a_theft(self, site: Site) -> None:
        """An agent answers with another article what the bot was too careful to answer rightly."""
        mark(site, ask(site, STOLEN), Verdict.RIGHT)
        site.services.responder.thresholds.change(ANY, ANY, 1.0, "boss")
        for text in THIEVES:
            answer(site, text)
        site.services.responder.thresholds.change(ANY, ANY, 0.6, "boss")

    def test_a_question_that_changes_only_its_own_reply_is_added_at_once(
        self, site: Site, writer: Person
    ) -> None:
        answer(site, self.LOST)
        ask(site)
        ids = first_ids(writer.page("/edit/learn"))
        assert "it answers with this question from now on" in writer.follow(
            "/edit/learn/accept", ids=ids
        )

    def test_a_question_that_takes_right_answers_from_others_needs_a_tick(
        self, site: Site, writer: Person
    ) -> None:
        self.teach_a_theft(site)
        ids = first_ids(writer.page("/edit/learn"))
        page = writer.follow("/edit/learn/accept", ids=ids)
        assert "Add in spite of this?" in page
        assert 'type="checkbox" id="confirmed"' in page
        assert "password" not in site.services.library.get_article(PAKET).latest.source
        assert "it answers with these 3 questions" in writer.follow(
            "/edit/learn/accept", ids=ids, confirmed="yes"
        )

    def test_what_waits_in_a_draft_is_looked_at_when_that_goes_live(
        self, site: Site, writer: Person
    ) -> None:
        self.teach_a_theft(site)
        library = site.services.library
        latest = library.get_article(PAKET).latest
        library.save(PAKET, latest.source + "\nBaru.\n", by="dewi", based_on=latest.number)
        ids = first_ids(writer.page("/edit/learn"))
        assert "counts once the draft is published" in writer.follow("/edit/learn/accept", ids=ids)

    def test_questions_are_added_to_one_article_at_a_time(self, site: Site, writer: Person) -> None:
        answer(site, self.LOST)
        answer(site, "jual kulkas dua pintu ga", SANDI)
        suggested = site.services.responder.suggestions.list_open()
        ids = " ".join(str(number) for one in suggested for number in one.groups[0].ids)
        assert "Choose questions of one article." in writer.follow("/edit/learn/accept", ids=ids)
