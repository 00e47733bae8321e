"""This file knows the older measures of displacement, and where each of them means something.

Source: Bowers & Johnson (2003), Journal of Quantitative Criminology 19; Problem-Solving Tool Guide
10 of the Center for Problem-Oriented Policing, appendices B and C.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import pandas as pd

from forestall.errors import CannotAnswer
from forestall.languages import Decimal, Message, message, say
from forestall.results import Result

if TYPE_CHECKING:
    from collections.abc import Mapping

    import altair as alt

    from forestall.evaluation.cells import Cells

_SAME_LENGTH = 1e-9


class Quotient(StrEnum):
    """The measures, by the names of their source."""

    GROSS_EFFECT = "gross effect"
    NET_EFFECT = "net effect"
    WEIGHTED_DISPLACEMENT_QUOTIENT = "weighted displacement quotient"
    TOTAL_NET_EFFECT = "total net effect"


@dataclass(frozen=True, eq=False, kw_only=True)
class DisplacementQuotients(Result):
    """The older measures, each only where it means something.

    ``table`` has a row for each: ``measure``, ``value`` (missing where it is refused), ``why_not``.
    None has an interval: no sampling distribution of theirs is worth printing.

    Attributes
    ----------
    values
        The measures that are answered.
    refused
        The others, each with the reason.
    """

    values: Mapping[Quotient, float]
    refused: Mapping[Quotient, Message]

    def value(self, measure: Quotient) -> float:
        """Return one measure.

        Raises
        ------
        CannotAnswer
            With the reason, where these counts give it no meaning.
        """
        if measure in self.refused:
            raise CannotAnswer(self.refused[measure])
        return self.values[measure]

    def summary(self) -> str:
        """Return the weighted displacement quotient in words, or why there is none."""
        measure = Quotient.WEIGHTED_DISPLACEMENT_QUOTIENT
        if measure in self.refused:
            return str(self.refused[measure])
        quotient = self.values[measure]
        return say(_reading(quotient), quotient=Decimal(quotient, 2))

    def plot(self) -> alt.LayerChart:
        """Return the measures in incidents as bars."""
        from forestall._charts import bar_chart

        counted = (Quotient.GROSS_EFFECT, Quotient.TOTAL_NET_EFFECT)
        shown = pd.DataFrame(
            [
                {"measure": str(_NAMES[measure]), "incidents": self.values[measure]}
                for measure in counted
                if measure in self.values
            ],
            columns=["measure", "incidents"],
        )
        return bar_chart(
            shown, label="measure", number="incidents", number_title=say("Incidents fewer")
        )


def measure_displacement_quotients(cells: Cells) -> DisplacementQuotients:
    """Measure displacement by the quotients of Bowers & Johnson, inside their domain only.

    They are here so that older studies can be read; for a judgement use `compare_before_after` and
    `estimate_total_net_effect`, which have intervals. In this function alone a positive number
    means fewer incidents, as in its source.

    Parameters
    ----------
    cells
        Treated, comparison and, for all but the first two, the surroundings of the treated places.

    Examples
    --------
    >>> from forestall.evaluation.cells import BeforeAfter, Cells
    >>> cells = Cells(treated=BeforeAfter(before=207, after=110),
    ...     comparison=BeforeAfter(before=308, after=318),
    ...     buffer=BeforeAfter(before=178, after=157))
    >>> found = measure_displacement_quotients(cells)
    >>> round(found.value(Quotient.WEIGHTED_DISPLACEMENT_QUOTIENT), 2)
    0.26
    >>> round(found.value(Quotient.TOTAL_NET_EFFECT), 1)
    130.5
    """
    values: dict[Quotient, float] = {
        Quotient.GROSS_EFFECT: cells.treated.before
        * cells.treated.after_days
        / cells.treated.before_days
        - cells.treated.after
    }
    refused: dict[Quotient, Message] = {}
    for measure, work_out in (
        (Quotient.NET_EFFECT, _net_effect),
        (Quotient.WEIGHTED_DISPLACEMENT_QUOTIENT, _quotient),
        (Quotient.TOTAL_NET_EFFECT, _total_net_effect),
    ):
        answer = work_out(cells)
        if isinstance(answer, Message):
            refused[measure] = answer
        else:
            values[measure] = answer
    return DisplacementQuotients(
        table=pd.DataFrame(
            [
                {
                    "measure": measure.value,
                    "value": values.get(measure),
                    "why_not": str(refused.get(measure, "")),
                }
                for measure in Quotient
            ]
        ),
        caveats=(_NO_INTERVAL,),
        made_by="measure_displacement_quotients()",
        values=values,
        refused=refused,
    )


def _net_effect(cells: Cells) -> float | Message:
    treated, comparison = cells.treated, cells.comparison
    if not _same_periods(cells):
        return _OTHER_PERIODS
    if 0 in (comparison.before, comparison.after):
        return _ZERO_COMPARISON
    return treated.before / comparison.before - treated.after / comparison.after


def _same_periods(cells: Cells) -> bool:
    lengths = [group.after_days / group.before_days for group in cells.groups]
    return max(lengths) - min(lengths) <= _SAME_LENGTH * max(lengths)


def _quotient(cells: Cells) -> float | Message:
    fall = _net_effect(cells)
    if isinstance(fall, Message):
        return fall
    if cells.buffer is None:
        return _NO_BUFFER
    if fall <= 0:
        return _NO_FALL
    buffer, comparison = cells.buffer, cells.comparison
    return (buffer.before / comparison.before - buffer.after / comparison.after) / fall


def _total_net_effect(cells: Cells) -> float | Message:
    unusable = _net_effect(cells)
    if isinstance(unusable, Message):
        return unusable
    if cells.buffer is None:
        return _NO_BUFFER
    rise = cells.comparison.after / cells.comparison.before
    both = (cells.treated, cells.buffer)
    return sum(group.before * rise - group.after for group in both)


def _reading(quotient: float) -> str:
    if quotient > 1:
        return _MORE_AROUND
    if quotient >= 0:
        return _FEWER_AROUND
    return _MOVED if quotient >= -1 else _MOVED_ALL


_MORE_AROUND = (
    "The surroundings gained more than the treated places themselves (quotient {quotient})."
)
_FEWER_AROUND = "The surroundings gained too, less than the treated places (quotient {quotient})."
_MOVED = "Incidents rose around by less than they fell in the treated places (quotient {quotient})."
_MOVED_ALL = (
    "Incidents rose around by more than they fell in the treated places (quotient {quotient})."
)
_OTHER_PERIODS = message(
    "This measure needs the same periods in all places, but their lengths differ."
)
_ZERO_COMPARISON = message("This measure divides by the comparison, which has a count of zero.")
_NO_BUFFER = message("This measure needs counts around the treated places, and none were given.")
_NO_FALL = message(
    "The quotient means something only where incidents fell against the comparison; here they did "
    "not, so that nothing could have moved."
)
_NO_INTERVAL = message(
    "These quotients have no interval and swing widely by chance; read them as a description only."
)
_NAMES = {
    Quotient.GROSS_EFFECT: message("gross effect"),
    Quotient.TOTAL_NET_EFFECT: message("total net effect"),
}
