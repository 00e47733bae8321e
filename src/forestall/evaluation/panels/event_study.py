"""This file knows the course of an effect over the time since a measure came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.special import fdtrc, stdtrit

from forestall._stats.regression import t_p_value
from forestall.errors import CannotAnswer
from forestall.estimates.estimates import Engine, ErrorKind, Estimate, Sample
from forestall.evaluation.panels.averages import largest_of_normals
from forestall.evaluation.panels.fixed_effects import Model, fit_fixed_effects
from forestall.evaluation.panels.panel import Measure
from forestall.evaluation.panels.staggered_caveats import ALWAYS, SAME_AMOUNT
from forestall.evaluation.panels.time_before import on_the_time_before
from forestall.languages import Message, message, plural_message, say
from forestall.results import Result

if TYPE_CHECKING:
    from collections.abc import Mapping

    import altair as alt
    from numpy.typing import NDArray

    from forestall.evaluation.panels.fixed_effects import Fitted
    from forestall.evaluation.panels.panel import Panel

    FloatArray = NDArray[np.float64]

_REFERENCE = -1
# A group is its first treated period; with it the periods since that.
Cell = tuple[int, int]


@dataclass(frozen=True, eq=False, kw_only=True)
class EventStudy(Result):
    """The effect by periods since the start, each group weighing by its size.

    ``table`` has a row for each distance: ``since`` (0 is the first treated period; -1 is the
    period compared with and is not shown), ``effect`` (on the scale of the outcome),
    ``standard_error``, ``low_95``, ``high_95``, ``low_band``, ``high_band`` (95 % for all rows at
    once), ``groups``.

    Attributes
    ----------
    effect
        Average over all treated places and periods.
    covariance
        Of the rows of the table.
    pre_trend_p_value
        Joint test that nothing moved before the start; None where it cannot be tested.
    always_treated
        Places treated from the first period on, which are left out.
    """

    effect: Estimate[Any]
    covariance: FloatArray
    pre_trend_p_value: float | None
    always_treated: tuple[str, ...]

    def summary(self) -> str:
        """Return the average effect in one plain sentence."""
        return self.effect.summary()

    def plot(self) -> alt.LayerChart:
        """Return the effect by periods since the start with its band."""
        from forestall._charts import event_time_chart

        return event_time_chart(
            self.table, titles={"since": say("periods since the start"), "effect": say("effect")}
        )


def estimate_event_study(panel: Panel) -> EventStudy:
    """Estimate the effect by the time since the start, where groups start at different times.

    Each group has an effect of its own at each distance from its start; they are averaged by the
    size of groups, so that a group is never compared with one that has the measure already. Least
    squares with levels of places and periods, errors by cluster (CRV1); the sizes of groups are
    taken as given.

    Parameters
    ----------
    panel
        Places over periods; some never have the measure.

    Raises
    ------
    CannotAnswer
        If the measure ended somewhere, no place never had it, or the panel has an exposure.

    Source
    ------
    Sun & Abraham (2021), Journal of Econometrics 225: 175-199.

    Examples
    --------
    >>> from forestall.evaluation.panels import panel_from_frame
    >>> since = dict(zip("abcdefghij", [3, 3, 4, 4, 4, 0, 0, 0, 0, 0]))
    >>> rows = [(place, year, first, 20 + "abcdefghij".index(place) + (year * 7) % 3
    ...     - 2 * (year - first + 1) * (first > 0 and year >= first))
    ...     for place, first in since.items() for year in range(1, 6)]
    >>> found = estimate_event_study(panel_from_frame(
    ...     pd.DataFrame(rows, columns=["place", "year", "since", "thefts"]),
    ...     outcome="thefts", period="year", since="since"))
    >>> after = found.table[found.table["since"] >= 0]
    >>> after["effect"].round(6).tolist()
    [-2.0, -4.0, -6.0]
    """
    rows = _rows(panel)
    cells = _cells(rows, len(panel.periods))
    columns = {_name(cell): _holds(rows, cell) for cell in cells}
    fitted = fit_fixed_effects(
        rows.assign(**columns), [*columns, *panel.covariates], model=Model.LEAST_SQUARES
    )
    sizes = {cell: float(columns[_name(cell)].sum()) for cell in cells}
    found = _Course(fitted, sizes, rows["cluster"].nunique() - 1)
    always = tuple(
        name for name, start in zip(panel.places, panel.starts, strict=True) if not start
    )
    return EventStudy(
        table=found.table(),
        caveats=_caveats(panel, found.pre_trend(), always),
        made_by="estimate_event_study()",
        effect=_estimate(panel, rows, found, _caveats(panel, found.pre_trend(), always)),
        covariance=found.covariance,
        pre_trend_p_value=found.pre_trend(),
        always_treated=always,
    )


def _rows(panel: Panel) -> pd.DataFrame:
    if panel.exposure is not None:
        raise CannotAnswer(_NO_EXPOSURE)
    starts, width = panel.starts, len(panel.periods)
    if not (starts == width).any():
        raise CannotAnswer(_NO_NEVER)
    if not ((starts > 0) & (starts < width)).any():
        raise CannotAnswer(_NOBODY)
    rows = panel.frame()
    kept = rows[rows["start"] > 0]
    return kept[kept.groupby("place")["outcome"].transform("size") > 1].reset_index(drop=True)


def _cells(rows: pd.DataFrame, width: int) -> list[Cell]:
    ever = rows[rows["start"] < width]
    pairs = {(int(start), int(period - start)) for start, period in
             zip(ever["start"], ever["period"], strict=True)}  # fmt: skip
    known = {start for start, since in pairs if since == _REFERENCE}
    return sorted(
        (start, since) for start, since in pairs if since != _REFERENCE and start in known
    )


def _holds(rows: pd.DataFrame, cell: Cell) -> pd.Series:
    start, since = cell
    return ((rows["start"] == start) & (rows["period"] == start + since)).astype(float)


def _name(cell: Cell) -> str:
    return f"group {cell[0]}, {cell[1]} periods since"


class _Course:
    """Effects of groups, averaged by the time since the start."""

    def __init__(self, fitted: Fitted, sizes: Mapping[Cell, float], freedom: int) -> None:
        cells = list(sizes)
        self.freedom = freedom
        self._cells = cells
        self._sizes = np.array([sizes[cell] for cell in cells])
        self._effects = fitted.coefficients[: len(cells)]
        self._spread = fitted.covariance[: len(cells), : len(cells)]
        self.times = sorted({since for _, since in cells})
        self._weights = np.stack([self._shares(since) for since in self.times])
        self.covariance = self._weights @ self._spread @ self._weights.T

    def table(self) -> pd.DataFrame:
        effects = self._weights @ self._effects
        errors = np.sqrt(np.maximum(np.diag(self.covariance), 0.0))
        reach = float(stdtrit(self.freedom, 0.975))
        band = max(reach, largest_of_normals(self.covariance))
        return pd.DataFrame(
            {
                "since": self.times,
                "effect": effects,
                "standard_error": errors,
                "low_95": effects - reach * errors,
                "high_95": effects + reach * errors,
                "low_band": effects - band * errors,
                "high_band": effects + band * errors,
                "groups": [sum(since == one for _, since in self._cells) for one in self.times],
            }
        )

    def overall(self) -> tuple[float, float]:
        """Return the average over treated places and periods, and its error."""
        after = np.array([since >= 0 for _, since in self._cells])
        weights = np.where(after, self._sizes, 0.0) / self._sizes[after].sum()
        return (
            float(weights @ self._effects),
            float(np.sqrt(max(weights @ self._spread @ weights, 0.0))),
        )

    def pre_trend(self) -> float | None:
        early = [place for place, since in enumerate(self.times) if since < 0]
        if not early or self.freedom <= len(early):
            return None
        spread = self.covariance[np.ix_(early, early)]
        if np.linalg.matrix_rank(spread) < len(early):
            return None
        moved = (self._weights @ self._effects)[early]
        wald = float(moved @ np.linalg.solve(spread, moved)) / len(early)
        return float(fdtrc(len(early), self.freedom, wald))

    def _shares(self, since: int) -> FloatArray:
        here = np.array([one == since for _, one in self._cells])
        return np.asarray(np.where(here, self._sizes, 0.0) / self._sizes[here].sum())


def _estimate(
    panel: Panel, rows: pd.DataFrame, found: _Course, caveats: tuple[Message, ...]
) -> Estimate[Any]:
    number, error = found.overall()
    treated = rows.groupby("place")["treated"].max()
    effect = panel.difference(number)
    return Estimate(
        estimand=_AVERAGE,
        outcome=panel.outcome_name,
        effect=effect,
        standard_error=error,
        error_kind=ErrorKind.CLUSTER,
        degrees_of_freedom=found.freedom,
        p_value=t_p_value(effect.number, error, degrees_of_freedom=found.freedom),
        sample=Sample(
            treated_places=int(treated.sum()),
            comparison_places=int((treated == 0).sum()),
            observations=len(rows),
            incidents=float(rows["outcome"].sum()) if panel.measure is Measure.COUNTS else None,
        ),
        engine=Engine(
            method="Sun and Abraham, interaction weighted", software="pyfixest", version=_version()
        ),
        caveats=caveats,
    )


def _version() -> str:
    from importlib.metadata import version

    return version("pyfixest")


def _caveats(panel: Panel, pre_trend: float | None, always: tuple[str, ...]) -> tuple[Message, ...]:
    found = [SAME_AMOUNT] if panel.measure is Measure.COUNTS else []
    found.append(on_the_time_before(pre_trend))
    if always:
        found.append(plural_message(*ALWAYS, len(always)))
    return tuple(found)


_AVERAGE = message("average over all treated places and periods")
_NO_EXPOSURE = message("An event study is estimated without exposure; give rates instead.")
_NO_NEVER = message("An event study needs places that never had the measure, but there are none.")
_NOBODY = message("An event study needs places that got the measure after the first period.")
