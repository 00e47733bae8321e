"""This file knows the plan of an evaluation: what it binds, its checksum, and what changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from forestall import __version__
from forestall.errors import InvalidSpecification
from forestall.evaluation.specification.analysis import checksum_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from forestall.evaluation.specification import EvaluationSpec

PLAN_FORMAT = "forestall evaluation plan 1"
_MOST_BYTES = 5_000_000


@dataclass(frozen=True, eq=False, kw_only=True)
class PlanRecord:
    """A plan as it was written before the measure.

    Attributes
    ----------
    title
        The title of the evaluation.
    analysis
        What the plan binds, as plain values.
    made_on
        The day on which it was written, by the clock of who wrote it.
    power
        What the designs could tell, as told at that time; empty without a history.
    """

    title: str
    analysis: Mapping[str, Any]
    made_on: date
    made_with: str
    power: tuple[Mapping[str, Any], ...] = ()

    @property
    def sha256(self) -> str:
        """Return the checksum of what the plan binds."""
        return checksum_of(self.analysis)

    def to_json(self) -> str:
        """Return the plan as it is written to a file."""
        content = {
            "format": PLAN_FORMAT,
            "title": self.title,
            "made_on": self.made_on.isoformat(),
            "made_with": self.made_with,
            "sha256": self.sha256,
            "analysis": self.analysis,
            "power": list(self.power),
        }
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


@dataclass(frozen=True, kw_only=True)
class PlanChange:
    """Something that was planned otherwise than it was done."""

    key: str
    planned: str
    done: str


@dataclass(frozen=True, eq=False, kw_only=True)
class PlanCheck:
    """A plan set against what was done.

    Attributes
    ----------
    record
        The plan; None if none was registered.
    changes
        What differs, key by key.
    is_late
        Whether the plan was written after the first day of the time after.
    """

    record: PlanRecord | None
    changes: tuple[PlanChange, ...]
    is_late: bool

    @property
    def is_kept(self) -> bool:
        """Say whether there was a plan in time, and all was done as it says."""
        return self.record is not None and not self.changes and not self.is_late


def plan_of(
    spec: EvaluationSpec, *, made_on: date, power: tuple[Mapping[str, Any], ...] = ()
) -> PlanRecord:
    """Return the plan that a specification makes."""
    return PlanRecord(
        title=spec.title,
        analysis=spec.analysis,
        made_on=made_on,
        made_with=f"forestall {__version__}",
        power=power,
    )


def read_plan(path: Path) -> PlanRecord:
    """Read a plan from its file.

    Raises
    ------
    InvalidSpecification
        If the file cannot be read, or was changed after it was written.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InvalidSpecification(f"{path.name} is larger than 5 MB, and no plan is.")
        content = json.loads(path.read_text("utf-8"))
        if content["format"] != PLAN_FORMAT:
            raise KeyError
        record = PlanRecord(
            title=str(content["title"]),
            analysis=dict(content["analysis"]),
            made_on=date.fromisoformat(content["made_on"]),
            made_with=str(content["made_with"]),
            power=tuple(dict(row) for row in content["power"]),
        )
        written = str(content["sha256"])
    except OSError as wrong:
        raise InvalidSpecification(
            f"The plan {path.name} cannot be read: {(wrong.strerror or 'no such file').lower()}."
        ) from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise InvalidSpecification(
            f"{path.name} is no plan that forestall plan-evaluation has written."
        ) from None
    if record.sha256 != written:
        raise InvalidSpecification(
            f"{path.name} was changed after it was written: its checksum does not fit."
        )
    return record


def check_plan(spec: EvaluationSpec) -> PlanCheck:
    """Set a specification against the plan that it names.

    Raises
    ------
    InvalidSpecification
        If the plan cannot be read, or is another one than the checksum names.
    """
    if spec.plan is None:
        return PlanCheck(record=None, changes=(), is_late=False)
    record = read_plan(spec.plan.file)
    if record.sha256 != spec.plan.sha256:
        raise InvalidSpecification(
            f"The plan {spec.plan.file.name} has another checksum than [plan] names; "
            "it is not the plan that was registered."
        )
    keys = dict.fromkeys([*record.analysis, *spec.analysis])
    changes = tuple(
        PlanChange(
            key=key, planned=_shown(record.analysis.get(key)), done=_shown(spec.analysis.get(key))
        )
        for key in keys
        if record.analysis.get(key) != spec.analysis.get(key)
    )
    return PlanCheck(
        record=record, changes=changes, is_late=record.made_on >= spec.times.after.first
    )


def _shown(value: object) -> str:
    if value is None or value in ([], {}, ""):
        return "–"
    if isinstance(value, list):
        return ", ".join(_shown(one) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_shown(one)}" for key, one in value.items())
    return str(value)
