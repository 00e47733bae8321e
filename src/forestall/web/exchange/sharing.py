"""This file knows how something is prepared for others, signed by a second person, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from msgspec import to_builtins
from msgspec.structs import replace

from forestall.errors import InvalidBundle
from forestall.exchange.manifest import Kind, Manifest
from forestall.exchange.packing import offices_in, pack_bundle, without_contacts
from forestall.exchange.personal import check_nothing_personal, personal_places
from forestall.languages import OwnWords, message
from forestall.plan.files import plan_to_json
from forestall.web.audit.services import record
from forestall.web.exchange.folders import keep_prepared, read_prepared, signed_file
from forestall.web.exchange.models import SharedBundle
from forestall.web.exchange.signing import read_secret, signing_key_of
from forestall.web.operations.tasks import start_job
from forestall.web.organisations.in_turn import wait_for_turn
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb
from forestall.web.publishing.policies import check_is_second_person
from forestall.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    import msgspec

    from forestall.exchange.personal import PersonalPlace
    from forestall.languages import Texts
    from forestall.web.exchange.models import SigningKey
    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.people.models import Person
    from forestall.web.plans.models import PlanRevision

PUT = "public bundles"
MOST_PLACES = 50
State = SharedBundle.State


def places_found(kind: Kind, files: Mapping[str, bytes]) -> list[PersonalPlace]:
    """Return where files tell of persons, at most the first fifty places; never what stands there.

    Raises
    ------
    InvalidBundle
        If a file cannot be looked into.
    """
    allowed = offices_in(kind)
    found: list[PersonalPlace] = []
    for path in sorted(files):
        for one in personal_places(path, files[path]):
            spared = path == kind.main_file and one.place in allowed
            if not spared and one not in found:
                found.append(one)
            if len(found) >= MOST_PLACES:
                return found
    return found


def files_of_plan(revision: PlanRevision) -> dict[str, bytes]:
    """Return a plan as it is given to others: without the contacts of its partners."""
    return {Kind.PLAN.main_file: plan_to_json(without_contacts(revision.content))}


@transaction.atomic
def prepare_bundle(
    *,
    jurisdiction: Jurisdiction,
    kind: Kind,
    files: Mapping[str, bytes],
    licence: str,
    by: Person,
    key: str = "",
    title: Texts | None = None,
    revision: PlanRevision | None = None,
) -> SharedBundle:
    """Keep what is going to be signed, after all checks; somebody else looks at it and signs.

    Parameters
    ----------
    key
        A short name that stays in later versions; made of the title when empty.
    title
        Of an evaluation; plans and practices have their own.
    revision
        Of which plan it is.

    Raises
    ------
    NotAllowed
        If the person may not prepare publications there.
    InvalidBundle
        If the place has no key, or the contents cannot be in a bundle, with the reason.
    """
    check_may(by, Verb.PREPARE_RELEASE, jurisdiction)
    signs = signing_key_of(jurisdiction)
    if signs is None:
        raise InvalidBundle(message("This place has no key yet; make it first."))
    manifest = _tried(kind, files, key=key, licence=licence, title=title, signs=signs)
    same = SharedBundle.objects.filter(jurisdiction=jurisdiction, key=manifest.key)
    if same.exclude(kind=kind.value).exists():
        raise InvalidBundle(message("Something else has this short name; choose another one."))
    name, sha256 = keep_prepared(files)
    new = SharedBundle.objects.create(
        jurisdiction=jurisdiction,
        kind=kind.value,
        key=manifest.key,
        title=manifest.title,
        publisher=manifest.publisher,
        licence=manifest.licence,
        translations=_builtins(manifest.translations),
        plan=revision.plan if revision else None,
        revision=revision,
        contents=name,
        contents_sha256=sha256,
        prepared_by=by,
    )
    _record("prepare bundle", new, by)
    return new


def check_can_sign(person: Person, bundle: SharedBundle) -> None:
    """Make sure that a person may sign a bundle and give it to others.

    Raises
    ------
    NotAllowed
        If no role allows it, or the same person prepared it.
    InvalidBundle
        If it was signed before, or the key is missing.
    """
    check_may(person, Verb.RELEASE, bundle.jurisdiction)
    check_is_second_person(person, bundle.prepared_by_id)
    if bundle.state != State.READY:
        raise InvalidBundle(
            message("This cannot be signed: it is in state “{state}”.", state=bundle.words)
        )
    signs = signing_key_of(bundle.jurisdiction)
    if signs is None:
        raise InvalidBundle(message("This place has no key yet; make it first."))
    read_secret(signs)


@transaction.atomic
def release_bundle(*, bundle: SharedBundle, by: Person) -> SharedBundle:
    """Sign a bundle with the key of its place and give it to others; an earlier one gives way.

    Raises
    ------
    NotAllowed, InvalidBundle
        As `check_can_sign`, or if what was prepared was changed meanwhile.
    """
    wait_for_turn(bundle.jurisdiction)
    locked = SharedBundle.objects.select_for_update().get(pk=bundle.pk)
    check_can_sign(by, locked)
    signs = signing_key_of(locked.jurisdiction)
    assert signs is not None
    others = SharedBundle.objects.filter(jurisdiction=locked.jurisdiction, key=locked.key)
    version = (others.aggregate(last=Max("version"))["last"] or 0) + 1
    signed = pack_bundle(
        read_prepared(locked),
        kind=Kind(locked.kind),
        key=locked.key,
        version=version,
        publisher=signs.publisher,
        licence=locked.licence,
        secret=read_secret(signs),
        created=timezone.localdate(),
        title=locked.title,
    )
    write_whole(signed_file(locked), signed.content)
    others.filter(state=State.RELEASED).update(state=State.SUPERSEDED)
    others.filter(state=State.READY, pk__lt=locked.pk).update(state=State.SUPERSEDED)
    locked.state, locked.version, locked.size = State.RELEASED, version, len(signed.content)
    locked.sha256 = signed.sha256
    locked.publisher, locked.public_key = signs.publisher, signs.public_key
    locked.released_by, locked.released_at = by, timezone.now()
    locked.save()
    _record("sign bundle", locked, by)
    put_bundles(locked, by)
    return locked


@transaction.atomic
def withdraw_bundle(*, bundle: SharedBundle, reason: str, by: Person) -> SharedBundle:
    """Take a bundle back; those who subscribe are told why.

    Raises
    ------
    NotAllowed
        If the person may not.
    InvalidBundle
        If it is not given to others, or the reason is missing or tells of a person.
    """
    check_may(by, Verb.RELEASE, bundle.jurisdiction)
    wait_for_turn(bundle.jurisdiction)
    locked = SharedBundle.objects.select_for_update().get(pk=bundle.pk)
    if locked.state != State.RELEASED:
        raise InvalidBundle(
            message(
                "Only what is given to others can be withdrawn; this is in state “{state}”.",
                state=locked.words,
            )
        )
    written = str(OwnWords({"": reason}))
    if not written:
        raise InvalidBundle(message("Say why it is withdrawn; everybody will read the reason."))
    check_nothing_personal({"reason.txt": written.encode()})
    locked.state, locked.reason = State.WITHDRAWN, written
    locked.withdrawn_by, locked.withdrawn_at = by, timezone.now()
    locked.save(update_fields=["state", "reason", "withdrawn_by", "withdrawn_at"])
    _record("withdraw bundle", locked, by)
    put_bundles(locked, by)
    return locked


def put_bundles(bundle: SharedBundle, by: Person) -> None:
    """Make the folder that others read anew, in the background."""
    start_job(
        kind=PUT,
        jurisdiction=bundle.jurisdiction,
        by=by,
        because=f"{bundle.state} {bundle.pk}",
    )


def _tried(
    kind: Kind,
    files: Mapping[str, bytes],
    *,
    key: str,
    licence: str,
    title: Texts | None,
    signs: SigningKey,
) -> Manifest:
    """Pack with a key that is thrown away, so that every fault is found before anybody signs."""
    manifest = pack_bundle(
        files,
        kind=kind,
        key=key or "made-of-the-title",
        version=1,
        publisher=signs.publisher,
        licence=licence,
        secret=Ed25519PrivateKey.generate(),
        created=timezone.localdate(),
        title=title,
    ).manifest
    return manifest if key else _named(manifest)


def _named(manifest: Manifest) -> Manifest:
    title = next(iter(manifest.title.values()))
    return replace(manifest, key=slugify(title)[:60].strip("-") or manifest.kind.value)


def _builtins(value: tuple[msgspec.Struct, ...]) -> list[dict[str, object]]:
    return [dict(to_builtins(one)) for one in value]


def _record(verb: str, bundle: SharedBundle, by: Person) -> None:
    record(
        verb,
        by=by,
        about=f"bundle {bundle.pk}",
        jurisdiction=bundle.jurisdiction,
        kind=bundle.kind,
        version=bundle.version,
    )
