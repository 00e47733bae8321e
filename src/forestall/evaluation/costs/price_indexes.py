"""This file knows how prices of one year become prices of another: by a named index, never else.

No index comes with the package. A form in CSV takes one as its publisher gives it::

    name,vintage,currency,source,year,value
    GDP deflator,2025-06,GBP,"HM Treasury, GDP deflators",2015/16,80.1

A financial year is looked up as a financial year. It is never the mean of two calendar years.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from forestall.errors import InvalidMoney
from forestall.evaluation.costs.forms import check_first_time, heading_of, number_of, read_form
from forestall.evaluation.costs.money import Conversion, Money, PriceYear
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal
    from pathlib import Path

PRICE_INDEX_COLUMNS = ("name", "vintage", "currency", "source", "year", "value")


@dataclass(frozen=True, kw_only=True)
class PriceIndex:
    """A price index of one currency in one edition.

    Attributes
    ----------
    name, vintage, source
        What it is, which edition, where it was read; all are needed.
    currency
        The currency whose prices it follows.
    values
        Its level by year. Calendar and financial years may stand together only if their publisher
        gives both on the same base.
    """

    name: str
    vintage: str
    source: str
    currency: str
    values: Mapping[PriceYear, Decimal]

    def __post_init__(self) -> None:
        if not (self.name and self.vintage and self.source):
            raise InvalidMoney(message("A price index needs a name, a vintage and a source."))
        if not all(value > 0 for value in self.values.values()):
            raise InvalidMoney(
                message(
                    "Levels of a price index are above 0; one of “{index}” is not.", index=self.name
                )
            )

    def level(self, year: PriceYear) -> Decimal:
        """Return the level of a year.

        Raises
        ------
        InvalidMoney
            If the index has no such year; a financial year needs a financial-year level.
        """
        if year in self.values:
            return self.values[year]
        if any(known.first == year.first for known in self.values):
            raise InvalidMoney(
                message(
                    "{index} has {year} only as the other kind of year; "
                    "a financial year needs a financial-year index.",
                    index=self.name,
                    year=str(year),
                )
            )
        raise InvalidMoney(
            message("{index} has no level for {year}.", index=self.name, year=str(year))
        )


def deflate(amount: Money, *, to: PriceYear | str | int, index: PriceIndex) -> Money:
    """Bring an amount to the prices of another year, in its home currency.

    Parameters
    ----------
    amount
        In the currency of the index, and not exchanged before.
    to
        The price year wanted.
    index
        The index, with its vintage, which is noted on the amount.

    Raises
    ------
    InvalidMoney
        If the currency is another, the amount was exchanged before, or a year is missing.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from forestall.evaluation.costs import money
    >>> index = PriceIndex(
    ...     name="made up", vintage="2025-06", source="example", currency="GBP",
    ...     values={PriceYear(2015, True): Decimal(80), PriceYear(2023, True): Decimal(100)})
    >>> str(deflate(money(800, "GBP", "2015/16"), to="2023/24", index=index))
    '1000 GBP (2023/24 prices)'
    """
    year = to if isinstance(to, PriceYear) else PriceYear.parse(to)
    if amount.currency != index.currency:
        raise InvalidMoney(
            message(
                "{index} follows prices in {currency}, but the amount is in {found}.",
                index=index.name,
                currency=index.currency,
                found=amount.currency,
            )
        )
    if any(step.start[:3] != step.end[:3] for step in amount.conversions):
        raise InvalidMoney(
            message("Prices are brought to another year in the home currency, before exchange.")
        )
    if year == amount.price_year:
        return amount
    factor = index.level(year) / index.level(amount.price_year)
    step = Conversion(
        index.name, index.vintage, index.source, amount.basis, f"{amount.currency} {year}"
    )
    return replace(
        amount,
        amount=amount.amount * factor,
        price_year=year,
        conversions=(*amount.conversions, step),
    )


def read_price_index(path: str | Path) -> PriceIndex:
    r"""Read a price index from the form in CSV; every row repeats name, vintage and source.

    Raises
    ------
    InvalidFile
        If columns are missing, a row cannot be read, or the rows are of several indexes.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> form = Path(tempfile.mkdtemp()) / "index.csv"
    >>> _ = form.write_text(
    ...     "name,vintage,currency,source,year,value\n"
    ...     "made up,2025-06,GBP,example,2015/16,80\n")
    >>> read_price_index(form).currency
    'GBP'
    """
    rows = read_form(path, PRICE_INDEX_COLUMNS)
    name, vintage, currency, source = heading_of(rows, PRICE_INDEX_COLUMNS[:4])
    values: dict[PriceYear, Decimal] = {}
    for number, row in rows.items():
        year = PriceYear.parse(row["year"])
        check_first_time(values, year, row=number, shown=str(year))
        values[year] = number_of(row["value"], row=number, column="value")
    return PriceIndex(name=name, vintage=vintage, source=source, currency=currency, values=values)
