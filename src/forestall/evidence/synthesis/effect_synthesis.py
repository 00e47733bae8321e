"""This file knows the average of effects of studies, and first what a new place may expect.

Sources: Borenstein, Hedges, Higgins & Rothstein (2009), Introduction to Meta-Analysis; IntHout,
Ioannidis, Rovers & Goeman (2016), BMJ Open 6, for the prediction interval told first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from forestall import __version__
from forestall._stats.between_studies import Between
from forestall.errors import CannotSynthesise
from forestall.estimates.effects import LogRatio
from forestall.estimates.estimates import Engine, ErrorKind, Estimate, Sample
from forestall.evidence.metrics import Metric
from forestall.evidence.synthesis.averages import Choices, Model, average_effects
from forestall.evidence.synthesis.caveats import caveats_of
from forestall.evidence.synthesis.checks import check_can_be_averaged
from forestall.evidence.synthesis.rows import forest_of
from forestall.languages import Sentences, message, plural_message
from forestall.results import Result

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import altair as alt

    from forestall.evidence.studies import StudyEffect
    from forestall.evidence.synthesis.averages import Average, Averaged, Heterogeneity, Prediction
    from forestall.languages import Message, Text
    from forestall.results import Certainty

_COUNTED = (Metric.RATE_RATIO, Metric.PERCENT_CHANGE)


@dataclass(frozen=True, eq=False, kw_only=True)
class EffectSynthesis(Result):
    """Effects of studies, their average, and where the effect in a new place would lie.

    ``table`` has a row for each effect: ``key``, ``study``, ``year``, ``outcome_words``,
    ``printed`` (as the source prints it), ``effect``, ``low``, ``high`` (turned so that below no
    difference is better), ``standard_error`` (on the scale of the metric), ``weight`` (share of the
    average, 0 to 1), ``design``, ``is_local``, ``address``.

    Attributes
    ----------
    effects
        What was averaged, in the order given.
    choices
        Model, variance between studies, level.
    averaged
        All numbers; the most used are properties here.
    """

    effects: tuple[StudyEffect, ...]
    choices: Choices
    averaged: Averaged

    @property
    def average(self) -> Average:
        """Return the pooled effect with its interval and p-value."""
        return self.averaged.average

    @property
    def prediction(self) -> Prediction | None:
        """Return the prediction interval; None where one common effect is supposed."""
        return self.averaged.prediction

    @property
    def heterogeneity(self) -> Heterogeneity:
        """Return how far true effects lie apart."""
        return self.averaged.heterogeneity

    @property
    def certainty(self) -> Certainty:
        """Return how sure the average is, by the one rule of every page."""
        return self.average.certainty

    def summary(self) -> str:
        """Return harm, if there is any on average, then the new place, then the average."""
        return str(Sentences(tuple(self._sentences())))

    def _sentences(self) -> list[Message]:
        said = []
        if self.average.is_harmful:
            said.append(worse_in_words(self.effects, self.average))
        if self.prediction is not None:
            said.append(
                message(
                    "In a new place, the {metric} would lie between {low} and {high}.",
                    metric=self.average.effect.metric.words,
                    low=self.prediction.low.shown(),
                    high=self.prediction.high.shown(),
                )
            )
        return [*said, average_in_words(self.average, self.averaged.studies)]

    def plot(self) -> alt.LayerChart:
        """Return the forest plot: studies, their average, and a new place."""
        return forest_of(
            self.table.assign(study=_labels(self.table)), self.average, self.prediction
        )

    def as_estimate(self) -> Estimate[LogRatio]:
        """Return the average as the record that costs and benefits read.

        Raises
        ------
        CannotSynthesise
            If the metric is no ratio of incidents.
        """
        if self.average.effect.metric not in _COUNTED:
            raise CannotSynthesise(
                message(
                    "Only a ratio of incidents can be counted in incidents, not a {metric}.",
                    metric=self.average.effect.metric.words,
                )
            )
        return Estimate(
            estimand=message("incidents with the measure over those without, average of studies"),
            outcome=str(outcome_of(self.effects)),
            effect=LogRatio(self.average.effect.number),
            standard_error=self.average.standard_error,
            degrees_of_freedom=self.average.degrees_of_freedom,
            p_value=self.average.p_value,
            error_kind=ErrorKind.STUDIES,
            sample=Sample(treated_places=0, comparison_places=0, observations=len(self.effects)),
            engine=Engine(method=self.choices.written(), software="forestall", version=__version__),
            caveats=self.caveats,
        )


def synthesise_effects(
    effects: Iterable[StudyEffect],
    *,
    model: Model = Model.RANDOM,
    variance: Between = Between.REML,
    level: float = 0.95,
) -> EffectSynthesis:
    """Average effects of studies, with the interval for a new place.

    The random model has Knapp and Hartung's interval and a prediction interval, both by Student's t
    with studies less one degrees of freedom, as metafor takes them; books that take studies less
    two for the prediction get a slightly wider one. Where a study gives several effects, three
    levels are fitted, with errors by study (CR2) and Satterthwaite's degrees of freedom.

    Parameters
    ----------
    effects
        Of one metric and one outcome; each is turned so that below no difference is better.
    model
        Whether studies are supposed to share one effect.
    variance
        How the variance between studies is estimated.
    level
        Of all intervals, between 0 and 1.

    Raises
    ------
    CannotSynthesise
        If metrics, outcomes or scopes are mixed, an effect cannot be turned, one is there twice, or
        there are fewer than two studies.

    Examples
    --------
    >>> from forestall.evidence.synthesis.example import made_up_effects
    >>> found = synthesise_effects(made_up_effects())
    >>> print(found.summary())
    In a new place, the ratio of counts would lie between 0.52 and 1.31. On average of 6 studies,
    the ratio of counts is 0.82 (0.67 to 1.02; below 1.00 is better); a sign, not sure.
    """
    given = tuple(effects)
    check_can_be_averaged(given)
    choices = Choices(model=model, variance=variance, level=level)
    return synthesis_of(given, choices, made_by=f"synthesise_effects({choices.written()})")


def synthesis_of(
    effects: Sequence[StudyEffect],
    choices: Choices,
    *,
    made_by: str,
    caveats: Sequence[Message] = (),
) -> EffectSynthesis:
    """Return the synthesis of effects that were checked."""
    averaged = average_effects(effects, choices)
    return EffectSynthesis(
        table=_table(effects, averaged, choices.level),
        caveats=(*caveats, *caveats_of(effects, averaged, choices)),
        made_by=made_by,
        effects=tuple(effects),
        choices=choices,
        averaged=averaged,
    )


def outcome_of(effects: Sequence[StudyEffect]) -> Text:
    """Return what was measured: the problem if all name one, or the words of the sources.

    Where they differ, the class of the outcome stands for all.
    """
    problems = {one.problems[:1] for one in effects}
    if len(problems) == 1 and (named := problems.pop()):
        return named[0].words
    words = {one.outcome_words.strip() for one in effects}
    return words.pop() if len(words) == 1 and "" not in words else effects[0].outcome.words


def worse_in_words(effects: Sequence[StudyEffect], average: Average) -> Message:
    """Say that the outcome was worse on average; this stands before anything else."""
    return message(
        "On average the outcome ({outcome}) was worse with the measure; {certainty}.",
        outcome=outcome_of(effects),
        certainty=average.certainty.words,
    )


def average_in_words(average: Average, studies: int) -> Message:
    """Say the average of so many studies with its interval, and on which side it is better."""
    low, high = average.limits()
    return plural_message(
        "On average of {count} study, the {metric} is {effect} ({low} to {high}; below {none} is "
        "better); {certainty}.",
        "On average of {count} studies, the {metric} is {effect} ({low} to {high}; below {none} is "
        "better); {certainty}.",
        studies,
        metric=average.effect.metric.words,
        effect=average.effect.shown(),
        low=low.shown(),
        high=high.shown(),
        none=average.effect.moved_to(0.0).shown(),
        certainty=average.certainty.words,
    )


def _table(effects: Sequence[StudyEffect], averaged: Averaged, level: float) -> pd.DataFrame:
    rows = []
    for one, weight in zip(effects, averaged.weights, strict=True):
        turned = one.favourable
        reach = one.limits(level)[1].number - one.effect.number
        rows.append(
            {
                "key": one.key,
                "study": one.study,
                "year": one.year,
                "outcome_words": one.outcome_words,
                "printed": one.effect.published,
                "effect": turned.published,
                "low": turned.moved_to(turned.number - reach).published,
                "high": turned.moved_to(turned.number + reach).published,
                "standard_error": one.standard_error,
                "weight": weight,
                "design": one.design.value,
                "is_local": one.is_local,
                "address": one.source.address,
            }
        )
    return pd.DataFrame(rows).astype({"year": "Int64"})


def _labels(table: pd.DataFrame) -> pd.Series[str]:
    """Return the study, with its key where a study stands in several rows."""
    several = table["study"].duplicated(keep=False)
    return table["study"].where(~several, table["study"] + ": " + table["key"])
