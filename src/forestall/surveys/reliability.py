"""This file knows when a number of a survey rests on too few answers to be told.

Each office of statistics sets such limits for itself: the Crime Survey for England and Wales asks
for 50 answers; the Bureau of Justice Statistics marks numbers whose standard error is more than
half of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forestall.surveys.linearised import Linearised

TOO_FEW_ANSWERS = "too few answers"
TOO_FEW_CLUSTERS = "too few clusters"
TOO_ROUGH = "standard error too large"
NOBODY_DIFFERS = "all answers alike"


@dataclass(frozen=True, kw_only=True)
class Reliability:
    """What a number needs to be told.

    Attributes
    ----------
    least_answers
        People who answered, unweighted.
    largest_relative_error
        Standard error over the number; of a share, over the smaller of it and the rest. It is not
        asked of the mean of a scale, whose zero means nothing.
    """

    least_answers: int = 50
    largest_relative_error: float = 0.5

    def why_not_told(self, found: Linearised, *, rest: float) -> str:
        """Return why a number is not told, or nothing.

        ``rest`` is 1 less a share, and infinite for other numbers.
        """
        if found.answers < self.least_answers:
            return TOO_FEW_ANSWERS
        if found.degrees_of_freedom < 1:
            return TOO_FEW_CLUSTERS
        if not found.standard_error > 0:
            return NOBODY_DIFFERS
        if found.standard_error > self.largest_relative_error * min(found.number, rest):
            return TOO_ROUGH
        return ""


RELIABLE = Reliability()
