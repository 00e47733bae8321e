"""This file knows how the waves of a survey become a series: a share of people with its interval.

Shares are those of `forestall.surveys`: weighted, with the clusters and strata of the sample. One
that rests on too few people is not told.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from forestall.errors import CannotAnswer
from forestall.languages import Number, message
from forestall.surveys import Better, Item, Topic, estimate_answers
from forestall.web.indicators.series import Point, Series
from forestall.web.indicators.told_sets import ToldTogether, TooManySets
from forestall.web.surveys.reading import design_of, wave_answers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from forestall.web.indicators.subtracting import Asked
    from forestall.web.surveys.models import Survey, SurveyWave

Settings = dict[str, Any]

# A share of fewer people is not told, nor is one by which so few could be worked out.
_LEAST = 5
_TOO_FEW = "[u]"


def asked_series(survey: Survey, asked: Asked) -> Series:
    """Return what a survey says of an indicator, in per cent: one point for each wave.

    Parameters
    ----------
    asked
        What is counted, and what other shares of the same survey were told: shares that tell
        the answers of a few people together are not told side by side.

    Raises
    ------
    ForestallError
        If a file is gone, a wave lacks the question, or there is no wave.
    """
    waves = list(survey.waves.select_related("survey__jurisdiction"))
    if not waves:
        raise CannotAnswer(message("The survey has no wave yet."))
    points = tuple(_point(wave, asked) for wave in waves)
    return Series(points=points, last_day=waves[-1].last_day)


def _point(wave: SurveyWave, asked: Asked) -> Point:
    answers = wave_answers(wave)
    settings = asked.settings
    column: str = settings["column"]
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
    # People without weight are in no share, and protect nobody.
    if _tell_few(answers.loc[answers[wave.survey.weights] > 0, column].dropna(), asked):
        return told
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


def _tell_few(given: pd.Series[Any], asked: Asked) -> bool:
    """Return whether a share tells the answers of a few people, alone or beside others.

    Each share tells how many people answered, and how many of them so.
    """
    codes = sorted(given.unique())
    if _tells_few_alone(given, asked.settings):
        return True

    def shown(others: Sequence[Settings]) -> list[Settings]:
        of_question = [one for one in others if one["column"] == asked.settings["column"]]
        return [one for one in of_question if not _tells_few_alone(given, one)]

    try:
        return any(
            _together([asked.settings, *shown(asked.others)], gone, codes).tells_few(
                *_numbers([asked.settings, *shown(asked.others), *gone], given)
            )
            # What has ended tells nothing of later waves.
            for gone in ([], shown(asked.ended))
        )
    except TooManySets:
        return True


def _tells_few_alone(given: pd.Series[Any], settings: Settings) -> bool:
    """Return whether few people gave such an answer, or another one."""
    answered, so = _numbers([settings], given)[0].tolist()
    return bool(0 < so < _LEAST or 0 < answered - so < _LEAST)


def _together(
    live: Sequence[Settings], gone: Sequence[Settings], codes: Sequence[float]
) -> ToldTogether:
    pieces = [
        [float(code in one) for code in codes]
        for settings in (*live, *gone)
        for one in _told_codes(settings, codes)
    ]
    return ToldTogether(
        np.array(pieces), own=[0, 1], ended=range(2 * len(live), 2 * (len(live) + len(gone)))
    )


def _numbers(
    shares: Sequence[Settings], given: pd.Series[Any]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many people each share is told of, and the fewest that may be told."""
    codes = list(given.unique())
    told = [int(given.isin(one).sum()) for two in shares for one in _told_codes(two, codes)]
    return np.array(told, dtype=np.int64), np.full(len(told), _LEAST)


def _told_codes(settings: Settings, codes: Sequence[float]) -> tuple[set[float], set[float]]:
    """Return the codes of all who answered, and of those who answered so."""
    return set(codes) - set(settings["no_answer"]), set(settings["counted"]) & set(codes)


def _per_cent(share: float) -> float:
    return round(100 * float(share), 1)
