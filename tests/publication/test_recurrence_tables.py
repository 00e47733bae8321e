"""Near repeats and places that stay: no hidden number follows from what is published of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from forestall.diagnosis import ConcentrationOverTime, PatternChange, diagnose
from forestall.disclosure import Status, rule_named
from forestall.publication import protect_diagnosis, publish_diagnosis
from forestall.publication.example import example_diagnosis, example_incidents
from forestall.publication.protected.kinds import protect_kinds
from forestall.publication.protected.months import protect_months
from forestall.publication.protected.recurrence import (
    protect_near_repeats,
    protect_pattern_change,
    protect_places_kept,
)
from forestall.records import square_grid

FIVE = rule_named("threshold-5")
RULES = [FIVE, rule_named("threshold-10")]
AGAIN = ("near_repeats", "pattern_change", "places_kept")


@pytest.fixture(scope="module")
def town():
    """Three years in which each month has ten incidents or more."""
    return example_diagnosis(kinds={"Burglary": 900}, months=36)


def kinds_of(diagnosis):
    return protect_kinds(diagnosis.offences, rule=FIVE)


def changes_of(diagnosis, *, rule=FIVE) -> Any:
    months = protect_months(diagnosis, diagnosis.offences, rule=rule)
    return protect_pattern_change(diagnosis, months, rule=rule)


def kept_of(diagnosis, *, rule=FIVE) -> Any:
    months = protect_months(diagnosis, diagnosis.offences, rule=rule)
    return protect_places_kept(diagnosis, months, rule=rule)


def months_total(safe, months):
    return int(safe.months.frame.set_index("period").loc[list(months), "incidents"].sum())


def with_states(town, **numbers):
    """Return the town with made-up places: (before, after) of each place of a state."""
    rows = [
        {"place": place, "before": before, "after": after, "state": state}
        for state, pairs in numbers.items()
        for place, (before, after) in enumerate(pairs)
    ]
    changed = replace(town.pattern_change, table=pd.DataFrame(rows))
    known = town.trend.compared
    sums = changed.table[["before", "after"]].sum()
    monthly = town.monthly.copy()
    for months, total in (
        (known.before_months, sums["before"]),
        (known.after_months, sums["after"]),
    ):
        each = monthly["period"].isin(months)
        monthly.loc[each, "incidents"] = spread(int(total), int(each.sum()))
    return replace(town, pattern_change=changed, monthly=monthly)


def spread(total, parts):
    return [total // parts + (k < total % parts) for k in range(parts)]


# Near repeats


def test_few_pairs_are_hidden_with_what_is_made_of_them():
    town: Any = example_diagnosis(kinds={"Burglary": 150}, months=12)
    safe: Any = protect_near_repeats(town, kinds_of(town), rule=rule_named("threshold-50"))
    few = safe.frame[safe.frame["pairs"].isna()]

    true = town.near_repeats.by_kind["Burglary"].table["observed"]
    assert true.between(1, 49).sum() == len(few) > 0
    assert few[["expected", "ratio", "p_max"]].isna().all(axis=None)
    assert not safe.frame["pairs"].between(1, 49).any()


def test_a_kind_whose_number_is_hidden_as_a_companion_is_not_among_the_kinds():
    town: Any = example_diagnosis(kinds={"Burglary": 400, "Robbery": 120, "Arson": 2})
    safe: Any = protect_diagnosis(town, rule=FIVE)

    assert safe.offences.cell("Robbery").status is Status.SECONDARY
    assert "Robbery" in town.near_repeats.by_kind
    assert set(safe.near_repeats.frame["offence"]) == {"Burglary"}


def test_without_a_kind_that_is_shown_there_is_no_table():
    town = example_diagnosis(kinds={"Burglary": 120, "Arson": 2})

    assert protect_near_repeats(town, kinds_of(town), rule=FIVE) is None


def test_no_sentence_counts_the_incidents_of_a_kind_in_two_years(tmp_path):
    town: Any = example_diagnosis(kinds={"Burglary": 260, "Robbery": 400}, months=26)
    used = {found.incidents_used for found in town.near_repeats.by_kind.values()}
    counted = [c for found in town.near_repeats.by_kind.values() for c in found.caveats if c.count]

    page = publish_diagnosis(town, out=tmp_path / "report").page.read_text()

    assert used <= {caveat.count for caveat in counted}
    assert not [caveat for caveat in counted if str(caveat) in page]


# Places that hold a larger or a smaller share


@pytest.mark.parametrize(
    "higher",
    [
        [(2, 40), (0, 30), (1, 25)],
        [(30, 2), (30, 0), (30, 1)],
        [(20, 60), (10, 40)],
    ],
    ids=["few before", "few after", "two places"],
)
def test_places_that_can_be_found_on_the_map_are_not_added_up(town, higher):
    changed = with_states(town, higher=higher, similar=[(20, 20)] * 12)

    assert changes_of(changed) is None


def test_enough_places_with_enough_in_both_years_are_added_up(town):
    changed = with_states(town, higher=[(5, 40), (3, 30), (2, 25)], similar=[(20, 20)] * 12)
    safe = changes_of(changed)

    assert safe.frame["incidents"].tolist() == [95, 240]
    assert safe.frame["places"].tolist() == [3, 12]
    assert changes_of(changed, rule=rule_named("threshold-20")) is None


def test_few_incidents_without_a_place_do_not_follow_from_the_months(town):
    changed = with_states(town, similar=[(20, 20)] * 12)
    after = changed.trend.compared.after_months[0]
    monthly = changed.monthly.copy()
    monthly.loc[monthly["period"] == after, "incidents"] += 2
    some = replace(changed, monthly=monthly)

    assert changes_of(changed) is not None
    assert changes_of(some) is None


# Years


@pytest.mark.parametrize("rule", ["rounding-5", "threshold-5-rounding-5"])
def test_years_and_states_are_withheld_where_months_are_rounded(town, rule):
    known = rule_named(rule)

    assert (changes_of(town, rule=known), kept_of(town, rule=known)) == (None, None)


def test_years_and_states_are_withheld_where_a_month_is_hidden():
    few = example_diagnosis(kinds={"Burglary": 330}, months=36)
    months = protect_months(few, few.offences, rule=FIVE)

    assert (months.status != Status.SHOWN).any()
    assert isinstance(few.places_kept, ConcentrationOverTime)
    assert isinstance(few.pattern_change, PatternChange)
    assert (changes_of(few), kept_of(few)) == (None, None)


def test_a_year_has_the_number_of_its_months_wherever_they_were_recorded():
    west = square_grid(origin=(448_000, 518_000), cell_m=500, columns=7, rows=8, crs="EPSG:27700")
    incidents = example_incidents(kinds={"Burglary": 900}, months=36)
    some: Any = diagnose(incidents, places=west)
    frame = kept_of(some).frame

    assert some.places_kept.table["incidents"].sum() < frame["incidents"].sum()
    per_year = some.monthly.groupby(some.monthly["period"].dt.year)["incidents"].sum()
    assert frame["incidents"].tolist() == per_year.loc[frame["year"]].tolist()


@pytest.mark.parametrize("fives", [5, 10, 15, 20])
def test_a_share_of_places_is_one_of_three_numbers_of_places_or_more(town, fives):
    months = protect_months(town, town.offences, rule=FIVE)
    printed: dict[float, set[int]] = {}
    for half in (n for n in range(1, 30) if max(5 * round(n / 5), 5) == fives):
        for kept in range(half + 1):
            row = kept_row(town, months, half=half, kept=kept / half)
            assert row["places_50"] == fives
            printed.setdefault(round(row["kept"], 2), set()).add(half)

    assert min(len(possible) for possible in printed.values()) >= 3


def kept_row(town, months, *, half, kept):
    found = town.places_kept
    table = found.table.assign(places_50=half)
    pairs = found.pairs.assign(places_before=half, places_after=half, kept=kept)
    made = replace(town, places_kept=replace(found, table=table, pairs=pairs))
    safe: Any = protect_places_kept(made, months, rule=FIVE)
    numbers = safe.frame.iloc[-1]
    return numbers.astype(object).where(numbers.notna(), -1).astype(float)


@pytest.mark.parametrize("half", [18, 20, 22])
def test_places_drawn_anew_are_made_of_the_printed_number_of_places(town, half):
    months = protect_months(town, town.offences, rule=FIVE)
    every = int(town.places_kept.table["places"].iloc[0])
    row = kept_row(town, months, half=half, kept=0.5)

    assert row["places_50"] == 20
    assert row["kept_if_drawn_anew"] == pytest.approx(round(20 / every / 0.05) * 0.05)


# All of it together


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_sums_of_the_new_tables_leave_nothing_small_beside_the_months(bundled, rule):
    check_sums(bundled, rule=rule)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@pytest.mark.parametrize(("number", "months"), [(300, 24), (500, 36), (700, 40), (2000, 50)])
def test_nor_in_small_towns(number, months, rule):
    check_sums(example_diagnosis(kinds={"Theft": number, "Fraud": 90}, months=months), rule=rule)


def check_sums(diagnosis, *, rule):
    safe: Any = protect_diagnosis(diagnosis, rule=rule)
    small = range(1, rule.threshold)
    if safe.pattern_change is not None:
        compared = diagnosis.trend.compared
        total = months_total(safe, compared.after_months)
        assert total - int(safe.pattern_change.frame["incidents"].sum()) not in small
        before = months_total(safe, compared.before_months)
        shares = safe.pattern_change.frame["share_before"].astype(float)
        assert not [n for n in shares * before if 0 < n < rule.threshold - 0.005 * before]
    if safe.places_kept is not None:
        for year, number in safe.places_kept.frame[["year", "incidents"]].itertuples(index=False):
            year_months = pd.date_range(f"{year}-01-01", periods=12, freq="MS")
            assert number == months_total(safe, year_months)
    if safe.near_repeats is not None:
        kinds = set(safe.near_repeats.frame["offence"])
        assert all(safe.offences.value(kind) is not None for kind in kinds)
        assert not set(safe.near_repeats.frame["pairs"].dropna()) & set(small)
    for name in AGAIN:
        table = getattr(safe, name)
        assert table is None or table.total is None
