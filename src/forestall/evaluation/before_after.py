"""This file knows whether treated places changed otherwise than comparison places.

Sources: Wheeler & Ratcliffe (2018), Crime Science 7:11 (weighted displacement difference); Wilson
(2022), Journal of Quantitative Criminology 38 (relative incident rate ratio).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pandas as pd

from forestall._stats.four_cells import (
    difference_of_differences,
    log_ratio_of_ratios,
    without_zeros,
)
from forestall.errors import CannotAnswer
from forestall.estimates.effects import CountDifference, LogRatio
from forestall.evaluation.at_variance import (
    AtVariance,
    at_variances,
    headline,
    scale_limit,
    summary_of,
    variances_side_by_side,
)
from forestall.evaluation.before_after_caveats import caveats_of
from forestall.evaluation.count_changes import CountChange, assess_count_change
from forestall.evaluation.place_choice import PlaceChoice
from forestall.languages import Message, message, say
from forestall.results import Result

if TYPE_CHECKING:
    import altair as alt

    from forestall.estimates.estimates import Estimate
    from forestall.evaluation.cells import Cells
    from forestall.evaluation.extra_variance import ExtraVariance


@dataclass(frozen=True, eq=False, kw_only=True)
class BeforeAfterComparison(Result):
    """Treated against comparison places, before against after.

    ``table`` has a row for each measure and variance of the counts: ``measure`` ("difference" or
    "ratio"), ``phi`` (times the variance of chance), ``phi_source``, ``effect`` (incidents fewer
    when below 0; a ratio below 1), ``standard_error`` (of the logarithm for a ratio), ``low_90``,
    ``high_90``, ``low_95``, ``high_95``, ``p_value`` (two-sided), ``detectable`` (the smallest fall
    found four times in five: incidents, or a share), ``certainty``.

    Attributes
    ----------
    differences, ratios
        The weighted displacement difference and the relative incident rate ratio at each variance.
    treated_alone, comparison_alone
        How each changed by itself.
    """

    differences: tuple[AtVariance[CountDifference], ...]
    ratios: tuple[AtVariance[LogRatio], ...]
    treated_alone: CountChange
    comparison_alone: CountChange

    @property
    def difference(self) -> Estimate[CountDifference]:
        """Return the difference at the variance that is told: estimated, else twice chance."""
        return headline(self.differences).estimate

    @property
    def ratio(self) -> Estimate[LogRatio]:
        """Return the ratio at the variance that is told: estimated, else twice chance."""
        return headline(self.ratios).estimate

    def summary(self) -> str:
        """Return the ratio, what its interval allows for, and what could have been seen."""
        return summary_of(self.ratios)

    def plot(self) -> alt.LayerChart:
        """Return the ratio with its 95 % interval at each variance."""
        from forestall._charts import interval_chart

        rows = self.table[self.table["measure"] == "ratio"]
        shown = pd.DataFrame(
            {
                "variance": [
                    say("variance {factor} times chance", factor=round(phi, 1))
                    for phi in rows["phi"]
                ],
                "low": rows["low_95"],
                "ratio": rows["effect"],
                "high": rows["high_95"],
            }
        )
        return interval_chart(
            shown, label="variance", limit=scale_limit(shown), title=say("fewer | more")
        )


def compare_before_after(
    cells: Cells,
    *,
    outcome: str,
    repeated: ExtraVariance | None = None,
    chosen: PlaceChoice = PlaceChoice.UNKNOWN,
    variance: Literal["unpooled", "pooled"] = "unpooled",
) -> BeforeAfterComparison:
    """Compare the change in treated places with that in comparison places, from four counts.

    Two measures stand side by side. The weighted displacement difference is (T1 - T0) - (C1 - C0)
    in incidents, with (D1 - D0) - (E1 - E0) of the surroundings where both are given; it supposes
    that all would have changed by as many incidents. The relative incident rate ratio is
    (T1/T0)/(C1/C0); it supposes that both would have changed by the same share. Both are shown at
    1, 2 and 4 times the variance of chance, and at the estimated one.

    Periods of unequal length and places of unequal size are brought to the length of the time after
    and to the size of the treated places, their variance by the square.

    Parameters
    ----------
    cells
        The counts.
    outcome
        What was counted.
    repeated
        How much more than chance the counts vary, from `estimate_extra_variance`.
    chosen
        How the treated places were chosen.
    variance
        Of the E-test of each change by itself; see `assess_count_change`.

    Raises
    ------
    CannotAnswer
        If no incident was counted in the treated or in the comparison places.

    Examples
    --------
    The published example of Wheeler & Ratcliffe (2018).

    >>> from forestall.evaluation.cells import BeforeAfter, Cells
    >>> cells = Cells(
    ...     treated=BeforeAfter(before=207, after=110),
    ...     comparison=BeforeAfter(before=308, after=318),
    ...     buffer=BeforeAfter(before=178, after=157),
    ...     buffer_comparison=BeforeAfter(before=150, after=140))
    >>> found = compare_before_after(cells, outcome="burglary")
    >>> chance_alone = found.differences[0].estimate
    >>> low, high = chance_alone.limits(0.95)
    >>> chance_alone.effect.number, round(chance_alone.standard_error, 1)
    (-118.0, 39.6)
    >>> round(low.number), round(high.number)
    (-196, -40)
    """
    _check(cells)
    variances = variances_side_by_side(repeated)
    caveats = tuple(caveats_of(cells, chosen=chosen, repeated=repeated))
    differences = _differences(cells, outcome, variances, caveats)
    ratios = _ratios(cells, outcome, variances, caveats)
    rows = [at.row("difference") for at in differences] + [at.row("ratio") for at in ratios]
    treated, comparison = (
        assess_count_change(group, outcome=outcome, variance=variance)
        for group in (cells.treated, cells.comparison)
    )
    return BeforeAfterComparison(
        table=pd.DataFrame(rows),
        caveats=caveats,
        made_by=f"compare_before_after(outcome={outcome!r}, chosen={chosen.name}, "
        f"variance={variance!r}, phi={[round(one.factor, 3) for one in variances]})",
        differences=differences,
        ratios=ratios,
        treated_alone=treated,
        comparison_alone=comparison,
    )


def _differences(
    cells: Cells,
    outcome: str,
    variances: tuple[ExtraVariance, ...],
    caveats: tuple[Message, ...],
) -> tuple[AtVariance[CountDifference], ...]:
    counts = cells.counts()
    found = difference_of_differences(counts, counts, cells.divisors())
    return at_variances(
        CountDifference(float(found.number)),
        poisson_variance=float(found.variance),
        variances=variances,
        estimand=_NET_DIFFERENCE if len(cells.compared) > 2 else _DIFFERENCE,
        outcome=outcome,
        sample=cells.sample,
        method="weighted displacement difference",
        caveats=caveats,
    )


def _ratios(
    cells: Cells,
    outcome: str,
    variances: tuple[ExtraVariance, ...],
    caveats: tuple[Message, ...],
) -> tuple[AtVariance[LogRatio], ...]:
    counts = without_zeros(cells.counts()[:4])
    found = log_ratio_of_ratios(counts, counts, cells.divisors()[:4])
    return at_variances(
        LogRatio(float(found.number)),
        poisson_variance=float(found.variance),
        variances=variances,
        estimand=_RATIO,
        outcome=outcome,
        sample=cells.sample,
        method="relative incident rate ratio",
        caveats=caveats,
    )


_DIFFERENCE = message(
    "incidents more or fewer in the treated places over the time after, against the comparison"
)
_NET_DIFFERENCE = message(
    "incidents more or fewer in the treated places and around them over the time after, against "
    "the comparison"
)
_RATIO = message("incidents in the treated places over those expected from the comparison")


def _check(cells: Cells) -> None:
    for group, needed in ((cells.treated, _NO_TREATED), (cells.comparison, _NO_COMPARISON)):
        if group.before + group.after == 0:
            raise CannotAnswer(needed)


_NO_TREATED = message("A comparison needs incidents in the treated places, but there are none.")
_NO_COMPARISON = message(
    "A comparison needs incidents in the comparison places, but there are none."
)
