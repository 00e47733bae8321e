"""This file knows which texts of the evidence are searched, under which words, in which language.

An intervention is found by its name and what it is in each language there is; what a text says is
found in the language of its note. Facets carry the values of the vocabulary.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.evidence.bodies import body_of
from forestall.evidence.body_certainty import certainty_of_body
from forestall.evidence.interventions import interventions
from forestall.evidence.search import EvidenceDocument
from forestall.evidence.vocabulary import Outcome
from forestall.languages import SOURCE_LANGUAGE, available_languages, use_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from forestall.evidence.collected import EvidenceCollection
    from forestall.evidence.interventions import Intervention
    from forestall.evidence.library import Evidence
    from forestall.evidence.practices import Practice
    from forestall.evidence.reviews import ReviewFinding
    from forestall.evidence.sources import Reference
    from forestall.evidence.studies import StudyEffect

Facets = dict[str, frozenset[str]]


def documents_of(collection: EvidenceCollection) -> tuple[EvidenceDocument, ...]:
    """Return all that can be found by words, each text in each language that it has.

    Examples
    --------
    >>> from forestall.evidence.collected import collect_evidence
    >>> from forestall.evidence.search import build_index
    >>> index = build_index(documents_of(collect_evidence()))
    >>> index.find("burglery in teraced houses", facets={"kind": "intervention"})[0].key
    'alley-gating'
    """
    evidence = collection.evidence
    found = [one for measure in interventions() for one in _of_measure(measure, evidence)]
    found += [_of_review(one) for one in evidence.reviews]
    found += [_of_study(one) for one in evidence.effects if one.is_local or not one.review]
    found += [one for practice in collection.practices for one in _of_practice(practice)]
    return (*found, *(_of_reference(one) for one in collection.references))


def _of_measure(measure: Intervention, evidence: Evidence) -> Iterable[EvidenceDocument]:
    facets = _facets_of_measure(measure, evidence)
    texts = evidence.reviews_of(measure.key)
    notes = " ".join(f"{one.name} {one.notes.problems} {one.notes.setting}" for one in texts)
    problems = dict.fromkeys(word for one in texts for word in one.reading.problems)
    settings = dict.fromkeys(word for one in texts for word in one.reading.settings)
    for tag in (SOURCE_LANGUAGE, *(one for one in available_languages() if one != SOURCE_LANGUAGE)):
        with use_language(tag):
            words = [
                *(str(one.words) for one in problems),
                *(str(one.words) for one in settings),
                *(str(one.words) for one in measure.mechanisms),
            ]
            yield EvidenceDocument(
                key=measure.key,
                kind="intervention",
                title=str(measure.name),
                text=" · ".join([str(measure.what), *words, notes if tag == "en" else ""]),
                language=tag,
                facets=facets,
            )


def _facets_of_measure(measure: Intervention, evidence: Evidence) -> Facets:
    texts = evidence.reviews_of(measure.key)
    judged = certainty_of_body(body_of(evidence, measure.key, Outcome.CRIME))
    return {
        "problem": frozenset(word.value for one in texts for word in one.reading.problems),
        "setting": frozenset(word.value for one in texts for word in one.reading.settings),
        "level": frozenset(word.value for one in texts for word in one.reading.levels),
        "group": frozenset(word.value for one in texts for word in one.reading.populations),
        "outcome": frozenset(one.reading.outcome.value for one in texts),
        "approach": frozenset(one.value for one in measure.approaches),
        "certainty": frozenset()
        if judged is None
        else frozenset({judged.level.name.lower().replace("_", "-")}),
        "scope": frozenset({_scope(is_law_enforcement=measure.is_law_enforcement)}),
    }


def _of_review(one: ReviewFinding) -> EvidenceDocument:
    read, notes = one.reading, one.notes
    said = (
        one.name,
        notes.problems,
        notes.setting,
        notes.mechanism,
        notes.moderators,
        notes.implementation,
        notes.economics,
        notes.unintended,
        one.direction,
        one.source.quotation,
        one.second_quotation,
        one.source.authors,
    )
    return EvidenceDocument(
        key=one.key,
        kind="review",
        title=one.source.title or one.name,
        text=" · ".join(part for part in said if part),
        facets={
            "problem": frozenset(word.value for word in read.problems),
            "setting": frozenset(word.value for word in read.settings),
            "level": frozenset(word.value for word in read.levels),
            "group": frozenset(word.value for word in read.populations),
            "outcome": frozenset({read.outcome.value}),
            "approach": frozenset(word.value for word in one.approaches),
            "scope": frozenset({_scope(is_law_enforcement=one.is_law_enforcement)}),
        },
    )


def _of_study(one: StudyEffect) -> EvidenceDocument:
    return EvidenceDocument(
        key=one.key,
        kind="local evaluation" if one.is_local else "study",
        title=one.study,
        text=" · ".join((one.intervention, one.outcome_words, one.population_words, one.direction)),
        facets={
            "problem": frozenset(word.value for word in one.problems),
            "setting": frozenset(word.value for word in one.settings),
            "group": frozenset(word.value for word in one.populations),
            "outcome": frozenset({one.outcome.value}),
            "scope": frozenset({_scope(is_law_enforcement=one.is_law_enforcement)}),
        },
    )


def _of_practice(one: Practice) -> Iterable[EvidenceDocument]:
    facets: Mapping[str, frozenset[str]] = {
        "problem": frozenset(word.value for word in one.problems),
        "setting": frozenset(word.value for word in one.settings),
        "group": frozenset(word.value for word in one.populations),
        "approach": frozenset(word.value for word in one.approaches),
        "scope": frozenset({_scope(is_law_enforcement=one.is_law_enforcement)}),
    }
    for tag in one.languages:
        yield EvidenceDocument(
            key=f"practice {one.place.name} {one.title.in_language(one.languages[0])}",
            kind="practice",
            title=one.title.in_language(tag),
            text=f"{one.done.in_language(tag)} · {one.place.name}",
            language=tag,
            facets=facets,
        )


def _of_reference(one: Reference) -> EvidenceDocument:
    return EvidenceDocument(
        key=one.key,
        kind="reference",
        title=one.title,
        text=" · ".join((*one.authors, one.abstract)),
    )


def _scope(*, is_law_enforcement: bool) -> str:
    return "law enforcement" if is_law_enforcement else "prevention"
