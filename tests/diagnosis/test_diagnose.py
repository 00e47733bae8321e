"""The whole diagnosis from one count."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from forestall.diagnosis import OTHER_KINDS, Unanswered, counted, diagnose
from forestall.diagnosis.cell_size import choose_cell_m, narrow_for_few
from forestall.errors import CannotAnswer
from forestall.records import Incidents, areas_from_file, square_grid
from forestall.results import Result
from tests.diagnosis.conftest import EXAMPLES


def diagnosis_of(incidents: Incidents, **settings: Any) -> Any:
    """Diagnose incidents of which the test knows what can be answered."""
    return diagnose(incidents, **settings)


@pytest.fixture(scope="module")
def of_cleveland(cleveland):
    return diagnose(cleveland)


def test_cleveland_adds_up_everywhere(of_cleveland):
    assert (of_cleveland.crimes_total, of_cleveland.apart_total) == (28760, 12138)
    assert (of_cleveland.first_day, of_cleveland.last_day) == (date(2018, 10, 1), date(2019, 2, 28))
    assert of_cleveland.counts.total == of_cleveland.monthly["incidents"].sum() == 40898
    assert of_cleveland.trend.table["incidents"].sum() == 28760
    assert of_cleveland.hotspots.incidents_total == 28760
    assert len(of_cleveland.monthly) == 5 * 14
    assert of_cleveland.place_name == "Cleveland"


def test_anti_social_behaviour_is_counted_apart(of_cleveland):
    last = of_cleveland.offences[-1]

    assert (last.label, last.counts_as_crime) == ("Anti-social behaviour", False)
    assert of_cleveland.priorities.apart["group"].tolist() == ["Anti-social behaviour"]
    assert of_cleveland.offences[-2].label == "Other crime"


def test_what_cannot_be_answered_says_why(of_cleveland):
    assert isinstance(of_cleveland.timing, Unanswered)
    assert "no time of day" in str(of_cleveland.timing)
    assert isinstance(of_cleveland.rates, Unanswered)


def test_landmarks_are_those_of_the_design(of_cleveland):
    found = of_cleveland.landmarks.set_index("context")["incidents"]

    assert (found["Supermarket"], found["Parking Area"]) == (1317, 1161)


def test_every_answer_explains_itself(of_cleveland):
    answers = [value for value in vars(of_cleveland).values() if isinstance(value, Result)]

    assert len(answers) == 5
    for answer in answers:
        assert answer.summary().endswith(".")
        assert "significant" not in answer.summary()
        assert answer.caveats
        assert answer.made_by.endswith(")")
        assert answer.plot().to_dict()["layer"]
    assert "500 m" in str(of_cleveland.notes[0]).replace("\N{NO-BREAK SPACE}", " ")


def test_chicago_has_hours_areas_and_a_trend(chicago):
    areas = areas_from_file(
        EXAMPLES / "chicago" / "chicago_community_areas.geojson",
        code="community_area",
        name="name",
    )

    diagnosis = diagnosis_of(chicago, areas=areas)

    assert diagnosis.timing.rows_used == 25_000
    assert diagnosis.by_area.total == 25_000
    assert diagnosis.trend.annual_change is not None
    assert diagnosis.offences[-1].label == OTHER_KINDS
    assert len(diagnosis.offences) == counted.MOST_GROUPS
    assert sum(group.incidents for group in diagnosis.offences) == 25_000
    assert str(diagnosis.rates) == "No population figures were given."


def test_incidents_outside_the_places_stay_in_the_totals(cleveland):
    town = square_grid(origin=(448_000, 518_000), cell_m=500, columns=8, rows=8, crs="EPSG:27700")

    diagnosis = diagnosis_of(cleveland, places=town)

    assert 0 < diagnosis.hotspots.incidents_total < 28760
    assert diagnosis.crimes_total == 28760
    assert diagnosis.trend.table["incidents"].sum() == 28760


def test_one_kind_only_can_be_diagnosed(cleveland):
    diagnosis = diagnosis_of(cleveland.filter(offences="Bicycle theft"), cell_m=1000)

    assert [group.label for group in diagnosis.offences] == ["Bicycle theft"]
    assert diagnosis.crimes_total == diagnosis.trends["Bicycle theft"].table["incidents"].sum()
    assert diagnosis.places.cell_m == 1000


def test_small_kinds_are_not_tested_for_hot_spots(chicago):
    diagnosis = diagnosis_of(chicago.filter(offences=["ARSON", "GAMBLING", "STALKING"]))

    small = [group.label for group in diagnosis.offences if not group.tested]
    assert small
    assert not set(small) & set(diagnosis.hotspots_by_group)


def test_nothing_to_diagnose_is_refused(cleveland):
    nothing = replace(cleveland, table=cleveland.table.limit(0))

    with pytest.raises(CannotAnswer, match="none is left"):
        diagnose(nothing)


def test_exact_points_get_squares_by_extent_and_number(chicago):
    manifest = replace(
        chicago.manifest, location_precisions={"exact": 10}, extent=(0.0, 0.0, 10_000.0, 10_000.0)
    )

    assert choose_cell_m(manifest, 20_000)[0] == 100
    assert choose_cell_m(manifest, 5_000)[0] == 200
    assert choose_cell_m(manifest, 2)[0] == 5000


def test_moved_points_of_a_small_place_get_narrower_squares():
    narrower = narrow_for_few(24, 586)

    assert narrower is not None
    assert narrower[0] == 250
    assert "only 24 squares" in str(narrower[1])
    assert narrow_for_few(150, 40_000) is None
    assert narrow_for_few(24, 191) is None


def test_a_diagnosis_says_what_it_is_doing(cleveland):
    said = []

    diagnose(cleveland, cell_m=1000, progress=lambda one: said.append(str(one.doing)))

    assert said[0] == "Counting by place, month and kind"
    assert len(said) == len(set(said)) == 4
