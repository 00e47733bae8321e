"""This file knows section 5: for how many people, and which areas differ more than chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.diagnosis import Rates
from forestall.languages import Decimal, Sentences, Unended, message, plural_message
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Chart,
    Column,
    Paragraph,
    Section,
    Table,
    Unit,
)
from forestall.publication.pictures import Funnel
from forestall.publication.protected.areas import shown_rate
from forestall.publication.report.words import place_name

if TYPE_CHECKING:
    from forestall.disclosure import SafeTable
    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.publication.report.setting import Setting


def rates_section(setting: Setting) -> Section:
    """Build the section on rates, or say how to get one."""
    rates, safe = setting.diagnosis.rates, setting.safe.rates
    if isinstance(rates, Rates) and safe is not None:
        blocks: tuple[Block, ...] = _answered(setting, rates, safe)
    else:
        blocks = (_how_to(setting),)
    return Section(
        id="rates",
        number="5",
        heading=message("For how many people"),
        question=message("How large is the risk?"),
        blocks=blocks,
    )


def differing(safe: SafeTable) -> int:
    """Return how many shown areas lie beyond the widened limits of chance."""
    return int(safe.frame["state"].isin(["higher", "lower"]).sum())


def rates_sentence(setting: Setting, safe: SafeTable) -> Text:
    """Say how many of the areas that are shown differ more than chance, and how many are not."""
    sentence = _differing_sentence(safe)
    withheld = _withheld(setting, safe)
    if not withheld:
        return sentence
    more = plural_message(
        "{count} more is withheld to protect small numbers.",
        "{count} more are withheld to protect small numbers.",
        withheld,
    )
    return Sentences((sentence, more))


def _differing_sentence(safe: SafeTable) -> Text:
    shown = int(safe.frame["rate"].notna().sum())
    count = differing(safe)
    if not shown:
        return message("No rate of an area can be shown.")
    if not count and shown == 1:
        return message("The one area does not differ more than chance from the rate of all.")
    if not count:
        return message(
            "None of {areas} areas differs more than chance from the rate of all.", areas=shown
        )
    return plural_message(
        "{count} of {areas} areas differs more than chance from the rate of all.",
        "{count} of {areas} areas differ more than chance from the rate of all.",
        count,
        areas=shown,
    )


def _withheld(setting: Setting, safe: SafeTable) -> int:
    rates = setting.diagnosis.rates
    assert isinstance(rates, Rates)
    return int(rates.table["rate"].notna().sum() - safe.frame["rate"].notna().sum())


def _how_to(setting: Setting) -> Box:
    areas = setting.diagnosis.by_area is not None
    command = (
        f"{setting.command} \\\n  --population COLUMN"
        if areas
        else f"{setting.command} \\\n  --areas areas.gpkg --population residents"
    )
    return Box(
        kind=BoxKind.EMPTY,
        title=message("Not answered: no population figures were given"),
        sentences=(
            message(
                "Counts show where the work is, not how likely it is that a person is affected. To "
                "show rates with their intervals, add residents or households by area:"
            ),
        ),
        command=command,
    )


def _answered(setting: Setting, rates: Rates, safe: SafeTable) -> tuple[Block, ...]:
    overall = Decimal(shown_rate(safe, per=rates.per), 1)
    opening = [
        rates_sentence(setting, safe),
        message(
            "In the areas shown, {rate} incidents were recorded per {per} of the population, "
            "{period}. The population is the column “{population}” of the areas.",
            rate=overall,
            per=rates.per,
            population=rates.population,
            period=setting.period,
        ),
        message("Areas also differ in how many people use them by day."),
    ]
    return (
        Paragraph((Sentences(opening),)),
        _chart(setting, rates, safe),
        Box(
            kind=BoxKind.CARE,
            title=message("Whose risk is this?"),
            sentences=(
                message(
                    "The rate divides by the people who live or are counted there, not by those "
                    "who pass, shop or work. In a centre it says little about a resident’s risk."
                ),
            ),
        ),
    )


def _chart(setting: Setting, rates: Rates, safe: SafeTable) -> Chart:
    words = {"per": rates.per, "period": setting.period}
    return Chart(
        title=Unended(_differing_sentence(safe)),
        subtitle=message(
            "Recorded per {per} of the population against the size of the area, {period}; dashed: "
            "95 % limits of chance, solid: 99.8 %",
            **words,
        ),
        alt=message(
            "Funnel chart of recorded incidents per {per} of the population by area, {period}. "
            "{finding} Table below.",
            finding=rates_sentence(setting, safe),
            **words,
        ),
        picture=Funnel(
            safe=safe,
            rate_all=round(shown_rate(safe, per=rates.per), 3),
            rate_words=message(
                "together: {rate}", rate=Decimal(shown_rate(safe, per=rates.per), 1)
            ),
            population_words=message("Population of the area"),
        ),
        behind=_table(rates, safe),
        behind_words=message("Table of all areas, by name"),
        source=_source(setting, rates),
    )


def _table(rates: Rates, safe: SafeTable) -> Table:
    frame = safe.frame
    return Table(
        title=message("Recorded per {per}, by area", per=rates.per),
        safe=safe,
        columns=(
            Column(name="place", head=message("Area"), unit=Unit.WORDS),
            Column(name="population", head=message("Population")),
            Column(name="incidents", head=message("Recorded")),
            Column(name="rate", head=message("Rate"), unit=Unit.DECIMAL, decimals=1),
            Column(name="low", head=message("lower limit"), unit=Unit.DECIMAL, decimals=1),
            Column(name="high", head=message("upper limit"), unit=Unit.DECIMAL, decimals=1),
        ),
        row_words=dict(zip(frame["place"], map(place_name, frame["name"]), strict=True)),
    )


def _source(setting: Setting, rates: Rates) -> tuple[Text, ...]:
    lines = [
        setting.source,
        message("Limits: exact 95 % intervals (Poisson)."),
        message(
            "The limits of chance are widened, because areas differ by more than chance alone "
            "would make them."
        ),
        message("The table is by name; it is no ranking."),
    ]
    if rates.dispersion <= 1.005:
        lines.pop(2)
    return tuple(lines)
