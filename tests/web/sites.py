"""A whole site in a temporary folder, with a few articles and the embedder that needs no model."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from kb.database import metadata
from kb.models import ArticleKey
from responder.clock import Clock
from responder.firm import FirmProfile
from web.app import create_app
from web.services import WebServices
from web.settings import Settings, SiteSection
from web.wiring import build_web_services

CATEGORIES = """
[pengiriman]
order = 1
icon = "truck"
id = "Pengiriman"
en = "Delivery"
[pengiriman.description]
id = "Ongkos kirim dan paket."
"""
ARTICLES = {
    "id/paket-belum-sampai": """---
title: Paket saya belum sampai
answer: Cek posisi paket dengan nomor resi di halaman Lacak.
questions: [paket saya dimana, kok blm nyampe ya, paket belum sampai juga]
category: pengiriman
---
Ikuti urutan ini.

## Bandingkan dengan estimasi

Hitung hari kerja.

## Baca riwayat terakhir

Buka **Lacak**.

## Lapor bila terlambat

Hubungi kami.
""",
    "en/parcel-not-arrived": """---
title: My parcel has not arrived
answer: Check the Track page with your tracking number.
questions: [where is my parcel, my package is late]
category: pengiriman
translation_of: id/paket-belum-sampai
---
Work through this list.
""",
    "id/lupa-kata-sandi": """---
title: Lupa kata sandi
answer: Tekan Lupa kata sandi di halaman masuk.
questions: [lupa password, ga bisa login lupa sandi]
category: akun
---
Kami mengirim tautan ke e-mail Anda.
""",
    "id/promo-lama": """---
title: Promo akhir tahun
answer: Diskon 20 persen.
valid_until: 2026-12-31
---
Berlaku untuk semua barang.
""",
    "id/perlu-ditinjau": """---
title: Ongkos kirim ke luar pulau
review_by: 2027-01-31
---
Mulai dari dua puluh ribu.
""",
    "id/khusus-pelanggan": """---
title: Cara mengubah data rekening
visibility: private
---
Hanya untuk pelanggan.
""",
    "id/khusus-staf": """---
title: Catatan untuk petugas
visibility: staff
---
Rahasia dapur.
""",
}


@dataclass(frozen=True, slots=True)
class Site:
    app: Flask
    services: WebServices

    def visitor(self) -> FlaskClient:
        return self.app.test_client()


def make_site(folder: Path, clock: Clock, *, url: str = "http://localhost") -> Site:
    """An empty SQLite site with the firm Toko Uji, in Indonesian and English."""
    (folder / "data").mkdir(parents=True)
    (folder / "articles").mkdir()
    (folder / "articles" / "categories.toml").write_text(CATEGORIES, encoding="utf-8")
    settings = Settings.model_validate(
        {"folder": folder, "site": SiteSection(url=url), "embedder": {"name": "hashing"}}
    )
    services = build_web_services(settings, clock)
    metadata.create_all(services.database.engine)
    services.responder.firm.save(FirmProfile(name="Toko Uji", onboarded=True), "admin@example.com")
    return Site(create_app(settings, services), services)


def publish(site: Site, keys: Iterable[str] = ARTICLES) -> None:
    for name in keys:
        key = ArticleKey.parse(name)
        site.services.library.create(key, ARTICLES[name], "dewi")
        site.services.library.publish(key, "dewi")
