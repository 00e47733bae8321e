"""A small count is protected in a series, and cannot be worked out from what stands beside it."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from django.urls import reverse

from forestall.disclosure import protect_table
from forestall.web.data.models import SafetyDiagnosis, Store
from forestall.web.indicators import counted as counted_module
from forestall.web.indicators import measuring, subtracting
from forestall.web.indicators.counting import PeriodNumbers
from forestall.web.organisations.roles import Role
from tests.web.indicators.conftest import (
    KEY,
    bring,
    incidents,
    link,
    plan_of,
    series_of,
    source_of,
)

QUIET = {"2024-12": 30, "2025-01": 3, "2025-02": 12, "2025-03": 20}


@pytest.fixture
def second_plan(city, people):
    return plan_of(city, people[Role.COORDINATOR])


def test_a_small_count_stands_nowhere(coordinator, followed, store):
    bring(coordinator, store, incidents("Burglary", QUIET) + incidents("Noise", dict(QUIET)))

    answer = link(coordinator, followed, store)

    assert series_of(followed) == {"2025-02-28": 12.0, "2025-03-31": 20.0}
    point = source_of(followed).points.get(last_day="2025-01-31")
    assert (point.value, point.low, point.high, point.hidden) == (None, None, None, "<5")
    assert "fewer than 5" in answer.text
    assert "hidden, not in the plan" in answer.text


def test_the_limit_can_be_higher_but_not_lower(coordinator, followed, store):
    bring(coordinator, store, incidents("Burglary", QUIET))

    assert link(coordinator, followed, store, threshold="2").status_code == 422
    link(coordinator, followed, store, threshold="15")

    assert series_of(followed) == {"2025-03-31": 20.0}


def test_months_beside_a_quarter_that_was_told_hide_one_more_of_them(
    coordinator, followed, second_plan, store
):
    bring(coordinator, store, incidents("Burglary", QUIET))
    link(coordinator, second_plan, store, period="quarter")
    assert series_of(second_plan) == {"2025-03-31": 35.0}

    link(coordinator, followed, store)

    assert series_of(second_plan) == {"2025-03-31": 35.0}
    assert len(series_of(followed)) == 1
    days = [one.hidden for one in source_of(followed).points.filter(last_day__year=2025)]
    assert sorted(days) == ["", "<5", "[c]"]


def test_a_quarter_yields_to_months_that_were_told_before(
    coordinator, followed, second_plan, store
):
    """Whoever saw the months would work the small one out."""
    bring(coordinator, store, incidents("Burglary", QUIET))
    link(coordinator, followed, store)
    told = series_of(followed)
    assert told == {"2025-02-28": 12.0, "2025-03-31": 20.0}

    link(coordinator, second_plan, store, period="quarter")

    assert series_of(second_plan) == {}
    assert series_of(followed) == told


def test_what_is_withheld_beside_a_sum_has_a_neighbour(
    coordinator, followed, city, people, second_plan, store
):
    months = {"2024-12": 30, "2025-01": 15, "2025-02": 12, "2025-03": 20}
    rows = incidents("Burglary", months)
    rows += incidents("Robbery", {"2024-12": 9, "2025-01": 8, "2025-02": 2, "2025-03": 9})
    bring(coordinator, store, rows)
    both = ["Burglary", "Robbery"]
    quarter = plan_of(city, people[Role.COORDINATOR])
    link(coordinator, quarter, store, period="quarter", offences=both)
    link(coordinator, followed, store)

    link(coordinator, second_plan, store, offences=both)

    assert series_of(quarter) == {"2025-03-31": 66.0}
    assert series_of(second_plan) == {"2025-03-31": 29.0}


def test_two_series_that_differ_by_a_few_incidents_are_not_told_side_by_side(
    coordinator, followed, second_plan, store
):
    rows = incidents("Burglary", {**QUIET, "2025-01": 15})
    rows += incidents("Robbery", {"2024-12": 9, "2025-01": 2, "2025-02": 8, "2025-03": 9})
    bring(coordinator, store, rows)
    link(coordinator, followed, store)

    link(coordinator, second_plan, store, offences=["Burglary", "Robbery"])

    assert series_of(second_plan) == {"2025-02-28": 20.0, "2025-03-31": 29.0}


def test_the_same_records_in_another_store_of_the_place_are_heeded(
    coordinator, followed, second_plan, store, people
):
    rows = incidents("Burglary", {**QUIET, "2025-01": 15})
    rows += incidents("Robbery", {"2024-12": 9, "2025-01": 2, "2025-02": 8, "2025-03": 9})
    again = Store.objects.create(
        jurisdiction=store.jurisdiction, name="Once more", made_by=people[Role.ANALYST]
    )
    bring(coordinator, store, rows)
    bring(coordinator, again, rows)
    link(coordinator, followed, store)

    link(coordinator, second_plan, again, offences=["Burglary", "Robbery"])

    assert series_of(second_plan) == {"2025-02-28": 20.0, "2025-03-31": 29.0}


def test_what_is_linked_while_a_series_is_counted_is_heeded(
    coordinator, followed, second_plan, store, monkeypatch
):
    """The first count began when nothing else was told; it must not overwrite the second."""
    rows = incidents("Burglary", {**QUIET, "2025-01": 15})
    rows += incidents("Robbery", {"2024-12": 9, "2025-01": 2, "2025-02": 8, "2025-03": 9})
    bring(coordinator, store, rows)
    counted = counted_module.count_series
    began: list[bool] = []

    def slowly(*asked, **more):
        found = counted(*asked, **more)
        if not began:
            began.append(True)
            link(coordinator, second_plan, store, offences=["Burglary", "Robbery"])
        return found

    monkeypatch.setattr(measuring, "count_series", slowly)

    link(coordinator, followed, store)

    assert "2025-01-31" in series_of(followed)
    assert series_of(second_plan) == {"2025-02-28": 20.0, "2025-03-31": 29.0}


def test_what_a_diagnosis_hides_is_hidden_here(coordinator, followed, store, people, monkeypatch):
    months = pd.to_datetime(["2025-01-01", "2025-02-01", "2025-03-01"])
    table = pd.DataFrame(
        {
            "offence": ["Burglary"] * 3 + ["rest"] * 3,
            "period": [*months, *months],
            "incidents": [15, 12, 20, 3, 30, 40],
        }
    )
    safe = protect_table(table, rule="threshold-5", rows="offence", columns="period")
    assert safe.cell("Burglary", months[0]).plain_text == "[c]"
    SafetyDiagnosis.objects.create(
        jurisdiction=store.jurisdiction,
        store=store,
        state="done",
        first_day=date(2025, 1, 1),
        last_day=date(2025, 3, 31),
    )

    report = SimpleNamespace(tables={"group_months": safe})
    monkeypatch.setattr(subtracting, "read_publication", lambda one: report)
    bring(coordinator, store, incidents("Burglary", {**QUIET, "2025-01": 15}))

    link(coordinator, followed, store)

    told = series_of(followed)
    assert "2025-01-31" not in told
    hidden = {month for month in months if safe.cell("Burglary", month).number is None}
    assert len(told) == 3 - len(hidden)


@pytest.mark.parametrize(("kinds", "shown", "told"), [(["A", "B"], 13, 0), (["A", "B"], 10, 1)])
def test_a_number_that_differs_by_few_from_that_of_a_diagnosis_is_not_told(kinds, shown, told):
    month = pd.Timestamp("2025-01-01")
    table = pd.DataFrame({"offence": ["A"], "period": [month], "incidents": [shown]})
    safe = protect_table(table, rule="threshold-5", rows="offence", columns="period")
    counted = PeriodNumbers(
        (date(2025, 1, 1),), (date(2025, 1, 31),), np.array([15]), cut_off=None, left_out=0
    )
    own = {"offences": kinds, "period": "month", "threshold": 5}

    hidden = subtracting._hidden_there({"group_months": safe}, own, counted)

    assert len(hidden) == 1 - told


def test_a_number_that_becomes_small_leaves_the_plan(coordinator, followed, store):
    bring(coordinator, store, incidents("Burglary", {**QUIET, "2025-01": 6}))
    link(coordinator, followed, store)
    assert series_of(followed)["2025-01-31"] == 6.0

    link(coordinator, followed, store, threshold="10")

    assert "2025-01-31" not in series_of(followed)
    page = coordinator.get(reverse("plan-source", args=[followed.pk, KEY]))
    assert "fewer than 10" in page.text


def test_several_parts_beside_their_whole_leave_no_small_rest(
    coordinator, followed, city, people, store
):
    months = {"2024-12": 9, "2025-01": 9, "2025-02": 8, "2025-03": 9}
    rows = incidents("Burglary", months) + incidents("Robbery", months)
    rows += incidents("Arson", {**months, "2025-02": 2})
    bring(coordinator, store, rows)
    others = [plan_of(city, people[Role.COORDINATOR]) for _ in range(2)]
    link(coordinator, others[0], store, offences=["Burglary"])
    link(coordinator, others[1], store, offences=["Robbery"])

    link(coordinator, followed, store, offences=["Arson", "Burglary", "Robbery"])

    assert series_of(followed) == {"2025-01-31": 27.0, "2025-03-31": 27.0}


def test_a_quarter_is_not_told_after_months_that_were_unlinked(
    coordinator, followed, second_plan, store
):
    bring(coordinator, store, incidents("Burglary", QUIET))
    link(coordinator, followed, store)
    told = source_of(followed)
    coordinator.post(reverse("plan-source-remove", args=[followed.pk, KEY]))
    assert not type(told).objects.filter(pk=told.pk).exists()

    link(coordinator, second_plan, store, period="quarter")

    assert series_of(second_plan) == {}


def test_a_kind_told_before_stays_known_when_the_link_is_another(coordinator, followed, store):
    rows = incidents("Burglary", {**QUIET, "2025-01": 15})
    rows += incidents("Robbery", {"2024-12": 9, "2025-01": 2, "2025-02": 8, "2025-03": 9})
    bring(coordinator, store, rows)
    link(coordinator, followed, store)
    assert series_of(followed)["2025-01-31"] == 15.0

    link(coordinator, followed, store, offences=["Burglary", "Robbery"])

    assert source_of(followed).points.get(last_day="2025-01-31").hidden == "[c]"
