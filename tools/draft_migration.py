"""Drafts the migration from the newest schema to what the tables say; read it before you commit.

python -m tools.draft_migration "what changes"
"""

import re
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory

from kb.database import Database, sqlite_url
from web.migrations.migrate import FOLDER, alembic_config

BOOLEANS = {"0": "sa.false()", "1": "sa.true()"}
BOOLEAN_DEFAULT = re.compile(r"(sa\.Boolean\(\), server_default=)sa\.text\(['\"]([01])['\"]\)")


def draft(message: str) -> Path:
    settings = alembic_config()
    head = ScriptDirectory.from_config(settings).get_current_head()
    number = f"{int(head or 0) + 1:04}"
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder) / "empty.db"))
        with database.write() as connection:
            settings.attributes["connection"] = connection
            if head:
                command.upgrade(settings, "head")
            command.revision(settings, message, autogenerate=True, rev_id=number)
        database.close()
    (path,) = (FOLDER / "versions").glob(f"{number}_*.py")
    path.write_text(_for_both_databases(path.read_text(encoding="utf-8")), encoding="utf-8")
    return path


def _for_both_databases(script: str) -> str:
    """SQLite names its booleans 0 and 1, which PostgreSQL refuses as a default."""
    return BOOLEAN_DEFAULT.sub(lambda found: found[1] + BOOLEANS[found[2]], script)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.stdout.write(f"{draft(sys.argv[1])}\n")
