"""This file knows how a city's own evaluations become effects of studies, marked as local.

They are read from ``evaluation.json``. One effect stands for each outcome: that of the method that
was planned, or where it has no answer the next in a fixed order, whatever it found. Several methods
on the same counts are not several studies. What cannot be averaged is left out with its reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from forestall.errors import InvalidEvidence
from forestall.estimates.effects import (
    HarmDifference,
    LogRatio,
    ScoreDifference,
    ShareDifference,
)
from forestall.evidence.evaluation_records import EvaluationFile, read_evaluation_file
from forestall.evidence.metrics import Favours, RateRatio
from forestall.evidence.studies import Source, StudyEffect
from forestall.evidence.vocabulary import Design, Outcome, Problem
from forestall.languages import Message, message, plural_message

if TYPE_CHECKING:
    import os

    from forestall.evidence.evaluation_records import EvaluatedOutcome, ToldEstimate

_FILE = "evaluation.json"
_KEY = "[a-z0-9]+(-[a-z0-9]+)*"
_SERIES = "interrupted series"
# The planned method first; then those with a comparison, then the series without one.
_METHODS = ("four counts", "panel of places", "matched places", "synthetic control", _SERIES)
_DIRECTION = "below 1 = fewer incidents than expected without the measure"


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """What was left out of a file.

    Attributes
    ----------
    file
        Its name, from the folder that was read.
    outcome
        Name of the outcome; empty for the whole file.
    reason
        Why.
    """

    file: str
    outcome: str
    reason: Message


@dataclass(frozen=True, kw_only=True)
class LocalEffects:
    """Effects of a city's own evaluations, and what was left out.

    Attributes
    ----------
    effects
        One for each outcome of each evaluation, marked as local.
    left_out
        With the reason, in the order of the files.
    """

    effects: tuple[StudyEffect, ...]
    left_out: tuple[LeftOut, ...]

    def summary(self) -> str:
        """Return how many effects there are, and how much was left out."""
        return str(
            plural_message(
                "{count} effect of local evaluations; left out: {left}.",
                "{count} effects of local evaluations; left out: {left}.",
                len(self.effects),
                left=len(self.left_out),
            )
        )


def read_local_effects(
    path: str | os.PathLike[str], *, intervention: str | None = None
) -> LocalEffects:
    """Read the effects of a city's own evaluations, for a synthesis.

    Placebos are left out. Law enforcement is kept and marked (2002/13 ¶3). A ratio of counts is
    kept with its standard error; other scales are left out, for no published formula makes a ratio
    of them alone. The outcome is crime: the record holds what was recorded.

    Parameters
    ----------
    path
        An ``evaluation.json``, or a folder in which all such files are read.
    intervention
        Key in the catalogue that all of them are about; else the key in the record, else its words.

    Raises
    ------
    InvalidEvidence
        If a file cannot be read, was cut short or contradicts itself, or the folder holds none.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from forestall.publication import publish_evaluation
    >>> from forestall.publication.evaluation_example import example_evaluation
    >>> with TemporaryDirectory() as folder:
    ...     _ = publish_evaluation(example_evaluation(), out=f"{folder}/report")
    ...     found = read_local_effects(folder, intervention="alley-gating")
    >>> effect = found.effects[0]
    >>> round(effect.effect.published, 2), effect.design.value, effect.is_local
    (0.71, 'controlled', True)
    """
    if intervention is not None and not re.fullmatch(_KEY, intervention):
        raise ValueError(f"“{intervention}” is no key of an intervention, such as alley-gating.")
    effects: list[StudyEffect] = []
    left_out: list[LeftOut] = []
    first_seen: dict[str, str] = {}
    for name, file in _files(Path(path)):
        record = read_evaluation_file(file)
        same = first_seen.setdefault(record.identity, name)
        whole = _reason_against_all(record) if same == name else message(_TWICE, file=same)
        if whole is not None:
            left_out.append(LeftOut(file=name, outcome="", reason=whole))
            continue
        for number, outcome in enumerate(record.outcomes, start=1):
            found = _main_estimate(outcome)
            if isinstance(found, Message):
                left_out.append(LeftOut(file=name, outcome=outcome.name, reason=found))
            else:
                effects.append(
                    _effect(record, outcome, found, name=name, number=number, given=intervention)
                )
        if record.has_harm:
            left_out.append(LeftOut(file=name, outcome="harm", reason=_HARM))
    return LocalEffects(effects=tuple(effects), left_out=tuple(left_out))


def _files(path: Path) -> list[tuple[str, Path]]:
    """Return names, from the folder that was asked for, and files."""
    if not path.is_dir():
        return [(path.name, path)]
    found = sorted(file for file in path.rglob(_FILE) if file.is_file())
    if not found:
        raise InvalidEvidence(f"The folder {path.name} holds no {_FILE}.")
    return [(file.relative_to(path).as_posix(), file) for file in found]


def _reason_against_all(record: EvaluationFile) -> Message | None:
    if record.is_placebo:
        return _PLACEBO
    if "placebo" in record.title.casefold():
        return _CALLED_PLACEBO
    return None


def _main_estimate(outcome: EvaluatedOutcome) -> ToldEstimate | Message:
    """Return the estimate that stands for an outcome, or why there is none."""
    told = {one.method: one for one in outcome.told}
    chosen = next((told[method] for method in _METHODS if method in told), None)
    if chosen is None:
        return _ONLY_OTHERS if told else message(_HIDDEN, reason=outcome.why_not)
    estimate = chosen.estimate
    if not isinstance(estimate.effect, LogRatio):
        return _reason_of_scale(estimate.effect)
    if not estimate.standard_error:
        return _NO_ERROR
    return chosen


def _reason_of_scale(effect: object) -> Message:
    if isinstance(effect, HarmDifference):
        return _HARM
    if isinstance(effect, ScoreDifference | ShareDifference):
        return _OF_ANSWERS
    return _OF_COUNTS


def _effect(
    record: EvaluationFile,
    outcome: EvaluatedOutcome,
    chosen: ToldEstimate,
    *,
    name: str,
    number: int,
    given: str | None,
) -> StudyEffect:
    estimate = chosen.estimate
    assert estimate.standard_error is not None
    return StudyEffect(
        key=f"local-{record.identity[:16]}-{number}",
        study=f"{record.title} ({record.place})",
        intervention=given or record.evidence_key or record.what,
        outcome=Outcome.CRIME,
        outcome_words=outcome.name,
        effect=RateRatio(estimate.effect.number),
        standard_error=estimate.standard_error,
        favours=Favours.BELOW,
        direction=_DIRECTION,
        source=Source(
            address=f"{name} (SHA-256 {record.sha256})",
            quotation=(
                f"{estimate.outcome}: {estimate.estimand}; logarithm {estimate.effect.number:g}, "
                f"standard error {estimate.standard_error:g}"
            ),
            title=record.title,
            year=record.last_day.year,
        ),
        year=record.last_day.year,
        design=_design(chosen.method, record),
        problems=_problems(outcome),
        moderators={"method": chosen.method, "choice of places": record.chosen},
        is_local=True,
        is_law_enforcement=record.is_outside_guidelines,
    )


def _design(method: str, record: EvaluationFile) -> Design:
    if method == _SERIES:
        return Design.SERIES
    if not record.comparison_places:
        return Design.BEFORE_AFTER
    return Design.RANDOMISED if record.chosen == "by lot" else Design.CONTROLLED


def _problems(outcome: EvaluatedOutcome) -> tuple[Problem, ...]:
    """Return the problems that all kinds counted are known to be; none where one is not known."""
    kinds = outcome.offences or (outcome.name,)
    found = [_PROBLEMS.get(" ".join(re.findall(r"\w+", kind.casefold()))) for kind in kinds]
    if None in found:
        return ()
    return tuple(dict.fromkeys(problem for one in found for problem in one or ()))


# Kinds as police in England, Wales and the United States name them, and plain English names. A kind
# that holds two problems gives both; a name that is not here gives none, and nothing is guessed.
_HOMES, _SHOPS = Problem.BURGLARY, Problem.COMMERCIAL_BURGLARY
_PROBLEMS: dict[str, tuple[Problem, ...]] = {
    "burglary": (_HOMES, _SHOPS),
    "burglary in a dwelling": (_HOMES,),
    "burglary of homes": (_HOMES,),
    "burglary of businesses": (_SHOPS,),
    "domestic burglary": (_HOMES,),
    "residential burglary": (_HOMES,),
    "non residential burglary": (_SHOPS,),
    "bicycle theft": (Problem.THEFT,),
    "other theft": (Problem.THEFT,),
    "theft": (Problem.THEFT,),
    "theft from the person": (Problem.THEFT,),
    "larceny": (Problem.THEFT,),
    "shoplifting": (Problem.SHOP_THEFT,),
    "theft from shops": (Problem.SHOP_THEFT,),
    "motor vehicle theft": (Problem.VEHICLE_THEFT,),
    "theft of vehicles": (Problem.VEHICLE_THEFT,),
    "vehicle theft": (Problem.VEHICLE_THEFT,),
    "theft from vehicles": (Problem.THEFT_FROM_VEHICLE,),
    "vehicle crime": (Problem.VEHICLE_THEFT, Problem.THEFT_FROM_VEHICLE),
    "robbery": (Problem.ROBBERY, Problem.COMMERCIAL_ROBBERY),
    "homicide": (Problem.HOMICIDE,),
    "murder": (Problem.HOMICIDE,),
    "criminal damage": (Problem.VANDALISM,),
    "damage to property": (Problem.VANDALISM,),
    "vandalism": (Problem.VANDALISM,),
    "anti social behaviour": (Problem.DISORDER,),
    "disorder": (Problem.DISORDER,),
}

_PLACEBO = message("It is a placebo: the date is invented, and nothing was done.")
_CALLED_PLACEBO = message("Its title says that it is a placebo, though the record does not.")
_TWICE = "It is the same evaluation as {file}."
_HIDDEN = "The record tells no estimate: {reason}"
_ONLY_OTHERS = message(
    "Only a method is told that has no standard error of its own, or that is not known here."
)
_NO_ERROR = message(
    "There is no standard error above 0, as after a permutation, so it cannot be weighed."
)
_OF_COUNTS = message(
    "A difference makes a ratio only with the incidents expected without the measure, which the "
    "record does not tell."
)
_OF_ANSWERS = message(
    "A difference of shares or scores makes no ratio of counts, and the record does not tell the "
    "spread."
)
_HARM = message("Points of harm are no incidents, and no formula makes a ratio of them.")
