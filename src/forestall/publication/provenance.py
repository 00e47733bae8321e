"""This file knows what of a diagnosis is told about itself: files, rows, rule, days, choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forestall import __version__
from forestall.publication.contents import Provenance

if TYPE_CHECKING:
    from forestall.publication.report import Setting


def provenance_of(setting: Setting) -> Provenance:
    """Return where a report comes from."""
    diagnosis, rule = setting.diagnosis, setting.safe.rule
    return Provenance(
        made_on=setting.made_on,
        command=setting.command,
        place=setting.place,
        first_day=diagnosis.first_day,
        last_day=diagnosis.last_day,
        data=_data(setting),
        protection={
            "rule": rule.name,
            "threshold": rule.threshold,
            "least_possible_values": rule.least_possible_values,
        },
        rule_words=rule.words,
        choices=tuple(diagnosis.notes),
        made_with=f"forestall {__version__}",
    )


def _data(setting: Setting) -> dict[str, Any]:
    manifest = setting.diagnosis.manifest
    return {
        "source": manifest.source,
        "publisher": manifest.publisher,
        "licence": manifest.licence,
        "attribution": manifest.attribution,
        "timezone": manifest.timezone,
        "crs": manifest.crs,
        "rows_read": manifest.rows_read,
        "rows_kept": manifest.rows_kept,
        "rejected": dict(manifest.rejected),
        "months_missing": list(manifest.months_missing),
        "classification": {"name": manifest.classification, "codes": _codes(setting)},
        # Rows by file would be the number of each month where each month has its file.
        "files": [{"name": file.name, "sha256": file.sha256} for file in manifest.files],
    }


def _codes(setting: Setting) -> dict[str, str | None]:
    """Return the codes of the kinds that are named in the tables, and of no other kind."""
    safe = setting.safe
    named = {*safe.offences.row_labels}
    if safe.apart_offences is not None:
        named |= {*safe.apart_offences.row_labels}
    offences = setting.diagnosis.manifest.offences
    return {one.label: one.iccs for one in offences if one.label in named}
