"""This file knows section 8: questions that the numbers raise and partners can answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.diagnosis import Hotspots
from forestall.languages import message
from forestall.publication.blocks import Item, Items, Section
from forestall.publication.report.attention import attention_blocks
from forestall.publication.report.concentration import measures, most_concentrated
from forestall.results import Certainty

if TYPE_CHECKING:
    from forestall.languages import Text
    from forestall.publication.report.setting import Setting

_MOST = 5


def questions_section(setting: Setting) -> Section:
    """Build the section with two to five questions."""
    found = [
        *_about_concentration(setting),
        *_about_change(setting),
        *_about_areas(setting),
        message("Health, victim support and schools: what is not in these records?"),
        message("Residents: which places do you avoid that this map does not show?"),
    ]
    return Section(
        id="next",
        number="8",
        heading=message("Questions for the partners"),
        blocks=(
            Items(tuple(Item(text) for text in found[:_MOST])),
            *attention_blocks(setting),
        ),
    )


def _about_concentration(setting: Setting) -> list[Text]:
    found = measures(setting.safe.concentration)
    if not found:
        return []
    chosen = most_concentrated(found) or found[0]
    return [
        message(
            "Those who know the places: what do the {places} {squares} with half of {kind} have in "
            "common?",
            places=chosen.half,
            squares=setting.squares_words,
            kind=setting.kind(chosen.group),
        )
    ]


def _about_change(setting: Setting) -> list[Text]:
    """Ask about the kind that changed most, among those that clearly changed."""
    safe = setting.safe.changes
    if safe is None:
        return []
    rows = safe.frame[safe.frame["side"] == "after"].dropna(subset=["ratio"])
    clear = rows[rows["certainty"] == Certainty.CLEAR.value]
    ratios = dict(zip(clear["group"].astype(str), clear["ratio"].astype(float), strict=True))
    if not ratios:
        return []
    group = max(ratios, key=lambda name: abs(ratios[name] - 1))
    kind = setting.kind(group)
    if ratios[group] < 1:
        return [message("All partners: what can explain fewer records of {kind}?", kind=kind)]
    return [message("All partners: what can explain more records of {kind}?", kind=kind)]


def _about_areas(setting: Setting) -> list[Text]:
    hotspots = setting.diagnosis.hotspots
    if not isinstance(hotspots, Hotspots) or hotspots.areas.empty:
        return []
    first = str(hotspots.areas["area"].iloc[0])
    return [
        message(
            "Shops, transport and housing in area {letter}: who uses the place, when, and who "
            "looks after it?",
            letter=first,
        )
    ]
