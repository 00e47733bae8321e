"""This file knows which rows of the register of unintended effects the counts themselves fill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.diagnosis import Unanswered
from forestall.evaluation.at_variance import headline
from forestall.evaluation.effects_register import Found, Looked, NotFound, unintended_effects
from forestall.evaluation.effects_to_look_for import TO_LOOK_FOR, Direction, UnintendedEffect
from forestall.languages import Listing, message
from forestall.results import Certainty
from forestall.surveys import Topic

if TYPE_CHECKING:
    import pandas as pd

    from forestall.evaluation.effects_register import UnintendedEffects
    from forestall.evaluation.harm import HarmComparison
    from forestall.evaluation.programmes.found import OutcomeFindings
    from forestall.evaluation.specification import EvaluationSpec
    from forestall.evaluation.survey_comparison import SurveyComparison

_SURE = (Certainty.CLEAR, Certainty.PROBABLE)


def register_of(
    spec: EvaluationSpec,
    primary: OutcomeFindings,
    harm: HarmComparison | Unanswered,
    survey: SurveyComparison | Unanswered,
) -> UnintendedEffects:
    """Return the register; what a specification says goes before what the counts say."""
    counted: dict[UnintendedEffect, Looked] = {}
    counted |= _nearby(primary)
    counted |= _other_kinds(primary)
    counted |= _seriousness(harm)
    counted |= _asked(survey)
    return unintended_effects({**counted, **spec.findings}, others=spec.other_findings)


def _nearby(primary: OutcomeFindings) -> dict[UnintendedEffect, Looked]:
    found = primary.displacement
    if isinstance(found, Unanswered):
        return {}
    told = headline(found.net.around).estimate
    sure = told.certainty in _SURE
    moved = sure and told.effect.number > 0
    spread = sure and told.effect.number < 0
    return {
        UnintendedEffect.MOVED_NEARBY: Found(what=_MORE_AROUND, how=_RINGS, estimate=told)
        if moved
        else NotFound(how=_RINGS, estimate=told),
        UnintendedEffect.BENEFIT_NEARBY: Found(what=_FEWER_AROUND, how=_RINGS, estimate=told)
        if spread
        else NotFound(how=_RINGS, estimate=told),
    }


def _other_kinds(primary: OutcomeFindings) -> dict[UnintendedEffect, Looked]:
    found = primary.by_kind.get("offence")
    if found is None or isinstance(found, Unanswered):
        return {}
    return {UnintendedEffect.MOVED_TO_OTHER_KINDS: look_at_kinds(found.table)}


def look_at_kinds(table: pd.DataFrame) -> Looked:
    """Say which kinds rose beyond chance, of some rows of `DisplacementByKind.table`."""
    others = table[~table["aimed_at"].astype(bool) & (table["p_holm"] <= 0.05)]
    more = list(dict.fromkeys(others.loc[others["ratio"] > 1, "kind"]))
    if more:
        what = message("More than expected, as if moved: {more}.", more=Listing(more))
        return Found(what=what, how=_KINDS)
    return NotFound(how=_KINDS)


def _seriousness(harm: HarmComparison | Unanswered) -> dict[UnintendedEffect, Looked]:
    if isinstance(harm, Unanswered):
        return {}
    told = harm.difference
    if told.certainty in _SURE and told.effect.number > 0:
        return {UnintendedEffect.SERIOUSNESS: Found(what=_MORE_HARM, how=_WEIGHTS, estimate=told)}
    return {UnintendedEffect.SERIOUSNESS: NotFound(how=_WEIGHTS, estimate=told)}


def _asked(survey: SurveyComparison | Unanswered) -> dict[UnintendedEffect, Looked]:
    """Fill the rows that a survey asked about; several items of a topic are told together."""
    if isinstance(survey, Unanswered):
        return {}
    found: dict[UnintendedEffect, Looked] = {}
    turned = dict(zip(survey.table["item"], survey.table["turned"], strict=True))
    for item in survey.items:
        effect = _OF_TOPIC.get(item.topic)
        if effect is None or isinstance(found.get(effect), Found):
            continue
        told = survey.effects[item.name]
        either = TO_LOOK_FOR[effect].direction is Direction.EITHER
        if told.certainty in _SURE and (either or turned[item.name] == "worse"):
            found[effect] = Found(what=survey.reading(item.name), how=_SURVEY, estimate=told)
        else:
            found[effect] = NotFound(how=_SURVEY, estimate=told)
    return found


_OF_TOPIC = {
    Topic.FEAR: UnintendedEffect.FEAR,
    Topic.TRUST: UnintendedEffect.TRUST,
    Topic.STIGMA: UnintendedEffect.STIGMA_OF_PLACES,
}
_SURVEY = message("Survey of residents before and after, with the same questions.")
_RINGS = message("Counts in rings around the treated places, against rings of the comparison.")
_KINDS = message("Counts of every recorded kind in the treated places and around them.")
_WEIGHTS = message("Counts weighted by harm, treated against comparison places.")
_MORE_AROUND = message("More incidents were recorded around the places than expected.")
_FEWER_AROUND = message("Fewer incidents were recorded around the places than expected.")
_MORE_HARM = message("More harm was recorded in the treated places than expected.")
