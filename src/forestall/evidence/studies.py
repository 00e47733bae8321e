"""This file knows the record of one effect in one study: what, where, on whom, how sure, says who.

A record without a direction, with an interval that does not hold its estimate, or without a source
cannot be made.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from scipy.special import ndtri

from forestall.evidence.metrics import EffectSize, Favours, Metric, OddsRatio, RateRatio
from forestall.evidence.vocabulary import Design, Outcome, Population, Problem, Setting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.evidence.conversions import Converted


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a figure was read.

    Attributes
    ----------
    title, authors, year
        Of the work; empty or None where the text seen does not say.
    address
        Where the text was read: a web address, a DOI, or a file.
    quotation
        The passage with the figure, in the language of the source.
    """

    address: str
    quotation: str
    title: str = ""
    authors: str = ""
    year: int | None = None

    def __post_init__(self) -> None:
        if not self.address.strip():
            raise ValueError("A figure needs the address of its source.")


@dataclass(frozen=True, kw_only=True)
class PeopleCounts:
    """People with the outcome among the treated and the compared.

    Examples
    --------
    >>> PeopleCounts(treated_events=10, treated=29, compared_events=23, compared=52).log_odds_ratio
    -0.41005...
    """

    treated_events: int
    treated: int
    compared_events: int
    compared: int

    def __post_init__(self) -> None:
        for events, people in (
            (self.treated_events, self.treated),
            (self.compared_events, self.compared),
        ):
            if not 0 <= events <= people or people < 1:
                raise ValueError(f"{events} of {people} people is no count.")

    @property
    def cells(self) -> tuple[float, float, float, float]:
        """Return the four cells; 0.5 more in each where one is empty."""
        a, c = self.treated_events, self.compared_events
        found = (a, self.treated - a, c, self.compared - c)
        more = 0.5 if 0 in found else 0.0
        return (found[0] + more, found[1] + more, found[2] + more, found[3] + more)

    @property
    def log_odds_ratio(self) -> float:
        """Return the logarithm of the odds ratio."""
        a, b, c, d = self.cells
        return math.log(a * d / (b * c))

    @property
    def log_odds_variance(self) -> float:
        """Return the sampling variance of the logarithm of the odds ratio (Woolf 1955)."""
        return sum(1 / cell for cell in self.cells)

    @property
    def comparison_risk(self) -> float:
        """Return the share with the outcome among the compared."""
        return self.compared_events / self.compared


@dataclass(frozen=True, kw_only=True)
class IncidentCounts:
    """Incidents before and after, treated and compared.

    ``dispersion`` is how many times the variance of chance the counts have; 1 is chance alone.

    Examples
    --------
    >>> counts = IncidentCounts(
    ...     treated_before=100, treated_after=80, compared_before=200, compared_after=200)
    >>> round(counts.log_ratio, 4), round(counts.variance, 4)
    (-0.2231, 0.0325)
    """

    treated_before: float
    treated_after: float
    compared_before: float
    compared_after: float
    dispersion: float = 1.0

    def __post_init__(self) -> None:
        if min(self._given) < 0:
            raise ValueError("A number of incidents is 0 or more.")
        if not self.dispersion >= 1:
            raise ValueError(f"The variance is that of chance or more, not {self.dispersion}.")

    @property
    def cells(self) -> tuple[float, float, float, float]:
        """Return treated after and before, compared after and before; 0.5 more if one is 0."""
        more = 0.5 if 0 in self._given else 0.0
        t0, t1, c0, c1 = (one + more for one in self._given)
        return t1, t0, c1, c0

    @property
    def log_ratio(self) -> float:
        """Return the logarithm of the relative incident rate ratio (Wilson 2022)."""
        t1, t0, c1, c0 = self.cells
        return math.log(t1 / t0) - math.log(c1 / c0)

    @property
    def variance(self) -> float:
        """Return its sampling variance: that of chance times the dispersion."""
        return self.dispersion * sum(1 / cell for cell in self.cells)

    @property
    def _given(self) -> tuple[float, float, float, float]:
        return self.treated_before, self.treated_after, self.compared_before, self.compared_after


