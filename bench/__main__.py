"""`make bench`: speed as ratios, in one run on this machine."""

import sys
import tempfile
from pathlib import Path

from bench import load, speed
from bench.report import HEAD, Figure
from bench.site import ARTICLES, QUESTIONS, make_site


def main() -> int:
    print(f"{ARTICLES} articles with {QUESTIONS} example questions each\n\n{HEAD}", flush=True)
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        site, port = Path(folder) / "site", load.free_port()
        asked = make_site(site, port)
        for part in (speed.measure(site, asked), load.measure(site, asked, port)):
            for figure in part:
                figures.append(figure)
                print(figure.row(), flush=True)
    return 0 if all(figure.is_met for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
