"""This file knows what each column of the published tables means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Message, message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.disclosure import SafeTable

TABLES: dict[str, Message] = {
    "offences": message("Kinds of crime, as the source names them"),
    "apart_offences": message("Kinds that the source does not count as crime"),
    "months": message("All recorded crime by month"),
    "apart_months": message("What is counted apart, by month"),
    "group_months": message("Kind by month; small kinds are together in “rest”"),
    "changes": message("Kind before and after, per day, with the comparison"),
    "season": message("Months of the year against an average month"),
    "week": message("Hour by weekday"),
    "day": message("Six parts of the day, by their first hour"),
    "squares": message(
        "Places with anything recorded, and those in areas that stand out; the others have none"
    ),
    "standing_out": message("Areas that stand out beyond chance"),
    "landmarks": message("Kinds of place, as the publisher names them"),
    "near_repeats": message("Pairs of incidents by the distance and the days between them"),
    "pattern_change": message("Places by what became of their share of all that was recorded"),
    "places_kept": message("How many places hold half of each year, and whether they stay"),
    "concentration": message("How few places hold how much, by kind"),
    "curve": message("Share of incidents in the busiest places, in steps"),
    "areas": message("All recorded crime by area"),
    "area_offences": message("Kind by area, rounded"),
    "district_offences": message("Kind by district, rounded"),
    "rates": message("Rate by area with its interval and the limits of chance"),
    "priorities": message("Which kinds deserve attention first, by open criteria"),
    "evaluated_counts": message("Incidents before and after, in places and rings"),
    "evaluated_outcomes": message("All outcomes of the evaluation, before and after"),
    "treated_months": message("The treated places over time, with what was expected"),
    "moved_kinds": message("Kinds before and after, in treated places and around them"),
    "moved_weekdays": message("Weekdays before and after, in treated places and around them"),
    "moved_times": message("Times of day before and after, in treated places and around them"),
    "harm_kinds": message("Kinds that harm was weighed from, before and after"),
}

_COLUMNS: dict[str, Message] = {
    "after": message("incidents in the later months"),
    "area": message("area"),
    "cell": message("where and when: treated, comparison or around; before or after"),
    "first_day": message("first day counted"),
    "last_day": message("last day counted"),
    "inner_m": message("nearest distance of the ring from the places, in metres"),
    "outer_m": message("farthest distance of the ring from the places, in metres"),
    "kind": message("kind of incident, weekday or time of day"),
    "outcome": message("what was counted"),
    "points": message("difference in points of harm, against the comparison"),
    "when": message("before or after the measure"),
    "where": message("treated places, comparison places, or a ring around them"),
    "attention": message("weighted mean of the criteria, 0 to 1"),
    "average_12": message("mean of the last twelve months"),
    "band": message("number of the row: a kind with a band of distance and days"),
    "before": message("incidents in the earlier months"),
    "certainty": message("how sure the comparison is, in the words of the report"),
    "chance_places_50": message("places that would hold half if incidents fell at random"),
    "change": message("criterion: how clearly more is recorded, 0 to 1"),
    "change_certainty": message("how sure the change is"),
    "change_ratio": message("later months divided by the earlier ones, per day"),
    "concentration": message("criterion: how concentrated, 0 to 1"),
    "context": message("kind of place"),
    "counts_as_crime": message("whether the source counts it as crime"),
    "covered": message("whether the file covers the month"),
    "days_from": message("fewest days between the two incidents of a pair"),
    "days_to": message("days between the two, this number not included"),
    "distance_from_m": message("shortest distance between the two, in metres"),
    "distance_to_m": message("distance between the two, this number not included, in metres"),
    "district": message("district, as the source names it"),
    "expected": message("pairs by chance: the mean over all orders of the times"),
    "factor": message("per day, as a multiple of an average month"),
    "funnel_high_95": message("upper 95 % limit of chance, widened"),
    "funnel_high_998": message("upper 99.8 % limit of chance, widened"),
    "funnel_low_95": message("lower 95 % limit of chance, widened"),
    "funnel_low_998": message("lower 99.8 % limit of chance, widened"),
    "gini": message("Gini coefficient over places with any record; 0 even, 1 all in one"),
    "gini_generalised": message("Gini coefficient that allows for few events"),
    "group": message("kind of offence, or all"),
    "harm": message("criterion: harm, 0 to 1"),
    "high": message("upper end of the 95 % interval"),
    "hour": message("hour of the day, 0 to 23"),
    "incidents": message("incidents"),
    "kept": message(
        "share of these places that held half in the year before too, in steps of 5 % or 10 %"
    ),
    "kept_if_drawn_anew": message("the same if the places were drawn anew each year"),
    "kept_if_stable": message("the same if every place kept its share of the incidents"),
    "letter": message("area that stands out; empty for all other places"),
    "low": message("lower end of the 95 % interval"),
    "month": message("month of the year, 1 to 12"),
    "name": message("name"),
    "offence": message("kind of offence"),
    "p_holm": message("p-value, adjusted for the number of comparisons (Holm)"),
    "p_max": message("p-value of one kind, allowing for all its bands together"),
    "p_value": message("two-sided p-value"),
    "pairs": message("pairs of incidents"),
    "part": message("share of everything recorded in places"),
    "per_day": message("incidents a day"),
    "period": message("month, by its first day"),
    "place": message("code of the place"),
    "places": message("places that the measure looks at"),
    "places_25": message("smallest number of places that hold 25 %, in fives where hidden"),
    "places_50": message("smallest number of places that hold 50 %, in fives where hidden"),
    "places_80": message("smallest number of places that hold 80 %, in fives where hidden"),
    "places_with_any": message("places with at least one incident of the kind"),
    "population": message("people, households or whatever the rate is per"),
    "rank": message("rank among those listed, 1 the highest"),
    "rank_high": message("upper end of the 95 % interval of the rank"),
    "rank_low": message("lower end of the 95 % interval of the rank"),
    "rate": message("incidents per so many of the population"),
    "ratio": message("later months divided by the earlier ones, per day"),
    "share": message("share of the total, 0 to 1"),
    "share_after": message("share of all in the later months, 0 to 1"),
    "share_before": message("share of all in the earlier months, 0 to 1"),
    "share_of_incidents": message("share of incidents in these places, 0 to 1"),
    "share_of_places": message("share of places, busiest first, 0 to 1"),
    "share_top_1": message("share of incidents in the busiest 1 % of places"),
    "share_top_10": message("share of incidents in the busiest 10 % of places"),
    "share_top_5": message("share of incidents in the busiest 5 % of places"),
    "side": message("earlier months (before) or later months (after)"),
    "squares": message("number of places in the area"),
    "state": message("higher or lower than the limits of chance, within, or unknown"),
    "step": message("number of the step along the curve"),
    "volume": message("criterion: how many incidents, 0 to 1"),
    "weekday": message("day of the week, 0 is Monday"),
    "year": message("calendar year"),
}

_IN_TABLE: dict[tuple[str, str], Message] = {
    ("near_repeats", "ratio"): message("pairs recorded divided by pairs by chance"),
    ("pattern_change", "incidents"): message("incidents in these places in the later months"),
    ("pattern_change", "places"): message("places with any record in the months compared"),
    ("pattern_change", "state"): message(
        "whether the share of a place is higher or lower than before, or similar"
    ),
    ("places_kept", "places_50"): message("smallest number of places that hold 50 %, in fives"),
    ("treated_months", "after"): message("whether the measure could work then"),
    ("treated_months", "expected"): message("incidents expected without the measure"),
    ("treated_months", "period"): message("first month of the row"),
    ("evaluated_counts", "expected"): message("incidents expected from the comparison"),
    ("harm_kinds", "harm"): message("points of harm for one incident"),
    **{
        (table, "ratio"): message("recorded after the measure, divided by what was expected")
        for table in ("evaluated_counts", "evaluated_outcomes", "moved_kinds", "moved_weekdays")
    },
    ("moved_times", "ratio"): message("recorded after the measure, divided by what was expected"),
}


def meaning(table: str, column: str) -> str:
    """Return what a column means.

    Raises
    ------
    KeyError
        If a table is published with a column that nobody explained.
    """
    return str(_meaning(table, column))


def codebook_rows(tables: Mapping[str, SafeTable]) -> list[tuple[str, str, str, str]]:
    """Return file, what it holds, column, what it means: one row a column."""
    return [
        (file, str(holds), column, str(means))
        for file, holds, column, means in codebook_entries(tables)
    ]


def codebook_entries(
    tables: Mapping[str, SafeTable],
) -> list[tuple[str, Message, str, Message]]:
    """Return the same to be written in any language."""
    return [
        (f"{name}.csv", TABLES[name], column, _meaning(name, column))
        for name, safe in tables.items()
        for column in safe.frame.columns
    ]


def _meaning(table: str, column: str) -> Message:
    own = _IN_TABLE.get((table, column))
    return _COLUMNS[column] if own is None else own
