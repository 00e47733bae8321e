"""This file knows how the record of a practice is written: practice.json, whole or not at all."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forestall.errors import InvalidEvidence
from forestall.evidence.practices.reading import FORMAT, KIND, SCHEMA, practice_of
from forestall.evidence.practices.records import EvaluationReference, NotTold
from forestall.whole_files import write_whole

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from forestall.evidence.practices.records import (
        Conditions,
        Practice,
        PracticeCost,
        PracticeResult,
        Texts,
    )


def practice_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``practice.json``.

    Examples
    --------
    >>> practice_schema()["properties"]["kind"]
    {'const': 'forestall-practice'}
    """
    text = files("forestall.evidence.practices").joinpath("practice.schema.json")
    schema: dict[str, Any] = json.loads(text.read_text("utf-8"))
    return schema


def practice_record(practice: Practice) -> dict[str, Any]:
    """Return a practice as plain values, for JSON.

    Examples
    --------
    >>> from forestall.evidence.practices import example_practice
    >>> practice_record(example_practice())["problems"]
    ['burglary']
    """
    return {
        "kind": KIND,
        "format": FORMAT,
        "$schema": SCHEMA,
        "languages": list(practice.languages),
        "title": _texts(practice.title),
        "place": {"city": practice.place.name, "country": practice.place.country},
        "problems": [one.value for one in practice.problems],
        "settings": [one.value for one in practice.settings],
        "populations": [one.value for one in practice.populations],
        "approaches": [one.value for one in practice.approaches],
        "intervention": practice.intervention or None,
        "situation": _texts(practice.situation),
        "done": _texts(practice.done),
        "since": practice.since.isoformat(),
        "until": None if practice.until is None else practice.until.isoformat(),
        "partners": [
            {"organisation": one.organisation, "part": _texts(one.part)}
            for one in practice.partners
        ],
        "conditions": _conditions(practice.conditions),
        "cost": practice.cost.value if isinstance(practice.cost, NotTold) else _cost(practice.cost),
        "result": _result(practice.result),
        "side_effects": [
            {"outcome": one.outcome.value, "state": one.state.value, "said": _texts(one.said)}
            for one in practice.side_effects
        ],
        "contact": {"office": practice.contact.name, "email": practice.contact.email},
        "licence": practice.licence,
        "is_law_enforcement": practice.is_law_enforcement,
        "made_on": practice.made_on.isoformat(),
    }


def write_practice(practice: Practice, path: str | os.PathLike[str]) -> Path:
    """Write a practice as JSON; a file that was there is replaced in one step.

    Raises
    ------
    InvalidEvidence
        If the record could not be read again.
    InvalidOutput
        If the file cannot be written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from forestall.evidence.practices import example_practice
    >>> with TemporaryDirectory() as folder:
    ...     write_practice(example_practice(), Path(folder) / "practice.json").name
    'practice.json'
    """
    record = practice_record(practice)
    if practice_of(record) != practice:
        raise InvalidEvidence("The practice would not be read again as it is.")
    text = json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False)
    return write_whole(path, f"{text}\n".encode())


def check_evaluation(practice: Practice, *, beside: str | os.PathLike[str]) -> None:
    """Check that the evaluation that a practice names lies beside it and is the one it names.

    Nothing is fetched: an evaluation at a web address is not looked at.

    Parameters
    ----------
    beside
        The folder in which the record of the practice lies.

    Raises
    ------
    InvalidEvidence
        If the file is not there, or is another one.

    Examples
    --------
    >>> from forestall.evidence.practices import example_practice
    >>> check_evaluation(example_practice(), beside=".")
    """
    named = practice.result
    if not isinstance(named, EvaluationReference) or named.address.startswith("http"):
        return
    try:
        with (Path(beside) / named.address).open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        raise InvalidEvidence(
            f"The practice names the evaluation {named.address}, but no such file can be read."
        ) from None
    if found != named.sha256:
        raise InvalidEvidence(
            f"The practice names the evaluation {named.address}, but the file has changed since: "
            "its checksum is another one."
        )


def _texts(texts: Texts | None) -> dict[str, str] | None:
    return None if texts is None else dict(texts.said)


def _conditions(conditions: Conditions) -> Mapping[str, Any]:
    return {"words": _texts(conditions.words), "keys": list(conditions.keys)}


def _cost(cost: PracticeCost) -> Mapping[str, Any]:
    return {
        "amount": cost.amount,
        "currency": cost.currency,
        "price_year": cost.price_year,
        "covers": _texts(cost.covers),
        "source": cost.source,
    }


def _result(result: PracticeResult) -> str | dict[str, Any]:
    if isinstance(result, NotTold):
        return result.value
    if isinstance(result, EvaluationReference):
        return {"evaluation": {"address": result.address, "sha256": result.sha256}}
    return {
        "figures": [
            {"outcome": one.outcome.value, "said": _texts(one.said), "source": one.source}
            for one in result
        ]
    }
