"""This file knows the form in which unit costs come in, and the examples that come with us."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from forestall.errors import CannotAnswer, InvalidFile, InvalidMoney
from forestall.evaluation.costs.forms import choice_of, number_of, read_form
from forestall.evaluation.costs.money import Money, PriceYear, money
from forestall.evaluation.costs.unit_costs import (
    Confidence,
    CostBasis,
    CostMethod,
    CostPart,
    RangeShape,
    UnitCost,
)
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

_EXAMPLES = Path(__file__).parent / "data" / "unit_cost_examples.csv"
_NEEDED = (
    "offence", "country", "method", "part", "per", "low", "central", "high", "currency",
    "price_year", "source", "confidence",
)  # fmt: skip
UNIT_COST_COLUMNS = (*_NEEDED, "holds", "shape")
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "method": tuple(CostMethod),
    "part": tuple(CostPart),
    "per": tuple(CostBasis),
    "confidence": tuple(Confidence),
    "shape": tuple(RangeShape),
}


@dataclass(frozen=True)
class UnitCosts:
    """Unit costs from a form, or the examples.

    ``incomplete`` holds rows without a price year, which cannot be used but are not hidden.
    """

    costs: tuple[UnitCost, ...]
    incomplete: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[UnitCost]:
        """Return each cost in the order of the form."""
        return iter(self.costs)

    def __len__(self) -> int:
        """Return how many can be used."""
        return len(self.costs)

    def find(self, offence: str, *, method: CostMethod, **kept: str) -> UnitCost:
        """Return the one total that fits.

        Parameters
        ----------
        offence, method
            As in the form; a method has no default.
        kept
            Further columns that must agree: ``country``, ``part`` (total unless named),
            ``price_year``, ``currency``, ``per``.

        Raises
        ------
        CannotAnswer
            If none fits, or several do.
        """
        wanted = {"part": str(CostPart.TOTAL), **kept, "offence": offence, "method": str(method)}
        found = [cost for cost in self.costs if _fits(cost, wanted)]
        if not found:
            raise CannotAnswer(
                message("No unit cost of {offence} fits what was asked for.", offence=offence)
            )
        if len(found) > 1:
            raise CannotAnswer(
                message(
                    "{count} unit costs of {offence} fit; name the country or the price year too.",
                    count=len(found),
                    offence=offence,
                )
            )
        return found[0]

    def table(self) -> pd.DataFrame:
        """Return one row a cost, with the columns of the form and ``is_example``."""
        import pandas as pd

        return pd.DataFrame([{**_row(c), "is_example": c.is_example} for c in self.costs])


def read_unit_costs(path: str | Path) -> UnitCosts:
    r"""Read unit costs from the form, as CSV or XLSX (first sheet).

    Every row needs an offence, a method, a part, a basis, a central value, a currency, a price
    year, a source and a confidence. A row with a range needs both ends.

    Raises
    ------
    InvalidFile
        If a column or a value is missing or cannot be read; the row is named.

    Examples
    --------
    >>> import tempfile
    >>> form = Path(tempfile.mkdtemp()) / "costs.csv"
    >>> write_unit_cost_form(form)
    >>> with form.open("a") as file:
    ...     _ = file.write("burglary,,bottom-up,total,committed,2500,3268,4100,GBP,2003,"
    ...                    "City study,own figure,,\n")
    >>> costs = read_unit_costs(form)
    >>> str(costs.find("burglary", method=CostMethod.BOTTOM_UP).central)
    '3268 GBP (2003 prices)'
    """
    rows = read_form(path, _NEEDED)
    return UnitCosts(tuple(_cost(row, number) for number, row in rows.items()))


def write_unit_cost_form(path: str | Path) -> None:
    """Write an empty form: a CSV file, or a spreadsheet whose second sheet explains the columns.

    Examples
    --------
    >>> import tempfile
    >>> form = Path(tempfile.mkdtemp()) / "costs.csv"
    >>> write_unit_cost_form(form)
    >>> form.read_text().split(",")[:3]
    ['offence', 'country', 'method']
    """
    file = Path(path)
    if file.suffix.lower() == ".xlsx":
        _write_sheets(file)
        return
    with file.open("w", encoding="utf-8", newline="") as form:
        csv.writer(form, lineterminator="\n").writerow(UNIT_COST_COLUMNS)


def example_unit_costs() -> UnitCosts:
    """Return published unit costs as examples, each marked as one and with its confidence.

    They are not defaults: they are from few countries, and most need a check first.

    Examples
    --------
    >>> examples = example_unit_costs()
    >>> len(examples), len(examples.incomplete)
    (71, 11)
    >>> murder = examples.find("murder", method=CostMethod.COMBINED)
    >>> murder.confidence
    <Confidence.TRANSCRIPTION: 'transcription, check first'>
    """
    rows = read_form(_EXAMPLES, _NEEDED)
    dated = [(number, row) for number, row in rows.items() if row["price_year"]]
    return UnitCosts(
        tuple(replace(_cost(row, number), is_example=True) for number, row in dated),
        tuple(
            f"{row['country']}: {row['offence']} ({row['source']})"
            for row in rows.values()
            if not row["price_year"]
        ),
    )


def _cost(row: Mapping[str, str], number: int) -> UnitCost:
    for column in ("offence", "central", "currency", "price_year", "source"):
        if not row[column]:
            raise InvalidFile(
                message("Row {row} needs a value in “{column}”.", row=number, column=column)
            )
    for column, choices in _CHOICES.items():
        if column != "shape" or row.get("shape"):
            choice_of(row[column], choices, row=number, column=column)
    try:
        return UnitCost(
            offence=row["offence"],
            country=row["country"],
            central=_amount(row, "central", number),
            low=_amount(row, "low", number) if row["low"] else None,
            high=_amount(row, "high", number) if row["high"] else None,
            method=CostMethod(row["method"]),
            part=CostPart(row["part"]),
            per=CostBasis(row["per"]),
            source=row["source"],
            confidence=Confidence(row["confidence"]),
            holds=frozenset(filter(None, row.get("holds", "").split(";"))),
            shape=RangeShape(row.get("shape") or RangeShape.TRIANGULAR),
        )
    except InvalidMoney as wrong:
        raise InvalidFile(
            message("Row {row} cannot be used: {reason}", row=number, reason=wrong.args[0])
        ) from wrong


def _amount(row: Mapping[str, str], column: str, number: int) -> Money:
    amount = number_of(row[column], row=number, column=column)
    return money(amount, row["currency"], PriceYear.parse(row["price_year"]))


def _row(cost: UnitCost) -> dict[str, object]:
    return {
        "offence": cost.offence,
        "country": cost.country,
        "method": str(cost.method),
        "part": str(cost.part),
        "per": str(cost.per),
        "low": None if cost.low is None else cost.low.number,
        "central": cost.central.number,
        "high": None if cost.high is None else cost.high.number,
        "currency": cost.central.currency,
        "price_year": str(cost.central.price_year),
        "source": cost.source,
        "confidence": str(cost.confidence),
        "holds": ";".join(sorted(cost.holds)),
        "shape": str(cost.shape),
    }


def _fits(cost: UnitCost, wanted: Mapping[str, str]) -> bool:
    row = _row(cost)
    return all(str(row.get(column)) == value for column, value in wanted.items())


def _write_sheets(file: Path) -> None:
    from datetime import datetime

    from openpyxl import Workbook

    book = Workbook()
    # A fixed moment, so that the same form has the same bytes inside.
    book.properties.created = book.properties.modified = datetime(2025, 1, 1)  # noqa: DTZ001
    costs = book.active
    costs.title = "unit costs"
    costs.append(list(UNIT_COST_COLUMNS))
    columns = book.create_sheet("columns")
    columns.append(["column", "meaning"])
    for column in UNIT_COST_COLUMNS:
        columns.append([column, str(message(_MEANINGS[column])) + _listed(column)])
    book.save(file)


def _listed(column: str) -> str:
    return f" ({'; '.join(_CHOICES[column])})" if column in _CHOICES else ""


_MEANINGS = {
    "offence": "The offence as the source names it",
    "country": "Where the costs arose",
    "method": "How the figure was found; one of these",
    "part": "Which part of the cost it holds; one of these",
    "per": "What the figure is per; one of these",
    "low": "Lower end of the range; leave empty if there is none",
    "central": "The figure, without separators",
    "high": "Upper end of the range; leave empty if there is none",
    "currency": "Three letters of ISO 4217, such as GBP",
    "price_year": "The year whose prices it is in, such as 2003 or 2015/16",
    "source": "Where it was read, so that others can find it",
    "confidence": "How far it can be trusted; one of these",
    "holds": "Other offences whose harm is partly in it, with semicolons between them",
    "shape": "How values spread between low and high; triangular if empty, or one of these",
}
