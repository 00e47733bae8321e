"""This file knows section 7: in which groups of areas it worked, and who bears what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.diagnosis import Unanswered
from forestall.evaluation.cells import Cells
from forestall.languages import Decimal, Ended, Share, message
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Paragraph,
    Section,
    Source,
    Sure,
    WordTable,
)
from forestall.publication.evaluation_report.words import change_of, interval_words

if TYPE_CHECKING:
    from forestall.evaluation.group_effects import GroupEffects
    from forestall.publication.blocks import Block
    from forestall.publication.evaluation_report.setting import EvaluationSetting


def equity_section(setting: EvaluationSetting) -> Section:
    """Build the section on who bears and who benefits, which says so where it is not known."""
    found = setting.evaluation.groups
    if isinstance(found, Unanswered):
        blocks: tuple[Block, ...] = (_box(Ended(found.reason), _BY_GROUP),)
    elif not _may_be_told(setting, found):
        blocks = (_box(setting.told.why("groups")),)
    else:
        blocks = tuple(_compared(setting, found))
    return Section(
        id="equity",
        number="7",
        heading=message("Who bears it"),
        question=message("Are benefit and burden fairly shared?"),
        blocks=blocks,
    )


def _box(*sentences: object) -> Box:
    return Box(
        kind=BoxKind.EMPTY,
        title=message("Not looked at by group"),
        sentences=sentences,  # type: ignore[arg-type]
    )


def _may_be_told(setting: EvaluationSetting, found: GroupEffects) -> bool:
    """Say whether no count of any group is small; else nothing of any group is told.

    The counts of groups add up to totals that stand elsewhere, so that hiding one would not do.
    """
    if not setting.told.may_tell("comparison"):
        return False
    cells = [one.effect for one in found.groups.values() if isinstance(one.effect, Cells)]
    whole = setting.evaluation.primary.cells.treated
    rest = (
        whole.before - sum(cell.treated.before for cell in cells),
        whole.after - sum(cell.treated.after for cell in cells),
    )
    counts = [
        count
        for cell in cells
        for group in (cell.treated, cell.comparison)
        for count in (group.before, group.after)
    ]
    # What no group holds follows from the total, and must not be small either.
    known = [*counts, *(count for count in rest if count)]
    return len(cells) == len(found.groups) and min(known) >= setting.safe.rule.threshold


def _compared(setting: EvaluationSetting, found: GroupEffects) -> list[Block]:
    blocks: list[Block] = [
        Paragraph((found.reading(),)),
        WordTable(
            title=message("The effect by group of areas"),
            heads=(
                message("Group"),
                message("Change"),
                message("95 % interval"),
                message("How sure"),
            ),
            rows=tuple(
                (
                    name,
                    Share(change_of(estimate)[0], signed=True),
                    interval_words(estimate),
                    Sure(estimate.certainty),
                )
                for name, estimate in found.effects.items()
            ),
            number_columns=(1,),
        ),
    ]
    if len(found.burdens):
        blocks.append(_burdens(found))
    assert setting.spec.groups is not None
    said = message("Groups of areas: {what}.", what=setting.spec.groups.what)
    blocks.append(Source((said, *dict.fromkeys(found.caveats))))
    return blocks


def _burdens(found: GroupEffects) -> WordTable:
    return WordTable(
        title=message("Incidents per 1,000 residents, in the treated areas of each group"),
        heads=(
            message("Group"),
            message("Before"),
            message("After"),
            message("Share of incidents before"),
            message("Share of incidents after"),
        ),
        rows=tuple(
            (
                str(row["group"]),
                Decimal(float(row["before_per_1000"]), 1),
                Decimal(float(row["after_per_1000"]), 1),
                Share(float(row["before_share"])),
                Share(float(row["after_share"])),
            )
            for _, row in found.burdens.iterrows()
        ),
        number_columns=(1, 2, 3, 4),
    )


_BY_GROUP = message(
    "Effect and burden were not compared between groups of areas. Who lives with the measure, and "
    "who gains, is asked in the register below."
)
