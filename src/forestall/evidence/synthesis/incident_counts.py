"""This file knows the average ratio of counts of incidents, at several variances side by side.

Source: Wilson (2022), Journal of Quantitative Criminology 38, for the relative incident rate ratio
and the factor by which counts vary more than by chance; decision 17 for its value of 2.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from forestall._stats.between_studies import Between
from forestall.errors import CannotSynthesise
from forestall.evidence.metrics import RateRatio
from forestall.evidence.studies import IncidentCounts
from forestall.evidence.synthesis.averages import Choices, Model
from forestall.evidence.synthesis.checks import check_can_be_averaged
from forestall.evidence.synthesis.effect_synthesis import synthesis_of
from forestall.evidence.synthesis.rows import average_row
from forestall.languages import Decimal, Sentences, message, plural_message
from forestall.results import Result

if TYPE_CHECKING:
    from collections.abc import Iterable

    import altair as alt

    from forestall.evidence.studies import StudyEffect
    from forestall.evidence.synthesis.effect_synthesis import EffectSynthesis
    from forestall.languages import Message

SIDE_BY_SIDE = (1.0, 2.0, 4.0)


@dataclass(frozen=True, eq=False, kw_only=True)
class PooledRates(Result):
    """The average ratio of counts at several variances of the counts.

    ``table`` has a row for each variance: ``phi`` (times that of chance, for studies of which it is
    not known), ``effect``, ``low``, ``high``, ``new_low``, ``new_high`` (for a new place),
    ``p_value``, ``tau2``, ``i2``, ``certainty``, ``told`` (whether it is the one told).

    Attributes
    ----------
    told
        The synthesis at the variance that is told, with its own table and plot.
    assumed
        Of how many effects the variance was not known.
    """

    told: EffectSynthesis
    phi: float
    assumed: int

    def summary(self) -> str:
        """Return the synthesis, and what is supposed of the counts."""
        return str(Sentences((self.told.summary(), *self._supposed())))

    def _supposed(self) -> tuple[Message, ...]:
        if not self.assumed:
            return ()
        return (_supposed(self.assumed, self.phi),)

    def plot(self) -> alt.LayerChart:
        """Return the forest plot at the variance that is told."""
        return self.told.plot()


def pool_rate_ratios(
    effects: Iterable[StudyEffect],
    *,
    dispersion: float = 2.0,
    variance: Between = Between.REML,
    level: float = 0.95,
) -> PooledRates:
    """Average ratios of counts of incidents, recomputed from the counts.

    Parameters
    ----------
    dispersion
        How many times the variance of chance the counts have, for studies whose counts do not say
        (`IncidentCounts.dispersion` of 1); 1, 2 and 4 stand beside it in the table.

    Raises
    ------
    CannotSynthesise
        As for `synthesise_effects`; if an effect is no ratio of counts or has no counts.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from forestall.evidence.synthesis.example import made_up_effects
    >>> by_chance = [replace(one, counts=replace(one.counts, dispersion=1.0))
    ...              for one in made_up_effects()]
    >>> pool_rate_ratios(by_chance).table[["phi", "low", "high", "told"]].round(2).values.tolist()
    [[1.0, 0.67, 1.03, False], [2.0, 0.67, 1.02, True], [4.0, 0.66, 0.99, False]]
    """
    if not dispersion >= 1:
        raise ValueError(f"The variance is that of chance or more, not {dispersion}.")
    given = tuple(effects)
    check_can_be_averaged(given)
    for one in given:
        _check_counts(one)
    choices = Choices(model=Model.RANDOM, variance=variance, level=level)
    made_by = (
        f"pool_rate_ratios(dispersion={dispersion:g}, variance=Between.{variance.name}, "
        f"level={level:g})"
    )
    at = {
        phi: synthesis_of([_at(one, phi) for one in given], choices, made_by=made_by)
        for phi in sorted({*SIDE_BY_SIDE, dispersion})
    }
    told, assumed = at[dispersion], sum(not _is_known(one) for one in given)
    return PooledRates(
        table=pd.DataFrame(
            [
                {"phi": phi, **average_row(found.averaged), "told": phi == dispersion}
                for phi, found in at.items()
            ]
        ),
        caveats=(*((_supposed(assumed, dispersion),) if assumed else ()), *told.caveats),
        made_by=made_by,
        told=told,
        phi=dispersion,
        assumed=assumed,
    )


def _check_counts(effect: StudyEffect) -> None:
    if not isinstance(effect.counts, IncidentCounts) or not isinstance(effect.effect, RateRatio):
        raise CannotSynthesise(
            message(
                "Ratios of counts are pooled from counts of incidents, but “{key}” has none or is "
                "a {metric}.",
                key=effect.key,
                metric=effect.metric.words,
            )
        )


def _is_known(effect: StudyEffect) -> bool:
    return isinstance(effect.counts, IncidentCounts) and effect.counts.dispersion > 1


def _at(effect: StudyEffect, phi: float) -> StudyEffect:
    assert isinstance(effect.counts, IncidentCounts)
    counts = effect.counts if _is_known(effect) else replace(effect.counts, dispersion=phi)
    return replace(effect, counts=counts).with_effect_of_counts()


def _supposed(assumed: int, phi: float) -> Message:
    return plural_message(
        "The counts of {count} study are supposed to vary {phi} times as much as by chance.",
        "The counts of {count} studies are supposed to vary {phi} times as much as by chance.",
        assumed,
        phi=Decimal(phi, 0 if phi == round(phi) else 1),
    )
