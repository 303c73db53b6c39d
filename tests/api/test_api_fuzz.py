"""schemathesis sends what the description allows and what it does not; nothing may be answered with a 500."""

from __future__ import annotations

import os
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

EXAMPLES = int(os.environ.get("CONGVAN_API_EXAMPLES", "4"))
"""Requests for each operation and mode; raise it for a long run."""


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_no_request_is_answered_with_a_500(api: TestClient, mode: GenerationMode) -> None:
    schema = schemathesis.openapi.from_dict(api.get("/api/v1/openapi.json").json())
    tried = 0
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(operation.as_strategy(generation_mode=mode))
        def send(case: Any) -> None:
            sent = case.as_transport_kwargs(base_url="http://127.0.0.1")
            sent.pop("cookies", None)
            answer = api.request(**sent)
            assert answer.status_code < 500, (case.method, case.path, answer.text[:500])
            if answer.status_code >= 400:
                assert answer.headers["content-type"] == "application/problem+json"

        try:
            send()
        except Exception as error:
            # Operations without parameters have nothing that could be wrong.
            if type(error).__name__ not in ("Unsatisfiable", "SkipTest", "InvalidArgument"):
                raise AssertionError(f"{operation.method} {operation.path}: {error}") from error
            continue
        tried += 1
    assert tried > 15
