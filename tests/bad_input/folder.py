"""Folder and portal changed at the same time: both texts are kept."""

from pathlib import Path

from kb.models import ArticleKey
from kb.revisions import WorkingText
from tests.bad_input.case import Area, Case, Seen, Via
from tests.bad_input.seeing import ended
from tests.bad_input.stage import ARTICLE, Stage, opened, put, run

KEY = ArticleKey("id", "ongkos-kirim")
FROM_FILE = ARTICLE.replace("dua puluh", "tiga puluh")
FROM_PORTAL = ARTICLE.replace("dua puluh", "empat puluh")


def _published_in_portal(site: Path, source: str) -> None:
    with opened(site) as (_visitor, services):
        seen = services.library.get_article(KEY).latest.number
        services.library.save(KEY, source, by="dewi", based_on=seen)
        services.library.publish(KEY, by="dewi")


def _both_changed(stage: Stage) -> Seen:
    site = stage.site()
    put(site, "id/ongkos-kirim.md", FROM_FILE)
    _published_in_portal(site, FROM_PORTAL)
    done = run("--site", site, "articles", "sync")
    assert (site / "articles/id/ongkos-kirim.md").read_text(encoding="utf-8") == FROM_FILE
    with opened(site) as (_visitor, services):
        kept = {revision.source for revision in services.library.list_revisions(KEY)}
        assert {FROM_FILE, FROM_PORTAL} <= kept
    return ended(done)


def _file_gone(stage: Stage) -> Seen:
    site = stage.site()
    (site / "articles/id/ongkos-kirim.md").unlink()
    done = run("--site", site, "articles", "sync")
    with opened(site) as (_visitor, services):
        assert _working(services.library.list_working()).revision == 1
    return ended(done)


def _working(texts: tuple[WorkingText, ...]) -> WorkingText:
    return next(text for text in texts if text.key == KEY)


def _file_broken(stage: Stage) -> Seen:
    """The portal's newer text does not go over a file that nobody could read."""
    site = stage.site()
    put(site, "id/ongkos-kirim.md", b"\xff\xfe broken")
    _published_in_portal(site, FROM_PORTAL)
    done = run("--site", site, "articles", "sync")
    assert (site / "articles/id/ongkos-kirim.md").read_bytes() == b"\xff\xfe broken"
    return ended(done)


def case(name: str, given: str, expected: str, act) -> Case:
    return Case(name, Area.FOLDER, given, Via.COMMAND, 1, expected, act)


CASES = (
    case(
        "folder-both",
        "an article changed in its file and in the portal: both texts are kept",
        "conflict: id/ongkos-kirim.md (…)",
        _both_changed,
    ),
    case(
        "folder-gone",
        "a published article whose file was deleted: people decide",
        "conflict: id/ongkos-kirim.md (…)",
        _file_gone,
    ),
    case(
        "folder-broken",
        "a file that cannot be read, and a newer text in the portal",
        "problem: id/ongkos-kirim.md:1: the file is not UTF-8: save it as UTF-8",
        _file_broken,
    ),
)
