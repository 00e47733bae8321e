"""This file knows the columns of a file of areas: code, name and populations at risk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from forestall.errors import InvalidAreas
from forestall.languages import Message, message

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

_CODE_ENDINGS = ("code", "cd", "geoid", "uid", "id", "key", "number", "numbe", "num", "nr", "no")
_NAME_ENDINGS = ("name", "nm", "nom", "naam", "label", "title", "community")
_NAMED_IN_ERRORS = 12


def find_columns(
    frame: gpd.GeoDataFrame, code: str | None, name: str | None
) -> tuple[str, str | None, list[Message]]:
    """Return the columns with code and name, guessed where not given, and what was guessed."""
    names = [str(column) for column in frame.columns if column != frame.geometry.name]
    for wanted in (code, name):
        _check_column(names, wanted)
    notes = []
    if code is None:
        code = _guessed([one for one in names if _can_be_code(frame[one])], _CODE_ENDINGS)
        if code is None:
            raise InvalidAreas(
                message(
                    "Each area needs a code of its own, but no column has one for every "
                    "area; there is: {some}.",
                    some=_some(names),
                )
            )
        notes.append(
            message("The column “{column}” was taken as the code of each area.", column=code)
        )
    if name is None:
        texts = [one for one in names if one != code and _is_text(frame[one])]
        name = _guessed(texts, _NAME_ENDINGS, sure=True)
        if name is not None:
            notes.append(
                message("The column “{column}” was taken as the name of each area.", column=name)
            )
    return code, name, notes


def _guessed(columns: list[str], endings: tuple[str, ...], *, sure: bool = False) -> str | None:
    for ending in endings:
        for column in columns:
            if column.lower().rstrip("_0123456789").endswith(ending):
                return column
    return None if sure or not columns else columns[0]


def _check_column(names: list[str], wanted: str | None) -> None:
    if wanted is not None and wanted not in names:
        raise InvalidAreas(
            message(
                "The areas need the column “{wanted}”, but the file has: {found}.",
                wanted=wanted,
                found=_some(names) or "none",
            )
        )


def _can_be_code(column: pd.Series[Any]) -> bool:
    simple = _is_text(column) or pd.api.types.is_integer_dtype(column.dtype)
    return simple and bool(column.notna().all()) and column.is_unique


def _is_text(column: pd.Series[Any]) -> bool:
    return pd.api.types.is_string_dtype(column.dtype) or column.dtype == object


def read_codes(frame: gpd.GeoDataFrame, column: str) -> NDArray[Any]:
    """Return the code of each area as text, or say why it is none."""
    missing = np.flatnonzero(frame[column].isna())
    if missing.size:
        raise InvalidAreas(
            message(
                "Every area needs a code, but {found} of {total} have none in the "
                "column “{column}”; the first is row {row}.",
                found=missing.size,
                total=len(frame),
                column=column,
                row=missing[0],
            )
        )
    codes = read_texts(frame[column], None)
    doubled = np.flatnonzero(pd.Index(codes).duplicated())
    if doubled.size:
        raise InvalidAreas(
            message(
                "Each area needs a code of its own, but {found} of {total} rows repeat "
                "one of the column “{column}”; the first is “{first}”.",
                found=doubled.size,
                total=len(codes),
                column=column,
                first=codes[doubled[0]],
            )
        )
    return codes


def read_texts(column: pd.Series[Any], otherwise: NDArray[Any] | None) -> NDArray[Any]:
    """Return values as text, those of another array where one is missing."""
    values = column
    if pd.api.types.is_float_dtype(column.dtype) and bool((column.dropna() % 1 == 0).all()):
        # Whole numbers that became fractions because one value is missing.
        values = column.astype("Int64")
    texts = np.array([str(value) for value in values], dtype=object)
    return texts if otherwise is None else np.where(column.notna(), texts, otherwise)


def sort_keys(codes: NDArray[Any]) -> NDArray[Any]:
    """Return what the codes are sorted by: numbers by their size, text by its letters.

    Examples
    --------
    >>> sorted(sort_keys(np.array(["10", "9"], dtype=object)))[0][-2:]
    '09'
    """
    if all(code.isascii() and code.isdigit() for code in codes):
        return np.array([code.rjust(40, "0") for code in codes], dtype=str)
    return codes.astype(str)


def read_populations(
    frame: gpd.GeoDataFrame, population: str | Mapping[str, str], codes: NDArray[Any]
) -> pd.DataFrame:
    """Return one column per population, checked, with the codes as index."""
    columns = {population: population} if isinstance(population, str) else dict(population)
    names = [str(column) for column in frame.columns if column != frame.geometry.name]
    known = {}
    for label, column in columns.items():
        _check_column(names, column)
        if not pd.api.types.is_numeric_dtype(frame[column].dtype):
            raise InvalidAreas(
                message(
                    "A population is a number, but the column “{column}” holds text; the "
                    "first area is “{first}”.",
                    column=column,
                    first=codes[0],
                )
            )
        known[label] = frame[column].to_numpy(dtype=float, na_value=np.nan)
        wrong = np.flatnonzero((known[label] < 0) | np.isinf(known[label]))
        if wrong.size:
            raise InvalidAreas(
                message(
                    "A population is 0 or more, but {found} of {total} areas have another "
                    "number in the column “{column}”; the first is “{first}”.",
                    found=wrong.size,
                    total=len(codes),
                    column=column,
                    first=codes[wrong[0]],
                )
            )
    return pd.DataFrame(known, index=pd.Index(codes, name="place"))


def _some(names: list[str]) -> str:
    more = " ..." if len(names) > _NAMED_IN_ERRORS else ""
    return ", ".join(names[:_NAMED_IN_ERRORS]) + more
