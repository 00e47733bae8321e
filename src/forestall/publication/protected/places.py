"""This file knows how map squares, areas that stand out and landmarks are protected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.diagnosis import Hotspots
from forestall.disclosure import Margin, protect_table

if TYPE_CHECKING:
    from forestall.diagnosis import Diagnosis, Unanswered
    from forestall.disclosure import DisclosureRule, SafeTable

NO_AREA = ""
_NEARLY = 0.01


def protect_squares(diagnosis: Diagnosis, *, rule: DisclosureRule) -> SafeTable | None:
    """Protect the map squares together with the totals of the areas that stand out."""
    if diagnosis.places is None:
        return None
    if isinstance(diagnosis.hotspots, Hotspots):
        table = diagnosis.hotspots.table[["place", "incidents", "area"]]
        table = table.rename(columns={"area": "letter"})
    else:
        counts = diagnosis.counts.crimes().per_place()
        table = pd.DataFrame({"place": diagnosis.places.codes, "incidents": counts})
        table["letter"] = NO_AREA
    # Places without a record stay where they belong to an area, so that each area is whole.
    table = table[(table["incidents"] > 0) | (table["letter"] != NO_AREA)]
    table = table.astype({"incidents": np.int64})
    if table.empty:
        return None
    return protect_table(
        table,
        rule=rule,
        rows="place",
        columns="letter",
        margins=[Margin.COLUMNS, Margin.TOTAL],
    )


def protect_standing_out(
    hotspots: Hotspots | Unanswered, squares: SafeTable | None, *, rule: DisclosureRule
) -> SafeTable | None:
    """Give the areas the totals that were protected together with their squares."""
    if not isinstance(hotspots, Hotspots) or squares is None or hotspots.areas.empty:
        return None
    shown = [
        str(letter) in squares.column_labels and squares.margin_column(letter).number is not None
        for letter in hotspots.areas["area"]
    ]
    table = hotspots.areas.loc[shown, ["area", "squares", "incidents"]].reset_index(drop=True)
    table = table.rename(columns={"area": "letter"})
    if table.empty:
        return None
    table["incidents"] = table["incidents"].astype(np.int64)
    total = squares.total
    table["part"] = (table["incidents"] / total).round(4) if total else np.nan
    return protect_table(table, rule=rule, rows="letter", derived=["part"], attributes=["squares"])


def protect_landmarks(
    landmarks: pd.DataFrame, *, rule: DisclosureRule, total: int | None = None
) -> SafeTable | None:
    """Protect the kinds of place that the publisher names.

    Where nearly every incident of ``total`` has such a kind, that total is as good as printed.
    """
    if landmarks.empty:
        return None
    table = landmarks[["context", "incidents"]].astype({"incidents": np.int64})
    table = table.sort_values("incidents", ascending=False, kind="stable").reset_index(drop=True)
    held = int(table["incidents"].sum())
    nearly_all = total is not None and abs(total - held) <= _NEARLY * total
    margins = [Margin.TOTAL] if nearly_all else []
    return protect_table(table, rule=rule, rows="context", margins=margins)
