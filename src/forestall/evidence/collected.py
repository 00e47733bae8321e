"""This file knows what a city has together: the packaged evidence and its own folders."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from forestall.evidence.library import Evidence, packaged_evidence
from forestall.evidence.local_evaluations import LeftOut, read_local_effects
from forestall.evidence.practices import Practice, read_practice
from forestall.evidence.sources import Reference, read_evidence_folder
from forestall.evidence.sources.already_packaged import same_effect
from forestall.evidence.sources.elsewhere import marked_elsewhere
from forestall.evidence.sources.folder import EVALUATIONS, OF_ELSEWHERE

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from forestall.evidence.studies import StudyEffect


@dataclass(frozen=True, eq=False, kw_only=True)
class EvidenceCollection:
    """The packaged evidence with what folders of a city add to it.

    Attributes
    ----------
    evidence
        Texts and effects; the city's own evaluations are among them, marked as local.
    references
        Texts that nobody has appraised yet, without a number.
    practices
        Records of practices, of this city or of others.
    left_out
        Local evaluations, or outcomes of them, that no synthesis can use, with the reason.
    """

    evidence: Evidence
    references: tuple[Reference, ...]
    practices: tuple[Practice, ...]
    left_out: tuple[LeftOut, ...]


def collect_evidence(folders: Iterable[str | os.PathLike[str]] = ()) -> EvidenceCollection:
    """Collect the packaged evidence and what folders of a city hold.

    Local evaluations (``evaluations/**/evaluation.json``) enter the synthesis by themselves, marked
    as local, and those that other cities gave (``elsewhere/**/evaluation.json``) as from there.
    Placebos and what gives no ratio are left out with the reason. An effect that is there already,
    word for word, is kept once.

    Parameters
    ----------
    folders
        Folders made by `add_to_folder`.

    Raises
    ------
    InvalidEvidence
        If a folder cannot be read, a record in it is faulty, or two effects share a key.

    Examples
    --------
    >>> found = collect_evidence()
    >>> len(found.evidence.reviews), found.practices
    (176, ())
    """
    evidence = packaged_evidence()
    references: list[Reference] = []
    practices: list[Practice] = []
    left_out: list[LeftOut] = []
    read = [(folder, read_evidence_folder(folder)) for folder in map(Path, folders)]
    # An evaluation of the city's own stands for itself, even if an export brought it back.
    own = {
        one.key
        for folder, held in read
        if held.evaluations
        for one in read_local_effects(folder / EVALUATIONS).effects
    }
    for folder, held in read:
        evidence = _with(evidence, (one for one in held.effects if one.key not in own))
        references += [one for one in held.references if one not in references]
        practices += [read_practice(path) for path in held.practices]
        if held.evaluations:
            local = read_local_effects(folder / EVALUATIONS)
            evidence = _with(evidence, local.effects)
            left_out += local.left_out
        if held.of_elsewhere:
            theirs = read_local_effects(folder / OF_ELSEWHERE)
            kept = (marked_elsewhere(one) for one in theirs.effects if one.key not in own)
            evidence = _with(evidence, kept)
            left_out += theirs.left_out
    return EvidenceCollection(
        evidence=evidence,
        references=tuple(references),
        practices=tuple(practices),
        left_out=tuple(left_out),
    )


def _with(evidence: Evidence, effects: Iterable[StudyEffect]) -> Evidence:
    there = {one.key: one for one in evidence.effects}
    return evidence.and_effects(
        one for one in effects if one.key not in there or not same_effect(one, there[one.key])
    )
