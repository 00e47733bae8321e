"""This file knows the command ``forestall evidence suggest``: measures for a problem."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- cyclopts reads the annotation
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.evidence.candidates import Candidate
    from forestall.evidence.profiles import ProblemProfile
    from forestall.evidence.suggestions import Suggestions

Words = Annotated[list[str] | None, Parameter(negative=())]


def suggest(
    problem: str,
    *,
    setting: Words = None,
    group: Words = None,
    yes: Words = None,
    no: Words = None,
    partner: Words = None,
    out: Annotated[Path | None, Parameter(name=["--out", "-o"])] = None,
    formats: Annotated[list[str] | None, Parameter(name="--format", negative=())] = None,
    languages: Annotated[list[str] | None, Parameter(name="--language", negative=())] = None,
    with_folders: Annotated[list[Path] | None, Parameter(name="--with", negative=())] = None,
) -> None:
    """Suggest measures for a problem: what harmed first, what helped, what nobody has tested.

    Parameters
    ----------
    problem
        What is to be prevented, such as burglary or alcohol-violence; everyday words such as
        break-in or mugging are understood, in six languages.
    setting
        Where it happens, such as terraced-housing, with commas between several.
    group
        Whom a measure would serve, such as young-people.
    yes
        What is so here, such as rear-alleys.
    no
        What is not so here, such as volunteers.
    partner
        Who is at the table, such as housing,schools; left out if that is open.
    out
        Folder for the page; without one, the suggestions are printed.
    formats
        Formats of the page with commas between them, such as pdf; the page is always written.
    languages
        Languages of the page with commas between them, such as en,ar; or all.
    with_folders
        Folders of the city's own evidence.
    """
    from forestall.cli.command_lines import command_line
    from forestall.cli.evidence_words import collected, tell_written
    from forestall.evidence.suggestions import suggest_interventions

    profile = _profile(problem, setting, group, (yes, no), partner)
    found = suggest_interventions(profile, evidence=collected(with_folders).evidence)
    if out is None:
        _tell(found)
        return
    from forestall.publication import publish_suggestions

    tell_written(
        publish_suggestions(
            found,
            out=out,
            formats=formats or ("html",),
            languages=languages or (),
            command=command_line(),
        )
    )


def _profile(
    problem: str,
    setting: Sequence[str] | None,
    group: Sequence[str] | None,
    answers: tuple[Sequence[str] | None, Sequence[str] | None],
    partner: Sequence[str] | None,
) -> ProblemProfile:
    from forestall.cli.evidence_words import value_of, values_of
    from forestall.errors import InvalidCommand
    from forestall.evidence.interventions import Condition, Partner
    from forestall.evidence.profiles import ProblemProfile
    from forestall.evidence.vocabulary import Population, Problem, Setting

    conditions: dict[Condition, bool] = {}
    for answer, words in zip((True, False), answers, strict=True):
        told = values_of(Condition, words, what="condition")
        both = next((one for one in told if one in conditions), None)
        if both is not None:
            raise InvalidCommand(f"“{both.value}” cannot be both so and not so here.")
        conditions |= dict.fromkeys(told, answer)
    return ProblemProfile(
        problem=value_of(Problem, problem, what="problem"),
        settings=values_of(Setting, setting, what="setting"),
        populations=values_of(Population, group, what="group"),
        conditions=conditions,
        partners=None
        if partner is None
        else frozenset(values_of(Partner, partner, what="partner")),
    )


def _tell(found: Suggestions) -> None:
    from forestall.evidence.candidates import Answer
    from forestall.languages import LineStart, say

    print(found.summary())
    shown = (Answer.HARMFUL, Answer.CANDIDATE, Answer.MIXED, Answer.UNTESTED)
    last = None
    for one in found.candidates:
        if one.answer in shown:
            if one.answer is not last:
                print(f"\n{LineStart(one.answer.words)}")
            last = one.answer
            _tell_one(one)
    rest = [one for one in found.candidates if one.answer not in shown]
    if rest:
        print()
        print(say("Not suggested:"))
        for one in rest:
            print(f"  {one.intervention.key}: {one.answer.words}")
    for caveat in found.caveats:
        print(f"! {caveat}")


def _tell_one(one: Candidate) -> None:
    from forestall.evidence.candidates import local_in_words
    from forestall.languages import LineStart, say

    print(f"  {LineStart(one.intervention.name)} [{one.intervention.key}]")
    print(f"    {one.certainty.in_words()}")
    for said in one.why:
        print(f"    + {said}")
    for effect in one.local:
        print(f"    + {local_in_words(effect)}")
    for said in one.against:
        print(f"    − {said}")
    for need in one.intervention.needs:
        told = say("Ruled out unless: {statement}", statement=need.statement)
        print(f"    {told}")
