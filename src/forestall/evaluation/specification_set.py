"""This file knows how estimates of one effect by several methods are laid side by side.

Source: Simonsohn, Simmons & Nelson (2020), Nature Human Behaviour 4, for showing all reasonable
specifications instead of one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from forestall.errors import CannotAnswer
from forestall.estimates.effects import (
    CountDifference,
    HarmDifference,
    LogRatio,
    RateDifference,
    ScoreDifference,
    ShareDifference,
)
from forestall.languages import Message, message, say
from forestall.results import Result

if TYPE_CHECKING:
    from collections.abc import Mapping

    import altair as alt

    from forestall.estimates.estimates import Estimate


@dataclass(frozen=True, eq=False, kw_only=True)
class SpecificationSet(Result):
    """One effect as several methods see it, in the order of its size; none of them is the winner.

    ``table`` has one row per estimate: ``name``, ``effect``, ``low_95``, ``high_95`` (ratios, or
    incidents, or incidents per so many), ``method``, ``errors`` (what the interval rests on),
    ``treated_places``, ``comparison_places``, ``observations``, ``estimand``, and a column for each
    choice that was named.

    Attributes
    ----------
    estimates
        The records, by name.
    choices
        Names of the columns with choices.
    """

    estimates: Mapping[str, Estimate[Any]]
    choices: tuple[str, ...]

    @property
    def fewer(self) -> int:
        """Return how many estimates lie below no change."""
        return sum(one.effect.number < 0 for one in self.estimates.values())

    @property
    def apart(self) -> int:
        """Return how many 95 % intervals leave out no change."""
        return sum(not one.interval(0.95).holds(0) for one in self.estimates.values())

    def summary(self) -> str:
        """Return the range, how many lie on which side, and how many intervals leave out none."""
        ordered = sorted(self.estimates.values(), key=lambda one: one.effect.number)
        return say(
            "{count} estimates run from {low} to {high}; below no change: {fewer}, above: {more}; "
            "95 % intervals that leave out no change: {apart}.",
            count=len(ordered),
            low=ordered[0].effect.in_words(),
            high=ordered[-1].effect.in_words(),
            fewer=self.fewer,
            more=sum(one.effect.number > 0 for one in ordered),
            apart=self.apart,
        )

    def plot(self) -> alt.LayerChart:
        """Return all estimates with their 95 % intervals and choices, in the order of size."""
        from forestall._charts import specification_chart

        named = list(self.choices) or ["method"]
        rows = pd.DataFrame(
            {
                "name": self.table["name"],
                "low": self.table["low_95"],
                "effect": self.table["effect"],
                "high": self.table["high_95"],
                "choices": self.table[named].astype(str).agg(" · ".join, axis=1),
            }
        )
        effect = next(iter(self.estimates.values())).effect
        is_of_people = isinstance(effect, ScoreDifference | ShareDifference)
        return specification_chart(
            rows,
            none=1.0 if isinstance(effect, LogRatio) else 0.0,
            title=say("lower | higher") if is_of_people else say("fewer | more"),
        )


def compare_specifications(
    estimates: Mapping[str, Estimate[Any]],
    *,
    choices: Mapping[str, Mapping[str, str]] | None = None,
    question: str = "",
) -> SpecificationSet:
    """Lay estimates of one effect side by side, instead of choosing one.

    Decide which ones before the counts are seen, and show all of them: a method left out because of
    its answer makes the picture false.

    Parameters
    ----------
    estimates
        Name to record, two or more, of one outcome and on one scale.
    choices
        Name to what was chosen there, such as ``{"comparison": "all other places"}``, the same
        kinds of choice for each; shown beside it. The method if None.
    question
        In words, which places and time all are about. Differences of counts or rates need it where
        their records word the estimand differently: a total and an average per month look alike.

    Raises
    ------
    CannotAnswer
        If there are fewer than two, outcomes or scales differ, or differences ask different
        questions and no common one is named.

    Examples
    --------
    >>> from forestall.evaluation import BeforeAfter, Cells, compare_before_after
    >>> def cells(comparison):
    ...     return Cells(treated=BeforeAfter(before=207, after=110), comparison=comparison)
    >>> near = compare_before_after(cells(BeforeAfter(before=308, after=318)), outcome="theft")
    >>> city = compare_before_after(cells(BeforeAfter(before=2900, after=2710)), outcome="theft")
    >>> found = compare_specifications(
    ...     {"one area": near.ratios[0].estimate, "the city": city.ratios[0].estimate})
    >>> found.table[["name", "effect"]].round(2).values.tolist()
    [['one area', 0.51], ['the city', 0.57]]
    """
    _check(estimates, choices or {}, question)
    ordered = dict(sorted(estimates.items(), key=lambda one: one[1].effect.number))
    table = pd.DataFrame([_row(name, one) for name, one in ordered.items()])
    kinds: tuple[str, ...] = ()
    if choices:
        kinds = tuple(choices[next(iter(ordered))])
        for kind in kinds:
            table[kind] = [choices[name][kind] for name in ordered]
    return SpecificationSet(
        table=table,
        caveats=_caveats(list(ordered.values()), question),
        made_by=f"compare_specifications({', '.join(ordered)})",
        estimates=ordered,
        choices=kinds,
    )


def _check(
    estimates: Mapping[str, Estimate[Any]], choices: Mapping[str, Mapping[str, str]], question: str
) -> None:
    if len(estimates) < 2:
        raise CannotAnswer(message(_TOO_FEW, found=len(estimates)))
    names = list(estimates)
    first = estimates[names[0]]
    for name in names[1:]:
        if _scale(first) != _scale(estimates[name]):
            one, other = (_scale_in_words(each) for each in (first, estimates[name]))
            raise CannotAnswer(message(_SCALES, first=names[0], one=one, second=name, other=other))
        if estimates[name].outcome != first.outcome:
            raise CannotAnswer(message(_OUTCOMES, one=first.outcome, other=estimates[name].outcome))
        if not (isinstance(first.effect, LogRatio) or question) and str(first.estimand) != str(
            estimates[name].estimand
        ):
            raise CannotAnswer(message(_QUESTIONS, one=names[0], other=name))
    if choices and (
        set(choices) != set(names) or len({frozenset(kinds) for kinds in choices.values()}) > 1
    ):
        raise ValueError("Every estimate names the same kinds of choice.")


def _scale(estimate: Estimate[Any]) -> tuple[type, float, str]:
    found = estimate.effect
    return (
        type(found),
        found.per if isinstance(found, RateDifference) else 1.0,
        found.scale if isinstance(found, ScoreDifference) else "",
    )


def _scale_in_words(estimate: Estimate[Any]) -> Message:
    kind, per, scale = _scale(estimate)
    return message(_SCALE_WORDS[kind], per=per, scale=scale)


def _row(name: str, estimate: Estimate[Any]) -> dict[str, object]:
    numbers = [one.number for one in (estimate.effect, *estimate.limits(0.95))]
    if isinstance(estimate.effect, LogRatio):
        numbers = [LogRatio(number).ratio for number in numbers]
    return {
        "name": name,
        "effect": numbers[0],
        "low_95": numbers[1],
        "high_95": numbers[2],
        "method": estimate.engine.method,
        "errors": estimate.error_kind.value,
        "treated_places": estimate.sample.treated_places,
        "comparison_places": estimate.sample.comparison_places,
        "observations": estimate.sample.observations,
        "estimand": str(estimate.estimand),
    }


def _caveats(estimates: list[Estimate[Any]], question: str) -> tuple[Message, ...]:
    found = [_NOT_MORE]
    numbers = [one.effect.number for one in estimates]
    if min(numbers) < 0 < max(numbers):
        found.insert(0, _BOTH_SIDES)
    samples = {
        (one.sample.treated_places, one.sample.comparison_places, one.sample.observations)
        for one in estimates
    }
    if len(samples) > 1:
        found.append(_UNLIKE_SAMPLES)
    if not question and len({str(one.estimand) for one in estimates}) > 1:
        found.append(_UNLIKE_ESTIMANDS)
    found.append(_OWN_CAVEATS)
    return tuple(found)


_SCALE_WORDS: dict[type, str] = {
    CountDifference: "incidents",
    HarmDifference: "points of harm",
    LogRatio: "a ratio",
    RateDifference: "incidents per {per}",
    ScoreDifference: "points of “{scale}”",
    ShareDifference: "shares of people",
}
_TOO_FEW = "A comparison of specifications needs two estimates or more, but there are {found}."
_SCALES = "Estimates share one scale, but “{first}” is given in {one} and “{second}” in {other}."
_OUTCOMES = "Estimates are compared for one outcome, but there are “{one}” and “{other}”."
_QUESTIONS = (
    "“{one}” and “{other}” are differences for other places or times; if they are not, "
    "say in question=... what both are about."
)
_BOTH_SIDES = message(
    "Whether there were fewer or more depends on the method; find out why before you rely on one."
)
_NOT_MORE = message("All of these rest on much the same incidents; their number adds no certainty.")
_UNLIKE_SAMPLES = message("Not all of them use the same places and periods.")
_UNLIKE_ESTIMANDS = message(
    "Their questions differ in part; the table says what each of them estimates."
)
_OWN_CAVEATS = message("What is said beside each estimate holds here too.")
