"""This file knows how a publication is prepared, released by a second person, and withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from forestall.errors import InvalidRelease
from forestall.languages import OwnWords, language, message
from forestall.publication.contents import ReportKind
from forestall.publication.editions import known_languages
from forestall.publication.publish_plans import check_plan_formats
from forestall.publication.stored import read_stored
from forestall.web.audit.services import record
from forestall.web.operations.tasks import start_job
from forestall.web.organisations.in_turn import wait_for_turn
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb
from forestall.web.publishing.models import Release
from forestall.web.publishing.policies import check_can_release, check_can_withdraw

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.people.models import Person
    from forestall.web.plans.models import Plan

MAKE, SITE = "publication", "public site"


@transaction.atomic
def prepare_plan(
    *,
    plan: Plan,
    languages: Sequence[str],
    formats: Sequence[str],
    by: Person,
    address: str = "",
) -> Release:
    """Begin a publication of a plan as it is now; it is made in the background.

    Parameters
    ----------
    languages, formats
        As in `publish_action_plan`.
    address
        Of the workspace, such as "https://plans.example/".

    Raises
    ------
    NotAllowed
        If the person may not prepare publications there.
    UnknownFormat, UnknownLanguage
        If there is no such format or language.
    """
    check_may(by, Verb.PREPARE_RELEASE, plan.jurisdiction)
    new = Release(
        jurisdiction=plan.jurisdiction,
        kind=Release.Kind.PLAN,
        title=plan.title,
        plan=plan,
        revision=plan.revisions.get(number=plan.revision),
        languages=list(known_languages(*languages) or (language(),)),
        formats=list(check_plan_formats(formats)),
        prepared_by=by,
        address=address,
    )
    return _make(new, by)


@transaction.atomic
def prepare_diagnosis(
    *, jurisdiction: Jurisdiction, folder: Path, title: str, by: Person, address: str = ""
) -> Release:
    """Begin a publication of a diagnosis that was written into a folder of the workspace.

    Such a folder is made of protected tables only.

    Raises
    ------
    NotAllowed
        If the person may not prepare publications there.
    InvalidRelease
        If the folder is not in that of the workspace, or holds another kind of report.
    InvalidPublication
        If the folder holds no report.
    """
    check_may(by, Verb.PREPARE_RELEASE, jurisdiction)
    inside = folder.resolve()
    if not inside.is_relative_to(settings.HOME):
        raise InvalidRelease(message("A report is published from the folder of the workspace."))
    stored = read_stored(inside)
    if stored.publication().kind is not ReportKind.DIAGNOSIS:
        raise InvalidRelease(message("This folder holds no diagnosis."))
    new = Release(
        jurisdiction=jurisdiction,
        kind=Release.Kind.DIAGNOSIS,
        title=title,
        source=inside.relative_to(settings.HOME).as_posix(),
        languages=list(dict.fromkeys(one.language for one in stored.editions if one.language)),
        formats=list(dict.fromkeys(one.format for one in stored.editions)),
        prepared_by=by,
        address=address,
    )
    return _make(new, by)


@transaction.atomic
def release_publication(*, release: Release, by: Person) -> Release:
    """Let everybody read a publication; an earlier one of the same plan gives way.

    Raises
    ------
    NotAllowed
        If the person may not, or prepared it.
    InvalidRelease
        If it is not made yet, or was released before.
    """
    wait_for_turn(release.jurisdiction)
    locked = Release.objects.select_for_update().get(pk=release.pk)
    check_can_release(by, locked)
    if locked.plan_id is not None:
        earlier = Release.objects.filter(plan_id=locked.plan_id).exclude(pk=locked.pk)
        earlier.filter(state=Release.State.RELEASED).update(state=Release.State.SUPERSEDED)
        earlier.filter(state=Release.State.READY, pk__lt=locked.pk).update(
            state=Release.State.SUPERSEDED
        )
    locked.state = Release.State.RELEASED
    locked.released_by, locked.released_at = by, timezone.now()
    locked.save(update_fields=["state", "released_by", "released_at"])
    _record("release", locked, by)
    refresh_site(jurisdiction=locked.jurisdiction, by=by, because=f"release {locked.pk}")
    return locked


@transaction.atomic
def withdraw_publication(*, release: Release, reason: str, by: Person) -> Release:
    """Take a publication back; a page stays that says so and why.

    Raises
    ------
    NotAllowed
        If the person may not.
    InvalidRelease
        If it is not released, or no reason is given.
    """
    wait_for_turn(release.jurisdiction)
    locked = Release.objects.select_for_update().get(pk=release.pk)
    check_can_withdraw(by, locked)
    written = str(OwnWords({"": reason}))
    if not written:
        raise InvalidRelease(message("Say why it is withdrawn; everybody will read the reason."))
    locked.state, locked.reason = Release.State.WITHDRAWN, written
    locked.withdrawn_by, locked.withdrawn_at = by, timezone.now()
    locked.save(update_fields=["state", "reason", "withdrawn_by", "withdrawn_at"])
    _record("withdraw", locked, by)
    refresh_site(jurisdiction=locked.jurisdiction, by=by, because=f"withdrawal {locked.pk}")
    return locked


def refresh_site(*, jurisdiction: Jurisdiction, by: Person, because: str) -> None:
    """Make the public site anew where there is one; in the background.

    Parameters
    ----------
    because
        What happened, such as "release 4"; each occasion has its own job, because a job that runs
        may have read what was before.
    """
    if Release.objects.told().filter(jurisdiction=jurisdiction).exists():
        start_job(kind=SITE, jurisdiction=jurisdiction, by=by, because=because)


def _make(new: Release, by: Person) -> Release:
    wait_for_turn(new.jurisdiction)
    new.save()
    _record("prepare release", new, by)
    made_by = start_job(kind=MAKE, jurisdiction=new.jurisdiction, by=by, release=new.pk)
    Release.objects.filter(pk=new.pk).update(job=made_by)
    new.refresh_from_db()
    return new


def _record(verb: str, release: Release, by: Person) -> None:
    record(
        verb,
        by=by,
        about=f"release {release.pk}",
        jurisdiction=release.jurisdiction,
        kind=str(release.kind),
        revision=release.revision.number if release.revision else None,
    )
