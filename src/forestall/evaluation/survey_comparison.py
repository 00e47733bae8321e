"""This file knows whether answers to a survey changed: victimization, fear, trust and stigma."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from forestall import __version__
from forestall._stats.multiplicity import adjust_holm
from forestall._stats.regression import t_p_value
from forestall.estimates.effects import RateDifference, ScoreDifference, ShareDifference
from forestall.estimates.estimates import Engine, ErrorKind, Estimate, Sample
from forestall.evaluation.survey_caveats import areas_of, survey_caveats
from forestall.evaluation.survey_contrasts import stack_waves
from forestall.evaluation.survey_waves import AreaRole, matched_items
from forestall.languages import Message, Sentences, message, say
from forestall.results import Certainty, Result
from forestall.surveys.items import Better, ItemKind, Topic

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import altair as alt

    from forestall.evaluation.survey_contrasts import Contrast, StackedWaves
    from forestall.evaluation.survey_waves import Overlap, SurveyWave
    from forestall.surveys import Item

_SURE = (Certainty.CLEAR, Certainty.PROBABLE)
_PER = 1000.0


@dataclass(frozen=True, eq=False, kw_only=True)
class SurveyComparison(Result):
    """Answers to a survey after a measure against before, and against comparison areas if any.

    ``table`` has one row per item: ``item``, ``topic``, ``kind``, ``treated_before``,
    ``treated_after``, ``comparison_before``, ``comparison_after`` (missing without comparison),
    ``difference``, ``standard_error``, ``low_95``, ``high_95``, ``degrees_of_freedom``,
    ``p_value``, ``p_holm`` (allowing for all items), ``certainty``, ``turned`` ("better", "worse",
    or "cannot be told"), ``answers`` (people, unweighted), ``rarer`` (of a share, the fewest people
    on a side who gave the rarer answer). Shares are fractions, incidents are per 1,000 people.

    Attributes
    ----------
    effects
        The difference of each item by its name: of shares, of scores, or of incidents per 1,000.
    items
        The questions as they were asked before.
    has_comparison
        Whether there were comparison areas.
    """

    effects: Mapping[str, Estimate[Any]]
    items: tuple[Item, ...]
    has_comparison: bool

    def summary(self) -> str:
        """Return each difference, which way it turned, and how many hold for all items together."""
        said: list[str | Message] = []
        for item in self.items:
            said += [self.effects[item.name].summary(), self.reading(item.name)]
        if len(self.items) > 1:
            holding = int((self.table["p_holm"] <= 0.05).sum())
            said.append(message(_HOLDING, holding=holding, count=len(self.items)))
        return str(Sentences(tuple(said)))

    def reading(self, item: str) -> Message:
        """Return which way an item turned, in words of its topic.

        Parameters
        ----------
        item
            Its name.
        """
        found = self.effects[item]
        if found.certainty not in _SURE:
            return _CANNOT_BE_TOLD
        asked = next(one for one in self.items if one.name == item)
        change = _WORDS[asked.topic][_turned_better(asked, found.effect.number)]
        return message(_THAN_EXPECTED if self.has_comparison else _THAN_BEFORE, change=change)

    def plot(self) -> alt.LayerChart:
        """Return each difference with its interval, as a part of its scale.

        Incidents are shown as a part of those before.
        """
        from forestall._charts import interval_chart

        whole = [
            row["treated_before"] or 1.0
            if item.kind is ItemKind.INCIDENTS
            else 1.0
            if item.kind is ItemKind.SHARE
            else item.highest - item.lowest
            for item, (_, row) in zip(self.items, self.table.iterrows(), strict=True)
        ]
        shown = pd.DataFrame({"item": self.table["item"]})
        for name, column in (("low", "low_95"), ("ratio", "difference"), ("high", "high_95")):
            shown[name] = 1 + self.table[column] / whole
        farthest = float((shown[["low", "ratio", "high"]] - 1).abs().to_numpy().max())
        limit = next((end for end in (0.1, 0.3, 0.6) if farthest <= end), 1.0)
        return interval_chart(shown, label="item", limit=limit, title=say("lower | higher"))


def compare_surveys_before_after(
    before: SurveyWave,
    after: SurveyWave,
    *,
    overlap: Overlap,
    treated: Collection[str] | None = None,
    comparison: Collection[str] = (),
) -> SurveyComparison:
    """Compare answers to a survey after a measure with those before, item by item.

    With comparison areas, the difference is that of the treated less that of the comparison areas.
    Standard errors are by Taylor linearisation over both waves in one design, so that clusters or
    people who answered twice are allowed for. Degrees of freedom are Satterthwaite's: clusters less
    strata of each side, weighed by how much of the variance comes from it.

    Parameters
    ----------
    before, after
        The waves, each with all who answered; people in other areas stay in the design.
    overlap
        What the waves have in common.
    treated, comparison
        Names of areas; without ``treated``, everybody lives in a treated area.

    Raises
    ------
    InvalidRecords
        If the waves did not ask the same over the same time, or do not have in common what is said.
    CannotAnswer
        If a side has fewer than 30 answers, a single cluster, or all answers are alike.

    Examples
    --------
    >>> from forestall.surveys import Better, Item, Topic, survey_design
    >>> from forestall.evaluation import Overlap, SurveyWave
    >>> unsafe = Item(name="Feeling unsafe after dark", column="unsafe", topic=Topic.FEAR,
    ...     wording="Do you feel unsafe walking alone here after dark?", better=Better.LOWER,
    ...     counted=(1,))
    >>> def wave(yes):
    ...     answers = pd.DataFrame({"weight": 1.0, "unsafe": [1] * yes + [0] * (400 - yes)})
    ...     return SurveyWave(answers=answers, design=survey_design(answers, weights="weight"),
    ...         items=(unsafe,), mode="post", response_rate=0.4)
    >>> found = compare_surveys_before_after(wave(160), wave(112), overlap=Overlap.NOTHING)
    >>> print(found.summary())
    Feeling unsafe after dark: 12.0 percentage points lower (95 % interval: 18.5 percentage points
    lower to 5.5 percentage points lower); clear. Compared with the time before: safer.
    """
    items = matched_items(before, after)
    stacked = stack_waves(
        before, after, overlap=overlap, treated=treated, comparison=tuple(comparison)
    )
    contrasts = [stacked.contrast(pair) for pair in items]
    caveats = survey_caveats(stacked, items, contrasts, overlap=overlap)
    asked = tuple(item for item, _ in items)
    effects = {
        item.name: _estimate(stacked, item, found, caveats)
        for item, found in zip(asked, contrasts, strict=True)
    }
    rows = [
        _row(item, found, effects[item.name]) for item, found in zip(asked, contrasts, strict=True)
    ]
    table = pd.DataFrame(rows)
    table.insert(11, "p_holm", adjust_holm(table["p_value"]))
    return SurveyComparison(
        table=table,
        caveats=caveats,
        made_by=f"compare_surveys_before_after(overlap={overlap.name}, "
        f"treated={None if treated is None else list(treated)}, comparison={list(comparison)})",
        effects=effects,
        items=asked,
        has_comparison=bool(comparison),
    )


def _estimate(
    stacked: StackedWaves, item: Item, found: Contrast, caveats: tuple[Message, ...]
) -> Estimate[Any]:
    before, after = stacked.waves
    has_comparison = AreaRole.COMPARISON in stacked.roles
    return Estimate(
        estimand=_AGAINST_COMPARISON if has_comparison else _AGAINST_BEFORE,
        outcome=item.name,
        effect=_effect(item, found.number),
        standard_error=found.standard_error,
        error_kind=ErrorKind.LINEARISED,
        degrees_of_freedom=found.degrees_of_freedom,
        p_value=t_p_value(
            found.number, found.standard_error, degrees_of_freedom=found.degrees_of_freedom
        ),
        sample=Sample(
            treated_places=areas_of(stacked, AreaRole.TREATED),
            comparison_places=areas_of(stacked, AreaRole.COMPARISON),
            observations=sum(found.answers.values()),
            before=before.days,
            after=after.days,
        ),
        engine=Engine(
            method="difference of two waves of a survey, Taylor linearisation",
            software="forestall",
            version=__version__,
        ),
        caveats=caveats,
    )


def _effect(item: Item, number: float) -> ShareDifference | ScoreDifference | RateDifference:
    if item.kind is ItemKind.SHARE:
        return ShareDifference(number)
    if item.kind is ItemKind.INCIDENTS:
        return RateDifference(number, per=_PER)
    return ScoreDifference(number, scale=f"{item.name}, {item.lowest:g} to {item.highest:g}")


def _row(item: Item, found: Contrast, effect: Estimate[Any]) -> dict[str, object]:
    levels = {
        f"{role.value}_{when}": found.levels.get((role, wave), np.nan)
        for role in (AreaRole.TREATED, AreaRole.COMPARISON)
        for wave, when in enumerate(("before", "after"))
    }
    interval = effect.interval(0.95)
    better = _turned_better(item, found.number)
    sure = effect.certainty in _SURE
    return {
        "item": item.name,
        "topic": item.topic.value,
        "kind": item.kind.value,
        **levels,
        "difference": found.number,
        "standard_error": found.standard_error,
        "low_95": interval.low,
        "high_95": interval.high,
        "degrees_of_freedom": found.degrees_of_freedom,
        "p_value": effect.p_value,
        "certainty": effect.certainty.value,
        "turned": ("better" if better else "worse") if sure else "cannot be told",
        "answers": sum(found.answers.values()),
        "rarer": found.rarer if item.kind is ItemKind.SHARE else np.nan,
    }


def _turned_better(item: Item, number: float) -> bool:
    return (number < 0) == (item.better is Better.LOWER)


_WORDS: Mapping[Topic, Mapping[bool, Message]] = {
    Topic.VICTIMIZATION: {
        True: message("less victimization"),
        False: message("more victimization"),
    },
    Topic.FEAR: {True: message("safer"), False: message("less safe")},
    Topic.TRUST: {True: message("more trust"), False: message("less trust")},
    Topic.STIGMA: {True: message("less stigma"), False: message("more stigma")},
}
_THAN_BEFORE = "Compared with the time before: {change}."
_THAN_EXPECTED = "Compared with what the comparison areas led to expect: {change}."
_CANNOT_BE_TOLD = message("That is not sure enough to say which way it turned.")
_HOLDING = "Allowing for all items at once, {holding} of {count} differ beyond chance (5 % level)."
_AGAINST_BEFORE = message("answers in the treated areas after the measure less those before")
_AGAINST_COMPARISON = message(
    "answers in the treated areas after the measure less those before, against the comparison areas"
)
