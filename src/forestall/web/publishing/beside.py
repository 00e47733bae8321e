"""This file knows whether a diagnosis can stand beside those that are public already.

Two reports of one store whose days overlap could be subtracted by any reader. Where a hidden or a
small number follows from both together, the second one is not released.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.errors import InvalidRelease
from forestall.languages import message
from forestall.publication.stored import read_stored
from forestall.web.data.subtracting import can_be_subtracted
from forestall.web.publishing.models import Release

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from forestall.publication.contents import Publication


def check_can_stand_beside(release: Release, *, since: datetime | None = None) -> None:
    """Make sure that nothing hidden follows from a diagnosis and those that are public.

    Parameters
    ----------
    since
        Look only at what was released after this time; at all that is public when None.

    Raises
    ------
    InvalidRelease
        With the first of which one could be subtracted from the other.
    """
    if release.diagnosis is None:
        return
    beside = Release.objects.filter(
        state=Release.State.RELEASED, diagnosis__store_id=release.diagnosis.store_id
    ).exclude(diagnosis_id=release.diagnosis_id)
    if since is not None:
        beside = beside.filter(released_at__gt=since)
    for other in beside:
        if _overlap(release, other) and can_be_subtracted(
            _publication(other.content), _publication(release.content)
        ):
            raise InvalidRelease(_WORKED_OUT.filled(title=other.title))


def _overlap(one: Release, other: Release) -> bool:
    first, second = one.diagnosis, other.diagnosis
    assert first is not None
    assert second is not None
    if not (first.first_day and first.last_day and second.first_day and second.last_day):
        return True
    return first.first_day <= second.last_day and second.first_day <= first.last_day


def _publication(folder: Path) -> Publication:
    return read_stored(folder).publication()


_WORKED_OUT = message(
    "Together with “{title}”, which is public, hidden numbers could be worked out. Choose days "
    "that it does not have, or withdraw it first."
)
