"""This file knows section 1: which kinds were recorded, and what is counted apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Sentences, Share, message, plural_message
from forestall.publication.blocks import BarTable, Column, Paragraph, Section, Source, Unit
from forestall.publication.report.words import kind_inside, kind_name, kind_words
from forestall.records.kinds import OTHER_KINDS

if TYPE_CHECKING:
    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.publication.report.setting import Setting

_MIXED_GROUPS = {
    "violence and sexual offences": (
        "It is a very mixed group: it runs from common assault and harassment to the gravest "
        "crimes, and the number of records says nothing about harm."
    ),
}


def what_section(setting: Setting) -> Section:
    """Build the section on kinds of offence."""
    blocks = _one_kind(setting) if setting.only_kind else _several_kinds(setting)
    return Section(
        id="what",
        number="1",
        heading=message("What was recorded"),
        question=message("Which kinds of crime make up the total?"),
        blocks=blocks,
    )


def _one_kind(setting: Setting) -> tuple[Block, ...]:
    text = message(
        "The report covers one kind only: {kind}, {total} incidents. What the source counts under "
        "this name may be a mix; its own definition says.",
        kind=kind_inside(setting.only_kind),
        total=setting.safe.crimes,
    )
    return (Paragraph((text,)), Source((setting.source,)))


def _several_kinds(setting: Setting) -> tuple[Block, ...]:
    safe = setting.safe.offences
    first = str(safe.row_labels[0])
    opening: list[Text] = [message("{kind} is the largest group.", kind=kind_name(first))]
    mixed = _MIXED_GROUPS.get(first.casefold())
    opening.append(
        message(mixed) if mixed else message("The number of records says nothing about harm.")
    )
    table = BarTable(
        title=message("Recorded crimes by kind, {period}", period=setting.period),
        safe=safe,
        columns=(
            Column(name="offence", head=message("Kind"), unit=Unit.WORDS),
            Column(name="incidents", head=message("Crimes")),
            Column(name="share", head=message("Share"), unit=Unit.SHARE, decimals=1),
        ),
        row_words=kind_words(safe.row_labels),
        total=message("All recorded crime"),
        total_cells={"share": Share(1.0)},
    )
    return (Paragraph((Sentences(opening),)), table, Source(_source(setting)))


def _source(setting: Setting) -> tuple[Text, ...]:
    lines: list[Text] = [setting.source, message("The groups are the source’s own.")]
    apart = setting.safe.apart_offences
    if apart is not None:
        lines.append(
            message(
                "{kinds}: {total} incidents, which the source does not count as crime; they are "
                "counted apart everywhere.",
                kinds=kind_name(str(apart.row_labels[0])),
                total=setting.safe.apart,
            )
        )
    joined = [g for g in setting.diagnosis.offences if g.label == OTHER_KINDS]
    if joined:
        lines.append(
            plural_message(
                "“Other kinds” joins {count} small kind.",
                "“Other kinds” joins {count} small kinds.",
                len(joined[0].labels),
            )
        )
    return tuple(lines)
