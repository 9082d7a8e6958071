"""kill -9 at any moment: every message answered, none twice."""

import random
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from kb.database import Database
from responder import schema
from responder.clock import utc_now
from tests.outside import PROJECT
from tests.responder.worker_process import worker

MESSAGES = 60
ROUNDS = 4


@pytest.mark.slow
def test_a_worker_killed_again_and_again_loses_and_repeats_nothing(
    sqlite_database: Database, tmp_path: Path
) -> None:
    chance = random.Random(7)
    receiver = worker(tmp_path)
    for number in range(MESSAGES):
        raw = {"text": "paket saya mana", "sender": f"customer-{number}"}
        receiver.receive("outbox", f"message-{number}", raw)
    for _ in range(ROUNDS):
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.responder.worker_process", str(tmp_path)], cwd=PROJECT
        )
        sent = tmp_path / "sent.txt"
        before = sent.stat().st_size if sent.exists() else 0
        while not sent.exists() or sent.stat().st_size == before:
            assert process.poll() is None
            time.sleep(0.01)
        time.sleep(chance.uniform(0.0, 0.3))
        process.kill()
        process.wait()
    survivor = worker(tmp_path, lambda: utc_now() + timedelta(minutes=5))
    while survivor.run_once():
        pass
    with sqlite_database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        states = Counter(connection.execute(sa.select(schema.outbound.c.state)).scalars())
        inbound = Counter(connection.execute(sa.select(schema.inbound.c.state)).scalars())
    times = Counter((tmp_path / "sent.txt").read_text().split())
    assert inbound == {"done": MESSAGES}
    assert states.total() == MESSAGES
    assert set(states) <= {"sent", "uncertain"}
    assert set(times.values()) == {1}
    assert len(times) >= states["sent"]
    assert states["uncertain"] <= ROUNDS
