"""The running product under a steady load: two web processes and the worker."""

import json
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.report import Figure, percentile

RATE_PER_SECOND = 20
SECONDS = 15
THREADS = 16


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def measure(site: Path, asked: list[str], port: int) -> Iterator[Figure]:
    with served(site, port) as process:
        _ask_steadily(asked[:RATE_PER_SECOND], port)  # every process has answered once
        seconds = _ask_steadily(asked[: RATE_PER_SECOND * SECONDS], port)
        yield Figure(
            f"/api/v1/ask at {RATE_PER_SECOND}/s, p95",
            percentile(seconds, 0.95) * 1e3,
            "ms",
            most=80,
        )
        yield Figure("private memory of a web process", _private_mb(process.pid), "MB", most=400)


@contextmanager
def served(site: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    # quotas are per address, so the load comes as several visitors through one trusted proxy
    settings = site / "jawab.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("trusted_proxies = 0", "trusted_proxies = 1"))
    command = [sys.executable, "-m", "web.cli", "--site", str(site), "serve"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_until_ready(port)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _wait_until_ready(port: int) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("the site did not become ready within two minutes")


def _ask_steadily(texts: list[str], port: int) -> list[float]:
    """Each question at its own moment, however long the others take."""
    seconds: list[float] = []
    lock = threading.Lock()
    begin = time.perf_counter() + 0.2

    def visitor(number: int) -> None:
        for place in range(number, len(texts), THREADS):
            time.sleep(max(0.0, begin + place / RATE_PER_SECOND - time.perf_counter()))
            took = _ask(texts[place], port, place)
            with lock:
                seconds.append(took)

    threads = [threading.Thread(target=visitor, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seconds


def _ask(text: str, port: int, visitor: int) -> float:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v1/ask",
        data=json.dumps({"text": text}).encode(),
        headers={
            "Content-Type": "application/json",
            "X-Forwarded-For": f"10.0.{visitor // 250}.{visitor % 250}",
        },
    )
    started = time.perf_counter()
    with urllib.request.urlopen(request, timeout=30) as answer:
        answer.read()
    return time.perf_counter() - started


def _private_mb(supervisor: int) -> float:
    """The largest of the web processes; what is shared with its siblings does not count."""
    sizes = [0.0]
    for pid in _descendants(supervisor):
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        if b"gunicorn" in command:
            private = [
                line.split()[1] for line in rollup.splitlines() if line.startswith("Private")
            ]
            sizes.append(sum(map(int, private)) / 1024)
    return max(sizes)


def _descendants(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            status = (entry / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        children.setdefault(int(status[1]), []).append(int(entry.name))
    found, left = [], [pid]
    while left:
        for child in children.get(left.pop(), []):
            found.append(child)
            left.append(child)
    return found
