"""This file knows which estimators a design admits, each with why, or the one reason why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.evaluation.design_facts import Arrival
from forestall.evaluation.place_choice import PlaceChoice
from forestall.evaluation.schemes import (
    LEAST_MONTHS_AFTER_SERIES,
    LEAST_MONTHS_BEFORE_SERIES,
    Design,
)
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Callable

    from forestall.evaluation.design_facts import DesignFacts
    from forestall.languages import Message

# Fewer cannot give a p-value of 5 % by lot; six units in two steps have 20 orders.
LEAST_CHOICES, LEAST_UNITS_OF_WEDGE = 20, 6
LEAST_LEADS = 3
LEAST_DONORS, LEAST_TO_WEIGH = 5, 8
LEAST_PERIODS_TO_FIT, LEAST_PERIODS_TO_WEIGH = 10, 6
# Placebo areas as large as the treated one are drawn from these, and matched from the others.
LEAST_TO_MATCH_FROM, LEAST_TIMES_TO_MATCH_FROM = 20, 3


@dataclass(frozen=True, kw_only=True)
class Rule:
    """When one estimator can be used.

    Attributes
    ----------
    estimator
        The public function.
    why
        Why it can be used where nothing stands against it.
    objection
        Returns the first reason against it, or None.
    power
        The design whose formula says which fall it finds; None where there is none.
    if_chosen_for_many
        What it needs where places were chosen for many recent incidents, instead of the reason.
    """

    estimator: str
    why: Message
    objection: Callable[[DesignFacts], Message | None]
    power: Design | None = None
    if_chosen_for_many: Message | None = None

    def reason(self, facts: DesignFacts) -> Message:
        """Return why it can be used."""
        if facts.chosen is PlaceChoice.RECENT_COUNTS and self.if_chosen_for_many is not None:
            return self.if_chosen_for_many
        return self.why


def rules() -> tuple[Rule, ...]:
    """Return the rules, from the strongest claim to the weakest."""
    return _RULES


def _against_trial(facts: DesignFacts) -> Message | None:
    if facts.chosen is not PlaceChoice.RANDOM:
        return _NOT_BY_LOT
    if facts.arrival is Arrival.STAGGERED:
        return None if facts.units >= LEAST_UNITS_OF_WEDGE else _FEW_TO_ORDER
    return _against_choices(facts)


def _against_permutation(facts: DesignFacts) -> Message | None:
    return _against_staggered(facts) or _against_no_before(facts) or _against_choices(facts)


def _against_choices(facts: DesignFacts) -> Message | None:
    if not facts.has_comparison:
        return _NO_COMPARISON
    if facts.choices < LEAST_CHOICES:
        return message(_TOO_FEW_CHOICES, least=LEAST_CHOICES, found=facts.choices)
    return None


def _against_staggered_adoption(facts: DesignFacts) -> Message | None:
    if facts.arrival is Arrival.ENDED:
        return _ENDED
    if facts.arrival is Arrival.ONE_DATE:
        return _ONE_DATE
    if facts.treated_units < 2 or facts.units < 4:
        return _FEW_UNITS
    return _against_no_before(facts)


def _against_panel(facts: DesignFacts) -> Message | None:
    if not facts.has_comparison:
        return _NO_COMPARISON
    if facts.arrival is Arrival.STAGGERED:
        return _FORBIDDEN_COMPARISONS
    if facts.treated_units < 2 or facts.comparison_units < 2:
        return _FEW_UNITS
    return _against_no_before(facts)


def _against_event_study(facts: DesignFacts) -> Message | None:
    if facts.arrival is Arrival.ENDED:
        return _ENDED
    if not facts.has_comparison and facts.arrival is Arrival.ONE_DATE:
        return _NO_COMPARISON
    if facts.treated_units < 2 or facts.units < 4:
        return _FEW_UNITS
    return _against_short(facts, LEAST_LEADS)


def _against_synthetic_difference(facts: DesignFacts) -> Message | None:
    return (
        _against_absorbing_on_one_date(facts)
        or _against_few_donors(facts, max(LEAST_TO_WEIGH, facts.treated_places + 1))
        or _against_short(facts, LEAST_PERIODS_TO_WEIGH)
    )


def _against_synthetic_control(facts: DesignFacts) -> Message | None:
    if facts.treated_places > 1:
        return message(_SEVERAL_TREATED, found=facts.treated_places)
    return (
        _against_absorbing_on_one_date(facts)
        or _against_few_donors(facts, LEAST_DONORS)
        or _against_short(facts, LEAST_PERIODS_TO_FIT)
    )


def _against_matching(facts: DesignFacts) -> Message | None:
    least = max(LEAST_TO_MATCH_FROM, LEAST_TIMES_TO_MATCH_FROM * facts.treated_places)
    if not facts.has_comparison:
        return _NO_COMPARISON
    if facts.comparison_places < least:
        return message(_FEW_TO_MATCH, least=least, found=facts.comparison_places)
    return _against_absorbing_on_one_date(facts) or _against_short(facts, LEAST_PERIODS_TO_WEIGH)


def _against_displacement(facts: DesignFacts) -> Message | None:
    if not facts.rings:
        return _NO_RINGS
    return _against_four_cells(facts)


def _against_four_cells(facts: DesignFacts) -> Message | None:
    if not facts.has_comparison:
        return _NO_COMPARISON
    return _against_staggered(facts) or _against_no_before(facts)


def _against_series(facts: DesignFacts) -> Message | None:
    if not facts.is_monthly:
        return _NOT_MONTHLY
    short = (
        facts.periods_before < LEAST_MONTHS_BEFORE_SERIES
        or facts.periods_after < LEAST_MONTHS_AFTER_SERIES
    )
    if not short:
        return None
    return message(
        _SHORT_SERIES,
        before=LEAST_MONTHS_BEFORE_SERIES,
        after=LEAST_MONTHS_AFTER_SERIES,
        months_before=facts.periods_before,
        months_after=facts.periods_after,
    )


def _against_one_count(facts: DesignFacts) -> Message | None:
    return _against_staggered(facts) or _against_no_before(facts)


def _against_absorbing_on_one_date(facts: DesignFacts) -> Message | None:
    if facts.arrival is Arrival.ENDED:
        return _ENDED
    return _against_staggered(facts)


def _against_staggered(facts: DesignFacts) -> Message | None:
    return _SEVERAL_DATES if facts.arrival is Arrival.STAGGERED else None


def _against_no_before(facts: DesignFacts) -> Message | None:
    return None if facts.periods_before else _NO_BEFORE


def _against_few_donors(facts: DesignFacts, least: int) -> Message | None:
    if not facts.has_comparison:
        return _NO_COMPARISON
    if facts.comparison_places < least:
        return message(_FEW_DONORS, least=least, found=facts.comparison_places)
    return None


def _against_short(facts: DesignFacts, least: int) -> Message | None:
    if facts.periods_before < least:
        return message(_SHORT_BEFORE, least=least, found=facts.periods_before)
    return None


_NOT_BY_LOT = message("The places were not drawn by lot, so that there is no trial to analyse.")
_NO_COMPARISON = message("No place without the measure is there to compare with.")
_FEW_TO_ORDER = message("There are too few units to draw their order by lot.")
_TOO_FEW_CHOICES = (
    "It needs at least {least} ways to choose the treated places, but there are {found}."
)
_FEW_UNITS = message("It needs two units of assignment or more with and without the measure.")
_ENDED = message("It supposes a measure that stays once it has come, but this one ended.")
_ONE_DATE = message("The measure came on one date; no place started later than another.")
_SEVERAL_DATES = message(
    "The measure came on several dates, so that before and after are not the same everywhere."
)
_FORBIDDEN_COMPARISONS = message(
    "Places that started earlier would serve as comparison for later ones, though the measure "
    "works there already."
)
_NO_BEFORE = message("Nothing was counted before the measure.")
_SHORT_BEFORE = "It needs at least {least} periods before the measure, but there are {found}."
_FEW_DONORS = "It needs at least {least} comparison places to weigh, but there are {found}."
_SEVERAL_TREATED = "It takes one place with the measure, but there are {found}."
_FEW_TO_MATCH = "It needs at least {least} places to match from, but there are {found}."
_NO_RINGS = message("No incidents are counted in rings around the treated places.")
_NOT_MONTHLY = message("It needs counts by month.")
_SHORT_SERIES = (
    "It needs {before} months before and {after} after, but there are {months_before} and "
    "{months_after}."
)

_RULES = (
    Rule(
        estimator="analyse_trial",
        why=message("The places were drawn by lot, and the lot itself says what chance can do."),
        objection=_against_trial,
        power=Design.TRIAL,
    ),
    Rule(
        estimator="estimate_staggered_adoption",
        why=message("Each place is compared with those that do not have the measure yet."),
        objection=_against_staggered_adoption,
    ),
    Rule(
        estimator="estimate_event_study",
        why=message("There are periods enough before to see whether places moved together."),
        objection=_against_event_study,
    ),
    Rule(
        estimator="match_comparison_places",
        why=message("There are places enough to find some that were like the treated ones."),
        objection=_against_matching,
    ),
    Rule(
        estimator="estimate_difference_in_differences",
        why=message(
            "Treated and comparison places are followed over the same periods, and the measure "
            "came at one time."
        ),
        objection=_against_panel,
        power=Design.PANEL,
    ),
    Rule(
        estimator="estimate_synthetic_difference_in_differences",
        why=message("Comparison places and periods can be weighed to move as the treated ones."),
        objection=_against_synthetic_difference,
    ),
    Rule(
        estimator="estimate_synthetic_control",
        why=message("A mix of comparison places can be fitted to the periods before."),
        objection=_against_synthetic_control,
    ),
    Rule(
        estimator="permute_places",
        why=message(
            "There are enough other choices of places to see how unusual the treated ones are."
        ),
        objection=_against_permutation,
        if_chosen_for_many=message(
            "It can say how unusual the treated places are among places that had as many "
            "incidents; give those as strata."
        ),
    ),
    Rule(
        estimator="compare_before_after",
        why=message("Four counts are there: before and after, treated and comparison."),
        objection=_against_four_cells,
        power=Design.FOUR_CELLS,
    ),
    Rule(
        estimator="compare_harm_before_after",
        why=message("The four counts can be weighed by the harm of each kind of offence."),
        objection=_against_four_cells,
    ),
    Rule(
        estimator="assess_displacement",
        why=message("Incidents around the treated places are counted too."),
        objection=_against_displacement,
    ),
    Rule(
        estimator="estimate_interrupted_series",
        why=message("The months are enough to carry on level, trend and season."),
        objection=_against_series,
        power=Design.SERIES,
    ),
    Rule(
        estimator="assess_count_change",
        why=message("It says whether the counts changed, and not why."),
        objection=_against_one_count,
        power=Design.BEFORE_AFTER,
    ),
)
