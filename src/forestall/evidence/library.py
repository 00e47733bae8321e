"""This file knows what evidence there is together: the packaged tables and what a city adds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from forestall.errors import InvalidEvidence
from forestall.evidence.packaged_tables import packaged_effects, packaged_reviews

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forestall.evidence.reviews import ReviewFinding
    from forestall.evidence.studies import StudyEffect


@dataclass(frozen=True, eq=False, kw_only=True)
class Evidence:
    """Everything that is known of what has worked elsewhere, and in the city itself.

    Attributes
    ----------
    reviews
        What reviews and single texts say.
    effects
        Effects of single studies that can be synthesised.

    Examples
    --------
    >>> evidence = packaged_evidence()
    >>> len(evidence.reviews), len(evidence.effects)
    (176, 65)
    >>> [one.key for one in evidence.reviews_of("alley-gating")]
    ['alley-gating-2018', 'alley-gating-liverpool-2005']
    """

    reviews: tuple[ReviewFinding, ...]
    effects: tuple[StudyEffect, ...]

    def __post_init__(self) -> None:
        for name, keys in (
            ("review", [one.key for one in self.reviews]),
            ("effect", [one.key for one in self.effects]),
        ):
            twice = next((key for key, times in Counter(keys).items() if times > 1), None)
            if twice is not None:
                raise InvalidEvidence(
                    f"Every {name} needs a key of its own, but two are called “{twice}”."
                )

    @property
    def interventions(self) -> tuple[str, ...]:
        """Return the keys of interventions that something is known of, in the order of the tables.

        Law enforcement is among them; whether it may be suggested is decided elsewhere.
        """
        named = [one.reading.intervention for one in self.reviews]
        return tuple(dict.fromkeys([*named, *(one.intervention for one in self.effects)]))

    def reviews_of(self, intervention: str) -> tuple[ReviewFinding, ...]:
        """Return what reviews and single texts say of an intervention."""
        return tuple(one for one in self.reviews if one.reading.intervention == intervention)

    def effects_of(self, intervention: str) -> tuple[StudyEffect, ...]:
        """Return the effects of an intervention that can be synthesised."""
        return tuple(one for one in self.effects if one.intervention == intervention)

    def review_named(self, key: str) -> ReviewFinding | None:
        """Return the record with this key, None if there is none."""
        return next((one for one in self.reviews if one.key == key), None)

    def and_effects(self, more: Iterable[StudyEffect]) -> Evidence:
        """Return the evidence with more effects of studies.

        Raises
        ------
        InvalidEvidence
            If two records have the same key.
        """
        return replace(self, effects=(*self.effects, *more))

    def and_reviews(self, more: Iterable[ReviewFinding]) -> Evidence:
        """Return the evidence with what more reviews say.

        Raises
        ------
        InvalidEvidence
            If two records have the same key.
        """
        return replace(self, reviews=(*self.reviews, *more))


@cache
def packaged_evidence() -> Evidence:
    """Return the evidence that comes with the package."""
    return Evidence(reviews=packaged_reviews(), effects=packaged_effects())