@dataclass(frozen=True, kw_only=True)
class StudyEffect:
    """One effect in one study.

    Attributes
    ----------
    key
        Names the record; no two records share it.
    study
        Names the study; effects of the same study share it and are not independent.
    intervention
        Key of the intervention in the catalogue, or words of one's own.
    outcome, outcome_words
        What was measured, as a class and as the source words it.
    effect, standard_error
        On the scale of the metric (`EffectSize.number`).
    favours
        On which side of no difference the measure did good.
    direction
        The same in words, as the source or its reader gives it.
    counts
        The counts that the effect was computed from, where they are known.
    conversions
        Metrics that the effect had before, with what the change of metric assumes.
    is_local
        Whether a city's own evaluation stands behind it.
    is_law_enforcement
        Whether it is outside the Guidelines (2002/13 ¶3): kept for comparison only.

    Examples
    --------
    >>> effect = StudyEffect(
    ...     key="one", study="Example (2020)", intervention="alley-gating", outcome=Outcome.CRIME,
    ...     outcome_words="burglary", effect=RateRatio.from_published(0.8), standard_error=0.1,
    ...     favours=Favours.BELOW, direction="below 1 = fewer burglaries",
    ...     source=Source(address="https://example.org", quotation="a ratio of 0.8"))
    >>> effect.favourable.published, effect.desirable
    (0.8, True)
    """

    key: str
    study: str
    intervention: str
    outcome: Outcome
    outcome_words: str
    effect: EffectSize
    standard_error: float
    favours: Favours
    direction: str
    source: Source
    year: int | None = None
    design: Design = Design.NOT_STATED
    problems: tuple[Problem, ...] = ()
    settings: tuple[Setting, ...] = ()
    populations: tuple[Population, ...] = ()
    population_words: str = ""
    review: str = ""
    counts: PeopleCounts | IncidentCounts | None = None
    moderators: Mapping[str, str] = field(default_factory=dict)
    conversions: tuple[Converted, ...] = ()
    is_local: bool = False
    is_law_enforcement: bool = False

    def __post_init__(self) -> None:
        for name in ("key", "study", "intervention", "direction"):
            if not getattr(self, name).strip():
                raise ValueError(f"The record of an effect needs its {name}.")
        if not (self.standard_error > 0 and math.isfinite(self.standard_error)):
            raise ValueError(f"A standard error is above 0, but it is {self.standard_error:g}.")

    @property
    def variance(self) -> float:
        """Return the sampling variance."""
        return self.standard_error**2

    @property
    def metric(self) -> Metric:
        """Return the metric."""
        return self.effect.metric

    @property
    def desirable(self) -> bool:
        """Say whether the estimate lies on the side on which the measure did good."""
        below = self.effect.number < 0
        return below if self.favours is Favours.BELOW else self.effect.number > 0

    @property
    def favourable(self) -> EffectSize:
        """Return the effect so that below no difference is better.

        Raises
        ------
        ValueError
            If the metric has no opposite: a risk ratio of a good outcome is not the inverse of
            that of the bad one.
        """
        if self.favours is Favours.BELOW:
            return self.effect
        if not self.effect.can_be_turned:
            raise ValueError(
                f"A value of {self.metric.value} above no difference is better in “{self.key}”, "
                "and this metric cannot be turned round."
            )
        return self.effect.moved_to(-self.effect.number)

    def limits(self, level: float = 0.95) -> tuple[EffectSize, EffectSize]:
        """Return the limits of the interval by the normal distribution."""
        half = float(ndtri(0.5 + level / 2)) * self.standard_error
        number = self.effect.number
        return self.effect.moved_to(number - half), self.effect.moved_to(number + half)

    def with_effect_of_counts(self) -> StudyEffect:
        """Return the record with effect and error computed from its counts.

        Raises
        ------
        ValueError
            If there are no counts.
        """
        if isinstance(self.counts, PeopleCounts):
            effect: EffectSize = OddsRatio(self.counts.log_odds_ratio)
            variance = self.counts.log_odds_variance
        elif isinstance(self.counts, IncidentCounts):
            effect, variance = RateRatio(self.counts.log_ratio), self.counts.variance
        else:
            raise ValueError(f"“{self.key}” has no counts.")
        return replace(self, effect=effect, standard_error=math.sqrt(variance))


def error_of_interval(
    effect: EffectSize, low: EffectSize, high: EffectSize, *, level: float = 0.95
) -> float:
    """Return the standard error that an interval implies, on the scale of the metric.

    Raises
    ------
    ValueError
        If the interval does not hold the estimate, or has no width.

    Examples
    --------
    >>> one = OddsRatio.from_published
    >>> round(error_of_interval(one(1.68), one(1.20), one(2.36)), 4)
    0.1725
    """
    if not low.number <= effect.number <= high.number:
        raise ValueError(
            f"The interval {low.published:g} to {high.published:g} does not hold its own "
            f"estimate, {effect.published:g}."
        )
    if not high.number > low.number:
        raise ValueError("The interval has no width.")
    return (high.number - low.number) / (2 * float(ndtri(0.5 + level / 2)))
