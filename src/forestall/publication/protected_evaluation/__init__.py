"""This folder knows every table of an evaluation that leaves, and which estimates may be told.

Counts are protected together with all that adds up to them; what was estimated is told only where
the counts behind it are shown. At the end everything is searched for what follows from it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from forestall.errors import UnsafeToPublish
from forestall.publication.protected_evaluation.counts import protect_counts, protect_outcomes
from forestall.publication.protected_evaluation.kinds import protect_harm, protect_kinds
from forestall.publication.protected_evaluation.links import what_follows
from forestall.publication.protected_evaluation.offences import links_of_offences
from forestall.publication.protected_evaluation.series import protect_series
from forestall.publication.protected_evaluation.told import ToldEvaluation, told_in

if TYPE_CHECKING:
    from forestall.disclosure import DisclosureRule, SafeTable
    from forestall.evaluation.programmes.found import ProgrammeEvaluation


@dataclass(frozen=True, eq=False, kw_only=True)
class ProtectedEvaluation:
    """The tables of an evaluation as they may be published; None where there is nothing to show.

    Attributes
    ----------
    counts
        ``where`` (treated, comparison, rings) by ``when``, with the effects.
    outcomes
        All outcomes with their four counts.
    months, months_joined
        The series of the treated places, and the months that one row joins.
    kinds, weekdays, times
        Each kind, weekday and time of day before and after.
    harm
        The kinds that harm was weighed from.
    """

    rule: DisclosureRule
    counts: SafeTable
    outcomes: SafeTable | None
    months: SafeTable | None
    months_joined: int
    kinds: SafeTable | None
    weekdays: SafeTable | None
    times: SafeTable | None
    harm: SafeTable | None

    @property
    def tables(self) -> dict[str, SafeTable]:
        """Return every table by the name of its file."""
        named = {name: getattr(self, field) for field, name in _FILES.items()}
        return {name: table for name, table in named.items() if table is not None}


_FILES = {
    "counts": "evaluated_counts",
    "outcomes": "evaluated_outcomes",
    "months": "treated_months",
    "kinds": "moved_kinds",
    "weekdays": "moved_weekdays",
    "times": "moved_times",
    "harm": "harm_kinds",
}
# What is given up first, should anything hidden follow from all tables together.
_GIVEN_UP = ("times", "weekdays", "harm", "kinds", "outcomes", "months")


def protect_evaluation(
    evaluation: ProgrammeEvaluation, *, rule: DisclosureRule
) -> ProtectedEvaluation:
    """Protect every table of an evaluation.

    Raises
    ------
    UnsafeToPublish
        If the counts that the evaluation rests on cannot be protected.

    Examples
    --------
    >>> from forestall.disclosure import rule_named
    >>> from forestall.publication.evaluation_example import example_evaluation
    >>> safe = protect_evaluation(example_evaluation(), rule=rule_named("threshold-5"))
    >>> safe.counts.cell_text("treated", "before"), safe.kinds.cell_text("Arson", "treated after")
    ('240', '<5')
    """
    found = evaluation.primary
    months, joined = protect_series(found, rule=rule)
    kinds = protect_kinds(found, "offence", rule=rule)
    safe = ProtectedEvaluation(
        rule=rule,
        counts=protect_counts(found, rule=rule),
        outcomes=protect_outcomes(evaluation.outcomes, rule=rule),
        months=months,
        months_joined=joined,
        kinds=kinds,
        weekdays=protect_kinds(found, "weekday", rule=rule),
        times=protect_kinds(found, "time_of_day", rule=rule),
        harm=protect_harm(evaluation.harm, evaluation.harm_cells, kinds, rule=rule),
    )
    # One table alone may be enough; only then all up to one.
    alone = [{name: None} for name in _GIVEN_UP]
    together = [dict.fromkeys(_GIVEN_UP[:some]) for some in range(2, len(_GIVEN_UP) + 1)]
    given_up: dict[str, Any]
    for given_up in ({}, *alone, *together):
        kept = replace(safe, **given_up)
        links = links_of_offences(kept.tables, evaluation)
        if not what_follows(kept.tables, found, step=safe.months_joined, more=links):
            return kept
    raise UnsafeToPublish(
        "The counts of this evaluation tell a hidden number; join places, rings or times."
    )


__all__ = ["ProtectedEvaluation", "ToldEvaluation", "protect_evaluation", "told_in"]
