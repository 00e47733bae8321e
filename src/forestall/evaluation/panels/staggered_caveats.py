"""This file knows what to say beside an effect of staggered adoption."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from forestall.evaluation.panels.difference_caveats import FEW_CLUSTERS
from forestall.evaluation.panels.group_times import ComparedWith
from forestall.evaluation.panels.panel import Measure
from forestall.evaluation.panels.time_before import on_the_time_before
from forestall.languages import Message, message, plural_message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.evaluation.panels.panel import Panel

_SMALL_GROUP = 5


def caveats_of(
    panel: Panel,
    *,
    always: Sequence[str],
    left_out: Sequence[str],
    pre_trend_p_value: float | None,
    compared_with: ComparedWith,
) -> tuple[Message, ...]:
    """Return what a careful analyst would add, the gravest first."""
    found: list[Message] = []
    if panel.measure is Measure.COUNTS:
        found.append(SAME_AMOUNT)
    clusters = len(set(panel.clusters))
    if clusters < FEW_CLUSTERS:
        found.append(message(_FEW, clusters=clusters))
    sizes = np.unique(panel.starts[panel.starts < len(panel.periods)], return_counts=True)[1]
    small = int((sizes < _SMALL_GROUP).sum())
    if small:
        found.append(plural_message(*_SMALL, small, least=_SMALL_GROUP))
    found.append(on_the_time_before(pre_trend_p_value))
    if compared_with is ComparedWith.NOT_YET_TREATED:
        found.append(_ANTICIPATED)
    if always:
        found.append(plural_message(*ALWAYS, len(always)))
    if left_out:
        found.append(plural_message(*_HOLES, len(left_out)))
    return tuple(found)


SAME_AMOUNT = message(
    "Without the measure all places are supposed to have changed by as many incidents, also those "
    "with many more than others."
)
_FEW = "Errors are too small with few units of assignment; here there are {clusters}."
_SMALL = (
    "{count} group has fewer than {least} places; its effects are unsure beyond their intervals.",
    "{count} groups have fewer than {least} places; their effects are unsure beyond their "
    "intervals.",
)
_ANTICIPATED = message(
    "Places that did not have the measure yet are a comparison only if they did not change in view "
    "of it."
)
ALWAYS = (
    "{count} place had the measure from the first period on, and was left out.",
    "{count} places had the measure from the first period on, and were left out.",
)
_HOLES = (
    "{count} place lacks a period, and was left out.",
    "{count} places lack a period, and were left out.",
)
