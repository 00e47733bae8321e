"""This file knows at which hours of the week incidents happened, as far as times are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.results import Result

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, eq=False, kw_only=True)
class Timing(Result):
    """Incidents by hour of the week.

    ``table`` has 168 rows: ``weekday`` (0 = Monday), ``hour`` (0 to 23), ``incidents`` (parts of
    incidents, because an interval is spread over the hours it covers).

    Attributes
    ----------
    rows_used
        Incidents in the table; its ``incidents`` add up to this.
    rows_left_out
        Reason to number of rows: ``"time known to the day or month only"``,
        ``"ends before it starts"``, ``"no end"``, ``"longer than a week"``.
    rows_start_only
        Incidents without an end, counted in the hour they start.
    rows_known_to_two_hours
        Incidents whose interval is two hours or shorter (and not without an end).
    rows_longer_than_ten_hours
        Incidents whose interval is longer than ten hours.
    missing_end, longer_than_week
        The policies in force.
    """

    rows_used: int
    rows_left_out: Mapping[str, int]
    rows_start_only: int
    rows_known_to_two_hours: int
    rows_longer_than_ten_hours: int
    missing_end: str
    longer_than_week: str
