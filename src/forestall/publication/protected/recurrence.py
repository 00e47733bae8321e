"""This file knows how near repeats and the places that stay are protected.

Numbers by year or by state of a place add up to months. They are shown only where each of these
months is shown, so that no month can be worked out. The places of one state could be found on the
map when they are few, and then what they held in one year would be known; such a table is withheld.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.diagnosis import ConcentrationOverTime, NearRepeatsByKind, PatternChange
from forestall.disclosure import Status, protect_table
from forestall.publication.protected.coarse import round_columns, shorten_columns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from forestall.diagnosis import Diagnosis
    from forestall.disclosure import DisclosureRule, SafeTable

_COARSE_PLACES = 5
# So coarse that each share is one of three numbers of places or more: by trial of all of them.
_STEP_FROM_20, _STEP_FROM_10 = 0.05, 0.1
_LEAST_TOGETHER = 3
_STATES = ("higher", "similar", "lower")
_BANDS = ["distance_from_m", "distance_to_m", "days_from", "days_to"]


def protect_near_repeats(
    diagnosis: Diagnosis, offences: SafeTable, *, rule: DisclosureRule
) -> SafeTable | None:
    """Protect the pairs of each kind and band that the records can answer.

    Only kinds whose number is shown are there: to be there means to have many incidents, which
    tells of a number that is hidden as the companion of a small one.
    """
    found = diagnosis.near_repeats
    if not isinstance(found, NearRepeatsByKind):
        return None
    parts = []
    for kind, repeats in found.by_kind.items():
        if offences.value(kind) is None:
            continue
        told = repeats.table[repeats.table["reason"] == ""]
        told = told.assign(offence=kind, pairs=told["observed"].astype(np.int64))
        parts.append(told[["offence", *_BANDS, "pairs", "expected", "ratio", "p_max"]])
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    if table.empty:
        return None
    table.insert(0, "band", np.arange(1, len(table) + 1))
    coarse = round_columns(table, {"expected": 1, "ratio": 2, "p_max": 3})
    coarse = shorten_columns(coarse, ["expected"])
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
    both = [*compared.before_months, *compared.after_months]
    if not _all_shown(months, both):
        return None
    rows = pd.DataFrame(
        _state_row(state, found.table[found.table["state"] == state], found.table)
        for state in _STATES
        if (found.table["state"] == state).any()
    )
    recorded = months.frame.set_index("period")["incidents"]
    sides = {"before": compared.before_months, "incidents": compared.after_months}
    without = [recorded.loc[list(part)].sum() - rows[side].sum() for side, part in sides.items()]
    told = [*rows["before"], *rows["incidents"], *without]
    if any(0 < number < rule.threshold for number in told):
        return None
    if rows["places"].min() < _LEAST_TOGETHER:
        return None
    return protect_table(
        round_columns(rows.drop(columns="before"), {"share_before": 2, "share_after": 2}),
        rule=rule,
        rows="state",
        derived=["share_before", "share_after"],
        attributes=["places"],
        margins=(),
    )


def protect_places_kept(
    diagnosis: Diagnosis, months: SafeTable, *, rule: DisclosureRule
) -> SafeTable | None:
    """Protect how many places hold half of each year, in fives, and which share of them stayed.

    The number of a year is that of its months, located or not. Shares are in steps of 5 % of 20
    places or more and of 10 % of 10 or more, and missing for fewer, because finer ones tell how
    many places they are shares of.
    """
    found = diagnosis.places_kept
    if not isinstance(found, ConcentrationOverTime):
        return None
    years = found.table["period"].dt.year
    recorded = months.frame.assign(year=pd.to_datetime(months.frame["period"]).dt.year)
    recorded = recorded[recorded["year"].isin(years)]
    if not _all_shown(months, recorded["period"]):
        return None
    kept = found.pairs.set_index("period").reindex(found.table["period"])
    half = _in_fives(found.table["places_50"])
    step = np.select([half >= 20, half >= 10], [_STEP_FROM_20, _STEP_FROM_10], np.nan)
    before = _in_fives(kept["places_before"])
    shares = {
        "kept": kept["kept"],
        "kept_if_stable": kept["kept_if_stable"],
        "kept_if_drawn_anew": np.minimum(before / found.table["places"].to_numpy(float), 1),
    }
    table = pd.DataFrame(
        {
            "year": years,
            "incidents": recorded.groupby("year")["incidents"].sum().loc[years].to_numpy(int),
            "places_50": half.astype(np.int64),
            **{
                name: np.round(np.rint(np.asarray(share, dtype=float) / step) * step, 2)
                for name, share in shares.items()
            },
        }
    )
    return protect_table(
        table,
        rule=rule,
        rows="year",
        derived=["places_50", *shares],
        margins=(),
        within={"years": "whole"},
    )


def _state_row(state: str, rows: pd.DataFrame, table: pd.DataFrame) -> dict[str, object]:
    before, after = rows["before"].sum(), rows["after"].sum()
    return {
        "state": state,
        "places": len(rows),
        "before": int(before),
        "incidents": int(after),
        "share_before": float(before / table["before"].sum()),
        "share_after": float(after / table["after"].sum()),
    }


def _in_fives(numbers: pd.Series) -> NDArray[np.float64]:
    fives = np.rint(numbers.to_numpy(dtype=np.float64) / _COARSE_PLACES) * _COARSE_PLACES
    return np.asarray(np.maximum(fives, _COARSE_PLACES), dtype=np.float64)


def _all_shown(months: SafeTable, wanted: Iterable[pd.Timestamp]) -> bool:
    shown = months.frame.loc[months.status == Status.SHOWN, "period"]
    return bool(pd.DatetimeIndex(list(wanted)).isin(pd.to_datetime(shown)).all())
