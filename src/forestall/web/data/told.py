"""This file knows what is told of a store and of an import, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from forestall.languages import Message, Period, message, plural_message
from forestall.records.manifest import Warned
from forestall.records.reports import describe_rows_read
from forestall.records.warning_sentences import describe_warning

if TYPE_CHECKING:
    from forestall.records.manifest import Manifest
    from forestall.web.data.models import FileImport, Store


@dataclass(frozen=True)
class StoreTold:
    """A store with what is known about it; without a manifest it is still empty."""

    store: Store
    manifest: Manifest | None

    @property
    def rows(self) -> Message:
        """Return how many incidents it holds."""
        if self.manifest is None:
            return message("empty so far")
        return plural_message("{count} incident", "{count} incidents", self.manifest.rows_kept)

    @property
    def period(self) -> Period | str:
        """Return the time that it covers; empty where there is nothing."""
        if self.manifest is None:
            return ""
        first, last = self.manifest.first_day, self.manifest.last_day
        return Period(date.fromisoformat(first), date.fromisoformat(last))

    @property
    def warnings(self) -> tuple[Message, ...]:
        """Return what a careful analyst should know."""
        found = self.manifest.warnings if self.manifest is not None else ()
        return tuple(describe_warning(one) for one in found)


def told_of_import(one: FileImport) -> tuple[Message, ...]:
    """Return what became of the files of an import that is done: rows, then what to know."""
    outcome = one.outcome
    if not outcome:
        return ()
    if not outcome["files"]:
        return (message("All files are in the store already; nothing was changed."),)
    read = sum(file["rows_read"] for file in outcome["files"])
    rejected = sum(outcome["rejected"].values())
    said = [describe_rows_read(read, kept=read - rejected, rejected=rejected)]
    if outcome["recognised_as"]:
        said.insert(0, message("Recognised: {publisher}.", publisher=outcome["recognised_as"]))
    if outcome["dropped"]:
        said.append(
            message(
                "Left out because they identify persons: {columns}.",
                columns=", ".join(outcome["dropped"]),
            )
        )
    if outcome["unchanged"]:
        said.append(
            message("In the store already: {files}.", files=", ".join(outcome["unchanged"]))
        )
    return (*said, *(describe_warning(Warned(**warned)) for warned in outcome["warnings"]))
