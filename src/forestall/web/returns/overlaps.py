"""This file knows what others ask too, with the table that the workspace has of its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings

from forestall.errors import InvalidQuestionnaire
from forestall.questionnaires import check_duplication, read_definition, read_mechanisms_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from forestall.questionnaires import Overlap, Questionnaire

# Whoever keeps the workspace puts it into its folder; it has the columns of the packaged table.
OWN_TABLE = "mechanisms.csv"


@dataclass(frozen=True)
class Elsewhere:
    """What others ask too, by item; and why the table of the workspace was left out, if it was."""

    by_item: Mapping[str, tuple[Overlap, ...]]
    fault: str = ""


def overlaps_of(asked: Questionnaire) -> Elsewhere:
    """Return what others ask of a packaged questionnaire, the nearest first for each item."""
    table: Path = settings.HOME / OWN_TABLE
    try:
        changed = table.stat().st_mtime_ns
    except OSError:
        changed = 0
    return _found(asked.key, asked.version, str(table) if changed else "", changed)


@lru_cache(maxsize=32)
def _found(key: str, version: int, table: str, _changed: int) -> Elsewhere:
    asked = read_definition(key, version=version)
    fault = ""
    try:
        own = read_mechanisms_file(table) if table else ()
        found = check_duplication(asked, mechanisms=own)
    except InvalidQuestionnaire as wrong:
        found, fault = check_duplication(asked), str(wrong)
    by_item: dict[str, tuple[Overlap, ...]] = {}
    for one in found:
        by_item[one.item] = (*by_item.get(one.item, ()), one)
    return Elsewhere(by_item, fault)
