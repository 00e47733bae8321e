"""This file knows which places stand out beyond chance together with their neighbours."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from forestall._stats.lattice import gi_scores, gi_star_scores
from forestall.diagnosis.given import check_counts
from forestall.diagnosis.groups import group_of, place_words
from forestall.diagnosis.hotspot_areas import areas_table, letters_of_areas
from forestall.diagnosis.neighbourhoods import Neighbourhoods, check_weights
from forestall.diagnosis.significance import SEED, Significance, call_in_words, permute_sums
from forestall.errors import CannotAnswer
from forestall.languages import (
    Message,
    Share,
    message,
    plural_message,
    say,
    say_plural,
    share_in_full,
)
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
    ``incidents``, ``neighbours`` (places in the sum; of Gi* the place itself included), ``z``,
    ``p_value`` (by permutation where asked for, and then ``p_normal`` too), ``p_bh``, ``p_holm``,
    ``state`` ("high", "low", "neither"), ``area`` (letter of the connected area of high places,
    or ""). A place of which nothing can be said has NaN.

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
    statistic, permutations
        "gi_star" or "gi", and how often the counts were shuffled.
    """

    areas: pd.DataFrame
    group: str
    places: Places
    incidents_total: int
    adjust: str
    alternative: str
    level: float
    statistic: str = "gi_star"
    permutations: int = 0

    def summary(self) -> str:
        """Return how many areas stand out and what they hold, in one plain sentence.

        Where only "less" was looked for, it is how many places stand out with few.
        """
        if self.alternative == "less":
            return say_plural(
                "{count} of {places} {unit} stands out with few incidents beyond chance; many were "
                "not looked for.",
                "{count} of {places} {unit} stand out with few incidents beyond chance; many were "
                "not looked for.",
                int((self.table["state"] == "low").sum()),
                places=self.places.size,
                unit=place_words(self.places),
            )
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
        from forestall._charts import place_chart, state_chart

        if not isinstance(self.places, SquareGrid):
            words = {
                "high": say("stands out with many"),
                "low": say("stands out with few"),
                "neither": say("does not stand out"),
            }
            return state_chart(
                self.places.to_geodataframe(), self.table["state"].tolist(), words=words
            )
        return place_chart(
            self.table,
            self.areas,
            size_m=float(np.sqrt(np.median(self.places.area_km2)) * 1000),
            title=say("Incidents"),
        )


