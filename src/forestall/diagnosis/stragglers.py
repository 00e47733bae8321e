"""This file knows which incidents began in months that a file hardly holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from forestall.diagnosis.comparisons import solid_months
from forestall.records import count_incidents

if TYPE_CHECKING:
    from datetime import date

    from forestall.records import Incidents


@dataclass(frozen=True, kw_only=True)
class Stragglers:
    """Incidents that began before or after the months that a file covers, and are left out.

    Attributes
    ----------
    incidents
        How many they are.
    before
        First day covered, when some began before it; else None.
    after
        Last day covered, when some began after it; else None.
    """

    incidents: int
    before: date | None
    after: date | None


def leave_out_stragglers(incidents: Incidents) -> tuple[Incidents, Stragglers | None]:
    """Keep the months that the file covers; return what began outside them, if anything did.

    A file cut by another date than the start of the incident brings a few from months, even
    years, before. Were they counted, the totals would not be those of the period that is named.
    See `months_not_covered` for the rule.

    Examples
    --------
    >>> import pandas as pd
    >>> from forestall.records import Incidents
    >>> on = [pd.Timestamp("2014-03-05"), *pd.date_range("2016-01-01", "2016-12-31")]
    >>> frame = pd.DataFrame({"x": 450_000.0, "y": 520_000.0, "on": on})
    >>> thefts = Incidents.from_frame(frame, x="x", y="y", crs="EPSG:27700", starts_at="on")
    >>> kept, apart = leave_out_stragglers(thefts)
    >>> kept.count_rows(), apart
    (366, Stragglers(incidents=1, before=datetime.date(2016, 1, 1), after=None))
    """
    counts = count_incidents(incidents, period="month")
    assert counts.periods is not None
    per_month = counts.per_period()
    first, last = solid_months(per_month)
    before, after = int(per_month[:first].sum()), int(per_month[last:].sum())
    if first == 0 and last == len(per_month):
        return incidents, None
    since, until = incidents.coverage
    if first:
        since = counts.periods.starts[first].date()
    if last < len(per_month):
        until = counts.periods.ends[last - 1].date() - timedelta(days=1)
    kept = incidents.filter(since=since, until=until)
    if not before + after:
        return kept, None
    return kept, Stragglers(
        incidents=before + after,
        before=since if before else None,
        after=until if after else None,
    )
