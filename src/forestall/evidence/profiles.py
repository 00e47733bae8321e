"""This file knows how a city describes a problem: what, where, for whom, and what holds there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from forestall.languages import Listing, Message, message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.evidence.interventions import Condition, Partner
    from forestall.evidence.vocabulary import Population, Problem, Setting


@dataclass(frozen=True, kw_only=True)
class ProblemProfile:
    """A problem of places and groups, as a city sees it; it holds nothing about a person.

    Attributes
    ----------
    problem
        What is to be prevented.
    settings
        Where it happens; empty if that is not known.
    populations
        Whom a measure would serve; empty if that is open.
    conditions
        What the city knows of itself: condition to yes or no. What is missing is not known.
    partners
        Who is at the table; None if that is open.

    Examples
    --------
    >>> from forestall.evidence.vocabulary import Problem, Setting
    >>> profile = ProblemProfile(problem=Problem.BURGLARY, settings=(Setting.TERRACED_HOUSING,))
    >>> str(profile.in_words())
    'burglary of homes in: terraced houses'
    """

    problem: Problem
    settings: tuple[Setting, ...] = ()
    populations: tuple[Population, ...] = ()
    conditions: Mapping[Condition, bool] = field(default_factory=dict)
    partners: frozenset[Partner] | None = None

    def in_words(self) -> Message:
        """Return the problem and where it happens in a few words."""
        if not self.settings:
            return self.problem.words
        return message(
            "{problem} in: {settings}",
            problem=self.problem.words,
            settings=Listing(tuple(one.words for one in self.settings)),
        )
