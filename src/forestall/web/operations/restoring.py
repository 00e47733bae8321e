"""This file knows how a workspace comes back from an archive: whole, or not at all."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError, connection, transaction

from forestall.errors import InvalidBackup
from forestall.web.audit.models import AuditEntry
from forestall.web.operations.archives import KEY, KEYS, Manifest, read_manifest
from forestall.web.operations.backup import kept_models, last_migrations
from forestall.web.operations.models import Job, JobState
from forestall.web.operations.tasks import do_job
from forestall.web.organisations.models import Jurisdiction
from forestall.web.people.models import Person

if TYPE_CHECKING:
    from django.db.models import Model


def restore(file: Path, *, home: Path) -> Manifest:
    """Put an archive into an empty workspace that is not running, and return what it holds.

    Work that waited or ran when the backup was made waits in the queue again.

    Raises
    ------
    InvalidBackup
        If the archive is damaged or of another version, or the workspace is not empty.
    """
    if not file.is_file() or not zipfile.is_zipfile(file):
        raise InvalidBackup(f"A backup made by forestall backup is needed, but “{file}” is none.")
    _check_empty()
    with zipfile.ZipFile(file) as archive:
        manifest = read_manifest(archive)
        _check_version(manifest)
        draft = Path(settings.MEDIA_ROOT).with_name(".files.part")
        shutil.rmtree(draft, ignore_errors=True)
        try:
            _write_files(archive, manifest, draft)
            with transaction.atomic():
                _load_rows(archive, manifest)
                _take_files(draft)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        for name in manifest.members:
            if name == KEY or name.startswith(f"{KEYS}/"):
                _write_key(archive.read(name), home / name)
    return manifest


def _check_empty() -> None:
    files = Path(settings.MEDIA_ROOT)
    in_use = any(model.objects.exists() for model in (Jurisdiction, Person, AuditEntry))
    if in_use or (files.is_dir() and any(files.iterdir())):
        raise InvalidBackup(
            "A backup is restored into an empty workspace, but this one is in use; name a new "
            "folder with --home, or a new database."
        )


def _check_version(manifest: Manifest) -> None:
    if manifest.tables != last_migrations():
        raise InvalidBackup(
            f"The backup was made by another version; restore it with Forestall "
            f"{manifest.version}, and upgrade afterwards."
        )


def _load_rows(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    models = kept_models()
    try:
        # Rows refer to rows that come later; all are compared at the end.
        with connection.constraint_checks_disabled():
            for model in models:
                _load_model(archive, manifest, model)
        connection.check_constraints()
    except (DeserializationError, DatabaseError, KeyError, UnicodeDecodeError):
        raise InvalidBackup("The backup is damaged: its rows do not fit together.") from None
    statements = connection.ops.sequence_reset_sql(no_style(), models)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    Job.objects.filter(state=JobState.RUNNING).update(state=JobState.QUEUED, worker="")
    for number in Job.objects.filter(state=JobState.QUEUED).values_list("pk", flat=True):
        do_job.enqueue(number)


def _load_model(archive: zipfile.ZipFile, manifest: Manifest, model: type[Model]) -> None:
    label = model._meta.label_lower
    # What migrations put into a new table is in the backup too.
    model._base_manager.all().delete()
    count = 0
    with archive.open(f"rows/{label}.jsonl") as stream:
        for row in serializers.deserialize("jsonl", io.TextIOWrapper(stream, "utf-8")):
            if type(row.object) is not model:
                raise InvalidBackup("The backup is damaged: a row is in the wrong place.")
            row.save()
            count += 1
    if count != manifest.rows[label]:
        raise InvalidBackup("The backup is damaged: rows are missing.")


def _write_files(archive: zipfile.ZipFile, manifest: Manifest, folder: Path) -> None:
    folder.mkdir(parents=True)
    for name in manifest.members:
        if name.startswith("files/"):
            target = folder / name.removeprefix("files/")
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as source, target.open("wb") as stream:
                shutil.copyfileobj(source, stream)
            target.chmod(0o600)


def _take_files(draft: Path) -> None:
    files = Path(settings.MEDIA_ROOT)
    if files.is_dir():
        files.rmdir()
    draft.replace(files)


def _write_key(key: bytes, file: Path) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode=0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(key)
