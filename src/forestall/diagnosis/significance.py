"""This file knows how p-values of many places are made and adjusted, and what to say of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from forestall._stats.lattice import normal_p_values
from forestall._stats.multiplicity import adjust_bh, adjust_holm
from forestall._stats.permutation import (
    count_extreme_sums,
    count_extreme_totals,
    permutation_p_values,
)
from forestall.languages import Decimal, Message, message

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

SEED = 20190502
_COLUMN_OF_ADJUSTMENT = {"bh": "p_bh", "holm": "p_holm", "none": "p_value"}


@dataclass(frozen=True, kw_only=True)
class Significance:
    """How chance is told from pattern; see `find_hotspots` for the settings.

    Raises
    ------
    ValueError
        If a setting does not exist.
    """

    alternative: str
    adjust: str
    level: float
    permutations: int
    seed: int
    randomisation: str = "conditional"

    def __post_init__(self) -> None:
        if self.adjust not in _COLUMN_OF_ADJUSTMENT or not 0 < self.level <= 0.5:
            raise ValueError(
                'Adjust by "bh", "holm" or "none", at a level above 0 and up to 0.5, such as 0.05.'
            )
        if self.alternative not in {"two-sided", "greater", "less"}:
            raise ValueError("The alternative must be two-sided, greater or less.")
        if self.permutations < 0 or self.permutations != int(self.permutations):
            raise ValueError(f"Permutations are a whole number from 0, not {self.permutations}.")
        if self.randomisation not in {"conditional", "total"}:
            raise ValueError('The randomisation is "conditional" or "total".')

    def p_values(
        self, table: pd.DataFrame, scores: FloatArray, permuted: FloatArray | None
    ) -> None:
        """Put the p-values into a table: those used, and those adjusted.

        ``p_value`` is by permutation where that was done, with the normal one beside it.
        """
        normal = normal_p_values(scores, alternative=self.alternative)
        table["p_value"] = normal if permuted is None else permuted
        if permuted is not None:
            table["p_normal"] = normal
        used = table["p_value"].to_numpy()
        known = ~np.isnan(used)
        tested = used[known]
        order = np.argsort(tested)
        for name, adjust in (("p_bh", adjust_bh), ("p_holm", adjust_holm)):
            adjusted = np.full(used.shape, np.nan)
            adjusted[known] = adjust(tested, order=order)
            table[name] = adjusted

    def chosen(self, table: pd.DataFrame) -> NDArray[np.bool_]:
        """Say which places stand out, at the level and by the adjusted p-value."""
        return np.asarray(table[_COLUMN_OF_ADJUSTMENT[self.adjust]] <= self.level)

    def caveats(self, tested: int) -> tuple[Message, ...]:
        """Say how the permutations were made, and when they are too few."""
        if not self.permutations:
            return ()
        said = message(
            _SHUFFLED[self.randomisation],
            permutations=self.permutations,
            seed=str(self.seed),
        )
        return (said, *self._too_few(tested))

    def _too_few(self, tested: int) -> tuple[Message, ...]:
        sides = 2 if self.alternative == "two-sided" else 1
        smallest = sides / (self.permutations + 1)
        compared = 1 if self.adjust == "none" else tested
        if smallest * compared <= self.level:
            return ()
        enough = math.ceil(sides * compared / self.level) - 1
        text = _TOO_FEW_FOR_ANY if self.adjust != "bh" else _TOO_FEW_FOR_ONE
        return (
            message(
                text,
                permutations=self.permutations,
                smallest=Decimal(smallest, max(2, math.ceil(-math.log10(smallest)) + 1)),
                places=tested,
                together=math.ceil(smallest * compared / self.level),
                enough=enough,
            ),
        )


_SHUFFLED = {
    "conditional": (
        "p-values come from {permutations} permutations (seed {seed}): each place keeps its "
        "own number, and the numbers of all other places are shuffled."
    ),
    "total": (
        "p-values come from {permutations} permutations (seed {seed}): the numbers of all places "
        "are shuffled."
    ),
}
_TOO_FEW_FOR_ANY = (
    "With {permutations} permutations no p-value is below {smallest}; adjusted for {places} "
    "places, no place can stand out. Take at least {enough} permutations."
)
_TOO_FEW_FOR_ONE = (
    "With {permutations} permutations no p-value is below {smallest}; adjusted for {places} "
    "places, none can stand out unless at least {together} do together. Take at least {enough} "
    "permutations to see a single one."
)


def call_in_words(name: str, **settings: object) -> str:
    """Return the call that makes a result again.

    Examples
    --------
    >>> call_in_words("find_hotspots", adjust="bh", level=0.05)
    "find_hotspots(adjust='bh', level=0.05)"
    """
    return f"{name}({', '.join(f'{key}={value!r}' for key, value in settings.items())})"


@dataclass(frozen=True, kw_only=True)
class Permuted:
    """Permuted neighbour sums at least, and at most, as large as those observed."""

    at_least: IntArray
    at_most: IntArray
    members: IntArray
    permutations: int

    @property
    def side(self) -> FloatArray:
        """1.0 where the observed sum is rather high, -1.0 where rather low, 0.0 between."""
        return np.asarray(np.sign(self.at_most - self.at_least), dtype=float)

    def p_values(self, alternative: str, *, turned: NDArray[np.bool_] | None = None) -> FloatArray:
        """Return p-values; NaN for a place without neighbours.

        Parameters
        ----------
        turned
            Where a high sum makes the statistic low.
        """
        at_least, at_most = self.at_least, self.at_most
        if turned is not None:
            at_least, at_most = (
                np.where(turned, at_most, at_least),
                np.where(turned, at_least, at_most),
            )
        p_values = permutation_p_values(
            at_least, at_most, permutations=self.permutations, alternative=alternative
        )
        return np.asarray(np.where(self.members > 0, p_values, np.nan))


def permute_sums(
    values: IntArray, sums: IntArray, members: IntArray, *, by: Significance, slack: int = 0
) -> Permuted | None:
    """Set the neighbour sums against those of shuffled values; None without permutations."""
    if not by.permutations:
        return None
    if by.randomisation == "total":
        at_least, at_most = count_extreme_totals(
            values, sums, members, permutations=by.permutations, seed=by.seed
        )
    else:
        at_least, at_most = count_extreme_sums(
            values, sums, members, permutations=by.permutations, seed=by.seed, slack=slack
        )
    return Permuted(
        at_least=at_least, at_most=at_most, members=members, permutations=by.permutations
    )
