"""This file knows how to argue whether what worked elsewhere fits here; it gives no score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from forestall.errors import CannotAnswer
from forestall.evidence.claims import Claim, Standing, claims_about
from forestall.evidence.interventions import Intervention, Role, intervention_named
from forestall.evidence.library import Evidence, packaged_evidence
from forestall.languages import Message, Sentences, message, plural_message
from forestall.results import Result

if TYPE_CHECKING:
    import altair as alt

    from forestall.evidence.profiles import ProblemProfile


@dataclass(frozen=True, eq=False, kw_only=True)
class TransferArgument(Result):
    """Whether a measure that was studied elsewhere fits a problem of a city, as an argument.

    ``table`` has a row for each claim: ``ground``, ``standing`` (contradicted, unknown, known),
    ``claim``, ``texts`` (keys of what it rests on), ``to_find_out``, ``rules_out``.

    Attributes
    ----------
    intervention, profile
        What is argued about.
    claims
        Contradicted ones first, then unknown, then known.
    to_pilot
        How to try it.
    to_measure
        What to measure when it is tried, side effects among it.
    """

    intervention: Intervention
    profile: ProblemProfile
    claims: tuple[Claim, ...]
    to_pilot: tuple[Message, ...]
    to_measure: tuple[Message, ...]

    def of(self, standing: Standing) -> tuple[Claim, ...]:
        """Return the claims that stand in this way."""
        return tuple(one for one in self.claims if one.standing is standing)

    @property
    def is_ruled_out(self) -> bool:
        """Say whether something that the measure needs is not so in the city."""
        return any(one.rules_out for one in self.claims)

    @property
    def to_find_out(self) -> tuple[Message, ...]:
        """Return the questions that are open, each once."""
        asked = [one.question for one in self.claims if one.question is not None]
        return tuple({str(question): question for question in asked}.values())

    def summary(self) -> str:
        """Return what is contradicted, unknown and known, in plain sentences."""
        return str(
            Sentences(
                (
                    _RULED_OUT if self.is_ruled_out else _POSSIBLE,
                    message(
                        "Of {count} claims, {contradicted} are contradicted here, {unknown} are "
                        "unknown and {known} are known.",
                        count=len(self.claims),
                        contradicted=len(self.of(Standing.CONTRADICTED)),
                        unknown=len(self.of(Standing.UNKNOWN)),
                        known=len(self.of(Standing.KNOWN)),
                    ),
                )
            )
        )

    def plot(self) -> alt.Chart | alt.LayerChart:
        """Draw each claim at the standing that it has."""
        from forestall._charts.claims import claims_chart

        return claims_chart(
            pd.DataFrame(
                {
                    "ground": [str(one.ground.words) for one in self.claims],
                    "standing": [str(one.standing.words) for one in self.claims],
                }
            ),
            standings=[str(one.words) for one in Standing],
        )


def assess_transfer(
    intervention: str, profile: ProblemProfile, *, evidence: Evidence | None = None
) -> TransferArgument:
    """Argue whether a measure that was studied elsewhere fits a problem of a city.

    The argument sets what was studied (problem, places, groups), how the measure is thought to
    work, what it needs and what helped it against what the city says of itself. Each claim is
    known, unknown or contradicted; claims are not added up. After Cartwright and Hardie (2012),
    Evidence-Based Policy, and the dimensions of EMMIE (Johnson, Tilley and Bowers 2015).

    Parameters
    ----------
    intervention
        Key in the catalogue.
    profile
        The problem and what the city knows of itself.
    evidence
        What is known; the packaged evidence when None.

    Raises
    ------
    UnknownIntervention
        If there is no such key.
    CannotAnswer
        If it is law enforcement, which the Guidelines leave out (2002/13 ¶3), or no measure.

    Examples
    --------
    >>> from forestall.evidence.interventions import Condition
    >>> from forestall.evidence.profiles import ProblemProfile
    >>> from forestall.evidence.vocabulary import Problem, Setting
    >>> profile = ProblemProfile(problem=Problem.BURGLARY, settings=(Setting.TERRACED_HOUSING,),
    ...     conditions={Condition.REAR_ALLEYS: False})
    >>> found = assess_transfer("alley-gating", profile)
    >>> found.is_ruled_out, str(found.claims[0].sentence)
    (True, 'It needs this, and it is not so here: There are alleys behind the houses that can be
     closed.')
    """
    known = evidence or packaged_evidence()
    measure = intervention_named(intervention)
    _check(measure)
    claims = claims_about(measure, known.reviews_of(intervention), profile)
    return TransferArgument(
        table=_table(claims),
        caveats=(_NOT_ADDED_UP, _OWN_READING),
        made_by=f"assess_transfer({intervention!r}, problem={profile.problem.value!r})",
        intervention=measure,
        profile=profile,
        claims=claims,
        to_pilot=() if any(one.rules_out for one in claims) else (_PILOT, _LOTS, _STOP),
        to_measure=_to_measure(measure, profile),
    )


def _check(measure: Intervention) -> None:
    if measure.is_law_enforcement:
        raise CannotAnswer(
            f"“{measure.key}” is law enforcement, which the Guidelines leave out (2002/13, "
            "paragraph 3); its studies are kept for comparison only."
        )
    if measure.role is not Role.MEASURE:
        raise CannotAnswer(
            f"“{measure.key}” is no measure that a city could take: {measure.role.words}."
        )


def _table(claims: tuple[Claim, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "ground": [one.ground.value for one in claims],
            "standing": [one.standing.value for one in claims],
            "claim": [str(one.sentence) for one in claims],
            "texts": [" ".join(one.texts) for one in claims],
            "to_find_out": ["" if one.question is None else str(one.question) for one in claims],
            "rules_out": [one.rules_out for one in claims],
        }
    )


def _to_measure(measure: Intervention, profile: ProblemProfile) -> tuple[Message, ...]:
    first = message(
        "Measure this before and after, here and in comparison places: {problem}.",
        problem=profile.problem.words,
    )
    sides = [message("Measure this, too: {outcome}.", outcome=one.words) for one in measure.watch]
    return (first, *sides)


def questions_open(argument: TransferArgument) -> Message:
    """Return how many questions the city has still to answer, in words.

    Examples
    --------
    >>> from forestall.evidence.profiles import ProblemProfile
    >>> from forestall.evidence.vocabulary import Problem
    >>> found = assess_transfer("alley-gating", ProblemProfile(problem=Problem.BURGLARY))
    >>> "questions are open" in str(questions_open(found))
    True
    """
    return plural_message(
        "{count} question is open.", "{count} questions are open.", len(argument.to_find_out)
    )


_RULED_OUT = message("As things are, it cannot be done here: something that it needs is missing.")
_POSSIBLE = message("Nothing that is known rules it out here; that is not the same as it fits.")
_NOT_ADDED_UP = message(
    "Claims are not added up: one that is contradicted may outweigh all others."
)
_OWN_READING = message(
    "What a measure needs and how it works is our reading of the texts; correct it where you know "
    "better."
)
_PILOT = message("Try it in a few places first, with the partners named, for at least a year.")
_LOTS = message(
    "Draw by lot where it starts first; then what changed can be told from what would have changed."
)
_STOP = message("Write down beforehand what result would make you stop.")
