"""This file knows section 6: the rule behind the words, and the quality of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Listing, Month, plural_message, say, write
from forestall.publication.blocks import Heading, Item, Items, Paragraph, Section, Sure, WordTable
from forestall.publication.report.words import certainty_rule, sentences
from forestall.records.checks import describe_rejected
from forestall.records.warning_sentences import describe_warning

if TYPE_CHECKING:
    from forestall.publication.blocks import Block
    from forestall.publication.report.setting import Setting
    from forestall.records import Manifest


def sure_section(setting: Setting) -> Section:
    """Build the section on certainty and on the file."""
    manifest = setting.diagnosis.manifest
    blocks: list[Block] = [
        Paragraph((say("Each comparison carries words that follow one rule everywhere."),)),
        WordTable(
            heads=(say("We write"), say("when")),
            rows=tuple((Sure(certainty), rule) for certainty, rule in certainty_rule()),
        ),
        Heading(say("Quality of the file"), "quality"),
        _rows_table(manifest),
    ]
    warned = sentences(describe_warning(warning) for warning in manifest.warnings)
    found = [*_missing_months(manifest), *_choices_about_rows(manifest), *warned]
    if found:
        blocks.append(Items(tuple(Item(text) for text in found)))
    return Section(
        id="sure",
        number="6",
        heading=say("How sure we are"),
        question=say("What do the words mean, and how good is the file?"),
        blocks=tuple(blocks),
    )


def _rows_table(manifest: Manifest) -> WordTable:
    kept = say("kept") if manifest.rows_rejected else say("all kept")
    rows = [
        (say("Read"), write(manifest.rows_read), _files(manifest)),
        (say("Kept"), write(manifest.rows_kept), kept),
        (
            say("Rejected"),
            write(manifest.rows_rejected),
            " ".join(sentences(describe_rejected(manifest.rejected))) or say("nothing to do"),
        ),
    ]
    return WordTable(
        heads=(say("Rows of the file"), say("Rows"), say("What was done")),
        rows=tuple(rows),
        number_columns=(1,),
    )


def _files(manifest: Manifest) -> str:
    return str(plural_message("from {count} file", "from {count} files", len(manifest.files)))


def _missing_months(manifest: Manifest) -> list[str]:
    if not manifest.months_missing:
        return []
    months = [_month(text) for text in manifest.months_missing]
    return [
        say(
            "Nothing was recorded in {months}; the file may be incomplete.",
            months=Listing(months[:6]),
        )
    ]


def _choices_about_rows(manifest: Manifest) -> list[str]:
    found = []
    if manifest.dropped_columns:
        found.append(
            str(
                plural_message(
                    "{count} column that identifies persons was left out when the file was read.",
                    "{count} columns that identify persons were left out when the file was read.",
                    len(manifest.dropped_columns),
                )
            )
        )
    return found


def _month(text: str) -> Month:
    from datetime import date

    year, month = text.split("-")
    return Month(date(int(year), int(month), 1))
