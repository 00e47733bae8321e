"""This file knows how many incidents a store holds in each period, before anything is protected.

What it returns is for the functions beside it, which protect it; no page and no table gets it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from forestall.diagnosis.stragglers import leave_out_stragglers
from forestall.errors import CannotAnswer
from forestall.languages import message
from forestall.records import count_incidents, open_incidents
from forestall.web.data.diagnosing import read_areas
from forestall.web.data.folders import store_folder
from forestall.web.data.models import AreaFile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from forestall.records import Areas, Incidents, Periods
    from forestall.web.data.models import Store

# From the shortest to the longest; each ends where some of the one before end.
UNITS = ("month", "quarter", "year")


@dataclass(frozen=True, eq=False)
class PeriodNumbers:
    """Incidents of the whole periods of a store, and which periods are not whole.

    Attributes
    ----------
    first_days, last_days
        Of each whole period.
    counts
        Incidents in each.
    cut_off
        First day of the last period where the records end in its middle; else None.
    left_out
        How many other periods are not covered as a whole.
    """

    first_days: tuple[date, ...]
    last_days: tuple[date, ...]
    counts: NDArray[np.int64]
    cut_off: date | None
    left_out: int


@dataclass(frozen=True, eq=False)
class StoreNumbers:
    """Counts the incidents of one store; what began in months that it hardly holds is left out."""

    store: Store
    _counted: dict[tuple[Any, ...], PeriodNumbers] = field(default_factory=dict, init=False)

    @cached_property
    def incidents(self) -> Incidents:
        """Return the incidents of the months that the store covers."""
        return leave_out_stragglers(open_incidents(store_folder(self.store)))[0]

    def of(self, settings: Mapping[str, Any], *, unit: str = "") -> PeriodNumbers:
        """Count by period, zeros included.

        Parameters
        ----------
        settings
            As in `IndicatorSource`.
        unit
            One of `UNITS`; without it that of the settings.

        Raises
        ------
        ForestallError
            If the store holds nothing, or a kind or an area is gone.
        """
        period = unit or settings["period"]
        kinds = tuple(settings.get("offences") or ())
        key = (kinds, settings.get("areas"), settings.get("area"), period)
        if key not in self._counted:
            kept = self.incidents.filter(offences=list(kinds) or None)
            areas, place = _area(settings)
            counts = count_incidents(kept, places=areas, period=period)
            assert counts.periods is not None
            chosen = {} if place is None else {"place": place}
            self._counted[key] = _whole(
                counts.per_period(**chosen), counts.periods, self._not_covered
            )
        return self._counted[key]

    @property
    def last_day(self) -> date:
        """Return the last day of the records."""
        return date.fromisoformat(self.incidents.manifest.last_day)

    @property
    def _not_covered(self) -> date | None:
        """Return the first day after the months that the store covers, where it has more."""
        last = self.incidents.coverage[1]
        return last + timedelta(days=1) if last < self.last_day else None


def _area(settings: Mapping[str, Any]) -> tuple[Areas | None, str | None]:
    if not settings.get("areas"):
        return None, None
    file = AreaFile.objects.select_related("jurisdiction").filter(pk=settings["areas"]).first()
    if file is None:
        raise CannotAnswer(message("The file of areas that was chosen is gone; link it anew."))
    areas = read_areas(file)
    if settings["area"] not in list(areas.codes):
        raise CannotAnswer(message("The area that was chosen is no longer in its file."))
    return areas, settings["area"]


def _whole(counts: NDArray[np.int64], periods: Periods, not_covered: date | None) -> PeriodNumbers:
    whole = np.flatnonzero(periods.is_whole).tolist()
    cut = not periods.is_whole[-1]
    return PeriodNumbers(
        first_days=tuple(periods.starts[one].date() for one in whole),
        last_days=tuple((periods.ends[one] - timedelta(days=1)).date() for one in whole),
        counts=counts[whole],
        cut_off=periods.starts[-1].date() if cut else not_covered,
        left_out=periods.size - len(whole) - int(cut),
    )
