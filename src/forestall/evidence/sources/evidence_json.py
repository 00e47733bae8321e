"""This file knows evidence as plain values for JSON, and the schema that they keep to."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forestall.evidence.library import Evidence
    from forestall.evidence.metrics import EffectSize
    from forestall.evidence.reviews import Reading, ReviewFinding
    from forestall.evidence.sources.references import Reference
    from forestall.evidence.studies import IncidentCounts, PeopleCounts, Source, StudyEffect

_KIND, _FORMAT, _SCHEMA = "forestall-evidence", 1, "urn:forestall:evidence:1"


def evidence_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``evidence.json``.

    Examples
    --------
    >>> evidence_schema()["properties"]["kind"]
    {'const': 'forestall-evidence'}
    """
    text = files("forestall.evidence.sources").joinpath("evidence.schema.json")
    schema: dict[str, Any] = json.loads(text.read_text("utf-8"))
    return schema


def evidence_record(evidence: Evidence, references: Iterable[Reference]) -> dict[str, Any]:
    """Return evidence and references as plain values.

    Examples
    --------
    >>> from forestall.evidence.library import packaged_evidence
    >>> record = evidence_record(packaged_evidence(), ())
    >>> record["effects"][0]["counts"]
    {'treated_events': 10, 'treated': 29, 'compared_events': 23, 'compared': 52}
    """
    return {
        "kind": _KIND,
        "format": _FORMAT,
        "$schema": _SCHEMA,
        "reviews": [_review(one) for one in evidence.reviews],
        "effects": [_effect(one) for one in evidence.effects],
        "references": [_reference(one) for one in references],
    }


def _size(effect: EffectSize | None) -> dict[str, Any] | None:
    if effect is None:
        return None
    return {
        "metric": effect.metric.value,
        "value": effect.published,
        "on_scale": effect.number,
    }


def _source(source: Source) -> dict[str, Any]:
    return asdict(source)


def _review(one: ReviewFinding) -> dict[str, Any]:
    return {
        "key": one.key,
        "name": one.name,
        "text_type": one.text_type,
        "approaches": [approach.value for approach in one.approaches],
        "is_law_enforcement": one.is_law_enforcement,
        "effect": _size(one.effect),
        "interval": None if one.interval is None else [_size(limit) for limit in one.interval],
        "published_range": None
        if one.published_range is None
        else [_size(limit) for limit in one.published_range],
        "other": None if one.other is None else asdict(one.other),
        "direction": one.direction,
        "studies": one.studies,
        "effects": one.effects,
        "year": one.year,
        "source": _source(one.source),
        "second_quotation": one.second_quotation,
        "notes": {name: said for name, said in asdict(one.notes).items() if said},
        "reading": _reading(one.reading),
    }


def _reading(one: Reading) -> dict[str, Any]:
    return {
        "intervention": one.intervention,
        "kind": one.kind.value,
        "design": one.design.value,
        "is_restated": one.is_restated,
        "net": one.net.value,
        "favours": None if one.favours is None else one.favours.value,
        "finding": one.finding.value,
        "outcome": one.outcome.value,
        "problems": [word.value for word in one.problems],
        "settings": [word.value for word in one.settings],
        "populations": [word.value for word in one.populations],
        "side_effects": [
            {"outcome": outcome.value, "finding": finding.value}
            for outcome, finding in one.side_effects
        ],
        "concerns": [word.value for word in one.concerns],
        "because": one.because,
    }


def _effect(one: StudyEffect) -> dict[str, Any]:
    return {
        "key": one.key,
        "study": one.study,
        "year": one.year,
        "intervention": one.intervention,
        "outcome": one.outcome.value,
        "outcome_words": one.outcome_words,
        "design": one.design.value,
        "effect": _size(one.effect),
        "standard_error": one.standard_error,
        "favours": one.favours.value,
        "direction": one.direction,
        "source": _source(one.source),
        "problems": [word.value for word in one.problems],
        "settings": [word.value for word in one.settings],
        "populations": [word.value for word in one.populations],
        "population_words": one.population_words,
        "review": one.review,
        "counts": _counts(one.counts),
        "moderators": dict(one.moderators),
        "is_local": one.is_local,
        "is_law_enforcement": one.is_law_enforcement,
    }


def _counts(counts: PeopleCounts | IncidentCounts | None) -> dict[str, Any] | None:
    return None if counts is None else asdict(counts)


def _reference(one: Reference) -> dict[str, Any]:
    return {**asdict(one), "authors": list(one.authors), "kind": one.kind.value}
