"""This file knows what every answer of a method has in common, and how sure it may sound."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from forestall.languages import Decimal, Message, Share, decimals_of_limit, message

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd


@dataclass(frozen=True, eq=False, kw_only=True)
class Result(ABC):
    """A finished answer: complete when made, and able to explain itself.

    Attributes
    ----------
    table
        One row per thing, columns documented by each result.
    caveats
        What a careful analyst would add aloud: rows left out, choices made, assumptions.
    made_by
        The call that made it, with its settings.
    """

    table: pd.DataFrame
    caveats: tuple[Message, ...]
    made_by: str

    @abstractmethod
    def summary(self) -> str:
        """Return the finding in one plain sentence."""

    @abstractmethod
    def plot(self) -> alt.Chart | alt.LayerChart:
        """Return a chart of the result, for a notebook."""


class Certainty(Enum):
    """How sure a comparison is; one rule for every page.

    The values are the words used, from the guide's section "Words".
    """

    CLEAR = "clear"
    PROBABLE = "probable"
    SIGN = "a sign, not sure"
    CHANCE = "cannot be told from chance"
    LITTLE_CHANGED = "little changed"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _CERTAINTY_WORDS[self]


_CERTAINTY_WORDS = {
    Certainty.CLEAR: message("clear"),
    Certainty.PROBABLE: message("probable"),
    Certainty.SIGN: message("a sign, not sure"),
    Certainty.CHANCE: message("cannot be told from chance"),
    Certainty.LITTLE_CHANGED: message("little changed"),
}


@dataclass(frozen=True, kw_only=True)
class Interval:
    """The limits of an interval at one confidence level (0 to 1)."""

    low: float
    high: float
    level: float = 0.95

    def holds(self, value: float) -> bool:
        """Say whether the value lies inside, limits included."""
        return self.low <= value <= self.high


@dataclass(frozen=True, kw_only=True)
class RatioComparison:
    """Two rates compared: how many times the first the second is.

    ``ratio`` 0.9 means 10 % fewer. The three intervals carry the words of `Certainty`.
    ``dispersion`` is the variance factor the intervals allow for (1 = chance only).
    """

    before_count: float
    after_count: float
    before_exposure: float
    after_exposure: float
    ratio: float
    interval_80: Interval
    interval_95: Interval
    interval_99: Interval
    p_value: float
    dispersion: float = 1.0

    @property
    def certainty(self) -> Certainty:
        """Return how sure the change is, by the one rule.

        Examples
        --------
        >>> narrow, wide = Interval(low=0.97, high=1.04), Interval(low=0.9, high=1.1)
        >>> RatioComparison(before_count=9, after_count=9, before_exposure=1, after_exposure=1,
        ...     ratio=1.0, interval_80=narrow, interval_95=narrow, interval_99=wide,
        ...     p_value=1.0).certainty
        <Certainty.LITTLE_CHANGED: 'little changed'>
        """
        if self.interval_95.low >= 0.95 and self.interval_95.high <= 1.05:
            return Certainty.LITTLE_CHANGED
        if not self.interval_99.holds(1):
            return Certainty.CLEAR
        if not self.interval_95.holds(1):
            return Certainty.PROBABLE
        return Certainty.CHANCE if self.interval_80.holds(1) else Certainty.SIGN

    def in_words(self) -> Message:
        """Return the 95 % interval in words, such as "1 % fewer to 14 % more"."""
        return changes_in_words(self.interval_95.low - 1, self.interval_95.high - 1)


def changes_in_words(low: float, high: float) -> Message:
    r"""Return the limits of a change in words; both are fractions, −0.1 is 10 % fewer.

    A limit that is not 0 is never written as 0, which would look like "no change".

    Examples
    --------
    >>> str(changes_in_words(-0.43, -0.1)).replace("\xa0", " ")
    '10 to 43 % fewer'
    """
    if high == float("inf"):
        shown = Share(low, decimals=decimals_of_limit(low), signed=True)
        return message("{low} or more, with no upper limit", low=shown)
    if high <= 0:
        return message("{low} to {high} fewer", low=_bare(-high), high=_limit(-low))
    if low >= 0:
        return message("{low} to {high} more", low=_bare(low), high=_limit(high))
    return message("{low} fewer to {high} more", low=_limit(-low), high=_limit(high))


def _limit(fraction: float) -> Share:
    return Share(fraction, decimals=decimals_of_limit(fraction))


def _bare(fraction: float) -> Decimal:
    return Decimal(fraction * 100, decimals_of_limit(fraction))
