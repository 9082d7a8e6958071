"""After signing in one lands on a page of this site, whatever the address says."""

import pytest

from web.accounts.next_page import is_local_path


@pytest.mark.parametrize("target", ["/", "/desk", "/edit?lang=id&text=a%20b", "/edit/id/x#y"])
def test_pages_of_this_site_are_local(target: str) -> None:
    assert is_local_path(target)


@pytest.mark.parametrize(
    "target",
    [
        "",
        "desk",
        "//evil.test",
        "///evil.test",
        "/\\evil.test",
        "\\\\evil.test",
        "/desk\\..\\evil",
        "https:evil.test",
        "https://evil.test",
        "javascript:alert(1)",
        "/\t/evil.test",
        "/\n/evil.test",
        "\t//evil.test",
        "/desk\r\nSet-Cookie: a=b",
        " //evil.test",
        "/\u2028/evil.test",
        "/" + "a" * 3000,
    ],
)
def test_everything_else_is_not(target: str) -> None:
    assert not is_local_path(target)
