"""This file knows whether a method was given what it works on."""

from __future__ import annotations

from typing import Any

from forestall.errors import InvalidRecords
from forestall.records import Counts, Incidents

_MADE = "make them with count_incidents(incidents, places=...) or counts_from_geodataframe(...)"
_POINTS = "make them with Incidents.from_frame(...) or Incidents.from_geodataframe(...)"


def check_counts(given: Any) -> None:
    """Refuse what is not counts, and say how counts are made.

    Raises
    ------
    InvalidRecords
        If it is anything but `forestall.records.Counts`.

    Examples
    --------
    >>> check_counts([3, 1, 4])
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidRecords: This method works on counts, but got list; make them with ...
    """
    if not isinstance(given, Counts):
        raise InvalidRecords(
            f"This method works on counts, but got {type(given).__name__}; {_MADE}."
        )


def check_incidents(given: Any, *, or_counts: bool) -> None:
    """Refuse what is not incidents, and say how they are made.

    Raises
    ------
    InvalidRecords
        If it is not `forestall.records.Incidents`, nor, where they serve too, counts.
    """
    if isinstance(given, Incidents) or (or_counts and isinstance(given, Counts)):
        return
    wanted = "incidents or counts" if or_counts else "incidents with a day and a point"
    raise InvalidRecords(
        f"This method works on {wanted}, but got {type(given).__name__}; {_POINTS}."
    )
