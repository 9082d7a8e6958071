"""The site's secret key: made once, readable by its owner alone."""

import os
import secrets
from pathlib import Path

from kb.errors import InvalidSettings

LEAST_BYTES = 32


def load_secret(path: Path) -> bytes:
    """The key in `path`; made there with mode 0600 where there is none."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(path)
    except OSError as error:
        raise InvalidSettings(f"cannot make the secret key {path}: {error.strerror}") from None
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(LEAST_BYTES))
        file.flush()
        os.fsync(file.fileno())
    return _read(path)


def _read(path: Path) -> bytes:
    try:
        key = path.read_bytes().strip()
    except OSError as error:
        raise InvalidSettings(f"cannot read the secret key {path}: {error.strerror}") from None
    if len(key) < LEAST_BYTES:
        raise InvalidSettings(f"{path} is too short to be a secret key; restore it from a backup")
    return key
