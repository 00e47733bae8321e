"""This file knows how changes to one place come one after the other.

Where two people act at the same moment, the second waits here, and then sees what the first did.
This lock is taken before any other, and that of the log after all others: two who take the same
locks in another order would wait for each other, until the database ends one of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.web.organisations.models import Jurisdiction

if TYPE_CHECKING:
    from collections.abc import Iterable


def wait_for_turn(*places: Jurisdiction) -> None:
    """Wait until nobody else changes these places; the turn ends with the transaction.

    Other rows may still refer to the places meanwhile.
    """
    _lock(place.pk for place in places)


def wait_for_all_places() -> None:
    """Wait until nobody else changes what all places share; the turn ends with the transaction.

    Such are short names of places, keys that sign, and needs and offers of assistance, which are
    matched over all places.
    """
    _lock(Jurisdiction.objects.filter(parent=None).values_list("pk", flat=True))


def _lock(numbers: Iterable[int]) -> None:
    found = Jurisdiction.objects.select_for_update(no_key=True).order_by("pk")
    list(found.filter(pk__in=list(numbers)).values_list("pk", flat=True))
