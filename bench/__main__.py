"""`make bench`: speed as ratios, and Jawab beside txtai and Haystack, all in one run."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import load, speed
from bench.peers import PROJECT, Peers
from bench.report import HEAD, Figure
from bench.site import ARTICLES, QUESTIONS, make_site


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="no 100,000 passages, no load")
    parser.add_argument("--write", action="store_true", help="bring docs/speed.* up to date")
    options = parser.parse_args()
    figures: list[Figure] = []
    print(f"{ARTICLES} articles with {QUESTIONS} example questions each\n\n{HEAD}", flush=True)
    for figure in _site_figures(is_quick=options.quick):
        figures.append(figure)
        print(figure.row(), flush=True)
    peers = Peers(is_quick=options.quick)
    for line in peers.lines():
        print(line, flush=True)
    if options.write:
        peers.write(PROJECT / "docs")
    return 0 if all(figure.is_met for figure in (*figures, *peers.figures)) else 1


def _site_figures(*, is_quick: bool) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        site, port = Path(folder) / "site", load.free_port()
        asked = make_site(site, port)
        yield from speed.measure(site, asked)
        if not is_quick:
            yield from load.measure(site, asked, port)


if __name__ == "__main__":
    sys.exit(main())
