"""Small true things to test with."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from kb.models import (
    Article,
    ArticleKey,
    HitKind,
    PublishedArticle,
    Route,
    RouteAction,
    Visibility,
)
from kb.starter import path as starter_path
from responder.confidence import Calibration
from responder.knowledge import Found, Shelf
from responder.models import Candidate, StaffName
from responder.settings import MailSettings, ResponderSettings

SITE = "https://bantuan.toko-lentera.id"
DEWI = StaffName("dewi@toko-lentera.id", "Dewi")
BUDI = StaffName("budi@toko-lentera.id", "Budi")
# a Wednesday, 10:00 in Jakarta
WORKING_HOUR = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
# Sunday evening in Jakarta
SUNDAY = datetime(2026, 11, 29, 13, 0, tzinfo=UTC)

PARCEL = ArticleKey("id", "paket-belum-sampai")
PARCEL_EN = ArticleKey("en", "parcel-not-arrived")
REFUND = ArticleKey("id", "lama-refund")
VOUCHER = ArticleKey("id", "voucher-tidak-bisa")
PARTNERS = ArticleKey("id", "harga-mitra")
STAFF_ONLY = ArticleKey("id", "catatan-petugas")
OLD = ArticleKey("id", "promo-lama")
BY_HAND = ArticleKey("id", "klaim-garansi")


def an_article(key: ArticleKey, title: str = "", **changes: object) -> PublishedArticle:
    values: dict[str, object] = {"title": title or key.slug, "answer": f"Jawaban {key.slug}."}
    return PublishedArticle(Article(key, **{**values, **changes}), revision=3)  # type: ignore[arg-type]


def a_candidate(key: ArticleKey = PARCEL, confidence: float = 0.97, **changes: object) -> Candidate:
    values: dict[str, object] = {
        "kind": HitKind.ARTICLE,
        "title": key.slug,
        "relevance": confidence,
        "standing": math.log(confidence / (1 - confidence)) if 0 < confidence < 1 else 0.0,
    }
    return Candidate(key=key, confidence=confidence, **{**values, **changes})  # type: ignore[arg-type]


ARTICLES = (
    an_article(PARCEL, "Paket saya belum sampai", channels={"x": "Cek resi di halaman Lacak, ya."}),
    an_article(PARCEL_EN, "My parcel has not arrived", answer="Track it.", translation_of=PARCEL),
    an_article(REFUND, "Berapa lama refund"),
    an_article(VOUCHER, "Voucher tidak bisa dipakai"),
    an_article(PARTNERS, "Harga mitra", visibility=Visibility.PRIVATE),
    an_article(STAFF_ONLY, "Catatan petugas", visibility=Visibility.STAFF),
    an_article(OLD, "Promo lama", valid_until=date(2026, 11, 1)),
    an_article(BY_HAND, "Klaim garansi", auto_answer=False),
)
ROUTES = (
    Route("id", "greeting", RouteAction.GREETING, ("halo",), "Halo, ada yang bisa kami bantu?"),
    Route("en", "greeting", RouteAction.GREETING, ("hello",), "Hello, how can we help?"),
    Route("id", "thanks", RouteAction.THANKS, ("makasih",)),
    Route("id", "person", RouteAction.PERSON, ("mau cs",)),
    Route("id", "complaint", RouteAction.COMPLAINT, ("kecewa",), "Kami mohon maaf."),
    Route("id", "spam", RouteAction.SPAM, ("slot gacor",)),
)
SHELF = Shelf.of(ARTICLES, ROUTES, "f" * 16)

LABEL_FREE = Calibration(slope=1.0, intercept=0.0, rehearsed=0, fingerprint="s" * 16)

ENGLISH = frozenset({"the", "my", "where", "is", "how", "what", "parcel", "please"})


@dataclass
class Script:
    """A knowledge base that finds what the test says it finds, by a word in the text."""

    finds: Mapping[str, Sequence[tuple[ArticleKey, float]]] = field(
        default_factory=lambda: {
            "paket": ((PARCEL, 0.97), (REFUND, 0.2)),
            "parcel": ((PARCEL, 0.97),),
            "refund": ((REFUND, 0.96),),
            "voucher": ((VOUCHER, 0.95),),
            "mitra": ((PARTNERS, 0.98),),
            "catatan": ((STAFF_ONLY, 0.99),),
            "promo": ((OLD, 0.99),),
            "garansi": ((BY_HAND, 0.99),),
            "mungkin": ((PARCEL, 0.5), (REFUND, 0.4), (VOUCHER, 0.1)),
            "hampir": ((PARCEL, 0.5), (REFUND, 0.1)),
        }
    )
    texts: list[str] = field(default_factory=list)
    breaks_with: BaseException | None = None
    fitted: Calibration = LABEL_FREE
    refitted: Calibration | None = None
    meanwhile: Callable[[], object] = lambda: None

    def find(self, text: str) -> Found:
        if self.breaks_with is not None:
            raise self.breaks_with
        self.meanwhile()
        self.texts.append(text)
        return Found(tuple(self._candidates(text.lower())), SHELF)

    def looked_up(self, *_: object) -> "Script":
        return self

    def calibration(self) -> Calibration:
        return self.refitted or self.fitted

    def label_free(self) -> Calibration:
        return self.fitted

    def forget_calibration(self) -> None:
        """There is only one."""

    def shelf(self) -> Shelf:
        return SHELF

    def find_language(self, text: str, languages: Sequence[str]) -> str | None:
        found = "en" if ENGLISH & set(text.lower().split()) else "id"
        return found if found in languages else None

    def corrected(self, text: str) -> str:
        return text

    def spelt_out(self, text: str) -> str:
        return text.lower()

    def _candidates(self, text: str) -> list[Candidate]:
        for route in ROUTES:
            if any(question in text for question in route.questions):
                kind = HitKind.ROUTE
                return [a_candidate(route.key, 0.95, kind=kind, title=route.name)]
        for word, found in self.finds.items():
            if word in text:
                return [a_candidate(key, confidence) for key, confidence in found]
        return []


def some_settings(
    *, mail: MailSettings | None = None, outbox: Path | None = None
) -> ResponderSettings:
    return ResponderSettings(
        site_url=SITE,
        secret_key=b"k" * 40,
        wording_folders=(starter_path() / "wording",),
        mail=mail,
        outbox_folder=outbox,
    )


def some_mail(port: int = 25, **changes: object) -> MailSettings:
    values: dict[str, object] = {"security": "none", "timeout_seconds": 5.0, **changes}
    return MailSettings("127.0.0.1", port, "bantuan@toko-lentera.id", **values)  # type: ignore[arg-type]
