"""This file knows which places stand out beyond chance together with their neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.results import Result

if TYPE_CHECKING:
    import pandas as pd

    from forestall.records import Places


@dataclass(frozen=True, eq=False, kw_only=True)
class Hotspots(Result):
    """Places whose sum with their neighbours is high or low beyond chance (Getis-Ord Gi*).

    ``table`` has one row per place at risk: ``place``, ``x``, ``y`` (centre, metres),
    ``incidents``, ``neighbours`` (places in the sum, the place itself included), ``z``,
    ``p_value``, ``p_bh``, ``p_holm``, ``state`` ("high", "low", "neither"), ``area`` (letter of
    the connected area of high places, or "").

    Attributes
    ----------
    areas
        ``area`` (A is the one with most incidents; not a ranking of safety), ``squares``,
        ``incidents``, ``share`` (of all incidents in places), ``x``, ``y`` (mean of the
        incidents' places, metres).
    group
        The kind of offence, or "all".
    places
        The places at risk.
    incidents_total
        Incidents in places.
    adjust, alternative, level
        How p-values were adjusted, which direction counts, and the level.
    """

    areas: pd.DataFrame
    group: str
    places: Places
    incidents_total: int
    adjust: str
    alternative: str
    level: float
