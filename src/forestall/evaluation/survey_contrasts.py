"""This file knows the difference between two waves of a survey, and its standard error.

Both waves are put into one design. What the errors of a cluster add up to over both waves is what
varies; where waves share clusters or people, their likeness is thereby allowed for.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall._stats.linearisation import (
    clusters_inside,
    clusters_less_strata,
    covariance_of_totals,
    numbers_of,
)
from forestall.errors import CannotAnswer, InvalidRecords
from forestall.evaluation.survey_waves import AreaRole, Overlap
from forestall.surveys.design import names_of
from forestall.surveys.items import ItemKind
from forestall.surveys.linearised import ratio_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from forestall.evaluation.survey_waves import SurveyWave
    from forestall.surveys import Item

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]

LEAST_ANSWERS = 30
# After less before in treated areas, less the same in the comparison.
_SIGNS = {
    (AreaRole.TREATED, 0): -1,
    (AreaRole.TREATED, 1): 1,
    (AreaRole.COMPARISON, 0): 1,
    (AreaRole.COMPARISON, 1): -1,
}
Cell = tuple[AreaRole, int]


@dataclass(frozen=True, eq=False, kw_only=True)
class Contrast:
    """The difference of one item, on the scale of the item.

    Attributes
    ----------
    levels, answers, rarer
        By cell (role of the area, wave): the share or mean, people who answered, and of a share the
        people with the rarer answer.
    number, standard_error, degrees_of_freedom
        Of the difference.
    """

    levels: dict[Cell, float]
    answers: dict[Cell, int]
    rarer: int
    number: float
    standard_error: float
    degrees_of_freedom: float


@dataclass(frozen=True, eq=False, kw_only=True)
class StackedWaves:
    """Two waves in one design."""

    waves: tuple[SurveyWave, SurveyWave]
    wave: IntArray
    roles: NDArray[np.str_]
    weights: FloatArray
    strata: IntArray
    clusters: IntArray
    fractions: FloatArray
    sides: IntArray

    def contrast(self, items: tuple[Item, Item]) -> Contrast:
        """Return the difference of an item.

        Raises
        ------
        CannotAnswer
            If a cell has too few answers or clusters, or all answers are alike.
        """
        given = [item.numbers(one.answers) for item, one in zip(items, self.waves, strict=True)]
        numbers = np.concatenate([one for one, _ in given])
        answered = np.concatenate([one for _, one in given]) & (self.weights > 0)
        numbers = numbers * (1000.0 if items[0].kind is ItemKind.INCIDENTS else 1.0)
        compared = [role for role in (AreaRole.TREATED, AreaRole.COMPARISON) if role in self.roles]
        levels, people, scores = {}, {}, np.zeros(len(numbers))
        rarer = len(numbers)
        for cell in [(role, wave) for role in compared for wave in (0, 1)]:
            chosen = answered & (self.roles == cell[0]) & (self.wave == cell[1])
            people[cell] = _enough(int(chosen.sum()), items[0])
            levels[cell], adds = ratio_of(self.weights * numbers, self.weights, chosen)
            scores += _SIGNS[cell] * adds
            hits = int((numbers[chosen] > 0).sum())
            rarer = min(rarer, hits, people[cell] - hits)
        return Contrast(
            levels=levels,
            answers=people,
            rarer=rarer,
            number=sum(_SIGNS[cell] * level for cell, level in levels.items()),
            standard_error=self._error(scores, items[0]),
            degrees_of_freedom=self._freedom(scores, answered),
        )

    def _error(self, scores: FloatArray, item: Item) -> float:
        variance = self._variance(scores)
        if not variance > 0:
            raise CannotAnswer(f"All answers to “{item.name}” are alike, which shows no chance.")
        return math.sqrt(variance)

    def _freedom(self, scores: FloatArray, answered: BoolArray) -> float:
        """Return Satterthwaite's degrees of freedom over the sides that vary by themselves."""
        compared = answered & (self.roles != AreaRole.OTHER)
        variances, freedoms = [], []
        for side in np.unique(self.sides[compared]):
            inside = compared & (self.sides == side)
            freedom, clusters = clusters_less_strata(
                inside, strata=self.strata, clusters=self.clusters
            )
            variances.append(self._variance(np.where(inside, scores, 0.0)))
            freedoms.append(min(freedom, clusters - 1))
        if min(freedoms) < 1:
            raise CannotAnswer(
                "Clusters show by their differences how sure an answer is, but one side has only "
                "one."
            )
        return sum(variances) ** 2 / sum(
            one**2 / freedom for one, freedom in zip(variances, freedoms, strict=True)
        )

    def _variance(self, scores: FloatArray) -> float:
        variance = covariance_of_totals(
            scores[:, None], strata=self.strata, clusters=self.clusters, fractions=self.fractions
        )
        return float(variance[0, 0])


