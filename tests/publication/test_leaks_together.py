"""All that is published of an example, taken together, gives no hidden number away."""

from __future__ import annotations

from typing import Any

from forestall.disclosure import Link, rule_named, search_differences
from forestall.publication import protect_diagnosis
from forestall.publication.numbers import table_numbers

RULE = rule_named("threshold-5")


def all_links(safe, diagnosis):
    kinds = [str(kind) for kind in safe.offences.row_labels]
    in_months = [str(kind) for kind in safe.group_months.row_labels]
    links = []
    if "rest" in in_months:
        small = [{"offence": kind} for kind in kinds if kind not in in_months]
        links.append(Link(whole={"offence": "rest"}, parts=small))
    if safe.changes is not None:
        compared = diagnosis.group_changes.compared
        months = {"before": compared.before_months, "after": compared.after_months}
        links += [
            Link(
                whole={**safe.changes.within, "group": group, "side": side},
                parts=[{"offence": group, "period": month} for month in months[side]],
            )
            for group in safe.changes.row_labels
            if group in in_months
            for side in months
        ]
    if safe.season is not None:
        links += [
            Link(
                whole={"month": month},
                parts=[{"period": p} for p in safe.months.row_labels if p.month == month],
            )
            for month in safe.season.row_labels
        ]
    if safe.places_kept is not None:
        links += [
            Link(
                whole={**safe.places_kept.within, "year": year},
                parts=[{"period": p} for p in safe.months.row_labels if p.year == year],
            )
            for year in safe.places_kept.row_labels
        ]
    return links


def test_no_hidden_number_follows_from_all_tables_of_kinds_and_months(bundled):
    safe: Any = protect_diagnosis(bundled, rule=RULE)
    tables = [safe.offences, safe.months, safe.group_months, safe.changes, safe.season, safe.areas]
    tables.append(safe.places_kept)
    there = [table for table in tables if table is not None]

    assert search_differences(there, links=all_links(safe, bundled)) == ()


def test_no_hidden_place_follows_from_the_totals_of_areas_that_stand_out(bundled):
    safe: Any = protect_diagnosis(bundled, rule=RULE)
    frame = safe.squares.frame
    links = [
        Link(
            whole={"letter": letter},
            parts=[{"place": p, "letter": letter} for p in rows["place"]],
        )
        for letter, rows in frame.groupby("letter")
    ]

    assert search_differences([safe.squares], links=links) == ()


MORE_DIGITS = {"average_12": 6, "per_day": 5, "population": 12}


def digits_of(value):
    return len(f"{abs(value):.12g}".split("e")[0].replace(".", "").strip("0"))


def test_no_number_has_more_digits_than_it_needs(bundled):
    safe: Any = protect_diagnosis(bundled, rule=RULE)
    tables = {name: table_numbers(name, table) for name, table in safe.tables.items()}
    long = {
        (name, column, value)
        for name, table in tables.items()
        for record in table["records"]
        for column, value in record.items()
        if isinstance(value, float)
        and not value.is_integer()
        and digits_of(value) > MORE_DIGITS.get(column, 4)
    }

    assert long == set()
