"""This file knows how map squares, areas that stand out and concentration are protected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.diagnosis import Concentration, Hotspots
from forestall.disclosure import Margin, protect_table

if TYPE_CHECKING:
    from forestall.diagnosis import Diagnosis, Unanswered
    from forestall.disclosure import DisclosureRule, SafeTable

NO_AREA = ""
_LEAST_FOR_CONCENTRATION = 50
_CURVE_POINTS = 60


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
    table = table[table["incidents"] > 0].astype({"incidents": np.int64})
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
    table["part"] = table["incidents"] / max(squares.total or 0, 1)
    return protect_table(table, rule=rule, rows="letter", derived=["part"], attributes=["squares"])


def protect_landmarks(landmarks: pd.DataFrame, *, rule: DisclosureRule) -> SafeTable | None:
    """Protect the kinds of place that the publisher names."""
    if landmarks.empty:
        return None
    table = landmarks[["context", "incidents"]].astype({"incidents": np.int64})
    table = table.sort_values("incidents", ascending=False, kind="stable").reset_index(drop=True)
    return protect_table(table, rule=rule, rows="context", margins=())


def protect_concentration(
    found: Concentration | Unanswered, *, rule: DisclosureRule
) -> SafeTable | None:
    """Protect how few places hold how much, for kinds with enough incidents."""
    if not isinstance(found, Concentration):
        return None
    table = found.table[found.table["incidents"] >= _LEAST_FOR_CONCENTRATION]
    if table.empty:
        return None
    table = table.drop(columns="counts_as_crime").reset_index(drop=True)
    derived = [name for name in table.columns if name not in _NOT_DERIVED]
    return protect_table(
        table, rule=rule, rows="group", derived=derived, attributes=["places"], margins=()
    )


_NOT_DERIVED = ("group", "incidents", "places")


def protect_curve(found: Concentration | Unanswered, *, rule: DisclosureRule) -> SafeTable | None:
    """Protect the curves at steps that each hold enough incidents to hide single places."""
    if not isinstance(found, Concentration):
        return None
    totals = found.table.set_index("group")["incidents"]
    parts = [
        _curve_of(rows, int(totals[group]), rule=rule)
        for group, rows in found.curve.groupby("group", sort=False)
        if totals[group] >= _LEAST_FOR_CONCENTRATION
    ]
    if not parts:
        return None
    table = pd.concat(parts, ignore_index=True)
    derived = ["share_of_places", "share_of_incidents"]
    return protect_table(
        table, rule=rule, rows="step", columns="group", derived=derived, margins=()
    )


def _curve_of(rows: pd.DataFrame, total: int, *, rule: DisclosureRule) -> pd.DataFrame:
    across = rows["share_of_places"].to_numpy(float)
    held = np.rint(rows["share_of_incidents"].to_numpy(float) * total).astype(np.int64)
    fine = np.linspace(0, 1, _CURVE_POINTS + 1) ** 1.7
    wanted = np.unique(np.searchsorted(across, fine).clip(max=len(across) - 1))
    corner = int(np.argmax(held >= held[-1]))  # from here on the curve is flat
    kept = [0]
    for at in [*(int(at) for at in wanted if 0 < at < corner), corner]:
        if held[at] - held[kept[-1]] >= rule.threshold:
            kept.append(at)
    kept = sorted({0, *(kept if kept[-1] == corner else [*kept[:-1], corner]), len(across) - 1})
    return pd.DataFrame(
        {
            "step": range(len(kept)),
            "group": rows["group"].iloc[0],
            "incidents": held[kept],
            "share_of_places": np.round(across[kept], 4),
            "share_of_incidents": np.round(held[kept] / max(total, 1), 4),
        }
    )
