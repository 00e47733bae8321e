"""This file knows section 9: how the report was made, so that it can be made again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall import __version__
from forestall.languages import Sentences, message, plural_message
from forestall.publication.blocks import Details, Fact, Facts, Section
from forestall.publication.report.words import sentences

if TYPE_CHECKING:
    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.publication.report.setting import Setting


def made_section(setting: Setting) -> Section:
    """Build the section that is always there."""
    notes = sentences(setting.diagnosis.notes)
    chosen = (Fact(message("Chosen"), Sentences(notes)),) if notes else ()
    blocks: list[Block] = [
        Facts((*_data(setting), *_method(setting), *chosen)),
        _checksums(setting),
    ]
    return Section(
        id="made", number="9", heading=message("How this was made"), blocks=tuple(blocks)
    )


def _data(setting: Setting) -> tuple[Fact, ...]:
    manifest = setting.diagnosis.manifest
    facts = [
        Fact(message("Command"), code=setting.command),
        Fact(message("Made with"), f"forestall {__version__}"),
    ]
    files = plural_message(
        "{count} file, {rows} rows, {period}",
        "{count} files, {rows} rows, {period}",
        len(manifest.files),
        rows=manifest.rows_read,
        period=setting.period,
    )
    facts.append(Fact(message("Data"), files))
    if manifest.publisher:
        facts.append(Fact(message("Publisher"), manifest.publisher))
    if manifest.licence:
        facts.append(Fact(message("Licence"), manifest.licence))
    if manifest.timezone:
        facts.append(Fact(message("Time zone"), manifest.timezone))
    facts.append(Fact(message("Projection"), f"{manifest.crs_name} ({manifest.crs})"))
    classified = manifest.classification != "none"
    facts.append(
        Fact(message("Classification"), manifest.classification if classified else message("none"))
    )
    return tuple(facts)


def _method(setting: Setting) -> tuple[Fact, ...]:
    safe = setting.safe
    facts = []
    if setting.diagnosis.places is not None:
        text = message(
            "{places}, {count} studied",
            places=setting.places_words,
            count=setting.diagnosis.places.size,
        )
        facts.append(Fact(message("Places"), text))
    tables = safe.tables.values()
    hidden = sum(table.record.hidden for table in tables)
    cells = sum(table.record.cells for table in tables)
    protection: list[Text] = [
        safe.rule.words,
        message(
            "In all tables, {hidden} of {cells} numbers are hidden.",
            hidden=hidden,
            cells=cells,
        ),
    ]
    facts.append(Fact(message("Protection"), Sentences(protection)))
    facts.append(
        Fact(message("Please note"), message("no place, group or person is ranked by safety"))
    )
    return tuple(facts)


def _checksums(setting: Setting) -> Details:
    facts = tuple(Fact(file.name, code=file.sha256) for file in setting.diagnosis.manifest.files)
    return Details(message("Files that were read, with their SHA-256 checksums"), (Facts(facts),))
