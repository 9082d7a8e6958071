"""`jawab golden`: the sets of a site from the command line, with limits to fail on."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from web.cli.main import cli

SETTINGS = '[embedder]\nname = "hashing"\n'
ARTICLES = {
    "paket-belum-sampai": "paket saya dimana, paket belum sampai, kiriman telat",
    "lama-refund": "refund berapa lama, uang kembali kapan, dana belum balik",
}
ASKED = (
    '{"text": "paket saya dimana", "gold": ["id/paket-belum-sampai"]}\n'
    '{"text": "uang kembali kapan", "gold": ["lama-refund"]}\n'
    '{"text": "jual gajah?", "gold": []}\n'
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "articles" / "id").mkdir(parents=True)
    (folder / "jawab.toml").write_text(SETTINGS, encoding="utf-8")
    for slug, questions in ARTICLES.items():
        text = f"---\ntitle: {slug}\nquestions: [{questions}]\n---\nIsi {slug}.\n"
        (folder / "articles" / "id" / f"{slug}.md").write_text(text, encoding="utf-8")
    (tmp_path / "asked.jsonl").write_text(ASKED, encoding="utf-8")
    return folder


def golden(site: Path, *words: object) -> Result:
    return CliRunner().invoke(cli, ["golden", *map(str, words), "--site", str(site)])


def test_a_set_comes_in_goes_out_and_is_listed(site: Path) -> None:
    source, out = site.parent / "asked.jsonl", site.parent / "out.jsonl"
    assert golden(site, "import", "Uji", source).stdout == "3 new, 0 changed, 0 as they were\n"
    assert golden(site, "export", "Uji", out).exit_code == 0
    assert out.read_text("utf-8").splitlines()[1] == (
        '{"text": "uang kembali kapan", "gold": ["id/lama-refund"]}'
    )
    assert golden(site, "export", "Uji").stdout == out.read_text("utf-8")
    assert golden(site, "list").stdout == "Uji: 3 questions, never run\n"
    assert "no golden set 'Lain'" in str(golden(site, "export", "Lain").exception)


def test_the_demo_shop_comes_with_its_golden_set(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    made = CliRunner().invoke(cli, ["init", str(folder), "--demo"])
    assert made.exit_code == 0
    assert golden(folder, "list").stdout == "Toko Lentera: 300 questions, never run\n"


def test_an_article_that_is_not_there_is_named_with_its_line(site: Path) -> None:
    source = site.parent / "more.csv"
    source.write_text("text,gold\napa ini,id/tak-ada\n", encoding="utf-8")
    told = golden(site, "import", "Uji", source)
    assert told.exit_code == 0
    assert "line 2: id/tak-ada is not live (unknown)" in told.stderr


def test_a_run_tells_figures_and_changes_and_keeps_to_its_limits(site: Path) -> None:
    golden(site, "import", "Uji", site.parent / "asked.jsonl")
    first = golden(site, "run", "Uji", "--max-wrong", 0, "--min-helped", 1, "--not-worse")
    assert first.exit_code == 0
    assert first.stdout.splitlines() == [
        "2 of 3 answered at once, 0 of them wrong, 2 of 2 answerable helped",
        "nothing to compare with yet",
    ]
    wrong = ASKED.replace("lama-refund", "paket-belum-sampai").replace(
        '"gold": []', '"gold": ["id/lama-refund"]'
    )
    (site.parent / "asked.jsonl").write_text(wrong, encoding="utf-8")
    golden(site, "import", "Uji", site.parent / "asked.jsonl")
    second = golden(site, "run", "Uji", "--max-wrong", 0.1, "--min-helped", 0.5, "--json")
    assert second.exit_code == 5
    told = json.loads(second.stdout)
    assert told["run"]["wrong"] == 0.5
    assert told["comparison"]["edited"] == 2
    assert told["limits_broken"] == [
        "helped 0.333, at least 0.5 wanted",
        "wrong 0.500, at most 0.1 allowed",
    ]
    listed = json.loads(golden(site, "list", "--json").stdout)
    assert listed[0]["last_run"]["answerable"] == 3


def test_a_run_that_is_worse_than_the_one_before_fails_when_asked_to(site: Path) -> None:
    questions = [f"paket saya dimana {n}" for n in range(4)]
    lines = [json.dumps({"text": q, "gold": ["id/paket-belum-sampai"]}) + "\n" for q in questions]
    (site.parent / "asked.jsonl").write_text("".join(lines), encoding="utf-8")
    golden(site, "import", "Uji", site.parent / "asked.jsonl")
    assert golden(site, "run", "Uji", "--not-worse").exit_code == 0
    assert golden(site, "run", "Uji", "--not-worse").exit_code == 0
    gold = [line.replace("paket-belum-sampai", "lama-refund") for line in lines]
    (site.parent / "asked.jsonl").write_text("".join(gold), encoding="utf-8")
    golden(site, "import", "Uji", site.parent / "asked.jsonl")
    worse = golden(site, "run", "Uji", "--not-worse")
    assert worse.exit_code == 5
    assert "worse than the run before" in worse.stderr
