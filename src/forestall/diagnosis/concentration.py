"""This file knows how few places hold how much of a problem."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.results import Result

if TYPE_CHECKING:
    import pandas as pd

    from forestall.languages import Message


@dataclass(frozen=True, eq=False, kw_only=True)
class Concentration(Result):
    """How unevenly incidents lie over places.

    ``table`` has one row per group, "all" first: ``group``, ``counts_as_crime``, ``incidents``,
    ``places``, ``places_with_any``, ``gini``, ``gini_generalised``, ``places_25``, ``places_50``,
    ``places_80`` (smallest number of places that hold this share), ``share_top_1``,
    ``share_top_5``, ``share_top_10`` (share in the busiest per cent of places, their number
    rounded up), ``chance_places_50`` (places that would hold half if incidents fell at random).

    Attributes
    ----------
    curve
        ``group``, ``share_of_places`` (busiest first), ``share_of_incidents``: the corners of the
        curve, so that straight lines between them are exact.
    among
        "recorded": places with at least one incident of any kind; "all": every place at risk.
    places_words
        What the places are, such as "squares of 500 m".
    """

    curve: pd.DataFrame
    among: str
    places_words: Message
