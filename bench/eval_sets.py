"""The public question sets and what the reference reaches on them."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class EvalSet:
    """A knowledge base with its questions; `reference` is top1, ap and right90 to hold against."""

    name: str
    folder: str
    kb: str
    questions: tuple[str, ...]
    reference: tuple[float, float, float]


SETS = (
    EvalSet(
        "hint3_sofmattress v1", "hint3_sofmattress", "kb_v1", ("queries_v1",), (0.797, 0.675, 0.294)
    ),
    EvalSet("clinc150 10-shot", "clinc150", "kb_10shot", ("queries",), (0.912, 0.891, 0.875)),
    EvalSet(
        "banking77_oos 10-shot", "banking77_oos", "kb_10shot", ("queries",), (0.776, 0.636, 0.026)
    ),
    EvalSet("banking77 10-shot", "banking77", "kb_10shot", ("queries",), (0.847, 0.814, 0.777)),
    EvalSet(
        "stackfaq holdout", "stackfaq", "kb_holdout", ("queries_holdout",), (0.905, 0.854, 0.704)
    ),
    EvalSet(
        "feedbackqa_who", "feedbackqa_who", "kb", ("queries", "queries_ood"), (0.825, 0.766, 0.617)
    ),
    EvalSet(
        "helpcenter_npm", "helpcenter_npm", "kb", ("queries", "queries_ood"), (0.977, 0.952, 0.907)
    ),
    EvalSet("id_unwaha_kampus", "id_unwaha_kampus", "kb", ("queries",), (0.887, 0.859, 0.851)),
    EvalSet(
        "id_unwaha_kampus title only",
        "id_unwaha_kampus",
        "kb_title_only",
        ("queries",),
        (0.557, 0.401, 0.084),
    ),
    EvalSet(
        "id_jobmate title only",
        "id_jobmate_faq",
        "kb_title_only",
        ("queries", "queries_ood"),
        (0.795, 0.672, 0.212),
    ),
    EvalSet("id_pegadaian_gea", "id_pegadaian_gea", "kb", ("queries",), (0.641, 0.586, 0.385)),
    EvalSet("id_stif_informal", "id_stif_informal", "kb", ("queries",), (0.946, 0.937, 0.946)),
    EvalSet(
        "xl_bitcoin en to id", "xl_bitcoin_faq", "kb", ("queries_en_to_id",), (0.891, 0.888, 0.891)
    ),
)


def write_articles(kb_file: Path, target: Path) -> int:
    """A data set's kb.jsonl as a folder of article files; how many."""
    count = 0
    for line in kb_file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        folder = target / row.get("lang", "en")
        folder.mkdir(parents=True, exist_ok=True)
        slug = re.sub(r"[^a-z0-9]+", "-", row["id"].lower()).strip("-")
        (folder / f"{slug}.md").write_text(_source(row), encoding="utf-8")
        count += 1
    return count


def _source(row: dict[str, Any]) -> str:
    # a JSON string is a YAML string too
    lines = ["---", f"title: {json.dumps(row['title'], ensure_ascii=False)}"]
    if row.get("variants"):
        lines.append("questions:")
        lines += [f"  - {json.dumps(text, ensure_ascii=False)}" for text in row["variants"]]
    return "\n".join([*lines, "status: published", "---", "", row.get("body") or "", ""])
