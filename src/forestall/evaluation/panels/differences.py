"""This file knows the difference in differences of many places over many periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from forestall._stats.regression import t_p_value
from forestall.errors import CannotAnswer, InvalidRecords
from forestall.estimates.effects import CountDifference, LogRatio
from forestall.estimates.estimates import Engine, ErrorKind, Estimate, Sample
from forestall.evaluation.panels.difference_caveats import caveats_of
from forestall.evaluation.panels.fixed_effects import Fitted, Model, fit_fixed_effects
from forestall.evaluation.panels.panel import Measure
from forestall.evaluation.panels.times_from_start import measure_by_time, pre_trend
from forestall.languages import Message, message, say
from forestall.results import Result

if TYPE_CHECKING:
    import altair as alt

    from forestall.evaluation.panels.panel import Panel


@dataclass(frozen=True, eq=False, kw_only=True)
class DifferenceInDifferences(Result):
    """Places with a measure against places without it, each with its own level.

    ``table`` has one row per stretch of periods before and after the start: ``first``, ``last``
    (periods from the start; 0 is the first with the measure), ``effect`` (on the scale of the
    outcome; a logarithm for Poisson), ``low_95``, ``high_95``; the stretch just before the start is
    0 by definition. It is empty where the measure ended somewhere.

    Attributes
    ----------
    effect
        Outcome with the measure against that expected without it.
    averted
        The same as incidents more or fewer in all treated places and periods; Poisson only.
    coefficients
        ``term``, ``coefficient``, ``standard_error``.
    pre_trend_p_value
        Joint test that nothing moved before the start; None where it cannot be tested.
    left_out
        Places that say nothing: of one period only, or for Poisson without an incident.
    """

    effect: Estimate[Any]
    averted: Estimate[CountDifference] | None
    coefficients: pd.DataFrame
    pre_trend_p_value: float | None
    left_out: tuple[str, ...]
    model: Model

    def summary(self) -> str:
        """Return the effect in one plain sentence, and what happened before the start."""
        if self.pre_trend_p_value is not None and self.pre_trend_p_value < 0.05:
            return f"{self.effect.summary()} {_MOVED_BEFORE}"
        return self.effect.summary()

    def plot(self) -> alt.LayerChart:
        """Return the effect by periods from the start with its 95 % interval."""
        from forestall._charts import interval_chart

        shown = pd.DataFrame(
            {
                "periods": [
                    say("{first} to {last}", first=int(first), last=int(last))
                    for first, last in zip(self.table["first"], self.table["last"], strict=True)
                ],
                "low": np.exp(self.table["low_95"]),
                "ratio": np.exp(self.table["effect"]),
                "high": np.exp(self.table["high_95"]),
            }
        )
        limit = float(np.exp(np.abs(self.table[["low_95", "high_95"]].to_numpy()).max(initial=0.1)))
        return interval_chart(shown, label="periods", limit=limit, title=say("fewer | more"))


def estimate_difference_in_differences(
    panel: Panel, *, model: Model | None = None
) -> DifferenceInDifferences:
    r"""Estimate the effect in a panel, with a level for each place and for each period.

    Poisson: :math:`E[y_{it}] = \exp(a_i + g_t + b D_{it} + \log e_{it})`, consistent whatever the
    variance of the counts, if without the measure all places had changed by the same share. Least
    squares supposes that they had changed by the same amount. Errors are clustered by the unit of
    assignment (CRV1), intervals use Student's t with one degree fewer than clusters.

    Parameters
    ----------
    panel
        Places over periods, with exposure, weights and covariates where it has any.
    model
        Poisson for counts and rates, least squares for logarithms, if None.

    Raises
    ------
    CannotAnswer
        If no place has the measure, all have it at once, or nothing was counted with it.
    InvalidRecords
        If a covariate, an exposure or a weight is missing.

    Examples
    --------
    >>> from forestall.evaluation.panels import panel_from_frame
    >>> rows = [(place, year, 8 if place in "abc" and year > 3 else 16 + "abcdef".index(place))
    ...     for place in "abcdef" for year in range(1, 7)]
    >>> frame = pd.DataFrame(rows, columns=["place", "year", "thefts"])
    >>> frame["since"] = frame["place"].isin(list("abc")) * 4
    >>> found = estimate_difference_in_differences(
    ...     panel_from_frame(frame, outcome="thefts", period="year", since="since"))
    >>> round(found.effect.effect.ratio, 3), round(found.averted.effect.incidents)
    (0.471, -81)
    """
    chosen = model or usual_model(panel)
    rows, left_out = rows_compared(panel, chosen)
    fitted = fit_fixed_effects(rows, ["treated", *panel.covariates], model=chosen)
    table = measure_by_time(panel, rows, model=chosen)
    tested = pre_trend(panel, rows, model=chosen)
    work = _Effects(panel, rows, fitted, chosen)
    caveats = caveats_of(panel, rows, left_out=left_out, pre_trend_p_value=tested)
    return DifferenceInDifferences(
        table=table,
        caveats=caveats,
        made_by=f"estimate_difference_in_differences(model={chosen.name})",
        effect=work.effect(caveats),
        averted=work.averted(caveats),
        coefficients=pd.DataFrame(
            {
                "term": fitted.names,
                "coefficient": fitted.coefficients,
                "standard_error": np.sqrt(np.diag(fitted.covariance)),
            }
        ),
        pre_trend_p_value=tested,
        left_out=left_out,
        model=chosen,
    )


def usual_model(panel: Panel) -> Model:
    """Return Poisson for counts and rates, least squares for logarithms."""
    return Model.LEAST_SQUARES if panel.measure is Measure.LOGARITHMS else Model.POISSON


def rows_compared(panel: Panel, model: Model) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the rows that say something, and the places that do not.

    Raises
    ------
    CannotAnswer
        If nothing can be compared.
    InvalidRecords
        If a covariate, an exposure or a weight is missing.
    """
    if model is Model.POISSON and panel.measure is Measure.LOGARITHMS:
        raise CannotAnswer(_NO_COUNTS)
    rows = panel.frame()
    for name in ("exposure", "weight", *panel.covariates):
        if name in rows and rows[name].isna().any():
            place = panel.places[int(rows.loc[rows[name].isna(), "place"].iloc[0])]
            raise InvalidRecords(
                f"{name} is known wherever the outcome is, but {int(rows[name].isna().sum())} "
                f"of {len(rows)} rows have none; the first is of place {place}."
            )
    by_place = rows.groupby("place")["outcome"]
    silent = by_place.transform("size") < 2
    if model is Model.POISSON:
        silent |= by_place.transform("sum") == 0
    kept = rows[~silent]
    if model is Model.POISSON:
        kept = kept[kept.groupby("period")["outcome"].transform("sum") > 0]
    _check_compared(kept, model)
    gone = sorted(set(rows["place"]) - set(kept["place"]))
    return kept.reset_index(drop=True), tuple(panel.places[place] for place in gone)


