"""This file knows what a published document is made of, before it is a page, a PDF or a text file.

A `Document` holds sections, a section holds blocks. Blocks carry texts and protected numbers, never
HTML: each writer decides how a block looks. A text is written in the language in force when a
writer calls ``str`` of it, so that one document can be written in any language. A block that shows
numbers of incidents takes them from a `SafeTable`; there is no other way to put them in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.languages import Text
from forestall.publication.blanks import FormBlock

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from forestall.disclosure import SafeTable
    from forestall.publication.pictures import MapPicture, Picture
    from forestall.publication.smooth import SmoothMap
    from forestall.results import Certainty


@dataclass(frozen=True)
class Strong:
    """Words that carry the finding."""

    text: Text


@dataclass(frozen=True)
class Link:
    """Words that lead to another part of the document (``#when``) or to an address."""

    text: Text
    target: str


@dataclass(frozen=True)
class Sure:
    """The chip that says how sure a comparison is."""

    certainty: Certainty


Run = Text | Strong | Link | Sure
Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    """One paragraph."""

    runs: Runs


@dataclass(frozen=True)
class Heading:
    """A heading inside a section; ``id`` makes it a target for links."""

    text: Text
    id: str = ""


@dataclass(frozen=True)
class Item:
    """One entry of a list; ``lead`` is set in bold before the sentence."""

    text: Text
    lead: Text = ""


@dataclass(frozen=True)
class Items:
    """A list of short entries."""

    items: tuple[Item, ...]


@dataclass(frozen=True)
class KeyNumber:
    """A number and what it counts."""

    number: Text
    meaning: Text


@dataclass(frozen=True)
class KeyNumbers:
    """Three or four numbers that open the report."""

    numbers: tuple[KeyNumber, ...]


@dataclass(frozen=True, kw_only=True)
class IntervalBar:
    """A change with its 95 % interval, drawn on a scale that is the same in the whole report.

    ``change``, ``low`` and ``high`` are fractions (−0.1 is 10 % fewer), ``reach`` the end of the
    scale.
    """

    change: float
    low: float
    high: float
    reach: float
    caption: Text
    certainty: Certainty

    def __post_init__(self) -> None:
        """Keep the digits that are drawn: more would tell about the counts behind them."""
        for name in ("change", "low", "high"):
            object.__setattr__(self, name, round(float(getattr(self, name)), 3))


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One finding: the bold clause, a plain sentence more, and where the evidence is."""

    bold: Text
    then: Text = ""
    interval: IntervalBar | None = None
    more: Runs = ()


@dataclass(frozen=True)
class Findings:
    """Five to seven findings; the last one says what cannot be said."""

    findings: tuple[Finding, ...]


class Unit(StrEnum):
    """How the numbers of a column are written."""

    COUNT = "count"
    SHARE = "share"
    DECIMAL = "decimal"
    WORDS = "words"
    MONTH = "month"


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a protected table that is shown, with its head and unit."""

    name: str
    head: Text
    unit: Unit = Unit.COUNT
    decimals: int = 0


@dataclass(frozen=True, kw_only=True)
class Table:
    """A protected table with one row a label.

    Attributes
    ----------
    columns
        The first heads the rows; the others are the count of ``safe`` or derived from it.
    row_words
        Label to the words that stand for it, where they differ.
    total
        Head of the total row, which is left away when empty or when the total is not published.
    total_cells
        Column to text in the total row, for derived columns.
    """

    title: Text
    safe: SafeTable
    columns: tuple[Column, ...]
    row_words: Mapping[Hashable, Text] = field(default_factory=dict)
    total: Text = ""
    total_cells: Mapping[str, Text] = field(default_factory=dict)
    folds: bool = False


@dataclass(frozen=True, kw_only=True)
class BarTable(Table):
    """A table that is its own chart: one bar a row, from zero, as long as the count."""


@dataclass(frozen=True, kw_only=True)
class CrossTable:
    """A protected table of rows by columns, with the totals that are published.

    ``labels`` are the rows that are shown, all when empty.
    """

    title: Text
    safe: SafeTable
    row_head: Text
    row_words: Mapping[Hashable, Text]
    column_words: Mapping[Hashable, Text]
    total_row: Text
    total_column: Text
    labels: tuple[Hashable, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ChangeTable:
    """Before, after and the interval of the change, one row a kind, on one shared axis.

    ``safe`` has a row for each label and side ("before", "after"), with ``per_day``,
    ``ratio``, ``low``, ``high`` and ``certainty`` (the words of `Certainty`).

    Attributes
    ----------
    shown
        The column with what stands before and after: numbers per day, or the count itself.
    labels
        The rows that are shown, all when empty.
    """

    title: Text
    safe: SafeTable
    kind_head: Text
    before_head: Text
    after_head: Text
    row_words: Mapping[Hashable, Text] = field(default_factory=dict)
    reach: float = 0.6
    shown: str = "per_day"
    labels: tuple[Hashable, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HeatTable:
    """Hour by weekday in five classes; ``safe`` has ``weekday``, ``hour``, ``incidents``."""

    title: Text
    subtitle: Text
    safe: SafeTable
    breaks: tuple[float, ...]
    legend: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class WordTable:
    """A table of words: rules, choices, checks of the file. It holds no counts of incidents.

    Attributes
    ----------
    labelled
        Whether each cell says the head of its column where a phone sets rows under each other.
    """

    heads: tuple[Text, ...]
    rows: tuple[tuple[Run, ...], ...]
    title: Text = ""
    number_columns: tuple[int, ...] = ()
    labelled: bool = False


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A picture with its finding as the title, the alternative text, and the table behind it."""

    title: Text
    subtitle: Text
    alt: Text
    picture: Picture
    behind: Table | CrossTable | ChangeTable | WordTable | None = None
    behind_words: Text = ""
    source: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Multiples:
    """Several small pictures side by side, each with its own scale."""

    title: Text
    subtitle: Text
    charts: tuple[Chart, ...]
    behind: tuple[Table | CrossTable, ...] = ()
    behind_words: Text = ""
    source: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Map:
    """A map with its legend; letters on it lead to a table."""

    title: Text
    subtitle: Text
    alt: Text
    picture: MapPicture | SmoothMap
    source: tuple[Text, ...] = ()


class BoxKind(StrEnum):
    """What a box tells the reader to do."""

    NOTE = "note"
    CARE = "care"
    CANNOT = "cannot"
    EMPTY = "empty"


@dataclass(frozen=True, kw_only=True)
class Box:
    """A note, a caveat, a limit, or a section that cannot be answered yet."""

    kind: BoxKind
    title: Text = ""
    sentences: tuple[Text, ...] = ()
    items: tuple[Item, ...] = ()
    command: str = ""


@dataclass(frozen=True)
class Source:
    """Who, what, where, when, licence; then the choices of method."""

    sentences: tuple[Text, ...]


@dataclass(frozen=True)
class Fact:
    """A term and what it is; ``code`` is a command or a checksum, shown letter by letter."""

    term: Text
    text: Text = ""
    code: str = ""


@dataclass(frozen=True)
class Facts:
    """A list of terms."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Details:
    """Blocks that open when the reader asks."""

    summary: Text
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class PageBreak:
    """What follows begins a new page on paper; on a screen it changes nothing."""


Block = (
    Paragraph
    | Heading
    | Items
    | KeyNumbers
    | Findings
    | Table
    | BarTable
    | CrossTable
    | ChangeTable
    | HeatTable
    | WordTable
    | Chart
    | Multiples
    | Map
    | Box
    | Source
    | Facts
    | Details
    | PageBreak
    | FormBlock
)


@dataclass(frozen=True, kw_only=True)
class Section:
    """One question of the report. ``id`` is stable; ``number`` is empty for the summary."""

    id: str
    heading: Text
    question: Text = ""
    number: Text = ""
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Document:
    """A whole publication, written in the language in force when a writer reads it."""

    title: Text
    kicker: Text
    lead: Text
    made_line: Runs
    sections: tuple[Section, ...]
    foot: tuple[Text, ...] = ()
    downloads: tuple[Link, ...] = field(default=())
