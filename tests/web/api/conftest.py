"""One site for all tests of the API; every test calls from an address of its own."""

from collections.abc import Iterator
from itertools import count

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb import starter
from kb.models import ArticleKey
from tests.conftest import StillClock
from tests.web.sites import Site, make_site
from web.services import WebServices

ARTICLES = (
    *("id/paket-belum-sampai", "id/lacak-pesanan", "id/lama-pengiriman", "id/ongkos-kirim"),
    *("id/cara-retur", "id/lama-refund", "id/lupa-kata-sandi", "id/metode-pembayaran"),
    *("id/bayar-qris", "id/voucher-tidak-bisa", "id/batalkan-pesanan", "id/stok-habis"),
    *("en/delivery-time", "en/parcel-not-arrived", "en/forgot-password", "en/how-to-return"),
)
PRIVATE = """---
title: Rekening pengembalian dana
visibility: private
questions: [nomor rekening untuk refund saya, rekening refund]
---
Dana dikembalikan ke rekening yang terdaftar.
"""
ADDRESSES = count(1)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = make_site(tmp_path_factory.mktemp("api") / "site", StillClock())
    library = made.services.library
    sources = {name: (starter.path() / f"{name}.md").read_text("utf-8") for name in ARTICLES}
    for name, source in {**sources, "id/rekening-refund": PRIVATE}.items():
        library.create(ArticleKey.parse(name), source, "dewi")
        library.publish(ArticleKey.parse(name), "dewi")
    library.rename(ArticleKey("id", "stok-habis"), "barang-habis", "dewi")
    library.archive(ArticleKey("id", "bayar-qris"), "dewi")
    library.create(ArticleKey("id", "belum-terbit"), "---\ntitle: Belum terbit\n---\n", "dewi")
    yield made
    made.services.database.close()


@pytest.fixture
def app(site: Site) -> Flask:
    return site.app


@pytest.fixture
def services(site: Site) -> WebServices:
    return site.services


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    made = app.test_client()
    made.environ_base["REMOTE_ADDR"] = f"10.1.{next(ADDRESSES)}.1"
    return made
