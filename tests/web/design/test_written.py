"""What cannot be seen is no answer, and no name turns round the words beside it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from forestall.web.design.written import WrittenField, is_seen
from forestall.web.organisations.roles import Role

UNSEEN = ("\u200b", "\u202e\u202c", "\u2066 \u2069", "\ufeff", "\u00ad")


@pytest.mark.parametrize("text", UNSEEN)
def test_what_cannot_be_seen_is_empty(text):
    with pytest.raises(ValidationError):
        WrittenField().clean(text)
    assert WrittenField(required=False).clean(text) == ""


@given(st.text())
def test_whatever_is_kept_can_be_seen_and_turns_nothing_round(text):
    try:
        kept = WrittenField().clean(text)
    except ValidationError:
        return
    assert is_seen(kept)
    assert not set(kept) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\x00")


@pytest.mark.parametrize("text", ["می‌خواهم", "Łódź", "城市", "One.\nTwo.", "🌳 park"])
def test_texts_of_every_script_stay_as_they_are(text):
    assert WrittenField().clean(text) == text


@pytest.mark.parametrize("text", UNSEEN)
@pytest.mark.parametrize(
    ("page", "sent"),
    [
        ("plan-begin", {"title": "?", "starts": "2026-01-01", "ends": "2026-12-31"}),
        ("partner_add", {"name": "?", "sector": "housing"}),
        ("store-add", {"name": "?"}),
    ],
)
def test_nothing_gets_a_name_that_nobody_sees(client, city, people, page, sent, text):
    client.force_login(people[Role.COORDINATOR])
    given = {name: text if value == "?" else value for name, value in sent.items()}

    answer = client.post(reverse(page), given | {"place": city.pk})

    assert answer.status_code == 200
    assert "field-error" in answer.text
