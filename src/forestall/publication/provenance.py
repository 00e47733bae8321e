"""This file knows what of a report is told about itself: files, rows, rule, days, choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forestall import __version__
from forestall.publication.contents import Provenance

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable

    from forestall.disclosure import DisclosureRule
    from forestall.publication.report import Setting
    from forestall.records import Manifest

MADE_WITH = f"forestall {__version__}"


def provenance_of(setting: Setting) -> Provenance:
    """Return where the report of a diagnosis comes from."""
    diagnosis, rule = setting.diagnosis, setting.safe.rule
    return Provenance(
        made_on=setting.made_on,
        command=setting.command,
        place=setting.place,
        first_day=diagnosis.first_day,
        last_day=diagnosis.last_day,
        data=data_of(diagnosis.manifest, named=_kinds_named(setting)),
        protection=protection_of(rule),
        rule_words=rule.words,
        choices=tuple(diagnosis.notes),
        made_with=MADE_WITH,
    )


def protection_of(rule: DisclosureRule) -> dict[str, Any]:
    """Return what a file of numbers tells about the disclosure rule."""
    return {
        "rule": rule.name,
        "threshold": rule.threshold,
        "least_possible_values": rule.least_possible_values,
    }


def data_of(manifest: Manifest, *, named: Collection[Hashable]) -> dict[str, Any]:
    """Return what a file of numbers tells about the records.

    Parameters
    ----------
    named
        Labels of the kinds that stand in the tables; of no other kind the code is told.
    """
    codes = {one.label: one.iccs for one in manifest.offences if one.label in named}
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
        "classification": {"name": manifest.classification, "codes": codes},
        # Rows by file would be the number of each month where each month has its file.
        "files": [{"name": file.name, "sha256": file.sha256} for file in manifest.files],
    }


def _kinds_named(setting: Setting) -> set[Hashable]:
    safe = setting.safe
    named = {*safe.offences.row_labels}
    if safe.apart_offences is not None:
        named |= {*safe.apart_offences.row_labels}
    return named
