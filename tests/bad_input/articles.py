"""Files that cannot become articles, and folders with hardly any."""

from pathlib import Path

from tests.bad_input.case import Area, Case, Seen, Via
from tests.bad_input.seeing import checked, ended, seen_of
from tests.bad_input.stage import ARTICLE, Stage, opened, put, run, synced


def unreadable(name: str, given: str, expected: str, front: str | bytes, file: str = "a") -> Case:
    if isinstance(front, str):
        front = f"---\n{front}\n---\nText.\n".encode()
    act = checked(f"id/{file}.md", front)
    return Case(name, Area.ARTICLE, given, Via.COMMAND, 1, expected, act)


def _linked(stage: Stage) -> Seen:
    site = stage.folder()
    put(site, "id/a.md", ARTICLE)
    (site / "articles" / "id" / "b.md").symlink_to("/etc/hostname")
    return ended(run("articles", "check", site / "articles"))


def _served_beside(stage: Stage) -> Seen:
    """A broken file must not take the good one along, and never shows on the page."""
    site = stage.site()
    put(site, "id/rusak.md", "---\ntitle: [\n---\n")
    assert run("--site", site, "articles", "sync").code == 1
    with opened(site) as (visitor, _services):
        return seen_of(visitor.get("/id/articles/ongkos-kirim"))


def _broken_meanwhile(stage: Stage) -> Seen:
    """A published article whose file is broken later stays as it was."""
    site = stage.site()
    with opened(site) as (visitor, services):
        put(site, "id/ongkos-kirim.md", "---\ntitle: 'Ongkos\n---\n")
        synced(services)
        return seen_of(visitor.get("/id/articles/ongkos-kirim"))


ARTICLES = (
    unreadable(
        "article-yaml",
        "front matter that is not YAML",
        "id/a.md:3: the front matter is not valid YAML (…): put text holding ': ', ' #' or quotes "
        "in quotes",
        "title: [",
    ),
    unreadable(
        "article-no-front-matter",
        "a file without front matter",
        "id/a.md:1: the file has no front matter: begin with '---', 'title: ...', '---'",
        b"Just text.\n",
    ),
    unreadable(
        "article-not-closed",
        "front matter that never ends",
        "id/a.md:1: the front matter is not closed: add a line '---' after its last key",
        b"---\ntitle: A\n\nText.\n",
    ),
    unreadable(
        "article-no-title",
        "no title",
        "id/a.md:1: the title is missing: add a line 'title: ...'",
        "answer: Yes.",
    ),
    Case(
        "article-unknown-key",
        Area.ARTICLE,
        "a key that means nothing here: a hint, the article is read",
        Via.COMMAND,
        0,
        "id/a: …kategori…1 articles read, 0 unreadable",
        checked("id/a.md", "---\ntitle: A\nanswer: B.\nkategori: kirim\n---\nText.\n"),
    ),
    unreadable(
        "article-twice",
        "a key given twice",
        "id/a.md:3: 'title' is given twice: remove one",
        "title: A\ntitle: B",
    ),
    unreadable(
        "article-2-mb",
        "a file of 2 MB",
        "id/a.md:1: the file is far too big for an article: split it",
        b"---\ntitle: A\n---\n" + b"x" * 2_000_000,
    ),
    unreadable(
        "article-half-mb",
        "a file of half a MB",
        "id/a.md:1: the file has 488 KiB, at most 256 are read: split the article",
        b"---\ntitle: A\n---\n" + b"x" * 500_000,
    ),
    unreadable(
        "article-slug",
        "a file name that can be no address",
        "is not a slug: use a-z, 0-9 and '-', starting with a letter or digit",
        "title: A",
        "Paket Saya",
    ),
    unreadable(
        "article-slug-outside",
        "a translation of ../x",
        "id/a.md:3: translation_of is '../x': give an article such as en/parcel-not-arrived",
        "title: A\ntranslation_of: ../x",
    ),
    unreadable(
        "article-date",
        "a date that does not exist",
        "id/a.md:3: review_by is '2027-02-30': give a day such as 2027-03-01",
        "title: A\nreview_by: 2027-02-30",
    ),
    unreadable(
        "article-time",
        "a time without its zone",
        "id/a.md:3: publish_at is '2027-03-01 09:00': give a time with its zone such as…",
        "title: A\npublish_at: 2027-03-01 09:00",
    ),
    unreadable(
        "article-status",
        "an unknown status",
        "id/a.md:3: status is 'live': give one of draft, review, published, archived",
        "title: A\nstatus: live",
    ),
    unreadable(
        "article-questions",
        "questions that are no list",
        "id/a.md:3: questions must be a list: [one, two], or one a line after '- '",
        "title: A\nquestions: where is it",
    ),
    unreadable(
        "article-lang",
        "a language that is not the folder's",
        "id/a.md:3: lang differs from the folder 'id': correct it or move the file",
        "title: A\nlang: en",
    ),
    unreadable(
        "article-not-utf-8",
        "a file that is not UTF-8",
        "id/a.md:2: the file is not UTF-8: save it as UTF-8",
        b"---\ntitle: Caf\xe9\n---\n",
    ),
    unreadable(
        "article-nul",
        "a NUL in the text",
        "id/a.md:4: character U+0000 is no text: delete it, save as UTF-8",
        b"---\ntitle: A\n---\nTe\0xt\n",
    ),
    Case(
        "article-link",
        Area.ARTICLE,
        "a symbolic link: never followed, the others are read",
        Via.COMMAND,
        1,
        "id/b.md:1: only ordinary files are read: no links, no folders…1 unreadable",
        _linked,
    ),
    Case(
        "article-beside",
        Area.ARTICLE,
        "a broken file beside a good one: the good one is served",
        Via.PAGE,
        200,
        "Ongkos kirim dua puluh ribu rupiah.",
        _served_beside,
        "id",
    ),
    Case(
        "article-broken-later",
        Area.ARTICLE,
        "a published article whose file is broken later: it stays as it was",
        Via.PAGE,
        200,
        "Ongkos kirim dua puluh ribu rupiah.",
        _broken_meanwhile,
        "id",
    ),
)


