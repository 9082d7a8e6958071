"""Published content in memory, and articles to put there."""

from collections.abc import Sequence

from kb.embedders import HashingEmbedder, Vectors
from kb.models import Article, ArticleKey, PublishedArticle, Route, RouteAction


def an_article(slug: str, title: str, *questions: str, lang: str = "id", body: str = "") -> Article:
    return Article(ArticleKey(lang, slug), title, body=body, questions=questions)


SHOP = (
    an_article(
        "ongkir",
        "Berapa ongkos kirim?",
        "ongkir ke bandung berapa",
        "biaya kirim ke luar pulau",
        "gratis ongkir ga",
        body="Ongkos kirim dihitung dari berat dan jarak.\n\nGratis mulai 200 ribu.",
    ),
    an_article(
        "refund",
        "Kapan uang saya kembali?",
        "refund berapa lama",
        "uang belum balik",
        "pengembalian dana kapan cair",
    ),
    an_article(
        "alamat",
        "Mengganti alamat pengiriman",
        "salah tulis alamat",
        "pindah alamat kirim",
        "ganti alamat bisa ga",
    ),
)
GREETING = Route("id", "greeting", RouteAction.GREETING, ("halo", "selamat pagi", "permisi kak"))


class CountingEmbedder(HashingEmbedder):
    """Remembers which questions it was given."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        return super().embed_questions(texts)


class ShelfSource:
    """A source whose generation grows with every change."""

    def __init__(self, *articles: Article, routes: tuple[Route, ...] = (GREETING,)) -> None:
        self.articles = {article.key: article for article in articles}
        self.routes = routes
        self.number = 1

    def put(self, *articles: Article) -> None:
        self.articles |= {article.key: article for article in articles}
        self.number += 1

    def drop(self, key: ArticleKey) -> None:
        del self.articles[key]
        self.number += 1

    def generation(self) -> int:
        return self.number

    def list_published(self) -> tuple[PublishedArticle, ...]:
        return tuple(PublishedArticle(article) for article in self.articles.values())

    def list_routes(self) -> tuple[Route, ...]:
        return self.routes
