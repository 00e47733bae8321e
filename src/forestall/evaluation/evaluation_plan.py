"""This file knows which effect an evaluation could tell from chance, before it begins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from forestall.evaluation.place_months import read_place_months
from forestall.evaluation.plan_advice import Needed, Wanted, advice, needed_by
from forestall.evaluation.schemes import Design, Scheme
from forestall.evaluation.simulated_power import simulate_power
from forestall.languages import Decimal, Message, Sentences, Share, message, say
from forestall.results import Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt

    from forestall.records import Counts


@dataclass(frozen=True, eq=False, kw_only=True)
class EvaluationPlan(Result):
    """What each design could tell about a scheme.

    ``table`` has one row per design, from the weakest claim to the strongest: ``design``,
    ``possible`` (with these places and months), ``standard_error`` (of the log ratio),
    ``detectable`` (smallest fall found with the power asked, as a share), ``power`` (to find the
    fall expected), ``answers`` (power enough), ``months_needed``, ``places_needed`` (treated),
    ``incidents_needed`` (a month in each place), each with all else as it is and missing where no
    amount will do; with a history also ``simulated_power`` and ``simulated_size`` (how often a fall
    is found that is there, and an effect that is not).

    Attributes
    ----------
    scheme, wanted
        What is planned, and what must be found.
    by_months
        ``design``, ``months_after``, ``detectable``.
    advice
        Whether the scheme can be evaluated, and what could be.
    """

    scheme: Scheme
    wanted: Wanted
    by_months: pd.DataFrame
    advice: tuple[Message, ...]

    @property
    def can_be_told(self) -> bool:
        """Return whether a design finds the fall that can also say where it comes from."""
        alone = self.table["design"] == Design.BEFORE_AFTER.value
        return bool(self.table.loc[~alone, "answers"].any())

    def row(self, design: Design) -> pd.Series[Any]:
        """Return the row of one design."""
        return self.table[self.table["design"] == design.value].iloc[0]

    def summary(self) -> str:
        """Return whether the scheme can be evaluated, and what could be."""
        return str(Sentences(self.advice))

    def plot(self) -> alt.LayerChart:
        """Return the smallest fall that each design finds by months after."""
        from forestall._charts import detectable_chart

        words = {design.value: str(design.words) for design in Design}
        shown = self.by_months.assign(design=self.by_months["design"].map(words))
        return detectable_chart(
            shown.dropna(),
            wanted=self.wanted.fall,
            x_title=say("months after"),
            y_title=say("smallest fall that is found"),
        )


MONTHS_SHOWN = (3, 6, 9, 12, 18, 24, 36, 48, 60)


def plan_evaluation(
    scheme: Scheme,
    *,
    expected_fall: float = 0.2,
    power: float = 0.8,
    level: float = 0.95,
    designs: Sequence[Design] = tuple(Design),
    history: pd.DataFrame | Counts | None = None,
    draws: int = 200,
    seed: int = 0,
) -> EvaluationPlan:
    """Work out, before a measure, which fall each design could tell from chance.

    The formulae suppose the counts expected without an effect and an approximately normal
    logarithm. Where counts are low, give the city's own history: real place-months are drawn from
    it, a fall is put in by leaving incidents out by lot, and each design is asked.

    Parameters
    ----------
    scheme
        What is planned; `scheme_from_history` reads its numbers from counts.
    expected_fall
        The fall that must be found, as a share.
    power, level
        How often it must be found, and the confidence of the interval that leaves out no change.
    designs
        The designs to look at.
    history
        Incidents by place and month, zeros included; see `analyse_trial`.
    draws, seed
        Draws from the history for each design, and their seed.

    Raises
    ------
    CannotAnswer
        If the history has too few places or months for the scheme.

    Examples
    --------
    >>> plan = plan_evaluation(Scheme(monthly_incidents=4, treated_places=2, comparison_places=4))
    >>> plan.table[["design", "possible", "detectable", "answers"]].round(2)
                   design  possible  detectable  answers
    0    before and after      True        0.44    False
    1  interrupted series     False         NaN    False
    2          four cells      True        0.50    False
    3     panel of places      True        0.61    False
    4       stepped wedge      True        0.58    False
    5       cluster trial     False         NaN    False
    >>> plan.can_be_told
    False
    """
    wanted = Wanted(fall=expected_fall, power=power, level=level)
    chosen = [design for design in Design if design in designs]
    needs = [needed_by(scheme, design, wanted) for design in chosen]
    table = pd.DataFrame([_row(scheme, need, wanted) for need in needs])
    if history is not None:
        matrix = read_place_months(history)
        possible = [design for design in chosen if scheme.is_possible(design)]
        simulated = simulate_power(
            matrix,
            scheme,
            fall=expected_fall,
            level=level,
            designs=possible,
            draws=draws,
            seed=seed,
        )
        table = table.merge(simulated, on="design", how="left")
    return EvaluationPlan(
        table=table,
        caveats=_caveats(scheme, table, wanted),
        made_by=f"plan_evaluation({scheme!r}, expected_fall={expected_fall}, power={power}, "
        f"level={level}, history={history is not None}, draws={draws}, seed={seed})",
        scheme=scheme,
        wanted=wanted,
        by_months=_by_months(scheme, chosen, wanted),
        advice=advice(scheme, needs, wanted),
    )


def _row(scheme: Scheme, need: Needed, wanted: Wanted) -> dict[str, object]:
    design = need.design
    possible = scheme.is_possible(design)
    return {
        "design": design.value,
        "possible": possible,
        "standard_error": scheme.error(design) if possible else np.nan,
        "detectable": scheme.detectable(design, power=wanted.power, level=wanted.level),
        "power": scheme.power(design, fall=wanted.fall, level=wanted.level),
        "answers": wanted.is_met(scheme, design),
        "months_needed": np.nan if need.months is None else need.months,
        "places_needed": np.nan if need.places is None else need.places,
        "incidents_needed": np.nan if need.incidents is None else need.incidents,
    }


def _by_months(scheme: Scheme, designs: Sequence[Design], wanted: Wanted) -> pd.DataFrame:
    rows = [
        (
            design.value,
            months,
            replace(scheme, months_after=months).detectable(
                design, power=wanted.power, level=wanted.level
            ),
        )
        for design in designs
        for months in MONTHS_SHOWN
    ]
    return pd.DataFrame(rows, columns=["design", "months_after", "detectable"])


def _caveats(scheme: Scheme, table: pd.DataFrame, wanted: Wanted) -> tuple[Message, ...]:
    said = [message(_VARIANCE, times=Decimal(scheme.dispersion, 1))]
    if not scheme.place_spread:
        said.append(message(_NO_SPREAD))
    else:
        said.append(message(_SPREAD, share=Share(float(np.expm1(scheme.place_spread)))))
    said.append(message(_NO_COMPARISON))
    if "simulated_power" not in table:
        said.append(message(_FORMULAE))
    elif (table["answers"] & (table["simulated_power"] < wanted.power)).any():
        said.append(message(_HISTORY_FINDS_LESS))
    return tuple(said)


_VARIANCE = "Counts are taken to vary {times} times as much as by chance."
_NO_SPREAD = (
    "No place is taken to change of its own accord, which is too good for most cities; give "
    "place_spread."
)
_SPREAD = "Places are taken to go up or down by some {share} of their own accord."
_NO_COMPARISON = (
    "Before and after, and an interrupted series, cannot tell the measure from what else changed."
)
_HISTORY_FINDS_LESS = (
    "In the city's own counts fewer designs find the fall so often than by the formulae; believe "
    "the counts."
)
_FORMULAE = "Below some 20 incidents in a count the formulae are rough; give a history."
