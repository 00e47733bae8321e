"""This file knows the records of stores, imports, areas and diagnoses for programs."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - the records are built from their types
from typing import Annotated

from msgspec import Meta, Struct

from forestall.web.data.diagnosis_forms import USUAL

# A file in a form is sent as it is.
Content = Annotated[
    bytes, Meta(extra_json_schema={"format": "binary", "contentEncoding": "binary"})
]
Short = Annotated[str, Meta(max_length=120)]


class NewStore(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the records of a new store are, such as "Recorded crime"."""

    name: Short


class StoreState(Struct, frozen=True, kw_only=True):
    """A store, and what is known about it; the incidents themselves stay in the workspace.

    Attributes
    ----------
    rows
        How many incidents it holds.
    warnings
        What a careful analyst should know.
    """

    number: int
    name: str
    made_at: datetime
    rows: int
    first_day: date | None
    last_day: date | None
    warnings: list[str]


class Brought(Struct, frozen=True, kw_only=True):
    """Files with incidents; one that ends in .toml says what their columns mean.

    Attributes
    ----------
    inbox
        Names of files in the inbox of the server.
    """

    files: list[Content] = []
    inbox: list[str] = []


class ReadFile(Struct, frozen=True, kw_only=True):
    """One file of an import, and what became of its rows."""

    name: str
    sha256: str
    rows_read: int
    rows_kept: int
    rows_rejected: int


class RejectedFor(Struct, frozen=True, kw_only=True):
    """How many rows were rejected for one reason."""

    reason: str
    said: str
    rows: int


class Question(Struct, frozen=True, kw_only=True):
    """What an import asks about the columns of a file; never a value of it.

    Attributes
    ----------
    columns, personal
        Those that can be used, and those that were left out because they identify persons.
    """

    file: str
    columns: list[str]
    personal: list[str]


class ImportRow(Struct, frozen=True, kw_only=True):
    """An import: how far it is, and once it is done, what became of the rows.

    Attributes
    ----------
    job
        Number of the work in the background; None before it is queued.
    reason
        Why it was not done; "" otherwise.
    on_persons
        Whether it was refused because columns identify persons; try again without them.
    question
        What it asks about the columns; None where it asks nothing.
    said
        What became of it, in sentences.
    """

    number: int
    store: int
    state: str
    job: int | None
    made_at: datetime
    names: list[str]
    reason: str
    on_persons: bool
    question: Question | None
    said: list[str]
    files: list[ReadFile]
    rejected: list[RejectedFor]


class Columns(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the columns of a file mean; the questions are those of the page.

    Attributes
    ----------
    starts_at, starts_time
        Columns with the date, and with the time where it stands apart.
    format
        How the date is written, such as "%d/%m/%Y %H:%M"; "iso" for 2024-05-31.
    offence, all_are
        The column that says what happened; or what all of them are.
    x, y, crs
        Easting and northing in a projection, instead of longitude and latitude.
    location
        How exact the points are: exact, block, snapped or area.
    timezone
        Of the clocks, such as "Europe/London".
    """

    starts_at: str
    timezone: str
    location: str
    starts_time: str = ""
    format: str = "iso"
    offence: str = ""
    all_are: str = ""
    ends_at: str = ""
    longitude: str = ""
    latitude: str = ""
    x: str = ""
    y: str = ""
    crs: str = ""
    incident_id: str = ""
    area: str = ""
    place: str = ""


class Again(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether columns that identify persons are left out this time."""

    drop_personal: bool


class NewAreas(Struct, frozen=True, kw_only=True):
    """A file with areas.

    Attributes
    ----------
    code, column, population
        Columns with the code, the name and the residents, where their names do not say it.
    """

    name: Short
    file: Content
    code: Short = ""
    column: Short = ""
    population: Short = ""


class AreasRow(Struct, frozen=True, kw_only=True):
    """A file of areas, and how many areas it has."""

    number: int
    name: str
    areas: int
    sha256: str
    made_at: datetime


class Diagnosing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a diagnosis is to be about, and in which form it is told.

    Attributes
    ----------
    store
        Number of the store.
    place
        Name of the place.
    since, until
        First and last day; None for all.
    offences
        Only these kinds; none for all of them.
    areas
        Number of a file of areas.
    formats
        Further formats: pdf, docx.
    threshold
        Smallest number that is shown.
    """

    store: int
    languages: list[str]
    place: Short = ""
    since: date | None = None
    until: date | None = None
    offences: list[str] = []
    areas: int | None = None
    formats: list[str] = []
    threshold: int = USUAL


class Beside(Struct, frozen=True, kw_only=True):
    """One kind in both reports; a number that is hidden there is hidden here, such as "<5"."""

    kind: str
    before: str
    after: str
    before_a_day: float | None
    after_a_day: float | None


class Compared(Struct, frozen=True, kw_only=True):
    """What changed from one diagnosis to another; nothing where `refused` says why.

    Attributes
    ----------
    before, after
        First and last day of each report.
    sentences
        What changed; empty where a comparison would mislead.
    lines
        The numbers that both of them show, side by side.
    """

    before: list[date]
    after: list[date]
    sentences: list[str]
    lines: list[Beside]
    warnings: list[str]
    refused: str
