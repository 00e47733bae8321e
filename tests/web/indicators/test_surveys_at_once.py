"""Two people begin the same survey at once: one of them is told so."""

from __future__ import annotations

import pytest
from django.urls import reverse

from forestall.errors import InvalidFile
from forestall.web.organisations.roles import Role
from forestall.web.surveys.forms import SurveyForm
from forestall.web.surveys.models import Survey
from forestall.web.surveys.services import add_survey

COLUMNS = {"weights": "weight", "strata": "", "clusters": ""}


def test_a_name_that_was_taken_meanwhile_is_said(client, city, people, monkeypatch):
    by = people[Role.ANALYST]
    add_survey(jurisdiction=city, name="Residents", columns=COLUMNS, by=by)
    with pytest.raises(InvalidFile, match="another name"):
        add_survey(jurisdiction=city, name="Residents", columns=COLUMNS, by=by)

    # The form looked before the other person saved.
    monkeypatch.setattr(SurveyForm, "clean", lambda self: self.cleaned_data)
    client.force_login(by)
    answer = client.post(reverse("survey-add"), {"name": "Residents", **COLUMNS})

    assert answer.status_code == 422
    assert "There is a survey of this name; choose another name." in answer.text
    assert Survey.objects.count() == 1
