"""This file knows the pictures of a balance: what it hangs on, and at which price it tips."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from forestall.evaluation.costs.answers import probability_words
from forestall.languages import Amount, message
from forestall.publication.blocks import Chart, WordTable
from forestall.publication.pictures import (
    Axis,
    ChanceCurves,
    ChanceSeries,
    IntervalRow,
    IntervalRows,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.evaluation.costs import CostsAndBenefits
    from forestall.languages import Text

_ROWS_BEHIND = 9
_MOST_SERIES = 4


def swing_chart(found: CostsAndBenefits) -> Chart:
    """Show what one input at a time does to the net value, widest first (a tornado)."""
    labels = found.input_labels()
    rows = found.sensitivity.to_dict("records")
    turns = [label for label, row in zip(labels, rows, strict=True) if row["changes_sign"]]
    return Chart(
        title=_title(turns, labels),
        subtitle=message("Net present value with one input at a time at both ends of its range"),
        alt=message(
            "Bars of the net present value by {count} inputs, widest first: {first}. Table below.",
            count=len(rows),
            first=labels[0] if labels else "–",
        ),
        picture=_swings(found),
        behind=WordTable(
            heads=(
                message("Input"),
                message("Net value at its low end"),
                message("Net value at its high end"),
                message("Does the sign change?"),
            ),
            rows=tuple(
                (
                    label,
                    Amount(row["net_at_low"], found.currency),
                    Amount(row["net_at_high"], found.currency),
                    message("yes") if row["changes_sign"] else message("no"),
                )
                for label, row in zip(labels, rows, strict=True)
            ),
            number_columns=(1, 2),
        ),
        behind_words=message("Table behind the chart"),
    )


def _swings(found: CostsAndBenefits) -> IntervalRows:
    rows = found.sensitivity.to_dict("records")
    return IntervalRows(
        axis=Axis.MONEY,
        rows=tuple(
            IntervalRow(
                words=label,
                shown=_range(found, row["net_at_low"], row["net_at_high"]),
                number=found.net_value.central,
                low=min(row["net_at_low"], row["net_at_high"]),
                high=max(row["net_at_low"], row["net_at_high"]),
            )
            for label, row in zip(found.input_labels(), rows, strict=True)
        ),
        low_words=message("loss"),
        high_words=message("gain"),
        axis_words=_axis(found, _NET),
        central=found.net_value.central,
    )


def acceptability_chart(found: CostsAndBenefits) -> Chart:
    """Show how probable a gain is by what one prevented crime is worth."""
    curves = found.acceptability
    outcomes = list(dict.fromkeys(curves["outcome"]))[:_MOST_SERIES]
    series = tuple(
        ChanceSeries(
            words=str(outcome),
            style=k,
            points=tuple(
                zip(rows["price"].astype(float), rows["probability"].astype(float), strict=True)
            ),
        )
        for k, outcome in enumerate(outcomes, start=1)
        for rows in [curves[curves["outcome"] == outcome]]
    )
    return Chart(
        title=message("The more a prevented crime is worth, the more probable is a gain"),
        subtitle=message("Probability that the net value is above zero"),
        alt=message(
            "Curve of the probability of a gain by the worth of one prevented crime. At the price "
            "used it is {probability}. Table below.",
            probability=probability_words(found.net_value.probability),
        ),
        picture=ChanceCurves(series=series, axis_words=_axis(found, _PRICE)),
        behind=_behind(found, outcomes),
        behind_words=message("Table behind the chart"),
    )


def _behind(found: CostsAndBenefits, outcomes: list[object]) -> WordTable:
    curves = found.acceptability
    rows: list[tuple[Text, ...]] = []
    for outcome in outcomes:
        part = curves[curves["outcome"] == outcome].to_dict("records")
        for at in np.unique(np.linspace(0, len(part) - 1, _ROWS_BEHIND).round().astype(int)):
            row = part[int(at)]
            rows.append(
                (
                    str(outcome),
                    Amount(float(row["price"]), found.currency),
                    probability_words(float(row["probability"])),
                )
            )
    return WordTable(
        heads=(
            message("Outcome"),
            message("Worth of one prevented crime"),
            message("Probability of a gain"),
        ),
        rows=tuple(rows),
        number_columns=(1, 2),
    )


def _title(turns: Sequence[Text], labels: Sequence[Text]) -> Text:
    if not labels:
        return message("Nothing that went into the balance is unsure")
    if not turns:
        return message("No single input turns the sign of the balance")
    return message("One input alone can turn the balance: {first}", first=turns[0])


def _range(found: CostsAndBenefits, low: float, high: float) -> Text:
    ends = sorted((low, high))
    return message(
        "{low} to {high}",
        low=Amount(ends[0], found.currency),
        high=Amount(ends[1], found.currency),
    )


def _axis(found: CostsAndBenefits, text: str) -> Text:
    return message(text, currency=found.currency, year=str(found.price_year))


_NET = "Net present value, {currency} at prices of {year}"
_PRICE = "Worth of one prevented crime, {currency} at prices of {year}"
