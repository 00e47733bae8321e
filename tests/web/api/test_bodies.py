"""What was made is found where the answer says, under whatever address the interface stands."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from forestall.web.api.bodies import answer_new


@pytest.mark.parametrize(
    ("sent_to", "at", "found_at"),
    [
        ("/api/v1/plans", "", "/api/v1/plans/7"),
        ("/api/v1/plans/3/bundles", "/exchange/shared", "/api/v1/exchange/shared/7"),
        ("/prevention/api/v1/stores/3/imports", "/imports", "/prevention/api/v1/imports/7"),
        ("/api/v1/diagnoses/7/again", "/diagnoses", "/api/v1/diagnoses/7"),
    ],
)
def test_the_answer_says_where_what_was_made_is(sent_to, at, found_at):
    told = answer_new(RequestFactory().post(sent_to), {"made": True}, 7, at=at, tag="2")

    assert told.status_code == 201
    assert told.headers["Location"] == found_at
    assert told.headers["ETag"] == '"2"'
