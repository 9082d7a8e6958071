"""How gunicorn runs: imported before the fork, the model loaded after it."""

import gc
from typing import Any

from web.health import READINESS

worker_class = "gthread"
preload_app = True
keepalive = 30
timeout = 60
graceful_timeout = 15
max_requests = 20_000
max_requests_jitter = 2_000
accesslog = None
errorlog = "-"
loglevel = "warning"


def when_ready(_server: Any) -> None:
    """What is loaded by now is shared by all workers; the collector must not copy it."""
    gc.freeze()


def post_fork(_server: Any, worker: Any) -> None:
    """Load the index and the model before the first question, without delaying the first page."""
    worker.app.wsgi().extensions[READINESS].load()