def _with_articles(*texts: str) -> "Stocked":
    return Stocked(texts)


class Stocked:
    """`jawab index`, then `jawab ask`, at a site with exactly these articles."""

    def __init__(self, texts: tuple[str, ...]) -> None:
        self._texts = texts

    def site(self, stage: Stage) -> Path:
        site = stage.empty_site()
        for number, text in enumerate(self._texts):
            put(site, f"id/artikel-{number}.md", text)
        indexed = run("--site", site, "index")
        assert indexed.code == 0, indexed
        return site

    def __call__(self, stage: Stage) -> Seen:
        return ended(run("--site", self.site(stage), "ask", "berapa ongkir"))


def _home_of_nothing(stage: Stage) -> Seen:
    with opened(Stocked(()).site(stage)) as (visitor, _services):
        assert visitor.get("/en/search?q=parcel").status_code == 200
        assert visitor.get("/sitemap.xml").status_code == 200
        return seen_of(visitor.get("/en/"))


TITLES = tuple(f"---\ntitle: {title}\n---\n" for title in ("Ongkos kirim", "Retur", "Jam buka"))
PASSED_ON = "Pertanyaan ini sudah kami teruskan ke rekan kami."

KNOWLEDGE = (
    Case(
        "kb-empty",
        Area.KNOWLEDGE,
        "no article at all: everything goes to people",
        Via.COMMAND,
        11,
        PASSED_ON,
        Stocked(()),
    ),
    Case(
        "kb-empty-page",
        Area.KNOWLEDGE,
        "no article at all: the help centre still opens",
        Via.PAGE,
        200,
        "Hello, how can we help?",
        _home_of_nothing,
        "en",
    ),
    Case(
        "kb-one",
        Area.KNOWLEDGE,
        "one article",
        Via.COMMAND,
        0,
        "Ongkos kirim dua puluh ribu rupiah.",
        Stocked((ARTICLE,)),
    ),
    Case(
        "kb-titles",
        Area.KNOWLEDGE,
        "articles that are only titles: offered, never an empty answer",
        Via.COMMAND,
        10,
        "Apakah ini yang dimaksud? - Ongkos kirim:…",
        Stocked(TITLES),
    ),
)
