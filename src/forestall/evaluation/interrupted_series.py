"""This file knows whether a series of months moved when a measure came, and by how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from forestall import __version__
from forestall._stats.regression import t_p_value
from forestall.errors import CannotAnswer
from forestall.estimates.effects import CountDifference, LogRatio
from forestall.estimates.estimates import E_co, Engine, ErrorKind, Estimate, Sample, Span
from forestall.evaluation.could_be_seen import NOT_TOLD_ALONE, what_could_be_seen
from forestall.evaluation.interrupted_caveats import series_caveats
from forestall.evaluation.interrupted_checks import other_models, placebo_dates
from forestall.evaluation.interrupted_model import Fitted, fit_model, measure_moved, months_alike
from forestall.evaluation.interrupted_months import check_long_enough, read_months
from forestall.evaluation.interruptions import Change, Interruption, month_starts
from forestall.languages import Message, Month, Sentences, message, say
from forestall.results import Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt
    from numpy.typing import ArrayLike

    from forestall.evaluation.interrupted_months import InterruptedMonths
    from forestall.records import Counts

    FloatArray = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

Day = str | date


@dataclass(frozen=True, eq=False, kw_only=True)
class InterruptedSeries(Result):
    """A series of months, and what it would have been without a measure.

    ``table`` has one row per month: ``period`` (its first day), ``incidents`` and ``exposure``
    (both missing where the month is not covered), ``fitted``, ``expected`` (without the measure),
    ``low_95`` and ``high_95`` (of what was expected), ``after`` (whether the measure can work),
    ``used`` (false for a month not covered or left out while the measure was put in place).

    Attributes
    ----------
    effect
        Incidents after the measure over those expected without it, over all months after.
    averted
        The same as incidents more or fewer.
    level, slope
        The change at the first stage, and that of each year after it; None without one.
    terms
        ``term``, ``coefficient``, ``se_poisson``, ``se_quasi_poisson`` (dispersion as estimated),
        ``se_newey_west``.
    other_models
        The effect by other models: ``model``, ``ratio``, ``low_95``, ``high_95``, ``p_value``
        (two-sided).
    placebos
        What the model finds at dates before the measure: ``date``, ``ratio``, ``low_95``,
        ``high_95``, ``p_value`` (two-sided).
    dispersion
        Variance of a month as a multiple of that of chance.
    interruption
        When the measure came.
    """

    effect: Estimate[LogRatio]
    averted: Estimate[CountDifference]
    level: Estimate[LogRatio]
    slope: Estimate[LogRatio] | None
    terms: pd.DataFrame
    other_models: pd.DataFrame
    placebos: pd.DataFrame
    dispersion: float
    interruption: Interruption

    @property
    def placebo_share(self) -> float:
        """Return at what share of dates before the measure the model finds a change (5 % level)."""
        return float((self.placebos["p_value"] <= 0.05).mean()) if len(self.placebos) else np.nan

    def summary(self) -> str:
        """Return the effect over all months after, and beside chance what could have been seen."""
        low, high = self.effect.limits(0.95)
        told = message(
            "{outcome}: from {month} on {effect} than expected without the measure "
            "(95 % interval: {low} to {high}); {certainty}.",
            outcome=self.effect.outcome,
            month=Month(self.interruption.full_effect.date()),
            effect=self.effect.effect.in_words(),
            low=low.in_words(),
            high=high.in_words(),
            certainty=self.effect.certainty.words,
        )
        if self.effect.certainty in NOT_TOLD_ALONE:
            return str(Sentences((told, what_could_be_seen(self.effect))))
        return str(told)

    def plot(self) -> alt.LayerChart:
        """Return the months, the model, and what was expected without the measure."""
        from forestall._charts import expected_chart

        return expected_chart(
            self.table.assign(expected=self.table["expected"].where(self.table["after"])),
            titles=(say("recorded"), say("by the model"), say("expected without the measure")),
            stages=self.interruption.stages,
        )


def estimate_interrupted_series(
    counts: Counts,
    *,
    outcome: str,
    since: Day | Sequence[Day],
    change: Change = Change.LEVEL_AND_SLOPE,
    exposure: ArrayLike | None = None,
    lag_months: int = 0,
    settling_months: int = 0,
    other_changes: Sequence[Day] = (),
    harmonics: int = 2,
    other_lags: Sequence[int] = (1, 2, 3),
    months_alike: int | None = None,
) -> InterruptedSeries:
    """Estimate what changed in a series of months when a measure came.

    The months before show level, trend and season; carried on, they say what was to be expected
    without the measure. Intervals use Student's t with the larger of two standard errors: that of
    quasi-Poisson counts, and that of Newey & West, which allows for neighbouring months alike.

    Parameters
    ----------
    counts
        Incidents by month; kinds and places are added up, so select first.
    outcome
        What was counted.
    since
        Day on which the measure came, or one for each stage of it. The first whole month counts.
    change
        Which change is looked for at each stage.
    exposure
        Of each month, such as kilometres driven; days covered if not given.
    lag_months
        Months until the measure can work; they belong to the time before.
    settling_months
        Months then left out because the measure was being put in place.
    other_changes
        Days on which something else changed the level, such as recording.
    harmonics
        Waves of the yearly season; 0 for none.
    other_lags
        Lags tried beside ``lag_months``; see ``other_models``.
    months_alike
        Over how many months residuals may be alike; a year, or a quarter of the series, if None.

    Raises
    ------
    CannotAnswer
        If the series is too short or too thin, with what is needed.

    Examples
    --------
    >>> from forestall.records import Counts, periods_between
    >>> months = periods_between("2019-01-01", "2023-12-31", unit="month")
    >>> thefts = pd.DataFrame({"period": months.starts, "incidents": [100] * 36 + [80] * 24})
    >>> found = estimate_interrupted_series(
    ...     Counts.from_frame(thefts, periods=months), outcome="Theft of bicycles",
    ...     since="2022-01-01", change=Change.LEVEL)
    >>> round(found.effect.effect.ratio, 2), round(found.averted.effect.incidents)
    (0.8, -478)
    """
    interruption = Interruption(
        stages=month_starts([since] if isinstance(since, str | date) else since),
        change=change,
        lag_months=lag_months,
        settling_months=settling_months,
        other_changes=month_starts(other_changes),
    )
    months = read_months(counts, interruption, exposure)
    model = _sound_model(months, interruption, harmonics, months_alike)
    others, placebos = _checks(months, interruption, harmonics, other_lags)
    caveats = series_caveats(model, interruption, others, placebos)
    effects = _Effects(model, outcome, caveats, months_alike)
    return InterruptedSeries(
        table=_month_table(model),
        caveats=caveats,
        made_by=f"estimate_interrupted_series({interruption.in_code()}, harmonics={harmonics})",
        effect=effects.ratio(),
        averted=effects.averted(),
        level=effects.level(),
        slope=effects.slope(),
        terms=_term_table(model),
        other_models=others,
        placebos=placebos,
        dispersion=model.fit.dispersion,
        interruption=interruption,
    )


def _sound_model(
    months: InterruptedMonths, interruption: Interruption, harmonics: int, lags: int | None
) -> Fitted:
    check_long_enough(months, interruption, harmonics=harmonics)
    model = fit_model(months, interruption, harmonics=harmonics, lags=lags)
    if model is None:
        raise CannotAnswer(_NOT_TOLD_APART)
    return model


def _checks(
    months: InterruptedMonths, interruption: Interruption, harmonics: int, lags: Sequence[int]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    return (
        other_models(months, interruption, harmonics=harmonics, lags=lags),
        placebo_dates(months, interruption, harmonics=harmonics),
    )


_NOT_TOLD_APART = message(
    "The counts of this series cannot tell level, trend, season and change apart; "
    "try fewer stages, change=Change.LEVEL or harmonics=0."
)
_RATIO = message("incidents after the measure over those expected from the months before")
_AVERTED = message("incidents after the measure less those expected from the months before")
_LEVEL = message("change of level when the measure came")
_SLOPE = message("change of the trend with each year after the measure")


@dataclass(frozen=True, eq=False)
class _Effects:
    model: Fitted
    outcome: str
    caveats: tuple[Message, ...]
    lags: int | None

    def ratio(self) -> Estimate[LogRatio]:
        moved = measure_moved(self.model)
        log = float(np.log(moved.with_measure / moved.without_measure))
        error, kind = self._error(moved.ratio_gradient)
        return self._estimate(LogRatio(log), error, kind, _RATIO)

    def averted(self) -> Estimate[CountDifference]:
        moved = measure_moved(self.model)
        error, kind = self._error(moved.difference_gradient)
        effect = CountDifference(moved.with_measure - moved.without_measure)
        return self._estimate(effect, error, kind, _AVERTED)

    def level(self) -> Estimate[LogRatio]:
        return self.of_term("change of level 1", 1.0, _LEVEL)

    def slope(self) -> Estimate[LogRatio] | None:
        if "change of slope 1" not in self.model.terms.names:
            return None
        return self.of_term("change of slope 1", 12.0, _SLOPE)

    def of_term(self, name: str, times: float, estimand: Message) -> Estimate[LogRatio]:
        place = self.model.terms.names.index(name)
        gradient = np.zeros(len(self.model.terms.names))
        gradient[place] = times
        error, kind = self._error(gradient)
        effect = LogRatio(float(times * self.model.fit.coefficients[place]))
        return self._estimate(effect, error, kind, estimand)

    def _error(self, gradient: FloatArray) -> tuple[float, ErrorKind]:
        variance, is_alike = self.model.variance(gradient)
        kind = ErrorKind.NEWEY_WEST if is_alike else ErrorKind.QUASI_POISSON
        return float(np.sqrt(variance)), kind

    def _estimate(
        self, effect: E_co, error: float, kind: ErrorKind, estimand: Message
    ) -> Estimate[E_co]:
        freedom = self.model.fit.degrees_of_freedom
        months, after = self.model.months, self.model.after
        used = int(months.known.sum())
        reach = months_alike(used) if self.lags is None else self.lags
        return Estimate(
            estimand=estimand,
            outcome=self.outcome,
            effect=effect,
            standard_error=error,
            error_kind=kind,
            degrees_of_freedom=freedom,
            p_value=t_p_value(effect.number, error, degrees_of_freedom=freedom),
            sample=Sample(
                treated_places=1,
                comparison_places=0,
                observations=used,
                incidents=float(months.counts[months.known].sum()),
                before=_span(self.model, ~after & months.known),
                after=_span(self.model, after),
            ),
            engine=Engine(
                method=f"interrupted series, quasi-Poisson, Newey-West over {reach} months",
                software="forestall",
                version=__version__,
            ),
            caveats=self.caveats,
        )


def _span(model: Fitted, chosen: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Span:
    starts = model.months.starts[chosen]
    end = starts[-1] + pd.offsets.MonthEnd(0)
    return Span(first=starts[0].date(), last=end.date())


def _month_table(model: Fitted) -> pd.DataFrame:
    months = model.months
    without = model.terms.without
    expected = model.expected(without)
    quasi, alike = (
        np.einsum("ij,jk,ik->i", without, one, without) for one in (model.covariance, model.alike)
    )
    reach = stdtrit(model.fit.degrees_of_freedom, 0.975) * np.sqrt(np.maximum(quasi, alike))
    return pd.DataFrame(
        {
            "period": months.starts,
            "incidents": np.where(months.missing, np.nan, months.counts),
            "exposure": np.where(months.missing, np.nan, months.exposure),
            "fitted": np.where(months.missing, np.nan, model.expected(model.terms.design)),
            "expected": np.where(months.missing, np.nan, expected),
            "low_95": np.where(months.missing, np.nan, expected * np.exp(-reach)),
            "high_95": np.where(months.missing, np.nan, expected * np.exp(reach)),
            "after": months.starts >= model_first(model),
            "used": months.known,
        }
    )


def model_first(model: Fitted) -> pd.Timestamp:
    """Return the first month in which the measure can work."""
    worked = model.terms.design[:, list(model.terms.names).index("change of level 1")]
    return pd.Timestamp(model.months.starts[int(np.argmax(worked > 0))])


def _term_table(model: Fitted) -> pd.DataFrame:
    fit = model.fit
    return pd.DataFrame(
        {
            "term": model.terms.names,
            "coefficient": fit.coefficients,
            "se_poisson": np.sqrt(np.diag(fit.unscaled_covariance)),
            "se_quasi_poisson": np.sqrt(np.diag(fit.covariance)),
            "se_newey_west": np.sqrt(np.diag(model.alike)),
        }
    )
