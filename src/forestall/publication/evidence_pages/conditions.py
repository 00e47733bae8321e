"""This file knows what stands openly under a suggested measure: needs, tasks, cost with source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import LineStart, message
from forestall.publication.blocks import Item, Items, Link, Paragraph, Strong, WordTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.evidence.candidates import Candidate
    from forestall.languages import Text
    from forestall.publication.blocks import Block, Run


def open_conditions(one: Candidate) -> list[Block]:
    """Return what a measure needs, what would rule it out, who has to do what, and its cost."""
    needs = tuple(need.statement for need in one.intervention.needs)
    tasks = tuple(
        LineStart(message("{partner}: {task}", partner=item.partner.words, task=item.task.words))
        for item in one.intervention.partners
    )
    blocks: list[Block] = [Paragraph((Strong(_NEEDS),))]
    if needs:
        blocks += [Paragraph((_RULED_OUT,)), Items(tuple(Item(need) for need in needs))]
    else:
        blocks.append(Paragraph((_NO_NEED,)))
    return [*blocks, *listed(_TASKS, tasks), *_costs(one)]


def listed(title: Text, said: Sequence[Text]) -> list[Block]:
    """Return sentences as a list under its title; nothing where there are none."""
    if not said:
        return []
    return [Paragraph((Strong(title),)), Items(tuple(Item(one) for one in said))]


def _costs(one: Candidate) -> list[Block]:
    """Return what texts say on cost, each note once, with the text that says it."""
    rows: dict[str, tuple[Run, ...]] = {}
    for text in one.costs:
        source = Link(text.source.title or text.key, text.source.address)
        rows.setdefault(text.notes.economics, (text.notes.economics, source))
    if not rows:
        return [Paragraph((Strong(_COST),)), Paragraph((_NO_COST,))]
    return [
        WordTable(
            title=_COST,
            heads=(message("Note (in English)"), message("Source")),
            rows=tuple(rows.values()),
        )
    ]


_NEEDS = message("What it needs, and what would rule it out")
_RULED_OUT = message("It is ruled out where one of these is not so:")
_NO_NEED = message("No condition is known without which it could not be done.")
_TASKS = message("Who would have to do what")
_COST = message("What it costs")
_NO_COST = message("No text that was seen says what it costs.")
