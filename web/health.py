"""Is the process alive, and can it serve? For supervisors and load balancers."""

import logging
import threading

from flask import Blueprint, Response, current_app, jsonify
from flask.blueprints import BlueprintSetupState

from kb.errors import DatabaseUnavailable, KbError
from kb.publishing import Library
from kb.search import Searcher
from web.errors import RETRY_AFTER_SECONDS
from web.services import EXTENSION

log = logging.getLogger(__name__)

READINESS = "jawab.readiness"
LOADING_AGAIN = "could not be loaded (the log says why) and is tried again"
health = Blueprint("health", __name__)


class Readiness:
    """Asking for it also starts loading the index, in a thread of its own."""

    def __init__(self, library: Library, searcher: Searcher) -> None:
        self._library = library
        self._searcher = searcher
        self._loading = threading.Lock()
        self._has_failed = False

    def list_missing(self) -> dict[str, str]:
        """What is not there yet, and why."""
        missing = {}
        if not self._database_answers():
            missing["database"] = "does not answer, or has not been set up"
        if not self._searcher.is_loaded:
            self.load()
            missing["index"] = "is being loaded" if not self._has_failed else LOADING_AGAIN
        return missing

    def _database_answers(self) -> bool:
        try:
            self._library.generation()
        except DatabaseUnavailable:
            return False
        return True

    def load(self) -> None:
        """In a thread of its own, unless one does so already."""
        if self._loading.acquire(blocking=False):
            threading.Thread(target=self._load_once, name="load-index", daemon=True).start()

    def _load_once(self) -> None:
        try:
            self._searcher.start()
            self._has_failed = False
        except Exception as error:
            self._has_failed = True
            why = None if isinstance(error, KbError) else error
            log.warning("index_not_loaded", extra={"problem": str(error)}, exc_info=why)
        finally:
            self._loading.release()


def _prepare(state: BlueprintSetupState) -> None:
    web = state.app.extensions[EXTENSION]
    state.app.extensions[READINESS] = Readiness(web.library, web.searcher)


health.record(_prepare)


@health.get("/healthz")
def alive() -> Response:
    return jsonify({"status": "ok"})


@health.get("/readyz")
def ready() -> Response:
    readiness: Readiness = current_app.extensions[READINESS]
    missing = readiness.list_missing()
    if not missing:
        return jsonify({"status": "ready"})
    message = "not ready: " + ", ".join(f"{part} {problem}" for part, problem in missing.items())
    response = jsonify({"error": {"code": "not_ready", "message": message, "detail": missing}})
    response.status_code = 503
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
