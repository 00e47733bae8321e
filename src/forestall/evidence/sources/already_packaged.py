"""This file knows which records of a file come with the package, and must not come in twice."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from forestall.errors import InvalidEvidence
from forestall.evidence.library import packaged_evidence
from forestall.evidence.sources.effect_rows import what_it_says
from forestall.evidence.sources.export import sources_of
from forestall.evidence.sources.references import Reference
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.evidence.studies import StudyEffect


def without_packaged(
    records: Mapping[str, StudyEffect | Reference], *, file: str
) -> dict[str, StudyEffect | Reference]:
    """Return the records of a file without those that come with the package.

    An export holds the packaged records too, so that another city who adds it has them already.
    A spreadsheet may have cut the last digits of a figure; such a record is the same.

    Raises
    ------
    InvalidEvidence
        If an effect has the key of a packaged one and says another thing.
    """
    return {name: one for name, one in records.items() if not _is_packaged(one, file=file)}


def same_effect(first: StudyEffect, second: StudyEffect) -> bool:
    """Say whether two records say the same of one effect, the last digits of figures left out."""
    if what_it_says(first) != what_it_says(second):
        return False
    return replace(first, effect=second.effect, standard_error=second.standard_error) == second


def _is_packaged(record: StudyEffect | Reference, *, file: str) -> bool:
    if isinstance(record, Reference):
        return (record.title, record.address) in _packaged_sources()
    packaged = _packaged_effects().get(record.key)
    if packaged is None:
        return False
    if not same_effect(record, packaged):
        raise InvalidEvidence(
            message(
                "“{file}” changes the packaged effect “{key}”; give yours another key, or none.",
                file=file,
                key=record.key,
            )
        )
    return True


@cache
def _packaged_effects() -> dict[str, StudyEffect]:
    return {one.key: one for one in packaged_evidence().effects}


@cache
def _packaged_sources() -> frozenset[tuple[str, str]]:
    return frozenset((one.title, one.address) for one in sources_of(packaged_evidence()))
