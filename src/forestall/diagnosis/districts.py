"""This file knows in which districts incidents lie, where the source names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from forestall.diagnosis.hotspots import Hotspots
from forestall.records import count_incidents

if TYPE_CHECKING:
    from forestall.records import Incidents, Places

_LEAST_SHARE = 0.2
_MOST_NAMES = 2


def count_by_district(incidents: Incidents) -> pd.DataFrame:
    """Count incidents by the district that the source names.

    Returns
    -------
    pandas.DataFrame
        ``district``, ``offence``, ``incidents``, without rows of no district; empty when the
        source names none.

    Examples
    --------
    >>> from forestall.records import Incidents
    >>> on = pd.to_datetime(["2024-01-01"])
    >>> frame = pd.DataFrame({"x": [450_000.0], "y": [520_000.0], "on": on})
    >>> thefts = Incidents.from_frame(frame, x="x", y="y", crs="EPSG:27700", starts_at="on")
    >>> len(count_by_district(thefts))
    0
    """
    counted = count_incidents(incidents, by=("district", "offence")).table
    return pd.DataFrame(counted.dropna(subset=["district"]).reset_index(drop=True))


def name_areas(
    incidents: Incidents, *, hotspots: object, places: Places | None
) -> dict[str, tuple[str, ...]]:
    """Return the districts in which each area that stands out mostly lies, by its letter.

    At most two are named, each with at least a fifth of what was recorded in the area.
    """
    if not isinstance(hotspots, Hotspots) or hotspots.areas.empty or places is None:
        return {}
    counted = count_incidents(incidents, places=places, by="district").table
    letters = hotspots.table.loc[hotspots.table["area"] != "", ["place", "area"]]
    inside = counted.dropna(subset=["district"]).merge(letters, on="place")
    sums = inside.groupby(["area", "district"])["incidents"].sum()
    named = {}
    for letter, numbers in sums.groupby(level=0):
        share = numbers.droplevel(0).sort_values(ascending=False, kind="stable") / numbers.sum()
        named[str(letter)] = tuple(share[share >= _LEAST_SHARE].index[:_MOST_NAMES])
    return named
