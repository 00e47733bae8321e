"""This file knows a plan that is followed and files of incidents for its indicator."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from forestall.plan.records import ActionPlan, Indicator, Measured, Objective, Place
from forestall.plan.states import PlanState
from forestall.plan.vocabulary import Jurisdiction as Level
from forestall.web.data.models import FileImport, Store
from forestall.web.indicators.models import IndicatorSource
from forestall.web.organisations.roles import Role
from forestall.web.plans.services import add_plan

MAPPING = """
[about]
timezone = "Europe/London"
[columns]
incident_id = "No"
starts_at = "When"
offence = "What"
longitude = "Lon"
latitude = "Lat"
[formats]
starts_at = "%Y-%m-%d"
[precision]
location = "exact"
"""
HEAD = "No,When,What,Lon,Lat\n"
KEY = "fewer"
BURGLARY = {"offences": ["Burglary"], "period": "month", "per": "1000", "threshold": "5"}


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """A folder of its own for the files of each test."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT.mkdir()
    settings.INBOX = None
    return settings.MEDIA_ROOT


def objective(**changed) -> Objective:
    given = {
        "key": KEY,
        "title": {"en": "Fewer burglaries"},
        "indicator": Indicator(
            name={"en": "Burglaries"},
            unit={"en": "burglaries a month"},
            source={"en": "Police"},
            every_months=1,
        ),
        "baseline": Measured(on=date(2024, 12, 31), value=40.0),
        "target": 20.0,
        "deadline": date(2026, 12, 31),
    }
    return Objective(**{**given, **changed})


def plan_of(city, by, *, state=PlanState.UNDER_WAY, **changed):
    content = ActionPlan(
        key="safer-homes",
        title={"en": "Safer homes"},
        place=Place(name={"en": city.name}, country="GB", level=Level.LOCAL),
        languages=("en",),
        starts=date(2025, 1, 1),
        ends=date(2026, 12, 31),
        currency="EUR",
        objectives=(objective(**changed),),
        state=state,
    )
    return add_plan(content=content, jurisdiction=city, by=by)


@pytest.fixture
def followed(city, people):
    """A plan that is under way, with one objective."""
    return plan_of(city, people[Role.COORDINATOR])


@pytest.fixture
def store(city, people):
    """A store of the city without incidents."""
    return Store.objects.create(
        jurisdiction=city, name="Recorded crime", made_by=people[Role.ANALYST]
    )


@pytest.fixture
def coordinator(client, people):
    client.force_login(people[Role.COORDINATOR])
    return client


def incidents(kind: str, months: dict[str, int], *, begin: int = 0) -> str:
    """Return rows: so many incidents of a kind in each month, the last on its last day."""
    rows = []
    for month, count in months.items():
        year, number = (int(one) for one in month.split("-"))
        last = monthrange(year, number)[1]
        for one in range(count):
            day = last if one == 0 else 1 + one % 28
            begin += 1
            where = f"{-1.23 - one % 7 / 1000:.4f},{54.57 + one % 5 / 1000:.4f}"
            rows.append(f"{kind[:1]}{begin},{month}-{day:02d},{kind},{where}\n")
    return "".join(rows)


def bring(client, store, rows: str, *, name: str = "incidents.csv") -> FileImport:
    """Bring a file as a browser does; its import runs at once."""
    files = [
        SimpleUploadedFile(name, (HEAD + rows).encode()),
        SimpleUploadedFile("columns.toml", MAPPING.encode()),
    ]
    client.post(reverse("store", args=[store.pk]), {"files": files})
    one = FileImport.objects.filter(store=store).latest("pk")
    assert one.state == "done", one.failure
    return one


def link(client, plan, store, **changed):
    """Link the objective of a plan to a store as a browser does."""
    address = reverse("plan-source-store", args=[plan.pk, KEY, store.pk])
    return client.post(address, {**BURGLARY, **changed}, follow=True)


def series_of(plan) -> dict[str, float]:
    """Return the measured series of the objective as it stands in the plan."""
    plan.refresh_from_db()
    return {one.on.isoformat(): one.value for one in plan.content.objectives[0].measured}


def source_of(plan) -> IndicatorSource:
    return IndicatorSource.objects.get(plan=plan)
