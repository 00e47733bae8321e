"""This file knows what each kind of picture shows, before it is drawn.

A picture names columns of a protected table; drawing reads them from there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.publication.evidence_pictures import ForestRows, GapGrid
from forestall.publication.plan_pictures import IndicatorPath, LogicModel, MoneyBars, Timetable
from forestall.publication.seen_digits import shown_digits

if TYPE_CHECKING:
    from forestall.disclosure import SafeTable
    from forestall.languages import Text
    from forestall.records import Places


@dataclass(frozen=True)
class MonthMark:
    """A dated note on a line: the start of a new level, a change in recording."""

    month: str
    words: Text


@dataclass(frozen=True, kw_only=True)
class MonthLine:
    """A line over months: each month thin, the 12-month average thick, at most three notes.

    ``safe`` has ``period`` (ISO month), ``incidents`` and ``average_12``.
    """

    safe: SafeTable
    each_words: Text
    average_words: Text
    marks: tuple[MonthMark, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MonthColumns:
    """A few months as columns from zero; first and last are written out.

    ``safe`` has ``period`` and ``per_day``; only the rows of ``group`` are drawn, or all if empty.
    """

    safe: SafeTable
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class SmallLine:
    """Many months of one group as a small line; the highest and the last year are written."""

    safe: SafeTable
    group: str = ""


@dataclass(frozen=True)
class CurveSeries:
    """One curve of a concentration chart; ``style`` is a series number, 0 for chance."""

    group: str
    words: Text
    style: int
    half_share: float

    def __post_init__(self) -> None:
        """Keep the digits that can be seen in the drawing."""
        object.__setattr__(self, "half_share", round(float(self.half_share), 4))


@dataclass(frozen=True, kw_only=True)
class ConcentrationCurves:
    """Share of incidents in the busiest places; ``safe`` has ``group`` and both shares."""

    safe: SafeTable
    series: tuple[CurveSeries, ...]
    axis_words: Text
    half_words: Text


@dataclass(frozen=True, kw_only=True)
class SeasonColumns:
    """How the months of a year differ; ``safe`` has ``month``, ``factor``, ``low``, ``high``."""

    safe: SafeTable


@dataclass(frozen=True, kw_only=True)
class Funnel:
    """Rates against population with chance limits; ``safe`` is the table of rates."""

    safe: SafeTable
    rate_all: float
    rate_words: Text
    population_words: Text


@dataclass(frozen=True, kw_only=True)
class ExpectedLine:
    """A series and what was expected without a measure, with its band.

    ``safe`` has ``period``, ``incidents``, and for the time after also ``expected``, ``low`` and
    ``high``. ``since`` is the first period (ISO month) in which the measure could work.
    """

    safe: SafeTable
    since: str
    recorded_words: Text
    expected_words: Text
    since_words: Text


class Axis(StrEnum):
    """What an axis measures: a change as a fraction of what was expected, or money."""

    CHANGE = "change"
    MONEY = "money"


@dataclass(frozen=True, kw_only=True)
class IntervalRow:
    """One number with its interval, drawn; ``style`` 1 is told first, 0 stands beside it.

    Without ``number`` only the words stand there, such as why there is none.
    """

    words: Text
    shown: Text
    number: float | None = None
    low: float | None = None
    high: float | None = None
    style: int = 1

    def __post_init__(self) -> None:
        """Keep the digits that can be seen in the drawing."""
        for name in ("number", "low", "high"):
            given = getattr(self, name)
            if given is not None:
                object.__setattr__(self, name, shown_digits(float(given)))


@dataclass(frozen=True, kw_only=True)
class IntervalRows:
    """Numbers with their intervals under each other, on one axis with zero in it.

    Attributes
    ----------
    low_words, high_words
        What lies left and right of zero.
    axis_words
        What the axis measures; empty where the ticks say it.
    central
        Where all bars start from, as in a tornado; None where each has its own number.
    """

    axis: Axis
    rows: tuple[IntervalRow, ...]
    low_words: Text
    high_words: Text
    axis_words: Text = ""
    central: float | None = None


@dataclass(frozen=True, kw_only=True)
class ChanceSeries:
    """One curve of a probability: what it is of, and its points as (across, probability)."""

    words: Text
    style: int
    points: tuple[tuple[float, float], ...]

    def __post_init__(self) -> None:
        """Keep the digits that can be seen in the drawing."""
        kept = tuple((shown_digits(x), round(float(y), 2)) for x, y in self.points)
        object.__setattr__(self, "points", kept)


@dataclass(frozen=True, kw_only=True)
class ChanceCurves:
    """A probability by the worth of something, from 0 to 1."""

    series: tuple[ChanceSeries, ...]
    axis_words: Text


Picture = (
    MonthLine
    | MonthColumns
    | SmallLine
    | ConcentrationCurves
    | SeasonColumns
    | Funnel
    | ExpectedLine
    | IntervalRows
    | ChanceCurves
    | GapGrid
    | ForestRows
    | Timetable
    | LogicModel
    | MoneyBars
    | IndicatorPath
)


@dataclass(frozen=True, kw_only=True)
class MapWords:
    """The words on a map and in its legend."""

    classes: tuple[Text, ...]
    empty: Text
    hidden: Text
    stands_out: Text = ""
    border: Text = ""
    north: Text = ""


@dataclass(frozen=True, kw_only=True)
class BaseLines:
    """Lines drawn on a map for orientation: streets or boundaries.

    Attributes
    ----------
    paths
        Lines as x, y, x, y ... in metres of the projection of the places.
    words
        What they are, for the legend.
    """

    paths: tuple[tuple[float, ...], ...]
    words: Text


@dataclass(frozen=True, kw_only=True)
class MapPicture:
    """Counts by place in classes, hidden counts hatched, areas that stand out outlined.

    Attributes
    ----------
    safe
        ``place`` and ``incidents``; a place at risk without a row is studied and empty.
    breaks
        Lowest count of each class, rising.
    areas
        Letter to the codes of its places.
    borders
        Areas whose outlines are drawn for orientation.
    window
        West, south, east and north in metres of the part that is drawn; None for all.
    boundaries, streets
        Lines from files of the user.
    """

    safe: SafeTable
    places: Places
    breaks: tuple[int, ...]
    words: MapWords
    areas: dict[str, tuple[object, ...]] = field(default_factory=dict)
    borders: Places | None = None
    window: tuple[float, float, float, float] | None = None
    boundaries: BaseLines | None = None
    streets: BaseLines | None = None
