"""This file knows which measures answer a problem: what harms first, then what may help, and why.

Nothing is suggested that is law enforcement (2002/13 ¶3), that did harm, that was seen not to help,
or that needs what the city does not have; all of them are named with the reason. A measure without
a sound study on the problem is not hidden either: it may be tried where its evaluation is planned.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from forestall.evidence.candidates import Answer, Candidate, candidate_for, in_reading_order
from forestall.evidence.claims import Standing
from forestall.evidence.figures import figure_in_words
from forestall.evidence.interventions import interventions
from forestall.evidence.library import Evidence, packaged_evidence
from forestall.languages import Message, Sentences, message, plural_message
from forestall.results import Result

if TYPE_CHECKING:
    import altair as alt

    from forestall.evidence.profiles import ProblemProfile


@dataclass(frozen=True, eq=False, kw_only=True)
class Suggestions(Result):
    """Measures as answers to a problem, in the order in which they should be read.

    ``table`` has a row for each measure: ``intervention``, ``answer``, ``closeness``, ``settings``
    (asked and studied), ``certainty``, ``figure``, ``text`` (key of the strongest text), ``source``
    (its address), ``why``, ``against``, ``rules_out``.

    Attributes
    ----------
    profile
        The problem.
    candidates
        All measures that were studied on the problem or near it, harm first.
    """

    profile: ProblemProfile
    candidates: tuple[Candidate, ...]

    def of(self, answer: Answer) -> tuple[Candidate, ...]:
        """Return the measures with this answer."""
        return tuple(one for one in self.candidates if one.answer is answer)

    @property
    def to_test(self) -> tuple[Candidate, ...]:
        """Return what helped elsewhere, and that of which results differ, by relevance."""
        return tuple(one for one in self.candidates if one.answer in _HELPED)

    def summary(self) -> str:
        """Return what was found in plain sentences, harm first."""
        helped, harmful = self.of(Answer.CANDIDATE), self.of(Answer.HARMFUL)
        said: list[Message] = []
        if harmful:
            said.append(
                plural_message(
                    "{count} measure did harm elsewhere: do not do it.",
                    "{count} measures did harm elsewhere: do not do them.",
                    len(harmful),
                )
            )
        if helped:
            said.append(
                plural_message(
                    "{count} measure helped elsewhere and can be tested here.",
                    "{count} measures helped elsewhere and can be tested here.",
                    len(helped),
                )
            )
        else:
            said.append(_NOTHING_HELPED)
        return str(Sentences((*said, *self._unsure())))

    def _unsure(self) -> list[Message]:
        """Count what nobody can call a help: results that differ, and what is not tested."""
        mixed, untested = self.of(Answer.MIXED), self.of(Answer.UNTESTED)
        said: list[Message] = []
        if mixed:
            said.append(
                plural_message(
                    "{count} measure had results that differ elsewhere: find out why.",
                    "{count} measures had results that differ elsewhere: find out why.",
                    len(mixed),
                )
            )
        if untested:
            said.append(
                plural_message(
                    "{count} more measure is not soundly tested: plan its evaluation first.",
                    "{count} more measures are not soundly tested: plan the evaluation first.",
                    len(untested),
                )
            )
        return said

    def plot(self) -> alt.Chart | alt.LayerChart:
        """Draw for each measure that may be tried which claims are known, unknown, contradicted."""
        from forestall._charts.claims import claims_chart

        tried = (*self.to_test, *self.of(Answer.UNTESTED))
        rows = [
            (str(one.intervention.name), str(claim.standing.words))
            for one in tried
            if one.argument is not None
            for claim in one.argument.claims
        ]
        return claims_chart(
            pd.DataFrame(rows, columns=["ground", "standing"]),
            standings=[str(one.words) for one in Standing],
        )


def suggest_interventions(
    problem: ProblemProfile, *, evidence: Evidence | None = None
) -> Suggestions:
    """Find measures that answer a problem, with the reasons for and against each.

    Measures are ordered by relevance (the same problem, then a related one, then all crime; then
    settings that were studied), and then by how certain the evidence is. There is no score. The
    Guidelines ask for practice that is known to work, chosen by partners (2002/13 ¶11, 19, 22(d)).

    Parameters
    ----------
    problem
        What is to be prevented, where, and what the city knows of itself.
    evidence
        What is known; the packaged evidence when None.

    Examples
    --------
    >>> from forestall.evidence.profiles import ProblemProfile
    >>> from forestall.evidence.vocabulary import Problem, Setting
    >>> found = suggest_interventions(ProblemProfile(
    ...     problem=Problem.BURGLARY, settings=(Setting.TERRACED_HOUSING,)))
    >>> found.of(Answer.CANDIDATE)[0].intervention.key
    'alley-gating'
    >>> [one.intervention.key for one in found.of(Answer.NOT_SEEN_TO_HELP)]
    ['property-marking', 'burglar-alarms']
    """
    known = evidence or packaged_evidence()
    found = in_reading_order(
        candidate
        for one in interventions()
        if (candidate := candidate_for(one, problem, known)) is not None
    )
    return Suggestions(
        table=_table(found),
        caveats=_caveats(found),
        made_by=f"suggest_interventions(problem={problem.problem.value!r})",
        profile=problem,
        candidates=found,
    )


def _caveats(found: tuple[Candidate, ...]) -> tuple[Message, ...]:
    said = [_ELSEWHERE, _AS_SEEN, _LONG_TERM]
    outside = sum(one.answer is Answer.OUTSIDE for one in found)
    if outside:
        said.append(
            plural_message(
                "{count} measure of law enforcement was studied, too; it is kept for comparison "
                "and not suggested.",
                "{count} measures of law enforcement were studied, too; they are kept for "
                "comparison and not suggested.",
                outside,
            )
        )
    return tuple(said)


def _table(found: tuple[Candidate, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "intervention": one.intervention.key,
                "answer": one.answer.name.lower(),
                "closeness": one.close.name.lower(),
                "settings": one.settings,
                "certainty": one.certainty.level.name.lower().replace("_", "-"),
                "figure": str(figure_in_words(one.findings[0])),
                "text": one.findings[0].key,
                "source": one.findings[0].source.address,
                "why": str(Sentences(one.why)),
                "against": str(Sentences(one.against)),
                "rules_out": [str(need.statement) for need in one.intervention.needs],
            }
            for one in found
        ],
        columns=[
            "intervention",
            "answer",
            "closeness",
            "settings",
            "certainty",
            "figure",
            "text",
            "source",
            "why",
            "against",
            "rules_out",
        ],
    )


_HELPED = (Answer.CANDIDATE, Answer.MIXED)
_NOTHING_HELPED = message(
    "No measure is known to have helped on this problem: whatever is tried, plan its evaluation."
)
_ELSEWHERE = message(
    "All of it was measured elsewhere. Here it is untested: plan the evaluation before you start."
)
_LONG_TERM = message(
    "Measures for children, families and young people answer problems of their own; ask for those, "
    "too."
)
_AS_SEEN = message(
    "Most texts were read as summaries; a missing number does not mean that a review has none."
)
