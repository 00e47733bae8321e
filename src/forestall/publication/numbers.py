"""This file knows the machine-readable form of a diagnosis; diagnosis.schema.json describes it."""

from __future__ import annotations

import json
import math
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from forestall import __version__
from forestall.languages import Sentences, language
from forestall.publication.blocks import Box, BoxKind, Findings
from forestall.publication.codebook import meaning

if TYPE_CHECKING:
    from forestall.disclosure import SafeTable
    from forestall.publication.blocks import Document, Section
    from forestall.publication.report import Setting

FORMAT = 1


def diagnosis_numbers(setting: Setting, document: Document) -> dict[str, Any]:
    """Return everything the report says and shows, protected, ready for JSON."""
    diagnosis, rule = setting.diagnosis, setting.safe.rule
    return {
        "kind": "forestall-diagnosis",
        "format": FORMAT,
        "made_with": f"forestall {__version__}",
        "made_on": setting.made_on.isoformat(),
        "command": setting.command,
        "language": language(),
        "title": str(document.title),
        "place": setting.place or None,
        "first_day": diagnosis.first_day.isoformat(),
        "last_day": diagnosis.last_day.isoformat(),
        "data": _data(setting),
        "protection": {
            "rule": rule.name,
            "threshold": rule.threshold,
            "least_possible_values": rule.least_possible_values,
            "words": str(rule.words),
        },
        "choices": [str(note) for note in diagnosis.notes],
        "findings": _findings(document),
        "sections": [_section(section) for section in document.sections],
        "tables": {name: table_numbers(name, safe) for name, safe in setting.safe.tables.items()},
    }


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


def _data(setting: Setting) -> dict[str, Any]:
    manifest = setting.diagnosis.manifest
    return {
        "source": manifest.source,
        "publisher": manifest.publisher,
        "licence": manifest.licence,
        "attribution": manifest.attribution,
        "timezone": manifest.timezone,
        "crs": manifest.crs,
        "rows_read": manifest.rows_read,
        "rows_kept": manifest.rows_kept,
        "rejected": dict(manifest.rejected),
        "months_missing": list(manifest.months_missing),
        # Rows by file would be the number of each month where each month has its file.
        "files": [{"name": file.name, "sha256": file.sha256} for file in manifest.files],
    }


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
