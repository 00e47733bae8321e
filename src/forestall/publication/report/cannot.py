"""This file knows section 7: what these data cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.diagnosis import Timing
from forestall.languages import say
from forestall.publication.blocks import Box, BoxKind, Item, Section

if TYPE_CHECKING:
    from forestall.publication.report.setting import Setting


def cannot_section(setting: Setting) -> Section:
    """Build the section that is always there."""
    return Section(
        id="cannot",
        number="7",
        heading=say("What these data cannot say"),
        blocks=(Box(kind=BoxKind.CANNOT, items=tuple(_limits(setting))),),
    )


def _limits(setting: Setting) -> list[Item]:
    found = []
    if not isinstance(setting.diagnosis.timing, Timing):
        months = "month" in setting.diagnosis.manifest.time_precisions
        found.append(
            Item(
                say("The publisher gives the month only; no time-of-day chart is made.")
                if months
                else say("The file gives no time of day."),
                say("Hours and days."),
            )
        )
    found.append(
        Item(
            say("Only a survey of residents can show it."),
            say("Crime that nobody reported."),
        )
    )
    if setting.snapped:
        found.append(
            Item(
                say(
                    "Points are moved to shared places, so two records at one point may be two "
                    "homes."
                ),
                say("Repeat victims."),
            )
        )
    return [*found, *_always()]


def _always() -> list[Item]:
    return [
        Item(
            say(
                "Counts do not show causes. Partners in housing, health, schools and youth work "
                "know parts of the answer."
            ),
            say("Why."),
        ),
        Item(
            say("This product holds and analyses nothing about people who may have offended."),
            say("Who."),
        ),
        Item(say("A fall after a measure is not yet an effect of it."), say("What works.")),
        Item(
            say("Two places with the same number can differ in harm and in fear."),
            say("How grave it was."),
        ),
    ]
