"""This file knows the totals in which comparison places are made equal to treated ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from forestall.errors import InvalidRecords

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forestall.evaluation.synthetic.roles import Roles

    FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Totals:
    """What is matched: a column for each total, a row for each place of the panel."""

    names: tuple[str, ...]
    columns: FloatArray

    def of(self, rows: NDArray[np.int64]) -> FloatArray:
        """Return the columns of some places."""
        return np.asarray(self.columns[rows])


def read_totals(roles: Roles, *, periods_together: int) -> Totals:
    """Lay out outcomes of every lot of periods before, exposure and covariates.

    Exposure and covariates are means of the periods before. Lots are counted back from the measure;
    the earliest takes what is left over.

    Raises
    ------
    InvalidRecords
        If a covariate is unknown for a place that is used.
    """
    panel = roles.panel
    starts = np.arange(roles.first % periods_together, roles.first, periods_together)
    starts[0] = 0
    names = [str(_shown(panel.periods[int(start)])) for start in starts]
    columns = [np.add.reduceat(panel.outcome[:, roles.before], starts, axis=1)]
    further = dict(panel.covariates)
    if panel.exposure is not None:
        further = {"exposure": panel.exposure, **further}
    used = np.r_[roles.treated, roles.comparison]
    for name, matrix in further.items():
        mean = matrix[:, roles.before].mean(axis=1)
        if not np.isfinite(mean[used]).all():
            lost = used[int(np.argmax(~np.isfinite(mean[used])))]
            raise InvalidRecords(
                f"Covariates are known for every place and period before, but {name} of place "
                f"{panel.places[lost]} is not."
            )
        names.append(name)
        columns.append(mean[:, None])
    return Totals(names=tuple(names), columns=np.column_stack(columns))


def _shown(period: object) -> object:
    day = getattr(period, "date", None)
    return day() if callable(day) else period
