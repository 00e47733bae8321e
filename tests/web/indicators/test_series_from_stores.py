"""An indicator that is linked to a store is computed by itself, after each import."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from msgspec.structs import replace

from forestall.plan.records import Measured
from forestall.plan.states import PlanState
from forestall.web.audit.models import AuditEntry
from forestall.web.data.folders import store_folder
from forestall.web.data.models import AreaFile, Store
from forestall.web.indicators.models import IndicatorSource
from forestall.web.organisations.roles import Role
from forestall.web.plans.moving import move
from forestall.web.plans.services import change_plan
from tests.web.indicators.conftest import (
    BURGLARY,
    KEY,
    bring,
    incidents,
    link,
    plan_of,
    series_of,
    source_of,
)

WINTER = {"2024-12": 41, "2025-01": 38, "2025-02": 35}


def test_the_series_grows_with_each_import(coordinator, followed, store):
    bring(coordinator, store, incidents("Burglary", WINTER))
    link(coordinator, followed, store)
    assert series_of(followed) == {"2025-01-31": 38.0, "2025-02-28": 35.0}

    second = bring(coordinator, store, incidents("Burglary", {"2025-03": 30}, begin=500))

    assert series_of(followed)["2025-03-31"] == 30.0
    last = followed.content.objectives[0].measured[-1]
    assert (last.low, last.high) == (20.2, 42.8)
    assert f"“Recorded crime”, import {second.pk}: Burglary" in last.source["en"]
    assert "computed on" in last.source["en"]


def test_the_file_of_the_plan_has_it_and_nobody_is_named_for_it(coordinator, followed, store):
    bring(coordinator, store, incidents("Burglary", WINTER))
    link(coordinator, followed, store)

    given = json.loads(coordinator.get(reverse("plan-file", args=[followed.pk])).content)
    assert [one["value"] for one in given["objectives"][0]["measured"]] == [38.0, 35.0]
    revision = followed.revisions.first()
    assert (revision.saved_by, revision.what) == (None, f"objectives/{KEY}/measured")
    entry = AuditEntry.objects.filter(verb="measure indicator").latest("number")
    assert (entry.actor, entry.facts["computed_from"]) == ("workspace", "asked")
    versions = coordinator.get(reverse("plan-versions", args=[followed.pk]))
    assert "the workspace, from new data" in versions.text


def test_what_stays_as_it_is_makes_no_revision(coordinator, followed, store):
    bring(coordinator, store, incidents("Burglary", WINTER))
    link(coordinator, followed, store)
    series_of(followed)
    revision = followed.revision

    coordinator.post(reverse("plan-source-again", args=[followed.pk, KEY]))

    series_of(followed)
    assert followed.revision == revision


@pytest.mark.parametrize("begun", [1, 20])
def test_a_month_that_the_file_cuts_off_is_not_counted_and_the_page_says_so(
    coordinator, followed, store, begun
):
    cut = [f"x{one},2025-03-17,Burglary,-1.23,54.57\n" for one in range(begun)]
    bring(coordinator, store, incidents("Burglary", WINTER) + "".join(cut))

    answer = link(coordinator, followed, store)

    assert "2025-03-31" not in series_of(followed)
    assert (
        "The records end on 17 March 2025, so March 2025 is not complete and not counted yet."
        in answer.text.replace("\xa0", " ")
    )


def test_a_typed_figure_stays_and_a_changed_one_counts_as_typed(
    coordinator, followed, store, people
):
    typed = Measured(on=date(2025, 1, 31), value=99.0, source={"en": "Housing"})

    def type_in(content):
        (one,) = content.objectives
        return replace(content, objectives=(replace(one, measured=(typed,)),))

    change_plan(plan=followed, change=type_in, by=people[Role.COORDINATOR], what="test")
    bring(coordinator, store, incidents("Burglary", WINTER))
    link(coordinator, followed, store)
    assert series_of(followed) == {"2025-01-31": 99.0, "2025-02-28": 35.0}

    where = f"objectives/{KEY}/measured/1"
    form = coordinator.get(reverse("plan-edit", args=[followed.pk, where]))
    seen = form.text.split('name="seen" value="')[1].split('"')[0]
    changed = {"on": "2025-02-28", "value": "36", "source": "By hand", "seen": seen}
    coordinator.post(reverse("plan-edit", args=[followed.pk, where]), changed)
    bring(coordinator, store, incidents("Burglary", {"2025-03": 30}, begin=500))

    assert series_of(followed) == {"2025-01-31": 99.0, "2025-02-28": 36.0, "2025-03-31": 30.0}
    page = coordinator.get(reverse("plan-part", args=[followed.pk, f"objectives/{KEY}"]))
    assert page.text.count("typed by a person") == 2


def test_what_somebody_took_out_does_not_come_back(coordinator, followed, store, people):
    bring(coordinator, store, incidents("Burglary", WINTER))
    link(coordinator, followed, store)

    def take_out(content):
        (one,) = content.objectives
        return replace(content, objectives=(replace(one, measured=one.measured[1:]),))

    change_plan(plan=followed, change=take_out, by=people[Role.COORDINATOR], what="test")
    bring(coordinator, store, incidents("Burglary", {"2025-03": 30}, begin=500))
    bring(coordinator, store, incidents("Burglary", {"2025-04": 29}, begin=600))

    assert list(series_of(followed)) == ["2025-02-28", "2025-03-31", "2025-04-30"]


def test_an_earlier_month_that_changes_keeps_its_trace(coordinator, followed, store):
    bring(coordinator, store, incidents("Burglary", WINTER))
    link(coordinator, followed, store)

    later = bring(coordinator, store, incidents("Burglary", {"2025-01": 4}, begin=900))

    assert series_of(followed)["2025-01-31"] == 42.0
    point = source_of(followed).points.get(last_day="2025-01-31")
    assert point.earlier[0]["value"] == 38.0
    page = coordinator.get(reverse("plan-source", args=[followed.pk, KEY]))
    assert "it was 38; changed by" in page.text.replace("\xa0", " ")
    entry = AuditEntry.objects.filter(verb="measure indicator").latest("number")
    assert entry.facts["computed_from"] == f"import {later.pk}"
    assert entry.facts["changed"] == ["2025-01-31"]
    old = followed.revisions.all()[1].content.objectives[0].measured[0]
    assert old.value == 38.0


def test_a_rate_is_per_people_whose_number_has_a_source(coordinator, followed, store):
    bring(coordinator, store, incidents("Burglary", WINTER))

    refused = link(coordinator, followed, store, population="50000")
    assert refused.status_code == 422
    link(coordinator, followed, store, population="50000", population_source="Census 2021")

    assert series_of(followed) == {"2025-01-31": 0.76, "2025-02-28": 0.7}
    assert (
        "per 1,000 of 50,000 people (Census 2021)"
        in (followed.content.objectives[0].measured[0].source["en"])
    )


def test_a_quarter_is_counted_when_all_its_months_are_there(coordinator, followed, store):
    bring(coordinator, store, incidents("Burglary", WINTER))
    link(coordinator, followed, store, period="quarter")
    assert series_of(followed) == {}
    assert "no whole period" in source_of(followed).failure

    bring(coordinator, store, incidents("Burglary", {"2025-03": 30}, begin=500))

    assert series_of(followed) == {"2025-03-31": 103.0}


def test_a_plan_that_is_not_adopted_gets_its_figures_with_adoption(
    coordinator, city, people, store
):
    plan = plan_of(city, people[Role.COORDINATOR], state=PlanState.UNDER_REVIEW)
    plan.document = plan.document.replace('"under-review"', '"consulted"')
    plan.save()
    bring(coordinator, store, incidents("Burglary", WINTER))
    answer = link(coordinator, plan, store)
    assert series_of(plan) == {}
    assert "not in the plan" in answer.text

    plan.document = plan.document.replace('"consulted"', '"adopted"')
    plan.save()
    move(plan=plan, to=PlanState.UNDER_WAY, by=people[Role.COORDINATOR], today=date(2025, 4, 1))

    assert series_of(plan) == {"2025-01-31": 38.0, "2025-02-28": 35.0}


def test_the_store_of_another_city_is_not_there(coordinator, followed, elsewhere):
    theirs = Store.objects.create(jurisdiction=elsewhere, name="Theirs")

    assert link(coordinator, followed, theirs).status_code == 404
    assert not IndicatorSource.objects.exists()


@pytest.mark.parametrize("role", [Role.ANALYST, Role.PARTNER, Role.READER])
def test_who_may_not_change_the_plan_links_nothing(client, followed, store, people, role):
    client.force_login(people[role])

    assert link(client, followed, store).status_code == 403
    assert client.get(reverse("plan-source", args=[followed.pk, KEY])).status_code == 200


def test_a_source_that_cannot_be_read_is_told_with_its_reason(coordinator, followed, store):
    bring(coordinator, store, incidents("Burglary", WINTER))
    link(coordinator, followed, store)
    (store_folder(store) / "manifest.json").write_text("{")

    coordinator.post(reverse("plan-source-again", args=[followed.pk, KEY]))

    page = coordinator.get(reverse("plan-part", args=[followed.pk, f"objectives/{KEY}"]))
    assert "The source could not be read" in page.text
    assert str(store_folder(store)) not in page.text
    assert "could not be read" in coordinator.get(reverse("follow_up")).text
    assert series_of(followed) == {"2025-01-31": 38.0, "2025-02-28": 35.0}


def test_a_source_that_is_gone_and_an_import_that_failed_are_told(coordinator, followed, store):
    bring(coordinator, store, incidents("Burglary", WINTER))
    link(coordinator, followed, store)
    last = store.imports.first()
    last.state, last.failure = "failed", "The file is damaged."
    last.save()
    page = reverse("plan-source", args=[followed.pk, KEY])
    assert "was not done, so nothing new is counted: The file is damaged." in (
        coordinator.get(page).text
    )

    IndicatorSource.objects.update(store=None)

    assert "The source of this indicator is gone" in coordinator.get(page).text


def test_without_the_link_the_figures_stay(coordinator, followed, store):
    bring(coordinator, store, incidents("Burglary", WINTER))
    link(coordinator, followed, store)

    coordinator.post(reverse("plan-source-remove", args=[followed.pk, KEY]))

    assert list(series_of(followed)) == ["2025-01-31", "2025-02-28"]
    assert not IndicatorSource.objects.exists()


def test_another_link_replaces_what_the_first_one_computed(coordinator, followed, store):
    rows = incidents("Burglary", WINTER) + incidents("Robbery", {**WINTER, "2025-01": 12})
    bring(coordinator, store, rows)
    link(coordinator, followed, store)

    link(coordinator, followed, store, offences=["Robbery"])

    assert series_of(followed) == {"2025-01-31": 12.0, "2025-02-28": 35.0}
    assert source_of(followed).points.get(last_day="2025-01-31").earlier == []


@pytest.mark.parametrize(("wanted", "status"), [("West", 302), ("w1", 302), ("North", 422)])
def test_only_one_area_of_a_file_is_counted(coordinator, followed, store, people, wanted, status):
    rows = incidents("Burglary", WINTER)
    east = [f"e{one},2025-01-0{1 + one},Burglary,-1.10,54.57\n" for one in range(9)]
    bring(coordinator, store, rows + "".join(east))
    squares = {
        "type": "FeatureCollection",
        "features": [square("w1", "West", -1.30, -1.20), square("e1", "East", -1.15, -1.05)],
    }
    file = SimpleUploadedFile("wards.geojson", json.dumps(squares).encode())
    given = {"name": "Wards", "file": file, "code": "code", "column": "name", "population": ""}
    assert coordinator.post(reverse("areas-add"), given).status_code == 302
    areas = AreaFile.objects.get()

    link(coordinator, followed, store)
    assert series_of(followed)["2025-01-31"] == 47.0
    address = reverse("plan-source-store", args=[followed.pk, KEY, store.pk])
    sent = {**BURGLARY, "areas": str(areas.pk), "area": wanted}
    assert coordinator.post(address, sent).status_code == status

    assert series_of(followed)["2025-01-31"] == (38.0 if status == 302 else 47.0)
    assert ("Burglary in West" in str(followed.content.objectives[0].measured)) is (status == 302)


def square(code: str, name: str, west: float, east: float) -> dict[str, object]:
    ring = [[west, 54.5], [east, 54.5], [east, 54.6], [west, 54.6], [west, 54.5]]
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
