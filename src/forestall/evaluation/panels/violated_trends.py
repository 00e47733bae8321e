"""This file knows how far a finding holds if places did not move alike without the measure."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from forestall.errors import CannotAnswer
from forestall.evaluation.panels.loading import load_library
from forestall.languages import Decimal, message, say
from forestall.results import Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt

    from forestall.evaluation.panels.event_study import EventStudy


class Violation(StrEnum):
    """In which way places may have moved apart without the measure."""

    RELATIVE = "at most so many times the largest move before"
    CURVED = "a straight line apart, bent by at most so much a period"


_GRIDS = {Violation.RELATIVE: (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0), Violation.CURVED: ()}
_METHODS = {Violation.RELATIVE: "relative_magnitude", Violation.CURVED: "smoothness"}
_SIZES_OF_ERROR = (0.0, 0.1, 0.25, 0.5, 1.0)


@dataclass(frozen=True, eq=False, kw_only=True)
class ViolatedTrends(Result):
    """Intervals of the average effect that allow for places moving apart without the measure.

    ``table`` has a row for each size of violation: ``violation``, ``low_95``, ``high_95`` (on the
    scale of the outcome, missing where the interval has no end), ``tells`` (whether it leaves out
    no effect).

    Attributes
    ----------
    kind
        In which way trends may differ.
    breakdown
        Smallest violation of the table at which the interval holds no effect; None if none does.
    """

    kind: Violation
    breakdown: float | None

    def summary(self) -> str:
        """Return how far the finding holds."""
        if self.breakdown == 0:
            return str(_NOTHING_TOLD)
        text = _HOLDS_TIMES if self.kind is Violation.RELATIVE else _HOLDS_BENT
        if self.breakdown is None:
            text = _HOLDS_ALL_TIMES if self.kind is Violation.RELATIVE else _HOLDS_ALL_BENT
        size = float(self.table["violation"].max()) if self.breakdown is None else self.breakdown
        return say(text, size=Decimal(size, 2))

    def plot(self) -> alt.LayerChart:
        """Return the interval at each size of violation."""
        from forestall._charts import event_time_chart

        middle = (self.table["low_95"] + self.table["high_95"]) / 2
        shown = self.table.assign(
            since=self.table["violation"],
            effect=middle,
            low_band=self.table["low_95"],
            high_band=self.table["high_95"],
        )
        return event_time_chart(
            shown.dropna(), titles={"since": say("violation"), "effect": say("effect")}
        )


def assess_violated_trends(
    study: EventStudy,
    *,
    kind: Violation = Violation.RELATIVE,
    violations: Sequence[float] | None = None,
) -> ViolatedTrends:
    """Assess how far a finding holds if treated places would have moved apart from the others.

    A test of the time before has little power, and passing it proves nothing. Instead, what could
    have happened after the start is bounded by what did happen before it, and the interval of the
    average effect over the time after is widened accordingly.

    Parameters
    ----------
    study
        From `estimate_event_study`, with two periods or more before the one compared with.
    kind
        How trends may differ.
    violations
        Sizes to look at, 0 or more: multiples of the largest move before, or the bend of a line a
        period on the scale of the outcome. Usual ones if None.

    Raises
    ------
    CannotAnswer
        If the study has too few periods before the start.

    Source
    ------
    Rambachan & Roth (2023), Review of Economic Studies 90: 2555-2591.

    Examples
    --------
    >>> from forestall.evaluation.panels import Measure, estimate_event_study, panel_from_frame
    >>> rng = np.random.default_rng(1)
    >>> rows = [(p, year, 5 * (p < 20), 50 + rng.normal() - 8 * (p < 20 and year >= 5))
    ...     for p in range(60) for year in range(1, 8)]
    >>> study = estimate_event_study(panel_from_frame(
    ...     pd.DataFrame(rows, columns=["place", "year", "since", "fear"]), outcome="fear",
    ...     period="year", since="since", measure=Measure.RATES))
    >>> assess_violated_trends(study, violations=[0, 1]).summary()
    'The finding holds even if places moved apart 1.00 times as much as they did before.'
    """
    times = study.table["since"].to_numpy()
    if (times < 0).sum() < 2:
        raise CannotAnswer(_TOO_SHORT)
    sizes = sorted({0.0, *(violations if violations is not None else _usual(study, kind))})
    if sizes[0] < 0 or not np.isfinite(sizes).all():
        raise ValueError("A violation is a number from 0.")
    table = pd.DataFrame([_row(study, kind, size) for size in sizes])
    fallen = table.loc[~table["tells"], "violation"]
    return ViolatedTrends(
        table=table,
        caveats=(_BOUND, *study.caveats),
        made_by=f"assess_violated_trends(kind={kind.name}, violations={sizes})",
        kind=kind,
        breakdown=float(fallen.iloc[0]) if len(fallen) else None,
    )


def _usual(study: EventStudy, kind: Violation) -> tuple[float, ...]:
    if kind is Violation.RELATIVE:
        return _GRIDS[kind]
    error = study.effect.standard_error or 0.0
    return tuple(float(f"{share * error:.2g}") for share in _SIZES_OF_ERROR)


def _row(study: EventStudy, kind: Violation, size: float) -> dict[str, object]:
    library = load_library("diff_diff")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = library.HonestDiD(method=_METHODS[kind], M=size).fit(_as_theirs(study))
    low, high = float(found.ci_lb), float(found.ci_ub)
    tells = bool(np.isfinite(low) and np.isfinite(high) and (low > 0 or high < 0))
    return {
        "violation": size,
        "low_95": low if np.isfinite(low) else np.nan,
        "high_95": high if np.isfinite(high) else np.nan,
        "tells": tells,
    }


def _as_theirs(study: EventStudy) -> Any:
    """Return the study as the library reads it, with a row for the period compared with."""
    results = load_library("diff_diff.results_base")
    table = study.table
    times = np.array(sorted([*table["since"], -1]))
    at = np.searchsorted(times, table["since"])

    def column(name: str, missing: float) -> Any:
        values = np.full(len(times), missing)
        values[at] = table[name]
        return values

    none = np.full(len(times), np.nan)
    return results.EventStudyResults(
        event_time=times,
        att=column("effect", 0.0),
        se=column("standard_error", np.nan),
        t_stat=none,
        p_value=none,
        conf_int_lower=column("low_95", np.nan),
        conf_int_upper=column("high_95", np.nan),
        is_reference=times == -1,
        n=column("groups", np.nan),
        n_kind="groups",
        reference_period=-1,
        time_scale="relative",
        event_time_convention="e0_first_treated",
        vcov=study.covariance,
        vcov_index=table["since"].to_numpy(),
        source="CallawaySantAnnaResults",
    )


_TOO_SHORT = message(
    "How far a finding holds is judged by the time before; it needs two periods or more before the "
    "one compared with."
)
_BOUND = message(
    "The bound rests on the time before: something new that came with the measure is not in it."
)
_NOTHING_TOLD = message("Even if places moved alike without the measure, no effect can be told.")
_HOLDS_TIMES = (
    "The finding no longer holds if places moved apart {size} times as much as they did before."
)
_HOLDS_BENT = "The finding no longer holds if trends bend by {size} a period."
_HOLDS_ALL_TIMES = (
    "The finding holds even if places moved apart {size} times as much as they did before."
)
_HOLDS_ALL_BENT = "The finding holds even if trends bend by {size} a period."
