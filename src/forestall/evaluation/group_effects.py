"""This file knows whether a measure worked alike in groups of areas, and who bears what is left.

Groups are of areas, such as fifths by deprivation, and never of people.

Source: Cochran (1954), Biometrics 10 (test of equal effects); 2002/13, paragraph 23(d).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import pandas as pd
from scipy import stats

from forestall._stats.multiplicity import adjust_holm
from forestall.errors import InvalidRecords
from forestall.estimates.effects import LogRatio
from forestall.evaluation.before_after import compare_before_after
from forestall.evaluation.cells import Cells
from forestall.evaluation.extra_variance import ExtraVariance, assumed_variances
from forestall.evaluation.group_burdens import Burden, BurdenGap, burden_gap, burden_table
from forestall.evaluation.group_equality import (
    EqualityTest,
    assess_equal_changes,
    assess_equal_effects,
    standard_error_of,
)
from forestall.evaluation.place_choice import PlaceChoice
from forestall.languages import Decimal, Message, Sentences, message, say
from forestall.results import Result

if TYPE_CHECKING:
    from collections.abc import Mapping

    import altair as alt

    from forestall.estimates.estimates import Estimate
    from forestall.evaluation.cells import BeforeAfter

_MANY_GROUPS, _FEW_GROUPS = 10, 2


class GroupComparison(StrEnum):
    """Whether groups of areas are compared with the same places; their effects are then alike."""

    OWN = "each group has a comparison of its own"
    SHARED = "all groups have the same comparison"


@dataclass(frozen=True, kw_only=True)
class AreaGroup:
    """One group of areas.

    Attributes
    ----------
    effect
        The four counts of its treated areas and their comparison, or an effect estimated elsewhere.
    residents
        All who live in the areas; None where the burden is not asked.
    incidents
        Of all areas of the group; by default those of the treated areas in the counts.
    """

    effect: Cells | Estimate[Any]
    residents: float | None = None
    incidents: BeforeAfter | None = None

    @property
    def burden(self) -> Burden | None:
        """Return incidents and residents, where both are known."""
        counted = self.incidents
        if counted is None and isinstance(self.effect, Cells):
            counted = self.effect.treated
        if counted is None or self.residents is None:
            return None
        return Burden(incidents=counted, residents=self.residents)


@dataclass(frozen=True, eq=False, kw_only=True)
class GroupEffects(Result):
    """The effect in each group of areas, and the burden that each has.

    ``table`` has one row per group: ``group``, ``effect`` (a ratio is written as a ratio),
    ``standard_error`` (of the logarithm for a ratio), ``low_95``, ``high_95``, ``p_value``,
    ``p_holm`` (allowing for all groups), ``certainty``.

    Attributes
    ----------
    groups
        What was compared.
    effects
        The effect of each group.
    equality
        Whether effects differ between groups.
    burdens
        By group: ``residents``, and before and after ``per_1000`` residents (over the length of the
        time after) with ``low_95`` and ``high_95``, and ``share`` of all incidents. Empty without
        residents.
    gap
        Between the most and the least burdened group; None without residents.
    """

    groups: Mapping[str, AreaGroup]
    effects: Mapping[str, Estimate[Any]]
    equality: EqualityTest
    burdens: pd.DataFrame
    gap: BurdenGap | None
    outcome: str

    def summary(self) -> str:
        """Return whether effects differ, and what became of the gap in burden."""
        return str(self.reading())

    def reading(self) -> Sentences:
        """Return the summary before it is written in a language."""
        said: list[str | Message] = [
            message(
                _DIFFER,
                outcome=self.outcome,
                count=len(self.effects),
                certainty=self.equality.certainty.words,
            )
        ]
        if self.gap is not None:
            said += self._on_gap(self.gap)
        return Sentences(tuple(said))

    def plot(self) -> alt.LayerChart:
        """Return the effect of each group: ratios with intervals, or bars on other scales."""
        from forestall._charts import bar_chart, interval_chart

        if not isinstance(next(iter(self.effects.values())).effect, LogRatio):
            return bar_chart(self.table, label="group", number="effect", number_title=self.outcome)
        shown = pd.DataFrame(
            {
                "group": self.table["group"],
                "low": self.table["low_95"],
                "ratio": self.table["effect"],
                "high": self.table["high_95"],
            }
        )
        return interval_chart(shown, label="group", limit=0.6, title=say("fewer | more"))

    def _on_gap(self, gap: BurdenGap) -> list[str | Message]:
        low, high = gap.change.limits(0.95)
        return [
            message(
                _GAP,
                most=gap.most,
                least=gap.least,
                before=Decimal(gap.before.effect.rate, 1),
                after=Decimal(gap.after.effect.rate, 1),
            ),
            message(
                _GAP_CHANGED,
                low=Decimal(low.rate, 1, signed=True),
                high=Decimal(high.rate, 1, signed=True),
                certainty=gap.change.certainty.words,
            ),
        ]


def compare_effects_by_group(
    groups: Mapping[str, AreaGroup],
    *,
    outcome: str,
    comparison: GroupComparison = GroupComparison.OWN,
    repeated: ExtraVariance | None = None,
    ends: tuple[str, str] | None = None,
    chosen: PlaceChoice = PlaceChoice.UNKNOWN,
) -> GroupEffects:
    """Compare the effect of a measure, and the burden of incidents, between groups of areas.

    One test says whether effects differ at all. Where all groups share a comparison, what happened
    there cancels, and only the treated counts decide. The gap is between the most and the least
    burdened group before, or between two that are named beforehand.

    Parameters
    ----------
    groups
        Groups of areas by name, two or more; never groups of people.
    outcome
        What was counted.
    comparison
        Whether each group has a comparison of its own.
    repeated, chosen
        As in `compare_before_after`; twice the variance of chance is assumed without ``repeated``.
    ends
        The most and the least burdened group, where it was settled beforehand which they are.

    Raises
    ------
    InvalidRecords
        If there are fewer than two groups, scales differ, or a shared comparison is not declared.
    CannotAnswer
        If an effect has no standard error.

    Examples
    --------
    >>> from forestall.evaluation.cells import BeforeAfter
    >>> def fifth(before, after, residents):
    ...     return AreaGroup(residents=residents, effect=Cells(
    ...         treated=BeforeAfter(before=before, after=after),
    ...         comparison=BeforeAfter(before=2000, after=2000)))
    >>> found = compare_effects_by_group(
    ...     {"most deprived": fifth(800, 600, 20_000), "least deprived": fifth(300, 150, 20_000)},
    ...     outcome="Burglary", comparison=GroupComparison.SHARED)
    >>> found.table["effect"].round(2).tolist(), round(found.equality.p_value, 3)
    ([0.75, 0.5], 0.012)
    >>> found.gap.change.effect.rate
    -2.5
    """
    _check(groups, comparison)
    variance = repeated if repeated is not None else assumed_variances()[1]
    effects = {name: _effect(one, outcome, repeated, chosen) for name, one in groups.items()}
    _check_scales(effects)
    burdens = {name: one.burden for name, one in groups.items()}
    known = {name: burden for name, burden in burdens.items() if burden is not None}
    caveats = _caveats(groups, comparison, chosen, ends, has_gap=len(known) == len(groups))
    gap = None
    if len(known) == len(groups):
        gap = burden_gap(known, ends=ends, variance=variance, outcome=outcome, caveats=caveats)
    return GroupEffects(
        table=_table(effects),
        groups=dict(groups),
        caveats=caveats,
        made_by=f"compare_effects_by_group(outcome={outcome!r}, comparison={comparison.name}, "
        f"ends={ends!r}, chosen={chosen.name}, phi={variance.factor:g})",
        effects=effects,
        equality=(
            assess_equal_changes([_treated(one) for one in groups.values()], variance)
            if comparison is GroupComparison.SHARED
            else assess_equal_effects(list(effects.values()))
        ),
        burdens=burden_table(known, variance) if gap is not None else pd.DataFrame(),
        gap=gap,
        outcome=outcome,
    )


def _effect(
    group: AreaGroup, outcome: str, repeated: ExtraVariance | None, chosen: PlaceChoice
) -> Estimate[Any]:
    if isinstance(group.effect, Cells):
        found = compare_before_after(
            group.effect, outcome=outcome, repeated=repeated, chosen=chosen
        )
        return found.ratio
    return group.effect


def _treated(group: AreaGroup) -> BeforeAfter:
    assert isinstance(group.effect, Cells)
    return group.effect.treated


def _check(groups: Mapping[str, AreaGroup], comparison: GroupComparison) -> None:
    if len(groups) < _FEW_GROUPS:
        raise InvalidRecords(f"Two groups of areas or more are needed, but there is {len(groups)}.")
    counts = [one.effect for one in groups.values() if isinstance(one.effect, Cells)]
    places = [one.comparison for one in counts]
    if comparison is GroupComparison.SHARED:
        if len(counts) < len(groups):
            raise InvalidRecords(
                "Groups that share a comparison are compared by their counts; give Cells for each."
            )
        if len(set(places)) > 1:
            raise InvalidRecords(
                "The groups are said to share a comparison, but its counts are not the same."
            )
    elif len(set(places)) < len(places):
        raise InvalidRecords(
            "Two groups have the same counts of their comparison; if it is the same places, say "
            "comparison=GroupComparison.SHARED."
        )


def _check_scales(effects: Mapping[str, Estimate[Any]]) -> None:
    def scale(one: Estimate[Any]) -> tuple[object, ...]:
        effect = one.effect
        return type(effect), getattr(effect, "per", None), getattr(effect, "scale", None)

    if len({scale(one) for one in effects.values()}) > 1:
        raise InvalidRecords("Effects of groups are compared on one scale, but they have several.")


def _table(effects: Mapping[str, Estimate[Any]]) -> pd.DataFrame:
    rows = []
    for group, one in effects.items():
        shown = math.exp if isinstance(one.effect, LogRatio) else float
        interval = one.interval(0.95)
        rows.append(
            {
                "group": group,
                "effect": shown(one.effect.number),
                "standard_error": standard_error_of(one),
                "low_95": shown(interval.low),
                "high_95": shown(interval.high),
                "p_value": _p_value(one),
                "certainty": one.certainty.value,
            }
        )
    table = pd.DataFrame(rows)
    table.insert(6, "p_holm", adjust_holm(table["p_value"]))
    return table


def _p_value(one: Estimate[Any]) -> float:
    if one.p_value is not None:
        return one.p_value
    distance = abs(one.effect.number) / standard_error_of(one)
    freedom = one.degrees_of_freedom
    tail = stats.norm.sf(distance) if freedom is None else stats.t.sf(distance, freedom)
    return 2 * float(tail)


def _caveats(
    groups: Mapping[str, AreaGroup],
    comparison: GroupComparison,
    chosen: PlaceChoice,
    ends: tuple[str, str] | None,
    *,
    has_gap: bool,
) -> tuple[Message, ...]:
    said = [_OF_AREAS, message(_ONE_TEST, count=len(groups))]
    if len(groups) >= _MANY_GROUPS:
        said.append(_MANY)
    if comparison is GroupComparison.SHARED:
        said.append(_SHARED)
    if has_gap and ends is None:
        said.append(_CHOSEN_BY_BURDEN)
    if not has_gap:
        said.append(_NO_BURDEN)
    if chosen is PlaceChoice.RECENT_COUNTS:
        said.append(_CHOSEN_FOR_MANY)
    return tuple(said)


_DIFFER = "{outcome}, difference of effects between {count} groups of areas: {certainty}."
_GAP = (
    "Per 1,000 residents, {most} had {before} more incidents than {least} before, and {after} more "
    "after."
)
_GAP_CHANGED = "Change of this gap (95 % interval): {low} to {high}; {certainty}."
_OF_AREAS = message(
    "Groups are of areas: what holds for a group need not hold for each area or person in it."
)
_ONE_TEST = (
    "One test asks whether the {count} effects differ; a single group that stands out may do so by "
    "chance."
)
_MANY = message("There are many groups: some will differ from the others by chance alone.")
_SHARED = message(
    "All groups share one comparison: whatever happened there moves all effects together."
)
_CHOSEN_BY_BURDEN = message(
    "The ends of the gap were chosen by the counts before; such a gap shrinks by itself afterwards."
)
_NO_BURDEN = message("Burden is not shown: residents or incidents of some groups are not given.")
_CHOSEN_FOR_MANY = message(
    "The places were chosen for many recent incidents; such counts fall by themselves afterwards, "
    "which looks like an effect."
)
