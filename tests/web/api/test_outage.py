from pathlib import Path

import pytest

from kb.database import metadata
from tests.conftest import StillClock
from tests.web.sites import make_site


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/api/v1/ask", {"text": "paket saya dimana"}),
        ("GET", "/api/v1/articles", None),
        ("GET", "/api/v1/search?q=paket", None),
        ("POST", "/api/v1/feedback", {"article": "id/x", "helped": True}),
    ],
)
def test_without_its_database_the_api_says_when_to_try_again(
    tmp_path: Path, method: str, path: str, body: dict[str, object] | None
) -> None:
    site = make_site(tmp_path / "site", StillClock())
    metadata.drop_all(site.services.database.engine)
    response = site.visitor().open(path, method=method, json=body)
    site.services.database.close()
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert response.get_json()["error"]["code"] == "database_unavailable"
