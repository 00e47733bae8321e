"""This file knows whether one number of incidents changed, by the E-test, without a comparison."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from forestall import __version__
from forestall._stats.four_cells import minimum_detectable
from forestall._stats.two_rates import e_test
from forestall.errors import CannotAnswer
from forestall.estimates.effects import CountDifference
from forestall.estimates.estimates import Engine, ErrorKind, Estimate, Sample
from forestall.languages import Message, Sentences, Share, message, say
from forestall.results import Result

if TYPE_CHECKING:
    import altair as alt

    from forestall.evaluation.cells import BeforeAfter


@dataclass(frozen=True, eq=False, kw_only=True)
class CountChange(Result):
    """How one number of incidents changed, by itself.

    ``table`` has two rows: ``when`` ("before", "after"), ``incidents``, ``days``.

    Attributes
    ----------
    estimate
        More or fewer over the time after; its p-value (two-sided) is that of the E-test.
    detectable
        The smallest change, in incidents over the time after, that would have been found four
        times in five.
    expected
        Incidents after, had the rate stayed as it was.
    """

    estimate: Estimate[CountDifference]
    detectable: float
    expected: float

    def summary(self) -> str:
        """Return the change, and beside a change that may be chance what could have been seen."""
        said: list[str | Message] = [self.estimate.summary()]
        if self.estimate.interval(0.95).holds(0):
            said.append(_what_could_be_seen(self.detectable, self.expected))
        return str(Sentences(tuple(said)))

    def plot(self) -> alt.LayerChart:
        """Return both counts as bars."""
        from forestall._charts import bar_chart

        shown = self.table.assign(when=[say("before"), say("after")])
        return bar_chart(shown, label="when", number="incidents", number_title=say("Incidents"))


def assess_count_change(
    counts: BeforeAfter, *, outcome: str, variance: Literal["unpooled", "pooled"] = "unpooled"
) -> CountChange:
    """Assess whether a number of incidents changed between two periods, by the E-test.

    This is no evaluation: whatever else changed is in the difference, and test and interval allow
    for chance alone, while real counts vary more. The interval rests on the
    same error as the unpooled test, sqrt(k1/n1² + k2/n2²).

    Parameters
    ----------
    counts
        Incidents before and after.
    outcome
        What was counted.
    variance
        "unpooled" is the test of Krishnamoorthy & Thomson (2004). "pooled" divides by the error
        under one common rate; other software calls this the E-test too. They differ where the
        periods do.

    Raises
    ------
    CannotAnswer
        If no incident was counted at all.

    Examples
    --------
    >>> from forestall.evaluation.cells import BeforeAfter
    >>> counts = BeforeAfter(before=30, after=5, before_days=3, after_days=1)
    >>> [round(assess_count_change(counts, outcome="theft", variance=way).estimate.p_value, 4)
    ...     for way in ("unpooled", "pooled")]
    [0.0941, 0.1445]
    """
    if counts.before + counts.after == 0:
        raise CannotAnswer(message("No incident was counted before or after."))
    ratio = counts.after_days / counts.before_days
    return CountChange(
        table=pd.DataFrame(
            {
                "when": ["before", "after"],
                "incidents": [counts.before, counts.after],
                "days": [counts.before_days, counts.after_days],
            }
        ),
        caveats=_CAVEATS,
        made_by=f"assess_count_change(outcome={outcome!r}, variance={variance!r})",
        estimate=_estimate(counts, outcome, variance),
        # Under no change both counts have the variance of the pooled rate.
        detectable=minimum_detectable(_error_under_no_change(counts, ratio)),
        expected=counts.before * ratio,
    )


def _estimate(
    counts: BeforeAfter, outcome: str, variance: Literal["unpooled", "pooled"]
) -> Estimate[CountDifference]:
    ratio = counts.after_days / counts.before_days
    p_value = e_test(
        counts.before,
        counts.after,
        first_exposure=counts.before_days,
        second_exposure=counts.after_days,
        variance=variance,
    )
    return Estimate(
        estimand=_BY_ITSELF,
        outcome=outcome,
        effect=CountDifference(counts.after - counts.before * ratio),
        standard_error=float(np.sqrt(counts.before * ratio**2 + counts.after)),
        error_kind=ErrorKind.POISSON,
        p_value=p_value,
        sample=Sample(
            treated_places=1,
            comparison_places=0,
            observations=2,
            incidents=counts.before + counts.after,
        ),
        engine=Engine(
            method=f"E-test, {variance} variance", software="forestall", version=__version__
        ),
        caveats=_CAVEATS,
    )


def _error_under_no_change(counts: BeforeAfter, ratio: float) -> float:
    rate = (counts.before + counts.after) / (counts.before_days + counts.after_days)
    held = rate * counts.before_days * ratio**2 + rate * counts.after_days
    return float(np.sqrt(held))


def _what_could_be_seen(detectable: float, expected: float) -> Message:
    if expected <= detectable:
        return _NOTHING_COULD_BE_SEEN
    return message(_COULD_BE_SEEN, share=Share(detectable / expected))


_BY_ITSELF = message("incidents more or fewer over the time after, without a comparison")
_COULD_BE_SEEN = (
    "A real change would have been seen four times in five only if it was of {share} or more."
)
_NOTHING_COULD_BE_SEEN = message(
    "So few incidents were counted that even their end would often have gone unseen."
)
_CAVEATS = (
    message("Without a comparison, this change holds everything else that happened at the time."),
    message("The interval allows for chance alone; real counts vary more."),
)
