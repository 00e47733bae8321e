"""This file knows section 12: how the report was made, so that it can be made again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.diagnosis import Unanswered
from forestall.languages import Sentences, message, plural_message
from forestall.publication.blocks import Details, Fact, Facts, Section, WordTable
from forestall.publication.codebook import codebook_entries
from forestall.publication.evaluation_report.words import METHODS
from forestall.publication.provenance import MADE_WITH

if TYPE_CHECKING:
    from forestall.languages import Text
    from forestall.publication.blocks import Run
    from forestall.publication.evaluation_report.setting import EvaluationSetting


def made_section(setting: EvaluationSetting) -> Section:
    """Build the section that is always there."""
    return Section(
        id="made",
        number="12",
        heading=message("How this was made"),
        blocks=(
            Facts(tuple(_facts(setting))),
            _engines(setting),
            Details(message("Codebook: what each column means"), (_codebook(setting),)),
            _checksums(setting),
        ),
    )


def _facts(setting: EvaluationSetting) -> list[Fact]:
    manifest, rule = setting.evaluation.manifest, setting.safe.rule
    files = plural_message(
        "{count} file, {rows} rows",
        "{count} files, {rows} rows",
        len(manifest.files),
        rows=manifest.rows_read,
    )
    facts = [
        Fact(message("Command"), code=setting.command),
        Fact(message("Made with"), MADE_WITH),
        Fact(message("Data"), files),
    ]
    if manifest.publisher:
        facts.append(Fact(message("Publisher"), manifest.publisher))
    if manifest.licence:
        facts.append(Fact(message("Licence"), manifest.licence))
    tables = setting.safe.tables.values()
    protection: list[Text] = [
        rule.words,
        message(
            "In all tables, {hidden} of {cells} numbers are hidden.",
            hidden=sum(table.record.hidden for table in tables),
            cells=sum(table.record.cells for table in tables),
        ),
        message("An effect is told only where each count behind it is shown."),
    ]
    return [
        *facts,
        Fact(message("Protection"), Sentences(protection)),
        Fact(message("Please note"), message("no place, group or person is ranked by safety")),
    ]


def _engines(setting: EvaluationSetting) -> WordTable:
    rows: list[tuple[Run, ...]] = []
    for one in setting.primary.specifications:
        if not isinstance(one.found, Unanswered):
            engine = one.found.engine
            made = f"{engine.software} {engine.version}"
            rows.append((METHODS[one.method], engine.method, made, one.found.error_kind.value))
    return WordTable(
        title=message("Methods and their software"),
        heads=(
            message("Method"),
            message("Name"),
            message("Software"),
            message("What the standard error rests on"),
        ),
        rows=tuple(rows),
    )


def _codebook(setting: EvaluationSetting) -> WordTable:
    return WordTable(
        heads=(message("File"), message("Column"), message("Means")),
        rows=tuple(
            (file, column, means)
            for file, _, column, means in codebook_entries(setting.safe.tables)
        ),
    )


def _checksums(setting: EvaluationSetting) -> Details:
    files = setting.evaluation.manifest.files
    facts = tuple(Fact(file.name, code=file.sha256) for file in files)
    return Details(message("Files that were read, with their SHA-256 checksums"), (Facts(facts),))
