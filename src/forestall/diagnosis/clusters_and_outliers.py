"""This file knows which places are like, or unlike, their neighbours beyond chance."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from forestall._stats.autocorrelation import local_moran
from forestall.diagnosis.groups import group_of, place_words
from forestall.diagnosis.neighbourhoods import check_weights
from forestall.diagnosis.place_values import values_of
from forestall.diagnosis.significance import SEED, Significance, call_in_words, permute_sums
from forestall.languages import Message, message, say, share_in_full
from forestall.records import SquareGrid
from forestall.results import Result

if TYPE_CHECKING:
    import altair as alt
    from numpy.typing import NDArray

    from forestall.diagnosis.neighbourhoods import Neighbourhoods
    from forestall.diagnosis.place_values import PlaceValues
    from forestall.diagnosis.significance import Permuted
    from forestall.records import Counts, Places

# In the order of 2 × (neighbours high) + (place itself high).
_QUADRANTS = ("low-low", "high-low", "low-high", "high-high")


@dataclass(frozen=True, eq=False, kw_only=True)
class ClustersAndOutliers(Result):
    """Places that are like or unlike their neighbours beyond chance (local Moran's I).

    ``table`` has one row per place studied: ``place``, ``x``, ``y`` (centre, metres),
    ``incidents``, with a population also ``population``, ``rate`` and ``standardised_rate`` (the
    number compared), ``neighbours``, ``local_i``, ``expected_i``, ``z``, ``p_value`` (by
    permutation where that was done, and then ``p_normal`` too), ``p_bh``, ``p_holm``,
    ``quadrant`` (the place itself first: "high-high", "low-low", "high-low", "low-high"; high is
    above the mean of all places) and ``state`` (the quadrant of a place that stands out, else
    "neither"). A place without neighbours has NaN, no quadrant ("") and "neither".

    Attributes
    ----------
    group
        The kind of offence, or "all".
    places
        The places at risk.
    incidents_total
        Incidents in the places studied.
    adjust, alternative, level, weights, permutations
        The settings.
    """

    group: str
    places: Places
    incidents_total: int
    adjust: str
    alternative: str
    level: float
    weights: str
    permutations: int

    def summary(self) -> str:
        """Return how many places are like and unlike their neighbours, in one sentence."""
        number = self.table["state"].value_counts()
        if not (self.table["state"] != "neither").any():
            return say("No place is like or unlike its neighbours beyond chance.")
        return say(
            "Beyond chance, high places among high ones: {high}; low among low: {low}; high among "
            "low: {high_alone}; low among high: {low_alone}.",
            high=int(number.get("high-high", 0)),
            low=int(number.get("low-low", 0)),
            high_alone=int(number.get("high-low", 0)),
            low_alone=int(number.get("low-high", 0)),
        )

    def plot(self) -> alt.LayerChart:
        """Return the places that stand out on a plain map, one colour for each kind."""
        from forestall._charts import kind_chart, state_chart

        kinds = {
            "high-high": say("high among high"),
            "high-low": say("high among low"),
            "low-high": say("low among high"),
            "low-low": say("low among low"),
        }
        if not isinstance(self.places, SquareGrid):
            shapes = self.places.to_geodataframe()
            states = self.table.set_index("place")["state"].reindex(shapes["place"])
            return state_chart(
                shapes,
                states.where(states.isin(kinds), "other").tolist(),
                words={**kinds, "other": say("neither beyond chance")},
            )
        size_m = float(np.sqrt(np.median(self.places.area_km2)) * 1000)
        return kind_chart(self.table, size_m=size_m, kinds=kinds)


def find_clusters_and_outliers(
    counts: Counts,
    *,
    population: str | None = None,
    neighbours: Literal["queen", "rook"] = "queen",
    distance_m: float | None = None,
    weights: Literal["row", "binary"] = "row",
    alternative: Literal["two-sided", "greater", "less"] = "two-sided",
    adjust: Literal["bh", "holm", "none"] = "bh",
    level: float = 0.05,
    permutations: int = 9_999,
    seed: int = SEED,
) -> ClustersAndOutliers:
    """Find places like or unlike their neighbours beyond chance (local Moran's I).

    High places among high ones and low among low are clusters; a high place among low ones and a
    low one among high are outliers.

    Parameters
    ----------
    counts
        Incidents by place; kinds and periods are added up, so select first.
    population
        Column of ``Areas.population``: compares rates, put on one scale for places of few and of
        many people, instead of counts. Areas where it is not known or 0 are left out.
    neighbours, distance_m, adjust, level, seed
        As in `find_hotspots`.
    weights
        Of the neighbours of a place: "row" (equal shares of 1) or "binary" (1 each). Only
        ``local_i`` depends on it; z and p are the same.
    alternative
        "greater" finds clusters, "less" outliers, "two-sided" both.
    permutations
        p is (1 + permutations as extreme) / (1 + permutations), each place keeping its own
        number while all others are shuffled; 0 takes the normal approximation, which is rough
        for counts with many zeros.

    Raises
    ------
    CannotAnswer
        If the counts have no places or no such population, there are fewer than 4 places, all
        have the same number, or none has a neighbour.
    InvalidPlaces
        If rook neighbours are asked of areas whose boundaries do not fit together.
    ValueError
        If a setting does not exist.

    Notes
    -----
    Source: Anselin (1995); ``expected_i`` and z by the conditional moments of Sokal, Oden &
    Thomson (1998), m2 with divisor n. For rates: Assunção & Reis (1999).

    Examples
    --------
    >>> from forestall.records import Counts, square_grid
    >>> grid = square_grid(origin=(0, 0), cell_m=500, columns=12, rows=12, crs="EPSG:27700")
    >>> thefts = pd.DataFrame({"place": range(144), "incidents": [1] * 144})
    >>> thefts.loc[[65, 66, 77, 78], "incidents"] = 30
    >>> found = find_clusters_and_outliers(Counts.from_frame(thefts, places=grid))
    >>> found.table.query("state == 'high-high'")["place"].tolist()
    [65, 66, 77, 78]
    """
    by = Significance(
        alternative=alternative, adjust=adjust, level=level, permutations=permutations, seed=seed
    )
    check_weights(weights)
    values = values_of(counts, population)
    around = values.around(neighbours=neighbours, distance_m=distance_m)
    around.check_any()
    table = _place_table(values, around, weights, by)
    call = {"population": population, "neighbours": neighbours, "distance_m": distance_m}
    chance = {name: value for name, value in asdict(by).items() if name != "randomisation"}
    return ClustersAndOutliers(
        table=table,
        caveats=_caveats(values, around, by, table),
        made_by=call_in_words("find_clusters_and_outliers", **call, weights=weights, **chance),
        group=group_of(counts),
        places=values.places,
        incidents_total=int(values.incidents.sum()),
        adjust=adjust,
        alternative=alternative,
        level=level,
        weights=weights,
        permutations=permutations,
    )


def _place_table(
    values: PlaceValues, around: Neighbourhoods, weights: str, by: Significance
) -> pd.DataFrame:
    members = around.members
    whole, slack = values.whole(most_added=int(members.max()))
    whole_sums = around.sums(whole)
    sums = whole_sums.astype(float) if whole is values.incidents else around.sums(values.numbers)
    found = local_moran(values.numbers, sums, members, weights=weights)
    permuted = permute_sums(whole, whole_sums, members, by=by, slack=slack)
    table = values.frame().assign(
        neighbours=members, local_i=found.value, expected_i=found.expected, z=found.z
    )
    by.p_values(table, found.z, _permuted_p_values(permuted, found.side, by.alternative))
    alike = found.z if permuted is None else found.side * permuted.side
    quadrant = 2 * (found.neighbours_side > 0) + (found.side > 0)
    of_quadrant = np.where(members > 0, quadrant + 1, 0)
    table["quadrant"] = pd.array(["", *_QUADRANTS], dtype="str").take(of_quadrant)
    # Set against the other places' mean a place can be like neighbours on the other side of the
    # mean of all; such a place gets no name.
    named = by.chosen(table) & (alike * found.side * found.neighbours_side > 0)
    state = np.where(named, quadrant + 1, 0)
    table["state"] = pd.array(["neither", *_QUADRANTS], dtype="str").take(state)
    return table


def _permuted_p_values(
    permuted: Permuted | None, side: NDArray[np.float64], alternative: str
) -> NDArray[np.float64] | None:
    if permuted is None:
        return None
    p_values = permuted.p_values(alternative, turned=side < 0)
    # I of a place at the mean is 0 whatever its neighbours hold.
    return np.where((side == 0) & (permuted.members > 0), 1.0, p_values)


def _caveats(
    values: PlaceValues, around: Neighbourhoods, by: Significance, table: pd.DataFrame
) -> tuple[Message, ...]:
    tested = int(table["p_value"].notna().sum())
    return (
        message(
            _METHOD[by.adjust],
            places=len(table),
            unit=place_words(values.places),
            level=share_in_full(by.level),
        ),
        message(_DIRECTION[by.alternative]),
        *values.caveats(),
        *around.caveats(),
        *([] if by.permutations else [message(_NORMAL)]),
        *by.caveats(tested),
    )


_METHOD = {
    "bh": (
        "{places} places studied ({unit}); a place stands out when it is like or unlike its "
        "neighbours beyond chance (local Moran's I, false discovery rate {level})."
    ),
    "holm": (
        "{places} places studied ({unit}); a place stands out when it is like or unlike its "
        "neighbours beyond chance (local Moran's I, Holm's adjustment at {level})."
    ),
    "none": (
        "{places} places studied ({unit}); a place stands out when it is like or unlike its "
        "neighbours beyond chance (local Moran's I at {level}, not adjusted for so many places)."
    ),
}
_NORMAL = (
    "p-values are those of the normal approximation, which names too many places where a few hold "
    "most of what was recorded; permutations show how many."
)
_DIRECTION = {
    "two-sided": "Places like their neighbours and places unlike them were looked for.",
    "greater": "Only places like their neighbours were looked for.",
    "less": "Only places unlike their neighbours were looked for.",
}
