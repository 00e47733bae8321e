"""What was computed is in the publication of a plan, with its source."""

from __future__ import annotations

from forestall.web.organisations.roles import Role
from forestall.web.publishing.services import prepare_plan
from tests.web.indicators.conftest import bring, incidents, link, series_of


def test_a_publication_of_the_plan_has_the_series_with_its_source(
    coordinator, followed, store, people, settings, tmp_path
):
    settings.HOME = tmp_path
    bring(coordinator, store, incidents("Burglary", {"2024-12": 41, "2025-01": 38, "2025-02": 3}))
    link(coordinator, followed, store)
    assert series_of(followed) == {"2025-01-31": 38.0}

    made = prepare_plan(plan=followed, languages=["en"], formats=[], by=people[Role.COORDINATOR])

    page = (made.content / "index.html").read_text("utf-8")
    assert "“Recorded crime”, import" in page
    assert "incidents in each month; computed on" in page.replace("\xa0", " ")
    assert '"value":38.0' in (made.content / "plan.json").read_text("utf-8").replace(" ", "")
    assert "No count of recorded incidents" not in page
