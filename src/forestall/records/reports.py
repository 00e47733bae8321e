"""This file knows what is asked of an import and what is told of it afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from forestall.languages import Message, message, plural_message
from forestall.records.checks import describe_rejected
from forestall.records.warning_sentences import describe_warning

if TYPE_CHECKING:
    from pathlib import Path

    from forestall.records.manifest import Manifest

Personal = Literal["refuse", "drop"]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the caller asked of an import; `import_incidents` explains each."""

    source: str = "auto"
    mapping: Path | None = None
    timezone: str | None = None
    crs: str | None = None
    crosswalk: Path | None = None
    personal: Personal = "refuse"
    today: date = field(default_factory=lambda: datetime.now().astimezone().date())


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """What an import did: the state of the store after it, and the figures of this import.

    ``rows_read`` is always ``rows_kept`` plus the sum of ``rejected``.
    """

    store: Path
    manifest: Manifest
    recognised_as: str | None
    rows_read: int
    rows_kept: int
    rejected: dict[str, int]
    files_imported: tuple[str, ...]
    files_unchanged: tuple[str, ...] = ()
    files_skipped: tuple[str, ...] = ()
    duplicate_rule: Message | None = None
    notes: tuple[Message, ...] = ()

    def summary(self) -> str:
        """Return what was done in one sentence."""
        if not self.files_imported:
            return str(message("All files are in the store already; nothing was changed."))
        files = len(self.files_imported)
        counted = {"kept": self.rows_kept, "rejected": sum(self.rejected.values())}
        if files == 1:
            return str(describe_rows_read(self.rows_read, **counted))
        return str(
            plural_message(
                "{count} row of {files} files was read: {kept} kept and {rejected} rejected.",
                "{count} rows of {files} files were read: {kept} kept and {rejected} rejected.",
                self.rows_read,
                files=files,
                **counted,
            )
        )

    def sentences(self) -> tuple[Message, ...]:
        """Return everything else worth saying: recognised as, rejected, warnings, choices."""
        return (
            *self.notes,
            *describe_rejected(self.rejected),
            *(
                [self.duplicate_rule]
                if self.rejected.get("duplicate") and self.duplicate_rule
                else []
            ),
            *(describe_warning(one) for one in self.manifest.warnings),
        )


def describe_rows_read(read: int, *, kept: int, rejected: int) -> Message:
    """Return what became of the rows in one sentence.

    Examples
    --------
    >>> str(describe_rows_read(1, kept=1, rejected=0))
    '1 row was read: 1 kept and 0 rejected.'
    """
    return plural_message(
        "{count} row was read: {kept} kept and {rejected} rejected.",
        "{count} rows were read: {kept} kept and {rejected} rejected.",
        read,
        kept=kept,
        rejected=rejected,
    )
