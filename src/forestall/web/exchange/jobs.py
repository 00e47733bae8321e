"""This file knows the work in the background of the exchange: what is given, what is looked for."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

from django.db import transaction

from forestall.exchange.subscriptions import Withdrawn, write_index
from forestall.languages import message
from forestall.web.exchange.cleaning import clean_received
from forestall.web.exchange.folders import shared_folder, shared_name, signed_file
from forestall.web.exchange.models import SharedBundle, Subscription
from forestall.web.exchange.sharing import PUT
from forestall.web.exchange.subscribing import FETCH, fetch_due, look_at
from forestall.web.operations.tasks import job as registered
from forestall.web.operations.tidying import tidier
from forestall.web.organisations.in_turn import wait_for_turn

if TYPE_CHECKING:
    from pathlib import Path

    from forestall.web.operations.models import Job
    from forestall.web.organisations.models import Jurisdiction

tidier(fetch_due)
tidier(clean_received)


@registered(PUT)
def put(job: Job, *, because: str) -> dict[str, Any]:
    """Make the folder of the bundles that a place gives anew."""
    job.report(0, 1, message("The bundles for others are put in place."))
    put_shared(job.jurisdiction)
    return {"because": because}


@registered(FETCH)
def fetch(job: Job, *, subscription: int) -> dict[str, Any]:
    """Look at a subscription; one that was ended meanwhile is left."""
    found = Subscription.objects.select_related("jurisdiction").filter(pk=subscription).first()
    if found is None:
        return {}
    job.report(0, 1, message("New bundles are looked for."))
    return {"found": look_at(found)}


@transaction.atomic
def put_shared(place: Jurisdiction) -> Path:
    """Put all bundles that a place gives, and no others, into its folder, with an index."""
    wait_for_turn(place)
    folder = shared_folder(place)
    folder.mkdir(parents=True, exist_ok=True)
    given = SharedBundle.objects.filter(jurisdiction=place, state=SharedBundle.State.RELEASED)
    wanted = {shared_name(one): signed_file(one) for one in given}
    for name, source in wanted.items():
        if not (folder / name).exists():
            _link_or_copy(source, folder / name)
    for one in folder.glob("*.bundle.zip"):
        if one.name not in wanted:
            one.unlink()
    write_index(folder, withdrawn=_withdrawn(place))
    return folder


def _withdrawn(place: Jurisdiction) -> list[Withdrawn]:
    taken = SharedBundle.objects.filter(jurisdiction=place, state=SharedBundle.State.WITHDRAWN)
    return [
        Withdrawn(
            public_key=one.public_key,
            key=one.key,
            version=one.version or 0,
            on=one.withdrawn_at.date(),
            reason=one.reason,
        )
        for one in taken
        if one.withdrawn_at is not None
    ]


def _link_or_copy(source: Path, target: Path) -> None:
    """Let one file stand in two folders, where the disk can."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
