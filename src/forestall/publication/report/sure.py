"""This file knows section 6: the rule behind the words, and the quality of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.disclosure import protect_count
from forestall.languages import Listing, Month, plural_message, say, write
from forestall.publication.blocks import Heading, Item, Items, Paragraph, Section, Sure, WordTable
from forestall.publication.report.words import certainty_rule, sentences
from forestall.records.checks import describe_rejected
from forestall.records.warning_sentences import describe_warning

if TYPE_CHECKING:
    from forestall.diagnosis.stragglers import Stragglers
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
        heading=say("How sure we are"),
        question=say("What do the words mean, and how good is the file?"),
        blocks=tuple(blocks),
    )


def stragglers_sentence(setting: Setting) -> list[str]:
    """Say what began in months that the file hardly holds; it is in no number of the report."""
    left_out = setting.diagnosis.stragglers
    if left_out is None:
        return []
    number = protect_count(left_out.incidents, rule=setting.safe.rule)
    values = {"number": number, "first": left_out.before, "last": left_out.after}
    count = left_out.incidents if number.cell.number is not None else 0
    return [str(plural_message(*_LEFT_OUT[_sides(left_out)], count, **values))]


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


def _counted(setting: Setting) -> list[str]:
    """Say how many of the rows the report counts, where some rows began outside its months."""
    left_out = stragglers_sentence(setting)
    if not left_out:
        return []
    counted = say(
        "Incidents counted in this report, {period}: {crimes}.",
        period=setting.period,
        crimes=setting.safe.crimes,
    )
    return [" ".join([counted, *left_out])]


def _missing_months(setting: Setting) -> list[str]:
    """Name months of the time covered in which nothing was recorded."""
    first, last = setting.days
    known = [_month(text) for text in setting.diagnosis.manifest.months_missing]
    months = [month for month in known if first.replace(day=1) <= month.day <= last]
    if not months:
        return []
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
