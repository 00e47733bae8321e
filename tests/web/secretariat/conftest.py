"""This file knows the reading that the tests of replies read together share."""

from __future__ import annotations

import pytest

from forestall.web.organisations.roles import Role
from forestall.web.secretariat.receiving import receive_file
from forestall.web.secretariat.services import begin_reading
from tests.web.secretariat.given import REPLIES, file_of


@pytest.fixture
def reading(city, people):
    """A reading to which nobody has replied yet."""
    return begin_reading(
        jurisdiction=city,
        title="Second round",
        questionnaire="2006-20",
        by=people[Role.COORDINATOR],
    )


@pytest.fixture
def gathered(reading, people):
    """The same with three replies, one of them with confidential answers."""
    for state, answers in REPLIES.items():
        receive_file(
            reading=reading,
            read=file_of(state, answers),
            name=f"{state}.json",
            by=people[Role.COORDINATOR],
        )
    return reading
