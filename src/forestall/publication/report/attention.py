"""This file knows how kinds are put in an order of attention, by criteria in the open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import message
from forestall.publication.blocks import Column, Heading, Source, Table, Unit
from forestall.publication.report.words import kind_words, sentences

if TYPE_CHECKING:
    from forestall.publication.blocks import Block
    from forestall.publication.report.setting import Setting


def attention_blocks(setting: Setting) -> list[Block]:
    """Show which kinds deserve attention first; nothing when there is one kind only."""
    safe = setting.safe.priorities
    weights = getattr(setting.diagnosis.priorities, "weights", None)
    if safe is None or not weights or len(safe.row_labels) < 2:
        return []
    criteria = [
        (name, words)
        for name, words in (
            ("volume", message("Volume")),
            ("change", message("Change")),
            ("concentration", message("Concentration")),
            ("harm", message("Harm")),
        )
        if name in safe.frame.columns
    ]
    table = Table(
        title=message("Kinds by attention; each criterion runs from 0 to 1"),
        safe=safe,
        columns=(
            Column(name="group", head=message("Kind"), unit=Unit.WORDS),
            *(Column(name=n, head=w, unit=Unit.DECIMAL, decimals=2) for n, w in criteria),
            Column(name="attention", head=message("Attention"), unit=Unit.DECIMAL, decimals=2),
        ),
        row_words=kind_words(safe.row_labels),
        folds=True,
    )
    note = message("Attention is the weighted mean of the criteria.")
    caveats = sentences(getattr(setting.diagnosis.priorities, "caveats", ()))
    return [
        Heading(message("What deserves attention first"), "attention"),
        table,
        Source((note, *caveats)),
    ]
