"""This file knows the records of surveys and of the sources of indicators for programs."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - the records are built from their types
from typing import Any

from msgspec import Struct

from forestall.web.api.data_records import Content, Short  # noqa: TC001
from forestall.web.data.diagnosis_forms import USUAL


class NewSurvey(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A survey as it is begun.

    Attributes
    ----------
    weights, strata, clusters
        Columns that say how people were drawn; empty where there is none.
    """

    name: Short
    weights: Short
    strata: Short = ""
    clusters: Short = ""


class SurveyRow(Struct, frozen=True, kw_only=True):
    """A survey in a list, and how many waves it has."""

    number: int
    name: str
    weights: str
    strata: str
    clusters: str
    made_at: datetime
    waves: int


class WaveRow(Struct, frozen=True, kw_only=True):
    """A wave: when people were asked, how many answered, and which codes its columns hold."""

    number: int
    first_day: date
    last_day: date
    people: int
    answers: dict[str, list[float]]
    sha256: str
    made_at: datetime


class SurveyHeld(Struct, frozen=True, kw_only=True):
    """A survey with its waves, the earliest first; the answers themselves stay here."""

    number: int
    name: str
    weights: str
    strata: str
    clusters: str
    made_at: datetime
    waves: list[WaveRow]


class NewWave(Struct, frozen=True, kw_only=True):
    """A file with a row for each who answered, and on which days people were asked."""

    file: Content
    first_day: date
    last_day: date


class FromStore(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is counted in a store.

    Attributes
    ----------
    store
        Number of the store.
    offences
        Kinds that count; none for all of them.
    period
        Count for each month, quarter or year.
    areas, area
        Number of a file of areas, and the code or name of one area in it.
    population, population_source, per
        For a rate: how many people live there, from which source, and per how many.
    threshold
        Smallest number that is shown.
    """

    store: int
    offences: list[str] = []
    period: str = "year"
    areas: int | None = None
    area: Short = ""
    population: int | None = None
    population_source: Short = ""
    per: int = 1000
    threshold: int = USUAL


class FromSurvey(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which answers to a question of a survey count.

    Attributes
    ----------
    survey, column
        Number of the survey, and the column with the answers.
    wording
        The question as it was asked.
    counted, no_answer
        Codes of the answers that count, and codes that mean no answer.
    """

    survey: int
    column: Short
    wording: str
    counted: list[float]
    no_answer: list[float] = []


class StoreOffered(Struct, frozen=True, kw_only=True):
    """A store that an indicator can be linked to."""

    number: int
    name: str


class SurveyOffered(Struct, frozen=True, kw_only=True):
    """A survey that an indicator can be linked to, with its columns and their codes."""

    number: int
    name: str
    questions: dict[str, list[float]]


class Linked(Struct, frozen=True, kw_only=True):
    """Where a series comes from, and how far its last computation is.

    Attributes
    ----------
    store, survey
        Number of one of them; neither when it is gone.
    settings
        What was chosen when it was linked.
    what, how
        What is counted in a store, in words.
    measured_at
        When it was last computed.
    """

    store: int | None
    survey: int | None
    name: str
    settings: dict[str, Any]
    what: str
    how: str
    state: str
    measured_at: datetime | None


class SeriesPoint(Struct, frozen=True, kw_only=True):
    """One figure of a series as a page shows it: how it came there, and what it was before."""

    on: date
    number: str
    kind: str
    source: str
    earlier: list[str]


class Series(Struct, frozen=True, kw_only=True):
    """The series of an objective, the oldest figure first.

    Attributes
    ----------
    linked
        Where it comes from; None where nothing is linked.
    notes, failures
        What has to be known with it, and why it could not be read.
    stores, surveys
        What it can be linked to, for who may link it; empty for others.
    """

    objective: str
    linked: Linked | None
    rows: list[SeriesPoint]
    notes: list[str]
    failures: list[str]
    stores: list[StoreOffered]
    surveys: list[SurveyOffered]
