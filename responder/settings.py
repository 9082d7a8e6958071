"""What the responder must be told by whoever starts it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The mail server that agents' replies leave by."""

    host: str
    port: int
    sender: str
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str = ""
    password: str = ""
    timeout_seconds: float = 20.0


@dataclass(frozen=True, slots=True)
class ResponderSettings:
    """`wording_folders` hold <lang>.toml; a later folder overrides texts of an earlier one."""

    site_url: str
    secret_key: bytes
    wording_folders: tuple[Path, ...]
    mail: MailSettings | None = None
    # where the `outbox` channel writes instead of sending; None: there is no such channel
    outbox_folder: Path | None = None
