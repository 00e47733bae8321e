"""This file knows the effect of a measure that came to places at different times."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import fdtrc

from forestall.errors import CannotAnswer, InvalidRecords
from forestall.evaluation.panels.group_times import ComparedWith, fit_group_times
from forestall.evaluation.panels.staggered_caveats import caveats_of
from forestall.evaluation.panels.staggered_effects import StaggeredEffects
from forestall.languages import message, say
from forestall.results import Result

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd
    from numpy.typing import NDArray

    from forestall.estimates.effects import CountDifference, LogRatio
    from forestall.estimates.estimates import Estimate
    from forestall.evaluation.panels.group_times import GroupTimes
    from forestall.evaluation.panels.panel import Panel

    BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, eq=False, kw_only=True)
class StaggeredAdoption(Result):
    """Groups of places by the period in which the measure came, each against places without it.

    ``table`` has one row per group and period: ``group`` (first treated period), ``period``,
    ``effect`` (on the scale of the outcome), ``standard_error``, ``low_95``, ``high_95``, ``after``
    (whether the group had the measure).

    Attributes
    ----------
    effect
        Average over all treated places and periods.
    averted, ratio
        Of counts: all incidents more or fewer, and those counted over those expected.
    by_time
        ``since`` (periods from the start), ``effect``, ``standard_error``, ``low_95``, ``high_95``,
        ``low_band``, ``high_band`` (95 % for all rows at once), ``groups``.
    by_group, by_period
        ``group`` or ``period``, ``effect``, ``standard_error``, ``low_95``, ``high_95``.
    averages
        "time", "group", "period": the plain average over time since the start, groups by their
        size, and periods.
    pre_trend_p_value
        Joint test that nothing moved before the start; None where it cannot be tested.
    always_treated, left_out
        Places treated from the first period, and places with a period missing; neither is used.
    compared_with
        The places that groups are compared with.
    """

    effect: Estimate[Any]
    averted: Estimate[CountDifference] | None
    ratio: Estimate[LogRatio] | None
    by_time: pd.DataFrame
    by_group: pd.DataFrame
    by_period: pd.DataFrame
    averages: dict[str, Estimate[Any]]
    pre_trend_p_value: float | None
    always_treated: tuple[str, ...]
    left_out: tuple[str, ...]
    compared_with: ComparedWith

    def summary(self) -> str:
        """Return the effect in one plain sentence: of counts as a ratio."""
        return (self.ratio or self.effect).summary()

    def plot(self) -> alt.LayerChart:
        """Return the effect by periods since the start with its band."""
        from forestall._charts import event_time_chart

        return event_time_chart(
            self.by_time,
            titles={"since": say("periods since the start"), "effect": say("effect")},
        )


def estimate_staggered_adoption(
    panel: Panel, *, compared_with: ComparedWith = ComparedWith.NEVER_TREATED
) -> StaggeredAdoption:
    r"""Estimate the effect of a measure that came to places at different times.

    Each group of places that started together is compared, from the period before its start, with
    places that never had the measure, or did not have it yet. Places that had it are never used
    as a comparison, so that effects which grow or fade do not mislead. It supposes that without
    the measure all would have changed by the same amount (on the scale of the outcome).

    Errors are analytic, by cluster of assignment; intervals use Student's t with one degree fewer
    than clusters.

    Parameters
    ----------
    panel
        Places over periods. Covariates are used as they were in the period before the start.
    compared_with
        The comparison.

    Raises
    ------
    CannotAnswer
        If the measure ended somewhere, there is nothing to compare with, or the panel has weights
        or an exposure; give rates instead.

    Source
    ------
    Callaway & Sant'Anna (2021), Journal of Econometrics 225: 200-230.

    Examples
    --------
    >>> import pandas as pd
    >>> from forestall.evaluation.panels import panel_from_frame
    >>> since = dict(zip("abcdefghij", [3, 3, 4, 4, 4, 0, 0, 0, 0, 0]))
    >>> rows = [(place, year, first, 20 + "abcdefghij".index(place) + (year * 7) % 3
    ...     - 6 * (first > 0 and year >= first)) for place, first in since.items()
    ...     for year in range(1, 6)]
    >>> found = estimate_staggered_adoption(panel_from_frame(
    ...     pd.DataFrame(rows, columns=["place", "year", "since", "thefts"]),
    ...     outcome="thefts", period="year", since="since"))
    >>> round(found.effect.effect.incidents, 6), round(found.averted.effect.incidents, 6)
    (-6.0, -72.0)
    """
    _check(panel)
    used, always, left_out = _usable(panel)
    _check_compared(used, compared_with)
    found = fit_group_times(used, compared_with=compared_with)
    tested = _pre_trend(found)
    caveats = caveats_of(
        used,
        always=always,
        left_out=left_out,
        pre_trend_p_value=tested,
        compared_with=compared_with,
    )
    work = StaggeredEffects(used, found, caveats, compared_with)
    return StaggeredAdoption(
        table=work.table(),
        caveats=caveats,
        made_by=f"estimate_staggered_adoption(compared_with={compared_with.name})",
        effect=work.effect(),
        averted=work.averted(),
        ratio=work.ratio(),
        by_time=work.by_time(),
        by_group=work.listed("group", work.groups, work.of_group),
        by_period=work.listed("period", work.treated_periods, work.of_period),
        averages=work.averages(),
        pre_trend_p_value=tested,
        always_treated=always,
        left_out=left_out,
        compared_with=compared_with,
    )


def _check(panel: Panel) -> None:
    if panel.weights is not None or panel.exposure is not None:
        raise CannotAnswer(_PLAIN_ONLY)
    for name, matrix in panel.covariates.items():
        missing = np.isnan(matrix) & ~np.isnan(panel.outcome)
        if missing.any():
            raise InvalidRecords(
                f"{name} is known wherever the outcome is, but {int(missing.sum())} rows have none."
            )


def _usable(panel: Panel) -> tuple[Panel, tuple[str, ...], tuple[str, ...]]:
    """Leave out places treated from the first period on, and places with a period missing."""
    always = panel.starts == 0
    holes = np.isnan(panel.outcome).any(axis=1) & ~always
    kept = ~(always | holes)

    def names(which: BoolArray) -> tuple[str, ...]:
        return tuple(name for name, chosen in zip(panel.places, which, strict=True) if chosen)

    used = replace(
        panel,
        places=names(kept),
        outcome=panel.outcome[kept],
        treated=panel.treated[kept],
        covariates={name: matrix[kept] for name, matrix in panel.covariates.items()},
        groups=None if panel.groups is None else tuple(np.array(panel.groups)[kept].tolist()),
    )
    return used, names(always), names(holes)


def _check_compared(panel: Panel, compared_with: ComparedWith) -> None:
    width = len(panel.periods)
    if not (panel.starts < width).any():
        raise CannotAnswer(_NOBODY)
    never = int((panel.starts == width).sum())
    if compared_with is ComparedWith.NEVER_TREATED and never < 2:
        raise CannotAnswer(message(_NO_NEVER, found=never))


def _pre_trend(found: GroupTimes) -> float | None:
    """Test all effects before the start at once, by Wald's test with the F distribution."""
    early = found.since < 0
    freedom = len(found.influence) - 1
    count = int(early.sum())
    if not count or freedom <= count:
        return None
    spread = found.influence[:, early].T @ found.influence[:, early]
    if np.linalg.matrix_rank(spread) < count:
        return None
    moved = found.effects[early]
    return float(fdtrc(count, freedom, moved @ np.linalg.solve(spread, moved) / count))


_PLAIN_ONLY = message(
    "Staggered adoption is estimated without weights and exposure; give rates, or counts alone."
)
_NOBODY = message("Staggered adoption needs places that got the measure after the first period.")
_NO_NEVER = (
    "The comparison needs two places or more that never had the measure, but there are {found}; "
    "compare with places that did not have it yet."
)
