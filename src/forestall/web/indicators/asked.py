"""This file knows how the waves of a survey become a series: a share of people with its interval.

Shares are those of `forestall.surveys`: weighted, with the clusters and strata of the sample. One
that rests on too few people is not told.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from forestall.disclosure import Status, protect_count
from forestall.errors import CannotAnswer
from forestall.languages import Number, message
from forestall.surveys import Better, Item, Topic, estimate_answers
from forestall.web.indicators.rests import TooManyChoices, choices_apart, with_and_without_one
from forestall.web.indicators.series import Point, Series
from forestall.web.surveys.reading import design_of, wave_answers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from forestall.web.surveys.models import Survey, SurveyWave

_RULE = "threshold-5"
_TOO_FEW = "[u]"


def asked_series(
    survey: Survey, settings: Mapping[str, Any], *, others: Sequence[Mapping[str, Any]] = ()
) -> Series:
    """Return what a survey says of an indicator, in per cent: one point for each wave.

    Parameters
    ----------
    settings
        As in `IndicatorSource`.
    others
        Those of other series of the same survey: two shares that differ by the answers of a few
        people are not told side by side.

    Raises
    ------
    ForestallError
        If a file is gone, a wave lacks the question, or there is no wave.
    """
    waves = list(survey.waves.select_related("survey__jurisdiction"))
    if not waves:
        raise CannotAnswer(message("The survey has no wave yet."))
    beside = [one for one in others if one.get("column") == settings["column"]]
    points = tuple(_point(wave, settings, beside) for wave in waves)
    return Series(points=points, last_day=waves[-1].last_day)


def _point(
    wave: SurveyWave, settings: Mapping[str, Any], others: Sequence[Mapping[str, Any]]
) -> Point:
    answers = wave_answers(wave)
    column = settings["column"]
    _check_codes(answers, settings, day=wave.last_day)
    known = answers.assign(
        **{column: answers[column].where(~answers[column].isin(settings["no_answer"]))}
    )
    told = Point(first=wave.first_day, last=wave.last_day, value=None, hidden=_TOO_FEW)
    try:
        found = estimate_answers(
            known, design=design_of(wave.survey, known), item=_item(known, settings)
        )
    except CannotAnswer:
        return told
    row = found.table.iloc[0]
    weighted = answers.loc[answers[wave.survey.weights] > 0, column]
    if _leaves_few(weighted, settings, others):
        return replace(told, people=int(row["answers"]))
    if _few_people(known, settings, weights=wave.survey.weights):
        return replace(told, people=int(row["answers"]))
    return replace(
        told,
        hidden="",
        value=_per_cent(row["number"]),
        low=_per_cent(row["low_95"]),
        high=_per_cent(row["high_95"]),
        people=int(row["answers"]),
    )


def _check_codes(answers: pd.DataFrame, settings: Mapping[str, Any], *, day: date) -> None:
    """Refuse a wave without the question, or with answers that were not there before."""
    column = settings["column"]
    if column not in answers.columns:
        raise CannotAnswer(
            message(
                "The wave of {day} has no column {column}; bring it with that column.",
                day=day,
                column=column,
            )
        )
    if not pd.api.types.is_numeric_dtype(answers[column]):
        raise CannotAnswer(
            message(
                "The wave of {day} has answers in {column} that are no numbers.",
                day=day,
                column=column,
            )
        )
    new = set(answers[column].dropna().astype(float)) - set(settings["codes"])
    if new:
        raise CannotAnswer(
            message(
                "The wave of {day} has the code {code} in {column}, which was not there before; "
                "link the question anew.",
                day=day,
                code=Number(min(new)),
                column=column,
            )
        )


def _item(answers: pd.DataFrame, settings: Mapping[str, Any]) -> Item:
    given = answers[settings["column"]].dropna()
    counted = tuple(float(one) for one in settings["counted"])
    scale = [*counted, *given.astype(float)]
    lowest, highest = min(scale), max(scale)
    return Item(
        name=settings["wording"],
        column=settings["column"],
        wording=settings["wording"],
        # A share is estimated alike whatever it is about and whichever way is better.
        topic=Topic.TRUST,
        better=Better.HIGHER,
        lowest=lowest,
        highest=highest if highest > lowest else lowest + 1,
        counted=counted,
    )


def _few_people(answers: pd.DataFrame, settings: Mapping[str, Any], *, weights: str) -> bool:
    """Return whether fewer people than may be shown gave such an answer, or another one.

    People without weight are in no share, and protect nobody.
    """
    given = answers.loc[answers[weights] > 0, settings["column"]].dropna()
    so = int(given.isin(settings["counted"]).sum())
    return any(
        protect_count(number, rule=_RULE).cell.status is not Status.SHOWN
        for number in (so, len(given) - so)
    )


def _leaves_few(
    given: pd.Series[Any], own: Mapping[str, Any], others: Sequence[Mapping[str, Any]]
) -> bool:
    """Return whether shares of one question, taken together, tell the answers of a few people.

    What two of them count, or leave out, differs by few; or what several that have no answer in
    common leave of all answers is few.
    """
    counted = [frozenset(one["counted"]) for one in (own, *others)]
    differing = [
        frozenset(own[name]) ^ frozenset(other[name])
        for other in others
        for name in ("counted", "no_answer")
    ]
    known = frozenset(given.dropna()) - frozenset(own["no_answer"])
    try:
        rests = [
            known.difference(*family)
            for choice in choices_apart(list(dict.fromkeys(counted)), frozenset.isdisjoint)
            for family in with_and_without_one(choice)
            if counted[0] in family
        ]
    except TooManyChoices:
        return True
    return any(_are_few(given, codes) for codes in (*differing, *rests))


def _are_few(given: pd.Series[Any], codes: frozenset[float]) -> bool:
    number = int(given.isin(codes).sum())
    return protect_count(number, rule=_RULE).cell.status is not Status.SHOWN


def _per_cent(share: float) -> float:
    return round(100 * float(share), 1)
