"""This file knows the table of incidents by place and month, complete, as a matrix."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.errors import CannotAnswer, InvalidRecords
from forestall.records import Counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class PlaceMonths:
    """Incidents of places (rows) in months (columns); a cell nobody counted is missing."""

    codes: tuple[str, ...]
    months: pd.DatetimeIndex
    counts: FloatArray

    def of(self, codes: Sequence[str]) -> FloatArray:
        """Return the rows of some places in their order; missing ones for unknown places."""
        where = pd.Index(self.codes).get_indexer(pd.Index(list(codes)))
        rows = self.counts[np.maximum(where, 0)].copy()
        rows[where < 0] = np.nan
        return rows


def read_place_months(outcomes: pd.DataFrame | Counts) -> PlaceMonths:
    """Read incidents by place and month.

    A table has a row for every place and month that was counted, zeros included: ``place``,
    ``period`` (any day of the month), ``incidents``. A row that is not there is unknown, not zero.
    `Counts` know their places and months, so that there it is zero.

    Raises
    ------
    InvalidRecords
        If a column is missing, a number is no count, or a place has a month twice.
    CannotAnswer
        If counts were not made by place and month.
    """
    if isinstance(outcomes, Counts):
        return _of_counts(outcomes)
    for column in ("place", "period", "incidents"):
        if column not in outcomes.columns:
            raise InvalidRecords(
                "Incidents by place and month need the columns place, period and incidents, but "
                f"“{column}” is missing."
            )
    numbers = outcomes["incidents"].to_numpy(dtype=float)
    wrong = np.flatnonzero(~((numbers >= 0) & (numbers == np.floor(numbers))))
    if wrong.size:
        raise InvalidRecords(
            f"Incidents are whole numbers from 0, but {wrong.size} of {len(numbers)} rows have "
            f"another value; the first is row {wrong[0]}."
        )
    months = pd.DatetimeIndex(pd.to_datetime(outcomes["period"])).to_period("M").to_timestamp()
    codes = pd.Index([unicodedata.normalize("NFC", str(code)) for code in outcomes["place"]])
    rows = pd.DataFrame({"place": codes, "month": months, "incidents": numbers})
    twice = rows.duplicated(["place", "month"])
    if twice.any():
        raise InvalidRecords(
            f"Every place has a month once, but {int(twice.sum())} rows stand again; "
            f"the first is row {int(np.argmax(twice.to_numpy()))}."
        )
    matrix = rows.set_index(["place", "month"])["incidents"].unstack().sort_index()  # noqa: PD010
    every = pd.date_range(months.min(), months.max(), freq="MS")
    matrix = matrix.reindex(columns=every)
    return PlaceMonths(codes=tuple(matrix.index), months=every, counts=matrix.to_numpy(dtype=float))


def _of_counts(counts: Counts) -> PlaceMonths:
    if counts.places is None or counts.periods is None or counts.periods.unit != "month":
        raise CannotAnswer(
            "Incidents by place and month are known when counted with places=... and "
            "period='month'."
        )
    matrix = np.zeros((counts.places.size, counts.periods.size))
    where = counts.places.positions(counts.table["place"])
    when = counts.periods.positions(counts.table["period"])
    np.add.at(matrix, (where, when), counts.table["incidents"].to_numpy(dtype=float))
    matrix[:, ~counts.periods.is_whole] = np.nan
    return PlaceMonths(
        codes=tuple(str(code) for code in counts.places.codes),
        months=counts.periods.starts,
        counts=matrix,
    )
