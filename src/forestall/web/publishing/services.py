"""This file knows how a publication is prepared, released by a second person, and withdrawn."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from forestall.errors import InvalidRelease
from forestall.languages import OwnWords, language, message, use_language
from forestall.publication.contents import ReportKind
from forestall.publication.editions import known_languages
from forestall.publication.formats import CHOSEN, known_formats
from forestall.publication.publish_plans import check_plan_formats
from forestall.publication.stored import read_stored
from forestall.web.audit.services import record
from forestall.web.operations.tasks import start_job
from forestall.web.organisations.in_turn import wait_for_turn
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb
from forestall.web.publishing.beside import check_can_stand_beside
from forestall.web.publishing.models import MOST_TITLE, Release
from forestall.web.publishing.policies import check_can_release, check_can_withdraw
from forestall.web.publishing.received import keep_stored

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from forestall.web.data.models import SafetyDiagnosis
    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.people.models import Person
    from forestall.web.plans.models import Plan

MAKE, SITE = "publication", "public site"
# Interactive pages need scripts, which no page of a public site has.
_STATIC = CHOSEN.keys() - {"explore"}


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
    *,
    jurisdiction: Jurisdiction,
    folder: Path,
    title: str,
    by: Person,
    diagnosis: SafetyDiagnosis | None = None,
    languages: Sequence[str] = (),
    formats: Sequence[str] = (),
    address: str = "",
) -> Release:
    """Begin a publication of a diagnosis that was written into a folder of the workspace.

    Such a folder is made of protected tables only.

    Parameters
    ----------
    diagnosis
        Which one of the workspace it is; None for a report that was brought otherwise.
    languages, formats
        In which it is written; those of the report when empty.

    Raises
    ------
    NotAllowed
        If the person may not prepare publications there.
    InvalidRelease
        If the folder is not in that of the workspace, or holds another kind of report.
    InvalidPublication
        If the folder holds no report.
    UnknownFormat, UnknownLanguage
        If there is no such format or language.
    """
    check_may(by, Verb.PREPARE_RELEASE, jurisdiction)
    new = _report(jurisdiction, folder, ReportKind.DIAGNOSIS, languages, formats)
    new.title, new.diagnosis, new.address, new.prepared_by = title, diagnosis, address, by
    return _make(new, by)


@transaction.atomic
def prepare_evaluation(
    *,
    jurisdiction: Jurisdiction,
    stored: bytes,
    by: Person,
    title: str = "",
    languages: Sequence[str] = (),
    formats: Sequence[str] = (),
    address: str = "",
) -> Release:
    """Begin a publication of an evaluation that ``forestall evaluate`` wrote elsewhere.

    Pages and tables are written anew from the stored publication: nothing that somebody else wrote
    as HTML becomes public.

    Parameters
    ----------
    stored
        The content of its ``publication.json``.
    title
        That of the report when empty.
    languages, formats
        In which it is written; those of the report when empty.

    Raises
    ------
    NotAllowed
        If the person may not prepare publications there.
    InvalidRelease
        If it is another kind of report.
    InvalidPublication
        If it is no stored publication, or was edited.
    UnknownFormat, UnknownLanguage
        If there is no such format or language.
    """
    check_may(by, Verb.PREPARE_RELEASE, jurisdiction)
    folder = keep_stored(stored)
    try:
        new = _report(jurisdiction, folder, ReportKind.EVALUATION, languages, formats)
        new.title = title or _title_of(folder, jurisdiction)
        new.address, new.prepared_by = address, by
        return _make(new, by)
    except Exception:
        shutil.rmtree(folder, ignore_errors=True)
        raise


@transaction.atomic
def release_publication(*, release: Release, by: Person) -> Release:
    """Let everybody read a publication; an earlier one of the same thing gives way.

    Raises
    ------
    NotAllowed
        If the person may not, or prepared it.
    InvalidRelease
        If it is not made yet, was released before, or a hidden number could be worked out from it
        and a diagnosis that was released meanwhile.
    """
    wait_for_turn(release.jurisdiction)
    locked = Release.objects.select_for_update().get(pk=release.pk)
    check_can_release(by, locked)
    check_can_stand_beside(locked, since=locked.prepared_at)
    others = Release.objects.of_the_same(locked).exclude(pk=locked.pk)
    others.filter(state=Release.State.RELEASED).update(state=Release.State.SUPERSEDED)
    others.filter(state=Release.State.READY, pk__lt=locked.pk).update(
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


def _report(
    jurisdiction: Jurisdiction,
    folder: Path,
    kind: ReportKind,
    languages: Sequence[str],
    formats: Sequence[str],
) -> Release:
    """Return a publication of the report in a folder, not kept yet."""
    inside = folder.resolve()
    if not inside.is_relative_to(settings.HOME):
        raise InvalidRelease(message("A report is published from the folder of the workspace."))
    stored = read_stored(inside)
    if stored.publication().kind is not kind:
        raise InvalidRelease(_NONE_OF[kind])
    tags = known_languages(*languages) or tuple(
        dict.fromkeys(one.language for one in stored.editions if one.language)
    )
    there = (one.format for one in stored.editions)
    asked = known_formats(*formats) if formats or languages else there
    return Release(
        jurisdiction=jurisdiction,
        kind=Release.Kind(kind.value),
        source=inside.relative_to(settings.HOME).as_posix(),
        languages=list(tags or (language(),)),
        formats=[name for name in dict.fromkeys(("html", *asked)) if name in _STATIC],
    )


def _title_of(folder: Path, jurisdiction: Jurisdiction) -> str:
    with use_language(jurisdiction.language):
        title = str(read_stored(folder).publication().document.title)
    return title[:MOST_TITLE]


_NONE_OF = {
    ReportKind.DIAGNOSIS: message("This folder holds no diagnosis."),
    ReportKind.EVALUATION: message(
        "This is the file of another report; an evaluation needs that of “forestall evaluate”."
    ),
}


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
