"""This file knows what the pages of the evidence are built from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from forestall.errors import CannotSynthesise
from forestall.evidence.bodies import BodyOfEvidence, bodies_of
from forestall.evidence.interventions import Role
from forestall.evidence.synthesis import EffectSynthesis, synthesise_effects
from forestall.evidence.vocabulary import Outcome

if TYPE_CHECKING:
    from datetime import date

    from forestall.evidence.interventions import Intervention
    from forestall.evidence.library import Evidence
    from forestall.evidence.reviews import ReviewFinding


@dataclass(frozen=True, eq=False, kw_only=True)
class InterventionSetting:
    """One intervention, all that is known of it, and the command that makes its page."""

    intervention: Intervention
    evidence: Evidence
    made_on: date
    command: str

    @cached_property
    def bodies(self) -> tuple[BodyOfEvidence, ...]:
        """Return what is known, outcome by outcome; what nobody measured is left out."""
        found = bodies_of(self.evidence, self.intervention.key)
        return tuple(one for one in found if not one.is_empty)

    @cached_property
    def unmeasured(self) -> tuple[Outcome, ...]:
        """Return the outcomes that nobody measured."""
        known = {one.outcome for one in self.bodies}
        if any(one.notes.economics for one in self.texts):
            known.add(Outcome.COST)
        return tuple(one for one in Outcome if one not in known and one is not Outcome.OTHER)

    @cached_property
    def texts(self) -> tuple[ReviewFinding, ...]:
        """Return all texts, in the order of outcomes and then of strength."""
        found = [one for body in self.bodies for one in body.findings]
        named = {one.key: one for one in found}
        more = self.evidence.reviews_of(self.intervention.key)
        return tuple({**named, **{one.key: one for one in more}}.values())

    @property
    def did_harm(self) -> bool:
        """Say whether the strongest text on an outcome found it worse with the measure."""
        return any(one.lead is not None and one.lead.is_harmful for one in self.bodies)

    @property
    def can_be_tried(self) -> bool:
        """Say whether a city may think of it: a measure, no law enforcement, without known harm."""
        measure = self.intervention
        is_measure = measure.role is Role.MEASURE and not measure.is_law_enforcement
        return is_measure and not self.did_harm

    @cached_property
    def synthesis(self) -> EffectSynthesis | None:
        """Return the synthesis of the effects on crime; None where they cannot be averaged."""
        effects = [one for body in self.bodies[:1] for one in body.effects]
        if len({one.study for one in effects}) < _FEWEST:
            return None
        try:
            return synthesise_effects(effects)
        except CannotSynthesise:
            return None


_FEWEST = 2
