"""This file knows the columns in which a user writes effects of studies, and what each means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from forestall.evidence.metrics import Favours, Metric
from forestall.evidence.vocabulary import Design, Outcome, Population, Problem, Setting
from forestall.languages import message

if TYPE_CHECKING:
    from forestall.languages import Message


class Holds(Enum):
    """What stands in the cells of a column."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole number"
    ONE_WORD = "one word of a list"
    WORDS = "words of a list, semicolons between them"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of the form.

    Attributes
    ----------
    name
        As in the first row of a file.
    holds
        What its cells hold.
    means
        What it is, for the person who fills it in.
    choices
        The words that may stand in it; empty if any may.
    is_needed
        Whether every row needs a value.
    """

    name: str
    holds: Holds
    means: Message
    choices: tuple[str, ...] = ()
    is_needed: bool = False


PEOPLE = ("treated_events", "treated", "compared_events", "compared")
INCIDENTS = ("treated_before", "treated_after", "compared_before", "compared_after")
MODERATOR = "moderator:"
YES, NO = "yes", "no"

_T, _N, _W = Holds.TEXT, Holds.NUMBER, Holds.WHOLE
EFFECT_COLUMNS: tuple[Column, ...] = (
    Column(
        name="key",
        holds=_T,
        means=message("A name for the row that no other has; made for you if it is empty"),
    ),
    Column(
        name="study",
        holds=_T,
        means=message("The study, such as “Example (2020)”; effects of one study share it"),
        is_needed=True,
    ),
    Column(name="year", holds=_W, means=message("The year of the study")),
    Column(
        name="intervention",
        holds=_T,
        means=message("The measure: its key in the catalogue, or your own words"),
        is_needed=True,
    ),
    Column(
        name="outcome",
        holds=Holds.ONE_WORD,
        means=message("What kind of outcome was measured"),
        choices=tuple(Outcome),
        is_needed=True,
    ),
    Column(name="outcome_words", holds=_T, means=message("The outcome as the study words it")),
    Column(
        name="design",
        holds=Holds.ONE_WORD,
        means=message("How treated and untreated were compared"),
        choices=tuple(Design),
    ),
    Column(
        name="metric",
        holds=Holds.ONE_WORD,
        means=message("What kind of number the effect is; not needed with counts"),
        choices=tuple(Metric),
    ),
    Column(name="effect", holds=_N, means=message("The effect as printed, such as 0.65")),
    Column(name="low", holds=_N, means=message("Lower limit of its 95 % interval, as printed")),
    Column(name="high", holds=_N, means=message("Upper limit of its 95 % interval, as printed")),
    Column(
        name="standard_error",
        holds=_N,
        means=message("In place of limits; of a ratio it is that of the logarithm"),
    ),
    Column(
        name="effect_on_scale",
        holds=_N,
        means=message("Written by forestall with all digits; leave it empty"),
    ),
    Column(
        name="favours",
        holds=Holds.ONE_WORD,
        means=message("On which side of no difference the measure did good"),
        choices=tuple(Favours),
        is_needed=True,
    ),
    Column(
        name="direction",
        holds=_T,
        means=message("The same in words, such as “below 1 = fewer burglaries”"),
    ),
    Column(
        name="source",
        holds=_T,
        means=message("Where the figures were read: a DOI, a web address or a file"),
        is_needed=True,
    ),
    Column(name="quotation", holds=_T, means=message("The passage with the figures")),
    Column(name="source_title", holds=_T, means=message("Title of the text that was read")),
    Column(name="source_authors", holds=_T, means=message("Authors of the text that was read")),
    Column(name="source_year", holds=_W, means=message("Year of the text that was read")),
    Column(
        name="problems",
        holds=Holds.WORDS,
        means=message("What the measure is meant to prevent"),
        choices=tuple(Problem),
    ),
    Column(
        name="settings",
        holds=Holds.WORDS,
        means=message("Where it was taken"),
        choices=tuple(Setting),
    ),
    Column(
        name="populations",
        holds=Holds.WORDS,
        means=message("Which groups it served"),
        choices=tuple(Population),
    ),
    Column(
        name="population_words", holds=_T, means=message("Those served, as the study words it")
    ),
    Column(
        name="law_enforcement",
        holds=Holds.ONE_WORD,
        means=message("Whether it is law enforcement, which is kept for comparison only"),
        choices=(YES, NO),
    ),
    Column(
        name="local",
        holds=Holds.ONE_WORD,
        means=message("Whether it is an evaluation of your own city"),
        choices=(YES, NO),
    ),
    Column(name="review", holds=_T, means=message("Key of the review that reports it")),
    Column(name="treated_events", holds=_W, means=message("People with the outcome, treated")),
    Column(name="treated", holds=_W, means=message("All people treated")),
    Column(name="compared_events", holds=_W, means=message("People with the outcome, compared")),
    Column(name="compared", holds=_W, means=message("All people compared")),
    Column(
        name="treated_before", holds=_N, means=message("Incidents before, where measures came")
    ),
    Column(name="treated_after", holds=_N, means=message("Incidents after, where measures came")),
    Column(
        name="compared_before", holds=_N, means=message("Incidents before, where none came")
    ),
    Column(name="compared_after", holds=_N, means=message("Incidents after, where none came")),
    Column(
        name="dispersion",
        holds=_N,
        means=message("How many times the variance of chance incidents have; 2 if empty"),
    ),
)  # fmt: skip
COLUMN_NAMED = {column.name: column for column in EFFECT_COLUMNS}
# Names that people write for the same thing.
ALSO_CALLED = {
    "problem": "problems",
    "setting": "settings",
    "population": "populations",
    "lower": "low",
    "upper": "high",
    "se": "standard_error",
}
