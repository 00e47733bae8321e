"""This file knows how the ground of an action is told: what is known elsewhere, and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.errors import UnknownIntervention
from forestall.languages import LineStart, message
from forestall.plan.vocabulary import Basis
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Fact,
    Facts,
    Heading,
    Item,
    Items,
    Link,
    Paragraph,
)

if TYPE_CHECKING:
    from forestall.evidence.interventions import Intervention
    from forestall.languages import Text
    from forestall.plan.actions import Ground
    from forestall.publication.blocks import Block
    from forestall.publication.plan_pages.setting import PlanSetting


def ground_blocks(ground: Ground, setting: PlanSetting) -> list[Block]:
    """Return what the plan says of its evidence, and what the packaged evidence says."""
    facts = [Fact(message("In short"), LineStart(ground.basis.words))]
    if setting.text(ground.said):
        facts.append(Fact(message("What was found"), setting.text(ground.said)))
    if ground.source:
        facts.append(Fact(message("Where it can be read"), _plain(ground.source, setting)))
    evaluation = setting.text(ground.evaluation)
    missing = _PLAN_IT if ground.basis is Basis.UNTESTED else message("Not told yet.")
    facts.append(Fact(message("How it will be evaluated"), evaluation or missing))
    blocks: list[Block] = [Heading(message("Evidence")), Facts(tuple(facts))]
    if ground.intervention:
        blocks += _packaged(ground.intervention)
    return blocks


def _plain(words: str, setting: PlanSetting) -> Text:
    """Return words that have no language, such as an address, without hidden marks."""
    return str(setting.text({setting.plan.languages[0]: words}))


def _packaged(key: str) -> list[Block]:
    from forestall.evidence.interventions import intervention_named

    try:
        measure = intervention_named(key)
    except UnknownIntervention:
        return [Paragraph((message("The evidence has no intervention called “{key}”.", key=key),))]
    return _told(measure)


def _told(measure: Intervention) -> list[Block]:
    from forestall.evidence.bodies import bodies_of
    from forestall.evidence.body_certainty import certainty_of_body
    from forestall.evidence.candidates import text_in_words
    from forestall.evidence.library import packaged_evidence

    blocks: list[Block] = [
        Paragraph((message("The collected evidence on {measure}:", measure=measure.name),))
    ]
    bodies = [one for one in bodies_of(packaged_evidence(), measure.key) if one.lead is not None]
    harmful = [text for body in bodies for text in body.harmful]
    if harmful:
        blocks.append(
            Box(
                kind=BoxKind.CARE,
                title=message("A text found it worse with the measure than without"),
                items=tuple(Item(text_in_words(one)) for one in harmful),
            )
        )
    for body in bodies[:_MOST]:
        assert body.lead is not None
        certainty = certainty_of_body(body)
        told = [Item(text_in_words(body.lead))]
        if certainty is not None:
            told.append(Item(certainty.in_words()))
        blocks.append(Items(tuple(told)))
        source = message("Source: {key}", key=body.lead.key)
        blocks.append(Paragraph((Link(source, body.lead.source.address),)))
    if not bodies:
        blocks.append(Paragraph((message("No text in this collection measured an effect."),)))
    return blocks


_MOST = 2
_PLAN_IT = message("Not told yet; what is untested needs an evaluation (2002/13 ¶11, 23).")
