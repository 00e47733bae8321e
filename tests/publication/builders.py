"""This file knows documents for the tests of writers: a whole report, and its blocks."""

from __future__ import annotations

from datetime import date
from functools import cache

import pandas as pd

from forestall.disclosure import protect_table, rule_named
from forestall.publication import Setting, build_report, protect_diagnosis
from forestall.publication.blocks import (
    Column,
    CrossTable,
    Details,
    Document,
    Section,
    Table,
    Unit,
)
from forestall.publication.example import example_diagnosis


@cache
def example_document(*, months: int = 8):
    """Return the report of the made-up town."""
    diagnosis = example_diagnosis(months=months)
    return build_report(
        Setting(
            diagnosis=diagnosis,
            safe=protect_diagnosis(diagnosis, rule=rule_named("threshold-5")),
            place="Hill Town",
            made_on=date(2026, 11, 27),
            command="forestall diagnose town.csv -o report",
        )
    )


def blocks_of(document):
    """Yield every block of a document, those that open on request too."""
    for section in document.sections:
        yield from _inside(section.blocks)


def _inside(blocks):
    for block in blocks:
        yield block
        if isinstance(block, Details):
            yield from _inside(block.blocks)


def document_of(*blocks, title="Burglary in Hill Town", **more):
    """Return a document with one section that holds the blocks."""
    section = Section(id="what", heading="What was recorded", number="1", blocks=blocks)
    return Document(
        title=title, kicker="Diagnosis", lead="", made_line=(), sections=(section,), **more
    )


def table_of(counts, *, title="Recorded by district", **more):
    """Return a table of counts by district, protected with a threshold of 5."""
    frame = pd.DataFrame({"district": list(counts), "incidents": list(counts.values())})
    safe = protect_table(frame, rule=rule_named("threshold-5"), rows="district")
    columns = (
        Column(name="district", head="District", unit=Unit.WORDS),
        Column(name="incidents", head="Incidents"),
    )
    return Table(title=title, safe=safe, columns=columns, **more)


def cross_of(rows, columns, number):
    """Return a table of rows by columns with one and the same number in each cell."""
    pairs = [(row, column) for row in rows for column in columns]
    frame = pd.DataFrame(pairs, columns=["district", "kind"]).assign(incidents=number)
    safe = protect_table(frame, rule=rule_named("threshold-5"), rows="district", columns="kind")
    return CrossTable(
        title="Recorded by district and kind",
        safe=safe,
        row_head="District",
        row_words={},
        column_words={},
        total_row="All",
        total_column="All kinds",
    )
