"""This file knows the first answers of a page: what it is, whether it works, how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.errors import CannotSynthesise
from forestall.evidence.body_certainty import certainty_of_body
from forestall.evidence.candidates import text_in_words
from forestall.evidence.interventions import Role
from forestall.evidence.synthesis import in_natural_terms
from forestall.evidence.vocabulary import Finding as Found
from forestall.languages import Listing, Sentences, message, plural_message
from forestall.publication.blocks import Box, BoxKind, Finding, Findings, Item, Section

if TYPE_CHECKING:
    from forestall.evidence.bodies import BodyOfEvidence
    from forestall.evidence.synthesis import EffectSynthesis
    from forestall.languages import Message
    from forestall.publication.blocks import Block
    from forestall.publication.evidence_pages.setting import InterventionSetting


def brief_section(setting: InterventionSetting) -> Section:
    """Build the summary; harm and law enforcement stand before everything else."""
    return Section(
        id="brief",
        heading=message("In brief"),
        blocks=(
            *_warnings(setting),
            Findings(tuple(_findings(setting))),
            Box(kind=BoxKind.CANNOT, title=_CANNOT, items=tuple(map(Item, _limits(setting)))),
        ),
    )


def _warnings(setting: InterventionSetting) -> list[Block]:
    found: list[Block] = []
    harmful = [text for body in setting.bodies for text in body.harmful]
    measure = setting.intervention
    if harmful:
        found.append(
            Box(
                kind=BoxKind.CARE,
                title=_HARM,
                sentences=tuple(text_in_words(one) for one in harmful),
            )
        )
    if measure.is_law_enforcement:
        found.append(Box(kind=BoxKind.CARE, title=_OUTSIDE, sentences=(_COMPARISON,)))
    elif measure.role is not Role.MEASURE:
        found.append(Box(kind=BoxKind.CARE, title=_NO_MEASURE, sentences=(measure.role.words,)))
    return found


def _findings(setting: InterventionSetting) -> list[Finding]:
    found = [Finding(bold=setting.intervention.what)]
    if setting.synthesis is not None:
        found.append(_in_numbers(setting.synthesis))
    found += [_of_body(one) for one in setting.bodies if one.lead is not None]
    return found


def _in_numbers(synthesis: EffectSynthesis) -> Finding:
    """Return the average in numbers of people or incidents; without them, as it is."""
    try:
        said = in_natural_terms(synthesis).words.parts
    except CannotSynthesise:
        return Finding(bold=synthesis.summary())
    return Finding(bold=said[0], then=Sentences(said[1:]))


def _of_body(body: BodyOfEvidence) -> Finding:
    assert body.lead is not None
    certainty = certainty_of_body(body)
    assert certainty is not None
    return Finding(
        bold=_SAYS[body.finding].filled(outcome=body.outcome.words),
        then=Sentences((text_in_words(body.lead), certainty.in_words())),
    )


def _limits(setting: InterventionSetting) -> list[Message]:
    found = list(setting.intervention.limits)
    if setting.unmeasured:
        found.append(
            message(
                "No text says what it does to: {outcomes}.",
                outcomes=Listing(tuple(one.words for one in setting.unmeasured)),
            )
        )
    restated = sum(one.reading.is_restated for one in setting.texts)
    if restated:
        found.append(
            plural_message(
                "{count} text of {total} restates another that was not seen.",
                "{count} texts of {total} restate others that were not seen.",
                restated,
                total=len(setting.texts),
            )
        )
    return [*found, _ELSEWHERE]


_CANNOT = message("What cannot be said")
_HARM = message("It did harm")
_OUTSIDE = message("This is law enforcement, which the Guidelines leave out (2002/13, paragraph 3)")
_COMPARISON = message("Its studies are kept for comparison. It is never suggested here.")
_NO_MEASURE = message("This is no measure that a city could take")
_ELSEWHERE = message("Whether it would work here: it was measured elsewhere.")
_SAYS = {
    Found.DESIRABLE: message("On {outcome}: found better with it than without."),
    Found.HARMFUL: message("On {outcome}: found worse with it than without."),
    Found.NO_CLEAR_DIFFERENCE: message("On {outcome}: no clear difference was found."),
    Found.MIXED: message("On {outcome}: results differ."),
    Found.UNKNOWN: message("On {outcome}: the effect is not known."),
}
