"""`jawab init`: make a site's folder."""

import shutil
from pathlib import Path

import click

from kb import starter
from kb.errors import InvalidSettings
from kb.workingcopy import WorkingCopy
from responder.firm import FirmProfile
from web.migrations.migrate import upgrade
from web.secret import load_secret
from web.services import WebServices
from web.settings import SETTINGS_FILE, example_settings, load_settings
from web.wiring import build_web_services

# routes, wording and slang lists of the package apply unless the site's folder has its own
DEMO_PARTS = ("id", "en", "golden", "categories.toml")
SITE_GITIGNORE = "/data/\n"
DEMO_FIRM = FirmProfile(
    name="Toko Lentera", colour="#b4470e", contact_email="bantuan@tokolentera.example"
)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--demo", is_flag=True, help="Put the articles of a demo shop into it.")
def init(folder: Path, demo: bool) -> None:
    """Make a site in FOLDER: its settings, its articles, its secret key."""
    make_site(folder, demo=demo)
    if demo:
        open_demo_shop(folder)
    click.echo(f"Made a site in {folder}. Next: jawab serve --site {folder}")


def make_site(folder: Path, *, demo: bool) -> None:
    """Nothing that exists is overwritten: a folder that holds a site is refused."""
    settings_path = folder / SETTINGS_FILE
    if settings_path.exists():
        raise InvalidSettings(f"{folder} holds a site already ({SETTINGS_FILE} is there)")
    articles = folder / "articles"
    (folder / "data").mkdir(parents=True, exist_ok=True)
    for lang in ("id", "en"):
        (articles / lang).mkdir(parents=True, exist_ok=True)
    if demo:
        _copy_demo(articles)
    (folder / ".gitignore").write_text(SITE_GITIGNORE, encoding="utf-8")
    load_secret(folder / "data" / "secret.key")
    settings_path.write_text(example_settings(), encoding="utf-8")


def _copy_demo(articles: Path) -> None:
    for part in DEMO_PARTS:
        source, target = starter.path() / part, articles / part
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        else:
            shutil.copyfile(source, target)


def open_demo_shop(folder: Path) -> None:
    """The demo's articles speak of a shop, so the pages must carry its name."""
    web = build_web_services(load_settings(folder))
    try:
        upgrade(web.database)
        web.responder.firm.save(DEMO_FIRM, "demo")
        WorkingCopy(web.library, web.settings.articles_dir, web.responder.clock).sync()
        take_in_golden(web)
    finally:
        web.database.close()


def take_in_golden(web: WebServices) -> None:
    """The question files beside the articles, each as a golden set of its name."""
    for path in sorted((web.settings.articles_dir / "golden").glob("*.jsonl")):
        golden = web.responder.golden.create(path.stem.replace("-", " ").title(), "demo")
        web.responder.golden.take_in(golden.id, path.read_bytes(), "demo")
