"""This file knows the change in harm: incidents of several kinds, each weighed by its harm.

Source: Wheeler & Ratcliffe (2018), Crime Science 7:11, with weights as in a crime harm index
(Sherman, Neyroud & Neyroud 2016, Policing 10).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall._stats.four_cells import difference_of_differences
from forestall.errors import InvalidRecords
from forestall.estimates.effects import HarmDifference
from forestall.evaluation.at_variance import (
    AtVariance,
    at_variances,
    headline,
    summary_of,
    variances_side_by_side,
)
from forestall.evaluation.before_after_caveats import caveats_of
from forestall.evaluation.place_choice import PlaceChoice
from forestall.languages import Message, message, say
from forestall.results import Result

if TYPE_CHECKING:
    from collections.abc import Mapping

    import altair as alt
    from numpy.typing import NDArray

    from forestall.estimates.estimates import Estimate, Sample
    from forestall.evaluation.cells import Cells
    from forestall.evaluation.extra_variance import ExtraVariance


@dataclass(frozen=True, eq=False, kw_only=True)
class HarmComparison(Result):
    """The change in harm of treated against comparison places.

    ``table`` has a row for each variance of the counts, as in `BeforeAfterComparison`, in points.

    Attributes
    ----------
    differences
        The weighted difference at each variance.
    kinds
        A row for each kind of offence: ``offence``, ``harm`` (points an incident), ``incidents``
        (difference in incidents), ``points``.
    """

    differences: tuple[AtVariance[HarmDifference], ...]
    kinds: pd.DataFrame

    @property
    def difference(self) -> Estimate[HarmDifference]:
        """Return the difference at the variance that is told: estimated, else twice chance."""
        return headline(self.differences).estimate

    def summary(self) -> str:
        """Return the difference, what its interval allows for, and what could have been seen."""
        return summary_of(self.differences)

    def plot(self) -> alt.LayerChart:
        """Return the points of each kind as bars."""
        from forestall._charts import bar_chart

        return bar_chart(
            self.kinds, label="offence", number="points", number_title=say("Points of harm")
        )


def compare_harm_before_after(
    cells: Mapping[str, Cells],
    *,
    harm: Mapping[str, float],
    outcome: str,
    repeated: ExtraVariance | None = None,
    chosen: PlaceChoice = PlaceChoice.UNKNOWN,
) -> HarmComparison:
    """Compare the change in harm: the sum over kinds of their difference times their weight.

    The kinds are taken as independent: the variance is the sum of squared weights times that of
    each difference. A few incidents of great harm then make most of it.

    Parameters
    ----------
    cells
        The counts of each kind of offence.
    harm
        Points for one incident of each kind, above 0; state the index and its year with the result.
    outcome
        What the points are, such as "harm (Cambridge index 2020)".
    repeated, chosen
        As in `compare_before_after`.

    Raises
    ------
    InvalidRecords
        If a kind has no weight, a weight is not above 0, or only some kinds have surroundings.

    Examples
    --------
    >>> from forestall.evaluation.cells import BeforeAfter, Cells
    >>> def four(*counts):
    ...     return Cells(treated=BeforeAfter(before=counts[0], after=counts[1]),
    ...         comparison=BeforeAfter(before=counts[2], after=counts[3]))
    >>> found = compare_harm_before_after(
    ...     {"Theft": four(90, 60, 80, 85), "Robbery": four(12, 9, 10, 11)},
    ...     harm={"Theft": 2, "Robbery": 365}, outcome="harm")
    >>> found.difference.effect.points
    -1530.0
    >>> found.kinds["points"].tolist()
    [-70.0, -1460.0]
    """
    weights = _checked_weights(cells, harm)
    counts = np.array([four.counts() for four in cells.values()])
    divisors = np.array([four.divisors() for four in cells.values()])
    found = difference_of_differences(counts, counts, divisors)
    caveats = _caveats(cells, chosen, repeated)
    differences = at_variances(
        HarmDifference(float(weights @ found.number)),
        poisson_variance=float(np.square(weights) @ found.variance),
        variances=variances_side_by_side(repeated),
        estimand=_POINTS,
        outcome=outcome,
        sample=_sample(cells),
        method="weighted displacement difference, weighted by harm",
        caveats=caveats,
    )
    return HarmComparison(
        table=pd.DataFrame([at.row("harm") for at in differences]),
        caveats=caveats,
        made_by=f"compare_harm_before_after(harm={dict(harm)!r}, outcome={outcome!r}, "
        f"chosen={chosen.name})",
        differences=differences,
        kinds=pd.DataFrame(
            {
                "offence": list(cells),
                "harm": weights,
                "incidents": found.number,
                "points": weights * found.number,
            }
        ),
    )


def _checked_weights(cells: Mapping[str, Cells], harm: Mapping[str, float]) -> NDArray[np.float64]:
    if not cells:
        raise InvalidRecords("A comparison of harm needs at least one kind of offence.")
    for offence in cells:
        if not harm.get(offence, 0) > 0:
            raise InvalidRecords(f"Each kind needs a weight above 0, but “{offence}” has none.")
    if len({len(four.compared) for four in cells.values()}) > 1:
        raise InvalidRecords("All kinds have surroundings with a comparison, or none has.")
    return np.array([float(harm[offence]) for offence in cells])


def _caveats(
    cells: Mapping[str, Cells], chosen: PlaceChoice, repeated: ExtraVariance | None
) -> tuple[Message, ...]:
    every = [caveats_of(four, chosen=chosen, repeated=repeated) for four in cells.values()]
    return (_WEIGHTS, *dict.fromkeys(one for some in every for one in some))


def _sample(cells: Mapping[str, Cells]) -> Sample:
    every = list(cells.values())
    return replace(
        every[0].sample,
        observations=sum(four.sample.observations for four in every),
        incidents=sum(four.incidents for four in every),
    )


_POINTS = message(
    "points of harm more or fewer in the treated places over the time after, against the comparison"
)
_WEIGHTS = message(
    "Points of harm rest on the weights chosen, and a few grave incidents can make most of them."
)
