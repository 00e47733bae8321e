"""This file knows the reply that the tests of national replies share."""

from __future__ import annotations

import pytest

from forestall.web.organisations.roles import Role
from forestall.web.returns.services import begin_return
from tests.web.returns.given import DAY


@pytest.fixture
def found(city, people):
    return begin_return(
        jurisdiction=city, questionnaire="2006-20", on=DAY, by=people[Role.COORDINATOR]
    )
