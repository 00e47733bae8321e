"""This file knows how an intervention or a text of the evidence is told on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.evidence.collected import EvidenceCollection
    from forestall.evidence.reviews import ReviewFinding
    from forestall.evidence.studies import StudyEffect


def tell_intervention(key: str, known: EvidenceCollection) -> None:
    """Print what is known of an intervention, harm first.

    Raises
    ------
    UnknownIntervention
        If there is no such key; the nearest are named.
    """
    from forestall.evidence.averaged import average_of, first_in_numbers
    from forestall.evidence.bodies import bodies_of
    from forestall.evidence.body_certainty import certainty_of_body
    from forestall.evidence.candidates import (
        text_in_words,
    )
    from forestall.evidence.interventions import intervention_named
    from forestall.languages import LineStart, say

    measure = intervention_named(key)
    bodies = [one for one in bodies_of(known.evidence, key) if not one.is_empty]
    print(LineStart(measure.name))
    for harmful in [one for body in bodies for one in body.harmful]:
        print(say("IT DID HARM: {text}", text=text_in_words(harmful)))
    if measure.is_law_enforcement:
        print(say("Law enforcement: kept for comparison, never suggested (2002/13, paragraph 3)."))
    print(measure.what)
    for body in bodies:
        certainty = certainty_of_body(body)
        if body.lead is None or certainty is None:
            continue
        print()
        print(LineStart(body.outcome.words))
        print(f"  {certainty.in_words()}")
        average = average_of(body.effects)
        if average is not None:
            print(f"  {first_in_numbers(average)}")
        for text in body.findings:
            print(f"  - {text_in_words(text)} [{text.key}]")
        _tell_evaluations(body.effects)
    for limit in measure.limits:
        print(f"! {limit}")
    print()
    print(say("Write its page with: forestall evidence show {key} -o FOLDER", key=key))


def _tell_evaluations(effects: Sequence[StudyEffect]) -> None:
    """Print what cities found themselves: this one, and others that gave it."""
    from forestall.evidence.candidates import elsewhere_in_words, local_in_words
    from forestall.evidence.sources.elsewhere import is_of_elsewhere

    for effect in effects:
        if effect.is_local:
            print(f"  - {local_in_words(effect)}")
        elif is_of_elsewhere(effect):
            print(f"  - {elsewhere_in_words(effect)}")


def tell_text(text: ReviewFinding) -> None:
    """Print one text with its figure as printed, direction, quotation and address."""
    from forestall.evidence.candidates import text_in_words
    from forestall.languages import say

    print(text.source.title or text.name)
    print(text_in_words(text))
    print(say("What the sign means: {direction}", direction=text.direction))
    print(say("Quotation: “{quotation}”", quotation=text.source.quotation))
    print(say("Our reading rests on: {words}", words=text.reading.because))
    print(text.source.address)
