"""This file knows the effect by the time from the start, and whether something moved before it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import fdtrc, stdtrit

from forestall.errors import CannotAnswer
from forestall.evaluation.panels.fixed_effects import fit_fixed_effects

if TYPE_CHECKING:
    from forestall.evaluation.panels.fixed_effects import Fitted, Model
    from forestall.evaluation.panels.panel import Panel

_MOST_STRETCHES = 6
_COLUMNS = ("first", "last", "effect", "low_95", "high_95")
# A stretch is its first and its last period from the start; 0 is the first with the measure.
Stretch = tuple[int, int]


def measure_by_time(panel: Panel, rows: pd.DataFrame, *, model: Model) -> pd.DataFrame:
    """Return the effect of each stretch of periods against the one just before the start."""
    found = _fit(panel, rows, model)
    if found is None:
        return pd.DataFrame(columns=list(_COLUMNS), dtype=float)
    fitted, stretches, reference = found
    reach = float(stdtrit(rows["cluster"].nunique() - 1, 0.975))
    lines = [(*reference, 0.0, 0.0, 0.0)]
    for stretch in stretches:
        number, error = fitted.of(_name(stretch))
        lines.append((*stretch, number, number - reach * error, number + reach * error))
    return pd.DataFrame(sorted(lines), columns=list(_COLUMNS))


def pre_trend(panel: Panel, rows: pd.DataFrame, *, model: Model) -> float | None:
    """Return the p-value of the joint test that nothing moved before the start.

    Wald's test by clusters with the F distribution; None with fewer than two stretches before, or
    no more clusters than stretches.
    """
    found = _fit(panel, rows, model)
    if found is None:
        return None
    fitted, stretches, _ = found
    early = [place for place, stretch in enumerate(stretches) if stretch[1] < 0]
    freedom = rows["cluster"].nunique() - 1
    if not early or freedom <= len(early):
        return None
    moved, spread = fitted.coefficients[early], fitted.covariance[np.ix_(early, early)]
    if np.linalg.matrix_rank(spread) < len(early):
        return None
    wald = float(moved @ np.linalg.solve(spread, moved)) / len(early)
    return float(fdtrc(len(early), freedom, wald))


def _fit(
    panel: Panel, rows: pd.DataFrame, model: Model
) -> tuple[Fitted, list[Stretch], Stretch] | None:
    if not panel.is_absorbing:
        return None
    width = len(panel.periods)
    ever = rows["start"] < width
    # Places treated from the first period have no time before, and never-treated no time at all.
    known = rows[(rows["start"] > 0)]
    since = (known["period"] - known["start"]).where(ever, np.nan)
    before, after = _stretches(since)
    if len(before) < 2 or not after or bool(ever[known.index].all()):
        return None
    reference, stretches = before[-1], [*before[:-1], *after]
    columns = {
        _name((first, last)): since.between(first, last).astype(float) for first, last in stretches
    }
    try:
        fitted = fit_fixed_effects(
            known.assign(**columns), [*columns, *panel.covariates], model=model
        )
    except CannotAnswer:
        return None
    return fitted, stretches, reference


def _stretches(since: pd.Series) -> tuple[list[Stretch], list[Stretch]]:
    """Cut the periods before and after the start into stretches that are about as long."""
    earliest, latest = since.min(), since.max()
    if not earliest < 0 <= latest:
        return [], []

    def cut(first: int, last: int) -> list[Stretch]:
        edges = np.linspace(first, last + 1, min(_MOST_STRETCHES, last - first + 1) + 1)
        marks = [round(edge) for edge in edges]
        return [(low, high - 1) for low, high in pairwise(marks)]

    return cut(int(earliest), -1), cut(0, int(latest))


def _name(stretch: Stretch) -> str:
    return f"periods {stretch[0]} to {stretch[1]}"
