"""This file knows section 6: the rule behind the words, and the quality of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.disclosure import protect_count
from forestall.languages import Listing, Month, Number, Sentences, message, plural_message
from forestall.publication.blocks import Heading, Item, Items, Paragraph, Section, Sure, WordTable
from forestall.publication.report.words import certainty_rule, form_of, sentences
from forestall.records.checks import describe_rejected
from forestall.records.warning_sentences import describe_warning

if TYPE_CHECKING:
    from forestall.diagnosis.stragglers import Stragglers
    from forestall.languages import Text
    from forestall.publication.blocks import Block, Run
    from forestall.publication.report.setting import Setting
    from forestall.records import Manifest


def sure_section(setting: Setting) -> Section:
    """Build the section on certainty and on the file."""
    manifest = setting.diagnosis.manifest
    blocks: list[Block] = [
        Paragraph((message("Each comparison carries words that follow one rule everywhere."),)),
        WordTable(
            heads=(message("We write"), message("when")),
            rows=tuple((Sure(certainty), rule) for certainty, rule in certainty_rule()),
        ),
        Heading(message("Quality of the file"), "quality"),
        _rows_table(manifest),
    ]
    counted = _counted(setting)
    warned = sentences(
        describe_warning(warning)
        for warning in manifest.warnings
        # What was left out is said above, with its number protected.
        if not (counted and warning.code.startswith("stragglers_"))
    )
    found = [
        *counted,
        *_missing_months(setting),
        *_choices_about_rows(manifest),
        *warned,
    ]
    if found:
        blocks.append(Items(tuple(Item(text) for text in found)))
    return Section(
        id="sure",
        number="6",
        heading=message("How sure we are"),
        question=message("What do the words mean, and how good is the file?"),
        blocks=tuple(blocks),
    )


def stragglers_sentence(setting: Setting) -> list[Text]:
    """Say what began in months that the file hardly holds; it is in no number of the report."""
    left_out = setting.diagnosis.stragglers
    if left_out is None:
        return []
    number = protect_count(left_out.incidents, rule=setting.safe.rule)
    values = {"number": number, "first": left_out.before, "last": left_out.after}
    return [plural_message(*_LEFT_OUT[_sides(left_out)], form_of(number), **values)]


def _sides(left_out: Stragglers) -> str:
    if left_out.after is None:
        return "before"
    return "after" if left_out.before is None else "both"


_LEFT_OUT = {
    "before": (
        "Left out is {number} incident that began before {first}, in a month that the file "
        "hardly holds.",
        "Left out are {number} incidents that began before {first}, in months that the file "
        "hardly holds.",
    ),
    "after": (
        "Left out is {number} incident that began after {last}, in a month that the file "
        "hardly holds.",
        "Left out are {number} incidents that began after {last}, in months that the file "
        "hardly holds.",
    ),
    "both": (
        "Left out is {number} incident that began before {first} or after {last}, in a month "
        "that the file hardly holds.",
        "Left out are {number} incidents that began before {first} or after {last}, in months "
        "that the file hardly holds.",
    ),
}


def _rows_table(manifest: Manifest) -> WordTable:
    kept = message("kept") if manifest.rows_rejected else message("all kept")
    rows: list[tuple[Run, ...]] = [
        (message("Read"), Number(manifest.rows_read), _files(manifest)),
        (message("Kept"), Number(manifest.rows_kept), kept),
        (
            message("Rejected"),
            Number(manifest.rows_rejected),
            Sentences(sentences(describe_rejected(manifest.rejected))) or message("nothing to do"),
        ),
    ]
    return WordTable(
        heads=(message("Rows of the file"), message("Rows"), message("What was done")),
        rows=tuple(rows),
        number_columns=(1,),
    )


def _files(manifest: Manifest) -> Text:
    return plural_message("from {count} file", "from {count} files", len(manifest.files))


def _counted(setting: Setting) -> list[Text]:
    """Say how many of the rows the report counts, where some rows began outside its months."""
    left_out = stragglers_sentence(setting)
    if not left_out:
        return []
    counted = message(
        "Incidents counted in this report, {period}: {crimes}.",
        period=setting.period,
        crimes=setting.safe.crimes,
    )
    return [Sentences((counted, *left_out))]


def _missing_months(setting: Setting) -> list[Text]:
    """Name months of the time covered in which nothing was recorded."""
    months = [Month(month) for month in setting.months_missing]
    if not months:
        return []
    return [
        message(
            "Nothing was recorded in {months}; the file may be incomplete.",
            months=Listing(months[:6]),
        )
    ]


def _choices_about_rows(manifest: Manifest) -> list[Text]:
    found: list[Text] = []
    if manifest.dropped_columns:
        found.append(
            plural_message(
                "{count} column that identifies persons was left out when the file was read.",
                "{count} columns that identify persons were left out when the file was read.",
                len(manifest.dropped_columns),
            )
        )
    return found
