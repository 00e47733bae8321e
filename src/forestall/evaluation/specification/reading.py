"""This file knows how a specification is read: the measure, its places and dates, what is counted.

The file is TOML. It is written before any count is looked at, and says which outcome decides.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forestall.errors import InvalidSpecification
from forestall.estimates.estimates import Span
from forestall.evaluation.design_facts import OtherChange, Reach
from forestall.evaluation.effects_register import Found, Looked, NotFound, NotLookedFor
from forestall.evaluation.effects_to_look_for import UnintendedEffect
from forestall.evaluation.place_choice import PlaceChoice
from forestall.evaluation.specification.analysis import analysis_of
from forestall.evaluation.specification.costs_part import read_costs
from forestall.evaluation.specification.groups_part import read_groups
from forestall.evaluation.specification.parts import (
    Approach,
    EvaluationSpec,
    HarmWeights,
    Intervention,
    Outcome,
    PlanReference,
    Times,
    TreatedPlaces,
)
from forestall.evaluation.specification.survey_part import read_survey
from forestall.evaluation.specification.toml_parts import Part, read_part

if TYPE_CHECKING:
    import os

_EVIDENCE_KEY = "[a-z0-9]+(-[a-z0-9]+)*"
_PLACEBO = "placebo"
_OTHERS = "others"
_COLUMNS = ("district", "area")
_YEAR_MONTHS = 12
_MOST_MONTHS = 120


def read_specification(path: str | os.PathLike[str]) -> EvaluationSpec:
    """Read what is to be evaluated from a TOML file.

    Files that it names lie beside it.

    Raises
    ------
    InvalidSpecification
        With the first part that is missing, wrong or not known.

    Examples
    --------
    >>> spec = read_specification("examples/placebo_evaluation/spec.toml")
    >>> spec.is_placebo, spec.primary.name
    (True, 'Burglary')
    """
    file = Path(path)
    whole = read_part(file)
    about, done = whole.part("evaluation"), whole.part("intervention")
    intervention = _intervention(done)
    findings, others = _unintended(whole)
    spec = EvaluationSpec(
        title=about.text("title"),
        place=about.text("place"),
        question=about.text("question", ""),
        is_placebo=about.says_yes("placebo"),
        intervention=intervention,
        places=_places(whole.part("places"), file.parent),
        times=_times(
            whole.part("dates") if whole.has("dates") else Part({}, "[dates]"), intervention
        ),
        outcomes=_outcomes(whole),
        harm=_harm(whole.part("harm")) if whole.has("harm") else None,
        costs=read_costs(whole.part("costs"), file.parent) if whole.has("costs") else None,
        plan=_plan(whole.part("plan"), file.parent) if whole.has("plan") else None,
        survey=read_survey(whole.part("survey"), file.parent) if whole.has("survey") else None,
        groups=read_groups(whole.part("groups"), file.parent) if whole.has("groups") else None,
        analysis={},
        findings=findings,
        other_findings=others,
    )
    about.check_nothing_left()
    whole.check_nothing_left()
    _check_title(spec)
    return replace(spec, analysis=analysis_of(spec))


def _check_title(spec: EvaluationSpec) -> None:
    if spec.is_placebo and _PLACEBO not in spec.title.casefold():
        raise InvalidSpecification(
            "The date is invented (placebo = true), so that the title must hold the word placebo."
        )


def _intervention(part: Part) -> Intervention:
    found = Intervention(
        what=part.text("what"),
        by=part.text("by"),
        approach=part.choice("approach", Approach),
        since=part.days("since"),
        lag_months=part.whole("lag_months", 0, most=_MOST_MONTHS),
        settling_months=part.whole("settling_months", 0, most=_MOST_MONTHS),
        evidence_key=part.text("evidence_key", ""),
    )
    if found.evidence_key and not re.fullmatch(_EVIDENCE_KEY, found.evidence_key):
        raise part.wrong("evidence_key", "a key such as alley-gating", found.evidence_key)
    part.check_nothing_left()
    return found


def _places(part: Part, folder: Path) -> TreatedPlaces:
    file = folder / part.text("file") if part.has("file") else None
    column = "" if file else part.text("column")
    if not file and column not in _COLUMNS:
        raise part.wrong("column", "“district” or “area”", column)
    comparison = _comparison(part)
    rings = part.numbers("rings_m", least=1)
    if rings and not file:
        raise InvalidSpecification(
            "[places] rings_m needs a file with areas; a column of the incidents has no outlines."
        )
    found = TreatedPlaces(
        file=file,
        code=part.text("code", "") or None,
        name=part.text("name", "") or None,
        column=column,
        treated=part.texts("treated"),
        comparison=comparison,
        rings_m=rings,
        chosen=part.choice("chosen", PlaceChoice),
        how=part.text("how"),
    )
    part.check_nothing_left()
    both = sorted(set(found.treated) & set(found.comparison))
    if both:
        raise InvalidSpecification(f"[places] names {both[0]} as treated and as comparison.")
    return found


def _comparison(part: Part) -> tuple[str, ...]:
    """Return codes; none stands for all other places."""
    try:
        if part.text("comparison", _OTHERS) == _OTHERS:
            return ()
    except InvalidSpecification:
        return part.texts("comparison")
    raise InvalidSpecification("[places] comparison is a list of codes, or “others”.")


def _times(part: Part, intervention: Intervention) -> Times:
    first, last = intervention.since[0], intervention.since[-1]
    before = _span(part, "before") or Span(
        first=_months_later(first, -_YEAR_MONTHS), last=first - timedelta(days=1)
    )
    works = _months_later(last, intervention.lag_months + intervention.settling_months)
    after = _span(part, "after") or Span(
        first=works, last=_months_later(works, _YEAR_MONTHS) - timedelta(days=1)
    )
    changes = tuple(
        OtherChange(
            on=one.day("on"),
            what=one.text("what"),
            reach=one.choice("reach", Reach, Reach.EVERYWHERE),
        )
        for one in _checked(part.parts("other_changes"), ("on", "what", "reach"))
    )
    part.check_nothing_left()
    if before.last >= first:
        raise InvalidSpecification(
            f"[dates] before ends on {before.last}, but the measure came on {first}."
        )
    if after.first < last:
        raise InvalidSpecification(
            f"[dates] after begins on {after.first}, but the measure came on {last}."
        )
    return Times(before=before, after=after, other_changes=changes)


def _checked(parts: tuple[Part, ...], keys: tuple[str, ...]) -> tuple[Part, ...]:
    for part in parts:
        for key in keys:
            part.has(key)
        part.check_nothing_left()
    return parts


def _span(part: Part, key: str) -> Span | None:
    if not part.has(key):
        return None
    days = part.days(key)
    if len(days) != 2:
        raise part.wrong(key, "the first and the last day", [str(day) for day in days])
    return Span(first=days[0], last=days[1])


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * _YEAR_MONTHS + day.month - 1 + months, _YEAR_MONTHS)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return date(year, month + 1, 28)


def _outcomes(whole: Part) -> tuple[Outcome, ...]:
    parts = whole.parts("outcomes")
    if not parts:
        raise InvalidSpecification(f"{whole.name} needs at least one [[outcomes]].")
    primary = [part for part in parts if part.says_yes("primary")]
    if len(primary) != 1 and len(parts) > 1:
        raise InvalidSpecification(
            f"Of several outcomes one is primary, but here {len(primary)} say primary = true."
        )
    chosen = primary[0] if primary else parts[0]
    found = tuple(_outcome(part) for part in (chosen, *(one for one in parts if one is not chosen)))
    names = [one.name for one in found]
    twice = [name for place, name in enumerate(names) if name in names[:place]]
    if twice:
        raise InvalidSpecification(f"Two [[outcomes]] have the name {twice[0]}.")
    return found


def _outcome(part: Part) -> Outcome:
    found = Outcome(
        name=part.text("name"),
        offences=part.texts("offences", ()),
        least_effect=part.number("least_effect", 0.2, least=0.01, most=0.99),
    )
    part.check_nothing_left()
    return found


def _harm(part: Part) -> HarmWeights:
    found = HarmWeights(
        index=part.text("index"), source=part.text("source"), points=part.shares("points")
    )
    part.check_nothing_left()
    if not found.points:
        raise InvalidSpecification("[harm] points names no kind of incident.")
    return found


def _plan(part: Part, folder: Path) -> PlanReference:
    sha256 = part.text("sha256").lower()
    if len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
        raise part.wrong("sha256", "64 digits from 0 to f", sha256)
    found = PlanReference(file=folder / part.text("file"), sha256=sha256)
    part.check_nothing_left()
    return found


def _unintended(whole: Part) -> tuple[dict[UnintendedEffect, Looked], dict[str, Looked]]:
    known: dict[UnintendedEffect, Looked] = {}
    others: dict[str, Looked] = {}
    for part in whole.parts("unintended"):
        looked = _looked(part)
        if part.has("effect"):
            effect = part.choice("effect", UnintendedEffect)
            place: Any = known
            key: Any = effect
        else:
            place, key = others, part.text("name")
        if key in place:
            raise InvalidSpecification(f"{part.name} names “{key}” a second time.")
        place[key] = looked
        part.check_nothing_left()
    return known, others


def _looked(part: Part) -> Looked:
    state = part.text("state")
    if state == "found":
        return Found(what=part.text("what"), how=part.text("how"))
    if state == "not found":
        return NotFound(how=part.text("how"))
    if state == "not looked for":
        return NotLookedFor(why=part.text("why", ""))
    raise part.wrong("state", "“found”, “not found” or “not looked for”", state)
