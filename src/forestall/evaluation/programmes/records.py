"""This file knows the record of an evaluation that a later synthesis reads: evaluation.json."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from forestall import __version__
from forestall.diagnosis import Unanswered
from forestall.errors import InvalidFile
from forestall.estimates.records import read_estimate, write_estimate
from forestall.evaluation.effects_register import Found, NotFound
from forestall.languages import language

if TYPE_CHECKING:
    import os
    from collections.abc import Hashable, Iterable, Mapping

    from forestall.estimates.estimates import Estimate
    from forestall.evaluation.costs import CostsAndBenefits
    from forestall.evaluation.effects_register import RegisterEntry
    from forestall.evaluation.programmes.found import OutcomeFindings, ProgrammeEvaluation
    from forestall.evaluation.programmes.plans import PlanCheck
    from forestall.languages import Message

KIND = "forestall-evaluation"
FORMAT = 1
SCHEMA = f"urn:forestall:evaluation:{FORMAT}"
_MOST_BYTES = 20_000_000


class Telling(Protocol):
    """Who knows which estimates may be told, and with how many digits."""

    def may_tell(self, name: Hashable) -> bool:
        """Say whether an estimate may be told."""

    def why(self, name: Hashable) -> Message:
        """Say why it is not told."""

    def number(self, value: float | None) -> float | None:
        """Return a number with the digits that may be told."""

    def safe_to_say(self, said: Iterable[Message]) -> tuple[Message, ...]:
        """Leave out sentences whose numbers may not be told."""


@dataclass(frozen=True, eq=False, kw_only=True)
class ReadEvaluation:
    """What a synthesis reads of an evaluation.

    Attributes
    ----------
    content
        The whole record.
    estimates
        Outcome and method to the estimate, as far as it was told.
    """

    content: Mapping[str, Any]
    estimates: Mapping[tuple[str, str], Estimate[Any]]

    @property
    def is_placebo(self) -> bool:
        """Say whether the date was invented; a synthesis leaves such a record out."""
        return bool(self.content["is_placebo"])


def evaluation_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``evaluation.json``.

    Examples
    --------
    >>> evaluation_schema()["properties"]["kind"]
    {'const': 'forestall-evaluation'}
    """
    text = files("forestall.evaluation.programmes").joinpath("evaluation.schema.json")
    schema: dict[str, Any] = json.loads(text.read_text("utf-8"))
    return schema


def evaluation_record(evaluation: ProgrammeEvaluation, told: Telling) -> dict[str, Any]:
    """Return the record of an evaluation, with nothing in it that may not be told."""
    spec, times = evaluation.spec, evaluation.spec.times
    return {
        "kind": KIND,
        "format": FORMAT,
        "$schema": SCHEMA,
        "made_with": f"forestall {__version__}",
        "language": language(),
        "title": spec.title,
        "place": spec.place,
        "is_placebo": spec.is_placebo,
        "is_outside_guidelines": spec.is_outside_guidelines,
        "intervention": {
            "what": spec.intervention.what,
            "by": spec.intervention.by,
            "approach": spec.intervention.approach.value,
            "since": [day.isoformat() for day in spec.intervention.since],
            "evidence_key": spec.intervention.evidence_key or None,
        },
        "places": {
            "treated": evaluation.treated_places,
            "comparison": evaluation.comparison_places,
            "near": evaluation.near_places,
            "chosen": spec.places.chosen.value,
            "how": spec.places.how,
        },
        "before": [times.before.first.isoformat(), times.before.last.isoformat()],
        "after": [times.after.first.isoformat(), times.after.last.isoformat()],
        "other_changes": [
            {"on": one.on.isoformat(), "what": one.what, "reach": one.reach.value}
            for one in times.other_changes
        ],
        "plan": _plan(evaluation.plan),
        "outcomes": [
            _outcome(one, told, is_primary=one is evaluation.primary) for one in evaluation.outcomes
        ],
        "harm": _harm(evaluation, told),
        "unintended_effects": [_effect(entry) for entry in evaluation.register.entries],
        "costs": _costs(evaluation.costs, told),
        **_sentences(evaluation, told),
    }


