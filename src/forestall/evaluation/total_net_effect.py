"""This file knows the net effect in the treated places and around them, with its uncertainty.

Source: Bowers & Johnson (2003), Journal of Quantitative Criminology 19, for the measure; its
variance by the delta method, the counts taken as Poisson times a factor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from forestall._stats.four_cells import total_net_difference
from forestall.errors import CannotAnswer
from forestall.estimates.effects import CountDifference
from forestall.evaluation.at_variance import (
    AtVariance,
    at_variances,
    headline,
    summary_of,
    variances_side_by_side,
)
from forestall.evaluation.before_after_caveats import caveats_of_counts
from forestall.evaluation.place_choice import PlaceChoice
from forestall.languages import message, say
from forestall.results import Result

if TYPE_CHECKING:
    import altair as alt

    from forestall.estimates.estimates import Estimate
    from forestall.evaluation.cells import BeforeAfter, Cells
    from forestall.evaluation.extra_variance import ExtraVariance


@dataclass(frozen=True, eq=False, kw_only=True)
class TotalNetEffect(Result):
    """Incidents more or fewer in the treated places and around them, together and apart.

    ``table`` has a row for each part and variance: ``measure`` ("treated", "around", "total"), and
    the columns of `BeforeAfterComparison`.

    Attributes
    ----------
    treated, around, total
        Each at every variance of the counts. The parts add up to the total, their variances do not:
        they share the comparison.
    """

    treated: tuple[AtVariance[CountDifference], ...]
    around: tuple[AtVariance[CountDifference], ...]
    total: tuple[AtVariance[CountDifference], ...]

    @property
    def estimate(self) -> Estimate[CountDifference]:
        """Return the total at the variance that is told: estimated, else twice chance."""
        return headline(self.total).estimate

    def summary(self) -> str:
        """Return the total, what its interval allows for, and what could have been seen."""
        return summary_of(self.total)

    def plot(self) -> alt.LayerChart:
        """Return the parts and the total as bars."""
        from forestall._charts import bar_chart

        parts = (
            (say("treated places"), self.treated),
            (say("around them"), self.around),
            (say("together"), self.total),
        )
        shown = pd.DataFrame(
            [
                {"part": name, "incidents": headline(found).estimate.effect.number}
                for name, found in parts
            ]
        )
        return bar_chart(
            shown, label="part", number="incidents", number_title=say("Incidents more or fewer")
        )


def estimate_total_net_effect(
    cells: Cells,
    *,
    outcome: str,
    repeated: ExtraVariance | None = None,
    chosen: PlaceChoice = PlaceChoice.UNKNOWN,
) -> TotalNetEffect:
    r"""Estimate the net effect in the treated places and around them, displacement included.

    Expected after are the incidents before times the change in the comparison; around the places
    the change in the comparison's own surroundings is used where it is given. Below zero means
    fewer, the other way round than in the source.

    Parameters
    ----------
    cells
        The counts; the surroundings of the treated places are needed.
    outcome
        What was counted.
    repeated, chosen
        As in `compare_before_after`.

    Raises
    ------
    CannotAnswer
        If there are no surroundings, or a comparison has a count of zero.

    Examples
    --------
    >>> from forestall.evaluation.cells import BeforeAfter, Cells
    >>> cells = Cells(treated=BeforeAfter(before=207, after=110),
    ...     comparison=BeforeAfter(before=308, after=318),
    ...     buffer=BeforeAfter(before=178, after=157))
    >>> found = estimate_total_net_effect(cells, outcome="burglary")
    >>> found.summary().replace("\xa0", " ")
    'burglary: 130 fewer incidents (95 % interval: 244 fewer incidents to 17 fewer incidents);
     probable. How much more than chance the counts vary is not known; 2.0 times is assumed.'
    """
    buffer = _checked_buffer(cells)
    caveats = (_SAME_SHARE, *caveats_of_counts(cells, chosen=chosen, repeated=repeated))
    own = cells.buffer_comparison
    parts = {
        "treated": _net([cells.treated], cells.comparison),
        "around": _net([buffer], own or cells.comparison),
    }
    parts["total"] = (
        _net([cells.treated, buffer], cells.comparison)
        if own is None
        else tuple(map(sum, zip(*parts.values(), strict=True)))
    )
    found = {
        part: at_variances(
            CountDifference(number),
            poisson_variance=spread,
            variances=variances_side_by_side(repeated),
            estimand=message(_ESTIMANDS[part]),
            outcome=outcome,
            sample=cells.sample,
            method="total net effect, delta method",
            caveats=caveats,
        )
        for part, (number, spread) in parts.items()
    }
    return TotalNetEffect(
        table=pd.DataFrame([at.row(part) for part, every in found.items() for at in every]),
        caveats=caveats,
        made_by=f"estimate_total_net_effect(outcome={outcome!r}, chosen={chosen.name})",
        **found,
    )


def _net(groups: list[BeforeAfter], comparison: BeforeAfter) -> tuple[float, ...]:
    before, after = (sum(getattr(group, when) for group in groups) for when in ("before", "after"))
    found = total_net_difference([before, after], [comparison.before, comparison.after])
    return float(found.number), float(found.variance)


def _checked_buffer(cells: Cells) -> BeforeAfter:
    if cells.buffer is None:
        raise CannotAnswer(_NO_BUFFER)
    for group in (cells.comparison, cells.buffer_comparison):
        if group is not None and 0 in (group.before, group.after):
            raise CannotAnswer(_ZERO)
    lengths = {round(group.after_days / group.before_days, 9) for group in cells.groups}
    if len(lengths) > 1:
        raise CannotAnswer(_OTHER_PERIODS)
    return cells.buffer


_ESTIMANDS = {
    "treated": "incidents more or fewer in the treated places over the time after",
    "around": "incidents more or fewer around the treated places over the time after",
    "total": "incidents more or fewer in the treated places and around them over the time after",
}
_NO_BUFFER = message("A net effect needs counts around the treated places, and none were given.")
_ZERO = message("A net effect divides by the comparison, which has a count of zero.")
_SAME_SHARE = message(
    "Without the measure, the treated places and those around them are supposed to have changed by "
    "the same share as the comparison."
)
_OTHER_PERIODS = message(
    "A net effect needs the same periods in all places, but their lengths differ."
)
