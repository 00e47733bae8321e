"""This file knows what evidence reads of an ``evaluation.json``, and when it is broken.

The record is described by the schema of evaluations. What it tells of one estimate must agree with
itself: a number that was changed by hand no longer lies in the middle of its interval.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from forestall.errors import InvalidEvidence, InvalidFile
from forestall.estimates.effects import ScoreDifference, ShareDifference
from forestall.estimates.records import read_estimate
from forestall.evidence.strict_json import read_json_file

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from forestall.estimates.estimates import Estimate
    from forestall.evidence.strict_json import JsonFile

_KIND, _FORMAT = "forestall-evaluation", 1
_MOST_MEGABYTES = 20
_FEWER = "below 0 is fewer than expected without the measure"
_LOWER = "below 0 is lower than expected without the measure"
# Numbers are told with four digits; a limit is made of two of them.
_ROUNDING = 1e-3


@dataclass(frozen=True, eq=False, kw_only=True)
class ToldEstimate:
    """An estimate that the record tells, and the method that made it."""

    method: str
    estimate: Estimate[Any]


@dataclass(frozen=True, eq=False, kw_only=True)
class EvaluatedOutcome:
    """One outcome.

    Attributes
    ----------
    name, offences
        As the city names it, and the kinds as the source of the counts names them.
    told
        Estimates that are told, in the order of the record.
    why_not
        Why the first is not told; empty where it is.
    """

    name: str
    offences: tuple[str, ...]
    told: tuple[ToldEstimate, ...]
    why_not: str


@dataclass(frozen=True, eq=False, kw_only=True)
class EvaluationFile:
    """What a synthesis needs of an evaluation.

    Attributes
    ----------
    sha256
        Of the file.
    identity
        Of the evaluation: the same in whatever language and layout the record was written.
    title, place, what, evidence_key
        The evaluation, where it was, what was done, and its key in the catalogue (may be empty).
    chosen, comparison_places
        How treated places were chosen, and how many they are compared with.
    last_day
        Of the time after.
    is_placebo, is_outside_guidelines
        Whether the date is invented; whether it is law enforcement.
    outcomes
        The primary one first.
    has_harm
        Whether points of harm are told.
    """

    sha256: str
    identity: str
    title: str
    place: str
    what: str
    evidence_key: str
    chosen: str
    comparison_places: int
    last_day: date
    is_placebo: bool
    is_outside_guidelines: bool
    outcomes: tuple[EvaluatedOutcome, ...]
    has_harm: bool


def read_evaluation_file(path: str | os.PathLike[str]) -> EvaluationFile:
    """Read what a synthesis needs of an ``evaluation.json``.

    Raises
    ------
    InvalidEvidence
        If it cannot be read, is no record of an evaluation, was cut short, or contradicts itself.
    """
    file = read_json_file(path, most_megabytes=_MOST_MEGABYTES)
    content = file.content
    if content.get("kind") != _KIND:
        raise InvalidEvidence(f"{file.name} is no record of an evaluation.")
    if content.get("format") != _FORMAT:
        raise InvalidEvidence(f"{file.name} has another format than {_FORMAT}, the only one known.")
    whole = _Part(content, file.name, "")
    done, places = whole.part("intervention"), whole.part("places")
    key = done.text("evidence_key") if done.table.get("evidence_key") is not None else ""
    if key and not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", key):
        raise done.broken("evidence_key")
    approach = done.text("approach")
    return EvaluationFile(
        sha256=file.sha256,
        identity=_identity(file),
        title=whole.text("title"),
        place=whole.text("place"),
        what=done.text("what"),
        evidence_key=key,
        chosen=places.text("chosen"),
        comparison_places=places.whole("comparison"),
        last_day=whole.day_at_end("after"),
        is_placebo=whole.yes_or_no("is_placebo"),
        is_outside_guidelines=(
            whole.yes_or_no("is_outside_guidelines") or approach == "law enforcement"
        ),
        outcomes=tuple(_outcome(part, file.name) for part in whole.parts("outcomes")),
        has_harm=whole.part("harm").table.get("estimate") is not None,
    )


class _Part:
    """One part of a record that a program wrote: whatever is not as it wrote it was changed."""

    def __init__(self, table: Mapping[str, Any], file: str, where: str) -> None:
        self.table, self._file, self._where = table, file, where

    def text(self, key: str) -> str:
        found = self.table.get(key)
        if not isinstance(found, str) or not found.strip():
            raise self.broken(key)
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        found = self.table.get(key)
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            raise self.broken(key)
        return tuple(found)

    def whole(self, key: str) -> int:
        found = self.table.get(key)
        if isinstance(found, bool) or not isinstance(found, int) or found < 0:
            raise self.broken(key)
        return found

    def yes_or_no(self, key: str) -> bool:
        found = self.table.get(key)
        if not isinstance(found, bool):
            raise self.broken(key)
        return found

    def day_at_end(self, key: str) -> date:
        days = self.texts(key)
        try:
            first, last = (date.fromisoformat(one) for one in days)
        except ValueError:
            raise self.broken(key) from None
        if last < first:
            raise self.broken(key)
        return last

    def part(self, key: str) -> _Part:
        found = self.table.get(key)
        if not isinstance(found, dict):
            raise self.broken(key)
        return _Part(found, self._file, self._inside(key))

    def parts(self, key: str) -> tuple[_Part, ...]:
        found = self.table.get(key)
        if not isinstance(found, list) or not found:
            raise self.broken(key)
        if not all(isinstance(one, dict) for one in found):
            raise self.broken(key)
        return tuple(
            _Part(one, self._file, f"{self._inside(key)} {number}")
            for number, one in enumerate(found, start=1)
        )

    def broken(self, key: str) -> InvalidEvidence:
        return InvalidEvidence(
            f"{self._file} was cut short or edited: {self._inside(key)} is missing, or is not what "
            "an evaluation writes there."
        )

    def _inside(self, key: str) -> str:
        return f"{self._where} {key}".strip()


def _outcome(part: _Part, file: str) -> EvaluatedOutcome:
    name = part.text("name")
    told: list[ToldEstimate] = []
    reasons: list[str] = []
    for one in part.parts("estimates"):
        method = one.text("method")
        if "estimate" not in one.table or method in [other.method for other in told]:
            raise one.broken("method")
        if one.table["estimate"] is None:
            reasons.append(one.text("why_not"))
        else:
            estimate = _estimate(one.part("estimate").table, f"{file}, {name}, {method}")
            told.append(ToldEstimate(method=method, estimate=estimate))
    return EvaluatedOutcome(
        name=name,
        offences=part.texts("offences"),
        told=tuple(told),
        why_not=reasons[0] if reasons else "",
    )


def _estimate(written: Mapping[str, Any], where: str) -> Estimate[Any]:
    try:
        found = read_estimate(written)
        direction = written["direction"]
        low, high = (float(written["interval_95"][end]) for end in ("low", "high"))
    except (InvalidFile, KeyError, TypeError, ValueError):
        raise InvalidEvidence(f"{where}: the estimate was cut short or edited.") from None
    of_answers = isinstance(found.effect, ScoreDifference | ShareDifference)
    if direction != (_LOWER if of_answers else _FEWER):
        raise InvalidEvidence(f"{where}: the estimate does not say that below 0 is fewer.")
    due = found.interval(0.95)
    size = abs(found.effect.number) + (due.high - due.low)
    # Said so that a limit that is no number is refused too.
    if not max(abs(low - due.low), abs(high - due.high)) <= _ROUNDING * size:
        raise InvalidEvidence(
            f"{where}: the interval {low:g} to {high:g} is not that of the estimate, "
            f"{due.low:.4g} to {due.high:.4g}; one of the numbers was changed."
        )
    return found


def _identity(file: JsonFile) -> str:
    """Return a checksum of what does not depend on the language or layout of the record."""
    content = file.content
    try:
        told = [
            content["title"],
            content["place"],
            content["intervention"]["since"],
            content["before"],
            content["after"],
            content["places"]["treated"],
            content["places"]["comparison"],
            [
                [outcome["name"], *(_numbers(one) for one in outcome["estimates"])]
                for outcome in content["outcomes"]
            ],
        ]
    except (AttributeError, KeyError, TypeError):
        raise InvalidEvidence(f"{file.name} was cut short or edited.") from None
    text = json.dumps(told, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _numbers(one: Mapping[str, Any]) -> list[Any]:
    estimate = one["estimate"] or {}
    return [one["method"], estimate.get("number"), estimate.get("standard_error")]
