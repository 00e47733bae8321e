"""This file knows how groups of areas are told in a specification: who bears what, never people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from forestall.errors import InvalidSpecification

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from forestall.evaluation.specification.toml_parts import Part

_NEEDED = ("place", "group")


@dataclass(frozen=True, eq=False, kw_only=True)
class AreaGroups:
    """To which group each area belongs, and who lives there.

    Attributes
    ----------
    what
        What groups areas, such as "fifths by deprivation, 2019".
    group_of
        Code of a place to its group.
    residents_of
        Code of a place to those who live there; empty where that is not known.
    """

    what: str
    group_of: Mapping[str, str]
    residents_of: Mapping[str, float]


def read_groups(part: Part, folder: Path) -> AreaGroups:
    """Read the part [groups].

    Raises
    ------
    InvalidSpecification
        If the table cannot be read, or a place stands in it twice.
    """
    file = folder / part.text("file")
    what = part.text("what")
    part.check_nothing_left()
    rows = _rows(file)
    twice = rows["place"].duplicated()
    if twice.any():
        raise InvalidSpecification(f"{file.name} names {rows['place'][twice].iloc[0]} twice.")
    residents: dict[str, float] = {}
    if "residents" in rows:
        numbers = pd.to_numeric(rows["residents"], errors="coerce")
        if not (numbers > 0).all():
            row = int((~(numbers > 0)).to_numpy().argmax()) + 2
            raise InvalidSpecification(
                f"{file.name} needs residents above 0 in every row; the first without is row {row}."
            )
        residents = dict(zip(rows["place"], numbers.astype(float), strict=True))
    return AreaGroups(
        what=what,
        group_of=dict(zip(rows["place"], rows["group"], strict=True)),
        residents_of=residents,
    )


def _rows(file: Path) -> pd.DataFrame:
    try:
        rows = pd.read_csv(file, dtype=str, keep_default_na=False)
    except OSError as wrong:
        raise InvalidSpecification(
            f"{file.name} cannot be read: {(wrong.strerror or 'no such file').lower()}."
        ) from None
    except UnicodeDecodeError:
        raise InvalidSpecification(f"{file.name} is not written in UTF-8.") from None
    except (ValueError, pd.errors.ParserError):
        raise InvalidSpecification(f"{file.name} is no table of places and groups.") from None
    for column in _NEEDED:
        if column not in rows.columns:
            raise InvalidSpecification(
                f"{file.name} needs the columns place and group, but {column} is missing."
            )
    if (rows["group"].str.strip() == "").any():
        raise InvalidSpecification(f"{file.name} has places without a group.")
    return rows
