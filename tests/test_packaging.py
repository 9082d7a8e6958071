"""What is installed is what is here."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHIPPED = ("kb", "responder", "web")


def test_every_package_is_installed() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = set(settings["tool"]["setuptools"]["packages"])
    files = (file for name in SHIPPED for file in (ROOT / name).rglob("*.py"))
    here = {".".join(file.parent.relative_to(ROOT).parts) for file in files}
    assert here <= named
