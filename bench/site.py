"""A site of a thousand articles with five example questions each, made from the starter content."""

from itertools import islice, product
from pathlib import Path

from kb import starter
from kb.folder import read_folder
from kb.frontmatter import new_source
from web.settings import SETTINGS_FILE, example_settings

ARTICLES = 1_000
QUESTIONS = 5
THINGS = (
    "rice cooker", "blender", "kipas angin", "lampu meja", "sprei", "wajan", "setrika", "dispenser",
    "teko listrik", "panci", "bantal", "gorden", "rak sepatu", "oven", "mixer", "lampu taman",
    "selimut", "kompor", "vacuum", "jam dinding",
)  # fmt: skip


def make_site(folder: Path, port: int = 8080) -> list[str]:
    """Write the site; returns questions to ask, one for each article, none an example question."""
    source = [a for a in read_folder(starter.path()).articles if a.key.lang == "id"]
    target = folder / "articles" / "id"
    target.mkdir(parents=True)
    (folder / "data").mkdir()
    asked: list[str] = []
    for number, (thing, article) in enumerate(islice(product(THINGS, source), ARTICLES)):
        wordings = [f"{question} {thing}" for question in article.questions]
        asked.append(f"kak mau tanya, {wordings[-1]} gimana ya")
        text = new_source(
            title=f"{article.title}: {thing}", questions=wordings[:QUESTIONS], lang="id"
        )
        name = f"{article.key.slug}-{thing.replace(' ', '-')}-{number}"
        (target / f"{name}.md").write_text(text, encoding="utf-8")
    settings = example_settings().replace("port = 8080", f"port = {port}")
    settings = settings.replace("127.0.0.1:8080", f"127.0.0.1:{port}")
    (folder / SETTINGS_FILE).write_text(settings, encoding="utf-8")
    return asked
