"""From a request to an outlook: as JSON, or line by line while it is made."""

from collections.abc import Callable, Iterator
from contextlib import closing

from flask import Response, request, stream_with_context
from pydantic import ValidationError
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from responder.changes import Change
from responder.whatif import Outlook, Scope
from web.errors import fault_of
from web.outlook.answers import outlook_answer
from web.outlook.requests import AnyWhatIf, ArticleWhatIf
from web.outlook.watching import NDJSON, Line, watched
from web.services import services

JSON = "application/json"


def wants_lines() -> bool:
    """Whether whoever asks wants to see how far it is."""
    return NDJSON in request.headers.get("Accept", "")


def serve_json(model: type[AnyWhatIf] | type[ArticleWhatIf]) -> Response:
    """One JSON object or, if asked for, lines with the progress and the object as the last."""
    asked = _read(model)
    change, scope = asked.change.change(), asked.scope()
    if wants_lines():
        return serve_lines(change, scope, _as_line)
    outlook = services().what_if.look(change, scope)
    return Response(outlook_answer(outlook).model_dump_json(), mimetype=JSON)


def serve_lines(change: Change, scope: Scope, finish: Callable[[Outlook], Line]) -> Response:
    lines = watched(services().what_if, change, scope, finish=finish, fail=_fault_line)

    def sent() -> Iterator[str]:
        with closing(lines):
            yield from lines

    response = Response(stream_with_context(sent()), mimetype=NDJSON)
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _as_line(outlook: Outlook) -> Line:
    return {"outlook": outlook_answer(outlook).model_dump(mode="json")}


def _fault_line(error: Exception) -> Line:
    return {"error": fault_of(error)}


def _read(model: type[AnyWhatIf] | type[ArticleWhatIf]) -> AnyWhatIf | ArticleWhatIf:
    if request.mimetype != JSON:
        raise UnsupportedMediaType(f"send JSON, with 'Content-Type: {JSON}'")
    try:
        return model.model_validate_json(request.get_data())
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False)[0]
        if problem["type"] == "json_invalid":
            raise BadRequest(problem["msg"]) from None
        raise