def _check_compared(rows: pd.DataFrame, model: Model) -> None:
    treated = rows["treated"] == 1
    if not treated.any():
        raise CannotAnswer(_NOBODY)
    if model is Model.POISSON and not rows.loc[treated, "outcome"].sum():
        raise CannotAnswer(_NOTHING_WITH)
    if treated.all():
        raise CannotAnswer(_EVERYBODY)
    if rows.groupby("period")["treated"].nunique().max() < 2:
        raise CannotAnswer(_AT_ONCE)


def effect_of(panel: Panel, model: Model, number: float) -> tuple[Any, Message]:
    """Return a coefficient as an effect on its scale, and what it is an effect on."""
    if model is Model.POISSON:
        return LogRatio(number), _RATIO
    words = _PER_PLACE if panel.measure is Measure.COUNTS else _DIFFERENCE
    return panel.difference(number), words


@dataclass(frozen=True, eq=False)
class _Effects:
    panel: Panel
    rows: pd.DataFrame
    fitted: Fitted
    model: Model

    def effect(self, caveats: tuple[Message, ...]) -> Estimate[Any]:
        number, error = self.fitted.of("treated")
        effect, words = effect_of(self.panel, self.model, number)
        return self._estimate(effect, error, words, caveats)

    def averted(self, caveats: tuple[Message, ...]) -> Estimate[CountDifference] | None:
        """Return incidents with the measure less those expected, by the delta method.

        The model gives the treated cells exactly what was counted there, so that those expected
        are that number divided by the ratio.
        """
        if self.model is not Model.POISSON or self.panel.measure is not Measure.COUNTS:
            return None
        number, error = self.fitted.of("treated")
        counted = float(self.rows.loc[self.rows["treated"] == 1, "outcome"].sum())
        expected = counted * float(np.exp(-number))
        return self._estimate(
            CountDifference(counted - expected), expected * error, _AVERTED, caveats
        )

    def _estimate(
        self, effect: Any, error: float, estimand: Message, caveats: tuple[Message, ...]
    ) -> Estimate[Any]:
        freedom = self.rows["cluster"].nunique() - 1
        treated = self.rows.groupby("place")["treated"].max()
        return Estimate(
            estimand=estimand,
            outcome=self.panel.outcome_name,
            effect=effect,
            standard_error=error,
            error_kind=ErrorKind.CLUSTER,
            degrees_of_freedom=freedom,
            p_value=t_p_value(effect.number, error, degrees_of_freedom=freedom),
            sample=Sample(
                treated_places=int(treated.sum()),
                comparison_places=int((treated == 0).sum()),
                observations=self.fitted.observations,
                incidents=float(self.rows["outcome"].sum())
                if self.panel.measure is Measure.COUNTS
                else None,
            ),
            engine=Engine(
                method=f"difference in differences, {self.model.value}",
                software="pyfixest",
                version=self.fitted.version.removeprefix("pyfixest "),
            ),
            caveats=caveats,
        )


_NO_COUNTS = message("A Poisson model needs counts or rates, but these are logarithms.")
_NOBODY = message("A difference in differences needs places with the measure, but there are none.")
_EVERYBODY = message(
    "A difference in differences needs places without the measure, but all have it all the time."
)
_AT_ONCE = message(
    "A difference in differences needs places without the measure while others have it, but here "
    "all got it at once."
)
_NOTHING_WITH = message(
    "Nothing was counted in treated places with the measure, so that a ratio cannot be given."
)
_MOVED_BEFORE = message("Treated places had moved apart from the others before the measure came.")
_RATIO = message("incidents with the measure over those expected from places without it")
_AVERTED = message("incidents with the measure less those expected from places without it")
_PER_PLACE = message("incidents more or fewer in a treated place and period, on average")
_DIFFERENCE = message("outcome with the measure less that expected from places without it")
