"""One zip with everything of a site, and the way back."""

import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from kb.archive import BROKEN_ZIP
from kb.database import sqlite_driver
from kb.errors import DatabaseUnavailable, InvalidSettings, KbError
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
    for name in (DATABASE, *FILES):
        if not (settings.folder / name).is_file():
            raise InvalidBackup(
                f"there is no {settings.folder / name}: a site is backed up once it has been served"
            )
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(target.name + ".part")
    try:
        _pack(settings, unfinished)
        unfinished.rename(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _pack(settings: Settings, target: Path) -> None:
    with TemporaryDirectory(dir=target.parent) as scratch:
        copy = Path(scratch) / "jawab.db"
        _copy_database(settings.data_dir / "jawab.db", copy)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(copy, DATABASE)
            for name in FILES:
                archive.write(settings.folder / name, name)
            for folder in FOLDERS:
                for path in sorted((settings.folder / folder).rglob("*")):
                    if path.is_file() and not path.is_symlink():
                        archive.write(path, path.relative_to(settings.folder).as_posix())


def restore(source: Path, folder: Path) -> None:
    """Unpack a backup into an empty or new FOLDER; a site that is there is never overwritten."""
    if folder.exists() and any(folder.iterdir()):
        raise InvalidBackup(f"{folder} is not empty; restore into a new folder, then move it")
    try:
        with zipfile.ZipFile(source) as archive:
            _check(archive, source)
            _unpack(archive, folder)
        _check_database(folder / DATABASE)
    except BROKEN_ZIP as error:
        _empty(folder)
        raise InvalidBackup(f"{source}: {error}") from None
    except BaseException:
        _empty(folder)
        raise


def _unpack(archive: zipfile.ZipFile, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for item in archive.infolist():
        if item.is_dir():
            continue
        path = folder / item.filename
        path.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(item) as packed, path.open("wb") as unpacked:
            shutil.copyfileobj(packed, unpacked)
    (folder / "data" / "secret.key").chmod(0o600)


def _empty(folder: Path) -> None:
    """Half a site is worse than none; the folder held nothing before."""
    for inner in folder.iterdir() if folder.is_dir() else ():
        if inner.is_dir():
            shutil.rmtree(inner)
        else:
            inner.unlink()


def _copy_database(source: Path, target: Path) -> None:
    driver = sqlite_driver()
    connection = driver.connect(source)
    try:
        connection.execute("VACUUM INTO ?", (str(target),))
    except driver.OperationalError as error:
        raise DatabaseUnavailable(f"the database could not be copied: {error}") from error
    except driver.DatabaseError as error:
        raise DatabaseUnavailable(
            f"the database is damaged ({error}): restore an earlier backup into a new folder"
        ) from error
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
    driver = sqlite_driver()
    connection = driver.connect(path)
    try:
        outcome = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except driver.DatabaseError as error:
        outcome = str(error)
    finally:
        connection.close()
    if outcome != "ok":
        raise InvalidBackup(f"the database in the backup is damaged: {outcome}")
