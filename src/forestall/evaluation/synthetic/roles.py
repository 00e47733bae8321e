"""This file knows which places of a panel have the measure, since when, and which do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.errors import CannotAnswer, InvalidRecords
from forestall.estimates.estimates import Sample, Span
from forestall.languages import Message, plural_message

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from forestall.evaluation.panels import Panel

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

_LEAST_BEFORE = 6


@dataclass(frozen=True, eq=False, kw_only=True)
class Roles:
    """Rows of a panel by their role.

    Attributes
    ----------
    treated, comparison
        Rows with the measure, and rows that may be compared with them.
    first
        Column of the first period with the measure.
    left_out
        How many places the caller named to be left out.
    incomplete
        How many comparison places are left out because some of their periods are unknown.
    """

    panel: Panel
    treated: IntArray
    comparison: IntArray
    first: int
    left_out: int
    incomplete: int

    @property
    def before(self) -> slice:
        """Return the columns before the measure."""
        return slice(0, self.first)

    @property
    def after(self) -> slice:
        """Return the columns with the measure."""
        return slice(self.first, len(self.panel.periods))

    @property
    def periods_after(self) -> int:
        """Return how many periods had the measure."""
        return len(self.panel.periods) - self.first

    def names(self, rows: IntArray) -> list[str]:
        """Return the names of some places."""
        return [self.panel.places[row] for row in rows]

    def sample(self, *, incidents: float | None) -> Sample:
        """Return what an estimate from these places was made from."""
        before, after = _spans(self.panel.periods, self.first)
        places = len(self.treated) + len(self.comparison)
        return Sample(
            treated_places=len(self.treated),
            comparison_places=len(self.comparison),
            observations=places * len(self.panel.periods),
            incidents=incidents,
            before=before,
            after=after,
        )

    def caveats(self) -> list[Message]:
        """Say which places are not compared."""
        said = []
        if self.left_out:
            said.append(plural_message(*_LEFT_OUT, self.left_out))
        if self.incomplete:
            said.append(plural_message(*_INCOMPLETE, self.incomplete))
        return said


def find_roles(panel: Panel, *, leave_out: Collection[str], least_comparison: int) -> Roles:
    """Find the places with the measure, and those that never had it and are not left out.

    Raises
    ------
    CannotAnswer
        If the measure came at different times or ended, a treated place has unknown periods, or
        there are too few places or periods.
    InvalidRecords
        If a place to be left out is not in the panel, or had the measure.
    """
    starts = panel.starts
    has_measure = starts < len(panel.periods)
    outside = _rows_left_out(panel, has_measure, leave_out)
    known = ~np.isnan(panel.outcome).any(axis=1)
    if panel.exposure is not None:
        known &= ~np.isnan(panel.exposure).any(axis=1)
    first = _one_start(panel, starts[has_measure])
    lost = has_measure & ~known
    if lost.any():
        raise CannotAnswer(
            "Places with the measure need every period, but some are unknown; the first is place "
            f"{panel.places[int(np.argmax(lost))]}."
        )
    open_to = ~has_measure & ~outside
    comparison = np.flatnonzero(open_to & known)
    if len(comparison) < least_comparison:
        raise CannotAnswer(
            f"At least {least_comparison} comparison places with every period are needed, but "
            f"there are {len(comparison)}."
        )
    return Roles(
        panel=panel,
        treated=np.flatnonzero(has_measure),
        comparison=comparison,
        first=first,
        left_out=int(outside.sum()),
        incomplete=int((open_to & ~known).sum()),
    )


def _rows_left_out(
    panel: Panel, has_measure: NDArray[np.bool_], leave_out: Collection[str]
) -> NDArray[np.bool_]:
    names = pd.Index(panel.places)
    where = names.get_indexer(pd.Index([str(one) for one in leave_out], dtype=object))
    if (where < 0).any():
        raise InvalidRecords(
            "Places to be left out are places of the panel, but "
            f"{int((where < 0).sum())} of {len(where)} are not; the first is "
            f"{list(leave_out)[int(np.argmax(where < 0))]}."
        )
    outside = np.zeros(len(names), dtype=bool)
    outside[where] = True
    both = outside & has_measure
    if both.any():
        raise InvalidRecords(
            "A place to be left out cannot have the measure, but "
            f"{panel.places[int(np.argmax(both))]} has."
        )
    return outside


def _one_start(panel: Panel, starts: IntArray) -> int:
    if not len(starts):
        raise CannotAnswer("No place of this panel has the measure in any period.")
    if len(set(starts.tolist())) > 1:
        raise CannotAnswer(
            "Comparison with weighted places needs one start of the measure, but there are "
            f"{len(set(starts.tolist()))}; methods for staggered adoption take such panels."
        )
    first = int(starts[0])
    if first < _LEAST_BEFORE:
        raise CannotAnswer(
            f"At least {_LEAST_BEFORE} periods before the measure are needed, but there are "
            f"{first}."
        )
    return first


def _spans(periods: pd.Index, first: int) -> tuple[Span | None, Span | None]:
    """Return the time before and after, where periods are starts of months."""
    if not isinstance(periods, pd.DatetimeIndex) or not bool(periods.is_month_start.all()):
        return None, None
    end = periods[-1] + pd.offsets.MonthEnd(0)
    last_before = periods[first] - pd.Timedelta(days=1)
    return (
        Span(first=periods[0].date(), last=last_before.date()),
        Span(first=periods[first].date(), last=end.date()),
    )


_LEFT_OUT = (
    "{count} place is left out of the comparison, as asked.",
    "{count} places are left out of the comparison, as asked.",
)
_INCOMPLETE = (
    "{count} comparison place with unknown periods is left out.",
    "{count} comparison places with unknown periods are left out.",
)
