"""This file knows how counts and rates by area are protected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall._stats.overdispersion import funnel_limits, rank_intervals, winsorised_dispersion
from forestall.diagnosis import Rates
from forestall.disclosure import DisclosureRule, Treatment, protect_table
from forestall.publication.protected.coarse import shorten_columns
from forestall.publication.protected.months import REST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.diagnosis import Diagnosis, OffenceGroup, Unanswered
    from forestall.disclosure import SafeTable
    from forestall.records import Places

ELSEWHERE = "elsewhere"
_SEED = 20020724
_MOST_AREAS_ACROSS = 12
_MOST_KINDS_DOWN = 7
_LEAST_OF_CRIME = 0.01


def protect_areas(diagnosis: Diagnosis, *, rule: DisclosureRule) -> SafeTable | None:
    """Protect the areas, and what lies in none of them, with their shares."""
    counts = diagnosis.by_area
    if counts is None or counts.places is None:
        return None
    crimes = counts.crimes()
    inside = crimes.per_place()
    outside = diagnosis.crimes_total - int(inside.sum())
    table = pd.DataFrame(
        {
            "area": [*map(str, counts.places.codes), ELSEWHERE],
            "name": [*map(str, counts.places.names), ""],
            "incidents": np.array([*inside, outside], dtype=np.int64),
        }
    )
    table["share"] = (table["incidents"] / max(diagnosis.crimes_total, 1)).round(4)
    table = table.iloc[[*_by_name(counts.places), len(table) - 1]].reset_index(drop=True)
    return protect_table(table, rule=rule, rows="area", shares=["share"], attributes=["name"])


def _by_name(places: Places) -> list[int]:
    """Return the order of areas by name, then by code; no more of a ranking than an alphabet is."""
    names = [(str(n).casefold(), str(c)) for n, c in zip(places.names, places.codes, strict=True)]
    return sorted(range(len(names)), key=names.__getitem__)


def protect_area_kinds(
    diagnosis: Diagnosis,
    kinds: Sequence[OffenceGroup],
    areas: SafeTable | None,
    *,
    rule: DisclosureRule,
) -> SafeTable | None:
    """Protect kind by area by rounding: exact numbers would show what lies in no area."""
    counts = diagnosis.by_area
    if areas is None or counts is None or counts.places is None or len(kinds) < 2:
        return None
    if counts.places.size > _MOST_AREAS_ACROSS:
        return None
    first = kinds[:_MOST_KINDS_DOWN]
    rows = {group.label: counts.per_place(offence=group.label) for group in first}
    if len(kinds) > len(first):
        rows[REST] = counts.crimes().per_place() - np.sum(list(rows.values()), axis=0)
    table = pd.DataFrame(
        [
            (label, str(counts.places.codes[k]), int(numbers[k]))
            for label, numbers in rows.items()
            for k in _by_name(counts.places)
        ],
        columns=["offence", "area", "incidents"],
    )
    base = max(5, rule.threshold)
    rounding = DisclosureRule(
        threshold=rule.threshold, treatment=Treatment.ROUND, rounding_base=base
    )
    return protect_table(table, rule=rounding, rows="offence", columns="area")


def protect_district_kinds(
    diagnosis: Diagnosis, kinds: Sequence[OffenceGroup], *, rule: DisclosureRule
) -> SafeTable | None:
    """Protect kind by district by rounding: exact numbers would show what lies in no district."""
    districts = main_districts(diagnosis)
    if not 1 < len(districts) <= _MOST_AREAS_ACROSS or diagnosis.by_area is not None:
        return None
    names = {label: group.label for group in kinds[:_MOST_KINDS_DOWN] for label in group.labels}
    table = diagnosis.districts[diagnosis.districts["district"].isin(districts)]
    table = table.assign(offence=table["offence"].map(names).fillna(REST))
    order = [*dict.fromkeys(names.values()), *([REST] if (table["offence"] == REST).any() else [])]
    cells = pd.MultiIndex.from_product([order, districts], names=["offence", "district"])
    sums = table.groupby(["offence", "district"])["incidents"].sum().reindex(cells, fill_value=0)
    base = max(5, rule.threshold)
    rounding = DisclosureRule(
        threshold=rule.threshold, treatment=Treatment.ROUND, rounding_base=base
    )
    counted = sums.astype(np.int64).reset_index()
    return protect_table(counted, rule=rounding, rows="offence", columns="district")


def main_districts(diagnosis: Diagnosis) -> list[str]:
    """Return the districts with at least a hundredth of recorded crime, by name."""
    if diagnosis.districts.empty:
        return []
    sums = diagnosis.districts.groupby("district")["incidents"].sum()
    return sorted(map(str, sums[sums >= _LEAST_OF_CRIME * diagnosis.crimes_total].index))


def protect_rates(
    found: Rates | Unanswered, areas: SafeTable | None, *, rule: DisclosureRule
) -> SafeTable | None:
    """Protect the rates of areas whose number can be shown.

    Ranks, the limits of chance and what lies beyond them are made from the shown areas alone, so
    that nothing in the table depends on a hidden number.
    """
    if not isinstance(found, Rates):
        return None
    table = found.table.copy()
    table["place"] = table["place"].astype(str)
    if areas is not None:
        hidden = {label for label in areas.row_labels if areas.value(label) is None}
        table = table[~table["place"].isin(hidden)].reset_index(drop=True)
    table = shorten_columns(among_shown(table, per=found.per), _SHORTENED)
    derived = [name for name in table.columns if name not in _KNOWN_OF_AREAS]
    return protect_table(
        table,
        rule=rule,
        rows="place",
        derived=derived,
        attributes=["name", "population"],
        margins=(),
    )


def shown_rate(safe: SafeTable, *, per: float) -> float:
    """Return the rate of all shown areas together, to print instead of that of all areas.

    The rate of all areas with its digits would tell what the hidden areas hold.
    """
    shown = safe.frame.dropna(subset=["incidents", "population"])
    people = float(shown["population"].sum())
    return float(shown["incidents"].sum()) / people * per if people else 0.0


def among_shown(table: pd.DataFrame, *, per: float) -> pd.DataFrame:
    """Compare the areas of a table with each other: limits of chance, ranks and state.

    Parameters
    ----------
    table
        ``population``, ``incidents`` and ``rate`` by area, as `Rates` has them.
    per
        The rate is per so many.
    """
    people = table["population"].to_numpy(dtype=float)
    incidents = table["incidents"].to_numpy(dtype=np.int64)
    known = people > 0
    if not known.any():
        return table
    expected = np.where(known, people, np.nan) * (incidents[known].sum() / people[known].sum())
    some = bool(incidents[known].any())
    dispersion = winsorised_dispersion(incidents[known], expected[known]) if some else 1.0
    limits = {}
    for name, level in (("95", 0.95), ("998", 0.998)):
        low, high = funnel_limits(expected, level=level, dispersion=dispersion)
        limits[f"funnel_low_{name}"] = low / people * per
        limits[f"funnel_high_{name}"] = high / people * per
    table = table.assign(**limits, rank=table["rate"].rank(ascending=False, method="min"))
    for column, ranks in zip(
        ("rank_low", "rank_high"),
        rank_intervals(incidents[known], people[known], seed=_SEED),
        strict=True,
    ):
        table[column] = pd.Series(ranks, index=np.flatnonzero(known)).reindex(table.index)
    above = table["rate"] > table["funnel_high_998"]
    below = table["rate"] < table["funnel_low_998"]
    table["state"] = np.select([~known, above, below], ["unknown", "higher", "lower"], "within")
    return table


_KNOWN_OF_AREAS = ("place", "name", "population", "incidents")
_SHORTENED = (
    "rate",
    "low",
    "high",
    "funnel_low_95",
    "funnel_high_95",
    "funnel_low_998",
    "funnel_high_998",
)
