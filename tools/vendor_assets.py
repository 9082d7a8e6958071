"""Fetch the pinned npm packages and write what we ship of them, with a lock file.

python tools/vendor_assets.py            # the versions in vendor.lock.json
python tools/vendor_assets.py --check    # only compare what is there with the lock
"""

import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "web" / "static" / "vendor"
LOCK = VENDOR / "vendor.lock.json"
ICONS = "bootstrap-icons.json"
# package -> {file we ship: path inside the npm archive}
SHIPPED: Mapping[str, Mapping[str, str]] = {
    "bootstrap": {
        "bootstrap.min.css": "package/dist/css/bootstrap.min.css",
        "bootstrap.bundle.min.js": "package/dist/js/bootstrap.bundle.min.js",
    },
    "htmx.org": {"htmx.min.js": "package/dist/htmx.min.js"},
    "@fontsource-variable/plus-jakarta-sans": {
        "plus-jakarta-sans.woff2": "package/files/plus-jakarta-sans-latin-wght-normal.woff2",
        "plus-jakarta-sans-italic.woff2": "package/files/plus-jakarta-sans-latin-wght-italic.woff2",
    },
    "bootstrap-icons": {ICONS: "package/icons/"},
}
SOURCE_MAP = re.compile(rb"\n?(?://# sourceMappingURL=\S+|/\*# sourceMappingURL=\S+ \*/)\s*$")
SVG_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def fetch(name: str, version: str) -> tarfile.TarFile:
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(
            ["npm", "pack", f"{name}@{version}", "--silent"],
            cwd=folder,
            check=True,
            capture_output=True,
            text=True,
        )
        data = (Path(folder) / packed.stdout.strip()).read_bytes()
    return tarfile.open(fileobj=io.BytesIO(data), mode="r:gz")


def content_of(archive: tarfile.TarFile, inside: str) -> bytes:
    if inside.endswith("/"):
        return _icons(archive, inside)
    member = archive.extractfile(inside)
    if member is None:
        raise SystemExit(f"{inside} is not in the archive")
    return SOURCE_MAP.sub(b"\n", member.read())


def _icons(archive: tarfile.TarFile, folder: str) -> bytes:
    icons = {}
    for member in archive.getmembers():
        if member.name.startswith(folder) and member.name.endswith(".svg"):
            source = archive.extractfile(member)
            body = SVG_BODY.search(source.read().decode()) if source else None
            if body:
                name = member.name.removeprefix(folder).removesuffix(".svg")
                icons[name] = re.sub(r">\s+<", "><", body.group(1).strip())
    return json.dumps(dict(sorted(icons.items())), indent=0).encode()


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def refresh(lock: dict[str, dict[str, object]]) -> None:
    for name, files in SHIPPED.items():
        archive = fetch(name, str(lock[name]["version"]))
        hashes = {}
        for target, inside in files.items():
            data = content_of(archive, inside)
            (VENDOR / target).write_bytes(data)
            hashes[target] = digest(data)
        lock[name]["sha256"] = hashes
    LOCK.write_text(json.dumps(lock, indent=2) + "\n")


def differences(lock: Mapping[str, Mapping[str, object]]) -> list[str]:
    found = []
    for name, files in SHIPPED.items():
        hashes = lock[name]["sha256"]
        assert isinstance(hashes, dict)
        for target in files:
            if digest((VENDOR / target).read_bytes()) != hashes.get(target):
                found.append(f"{target} of {name} differs from {LOCK.name}")
    return found


def main() -> None:
    lock = json.loads(LOCK.read_text())
    if "--check" in sys.argv[1:]:
        problems = differences(lock)
        raise SystemExit("\n".join(problems) or 0)
    refresh(lock)


if __name__ == "__main__":
    main()
