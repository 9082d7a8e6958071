"""Static files: named by content, packed, and as they were fetched."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

from flask.testing import FlaskClient

from tests.web.sites import Site
from web.assets import STATIC, asset_url

PROJECT = Path(__file__).parents[2]


def test_an_address_changes_with_the_content_and_is_kept_forever(
    shared_site: Site, visitor: FlaskClient
) -> None:
    with shared_site.app.test_request_context():
        address = asset_url("css/site.css")
    kept = visitor.get(address)
    assert "immutable" in kept.headers["Cache-Control"]
    assert "immutable" not in visitor.get("/static/css/site.css?v=old").headers["Cache-Control"]


def test_text_is_packed_for_browsers_that_can_unpack(visitor: FlaskClient) -> None:
    packed = visitor.get("/static/vendor/bootstrap.min.css", headers={"Accept-Encoding": "gzip"})
    plain = visitor.get("/static/vendor/bootstrap.min.css")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]


def test_files_outside_the_folder_are_not_served(visitor: FlaskClient) -> None:
    for name in ("../app.py", "..%2fapp.py", "%2e%2e/app.py", "css/../../app.py", "a%00b", "css"):
        assert visitor.get(f"/static/{name}").status_code == 404, name


def test_vendored_files_are_those_of_the_lock() -> None:
    tool = [sys.executable, str(PROJECT / "tools" / "vendor_assets.py"), "--check"]
    checked = subprocess.run(tool, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr


def test_the_lock_names_version_and_licence_of_each_package() -> None:
    lock = json.loads((STATIC / "vendor" / "vendor.lock.json").read_text(encoding="utf-8"))
    for name, entry in lock.items():
        assert entry["version"] and entry["licence"], name
    named = {file for entry in lock.values() for file in entry["sha256"]}
    shipped = {path.name for path in (STATIC / "vendor").iterdir()}
    assert shipped - {"vendor.lock.json"} == named
