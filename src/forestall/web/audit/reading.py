"""This file knows which entries of the log somebody may read, and how they are exported."""

from __future__ import annotations

import csv
import json
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from forestall.web.audit.models import AuditEntry
from forestall.web.organisations.roles import Verb
from forestall.web.pages import places_where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from forestall.web.people.models import Person

COLUMNS = (
    "number", "at", "actor", "verb", "about", "jurisdiction", "facts", "previous", "hash",
)  # fmt: skip
# A table program takes a cell that begins so for a formula and runs it.
_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def readable_entries(person: Person) -> QuerySet[AuditEntry]:
    """Return the entries of places where somebody may read the log.

    Entries on the whole workspace are for those who administer a place that has none above it.
    """
    places = places_where(person, Verb.READ_AUDIT)
    found = Q(jurisdiction__in=[one.pk for one in places])
    if any(one.parent_id is None for one in places):
        found |= Q(jurisdiction__isnull=True)
    return AuditEntry.objects.filter(found)


def filtered(entries: QuerySet[AuditEntry], chosen: Mapping[str, Any]) -> QuerySet[AuditEntry]:
    """Return those entries that fit what was chosen; what was not chosen leaves none out.

    Parameters
    ----------
    chosen
        ``verb``, ``actor``, ``about`` (such as "plan 3", or "plan" for all plans), ``since`` and
        ``until`` (days, both included, in the time zone of the workspace).
    """
    for name in ("verb", "actor"):
        if chosen.get(name):
            entries = entries.filter(**{name: chosen[name]})
    if about := str(chosen.get("about") or "").strip():
        entries = entries.filter(Q(about=about) | Q(about__startswith=f"{about} "))
    if chosen.get("since"):
        entries = entries.filter(at__gte=_moment(chosen["since"], time.min))
    if chosen.get("until"):
        entries = entries.filter(at__lte=_moment(chosen["until"], time.max))
    return entries


def csv_lines(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """Yield the lines of a CSV file; no cell of it can run as a formula."""
    writer = csv.writer(_Echo())
    yield str(writer.writerow(COLUMNS))
    for entry in entries:
        yield str(writer.writerow([safe_cell(str(one)) for one in _values(entry)]))


def json_lines(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """Yield the pieces of a JSON list, whose hashes can be computed again from it."""
    yield "["
    for place, entry in enumerate(entries):
        yield (",\n" if place else "\n") + _json(entry)
    yield "\n]\n"


def lines_of_json(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """Yield one line of JSON for each entry, as in the list."""
    for entry in entries:
        yield f"{_json(entry)}\n"


def _json(entry: AuditEntry) -> str:
    record = dict(zip(COLUMNS, _values(entry), strict=True)) | {"facts": entry.facts}
    return json.dumps(record, ensure_ascii=False, sort_keys=True)


def safe_cell(text: str) -> str:
    """Return a text that a table program shows and does not run.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell("plan 3"), safe_cell(" @now")
    ("'=1+1", 'plan 3', "' @now")
    """
    return f"'{text}" if text.lstrip(" ").startswith(_LOOKS_LIKE_FORMULA) else text


def _values(entry: AuditEntry) -> list[Any]:
    facts = json.dumps(entry.facts, ensure_ascii=False, sort_keys=True)
    return [
        entry.number,
        entry.at.isoformat(timespec="microseconds"),
        entry.actor,
        entry.verb,
        entry.about,
        entry.jurisdiction,
        facts,
        entry.previous,
        entry.hash,
    ]


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


class _Echo:
    """A file that hands back what is written into it."""

    def write(self, text: str) -> str:
        return text
