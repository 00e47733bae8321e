"""The JSON interface describes itself: for programs, on a page, and in the documentation."""

from __future__ import annotations

from django.urls import reverse

from forestall.plan.schema import plan_schema
from forestall.web.api.interface import API, ENDPOINTS
from forestall.web.api.refusals import STATUSES
from forestall.web.organisations.roles import Role
from scripts.make_api import PAGE, api_page


def test_the_page_of_the_documentation_is_current():
    assert PAGE.read_text(encoding="utf-8") == api_page(), "Run scripts/make_api.py."


def test_every_refusal_is_described_everywhere():
    described = API.get_openapi_schema()

    for one in ENDPOINTS:
        responses = described["paths"][f"/api/v1{one.path}"][one.method.lower()]["responses"]
        assert set(responses) == {str(status) for status in (*STATUSES, one.status)}


def test_the_records_of_a_plan_are_those_of_its_file():
    schemas = API.get_openapi_schema()["components"]["schemas"]

    assert not [name for name in schemas if "." in name], "Two records have one name."
    assert schemas["Step"]["required"] == plan_schema()["$defs"]["Step"]["required"]
    assert set(plan_schema()["$defs"]) <= set(schemas)


def test_the_page_tells_each_address_and_brings_no_script_from_elsewhere(client, people):
    client.force_login(people[Role.READER])

    told = client.get(reverse("api-explained"))

    for one in ENDPOINTS:
        assert f"{one.method} /api/v1{one.path}" in told.text
    assert "https://" not in told.text
    assert "script-src 'self'" in told.headers["Content-Security-Policy"]


def test_the_page_needs_somebody_who_is_signed_in(client, db):
    assert client.get(reverse("api-explained")).status_code == 302
