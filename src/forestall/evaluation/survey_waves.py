"""This file knows a wave of a survey, and whether two waves asked the same."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from forestall.errors import InvalidRecords
from forestall.surveys.design import names_of

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd
    from numpy.typing import NDArray

    from forestall.estimates.estimates import Span
    from forestall.surveys import Item, SurveyDesign

    IntArray = NDArray[np.int64]


class Overlap(StrEnum):
    """What two waves of a survey have in common; the error of a difference hangs on it."""

    NOTHING = "other people in other clusters"
    CLUSTERS = "other people in the same clusters"
    PEOPLE = "the same people"


class AreaRole(StrEnum):
    """What an area is in a comparison."""

    TREATED = "treated"
    COMPARISON = "comparison"
    OTHER = "other"


@dataclass(frozen=True, eq=False, kw_only=True)
class SurveyWave:
    """Answers of one wave of a survey.

    Attributes
    ----------
    answers
        A row for each who answered, all of them, in the order of the design.
    design
        How they were drawn.
    items
        The questions, as they were asked in this wave.
    mode
        How people were asked, such as "telephone".
    response_rate
        Share of those drawn who took part (0 to 1); None if not known.
    days
        When they were asked.
    area, respondent
        Columns with the area of each person and with a key of the person; None without.
    """

    answers: pd.DataFrame
    design: SurveyDesign
    items: tuple[Item, ...]
    mode: str
    response_rate: float | None = None
    days: Span | None = None
    area: str | None = None
    respondent: str | None = None

    def __post_init__(self) -> None:
        if len(self.answers) != len(self.design):
            raise InvalidRecords(
                f"Answers and design are of the same people, but there are {len(self.answers)} and "
                f"{len(self.design)}."
            )
        for column in (self.area, self.respondent):
            if column is not None and column not in self.answers.columns:
                raise InvalidRecords(f"A wave needs the column {column}, but the table has none.")
        names = [item.name for item in self.items]
        if not names or len(set(names)) < len(names):
            raise InvalidRecords("A wave needs items, and each of them has a name of its own.")
        if self.response_rate is not None and not 0 < self.response_rate <= 1:
            raise InvalidRecords(
                f"A response rate lies between 0 and 1, but it is {self.response_rate}."
            )
        if self.respondent is not None and self.answers[self.respondent].duplicated().any():
            raise InvalidRecords("Each person answers once in a wave, but some stand there again.")

    def roles(
        self, treated: Collection[str] | None, comparison: Collection[str]
    ) -> NDArray[np.str_]:
        """Return what the area of each person is in a comparison.

        Raises
        ------
        InvalidRecords
            If areas are named and the wave has none, or an area named is not in it.
        """
        if treated is None:
            return np.full(len(self.answers), AreaRole.TREATED.value)
        if self.area is None:
            raise InvalidRecords("Treated areas are named, but a wave has no column with areas.")
        areas = names_of(self.answers[self.area])
        for named in (*treated, *comparison):
            if named not in areas:
                raise InvalidRecords(f"Every area named is in both waves, but “{named}” is not.")
        is_treated, is_comparison = np.isin(areas, list(treated)), np.isin(areas, list(comparison))
        if (is_treated & is_comparison).any():
            raise InvalidRecords("An area is treated or a comparison, but one is named as both.")
        return np.select(
            [is_treated, is_comparison],
            [AreaRole.TREATED.value, AreaRole.COMPARISON.value],
            AreaRole.OTHER.value,
        )


def matched_items(before: SurveyWave, after: SurveyWave) -> list[tuple[Item, Item]]:
    """Return each item of the first wave with that of the second, once they are known to be alike.

    Raises
    ------
    InvalidRecords
        If one is missing in the second wave, or was asked over another time or on another scale.
    """
    later = {item.name: item for item in after.items}
    for item in before.items:
        if item.name not in later:
            raise InvalidRecords(f"Both waves need “{item.name}”, but the second has no such item.")
        _check_alike(item, later[item.name])
    return [(item, later[item.name]) for item in before.items]


def _check_alike(item: Item, other: Item) -> None:
    if item.recall_months != other.recall_months:
        raise InvalidRecords(
            f"“{item.name}” asks about {_months(item)} before and {_months(other)} after; only the "
            "same time can be compared."
        )
    for part, value in _parts(item).items():
        if value != _parts(other)[part]:
            raise InvalidRecords(f"The {part} of “{item.name}” differs between the waves.")


def _parts(item: Item) -> dict[str, object]:
    return {
        "scale": (item.lowest, item.highest),
        "answers that count": frozenset(item.counted),
        "rule for series": item.series_rule,
        "topic": item.topic,
        "direction": item.better,
    }


def _months(item: Item) -> str:
    return "now" if item.recall_months is None else f"{item.recall_months:g} months"