def stack_waves(
    before: SurveyWave,
    after: SurveyWave,
    *,
    overlap: Overlap,
    treated: Collection[str] | None,
    comparison: Collection[str],
) -> StackedWaves:
    """Put two waves into one design.

    Raises
    ------
    InvalidRecords
        If the waves do not have in common what they are said to have.
    """
    waves = (before, after)
    wave = np.repeat([0, 1], [len(one.answers) for one in waves])
    roles = np.concatenate([one.roles(treated, comparison) for one in waves])
    own = wave.astype(str) if overlap is Overlap.NOTHING else np.full(len(wave), "")
    home = np.concatenate([one.design.strata for one in waves])
    names = _cluster_names(waves, overlap)
    clusters = numbers_of(own, home, names)
    strata, sides = _strata_and_sides(own, home, roles, clusters)
    fractions = np.concatenate([one.design.fractions for one in waves])
    return StackedWaves(
        waves=waves,
        wave=wave,
        roles=roles,
        weights=np.concatenate([one.design.weights for one in waves]),
        strata=strata,
        clusters=clusters,
        # Of a stratum of both waves the smaller share was drawn, so that errors are not too small.
        fractions=pd.Series(fractions).groupby(strata).transform("min").to_numpy(),
        sides=sides,
    )


def people_in_both(before: SurveyWave, after: SurveyWave) -> int:
    """Return how many people answered in both waves; 0 where they have no keys."""
    if before.respondent is None or after.respondent is None:
        return 0
    first, second = (names_of(one.answers[str(one.respondent)]) for one in (before, after))
    return len(np.intersect1d(first, second))


def _strata_and_sides(
    own: NDArray[np.str_], home: NDArray[np.str_], roles: NDArray[np.str_], clusters: IntArray
) -> tuple[IntArray, IntArray]:
    """Return strata, and the sides of the comparison that vary independently of each other.

    Treated and comparison areas are apart where clusters allow it. The few treated clusters then
    show by themselves how much they vary.
    """
    plain = numbers_of(own, home)
    by_role = numbers_of(own, home, roles)
    enough = (clusters_inside(by_role, clusters) >= 2).all()
    nested = (clusters_inside(clusters, by_role) == 1).all()
    if enough and nested:
        return by_role, numbers_of(own, roles)
    return plain, numbers_of(own)


def _cluster_names(waves: tuple[SurveyWave, SurveyWave], overlap: Overlap) -> NDArray[np.str_]:
    before, after = waves
    names = [one.design.clusters for one in waves]
    both = people_in_both(before, after)
    if overlap is Overlap.PEOPLE:
        return _names_of_people(waves, both)
    if both:
        raise InvalidRecords(
            f"{both} people answered in both waves; say so with overlap=Overlap.PEOPLE."
        )
    if overlap is Overlap.CLUSTERS:
        alone = any(len(np.unique(one)) == len(one) for one in names)
        if alone or not len(np.intersect1d(names[0], names[1])):
            raise InvalidRecords(
                "The waves are said to share clusters, but no cluster stands in both designs."
            )
    return np.concatenate(names)


def _names_of_people(waves: tuple[SurveyWave, SurveyWave], both: int) -> NDArray[np.str_]:
    if not both:
        raise InvalidRecords(
            "The waves are said to be of the same people, but no person stands in both; "
            "name the column with respondent=..."
        )
    people = [names_of(one.answers[str(one.respondent)]) for one in waves]
    drawn_alone = all(len(np.unique(one.design.clusters)) == len(one.design) for one in waves)
    names = people if drawn_alone else [one.design.clusters for one in waves]
    where = pd.DataFrame(
        {
            "person": np.concatenate(people),
            "home": np.concatenate([one.design.strata for one in waves]),
            "cluster": np.concatenate(names),
        }
    )
    moved = where.groupby("person")[["home", "cluster"]].nunique().max(axis=1) > 1
    if moved.any():
        raise InvalidRecords(
            f"Each person stays in a stratum and cluster of the sample, but {int(moved.sum())} do "
            "not; keep those of the first wave."
        )
    return np.concatenate(names)


def _enough(people: int, item: Item) -> int:
    if people < LEAST_ANSWERS:
        raise CannotAnswer(
            f"“{item.name}” needs {LEAST_ANSWERS} answers before and after in all areas compared, "
            f"but one has {people}."
        )
    return people
