"""This file knows section 1: what was done, where, when, by whom, and how places were chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Day, Listing, Number, Sentences, message, plural_message
from forestall.publication.blocks import Box, BoxKind, Fact, Facts, Item, Section
from forestall.publication.evaluation_report.words import APPROACHES, CHOSEN

if TYPE_CHECKING:
    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.publication.evaluation_report.setting import EvaluationSetting

_MOST_PLACES = 20


def done_section(setting: EvaluationSetting) -> Section:
    """Build the section that is always there."""
    blocks: list[Block] = [Facts(tuple(_facts(setting)))]
    changes = setting.spec.times.other_changes
    if changes:
        items = tuple(
            Item(message("{day}: {what}", day=Day(change.on), what=change.what))
            for change in changes
        )
        blocks += [Box(kind=BoxKind.CARE, title=message("What else changed"), items=items)]
    return Section(
        id="done",
        number="1",
        heading=message("What was done"),
        question=message("Where, when, by whom, and how were the places chosen?"),
        blocks=tuple(blocks),
    )


def _facts(setting: EvaluationSetting) -> list[Fact]:
    done, places = setting.spec.intervention, setting.spec.places
    facts = [
        Fact(message("Measure"), done.what),
        Fact(message("Who does it"), done.by),
        Fact(message("Sort of measure"), APPROACHES[done.approach]),
        Fact(message("Since"), Listing([Day(day) for day in done.since])),
        Fact(message("Treated places"), _treated(setting)),
        Fact(message("Compared with"), _compared(setting)),
        Fact(message("How the places were chosen"), CHOSEN[places.chosen]),
    ]
    if places.how:
        facts.append(Fact(message("The story of the choice"), places.how))
    facts += [
        Fact(message("Time before"), setting.before),
        Fact(message("Time after"), setting.after),
        Fact(message("Outcome that decides"), setting.outcome),
    ]
    return facts


def _treated(setting: EvaluationSetting) -> Text:
    names = setting.evaluation.treated_names or setting.spec.places.treated
    number = setting.evaluation.treated_places
    counted = plural_message("{count} place", "{count} places", number)
    if len(names) > _MOST_PLACES:
        return counted
    return message("{counted}: {names}", counted=counted, names=Listing(list(names)))


def _compared(setting: EvaluationSetting) -> Text:
    said: list[Text] = [
        plural_message(
            "{count} other place.", "{count} other places.", setting.evaluation.comparison_places
        )
    ]
    if setting.evaluation.near_places:
        said.append(
            message(
                "Left out because they lie within the rings: {number}.",
                number=Number(setting.evaluation.near_places),
            )
        )
    return Sentences(said)
