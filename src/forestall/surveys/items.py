"""This file knows a question of a survey: its words, its answers, and which way is better."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from forestall.errors import InvalidRecords

if TYPE_CHECKING:
    import pandas as pd

    from forestall.surveys.design import BoolArray, FloatArray
    from forestall.surveys.series_rules import SeriesRule


class Topic(StrEnum):
    """What a question is about."""

    VICTIMIZATION = "victimization"
    FEAR = "fear"
    TRUST = "trust"
    STIGMA = "stigma"


class Better(StrEnum):
    """Which way the number of an item is better."""

    LOWER = "lower"
    HIGHER = "higher"


class ItemKind(StrEnum):
    """What the number of an item is."""

    SHARE = "share of people who answered so"
    SCORE = "mean of a scale"
    INCIDENTS = "incidents per person"


@dataclass(frozen=True, kw_only=True)
class Item:
    """A question, and how its answers become a number.

    Attributes
    ----------
    name
        What the number is, such as "Feeling unsafe after dark".
    column
        Where the answers stand.
    wording
        The question as it was asked, in its own language.
    topic, better
        What it is about, and which way is better.
    lowest, highest
        First and last answer of the scale.
    counted
        Answers that count; the number is then the share of people who gave one of them, and else
        the mean of the scale.
    recall_months
        How far back the question asks; None where it asks about now.
    series_rule
        Of a number of incidents: how series were counted. The number is then incidents a person.

    Examples
    --------
    >>> unsafe = Item(name="Feeling unsafe after dark", column="q7", topic=Topic.FEAR,
    ...     wording="How safe do you feel walking alone in this area after dark?",
    ...     better=Better.LOWER, lowest=1, highest=4, counted=(3, 4))
    >>> unsafe.kind
    <ItemKind.SHARE: 'share of people who answered so'>
    """

    name: str
    column: str
    wording: str
    topic: Topic
    better: Better
    lowest: float = 0
    highest: float = 1
    counted: tuple[float, ...] = ()
    recall_months: float | None = None
    series_rule: SeriesRule | None = None

    def __post_init__(self) -> None:
        for text, needed in ((self.name, "a name"), (self.wording, "the words that were read out")):
            if not text.strip():
                raise InvalidRecords(f"An item of a survey needs {needed}, but has none.")
        if not self.lowest < self.highest:
            raise InvalidRecords(f"The scale of “{self.name}” ends where it begins, or before.")
        if any(not self.lowest <= answer <= self.highest for answer in self.counted):
            raise InvalidRecords(f"An answer that counts is not on the scale of “{self.name}”.")
        if self.topic is Topic.VICTIMIZATION and self.recall_months is None:
            raise InvalidRecords(
                f"“{self.name}” is about victimization and needs the months it asks about."
            )

    @property
    def kind(self) -> ItemKind:
        """Return what its number is."""
        if self.series_rule is not None:
            return ItemKind.INCIDENTS
        return ItemKind.SHARE if self.counted else ItemKind.SCORE

    def numbers(self, answers: pd.DataFrame) -> tuple[FloatArray, BoolArray]:
        """Return the number of each person, and who answered; no answer has the number 0.

        Raises
        ------
        InvalidRecords
            If the column is missing or an answer is not on the scale.
        """
        if self.column not in answers.columns:
            raise InvalidRecords(
                f"“{self.name}” needs the column {self.column}, but the table has none."
            )
        given = answers[self.column].to_numpy(dtype=float, na_value=np.nan)
        answered = ~np.isnan(given)
        highest = np.inf if self.kind is ItemKind.INCIDENTS else self.highest
        wrong = np.flatnonzero(answered & ~((given >= self.lowest) & (given <= highest)))
        if wrong.size:
            raise InvalidRecords(
                f"Answers to “{self.name}” lie on its scale or are missing, but {wrong.size} of "
                f"{len(given)} are something else; the first is row {wrong[0]}."
            )
        numbers = np.isin(given, self.counted) if self.counted else np.where(answered, given, 0)
        return numbers.astype(float), answered
