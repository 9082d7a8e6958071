"""One zip with everything of a site, and the way back."""

import shutil
import sqlite3
import zipfile
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from kb.database import sqlite_driver
from kb.errors import InvalidSettings, KbError
from web.settings import SETTINGS_FILE, Settings

DATABASE = "data/jawab.db"
FOLDERS = ("articles", "data/media")
FILES = (SETTINGS_FILE, "data/secret.key")
MOST_BYTES = 20 * 1024**3


class InvalidBackup(KbError):
    """A zip that is no backup of a site, or a place where it must not be unpacked."""


def backup_name(folder: Path, *, now: datetime | None = None) -> Path:
    moment = (now or datetime.now(UTC)).strftime("%Y%m%d-%H%M%S")
    return folder / "data" / "backups" / f"jawab-{moment}.zip"


def back_up(settings: Settings, target: Path) -> None:
    """Write the zip; the database is copied as of one moment, while others go on writing."""
    if settings.database.url:
        raise InvalidSettings(
            "this site keeps its data in a database server: back that up with its own tool "
            "(pg_dump), and copy jawab.toml, articles/ and data/ beside it"
        )
    if target.exists():
        raise InvalidBackup(f"{target} exists already; choose another name")
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(target.name + ".part")
    with TemporaryDirectory(dir=target.parent) as scratch:
        copy = Path(scratch) / "jawab.db"
        _copy_database(settings.data_dir / "jawab.db", copy)
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(copy, DATABASE)
            for name in FILES:
                archive.write(settings.folder / name, name)
            for folder in FOLDERS:
                for path in sorted((settings.folder / folder).rglob("*")):
                    if path.is_file() and not path.is_symlink():
                        archive.write(path, path.relative_to(settings.folder).as_posix())
    unfinished.rename(target)


def restore(source: Path, folder: Path) -> None:
    """Unpack a backup into an empty or new FOLDER; a site that is there is never overwritten."""
    if folder.exists() and any(folder.iterdir()):
        raise InvalidBackup(f"{folder} is not empty; restore into a new folder, then move it")
    try:
        with zipfile.ZipFile(source) as archive:
            _check(archive, source)
            folder.mkdir(parents=True, exist_ok=True)
            for item in archive.infolist():
                path = folder / item.filename
                path.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(item) as packed, path.open("wb") as unpacked:
                    shutil.copyfileobj(packed, unpacked)
    except (zipfile.BadZipFile, FileNotFoundError) as error:
        raise InvalidBackup(f"{source}: {error}") from None
    (folder / "data" / "secret.key").chmod(0o600)
    _check_database(folder / DATABASE)


def _copy_database(source: Path, target: Path) -> None:
    driver = sqlite_driver()
    connection = driver.connect(source)
    try:
        connection.execute("VACUUM INTO ?", (str(target),))
    finally:
        connection.close()


def _check(archive: zipfile.ZipFile, source: Path) -> None:
    names = {item.filename for item in archive.infolist()}
    if not {DATABASE, *FILES} <= names:
        raise InvalidBackup(f"{source} is not a backup of a Jawab site")
    if sum(item.file_size for item in archive.infolist()) > MOST_BYTES:
        raise InvalidBackup(f"{source} would unpack to more than {MOST_BYTES:,} bytes")
    for name in names:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name:
            raise InvalidBackup(f"{source} holds a file outside the site: {name!r}")


def _check_database(path: Path) -> None:
    connection = sqlite_driver().connect(path)
    try:
        outcome = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        outcome = str(error)
    finally:
        connection.close()
    if outcome != "ok":
        raise InvalidBackup(f"the database in the backup is damaged: {outcome}")
