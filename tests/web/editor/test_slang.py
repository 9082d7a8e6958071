"""The slang lists in the portal: seen, edited, tried on past questions, in force soon after."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kb.models import ArticleKey
from responder.exchange import Incoming, Outcome
from responder.models import Answer, StaffName, Verdict
from responder.thresholds import ANY
from tests.web.editor.portal import PAKET, Person
from tests.web.sites import Site
from web.accounts.models import Role
from web.cli.index_duty import learn_slang, rebuild_when_due
from web.outlook.watching import NDJSON

HERE = "/edit/slang"
ENTRY = f"{HERE}/entry"
UNKNOWN = "lpsd"
SANDI = ArticleKey("id", "lupa-kata-sandi")
PROJECT = Path(__file__).parents[3]
WORKER = """
import sys, threading
from pathlib import Path
from web.cli.work import index_duties_of, tend
from web.settings import load_settings
from web.wiring import build_web_services
tend(index_duties_of(build_web_services(load_settings(Path(sys.argv[1])))), threading.Event())
"""


@pytest.fixture
def bold(site: Site) -> Site:
    """Answers what it is halfway sure of."""
    site.services.responder.thresholds.change(ANY, ANY, 0.6, "boss")
    return site


def file_of(site: Site, lang: str = "id") -> Path:
    return site.services.settings.articles_dir / "lexicon" / f"{lang}.tsv"


def write(site: Site, text: str, lang: str = "id") -> Path:
    file = file_of(site, lang)
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def ask(site: Site, text: str) -> Outcome:
    return site.services.responder.responder.reply(Incoming(text, lang="id"))


def answer_to(site: Site, text: str) -> ArticleKey | None:
    reply = ask(site, text).reply
    return reply.candidate.key if isinstance(reply, Answer) else None


def work(site: Site) -> None:
    """The worker looks twice."""
    act = learn_slang(site.services)
    act()
    act()


def entry(form: str, plain: str = "", **more: str) -> dict[str, str]:
    return {"lang": "id", "form": form, "plain": plain, **more}


def was(form: str, plain: str) -> dict[str, str]:
    return {"was_form": form, "was_plain": plain}


def audit_of(site: Site) -> list[tuple[str, str]]:
    entries = site.services.accounts.audit.list_entries(area="slang")
    return [(found.action, found.subject) for found in entries]


def forms_on(page: str) -> list[str]:
    return re.findall(r'class="slang-pair"[^>]*><strong>([^<]+)</strong>', page)


class TestTheList:
    def test_own_and_shipped_words_are_apart(self, site: Site, writer: Person) -> None:
        assert "No words of your own yet" in writer.page(HERE)
        write(site, "wakwaw\tongkir\n")
        assert forms_on(writer.page(f"{HERE}?lang=id")) == ["wakwaw"]
        shipped = forms_on(writer.page(f"{HERE}?lang=id&view=shipped"))
        assert len(shipped) == 50
        assert "wakwaw" not in shipped

    def test_a_search_finds_spellings_and_meanings_the_nearest_first(self, writer: Person) -> None:
        page = writer.page(f"{HERE}?lang=id&view=shipped&q=GA")
        assert forms_on(page)[:3] == ["ga", "gaada", "gabisa"]
        assert "gmn" in forms_on(writer.page(f"{HERE}?lang=id&view=shipped&q=bagaimana"))
        assert "Add “xkcdqq”" in writer.page(f"{HERE}?lang=id&q=xkcdqq")

    def test_a_long_list_comes_page_by_page(self, writer: Person) -> None:
        first, second = (
            forms_on(writer.page(f"{HERE}?lang=id&view=shipped&page={number}")) for number in (1, 2)
        )
        assert not set(first) & set(second)
        assert writer.page(f"{HERE}?view=shipped&page=99999").count("slang-pair") > 0
        assert writer.page(f"{HERE}?view=nonsense&page=x&lang=xx").count("Slang") > 0

    def test_what_is_never_read_is_marked(self, site: Site, writer: Person) -> None:
        write(site, "w/\tdengan\nongkir\tongkos kirim\ngmn\tgula merah\n")
        page = writer.page(f"{HERE}?lang=id")
        assert "never matches" in page
        assert "not read: shipping cost in English" in page
        assert "instead of: bagaimana" in page
        assert "While two languages differ" in writer.page(f"{ENTRY}?lang=id&form=ongkir")

    def test_a_line_that_cannot_be_read_is_shown_and_the_others_count(
        self, site: Site, writer: Person
    ) -> None:
        write(site, "wakwaw ongkir\nhlo\thalo\n")
        page = writer.page(f"{HERE}?lang=id")
        assert "lexicon/id.tsv: Line 1: write slang, a tab, and the formal word" in page
        assert forms_on(page) == ["hlo"]


class TestSaving:
    def test_an_entry_is_added_below_what_is_there(self, site: Site, writer: Person) -> None:
        file = write(site, "# dari kasir\nhlo\thalo\n")
        page = writer.follow(HERE, **entry("WAKWAW", "ongkos  kirim"))
        assert "“wakwaw” stands for “ongkos kirim”" in page
        assert file.read_text(encoding="utf-8") == "# dari kasir\nhlo\thalo\nwakwaw\tongkos kirim\n"
        assert audit_of(site) == [("slang.add", "wakwaw (id)")]

    def test_an_entry_is_changed_renamed_and_removed(self, site: Site, writer: Person) -> None:
        file = write(site, "wakwaw\tongkir\n# akhir\n")
        form = writer.page(f"{ENTRY}?lang=id&form=wakwaw")
        assert 'name="was_plain" value="ongkir"' in form
        writer.post(HERE, **entry("wakwaw", "ongkos kirim"), **was("wakwaw", "ongkir"))
        writer.post(HERE, **entry("wkwk", "ongkos kirim"), **was("wakwaw", "ongkos kirim"))
        assert file.read_text(encoding="utf-8") == "wkwk\tongkos kirim\n# akhir\n"
        page = writer.follow(f"{HERE}/remove", lang="id", **was("wkwk", "ongkos kirim"))
        assert "“wkwk” is read as customers write it" in page
        assert file.read_text(encoding="utf-8") == "# akhir\n"
        assert [action for action, _ in audit_of(site)] == [
            "slang.remove",
            "slang.change",
            "slang.change",
        ]

    def test_a_removed_word_lets_the_shipped_one_count_again(
        self, site: Site, writer: Person
    ) -> None:
        assert "It comes with Jawab" in writer.page(f"{ENTRY}?lang=id&form=gmn")
        writer.post(HERE, **entry("gmn", "gula merah"))
        assert "yours goes before it" in writer.page(f"{ENTRY}?lang=id&form=gmn")
        page = writer.follow(f"{HERE}/remove", lang="id", **was("gmn", "gula merah"))
        assert "“gmn” stands for “bagaimana” again" in page
        assert site.services.slang.lexicon()["id"]["gmn"] == "bagaimana"

    @pytest.mark.parametrize(
        ("form", "plain", "english", "indonesian"),
        [
            ("", "apa", "Write a word: at least one letter", "Tulis sebuah kata"),
            ("gmn", "", "Write a word: at least one letter", "Tulis sebuah kata"),
            ("g\tmn", "apa", "Leave out tabs and line breaks", "tanpa tab dan ganti baris"),
            ("gmn", "a\nb", "Leave out tabs and line breaks", "tanpa tab dan ganti baris"),
            ("ga ada", "tidak ada", "Write one word", "Tulis satu kata"),
            ("w/o", "tanpa", "Use letters and digits only", "Pakai huruf dan angka saja"),
            ("ẞtr", "jalan", "never matches", "tidak pernah cocok"),
            ("g" * 41, "apa", "at most 40 characters", "paling banyak 40"),
            ("gmn", "a" * 101, "at most 100 characters", "paling banyak 100"),
            ("gmn", "Gmn", "This is the spelling itself", "Ini ejaan itu sendiri"),
            ("ongkir", "wakwaw", "round in a circle", "berputar"),
        ],
    )
    def test_bad_input_is_explained_in_both_languages(
        self, site: Site, *, form: str, plain: str, english: str, indonesian: str
    ) -> None:
        file = write(site, "wakwaw\tongkir\n")
        for number, (lang, said) in enumerate((("en", english), ("id", indonesian))):
            person = Person(site, Role.WRITER, email=f"dewi{number}@toko.test", lang=lang)
            answer = person.post(HERE, **entry(form, plain))
            assert answer.status_code == 422
            assert said in answer.get_data(as_text=True)
        assert file.read_text(encoding="utf-8") == "wakwaw\tongkir\n"
        assert audit_of(site) == []

    def test_what_is_sent_unchanged_is_not_recorded(self, site: Site, writer: Person) -> None:
        file = write(site, "Wakwaw\tOngkir\n")
        sent = was("wakwaw", "ongkir")
        assert "Nothing was changed" in writer.follow(HERE, **entry("wakwaw", "ongkir"), **sent)
        assert "Nothing was changed" in writer.follow(f"{HERE}/remove", lang="id")
        assert file.read_text(encoding="utf-8") == "Wakwaw\tOngkir\n"
        assert audit_of(site) == []

    @pytest.mark.parametrize("sent", [{}, {"lang": "../x"}, {"lang": "fr", "form": "a"}])
    def test_a_language_that_the_firm_does_not_have_is_refused(
        self, writer: Person, sent: dict[str, str]
    ) -> None:
        assert writer.post(HERE, **sent).status_code in (400, 404)

    def test_a_file_that_cannot_be_read_is_left_alone(self, site: Site, writer: Person) -> None:
        file = write(site, "")
        file.write_bytes(b"caf\xe9\tkafe\n")
        answer = writer.post(HERE, **entry("hlo", "halo"))
        assert answer.status_code == 422
        assert "the file is not UTF-8" in answer.get_data(as_text=True)
        assert file.read_bytes() == b"caf\xe9\tkafe\n"


class TestConflicts:
    def test_a_hand_edit_of_the_entry_is_shown_and_nothing_is_lost(
        self, site: Site, writer: Person
    ) -> None:
        file = write(site, "wakwaw\tkurir\nhlo\thalo\n")
        sent = entry("wakwaw", "ongkos kirim")
        answer = writer.post(HERE, **sent, **was("wakwaw", "ongkir"))
        page = answer.get_data(as_text=True)
        assert answer.status_code == 409
        assert "“wakwaw” stands for “kurir” already" in page
        assert 'value="ongkos kirim"' in page
        assert file.read_text(encoding="utf-8") == "wakwaw\tkurir\nhlo\thalo\n"
        assert 'name="was_plain" value="kurir"' in page
        assert writer.post(HERE, **sent, **was("wakwaw", "kurir")).status_code == 303
        assert file.read_text(encoding="utf-8") == "wakwaw\tongkos kirim\nhlo\thalo\n"

    def test_a_hand_edit_of_another_line_is_kept(self, site: Site, writer: Person) -> None:
        writer.page(ENTRY)
        file = write(site, "hlo\thalo\n")
        writer.post(HERE, **entry("wakwaw", "ongkir"))
        assert file.read_text(encoding="utf-8") == "hlo\thalo\nwakwaw\tongkir\n"

    def test_of_two_writers_the_second_is_told(
        self, site: Site, writer: Person, reviewer: Person
    ) -> None:
        assert writer.post(HERE, **entry("wakwaw", "ongkir")).status_code == 303
        answer = reviewer.post(HERE, **entry("wakwaw", "kurir"))
        assert answer.status_code == 409
        assert "stands for “ongkir” already" in answer.get_data(as_text=True)
        assert site.services.slang.get_list("id").own == {"wakwaw": "ongkir"}

    def test_a_word_that_is_gone_can_be_put_back(self, site: Site, writer: Person) -> None:
        sent = entry("wakwaw", "kurir")
        page = writer.post(HERE, **sent, **was("wakwaw", "ongkir")).get_data(as_text=True)
        assert "“wakwaw” was taken off your list meanwhile" in page
        assert 'name="was_form" value=""' in page
        assert writer.post(HERE, **sent).status_code == 303


class TestTheGate:
    def test_what_changes_nothing_is_saved_at_once(self, bold: Site, writer: Person) -> None:
        ask(bold, "lupa password")
        assert writer.post(HERE, **entry("wakwaw", "ongkir")).status_code == 303
        assert bold.services.slang.get_list("id").own == {"wakwaw": "ongkir"}

    def test_what_an_earlier_entry_changes_is_not_shown_again(
        self, bold: Site, writer: Person
    ) -> None:
        assert answer_to(bold, UNKNOWN) is None
        write(bold, "lpsd\tlupa kata sandi\n")
        assert bold.services.searcher.has_new_slang()
        assert writer.post(HERE, **entry("wakwaw", "ongkir")).status_code == 303

    def test_what_changes_replies_is_shown_first(self, bold: Site, writer: Person) -> None:
        assert answer_to(bold, UNKNOWN) is None
        page = writer.post(HERE, **entry("lpsd", "lupa kata sandi")).get_data(as_text=True)
        assert "Save this?" in page
        assert "Newly answered" in page
        assert UNKNOWN in page
        assert not file_of(bold).exists()
        sent = entry("lpsd", "lupa kata sandi", confirmed="yes")
        assert writer.post(HERE, **sent).status_code == 303
        (found,) = bold.services.accounts.audit.list_entries(area="slang")
        assert found.after == {"spelling": "lpsd", "meaning": "lupa kata sandi", "knowingly": True}

    def test_losing_what_was_marked_right_needs_a_tick(self, bold: Site, writer: Person) -> None:
        file = write(bold, "lpsd\tlupa kata sandi\n")
        decision = ask(bold, UNKNOWN).decision
        assert decision.article == SANDI
        staff = StaffName("budi@toko.test", "Budi")
        inbox = bold.services.responder.inbox
        inbox.record_verdict(decision.public_id, Verdict.RIGHT, staff)
        sent = {**entry("lpsd", "gajah"), **was("lpsd", "lupa kata sandi")}
        page = writer.post(HERE, **sent).get_data(as_text=True)
        assert "Save in spite of this?" in page
        assert 'type="checkbox" id="confirmed"' in page
        assert 'type="hidden" name="confirmed"' not in page
        assert file.read_text(encoding="utf-8") == "lpsd\tlupa kata sandi\n"

    def test_removing_meets_the_same_gate(self, bold: Site, writer: Person) -> None:
        write(bold, "lpsd\tlupa kata sandi\n")
        assert answer_to(bold, UNKNOWN) == SANDI
        sent = {"lang": "id", **was("lpsd", "lupa kata sandi")}
        page = writer.post(f"{HERE}/remove", **sent).get_data(as_text=True)
        assert "“lpsd” is taken off your list" in page
        assert "No longer answered" in page
        assert f'action="{HERE}/remove"' in page
        assert file_of(bold).read_text(encoding="utf-8") == "lpsd\tlupa kata sandi\n"
        assert writer.post(f"{HERE}/remove", **sent, confirmed="yes").status_code == 303
        assert file_of(bold).read_text(encoding="utf-8") == ""

    def test_with_scripts_the_progress_comes_line_by_line(self, bold: Site, writer: Person) -> None:
        def lines(sent: dict[str, str]) -> list[dict[str, object]]:
            answer = writer.client.post(
                HERE, data={**sent, "csrf_token": writer.token}, headers={"Accept": NDJSON}
            )
            assert answer.mimetype == NDJSON
            return [json.loads(line) for line in answer.get_data(as_text=True).splitlines()]

        assert lines(entry("lpsd", "lupa kata sandi")) == [{"confirmed": "seen"}]
        ask(bold, UNKNOWN)
        found = lines(entry("lpsd", "lupa kata sandi"))
        assert [line.get("stage") for line in found[-2:]] == ["asking", None]
        assert "Save this?" in str(found[-1]["html"])
        assert lines(entry("wakwaw", "ongkir"))[-1] == {"confirmed": "seen"}
        assert not file_of(bold).exists()
        assert writer.post(HERE, **entry("wakwaw", "x", confirmed="seen")).status_code == 303
        (kept,) = bold.services.accounts.audit.list_entries(area="slang")
        assert "knowingly" not in kept.after


class TestInForce:
    def test_the_page_says_when_an_entry_is_in_force(self, bold: Site, writer: Person) -> None:
        assert answer_to(bold, UNKNOWN) is None
        page = writer.follow(HERE, **entry("lpsd", "lupa kata sandi", confirmed="yes"))
        assert "in force in a moment" in page
        assert f'hx-get="{HERE}/state?lang=id"' in page
        assert answer_to(bold, UNKNOWN) is None
        assert writer.client.get(f"{HERE}/state").status_code == 200
        work(bold)
        assert answer_to(bold, UNKNOWN) == SANDI
        state = writer.client.get(f"{HERE}/state")
        assert state.status_code == 286
        assert "The list is in force" in state.get_data(as_text=True)
        assert "The list is in force" in writer.page(f"{HERE}?lang=id&saved=1")
        assert "in force" not in writer.page(f"{HERE}?lang=id")

    def test_a_hand_edit_is_in_force_without_a_restart(self, bold: Site) -> None:
        act = learn_slang(bold.services)
        act()
        act()
        assert answer_to(bold, UNKNOWN) is None
        file = write(bold, "lpsd\t")
        act()
        file.write_text("lpsd\tlupa kata sandi\n", encoding="utf-8")
        act()
        assert bold.services.searcher.has_new_slang()
        act()
        assert not bold.services.searcher.has_new_slang()
        assert answer_to(bold, UNKNOWN) == SANDI

    def test_what_waits_still_is_learned_with_the_next_rebuild(self, bold: Site) -> None:
        bold.services.searcher.start()
        write(bold, "lpsd\tlupa kata sandi\n")
        rebuild_when_due(bold.services)()
        assert not bold.services.searcher.has_new_slang()

    def test_an_entry_that_changes_nothing_is_never_waited_for(
        self, site: Site, writer: Person
    ) -> None:
        site.services.searcher.start()
        page = writer.follow(HERE, **entry("gmn", "bagaimana"))
        assert "The list is in force" in page

    @pytest.mark.slow
    def test_the_worker_of_another_process_puts_it_in_force(
        self, bold: Site, writer: Person
    ) -> None:
        settings = bold.services.settings
        toml = '[site]\nurl = "http://localhost"\n[embedder]\nname = "hashing"\n'
        (settings.folder / "jawab.toml").write_text(toml, encoding="utf-8")
        bold.services.searcher.start()
        command = [sys.executable, "-c", WORKER, str(settings.folder)]
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
        worker = subprocess.Popen(command, cwd=PROJECT, env=environment)
        try:
            writer.post(HERE, **entry("lpsd", "lupa kata sandi"))
            assert self.comes_true(bold)
            assert answer_to(bold, UNKNOWN) == SANDI
            write(bold, "# oleh tangan\n")
            assert self.comes_true(bold)
            assert bold.services.knowledge.spelt_out("lpsd") == "lpsd"
        finally:
            worker.terminate()
            worker.wait(timeout=20)

    @staticmethod
    def comes_true(site: Site) -> bool:
        """Whether what is listed is in force here within a minute."""
        deadline = time.monotonic() + 60
        while site.services.searcher.has_new_slang() and time.monotonic() < deadline:
            time.sleep(0.1)
        return not site.services.searcher.has_new_slang()


def test_whoever_writes_articles_keeps_the_lists_and_nobody_else(site: Site) -> None:
    for role, status in ((Role.WRITER, 200), (Role.REVIEWER, 200), (Role.AGENT, 403)):
        person = Person(site, role, email=f"{role}@toko.test")
        for path in (HERE, ENTRY, f"{HERE}/state"):
            assert person.client.get(path).status_code in (status, 286 if status == 200 else 403)
        allowed = person.post(HERE, **entry(f"kata{role}", "ongkir")).status_code
        assert allowed == (303 if status == 200 else 403)
    assert "kataagent" not in site.services.slang.get_list("id").own
    assert site.visitor().get(HERE).status_code == 302


def test_the_audit_log_tells_it_in_words(site: Site, writer: Person) -> None:
    writer.post(HERE, **entry("wakwaw", "ongkir"))
    admin = Person(site, Role.ADMIN, email="bos@toko.test")
    page = admin.page("/admin/audit")
    assert "added slang:" in page
    assert "wakwaw (id)" in page
    assert PAKET.slug not in page


def test_a_list_of_thousands_is_read_quickly(site: Site, writer: Person) -> None:
    write(site, "".join(f"kata{number}\tarti {number}\n" for number in range(3000)))
    began = time.monotonic()
    page = writer.page(f"{HERE}?lang=id&q=kata29")
    assert len(forms_on(page)) == 50
    assert time.monotonic() - began < 2
