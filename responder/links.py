"""Absolute addresses of the site's pages, from `site.url`."""

from itsdangerous import BadData, URLSafeSerializer, URLSafeTimedSerializer

from kb.models import ArticleKey

PRIVATE_DAYS = 14
DAY_SECONDS = 86_400


class Links:
    def __init__(self, site_url: str, secret_key: bytes) -> None:
        self._site_url = site_url.rstrip("/")
        self._status = URLSafeSerializer(secret_key, salt="status")
        self._article = URLSafeTimedSerializer(secret_key, salt="article")

    def article(self, key: ArticleKey, private: bool = False) -> str:
        """A private article's link carries a signed key that expires."""
        address = f"{self._site_url}/{key.lang}/articles/{key.slug}"
        return f"{address}?key={self._article.dumps(str(key))}" if private else address

    def check_article_key(self, key: ArticleKey, token: str) -> bool:
        try:
            signed = self._article.loads(token, max_age=PRIVATE_DAYS * DAY_SECONDS)
        except (BadData, UnicodeError):
            return False
        return bool(signed == str(key))

    def status_token(self, public_id: str) -> str:
        return self._status_text(self._status.dumps(public_id))

    def status(self, public_id: str) -> str:
        return f"{self._site_url}/s/{self.status_token(public_id)}"

    def find_conversation(self, token: str) -> str | None:
        """The public id a status token was made for; None for a forged or broken one."""
        try:
            public_id = self._status.loads(token)
        except (BadData, UnicodeError):
            return None
        return public_id if isinstance(public_id, str) else None

    @staticmethod
    def _status_text(token: str | bytes) -> str:
        return token if isinstance(token, str) else token.decode("ascii")
