"""Generated requests, good and bad: no answer that the description does not promise."""

from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import load_all_checks

from tests.web.api.calling import an_api_key, bearer
from web.api.openapi import path_of
from web.api.operation import Operation
from web.api.operations import OPERATIONS
from web.services import WebServices

pytestmark = pytest.mark.slow

load_all_checks()
PROMISES = [
    getattr(schemathesis.checks, name)
    for name in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
    )
]
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
REFUSAL = schemathesis.checks.negative_data_rejection


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_generated_requests_get_only_documented_answers(
    app: Flask, services: WebServices, operation: Operation, mode: GenerationMode
) -> None:
    described = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    called = described[path_of(operation)][operation.method]
    is_good = mode is GenerationMode.POSITIVE
    checks = PROMISES if is_good else [*PROMISES, REFUSAL]
    key = bearer(an_api_key(services))
    there = {
        "conversation": services.responder.conversations.open("api").public_id,
        "lang": "id",
        "slug": "lupa-kata-sandi",
        "suggestion": 1,
    }

    @settings(
        max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(case=called.as_strategy(generation_mode=mode))
    def requests(case: Case[Any]) -> None:
        if is_good:
            case.path_parameters = {name: there[name] for name in case.path_parameters}
        case.call_and_validate(headers=key, checks=checks)

    requests()
