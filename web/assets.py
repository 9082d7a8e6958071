"""Static files under an address that changes with their content, so that browsers keep them."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Response, abort, request, url_for
from werkzeug.security import safe_join
from werkzeug.wrappers import Response as AnyResponse

STATIC = Path(__file__).parent / "static"
TEXT_SUFFIXES = frozenset({".css", ".js", ".svg", ".json", ".webmanifest"})
FOREVER_SECONDS = 365 * 24 * 3600
SHORT_SECONDS = 300
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("application/manifest+json", ".webmanifest")


@dataclass(frozen=True, slots=True)
class Asset:
    data: bytes
    gzipped: bytes | None
    content_type: str
    version: str


@lru_cache(maxsize=256)
def _read(path: str, _modified_ns: int) -> Asset:
    data = Path(path).read_bytes()
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    is_text = Path(path).suffix in TEXT_SUFFIXES
    return Asset(
        data=data,
        gzipped=gzip.compress(data, 9, mtime=0) if is_text and len(data) > 512 else None,
        content_type=f"{kind}; charset=utf-8" if is_text else kind,
        version=hashlib.sha256(data).hexdigest()[:12],
    )


def find_asset(name: str) -> Asset | None:
    path = safe_join(str(STATIC), name)
    if path is None or "\0" in path:
        return None
    file = Path(path)
    if not file.is_file() or file.suffix == ".py":
        return None
    return _read(path, file.stat().st_mtime_ns)


def asset_url(name: str) -> str:
    """The address of a static file with its content's hash; an unknown name is our mistake."""
    found = find_asset(name)
    if found is None:
        raise FileNotFoundError(f"web/static/{name}")
    return url_for("static", filename=name, v=found.version)


def serve_asset(filename: str) -> AnyResponse:
    found = find_asset(filename)
    if found is None:
        abort(404)
    gzip_wanted = found.gzipped is not None and request.accept_encodings["gzip"] > 0
    body = found.gzipped if gzip_wanted and found.gzipped is not None else found.data
    response = Response(body, content_type=found.content_type)
    if gzip_wanted:
        response.headers["Content-Encoding"] = "gzip"
    if found.gzipped is not None:
        response.vary.add("Accept-Encoding")
    fresh = request.args.get("v") == found.version
    response.cache_control.public = True
    response.cache_control.max_age = FOREVER_SECONDS if fresh else SHORT_SECONDS
    response.cache_control.immutable = fresh
    response.set_etag(found.version + ("-gz" if gzip_wanted else ""))
    return response.make_conditional(request)
