"""This file knows which places stand out beyond chance together with their neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from scipy.sparse.csgraph import connected_components

from forestall._stats.lattice import graph_gi_star, grid_gi_star, normal_p_values
from forestall._stats.multiplicity import adjust_bh, adjust_holm
from forestall.diagnosis.groups import group_of, place_words
from forestall.errors import CannotAnswer
from forestall.languages import Message, Share, message, plural_message, say, say_plural
from forestall.records import Areas, SquareGrid
from forestall.results import Result

if TYPE_CHECKING:
    import altair as alt
    from numpy.typing import NDArray

    from forestall.records import Counts, Places

_FEW_INCIDENTS = 100


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

    def summary(self) -> str:
        """Return how many areas stand out and what they hold, in one plain sentence."""
        if self.areas.empty and self.incidents_total >= _FEW_INCIDENTS:
            return say("No area stands out beyond chance.")
        if self.areas.empty:
            return say(
                "No area stands out beyond chance. With so few incidents, only very strong "
                "patterns could be seen."
            )
        return say_plural(
            "{count} area stands out beyond chance; it holds {share} of what was recorded.",
            "{count} areas stand out beyond chance; together they hold {share} of what was "
            "recorded.",
            len(self.areas),
            share=Share(float(self.areas["share"].sum())),
        )

    def plot(self) -> alt.LayerChart:
        """Return the places that stand out on a plain map."""
        from forestall._charts import place_chart

        return place_chart(
            self.table,
            self.areas,
            size_m=float(np.sqrt(np.median(self.places.area_km2)) * 1000),
            title=say("Incidents"),
        )


def find_hotspots(
    counts: Counts,
    *,
    alternative: Literal["two-sided", "greater", "less"] = "two-sided",
    adjust: Literal["bh", "holm", "none"] = "bh",
    level: float = 0.05,
) -> Hotspots:
    """Find places that stand out beyond chance together with their neighbours (Getis-Ord Gi*).

    The sum of a place and its neighbours (on squares the eight around it, on hexagons six, of areas
    those that touch; weights 1) is set against what it would be if the counts lay on the places
    at random. Only places at risk are neighbours: outside is not zero.

    Parameters
    ----------
    counts
        Incidents by place; kinds and periods are added up, so select first.
    alternative
        "two-sided" finds high and low places, "greater" and "less" only one of them.
    adjust
        Over all places at risk: "bh" holds the expected share of false findings at ``level``
        (Benjamini-Hochberg), "holm" the risk of a single one, "none" neither.
    level
        Largest adjusted p-value of a place that stands out.

    Raises
    ------
    CannotAnswer
        If the counts have no places, or all places have the same count.

    Notes
    -----
    Source: Ord & Getis (1995). p-values are those of the normal approximation, which is rough
    where a sum holds few incidents. Connected high places (also by a corner) form an area.

    Examples
    --------
    >>> from forestall.records import Counts, square_grid
    >>> grid = square_grid(origin=(0, 0), cell_m=500, columns=12, rows=12, crs="EPSG:27700")
    >>> thefts = pd.DataFrame({"place": range(144), "incidents": [1] * 144})
    >>> thefts.loc[[65, 66, 77, 78], "incidents"] = 30
    >>> found = find_hotspots(Counts.from_frame(thefts, places=grid))
    >>> found.areas[["area", "squares", "incidents"]]
      area  squares  incidents
    0    A       12        128
    """
    if counts.places is None:
        raise CannotAnswer("Hot spots need incidents counted by place; count with places=...")
    if adjust not in {"bh", "holm", "none"} or not 0 < level < 1:
        raise ValueError('Adjust by "bh", "holm" or "none", at a level between 0 and 1.')
    places = counts.places
    per_place = counts.per_place()
    if per_place.size < 3 or (per_place == per_place[0]).all():
        raise CannotAnswer("No place can stand out, because all places have the same count.")
    scores, members = _gi_star(places, per_place.astype(float))
    table = _place_table(places, per_place, scores, members, alternative)
    chosen = table[{"bh": "p_bh", "holm": "p_holm", "none": "p_value"}[adjust]] <= level
    table["state"] = np.select(
        [chosen & (scores > 0), chosen & (scores < 0)], ["high", "low"], "neither"
    )
    table["area"] = _letters(places, table)
    areas = _areas_table(table)
    return Hotspots(
        table=table,
        caveats=(
            *_caveats(places, per_place, adjust, alternative, level),
            *_too_wide(places, table, areas),
        ),
        made_by=f"find_hotspots(alternative='{alternative}', adjust='{adjust}', level={level})",
        areas=areas,
        group=group_of(counts),
        places=places,
        incidents_total=int(per_place.sum()),
        adjust=adjust,
        alternative=alternative,
        level=level,
    )


def _gi_star(
    places: Places, per_place: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    if not isinstance(places, SquareGrid):
        return graph_gi_star(per_place, places.neighbours())
    scores, members = grid_gi_star(places.on_lattice(per_place), at_risk=places.at_risk)
    return scores.flat[places.codes], members.flat[places.codes]


def _place_table(
    places: Places,
    per_place: NDArray[np.int64],
    scores: NDArray[np.float64],
    members: NDArray[np.int64],
    alternative: str,
) -> pd.DataFrame:
    p_values = normal_p_values(scores, alternative=alternative)
    x, y = places.centres.T
    return pd.DataFrame(
        {
            "place": places.codes,
            "x": x,
            "y": y,
            "incidents": per_place,
            "neighbours": members,
            "z": scores,
            "p_value": p_values,
            "p_bh": adjust_bh(p_values),
            "p_holm": adjust_holm(p_values),
        }
    )


def _letters(places: Places, table: pd.DataFrame) -> NDArray[np.object_]:
    high = np.flatnonzero(table["state"] == "high")
    letters = np.full(len(table), "", dtype=object)
    if not high.size:
        return letters
    touching = places.neighbours()[high][:, high]
    number, cluster = connected_components(touching, directed=False)
    incidents = np.bincount(cluster, table["incidents"].to_numpy()[high], minlength=number)
    first = np.full(number, high[-1])
    np.minimum.at(first, cluster, high)
    order = np.lexsort([first, -incidents])
    names = np.empty(number, dtype=object)
    names[order] = [area_letter(rank) for rank in range(number)]
    letters[high] = names[cluster]
    return letters


def area_letter(position: int) -> str:
    """Return A to Z, then AA, AB ... for positions from 0.

    Examples
    --------
    >>> [area_letter(position) for position in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    before, last = divmod(position, 26)
    return (area_letter(before - 1) if before else "") + chr(ord("A") + last)


def _areas_table(table: pd.DataFrame) -> pd.DataFrame:
    high = table[table["area"] != ""]
    # The middle of an area of places without a record is that of the places themselves.
    empty = high.groupby("area")["incidents"].transform("sum") == 0
    weight = high["incidents"].where(~empty, 1)
    weighted = high.assign(x=high["x"] * weight, y=high["y"] * weight, weight=weight)
    sums = weighted.groupby("area", sort=False).agg(
        squares=("place", "size"),
        incidents=("incidents", "sum"),
        weight=("weight", "sum"),
        x=("x", "sum"),
        y=("y", "sum"),
    )
    sums["x"] /= sums["weight"]
    sums["y"] /= sums["weight"]
    sums["share"] = sums["incidents"] / max(int(table["incidents"].sum()), 1)
    ordered = sums.reset_index().sort_values("area", key=_letter_order, ignore_index=True)
    return ordered[["area", "squares", "incidents", "share", "x", "y"]]


def _letter_order(letters: pd.Series[str]) -> pd.Series[str]:
    return letters.str.rjust(8)


def _caveats(
    places: Places, per_place: NDArray[np.int64], adjust: str, alternative: str, level: float
) -> tuple[Message, ...]:
    said = [
        message(_METHOD[adjust], places=places.size, unit=place_words(places), level=Share(level)),
        message("High and low places were looked for.")
        if alternative == "two-sided"
        else message("Only one direction was looked for: {direction}.", direction=alternative),
        message("More records do not mean more risk for each person: people gather in places."),
    ]
    if per_place.sum() < _FEW_INCIDENTS:
        said.append(message("With so few incidents, only very strong patterns could be seen."))
    return tuple(said)


def _too_wide(places: Places, table: pd.DataFrame, areas: pd.DataFrame) -> tuple[Message, ...]:
    """Say when squares are so wide for the place that nearly all of it stands out."""
    if isinstance(places, Areas) or areas.empty:
        return ()
    recorded = int((table["incidents"] > 0).sum())
    if areas["share"].max() <= 0.5 and 2 * areas["squares"].sum() <= recorded:
        return ()
    return (
        plural_message(
            "The area is so large that smaller squares would tell more; try --cell-m.",
            "The areas are so large that smaller squares would tell more; try --cell-m.",
            len(areas),
        ),
    )


_METHOD = {
    "bh": (
        "{places} places studied ({unit}); a place stands out when its sum with its neighbours "
        "does so beyond chance (Getis-Ord Gi*, false discovery rate {level})."
    ),
    "holm": (
        "{places} places studied ({unit}); a place stands out when its sum with its neighbours "
        "does so beyond chance (Getis-Ord Gi*, Holm's adjustment at {level})."
    ),
    "none": (
        "{places} places studied ({unit}); a place stands out when its sum with its neighbours "
        "does so beyond chance (Getis-Ord Gi* at {level}, not adjusted for so many places)."
    ),
}
