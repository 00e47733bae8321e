"""This file knows whether small studies tell another story than large ones.

Sources: Egger, Davey Smith, Schneider & Minder (1997), BMJ 315; Sterne & Egger (2005); Duval &
Tweedie (2000), Biometrics 56; Sterne et al. (2011), BMJ 343, for what such tests cannot say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall._stats.between_studies import Between
from forestall._stats.small_studies import Missing, slant_of, trim_and_fill
from forestall.errors import CannotSynthesise
from forestall.evidence.metrics import Metric
from forestall.evidence.synthesis.averages import Model, numbers_of
from forestall.languages import Sentences, message, plural_message
from forestall.results import Result

if TYPE_CHECKING:
    import altair as alt

    from forestall._stats.small_studies import Filled, Slant
    from forestall.evidence.metrics import EffectSize
    from forestall.evidence.synthesis.effect_synthesis import EffectSynthesis
    from forestall.languages import Message

LEAST_STUDIES = 10
_SURE = 0.1


@dataclass(frozen=True, kw_only=True)
class FilledAverage:
    """The average if as many studies as seem to be missing are added; a check, not a result.

    Attributes
    ----------
    missing
        How many studies were added, by the estimator named.
    below
        Whether they were added below the average, where the measure does more good.
    """

    estimator: Missing
    missing: int
    below: bool
    effect: EffectSize
    standard_error: float


@dataclass(frozen=True, eq=False, kw_only=True)
class SmallStudies(Result):
    """Effects against their standard errors, with a test of slant and two fillings.

    ``table`` has a row for each study, and for each one that L0 adds: ``study``, ``number`` (on the
    scale of the metric, below 0 is better), ``effect``, ``standard_error``, ``added``.

    Attributes
    ----------
    slant
        Egger's line with a variance between studies, tested on both sides.
    filled
        Trim and fill by the estimators L0 and R0.
    """

    average: EffectSize
    slant: Slant
    filled: tuple[FilledAverage, ...]

    def summary(self) -> str:
        """Return whether small studies differ, and what filling would make of the average."""
        shown = self.filled[0]
        filled = plural_message(
            "Filled with {count} study, the average would be {effect} instead of {average}: a "
            "check, not a result.",
            "Filled with {count} studies, the average would be {effect} instead of {average}: a "
            "check, not a result.",
            shown.missing,
            effect=shown.effect.shown(),
            average=self.average.shown(),
        )
        return str(Sentences((self.slant_in_words(), filled)))

    def slant_in_words(self) -> Message:
        """Say whether small studies have other effects than large ones."""
        if self.slant.p_value >= _SURE:
            return message("No difference between small and large studies can be told from chance.")
        if self.slant.slope > 0:
            return message("Small studies have worse outcomes than large ones.")
        return message(
            "Small studies have better outcomes than large ones; small ones without may be missing."
        )

    def plot(self) -> alt.LayerChart:
        """Return the funnel: effects against their standard errors, what was added hollow."""
        from forestall._charts import study_funnel_chart

        return study_funnel_chart(
            self.table,
            average=self.average.number,
            x_title=str(message("effect on the scale on which it is averaged: better | worse")),
            y_title=str(message("standard error")),
        )


def assess_small_studies(synthesis: EffectSynthesis) -> SmallStudies:
    """Test whether small studies differ from large ones, and fill the funnel as a check.

    The test is two-sided. A slant has many causes: missing studies, but also weaker designs, more
    intense programmes or other people in small studies, and chance.

    Raises
    ------
    CannotSynthesise
        If there are fewer than 10 studies, below which neither says anything, if a study gives
        several effects, or if all have the same error.

    Examples
    --------
    >>> from forestall.evidence.synthesis.example import made_up_effects
    >>> from forestall.evidence.synthesis.effect_synthesis import synthesise_effects
    >>> assess_small_studies(synthesise_effects(made_up_effects()))
    Traceback (most recent call last):
    forestall.errors.CannotSynthesise: Small studies can be compared with large ones from 10 studies
    on, but there are 6.
    """
    _check(synthesis)
    numbers, sampling, _ = numbers_of(synthesis.effects)
    fixed = synthesis.choices.model is Model.FIXED
    estimator = None if fixed else synthesis.choices.variance
    slant = slant_of(numbers, sampling, estimator=estimator or Between.REML)
    fills = {
        missing: trim_and_fill(numbers, sampling, estimator=estimator, missing=missing)
        for missing in Missing
    }
    average = synthesis.average.effect
    return SmallStudies(
        table=_table(synthesis, fills[Missing.L0]),
        caveats=_caveats(average),
        made_by="assess_small_studies(synthesis)",
        average=average,
        slant=slant,
        filled=tuple(_filled(average, missing, fill) for missing, fill in fills.items()),
    )


def _check(synthesis: EffectSynthesis) -> None:
    if synthesis.averaged.is_nested:
        raise CannotSynthesise(
            message(
                "Small studies are assessed where each study gives one effect; choose it "
                "(--one-per-study)."
            )
        )
    if synthesis.averaged.studies < LEAST_STUDIES:
        raise CannotSynthesise(
            message(
                "Small studies can be compared with large ones from {least} studies on, but there "
                "are {count}.",
                least=LEAST_STUDIES,
                count=synthesis.averaged.studies,
            )
        )
    errors = np.array([one.standard_error for one in synthesis.effects])
    if np.ptp(errors) <= 1e-9 * float(errors.max()):
        raise CannotSynthesise(message("All studies are as precise: none is smaller than another."))


def _filled(average: EffectSize, missing: Missing, fill: Filled) -> FilledAverage:
    return FilledAverage(
        estimator=missing,
        missing=fill.missing,
        below=fill.left,
        effect=average.moved_to(float(fill.fit.coefficients[0])),
        standard_error=float(np.sqrt(fill.fit.adjusted_covariance[0, 0])),
    )


def _table(synthesis: EffectSynthesis, fill: Filled) -> pd.DataFrame:
    effect = synthesis.average.effect
    rows = [
        (one.study, one.favourable.number, one.standard_error, False) for one in synthesis.effects
    ]
    rows += [
        ("", float(number), float(np.sqrt(variance)), True)
        for number, variance in zip(fill.added, fill.added_sampling, strict=True)
    ]
    found = pd.DataFrame(rows, columns=["study", "number", "standard_error", "added"])
    published = [effect.moved_to(number).published for number in found["number"]]
    found.insert(2, "effect", published)
    return found


def _caveats(average: EffectSize) -> tuple[Message, ...]:
    by_itself = (_ODDS,) if average.metric is Metric.ODDS_RATIO else ()
    return (_MANY_CAUSES, _FILLING, *by_itself)


_MANY_CAUSES = message(
    "A slant has many causes: missing studies, weaker designs, other programmes in small studies, "
    "or chance."
)
_FILLING = message(
    "Filling supposes that only missing studies make the slant; it fails where effects differ much."
)
_ODDS = message(
    "Odds ratios and their errors hang together by themselves, which can look like a slant."
)
