"""schemathesis sends what the description allows and what it does not; nothing may be answered with a 500."""

from __future__ import annotations

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings

schemathesis_api = schemathesis.pytest.from_fixture("described")


@pytest.fixture
def described(api: TestClient) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", api.app)


@schemathesis_api.parametrize()
@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_no_request_is_answered_with_a_500(case: schemathesis.Case, api: TestClient) -> None:
    url = case.as_transport_kwargs(base_url="http://127.0.0.1")
    url.pop("cookies", None)
    answer = api.request(**url)
    assert answer.status_code < 500, (case.method, case.formatted_path, answer.text[:500])
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
