"""Rules that every template keeps."""

import re
from pathlib import Path

import pytest

from web.assets import find_asset
from web.icons import icon_shapes
from web.navigation import AREAS

TEMPLATES = Path(__file__).parents[2] / "web" / "templates"
FILES = sorted(TEMPLATES.rglob("*.html"))
SCRIPTS = sorted((TEMPLATES.parent / "static" / "js").rglob("*.js"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(TEMPLATES)))
def test_templates_hold_no_inline_code(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"<style\b|\sstyle\s*=", text)
    assert not re.search(r"""\son[a-z]+\s*=\s*["']|hx-on|javascript:""", text)
    assert not re.search(r"hx-trigger=\"[^\"]*\[", text), "trigger filters need eval"
    assert not re.search(r"""(?:src|href)="https?://""", text), "everything comes from this site"
    assert "|safe" not in text.replace(" ", "")


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(TEMPLATES)))
def test_templates_name_icons_and_files_that_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for name in re.findall(r"""\bicon\(\s*["']([^"']+)["']""", text):
        assert name in icon_shapes(), name
    for name in re.findall(r"""asset_url\(["']([^"']+)["']\)""", text):
        assert find_asset(name) is not None, name


def test_the_menu_names_icons_that_exist() -> None:
    for area in AREAS:
        for entry in area.entries:
            assert entry.icon in icon_shapes()


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.name)
def test_scripts_evaluate_no_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\beval\(|new Function|document\.write|setTimeout\(\s*[\"']", text)


def test_images_have_an_alternative_text() -> None:
    for path in FILES:
        for tag in re.findall(r"<img\b[^>]*>", path.read_text(encoding="utf-8")):
            assert "alt=" in tag, (path, tag)
