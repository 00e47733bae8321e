"""This file knows how the waves of a survey become a series: a share of people with its interval.

Shares are those of `forestall.surveys`: weighted, with the clusters and strata of the sample. One
that rests on too few people is not told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from forestall.errors import CannotAnswer
from forestall.languages import Number, message
from forestall.surveys import Better, Item, Topic, estimate_answers
from forestall.web.indicators.auditing import Known, told_of
from forestall.web.indicators.series import Point, Series
from forestall.web.surveys.reading import design_of, wave_answers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

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
    return Series(
        points=points,
        last_day=waves[-1].last_day,
        told={one.last.isoformat(): one.hidden or 1 for one in points},
    )


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
    given = answers.loc[answers[wave.survey.weights] > 0, column].dropna()
    if _tell_few(given, asked, wave=wave.last_day):
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


def _tell_few(given: pd.Series[Any], asked: Asked, *, wave: date) -> bool:
    """Return whether a share tells the answers of a few people, alone or beside others.

    Each share tells how many people answered, and how many of them so. What few people answered is
    as good as told where it is one of two numbers.
    """
    numbers = {float(code): int((given == code).sum()) for code in given.unique()}
    own = _Share.of(asked.settings, numbers)
    if own.tells_few:
        return True
    beside = [
        (_Share.of(one.settings, numbers), one.points[wave])
        for one in asked.told
        if one.settings["column"] == asked.settings["column"] and wave in one.points
    ]
    shown = [share for share, told in beside if not isinstance(told, str) and not share.tells_few]
    known = [one for share in shown for one in share.known]
    known += [share.mark for share, told in beside if isinstance(told, str) and share.mark.low]
    targets = dict.fromkeys(_targets([own, *shown]), _LEAST)
    told = told_of([*known, *own.known], targets)
    return bool(told and told - told_of(known, targets))


@dataclass(frozen=True)
class _Share:
    """Who answered, and who answered so: sets of codes, with how many people gave each."""

    answered: frozenset[int]
    so: frozenset[int]
    numbers: Mapping[int, int]

    @classmethod
    def of(cls, settings: Settings, numbers: Mapping[float, int]) -> _Share:
        codes = {code: at for at, code in enumerate(sorted(numbers))}
        answered = {at for code, at in codes.items() if code not in settings["no_answer"]}
        so = {at for code, at in codes.items() if code in settings["counted"]}
        people = {at: numbers[code] for code, at in codes.items()}
        return cls(frozenset(answered), frozenset(so), people)

    @property
    def known(self) -> list[Known]:
        """Return what readers of the share know."""
        people = {one: self._people(one) for one in (self.answered, self.so) if one}
        return [Known(cells=one, low=number, high=number) for one, number in people.items()]

    @property
    def mark(self) -> Known:
        """Return what readers can take from the mark: that few answered so, where it is that."""
        is_few = 0 < self._people(self.so) < _LEAST
        return Known(cells=self.so, low=int(is_few), high=_LEAST - 1)

    @property
    def tells_few(self) -> bool:
        """Return whether few people gave such an answer, or another one."""
        return any(0 < self._people(one) < _LEAST for one in (self.so, self.answered - self.so))

    def _people(self, codes: frozenset[int]) -> int:
        return sum(self.numbers[one] for one in codes)


def _targets(shares: Sequence[_Share]) -> set[frozenset[int]]:
    """Return the sets of answers that could be of few people: those that shares tell apart."""
    rows = [one for share in shares for one in (share.answered, share.so)]
    apart: dict[tuple[bool, ...], set[int]] = {}
    for code in {one for row in rows for one in row}:
        apart.setdefault(tuple(code in row for row in rows), set()).add(code)
    pieces = [frozenset(one) for one in apart.values()]
    single = [frozenset({one}) for row in rows for one in row]
    return {*rows, *pieces, *single, *(share.answered - share.so for share in shares)} - {
        frozenset()
    }


def _per_cent(share: float) -> float:
    return round(100 * float(share), 1)