def read_evaluation_record(path: str | os.PathLike[str]) -> ReadEvaluation:
    """Read ``evaluation.json``, as a synthesis does.

    Raises
    ------
    InvalidFile
        If it cannot be read, is no record of an evaluation, or an estimate in it is broken.
    """
    file = Path(path)
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise InvalidFile(f"{file.name} is larger than 20 MB, and no evaluation is.")
        content = json.loads(file.read_text("utf-8"))
    except OSError as wrong:
        raise InvalidFile(
            f"{file.name} cannot be read: {(wrong.strerror or 'no such file').lower()}."
        ) from None
    except (ValueError, RecursionError):
        raise InvalidFile(f"{file.name} is no JSON.") from None
    if not isinstance(content, dict) or content.get("kind") != KIND:
        raise InvalidFile(f"{file.name} is no record of an evaluation.")
    if content.get("format") != FORMAT:
        raise InvalidFile(
            f"{file.name} has the format {content.get('format')}, but only {FORMAT} is known."
        )
    try:
        estimates = {
            (outcome["name"], one["method"]): read_estimate(one["estimate"])
            for outcome in content["outcomes"]
            for one in outcome["estimates"]
            if one["estimate"] is not None
        }
        bool(content["is_placebo"])
    except (KeyError, TypeError):
        raise InvalidFile(f"{file.name} was cut short or edited.") from None
    return ReadEvaluation(content=content, estimates=estimates)


def _sentences(evaluation: ProgrammeEvaluation, told: Telling) -> dict[str, Any]:
    """Return what is said of design and verdict, as far as its numbers may be told."""
    warnings = told.safe_to_say(warning.said for warning in evaluation.design.warnings)
    return {
        "design": {
            "admissible": list(evaluation.design.admissible),
            "warnings": [str(one) for one in warnings],
        },
        "caveats": [str(one) for one in told.safe_to_say(evaluation.caveats)],
        "would_change": [str(one) for one in told.safe_to_say(evaluation.would_change)],
    }


def _plan(plan: PlanCheck) -> dict[str, Any] | None:
    if plan.record is None:
        return None
    return {
        "sha256": plan.record.sha256,
        "made_on": plan.record.made_on.isoformat(),
        "is_late": plan.is_late,
        "is_kept": plan.is_kept,
        "changes": [
            {"key": one.key, "planned": one.planned, "done": one.done} for one in plan.changes
        ],
    }


def _outcome(found: OutcomeFindings, told: Telling, *, is_primary: bool) -> dict[str, Any]:
    name = found.outcome.name
    may = told.may_tell("holm") and told.may_tell(("outcome", name))
    return {
        "name": name,
        "offences": list(found.outcome.offences),
        "is_primary": is_primary,
        "least_effect": found.outcome.least_effect,
        "p_holm": told.number(found.p_holm) if may else None,
        "estimates": [
            {
                "method": one.method.value,
                **_told_or_why(
                    one.found,
                    told,
                    one.method,
                    is_told=told.may_tell(("outcome", name, one.method)),
                ),
            }
            for one in found.specifications
        ],
    }


def _told_or_why(
    found: Estimate[Any] | Unanswered, told: Telling, name: Hashable, *, is_told: bool
) -> dict[str, Any]:
    if isinstance(found, Unanswered):
        return {"estimate": None, "why_not": str(found)}
    if not is_told:
        return {"estimate": None, "why_not": str(told.why(name))}
    return {"estimate": write_estimate(found, number=told.number), "why_not": None}


def _harm(evaluation: ProgrammeEvaluation, told: Telling) -> dict[str, Any]:
    found = evaluation.harm
    return _told_or_why(
        found if isinstance(found, Unanswered) else found.difference,
        told,
        "harm",
        is_told=told.may_tell("harm"),
    )


def _effect(entry: RegisterEntry) -> dict[str, Any]:
    looked = entry.looked
    state = (
        "found"
        if isinstance(looked, Found)
        else "not found"
        if isinstance(looked, NotFound)
        else "not looked for"
    )
    return {
        "effect": None if entry.effect is None else entry.effect.value,
        "name": str(entry.name),
        "state": state,
        "what": str(getattr(looked, "what", "")),
        "how": str(getattr(looked, "how", "")),
        "provisions": list(entry.provisions),
    }


def _costs(found: CostsAndBenefits | Unanswered, told: Telling) -> dict[str, Any] | None:
    if isinstance(found, Unanswered) or not told.may_tell("costs"):
        return None
    net = found.net_value
    return {
        "currency": found.currency,
        "price_year": str(found.price_year),
        "schedule": found.schedule,
        "net_present_value": {
            "central": told.number(net.central),
            "low": told.number(net.interval.low),
            "high": told.number(net.interval.high),
            "probability_above_0": told.number(net.probability),
        },
        "inputs": [
            {key: _plain(value, told) for key, value in row.items()}
            for row in found.inputs.to_dict("records")
        ],
        "not_priced": [
            {"what": one.what, "why": one.why, "who": one.who, "direction": one.direction.value}
            for one in found.not_priced
        ],
    }


def _plain(value: object, told: Telling) -> object:
    """Return a figure with the digits that may be told, a text as it is."""
    if value is None or value != value:  # noqa: PLR0124 -- not-a-number
        return None
    if isinstance(value, bool | str):
        return value
    return told.number(float(str(value)))
