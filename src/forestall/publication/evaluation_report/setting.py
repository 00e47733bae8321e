"""This file knows what every section of the report of an evaluation needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from forestall.diagnosis import Unanswered
from forestall.languages import Period, message
from forestall.publication.drawing.intervals import choose_reach

if TYPE_CHECKING:
    from datetime import date

    from forestall.evaluation import BeforeAfterComparison, Displacement
    from forestall.evaluation.programmes.found import OutcomeFindings, ProgrammeEvaluation
    from forestall.evaluation.specification import EvaluationSpec
    from forestall.languages import Text
    from forestall.publication.protected_evaluation import ProtectedEvaluation, ToldEvaluation


@dataclass(frozen=True, eq=False, kw_only=True)
class EvaluationSetting:
    """One evaluation on its way to the page.

    Attributes
    ----------
    told
        Its protected tables, and what may be told; every number comes from here or was asked for
        here.
    made_on
        The day the report is made.
    command
        The command line that repeats it.
    """

    told: ToldEvaluation
    made_on: date
    command: str

    @property
    def evaluation(self) -> ProgrammeEvaluation:
        """Return the evaluation."""
        return self.told.evaluation

    @property
    def spec(self) -> EvaluationSpec:
        """Return what was said before any count."""
        return self.evaluation.spec

    @property
    def primary(self) -> OutcomeFindings:
        """Return what was found of the outcome that decides."""
        return self.evaluation.primary

    @property
    def safe(self) -> ProtectedEvaluation:
        """Return the protected tables."""
        return self.told.safe

    @property
    def outcome(self) -> str:
        """Return the name of the outcome that decides."""
        return self.primary.outcome.name

    @property
    def before(self) -> Period:
        """Return the time before."""
        span = self.spec.times.before
        return Period(span.first, span.last)

    @property
    def after(self) -> Period:
        """Return the time after."""
        span = self.spec.times.after
        return Period(span.first, span.last)

    @property
    def comparison(self) -> BeforeAfterComparison | None:
        """Return the comparison that decides; None where there is none, or it may not be told."""
        found = self.primary.comparison
        if isinstance(found, Unanswered) or not self.told.may_tell("comparison"):
            return None
        return found

    @property
    def displacement(self) -> Displacement | None:
        """Return what was found around the places; None where there is no answer."""
        found = self.primary.displacement
        return None if isinstance(found, Unanswered) else found

    def why_not(self, answer: object) -> Text:
        """Return why something is not told: there is no answer, or its counts are hidden."""
        return answer.reason if isinstance(answer, Unanswered) else self.told.why(answer)

    @cached_property
    def reach(self) -> float:
        """Return the end of the scale that all bars of the report share."""
        frame = self.safe.counts.frame
        limits = [
            float(value) - 1
            for name in ("low", "high")
            for value in frame[name].dropna().astype(float)
        ]
        return choose_reach(limits)

    @property
    def source(self) -> Text:
        """Return who recorded what is compared."""
        return self.source_since(self.spec.times.before.first)

    def source_since(self, first: date) -> Text:
        """Return who recorded what is counted from a day to the end of the time after."""
        days = Period(first, self.spec.times.after.last)
        publisher = self.evaluation.manifest.publisher
        if not publisher:
            return message("Recorded incidents, {days}.", days=days)
        return message(
            "Incidents as {publisher} published them, {days}.", publisher=publisher, days=days
        )
