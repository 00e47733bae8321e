"""This file knows which rows of the register of unintended effects the counts themselves fill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.diagnosis import Unanswered
from forestall.evaluation.at_variance import headline
from forestall.evaluation.effects_register import Found, Looked, NotFound, unintended_effects
from forestall.evaluation.effects_to_look_for import UnintendedEffect
from forestall.languages import message
from forestall.results import Certainty

if TYPE_CHECKING:
    from forestall.evaluation.effects_register import UnintendedEffects
    from forestall.evaluation.harm import HarmComparison
    from forestall.evaluation.programmes.found import OutcomeFindings
    from forestall.evaluation.specification import EvaluationSpec

_SURE = (Certainty.CLEAR, Certainty.PROBABLE)


def register_of(
    spec: EvaluationSpec, primary: OutcomeFindings, harm: HarmComparison | Unanswered
) -> UnintendedEffects:
    """Return the register; what a specification says goes before what the counts say."""
    counted: dict[UnintendedEffect, Looked] = {}
    counted |= _nearby(primary)
    counted |= _other_kinds(primary)
    counted |= _seriousness(harm)
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
    others = found.table[~found.table["aimed_at"] & (found.table["p_holm"] <= 0.05)]
    if (others["ratio"] > 1).any():
        return {UnintendedEffect.MOVED_TO_OTHER_KINDS: Found(what=found.summary(), how=_KINDS)}
    return {UnintendedEffect.MOVED_TO_OTHER_KINDS: NotFound(how=_KINDS)}


def _seriousness(harm: HarmComparison | Unanswered) -> dict[UnintendedEffect, Looked]:
    if isinstance(harm, Unanswered):
        return {}
    told = harm.difference
    if told.certainty in _SURE and told.effect.number > 0:
        return {UnintendedEffect.SERIOUSNESS: Found(what=_MORE_HARM, how=_WEIGHTS, estimate=told)}
    return {UnintendedEffect.SERIOUSNESS: NotFound(how=_WEIGHTS, estimate=told)}


_RINGS = message("Counts in rings around the treated places, against rings of the comparison.")
_KINDS = message("Counts of every recorded kind in the treated places and around them.")
_WEIGHTS = message("Counts weighted by harm, treated against comparison places.")
_MORE_AROUND = message("More incidents were recorded around the places than expected.")
_FEWER_AROUND = message("Fewer incidents were recorded around the places than expected.")
_MORE_HARM = message("More harm was recorded in the treated places than expected.")
