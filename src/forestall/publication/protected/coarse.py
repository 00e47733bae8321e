"""This file knows how numbers made of several counts lose the digits that give counts away.

A ratio, a Gini coefficient or a criterion with all its digits can be turned back into the counts
it was made of. With two or three digits many tables of counts have the same one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DIGITS = 4


def round_columns(table: pd.DataFrame, decimals: Mapping[str, int]) -> pd.DataFrame:
    """Round columns to decimals; names that the table does not have are passed over.

    Examples
    --------
    >>> round_columns(pd.DataFrame({"gini": [0.61834]}), {"gini": 2})
       gini
    0  0.62
    """
    there = {name: places for name, places in decimals.items() if name in table.columns}
    return table.assign(
        **{name: table[name].astype(float).round(places) for name, places in there.items()}
    )


def shorten_columns(
    table: pd.DataFrame, columns: Sequence[str], *, digits: int = DIGITS
) -> pd.DataFrame:
    """Write columns with so many digits that count, whatever their size.

    Examples
    --------
    >>> shorten_columns(pd.DataFrame({"rate": [0.0123456, 98.7654]}), ["rate"])
          rate
    0   0.01235
    1  98.77000
    """
    there = [name for name in columns if name in table.columns]
    return table.assign(**{name: _shortened(table[name], digits) for name in there})


def _shortened(values: pd.Series, digits: int) -> pd.Series:
    written = [float(f"{value:.{digits}g}") for value in values.astype(float)]
    return pd.Series(np.array(written, dtype=float), index=values.index)
