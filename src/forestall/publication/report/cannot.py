"""This file knows section 7: what these data cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.diagnosis import Timing
from forestall.languages import message
from forestall.publication.blocks import Box, BoxKind, Item, Section

if TYPE_CHECKING:
    from forestall.publication.report.setting import Setting


def cannot_section(setting: Setting) -> Section:
    """Build the section that is always there."""
    return Section(
        id="cannot",
        number="7",
        heading=message("What these data cannot say"),
        blocks=(Box(kind=BoxKind.CANNOT, items=tuple(_limits(setting))),),
    )


def _limits(setting: Setting) -> list[Item]:
    found = []
    if not isinstance(setting.diagnosis.timing, Timing):
        months = "month" in setting.diagnosis.manifest.time_precisions
        found.append(
            Item(
                message("The publisher gives the month only; no time-of-day chart is made.")
                if months
                else message("The file gives no time of day."),
                message("Hours and days."),
            )
        )
    found.append(
        Item(
            message("Only a survey of residents can show it."),
            message("Crime that nobody reported."),
        )
    )
    if setting.snapped:
        found.append(
            Item(
                message(
                    "Points are moved to shared places, so two records at one point may be two "
                    "homes."
                ),
                message("Repeat victims."),
            )
        )
    return [*found, *_always()]


def _always() -> list[Item]:
    return [
        Item(
            message(
                "Counts do not show causes. Partners in housing, health, schools and youth work "
                "know parts of the answer."
            ),
            message("Why."),
        ),
        Item(
            message("This product holds and analyses nothing about people who may have offended."),
            message("Who."),
        ),
        Item(message("A fall after a measure is not yet an effect of it."), message("What works.")),
        Item(
            message("Two places with the same number can differ in harm and in fear."),
            message("How grave it was."),
        ),
    ]
