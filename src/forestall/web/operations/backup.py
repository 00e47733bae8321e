"""This file knows how a workspace is put into an archive while people work in it.

All rows are read in one transaction, so that they are of one moment, and nobody waits for it. They
are written in the form of Django, not of a database: a backup of SQLite can be restored into
PostgreSQL.
"""

from __future__ import annotations

import os
import zipfile
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from forestall import __version__
from forestall.errors import InvalidBackup
from forestall.web.operations.archives import (
    FORMAT,
    KEY,
    KEYS,
    ArchiveWriter,
    Manifest,
    chunks_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

# Made anew by Django, or of the moment only.
_LEFT_OUT = {
    "contenttypes.contenttype",
    "auth.permission",
    "sessions.session",
    "django_tasks_db.dbtaskresult",
    "django_tasks_database.dbtaskresult",
    "operations.worker",
}


class _Exact(DjangoJSONEncoder):
    """Keeps the microseconds that the hashes of the audit log are made of."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def back_up(file: Path, *, with_key: bool) -> Manifest:
    """Put the workspace into an archive, and return what it holds.

    Parameters
    ----------
    file
        Where to; it must not exist.
    with_key
        Whether secret keys go into it; without that of cookies everybody signs in again, and
        without those of bundles each place makes a new one.

    Raises
    ------
    InvalidBackup
        If the file exists or cannot be written.
    """
    if file.exists():
        raise InvalidBackup(f"A backup needs a new file, but there is one at “{file}”.")
    draft = file.with_name(f".{file.name}.part")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode=0o600)
        with os.fdopen(handle, "wb") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
                manifest = _fill(ArchiveWriter(archive), with_key=with_key)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(file)
    except OSError:
        raise InvalidBackup(f"The backup cannot be written to “{file}”.") from None
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def kept_models() -> list[type[Model]]:
    """Return the models whose rows a backup holds, in the order of their names."""
    kept = (one for one in apps.get_models() if one._meta.label_lower not in _LEFT_OUT)
    return sorted(
        (one for one in kept if one._meta.managed and not one._meta.proxy),
        key=lambda one: one._meta.label_lower,
    )


def last_migrations() -> dict[str, str]:
    """Return the last migration of each app."""
    applied = MigrationRecorder(connection).applied_migrations()
    return dict(sorted(applied))


def _fill(writer: ArchiveWriter, *, with_key: bool) -> Manifest:
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    with _one_moment():
        tables = last_migrations()
        rows = {model._meta.label_lower: _add_rows(writer, model) for model in kept_models()}
    # Files come after rows: a file is there before its row is, and never changes.
    _add_files(writer, Path(settings.MEDIA_ROOT))
    if with_key:
        writer.add(KEY, [settings.SECRET_KEY.encode()])
        for file in sorted((Path(settings.HOME) / KEYS).glob("*.pem")):
            writer.add(f"{KEYS}/{file.name}", [file.read_bytes()])
    manifest = Manifest(
        format=FORMAT,
        version=__version__,
        made_at=made_at,
        tables=tables,
        rows=rows,
        members=writer.members,
    )
    writer.finish(manifest)
    return manifest


def _add_rows(writer: ArchiveWriter, model: type[Model]) -> int:
    count = 0

    def lines() -> Iterator[bytes]:
        nonlocal count
        for row in model._base_manager.order_by("pk").iterator():
            count += 1
            yield serializers.serialize("jsonl", [row], cls=_Exact).encode()

    writer.add(f"rows/{model._meta.label_lower}.jsonl", lines())
    return count


def _add_files(writer: ArchiveWriter, folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            writer.add(f"files/{path.relative_to(folder).as_posix()}", chunks_of(path))


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read everything as it is at one moment, without keeping anybody from writing."""
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
