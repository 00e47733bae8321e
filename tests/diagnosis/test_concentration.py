"""How few places hold how much."""

import numpy as np
import pytest

from forestall.diagnosis import measure_concentration
from forestall.errors import CannotAnswer
from forestall.records import count_incidents, square_grid

# Crimes, squares with 25, 50 and 80 %, Gini: design/report.html.
PUBLISHED = {
    "all": (28760, 25, 88, 256, 0.67),
    "Shoplifting": (3628, 5, 18, 55, 0.93),
    "Violence and sexual offences": (10413, 30, 93, 254, 0.67),
    "Anti-social behaviour": (12138, 27, 84, 249, 0.68),
    "Burglary": (2264, 25, 85, 253, 0.69),
    "Vehicle crime": (1694, 28, 83, 232, 0.71),
}


def gini_by_definition(counts):
    return np.abs(counts[:, None] - counts).mean() / (2 * counts.mean())


def test_cleveland_is_as_concentrated_as_published_in_the_design(cleveland_counts):
    found = measure_concentration(cleveland_counts)

    for group, (incidents, *places, gini) in PUBLISHED.items():
        row = found.row(group)
        assert row["incidents"] == incidents
        assert [row["places_25"], row["places_50"], row["places_80"]] == places
        assert round(row["gini"], 2) == gini
        assert row["places"] == 888
    assert round(found.row("Burglary")["chance_places_50"] / 888, 2) == 0.28
    assert found.table["group"].iloc[0] == "all"


@pytest.mark.parametrize("place", ["cleveland", "chicago"])
def test_the_numbers_follow_first_principles_on_two_data_sets(place, request):
    incidents = request.getfixturevalue(place)
    grid = square_grid(incidents, cell_m=1000)
    counts = count_incidents(incidents, places=grid, by="offence")

    found = measure_concentration(counts, among="all")

    per_place = counts.crimes().per_place().astype(float)
    row = found.row()
    units, total = per_place.size, per_place.sum()
    assert row["gini"] == pytest.approx(gini_by_definition(per_place), abs=1e-9)
    assert row["gini_generalised"] == pytest.approx(
        max(units / total, 1) * (gini_by_definition(per_place) - 1) + 1, abs=1e-9
    )
    ordered = np.sort(per_place)[::-1]
    assert row["share_top_5"] == pytest.approx(
        ordered[: int(np.ceil(units / 20))].sum() / total, abs=1e-9
    )
    rarest = found.table.sort_values("incidents").iloc[0]
    few = counts.per_place(offence=rarest["group"]).astype(float)
    assert rarest["gini_generalised"] == pytest.approx(
        max(few.size / few.sum(), 1) * (gini_by_definition(few) - 1) + 1, abs=1e-9
    )


def test_places_without_a_record_of_any_kind_can_be_left_out(squares):
    counts = squares([[4, 0, 0], [1, 1, 0]])

    recorded, everywhere = (measure_concentration(counts, among=x) for x in ("recorded", "all"))

    assert (recorded.row()["places"], everywhere.row()["places"]) == (3, 6)
    assert recorded.row()["gini"] < everywhere.row()["gini"]
    assert "3 places (squares of 100" in str(recorded.caveats[0])


def test_the_sentence_sets_the_half_against_chance(squares):
    found = measure_concentration(squares([[40, 1, 1], [1, 1, 1]]))

    assert found.summary().replace("\N{NO-BREAK SPACE}", " ") == (
        "All recorded crime: half was recorded in 1 of 6 squares of 100 m; "
        "chance alone would give about 3."
    )
    assert len(found.plot().to_dict()["layer"]) == 2


def test_nothing_located_is_refused(squares, months):
    with pytest.raises(CannotAnswer, match="no place holds any"):
        measure_concentration(squares([[0, 0], [0, 0]]))
    with pytest.raises(CannotAnswer, match="places="):
        measure_concentration(months([1, 2]))


def test_one_offence_gives_its_name_also_when_it_was_not_counted_by_offence(cleveland):
    burglary = cleveland.filter(offences="Burglary")
    grid = square_grid(burglary, cell_m=500)

    alone = measure_concentration(count_incidents(burglary, places=grid))
    all_kinds = measure_concentration(count_incidents(cleveland, places=grid))

    assert alone.summary().startswith("Burglary: half was recorded in")
    assert all_kinds.summary().startswith("All recorded crime: half was recorded in")
