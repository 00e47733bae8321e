"""This file knows how what is recorded of studies becomes columns of numbers or of groups."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from forestall.errors import CannotSynthesise
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from forestall.evidence.studies import StudyEffect

    FloatArray = NDArray[np.float64]

_NOT_KNOWN = {"", "na", "n/a", "nan", "none", "?", "unknown", "not stated"}

_ALWAYS = ("year", "design")


@dataclass(frozen=True, eq=False, kw_only=True)
class Column:
    """One coefficient of a line through studies.

    ``level`` is the group it marks, set against ``reference``; both are empty for a number.
    """

    moderator: str
    level: str
    reference: str
    values: FloatArray


def moderator_of(effect: StudyEffect, name: str) -> str | None:
    """Return what is recorded of a study under a name, None where that is not known.

    The year of the study and its design are there by the names ``year`` and ``design``.

    Examples
    --------
    >>> from forestall.evidence.synthesis.example import made_up_effects
    >>> one = made_up_effects()[0]
    >>> moderator_of(one, "homes"), moderator_of(one, "year"), moderator_of(one, "age")
    ('terraced houses', '2011', None)
    """
    own = {"year": "" if effect.year is None else str(effect.year), "design": effect.design.value}
    written = effect.moderators.get(name, own.get(name, "")).strip()
    return None if written.casefold() in _NOT_KNOWN else written


def with_moderators(
    effects: Sequence[StudyEffect], names: Sequence[str]
) -> tuple[StudyEffect, ...]:
    """Return the effects of which everything asked for is known.

    Raises
    ------
    CannotSynthesise
        If a moderator is recorded of no effect.
    """
    for name in names:
        if all(moderator_of(one, name) is None for one in effects):
            raise CannotSynthesise(
                message(
                    "“{name}” is recorded of none of these effects; recorded are {known}.",
                    name=name,
                    known=", ".join(
                        sorted({*_ALWAYS, *(key for one in effects for key in one.moderators)})
                    ),
                )
            )
    return tuple(
        one for one in effects if all(moderator_of(one, name) is not None for name in names)
    )


def columns_of(effects: Sequence[StudyEffect], name: str) -> list[Column]:
    """Return the columns of one moderator: a number if all are, else one for each other group.

    The most frequent group is the reference.

    Raises
    ------
    CannotSynthesise
        If it is the same in all of them.
    """
    written = [moderator_of(one, name) or "" for one in effects]
    if len(set(written)) < 2:
        raise CannotSynthesise(
            message(
                "“{name}” is the same in all effects of which it is known: {value}.",
                name=name,
                value=written[0] if written else "–",
            )
        )
    numbers = _numbers(written)
    if numbers is not None:
        return [Column(moderator=name, level="", reference="", values=numbers)]
    order = sorted(Counter(written).items(), key=lambda pair: (-pair[1], pair[0]))
    reference = order[0][0]
    return [
        Column(
            moderator=name,
            level=level,
            reference=reference,
            values=np.array([float(one == level) for one in written]),
        )
        for level, _ in order[1:]
    ]


def _numbers(written: Sequence[str]) -> FloatArray | None:
    try:
        found = np.array([float(one) for one in written])
    except ValueError:
        return None
    return found if np.isfinite(found).all() else None
