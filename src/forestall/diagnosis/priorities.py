"""This file knows which problems deserve attention first, by criteria that are in the open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.results import Result

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd


@dataclass(frozen=True, eq=False, kw_only=True)
class Priorities(Result):
    """Kinds of offence in the order of attention; problems, never people or places.

    ``table``, highest attention first: ``rank``, ``group``, ``incidents``, ``share`` (of all
    crime), ``change_ratio``, ``change_certainty``, ``places_50``, ``chance_places_50``, and the
    criteria from 0 to 1: ``volume``, ``change``, ``concentration``, ``harm`` (only when harm was
    given), and ``attention``, their weighted mean.

    Attributes
    ----------
    weights
        Criterion to weight; they add up to 1.
    apart
        The same columns without rank and attention for what is not counted as crime.
    """

    weights: Mapping[str, float]
    apart: pd.DataFrame
