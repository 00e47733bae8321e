"""This file knows documents for the tests of writers: a whole report, and its blocks."""

from __future__ import annotations

from datetime import date
from functools import cache

from forestall.disclosure import rule_named
from forestall.publication import Setting, build_report, protect_diagnosis
from forestall.publication.blocks import Details
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
