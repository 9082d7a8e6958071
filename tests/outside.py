"""Parts that tests borrow from outside: skipped loudly when absent, required under CI."""

import os
import shutil
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
IN_CI = os.environ.get("CI") == "true"


def eval_dir() -> Path:
    return Path(os.environ.get("JAWAB_EVAL_DIR") or PROJECT.parent / "shared" / "eval")


def corpora_dir() -> Path:
    return Path(os.environ.get("JAWAB_CORPORA_DIR") or PROJECT.parent / "shared" / "corpora")


def needs(part: Path | str) -> Path:
    """The path of a file, folder or program; without it the test is skipped, or fails under CI."""
    found = part if isinstance(part, Path) else shutil.which(part)
    if found and Path(found).exists():
        return Path(found)
    reason = f"{part} is not on this machine; see CONTRIBUTING.md, 'What tests borrow'"
    if IN_CI:
        pytest.fail(reason)
    pytest.skip(reason)
