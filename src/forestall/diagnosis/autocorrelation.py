"""This file knows whether places beside each other have similar numbers, over the whole map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from forestall._stats.autocorrelation import (
    GlobalMoran,
    global_moran,
    moran_product,
    weight_sums,
)
from forestall._stats.lattice import normal_p_values
from forestall._stats.permutation import permutation_p_values, shuffled
from forestall.diagnosis.groups import group_of, place_words
from forestall.diagnosis.neighbourhoods import check_weights
from forestall.diagnosis.place_values import values_of
from forestall.diagnosis.significance import SEED, Significance, call_in_words
from forestall.languages import Decimal, Message, message, say
from forestall.results import Result

if TYPE_CHECKING:
    import altair as alt
    from numpy.typing import NDArray

    from forestall.diagnosis.neighbourhoods import Neighbourhoods
    from forestall.diagnosis.place_values import PlaceValues
    from forestall.records import Counts

_LEVEL = 0.05
_MOST_DRAWN = 5_000


@dataclass(frozen=True, eq=False, kw_only=True)
class Autocorrelation(Result):
    """Whether places beside each other have similar numbers (Moran's I).

    ``table`` has one row per way to tell chance from pattern: ``assumption`` ("permutation",
    "randomisation", "normality"), ``expected``, ``variance`` (of I under it), ``z``, ``p_value``.

    Attributes
    ----------
    moran_i
        Above ``expected`` when neighbours are alike, below when they are unlike.
    expected
        -1 / (places - 1).
    p_value
        By permutation, or under randomisation when nothing was shuffled.
    points
        ``place``, ``incidents``, ``number`` (the place's count or rate), ``neighbours_mean``.
    permuted
        I of each permutation.
    group
        The kind of offence, or "all".
    alternative, weights, permutations
        The settings.
    """

    moran_i: float
    expected: float
    p_value: float
    points: pd.DataFrame
    permuted: NDArray[np.float64]
    group: str
    alternative: str
    weights: str
    permutations: int

    def summary(self) -> str:
        """Return whether neighbours are alike, unlike or as chance makes them, in one sentence."""
        values = {
            "moran_i": Decimal(self.moran_i, 2),
            "p_value": Decimal(self.p_value, max(3, len(str(self.permutations)))),
        }
        if self.p_value > _LEVEL:
            return say(_NOTHING[self.alternative], **values)
        if self.moran_i > self.expected:
            return say(
                "Places beside each other have similar numbers, more than chance makes them "
                "(Moran's I {moran_i}, p {p_value}).",
                **values,
            )
        return say(
            "Places beside each other have different numbers, more than chance makes them "
            "(Moran's I {moran_i}, p {p_value}).",
            **values,
        )

    def plot(self) -> alt.LayerChart:
        """Return each place's number by the mean of its neighbours'."""
        from forestall._charts import scatter_chart

        known = self.points.dropna(subset=["neighbours_mean"])
        some = known if len(known) <= _MOST_DRAWN else known.sample(_MOST_DRAWN, random_state=1)
        return scatter_chart(
            some,
            x="number",
            y="neighbours_mean",
            x_title=say("The place itself"),
            y_title=say("Mean of its neighbours"),
            middle=float(self.points["number"].mean()),
        )


def assess_autocorrelation(
    counts: Counts,
    *,
    population: str | None = None,
    neighbours: Literal["queen", "rook"] = "queen",
    distance_m: float | None = None,
    weights: Literal["row", "binary"] = "row",
    alternative: Literal["two-sided", "greater", "less"] = "two-sided",
    permutations: int = 999,
    seed: int = SEED,
) -> Autocorrelation:
    """Assess whether places beside each other have similar numbers (global Moran's I).

    Parameters
    ----------
    counts
        Incidents by place; kinds and periods are added up, so select first.
    population
        Column of ``Areas.population``: compares rates on one scale instead of counts, as in
        `find_clusters_and_outliers`.
    neighbours, distance_m, seed
        As in `find_hotspots`.
    weights
        Of the neighbours of a place: "row" (equal shares of 1) or "binary" (1 each, so that
        places with many neighbours weigh more).
    alternative
        "greater": neighbours are alike; "less": they are unlike; "two-sided": either.
    permutations
        How often the numbers are shuffled over all places; p is (1 + as extreme) /
        (1 + permutations). 0 takes the normal approximation under randomisation.

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
    Source: Moran (1950); moments by Cliff & Ord (1981), over all places, those without neighbours
    too. Two-sided is twice the smaller side, at most 1.

    Examples
    --------
    >>> from forestall.records import Counts, square_grid
    >>> grid = square_grid(origin=(0, 0), cell_m=500, columns=12, rows=12, crs="EPSG:27700")
    >>> thefts = pd.DataFrame({"place": range(144), "incidents": [1] * 144})
    >>> thefts.loc[[65, 66, 77, 78], "incidents"] = 30
    >>> assess_autocorrelation(Counts.from_frame(thefts, places=grid)).summary()
    "Places beside each other have similar numbers, more than chance makes them
    (Moran's I 0.36, p 0.002)."
    """
    by = Significance(
        alternative=alternative, adjust="none", level=_LEVEL, permutations=permutations, seed=seed
    )
    check_weights(weights)
    values = values_of(counts, population)
    around = values.around(neighbours=neighbours, distance_m=distance_m)
    around.check_any()
    found = global_moran(values.numbers, around.members, around.sums, weights=weights)
    permuted = _permuted(values, around, weights, by)
    table = _table(found, permuted, alternative)
    call = {"population": population, "neighbours": neighbours, "distance_m": distance_m}
    last = {"alternative": alternative, "permutations": permutations, "seed": seed}
    return Autocorrelation(
        table=table,
        caveats=_caveats(values, around, weights, by),
        made_by=call_in_words("assess_autocorrelation", **call, weights=weights, **last),
        moran_i=found.value,
        expected=found.expected,
        p_value=float(table["p_value"].iloc[0]),
        points=_points(values, around),
        permuted=permuted,
        group=group_of(counts),
        alternative=alternative,
        weights=weights,
        permutations=permutations,
    )


def _permuted(
    values: PlaceValues, around: Neighbourhoods, weights: str, by: Significance
) -> NDArray[np.float64]:
    centred = values.numbers - values.numbers.mean()
    s0, _, _ = weight_sums(around.members, around.sums, weights=weights)
    scale = centred.size / s0 / float(np.square(centred).sum())
    return np.array(
        [
            scale * moran_product(one, around.members, around.sums, weights=weights)
            for one in shuffled(centred, permutations=by.permutations, seed=by.seed)
        ]
    )


def _table(found: GlobalMoran, permuted: NDArray[np.float64], alternative: str) -> pd.DataFrame:
    rows = [
        _normal_row("randomisation", found, found.variance_randomisation, alternative),
        _normal_row("normality", found, found.variance_normality, alternative),
    ]
    if permuted.size:
        # What differs by rounding only is equal, and equal counts as extreme.
        rounding = 1e-10 * max(abs(found.value), float(np.abs(permuted).max()))
        p_value = permutation_p_values(
            np.array([(permuted >= found.value - rounding).sum()]),
            np.array([(permuted <= found.value + rounding).sum()]),
            permutations=permuted.size,
            alternative=alternative,
        )
        mean, variance = float(permuted.mean()), float(permuted.var(ddof=1))
        z = (found.value - mean) / np.sqrt(variance) if variance > 0 else 0.0
        rows.insert(0, ("permutation", mean, variance, z, float(p_value[0])))
    return pd.DataFrame(rows, columns=["assumption", "expected", "variance", "z", "p_value"])


def _normal_row(
    assumption: str, found: GlobalMoran, variance: float, alternative: str
) -> tuple[str, float, float, float, float]:
    z = (found.value - found.expected) / np.sqrt(variance) if variance > 0 else 0.0
    p_value = float(normal_p_values(np.array([z]), alternative=alternative)[0])
    return assumption, found.expected, variance, float(z), p_value


def _points(values: PlaceValues, around: Neighbourhoods) -> pd.DataFrame:
    members = around.members
    mean = np.divide(
        around.sums(values.numbers), members, out=np.full(members.size, np.nan), where=members > 0
    )
    return pd.DataFrame(
        {
            "place": values.places.codes[values.kept],
            "incidents": values.incidents,
            "number": values.numbers,
            "neighbours_mean": mean,
        }
    )


def _caveats(
    values: PlaceValues, around: Neighbourhoods, weights: str, by: Significance
) -> tuple[Message, ...]:
    shuffling = (
        message(
            "p comes from {permutations} permutations of the numbers over all places (seed "
            "{seed}).",
            permutations=by.permutations,
            seed=str(by.seed),
        )
        if by.permutations
        else message("p is that of the normal approximation under randomisation.")
    )
    return (
        message(
            "{places} places studied ({unit}); their neighbours' numbers were compared with their "
            "own (Moran's I).",
            places=values.numbers.size,
            unit=place_words(values.places),
        ),
        message(_DIRECTION[by.alternative]),
        message(_WEIGHTS[weights]),
        *values.caveats(),
        *around.caveats(),
        shuffling,
    )


_NOTHING = {
    "two-sided": (
        "Places beside each other are neither more alike nor more unlike than chance makes them "
        "(Moran's I {moran_i}, p {p_value})."
    ),
    "greater": (
        "Places beside each other are no more alike than chance makes them "
        "(Moran's I {moran_i}, p {p_value})."
    ),
    "less": (
        "Places beside each other are no more unlike than chance makes them "
        "(Moran's I {moran_i}, p {p_value})."
    ),
}
_DIRECTION = {
    "two-sided": "Both likeness and unlikeness of neighbours were looked for.",
    "greater": "Only likeness of neighbours was looked for.",
    "less": "Only unlikeness of neighbours was looked for.",
}
_WEIGHTS = {
    "row": "All neighbours of a place together weigh 1.",
    "binary": "Each neighbour weighs 1, so that places with many neighbours weigh more.",
}
