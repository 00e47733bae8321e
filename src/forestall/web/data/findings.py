"""This file knows the numbers of a diagnosis that others build on: read from what was published.

Nothing here looks at incidents. What a report hides is hidden here too.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from forestall.diagnosis.groups import group_words
from forestall.languages import Period, Sentences, Text, available_languages, message, use_language
from forestall.plan.records import Figure
from forestall.publication.blocks import Findings
from forestall.publication.stored import STORED, read_stored
from forestall.web.data.folders import report_folder
from forestall.web.data.models import WorkState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.disclosure import SafeTable
    from forestall.languages import Texts
    from forestall.publication.blocks import Finding
    from forestall.publication.contents import Publication
    from forestall.web.data.models import SafetyDiagnosis

_KEPT = 8


def read_publication(diagnosis: SafetyDiagnosis) -> Publication:
    """Return the protected content of a finished report.

    Raises
    ------
    InvalidPublication
        If there is no report, or it was changed by hand.
    """
    folder = report_folder(diagnosis)
    file = folder / STORED
    changed = file.stat().st_mtime_ns if file.is_file() else 0
    return _read(str(folder), changed)


@lru_cache(maxsize=_KEPT)
def _read(folder: str, changed: int) -> Publication:
    return read_stored(Path(folder)).publication()


def findings_of(diagnosis: SafetyDiagnosis) -> list[Figure]:
    """Return the numbers of a diagnosis that can stand behind a problem of a plan.

    The findings of the report come first, then each kind of offence whose number is shown, then
    each change with its 95 % interval (in per cent). All of it was protected and published.

    Parameters
    ----------
    diagnosis
        A finished diagnosis; of any other there are none.
    """
    if diagnosis.state != WorkState.DONE.value:
        return []
    figures = diagnosis.said.get("figures", [])
    return [msgspec.convert(one, Figure) for one in figures]


def said_in(publication: Publication) -> dict[str, Any]:
    """Return what is kept of a report: title, findings and figures in every language."""
    return {
        "title": in_all(publication.document.title),
        "findings": [in_all(one) for one in publication.findings],
        "figures": [msgspec.to_builtins(one) for one in _figures(publication)],
    }


def in_all(words: Text) -> Texts:
    """Return some words in every language that there is."""
    written: Texts = {}
    for tag in available_languages():
        with use_language(tag):
            written[tag] = str(words)
    return written


def _figures(publication: Publication) -> Iterator[Figure]:
    provenance = publication.provenance
    source = in_all(message("Diagnosis: {title}", title=publication.document.title))
    period: Texts = {}
    if provenance.first_day is not None and provenance.last_day is not None:
        period = in_all(Period(provenance.first_day, provenance.last_day))
    for finding in _findings(publication):
        yield _of_finding(finding, source, period)
    offences = publication.tables.get("offences")
    if offences is not None:
        yield from _of_kinds(offences, source, period)
    changes = publication.tables.get("changes")
    if changes is not None:
        yield from _of_changes(changes, source, period)


def _findings(publication: Publication) -> Iterator[Finding]:
    for section in publication.document.sections:
        for block in section.blocks:
            if isinstance(block, Findings):
                yield from block.findings


def _of_finding(finding: Finding, source: Texts, period: Texts) -> Figure:
    said = in_all(Sentences((finding.bold, finding.then)))
    bar = finding.interval
    if bar is None:
        return Figure(said=said, source=source, period=period)
    return Figure(
        said=said,
        source=source,
        period=period,
        value=_per_cent(bar.change),
        low=_per_cent(bar.low),
        high=_per_cent(bar.high),
        unit=in_all(message("per cent")),
    )


def _of_kinds(offences: SafeTable, source: Texts, period: Texts) -> Iterator[Figure]:
    for label in offences.row_labels:
        number = offences.value(label)
        if number is None:
            continue
        kind = group_words(str(label))
        yield Figure(
            said=in_all(message("{kind}: {number} recorded.", kind=kind, number=number)),
            source=source,
            period=period,
            value=float(number),
            unit=in_all(message("incidents")),
        )


def _of_changes(changes: SafeTable, source: Texts, period: Texts) -> Iterator[Figure]:
    from forestall.results import Certainty, changes_in_words

    for row in changes.records():
        limits = [row.get(name) for name in ("ratio", "low", "high")]
        numbers = [one for one in limits if isinstance(one, float) and one < float("inf")]
        if row["side"] != "after" or len(numbers) < len(limits):
            continue
        ratio, low, high = numbers
        yield Figure(
            said=in_all(
                message(
                    "{kind}: {interval} a day in the later months than in the earlier ones; "
                    "{certainty}.",
                    kind=group_words(str(row["group"])),
                    interval=changes_in_words(low - 1, high - 1),
                    certainty=Certainty(str(row["certainty"])).words,
                )
            ),
            source=source,
            period=period,
            value=_per_cent(ratio - 1),
            low=_per_cent(low - 1),
            high=_per_cent(high - 1),
            unit=in_all(message("per cent")),
        )


def _per_cent(fraction: float) -> float:
    return round(100 * fraction, 1)
