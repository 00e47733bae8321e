"""This file knows how near repeats and the places that stay are protected.

Numbers by year or by state of a place add up to months. They are shown only where each of these
months is shown, so that no month can be worked out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.diagnosis import ConcentrationOverTime, NearRepeatsByKind, PatternChange
from forestall.disclosure import protect_table
from forestall.publication.protected.coarse import round_columns, shorten_columns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forestall.diagnosis import Diagnosis
    from forestall.disclosure import DisclosureRule, SafeTable

_COARSE_PLACES = 5
_STATES = ("higher", "similar", "lower")
_BANDS = ["distance_from_m", "distance_to_m", "days_from", "days_to"]


def protect_near_repeats(diagnosis: Diagnosis, *, rule: DisclosureRule) -> SafeTable | None:
    """Protect the pairs of each kind and band that the records can answer."""
    found = diagnosis.near_repeats
    if not isinstance(found, NearRepeatsByKind):
        return None
    parts = []
    for kind, repeats in found.by_kind.items():
        told = repeats.table[repeats.table["reason"] == ""]
        told = told.assign(offence=kind, pairs=told["observed"].astype(np.int64))
        parts.append(told[["offence", *_BANDS, "pairs", "expected", "ratio", "p_max"]])
    table = pd.concat(parts, ignore_index=True)
    if table.empty:
        return None
    table.insert(0, "band", np.arange(1, len(table) + 1))
    coarse = shorten_columns(round_columns(table, {"ratio": 2, "p_max": 3}), ["expected"])
    return protect_table(
        coarse,
        rule=rule,
        rows="band",
        count="pairs",
        derived=["expected", "ratio", "p_max"],
        attributes=["offence", *_BANDS],
        margins=(),
    )


def protect_pattern_change(
    diagnosis: Diagnosis, months: SafeTable, *, rule: DisclosureRule
) -> SafeTable | None:
    """Protect how many incidents lie in places whose share rose, fell, or did neither."""
    found, compared = diagnosis.pattern_change, getattr(diagnosis.trend, "compared", None)
    if not isinstance(found, PatternChange) or compared is None:
        return None
    if not _all_shown(months, [*compared.before_months, *compared.after_months]):
        return None
    rows = [
        _state_row(state, found.table[found.table["state"] == state], found.table)
        for state in _STATES
        if (found.table["state"] == state).any()
    ]
    table = round_columns(pd.DataFrame(rows), {"share_before": 2, "share_after": 2})
    return protect_table(
        table,
        rule=rule,
        rows="state",
        derived=["share_before", "share_after"],
        attributes=["places"],
        margins=(),
    )


def protect_places_kept(
    diagnosis: Diagnosis, months: SafeTable, *, rule: DisclosureRule
) -> SafeTable | None:
    """Protect how many places hold half of each year, in fives, and which share of them stayed."""
    found = diagnosis.places_kept
    if not isinstance(found, ConcentrationOverTime):
        return None
    years = found.table["period"].dt.year.tolist()
    periods = pd.to_datetime(months.frame["period"])
    if not _all_shown(months, periods[periods.dt.year.isin(years)]):
        return None
    kept = found.pairs.set_index("period").reindex(found.table["period"])
    half = found.table["places_50"].to_numpy(dtype=float)
    fives = np.rint(half / _COARSE_PLACES) * _COARSE_PLACES
    table = pd.DataFrame(
        {
            "year": years,
            "incidents": found.table["incidents"].astype(np.int64),
            "places_50": np.maximum(fives, _COARSE_PLACES).astype(np.int64),
            **{name: kept[name].to_numpy(dtype=float) for name in _KEPT},
        }
    )
    return protect_table(
        round_columns(table, dict.fromkeys(_KEPT, 2)),
        rule=rule,
        rows="year",
        derived=["places_50", *_KEPT],
        margins=(),
    )


def _state_row(state: str, rows: pd.DataFrame, table: pd.DataFrame) -> dict[str, object]:
    before, after = rows["before"].sum(), rows["after"].sum()
    return {
        "state": state,
        "places": len(rows),
        "incidents": int(after),
        "share_before": float(before / table["before"].sum()),
        "share_after": float(after / table["after"].sum()),
    }


_KEPT = ("kept", "kept_if_stable", "kept_if_drawn_anew")


def _all_shown(months: SafeTable, wanted: Iterable[pd.Timestamp]) -> bool:
    frame = months.frame
    shown = frame.loc[frame["incidents"].notna(), "period"]
    return bool(pd.DatetimeIndex(list(wanted)).isin(pd.to_datetime(shown)).all())
