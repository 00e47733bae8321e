"""This file knows the common odds ratio of studies that give their counts of people.

Sources: Mantel & Haenszel (1959), Journal of the National Cancer Institute 22; Robins, Breslow &
Greenland (1986), Biometrics 42.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import chdtrc

from forestall._stats.mantel_haenszel import common_odds
from forestall.errors import CannotSynthesise
from forestall.evidence.metrics import Favours, OddsRatio
from forestall.evidence.studies import PeopleCounts
from forestall.evidence.synthesis.averages import Average
from forestall.evidence.synthesis.checks import check_can_be_averaged
from forestall.evidence.synthesis.effect_synthesis import average_in_words, worse_in_words
from forestall.evidence.synthesis.rows import forest_of
from forestall.languages import Sentences, message, plural_message
from forestall.results import Result

if TYPE_CHECKING:
    from collections.abc import Iterable

    import altair as alt

    from forestall.evidence.studies import StudyEffect
    from forestall.languages import Message


@dataclass(frozen=True, eq=False, kw_only=True)
class PooledOdds(Result):
    """One odds ratio common to all studies, from their counts.

    ``table`` has a row for each study: ``key``, ``study``, ``treated_events``, ``treated``,
    ``compared_events``, ``compared``, ``effect``, ``low``, ``high`` (odds ratio, turned so that
    below 1 is better; half a person is added to all cells where one is empty), ``weight``.

    Attributes
    ----------
    average
        The Mantel-Haenszel odds ratio; empty cells need nothing added.
    q, q_freedom, q_p_value
        Whether odds ratios differ more than by chance; studies without any event are not in it.
    """

    effects: tuple[StudyEffect, ...]
    average: Average
    q: float
    q_freedom: int
    q_p_value: float

    def summary(self) -> str:
        """Return harm, if there is any on average, then the common odds ratio."""
        worse = [worse_in_words(self.effects, self.average)] if self.average.is_harmful else []
        return str(Sentences((*worse, average_in_words(self.average, len(self.effects)))))

    def plot(self) -> alt.LayerChart:
        """Return the forest plot: studies and their common odds ratio."""
        return forest_of(self.table, self.average, None)


def pool_odds_ratios(effects: Iterable[StudyEffect], *, level: float = 0.95) -> PooledOdds:
    """Pool odds ratios of counts of people, as if all studies had the same (Mantel-Haenszel).

    It serves where events are rare. Where true effects differ, `synthesise_effects` says what a new
    place may expect; this does not.

    Raises
    ------
    CannotSynthesise
        As for `synthesise_effects`; if an effect is no odds ratio or has no counts, or there are no
        events.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from forestall.evidence.synthesis.example import made_up_effects
    >>> people = [PeopleCounts(treated_events=8, treated=40, compared_events=14, compared=42),
    ...           PeopleCounts(treated_events=5, treated=60, compared_events=9, compared=58)]
    >>> effects = [replace(one, counts=counts).with_effect_of_counts()
    ...            for one, counts in zip(made_up_effects(), people)]
    >>> round(pool_odds_ratios(effects).average.effect.published, 3)
    0.498
    """
    given = tuple(effects)
    check_can_be_averaged(given)
    counts = [_counts_of(one) for one in given]
    tables = np.array([_table_of(one, own) for one, own in zip(given, counts, strict=True)])
    try:
        pooled = common_odds(tables)
    except ValueError:
        raise CannotSynthesise(
            message("These counts have no common odds ratio: there are too few events.")
        ) from None
    told = (tables[:, [0, 2]].sum(axis=1) > 0) & (tables[:, [1, 3]].sum(axis=1) > 0)
    turned = [one.with_effect_of_counts() for one in given]
    apart = np.array([one.favourable.number - pooled.log_ratio for one in turned])
    q = float((apart**2 / [one.variance for one in turned])[told].sum())
    freedom = int(told.sum()) - 1
    return PooledOdds(
        table=_rows(turned, counts, pooled.weights, level),
        caveats=_caveats(given, int((~told).sum())),
        made_by=f"pool_odds_ratios(level={level:g})",
        effects=given,
        average=Average(
            effect=OddsRatio(pooled.log_ratio),
            standard_error=pooled.standard_error,
            degrees_of_freedom=None,
            level=level,
            unadjusted_error=pooled.standard_error,
        ),
        q=q,
        q_freedom=freedom,
        q_p_value=float(chdtrc(freedom, q)),
    )


def _counts_of(effect: StudyEffect) -> PeopleCounts:
    if not isinstance(effect.counts, PeopleCounts) or not isinstance(effect.effect, OddsRatio):
        raise CannotSynthesise(
            message(
                "Odds ratios are pooled from counts of people, but “{key}” has none or is a "
                "{metric}; with_effect_of_counts may help.",
                key=effect.key,
                metric=effect.metric.words,
            )
        )
    return effect.counts


def _table_of(effect: StudyEffect, counts: PeopleCounts) -> tuple[int, int, int, int]:
    """Return the four counts, the worse outcome first."""
    a, c = counts.treated_events, counts.compared_events
    b, d = counts.treated - a, counts.compared - c
    return (a, b, c, d) if effect.favours is Favours.BELOW else (b, a, d, c)


def _rows(
    effects: list[StudyEffect],
    counts: list[PeopleCounts],
    weights: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    level: float,
) -> pd.DataFrame:
    rows = []
    for one, own, weight in zip(effects, counts, weights, strict=True):
        turned = one.favourable
        reach = one.limits(level)[1].number - one.effect.number
        rows.append(
            {
                "key": one.key,
                "study": one.study,
                "treated_events": own.treated_events,
                "treated": own.treated,
                "compared_events": own.compared_events,
                "compared": own.compared,
                "effect": turned.published,
                "low": turned.moved_to(turned.number - reach).published,
                "high": turned.moved_to(turned.number + reach).published,
                "weight": float(weight),
            }
        )
    return pd.DataFrame(rows)


def _caveats(effects: tuple[StudyEffect, ...], untold: int) -> tuple[Message, ...]:
    said = [_ONE_COMMON]
    if untold:
        said.append(
            plural_message(
                "In {count} study nobody or everybody had the outcome; it says nothing about odds.",
                "In {count} studies nobody or everybody had the outcome; they say nothing about "
                "odds.",
                untold,
            )
        )
    if len({one.study for one in effects}) < len(effects):
        said.append(_DIFFERENT_PEOPLE)
    return tuple(said)


_ONE_COMMON = message(
    "One odds ratio common to all studies is supposed; if true effects differ, the interval is too "
    "narrow."
)
_DIFFERENT_PEOPLE = message(
    "Some studies give several tables, which are taken to be of different people."
)
