"""This file knows which effects of a file are evaluations of another city, and marks them so.

What a city exports marks its own evaluations as local. In the folder of another city they are
evaluations from elsewhere: they keep their study, place and source, and the mark goes. A city's own
evaluations come in as records, or as rows of the form, and stay local.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from forestall.evidence.studies import StudyEffect

if TYPE_CHECKING:
    from forestall.evidence.sources.references import Reference

FROM, ELSEWHERE = "from", "elsewhere"
_OF_A_RECORD = re.compile(r"local-[0-9a-f]{16}-\d+")


def as_of_elsewhere(record: StudyEffect | Reference, *, in_export: bool) -> StudyEffect | Reference:
    """Return a record of a file, marked as from elsewhere if another city evaluated it itself.

    Parameters
    ----------
    in_export
        Whether the file is an export: it holds records of the package, too.
    """
    if not isinstance(record, StudyEffect) or not record.is_local:
        return record
    if not in_export and not _OF_A_RECORD.fullmatch(record.key):
        return record
    return marked_elsewhere(record)


def marked_elsewhere(effect: StudyEffect) -> StudyEffect:
    """Return an effect as one that another city evaluated.

    Examples
    --------
    >>> from forestall.evidence.library import packaged_evidence
    >>> is_of_elsewhere(marked_elsewhere(packaged_evidence().effects[0]))
    True
    """
    return replace(effect, is_local=False, moderators={**effect.moderators, FROM: ELSEWHERE})


def is_of_elsewhere(effect: StudyEffect) -> bool:
    """Say whether another city evaluated it, and this one was given the result.

    Examples
    --------
    >>> from forestall.evidence.library import packaged_evidence
    >>> is_of_elsewhere(packaged_evidence().effects[0])
    False
    """
    return effect.moderators.get(FROM) == ELSEWHERE
