"""This file knows how kinds of offence, and their order of attention, are protected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.diagnosis import Priorities
from forestall.disclosure import protect_table
from forestall.publication.protected.coarse import round_columns, shorten_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.diagnosis import OffenceGroup, Unanswered
    from forestall.disclosure import DisclosureRule, SafeTable


def protect_kinds(groups: Sequence[OffenceGroup], *, rule: DisclosureRule) -> SafeTable:
    """Protect the number of each kind with its share."""
    table = pd.DataFrame(
        {
            "offence": [group.label for group in groups],
            "incidents": np.array([group.incidents for group in groups], dtype=np.int64),
        }
    )
    table["share"] = (table["incidents"] / max(int(table["incidents"].sum()), 1)).round(4)
    return protect_table(table, rule=rule, rows="offence", shares=["share"])


def protect_priorities(
    priorities: Priorities | Unanswered,
    offences: SafeTable,
    *,
    rule: DisclosureRule,
    changes: SafeTable | None = None,
    concentration: SafeTable | None = None,
) -> SafeTable | None:
    """Protect the criteria of each kind whose number can be shown.

    Ratios and numbers of places are those of the protected tables of changes and concentration;
    for kinds that are not in them, the criterion has one decimal and its parts are missing. The
    attention is made of the criteria as they are printed.
    """
    if not isinstance(priorities, Priorities):
        return None
    shown = [label for label in offences.row_labels if offences.value(label) is not None]
    table = priorities.table[priorities.table["group"].isin(shown)].reset_index(drop=True)
    table = shorten_columns(round_columns(table, dict.fromkeys(_CRITERIA, 2)), ["share"])
    if not _largest_is_shown(priorities.table, shown):
        table = round_columns(table, {"volume": 1, "harm": 1})
    if offences.total is None:
        table["share"] = np.nan
    table = _from_places(_from_changes(table, changes), concentration)
    weighted = [table[name] * weight for name, weight in priorities.weights.items()]
    table["attention"] = np.sum(weighted, axis=0).round(2)
    order = ["attention", "incidents"]
    table = table.sort_values(order, ascending=False, kind="stable", ignore_index=True)
    table["rank"] = np.arange(1, len(table) + 1)
    derived = [name for name in table.columns if name not in ("group", "incidents")]
    return protect_table(table, rule=rule, rows="group", derived=derived, margins=())


_CRITERIA = ("volume", "change", "concentration", "harm")


def _from_changes(table: pd.DataFrame, changes: SafeTable | None) -> pd.DataFrame:
    if "change" not in table.columns:
        return table
    known = table["group"].isin(() if changes is None else changes.row_labels)
    return shorten_columns(table, ["change_ratio"]).assign(
        change_ratio=lambda rows: rows["change_ratio"].where(known),
        change_certainty=table["change_certainty"].astype(object).where(known, None),
        change=table["change"].where(known, table["change"].round(1)),
    )


def _from_places(table: pd.DataFrame, concentration: SafeTable | None) -> pd.DataFrame:
    if "concentration" not in table.columns:
        return table
    coarse = pd.DataFrame(index=table["group"], columns=list(_PLACES), dtype=float)
    if concentration is not None:
        printed = concentration.frame.set_index("group")[list(_PLACES)]
        coarse = printed.astype(float).reindex(table["group"])
    places = {name: coarse[name].to_numpy() for name in _PLACES}
    spread = (1 - coarse["places_50"] / coarse["chance_places_50"]).clip(0, 1).round(2).to_numpy()
    once = table["concentration"].round(1).to_numpy()
    return table.assign(**places, concentration=np.where(np.isnan(spread), once, spread))


_PLACES = ("places_50", "chance_places_50")


def _largest_is_shown(table: pd.DataFrame, shown: Sequence[object]) -> bool:
    """Say whether the kinds are shown that the criteria are measured by."""
    return all(
        table["group"].iloc[int(table[name].to_numpy(dtype=float).argmax())] in shown
        for name in ("volume", "harm")
        if name in table.columns
    )
