"""This file knows how the map of gaps becomes a document: one picture a group, tables behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.evidence.candidates import text_in_words
from forestall.evidence.gaps import Gap, GapCell, GapMap
from forestall.evidence.vocabulary import Finding as Says
from forestall.languages import LineStart, Listing, Sentences, message
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Chart,
    Document,
    Finding,
    Findings,
    Item,
    Link,
    Section,
    WordTable,
)
from forestall.publication.evidence_pages.made import made_section
from forestall.publication.evidence_pictures import (
    Found,
    GapGrid,
    GridCell,
    GridRow,
    grid_key,
)
from forestall.publication.report.frame import translation_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from forestall.evidence.interventions import Intervention
    from forestall.evidence.library import Evidence
    from forestall.languages import Message, Text

_ROWS_A_PICTURE = 16
_Row = tuple["Intervention", tuple[GapCell, ...]]


def build_gap_page(found: GapMap, evidence: Evidence, *, made_on: date, command: str) -> Document:
    """Build the document of a gap map, to be written in any language.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.evidence.gaps import map_gaps
    >>> from forestall.evidence.library import packaged_evidence
    >>> page = build_gap_page(map_gaps(), packaged_evidence(), made_on=date(2026, 1, 5),
    ...     command="forestall evidence gap-map -o gaps")
    >>> str(page.title)
    'What is known, and what nobody has measured'
    """
    made = message("Made on {day} ·", day=made_on)
    return Document(
        title=message("What is known, and what nobody has measured"),
        kicker=message("Map of the evidence and its gaps"),
        lead=message("What did others find, on which outcomes, how surely, and what is missing?"),
        made_line=(made, Link(message("How this was made"), "#made")),
        sections=(
            _brief(found),
            *_groups(found, evidence),
            made_section(made_on=made_on, command=command, caveats=found.caveats),
        ),
        foot=(Sentences((translation_line(),)),),
    )


def _brief(found: GapMap) -> Section:
    told = [
        Finding(
            bold=message(
                "{absolute} of {cells} fields hold no study at all.",
                absolute=found.counted(Gap.ABSOLUTE),
                cells=len(found.cells),
            ),
            then=message(
                "{synthesis} more hold studies, but no recent review of good quality.",
                synthesis=found.counted(Gap.SYNTHESIS),
            ),
        )
    ]
    if found.empty_outcomes:
        told.append(
            Finding(
                bold=message(
                    "For no measure did a text say what it does to: {outcomes}.",
                    outcomes=Listing(tuple(one.words for one in found.empty_outcomes)),
                ),
                then=message("Harm that nobody looks for is not found; measure it here."),
            )
        )
    worse = [one for one in found.cells if one.did_harm]
    if worse:
        names = dict.fromkeys(one.intervention.key for one in worse)
        words = {one.intervention.key: one.intervention.name for one in worse}
        told.insert(
            0,
            Finding(
                bold=message(
                    "Found worse with it than without: {measures}.",
                    measures=Listing(tuple(words[name] for name in names)),
                )
            ),
        )
    return Section(
        id="brief",
        heading=message("In brief"),
        blocks=(
            Findings(tuple(told)),
            Box(
                kind=BoxKind.CANNOT,
                title=message("What cannot be said"),
                items=tuple(Item(one) for one in found.caveats),
            ),
        ),
    )


def _groups(found: GapMap, evidence: Evidence) -> list[Section]:
    groups: dict[str, list[_Row]] = {}
    words: dict[str, Message] = {}
    for measure, cells in found.rows:
        name, told = _group(measure)
        groups.setdefault(name, []).append((measure, cells))
        words[name] = told
    return [
        Section(
            id=f"group-{number}",
            number=str(number),
            heading=LineStart(words[name]),
            question=message("What was measured, how often, and how surely?"),
            blocks=tuple(
                _chart(found, rows, evidence, words[name], has_key=not at)
                for at, rows in enumerate(_cut(groups[name]))
            ),
        )
        for number, name in enumerate(groups, 1)
    ]


def _group(measure: Intervention) -> tuple[str, Message]:
    if measure.is_law_enforcement:
        return "law enforcement", message("law enforcement, for comparison only")
    return measure.approaches[0].value, measure.approaches[0].words


def _cut(rows: Sequence[_Row]) -> list[Sequence[_Row]]:
    """Cut rows into pictures of about the same length."""
    pictures = -(-len(rows) // _ROWS_A_PICTURE)
    size = -(-len(rows) // pictures)
    return [rows[at : at + size] for at in range(0, len(rows), size)]


def _chart(
    found: GapMap, rows: Sequence[_Row], evidence: Evidence, group: Message, *, has_key: bool
) -> Chart:
    empty = sum(one.gap is Gap.ABSOLUTE for _, cells in rows for one in cells)
    return Chart(
        title=message(
            "{empty} of {cells} fields are empty",
            empty=empty,
            cells=len(rows) * len(found.outcomes),
        ),
        subtitle=message("A circle is evidence, an empty box a field that nobody measured"),
        alt=message(
            "Grid of {rows} measures by {columns} outcomes ({group}): {empty} fields are empty.",
            rows=len(rows),
            columns=len(found.outcomes),
            group=group,
            empty=empty,
        ),
        picture=GapGrid(
            columns=tuple(LineStart(one.words) for one in found.outcomes),
            rows=tuple(_grid_row(measure, cells, evidence) for measure, cells in rows),
            key=grid_key() if has_key else None,
        ),
        behind=_table(found, rows),
        behind_words=message("The map as a table"),
    )


def _grid_row(measure: Intervention, cells: Sequence[GapCell], evidence: Evidence) -> GridRow:
    texts = evidence.reviews_of(measure.key)
    problems = dict.fromkeys(one for text in texts for one in text.reading.problems)
    return GridRow(
        words=LineStart(measure.name),
        cells=tuple(_grid_cell(one, evidence) for one in cells),
        is_law_enforcement=measure.is_law_enforcement,
        group=LineStart(_group(measure)[1]),
        problems=tuple(one.words for one in problems),
    )


def _grid_cell(cell: GapCell, evidence: Evidence) -> GridCell:
    told = [
        text_in_words(one)
        for one in evidence.reviews_of(cell.intervention.key)
        if one.reading.outcome is cell.outcome
    ]
    return GridCell(
        texts=cell.texts + cell.local,
        certainty=0 if cell.certainty is None else int(cell.certainty.level),
        found=_FOUND[cell.finding],
        is_synthesis_gap=cell.gap is Gap.SYNTHESIS,
        told=tuple(told),
    )


def _table(found: GapMap, rows: Sequence[_Row]) -> WordTable:
    return WordTable(
        heads=(message("Measure"), *(LineStart(one.words) for one in found.outcomes)),
        rows=tuple(
            (LineStart(measure.name), *(_cell_words(one) for one in cells))
            for measure, cells in rows
        ),
    )


def _cell_words(cell: GapCell) -> Text:
    number = cell.texts + cell.local
    if not number:
        return message("none")
    if cell.certainty is None:
        return message("{texts} · {finding}", texts=number, finding=cell.finding.words)
    return message(
        "{texts} · {finding} · {certainty}",
        texts=number,
        finding=cell.finding.words,
        certainty=cell.certainty.level.words,
    )


_FOUND = {
    Says.DESIRABLE: Found.BETTER,
    Says.HARMFUL: Found.WORSE,
    Says.NO_CLEAR_DIFFERENCE: Found.NONE,
    Says.MIXED: Found.MIXED,
    Says.UNKNOWN: Found.UNKNOWN,
}
