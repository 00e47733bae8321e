"""This file knows what to say beside a difference in differences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.evaluation.panels.time_before import on_the_time_before
from forestall.languages import Message, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from forestall.evaluation.panels.panel import Panel

FEW_CLUSTERS, FEW_TREATED = 20, 5


def caveats_of(
    panel: Panel,
    rows: pd.DataFrame,
    *,
    left_out: Sequence[str],
    pre_trend_p_value: float | None,
) -> tuple[Message, ...]:
    """Return what a careful analyst would add, the gravest first."""
    found: list[Message] = []
    clusters = rows.groupby("cluster")["treated"].max()
    if len(clusters) < FEW_CLUSTERS or clusters.sum() < FEW_TREATED:
        found.append(message(_FEW, clusters=len(clusters), treated=int(clusters.sum())))
    if panel.is_absorbing and panel.is_staggered:
        found.append(_STAGGERED)
    if not panel.is_absorbing:
        found.append(_ENDED)
    found.append(on_the_time_before(pre_trend_p_value))
    if left_out:
        found.append(plural_message(*_LEFT_OUT, len(left_out)))
    return tuple(found)


_FEW = (
    "Errors by cluster are too small with few clusters; here {clusters}, of which {treated} had "
    "the measure. Set the effect against other lots with assess_panel_by_lots."
)
_STAGGERED = message(
    "The measure came at different times. If its effect changes with time, this average can "
    "mislead; see estimate_staggered_adoption."
)
_ENDED = message("The measure ended somewhere; an effect that lasts longer is not allowed for.")
_LEFT_OUT = (
    "{count} place says nothing about a change, and was left out.",
    "{count} places say nothing about a change, and were left out.",
)
