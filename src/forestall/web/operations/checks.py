"""This file knows whether what a workspace keeps is whole: the database, the audit log."""

from __future__ import annotations

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection

from forestall.errors import InvalidConfiguration
from forestall.web.audit.models import AuditEntry
from forestall.web.audit.services import first_broken


def check_database() -> None:
    """Make sure that the file of the database is not damaged, and that its tables are all there.

    Raises
    ------
    InvalidConfiguration
        If it is damaged, cannot be reached, or is of another version.
    """
    try:
        found = _damage()
        call_command("migrate", check_unapplied=True, verbosity=0)
    except DatabaseError:
        found = "it cannot be read"
    except (CommandError, SystemExit):
        found = "its tables are of another version; forestall serve brings them up to date"
    if found:
        raise InvalidConfiguration(f"The database is not as it should be: {found}.")


def _damage() -> str:
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("SELECT 1")
            return ""
        cursor.execute("PRAGMA integrity_check(1)")
        damaged = cursor.fetchone() != ("ok",)
        cursor.execute("PRAGMA foreign_key_check")
        dangling = cursor.fetchone() is not None
    if damaged:
        return "the file is damaged; restore a backup"
    return "a row refers to one that is missing; restore a backup" if dangling else ""


def check_log() -> int:
    """Return how many entries the audit log has.

    Raises
    ------
    InvalidConfiguration
        If an entry was changed or is missing, with its number.
    """
    broken = first_broken()
    if broken is not None:
        raise InvalidConfiguration(
            f"The audit log was changed: entry {broken} is not as it was written, or is missing."
        )
    return AuditEntry.objects.count()
