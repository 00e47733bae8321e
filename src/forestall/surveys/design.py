"""This file knows how the people who answered a survey were drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall._stats.linearisation import clusters_inside, numbers_of
from forestall.errors import InvalidRecords

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, eq=False, kw_only=True)
class SurveyDesign:
    """Weights, strata and clusters of a sample; one entry for each who was drawn and answered.

    Make it with `survey_design`, from all of them: a part of the sample is chosen afterwards, by
    the functions that estimate. A sample that is cut first forgets clusters, and its standard
    errors are wrong.

    Attributes
    ----------
    weights
        How many people of the population each stands for; 0 for one who was drawn, not heard.
    strata, clusters
        Names; the first-stage clusters (primary sampling units) are told apart within strata.
    fractions
        Share of the clusters of the stratum that was drawn; 0 where the population is not stated.
    """

    weights: FloatArray
    strata: NDArray[np.str_]
    clusters: NDArray[np.str_]
    fractions: FloatArray

    def __len__(self) -> int:
        return len(self.weights)

    @cached_property
    def stratum_numbers(self) -> IntArray:
        """Return the strata as numbers from 0."""
        return numbers_of(self.strata)

    @cached_property
    def cluster_numbers(self) -> IntArray:
        """Return the clusters as numbers from 0, told apart within strata."""
        return numbers_of(self.strata, self.clusters)

    @property
    def degrees_of_freedom(self) -> int:
        """Return clusters less strata."""
        return int(self.cluster_numbers.max()) - int(self.stratum_numbers.max())


def survey_design(
    respondents: pd.DataFrame,
    *,
    weights: str,
    strata: str | None = None,
    clusters: str | None = None,
    population: str | None = None,
) -> SurveyDesign:
    """Read how a sample was drawn from a table with a row for each who answered.

    Parameters
    ----------
    respondents
        All who answered, never a part of them.
    weights, strata, clusters
        Names of columns. Without strata there is one; without clusters each person was drawn alone.
        Names of clusters may repeat from stratum to stratum.
    population
        Column with how many clusters (people, where there are none) the stratum has in all; only
        needed where much of it was drawn.

    Raises
    ------
    InvalidRecords
        If a weight is below 0, all are 0, a name is missing, or a stratum has a single cluster.

    Examples
    --------
    >>> people = pd.DataFrame({"weight": [10.0, 12.0, 9.0, 8.0], "region": list("NNSS"),
    ...     "street": [1, 2, 1, 2]})
    >>> survey_design(people, weights="weight", strata="region",
    ...     clusters="street").degrees_of_freedom
    2
    """
    for name in (weights, strata, clusters, population):
        if name is not None and name not in respondents.columns:
            raise InvalidRecords(f"A survey needs the column {name}, but the table has none.")
    if not len(respondents):
        raise InvalidRecords("A survey needs people who answered, but the table has no row.")
    numbers = respondents[weights].to_numpy(dtype=float)
    wrong = np.flatnonzero(~((numbers >= 0) & np.isfinite(numbers)))
    if wrong.size:
        raise InvalidRecords(
            f"Weights are numbers from 0, but {wrong.size} of {len(numbers)} are not; the first "
            f"is row {wrong[0]}."
        )
    if not numbers.any():
        raise InvalidRecords("A survey needs weights above 0, but all are 0.")
    one = np.full(len(numbers), "")
    alone = np.arange(len(numbers)).astype(str)
    drawn = SurveyDesign(
        weights=numbers,
        strata=one if strata is None else names_of(respondents[strata]),
        clusters=alone if clusters is None else names_of(respondents[clusters]),
        fractions=np.zeros(len(numbers)),
    )
    check_strata(drawn)
    if population is None:
        return drawn
    return SurveyDesign(
        weights=drawn.weights,
        strata=drawn.strata,
        clusters=drawn.clusters,
        fractions=_fractions(drawn, respondents[population].to_numpy(dtype=float)),
    )


def names_of(column: pd.Series) -> NDArray[np.str_]:
    """Return names as text, whole numbers alike in whatever type they came.

    Raises
    ------
    InvalidRecords
        If one is missing.
    """
    missing = np.flatnonzero(column.isna().to_numpy())
    if missing.size:
        raise InvalidRecords(
            f"Every row needs a value in {column.name}, but {missing.size} of {len(column)} have "
            f"none; the first is row {missing[0]}."
        )
    if pd.api.types.is_float_dtype(column) and (column == column.round()).all():
        column = column.astype("int64")
    return column.astype(str).to_numpy(dtype=str)


def check_strata(drawn: SurveyDesign) -> None:
    """Raise if a stratum has a single cluster, which shows nothing of how clusters differ.

    Raises
    ------
    InvalidRecords
        With the first such stratum.
    """
    strata = drawn.stratum_numbers
    single = np.flatnonzero(clusters_inside(strata, drawn.cluster_numbers) < 2)
    if single.size:
        first = drawn.strata[np.argmax(strata == single[0])]
        raise InvalidRecords(
            f"Every stratum needs two clusters or more, but {single.size} have one; the first is "
            f"“{first}”. Join it with a stratum like it."
        )


def _fractions(drawn: SurveyDesign, population: FloatArray) -> FloatArray:
    strata = drawn.stratum_numbers
    inside = clusters_inside(strata, drawn.cluster_numbers)
    spread = pd.Series(population).groupby(strata).nunique(dropna=False).to_numpy()
    wrong = np.flatnonzero((spread != 1)[strata] | ~(population >= inside[strata]))
    if wrong.size:
        raise InvalidRecords(
            "The population is one number for each stratum, and no less than its clusters in the "
            f"sample; row {wrong[0]} is the first where it is not."
        )
    return np.asarray(inside[strata] / population)
