"""This file knows how one count by place, month and offence becomes the smaller ones."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from forestall.diagnosis.groups import NOT_NAMED, OTHER_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from forestall.records import Counts

_APART = ["outside", "on_boundary"]


def without_places(counts: Counts) -> Counts:
    """Add up over places; incidents that lie in no place come back in."""
    keys = [key for key in counts.keys if key != "place"]
    beyond = counts.apart.rename(columns={"outside": "incidents"})
    rows = pd.concat([counts.table[[*keys, "incidents"]], beyond[[*keys, "incidents"]]])
    table = _summed(rows, keys, ["incidents"])
    return replace(counts, places=None, table=table, apart=counts.apart.iloc[:0])


def without_periods(counts: Counts) -> Counts:
    """Add up over periods."""
    keys = [key for key in counts.keys if key != "period"]
    apart_keys = [key for key in keys if key != "place"]
    return replace(
        counts,
        periods=None,
        table=_summed(counts.table, keys, ["incidents"]),
        apart=_summed(counts.apart, apart_keys, _APART),
    )


def name_the_unnamed(counts: Counts) -> Counts:
    """Give incidents without a kind of offence a group of their own, so that none is lost."""
    if not counts.table["offence"].isna().any() and not counts.apart["offence"].isna().any():
        return counts
    named = rename_groups(counts, lambda offence: offence.fillna(NOT_NAMED))
    return replace(named, offences=(*counts.offences, (NOT_NAMED, True)))


def put_together(counts: Counts, small: Sequence[str]) -> Counts:
    """Put several kinds of crime into one group, "other kinds"."""
    named = rename_groups(counts, lambda offence: offence.mask(offence.isin(small), OTHER_KINDS))
    kept = tuple(row for row in counts.offences if row[0] not in small)
    return replace(named, offences=(*kept, (OTHER_KINDS, True)))


def rename_groups(counts: Counts, renamed: Callable[[pd.Series[str]], pd.Series[str]]) -> Counts:
    """Rename kinds of offence and add up those that now share a name."""

    def again(rows: pd.DataFrame) -> pd.DataFrame:
        return rows.assign(offence=renamed(rows["offence"].astype(object)))

    apart_keys = [key for key in counts.keys if key != "place"]
    return replace(
        counts,
        table=_summed(again(counts.table), list(counts.keys), ["incidents"]),
        apart=_summed(again(counts.apart), apart_keys, _APART),
    )


def _summed(rows: pd.DataFrame, keys: list[str], numbers: list[str]) -> pd.DataFrame:
    if not keys:
        return rows[numbers].sum().to_frame().T
    summed = rows.groupby(keys, sort=True, dropna=False, observed=True)[numbers].sum()
    return summed.reset_index()
