"""This file knows the JSON interface as a whole: its name, its tokens, its addresses."""

from __future__ import annotations

from forestall import __version__
from forestall.web.api import (
    answer_endpoints,
    assistance_endpoints,
    audit_endpoints,
    consultation_endpoints,
    data_endpoints,
    diagnosis_endpoints,
    directory_endpoints,
    exchange_endpoints,
    finding_endpoints,
    gathering_endpoints,
    hand_over_endpoints,
    import_endpoints,
    means_endpoints,
    member_endpoints,
    mission_endpoints,
    part_endpoints,
    partner_endpoints,
    place_endpoints,
    plan_endpoints,
    reading_endpoints,
    received_endpoints,
    release_endpoints,
    report_endpoints,
    return_endpoints,
    source_endpoints,
    survey_endpoints,
    training_endpoints,
    way_endpoints,
)
from forestall.web.api.description import ENDPOINTS, ROUTER, WorkspaceAPI
from forestall.web.api.refusals import say_refusals
from forestall.web.api.tokens import ByToken, OftenEnough

# Importing them puts their views at their addresses.
PARTS = (
    place_endpoints,
    partner_endpoints,
    member_endpoints,
    audit_endpoints,
    data_endpoints,
    import_endpoints,
    diagnosis_endpoints,
    plan_endpoints,
    part_endpoints,
    way_endpoints,
    means_endpoints,
    consultation_endpoints,
    release_endpoints,
    directory_endpoints,
    training_endpoints,
    assistance_endpoints,
    mission_endpoints,
    survey_endpoints,
    source_endpoints,
    finding_endpoints,
    report_endpoints,
    reading_endpoints,
    gathering_endpoints,
    exchange_endpoints,
    received_endpoints,
    return_endpoints,
    answer_endpoints,
    hand_over_endpoints,
)

__all__ = ["API", "ENDPOINTS"]

API = WorkspaceAPI(
    title="Forestall",
    version=__version__,
    description="What the pages of a workspace do, for programs. Errors are one sentence.",
    docs_url=None,
    openapi_url="/openapi.json",
    auth=ByToken(),
    throttle=[OftenEnough()],
    urls_namespace="api",
)
API.add_router("", ROUTER)
say_refusals(API)
