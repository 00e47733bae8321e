"""This file knows the machine-readable form of a report; diagnosis.schema.json describes one."""

from __future__ import annotations

import json
import math
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from forestall.languages import Sentences, Words, language
from forestall.publication.blocks import Box, BoxKind, Findings
from forestall.publication.codebook import meaning
from forestall.publication.contents import ReportKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from forestall.disclosure import SafeTable
    from forestall.publication.blocks import Document, Section
    from forestall.publication.contents import Publication

FORMAT = 1
_NAMES = {
    ReportKind.DIAGNOSIS: "diagnosis",
    ReportKind.EVALUATION: "evaluation-report",
    ReportKind.PLAN: "plan-report",
    ReportKind.EVIDENCE: "evidence-report",
}
SCHEMA = f"urn:forestall:diagnosis:{FORMAT}"


def report_numbers(publication: Publication) -> dict[str, Any]:
    """Return everything the report says and shows, protected, in the language in force."""
    document, told = publication.document, publication.provenance
    name = _NAMES[publication.kind]
    return {
        "kind": f"forestall-{name}",
        "format": FORMAT,
        **({"$schema": SCHEMA} if publication.kind is ReportKind.DIAGNOSIS else {}),
        "made_with": told.made_with,
        "made_on": told.made_on.isoformat(),
        "command": told.command,
        "language": language(),
        "title": str(document.title),
        "place": told.place or None,
        "first_day": _day(told.first_day),
        "last_day": _day(told.last_day),
        "data": _as_written(told.data),
        "protection": {**told.protection, "words": str(told.rule_words)},
        "choices": [str(note) for note in told.choices],
        "findings": _findings(document),
        "sections": [_section(section) for section in document.sections],
        "tables": {name: table_numbers(name, safe) for name, safe in publication.tables.items()},
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def write_numbers(numbers: dict[str, Any]) -> str:
    """Write the numbers as JSON; the first line tells what the file is."""
    return json.dumps(numbers, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def diagnosis_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``diagnosis.json``.

    Examples
    --------
    >>> diagnosis_schema()["properties"]["kind"]
    {'const': 'forestall-diagnosis'}
    """
    text = files("forestall.publication").joinpath("diagnosis.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def table_numbers(name: str, safe: SafeTable) -> dict[str, Any]:
    """Return one protected table: its records, its totals, and what was hidden."""
    record = safe.record
    columns = list(safe.frame.columns)
    return {
        "rows": safe.rows,
        "columns": safe.columns,
        "count": safe.count,
        "meaning": {column: meaning(name, column) for column in columns},
        "records": [_finite(record) for record in safe.records()],
        "total": safe.total,
        "hidden": {
            "cells": record.cells,
            "small": record.small,
            "secondary": record.secondary,
            "rounded": record.rounded,
            "totals_left_out": [str(margin) for margin in record.left_out],
            "sentences": [str(sentence) for sentence in record.sentences],
        },
    }


def _finite(record: dict[str, object]) -> dict[str, object]:
    """Write a limit that does not exist as null: JSON has no infinity."""
    return {
        name: None if isinstance(value, float) and not math.isfinite(value) else value
        for name, value in record.items()
    }


def _as_written(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is known about the data; a text is written in the language in force."""
    return {name: str(value) if isinstance(value, Words) else value for name, value in data.items()}


def _findings(document: Document) -> list[dict[str, Any]]:
    return [
        {
            "finding": str(finding.bold),
            "more": str(finding.then),
            "certainty": finding.interval.certainty.value if finding.interval else None,
            "interval": str(finding.interval.caption) if finding.interval else None,
        }
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Findings)
        for finding in block.findings
    ]


def _section(section: Section) -> dict[str, Any]:
    reasons = [
        str(Sentences((block.title, *block.sentences)))
        for block in section.blocks
        if isinstance(block, Box) and block.kind is BoxKind.EMPTY
    ]
    return {
        "id": section.id,
        "number": section.number or None,
        "heading": str(section.heading),
        "question": str(section.question) or None,
        "not_answered": reasons,
    }