def find_hotspots(
    counts: Counts,
    *,
    statistic: Literal["gi_star", "gi"] = "gi_star",
    neighbours: Literal["queen", "rook"] = "queen",
    distance_m: float | None = None,
    weights: Literal["binary", "row"] = "binary",
    alternative: Literal["two-sided", "greater", "less"] = "two-sided",
    adjust: Literal["bh", "holm", "none"] = "bh",
    level: float = 0.05,
    permutations: int = 0,
    randomisation: Literal["conditional", "total"] = "conditional",
    seed: int = SEED,
) -> Hotspots:
    """Find places that stand out beyond chance together with their neighbours (Getis-Ord Gi*).

    The sum of a place and its neighbours is set against what it would be if the counts lay on the
    places at random. Only places at risk are neighbours: outside is not zero.

    Parameters
    ----------
    counts
        Incidents by place; kinds and periods are added up, so select first.
    statistic
        "gi_star" adds up a place and its neighbours, "gi" the neighbours alone, set against the
        places other than the one itself.
    neighbours
        "queen": places that touch, also at a corner (of a square eight, of a hexagon six).
        "rook": those that share a side.
    distance_m
        Instead of touching: all places whose middles lie at most so many metres apart.
    weights
        "binary" (1 for each) or "row" (equal shares of 1). z and p are the same.
    alternative
        "two-sided" finds high and low places, "greater" and "less" only one of them.
    adjust
        Over all places at risk: "bh" holds the expected share of false findings at ``level``
        (Benjamini-Hochberg), "holm" the risk of a single one, "none" neither.
    level
        Largest adjusted p-value of a place that stands out.
    permutations
        0 takes p from the normal approximation. Else p is (1 + permutations as extreme) /
        (1 + permutations).
    randomisation
        With permutations: "conditional", each place keeps its own count and all others are
        shuffled. What is high or low is then decided by the neighbours alone, so that Gi* and Gi
        have the same p. "total" shuffles the counts of all places, which is what the normal
        approximation stands for.
    seed
        Of the permutations.

    Raises
    ------
    CannotAnswer
        If the counts have no places, all places have the same count, or none has a neighbour.
    InvalidPlaces
        If rook neighbours are asked of areas whose boundaries do not fit together.
    ValueError
        If a setting does not exist.

    Notes
    -----
    Source: Ord & Getis (1995). Where few places hold most incidents, the normal approximation
    names too many places, and permutations are right at any number of incidents.
    Connected high places (also by a corner) form an area.

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
    _check(statistic, weights)
    by = Significance(
        alternative=alternative,
        adjust=adjust,
        level=level,
        permutations=permutations,
        seed=seed,
        randomisation=randomisation,
    )
    places, per_place = _counts_that_differ(counts)
    around = Neighbourhoods(places=places, neighbours=neighbours, distance_m=distance_m)
    call = {"statistic": statistic, "neighbours": neighbours, "distance_m": distance_m}
    return _find(
        around,
        per_place,
        by=by,
        statistic=statistic,
        group=group_of(counts),
        made_by=call_in_words("find_hotspots", **call, weights=weights, **asdict(by)),
    )


def _find(
    around: Neighbourhoods,
    per_place: NDArray[np.int64],
    *,
    by: Significance,
    statistic: str,
    group: str,
    made_by: str,
) -> Hotspots:
    table = _place_table(around, per_place, statistic, by)
    areas = areas_table(table)
    said = _caveats(around, per_place, statistic, by, table)
    return Hotspots(
        table=table,
        caveats=(*said, *_too_wide(around.places, table, areas)),
        made_by=made_by,
        areas=areas,
        group=group,
        places=around.places,
        incidents_total=int(per_place.sum()),
        adjust=by.adjust,
        alternative=by.alternative,
        level=by.level,
        statistic=statistic,
        permutations=by.permutations,
    )


def _check(statistic: str, weights: str) -> None:
    check_weights(weights)
    if statistic not in {"gi_star", "gi"}:
        raise ValueError('The statistic is "gi_star" or "gi".')


def _counts_that_differ(counts: Counts) -> tuple[Places, NDArray[np.int64]]:
    check_counts(counts)
    if counts.places is None:
        raise CannotAnswer(
            message("Hot spots need incidents counted by place; count with places=...")
        )
    per_place = counts.per_place()
    if per_place.size < 3 or (per_place == per_place[0]).all():
        raise CannotAnswer(
            message("No place can stand out, because all places have the same count.")
        )
    return counts.places, per_place


def _place_table(
    around: Neighbourhoods, per_place: NDArray[np.int64], statistic: str, by: Significance
) -> pd.DataFrame:
    around.check_any()
    sums, members = around.sums(per_place), around.members
    alone = None
    if by.randomisation == "conditional":
        alone = permute_sums(per_place, sums, members, by=by)
    if statistic == "gi_star":
        sums, members = sums + per_place, members + 1
        scores = gi_star_scores(sums.astype(float), members, per_place.astype(float))
    else:
        scores = gi_scores(sums.astype(float), members, per_place.astype(float))
    permuted = alone or permute_sums(per_place, sums, members, by=by)
    x, y = around.places.centres.T
    table = pd.DataFrame(
        {
            "place": around.places.codes,
            "x": x,
            "y": y,
            "incidents": per_place,
            "neighbours": members,
            "z": scores,
        }
    )
    by.p_values(table, scores, None if permuted is None else permuted.p_values(by.alternative))
    side, chosen = scores if permuted is None else permuted.side, by.chosen(table)
    state = np.where(chosen & (side > 0), 1, np.where(chosen & (side < 0), 2, 0))
    table["state"] = pd.array(["neither", "high", "low"], dtype="str").take(state)
    names, letter = letters_of_areas(around.places, np.flatnonzero(state == 1), per_place)
    table["area"] = pd.array(names, dtype="str").take(letter)
    return table


def _caveats(
    around: Neighbourhoods,
    per_place: NDArray[np.int64],
    statistic: str,
    by: Significance,
    table: pd.DataFrame,
) -> tuple[Message, ...]:
    places = around.places
    method = (_METHOD if statistic == "gi_star" else _METHOD_OF_GI)[by.adjust]
    said = [
        message(
            method, places=places.size, unit=place_words(places), level=share_in_full(by.level)
        ),
        message(_LOOKED_FOR[by.alternative]),
        message("More records do not mean more risk for each person: people gather in places."),
    ]
    if per_place.sum() < _FEW_INCIDENTS:
        said.append(message("With so few incidents, only very strong patterns could be seen."))
    if around.neighbours != "queen" or around.distance_m is not None:
        said.append(around.rule())
    shuffled_around = by.permutations and by.randomisation == "conditional"
    own_counts = statistic == "gi_star" and not shuffled_around
    said += around.judged_alone() if own_counts else around.lone_places()
    if not by.permutations:
        said.append(message(_NORMAL))
    return (*said, *by.caveats(int(table["p_value"].notna().sum())))


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


_LOOKED_FOR = {
    "two-sided": "High and low places were looked for.",
    "greater": "Only high places were looked for.",
    "less": "Only low places were looked for.",
}
_NORMAL = (
    "p-values are those of the normal approximation, which names too many places where a few hold "
    "most of what was recorded; permutations show how many."
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
_METHOD_OF_GI = {
    "bh": (
        "{places} places studied ({unit}); a place stands out when the sum of its neighbours does "
        "so beyond chance, its own number left out (Getis-Ord Gi, false discovery rate {level})."
    ),
    "holm": (
        "{places} places studied ({unit}); a place stands out when the sum of its neighbours does "
        "so beyond chance, its own number left out (Getis-Ord Gi, Holm's adjustment at {level})."
    ),
    "none": (
        "{places} places studied ({unit}); a place stands out when the sum of its neighbours does "
        "so beyond chance, its own number left out (Getis-Ord Gi at {level}, not adjusted for so "
        "many places)."
    ),
}
