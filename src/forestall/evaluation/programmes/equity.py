"""This file knows in which groups of areas a measure worked, from the counts of their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from forestall.errors import CannotAnswer
from forestall.evaluation.group_effects import (
    AreaGroup,
    GroupComparison,
    compare_effects_by_group,
)
from forestall.evaluation.programmes.found import NOT_BY_GROUP
from forestall.languages import message

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forestall.evaluation.cells import Cells
    from forestall.evaluation.extra_variance import ExtraVariance
    from forestall.evaluation.group_effects import GroupEffects
    from forestall.evaluation.programmes.counted import Counted
    from forestall.evaluation.specification import EvaluationSpec, Outcome
    from forestall.evaluation.specification.groups_part import AreaGroups

    BoolArray = NDArray[np.bool_]


def compare_groups(
    spec: EvaluationSpec, outcome: Outcome, counted: Counted, variance: ExtraVariance | None
) -> GroupEffects:
    """Compare the effect, and the burden, between the groups of areas of a specification.

    Raises
    ------
    CannotAnswer
        If no groups were given, or fewer than two have treated places.
    """
    if spec.groups is None:
        raise CannotAnswer(NOT_BY_GROUP.reason)
    places = (*counted.ground.treated, *counted.ground.comparison)
    named = np.array([spec.groups.group_of.get(place, "") for place in places])
    groups = sorted(set(named[counted.is_treated]) - {""})
    if len(groups) < 2:
        raise CannotAnswer(_ONE_GROUP)
    own = all(_has_comparison(counted, spec, named == group) for group in groups)
    found = {
        group: AreaGroup(
            effect=_cells(spec, counted, named == group, own=own),
            residents=_residents(spec.groups, places, (named == group) & counted.is_treated),
        )
        for group in groups
    }
    return compare_effects_by_group(
        found,
        outcome=outcome.name,
        comparison=GroupComparison.OWN if own else GroupComparison.SHARED,
        repeated=variance,
        chosen=spec.places.chosen,
    )


def _cells(spec: EvaluationSpec, counted: Counted, inside: BoolArray, *, own: bool) -> Cells:
    compared = ~counted.is_treated & (inside if own else True)
    return counted.cells_of(spec, inside & counted.is_treated, compared)


def _has_comparison(counted: Counted, spec: EvaluationSpec, inside: BoolArray) -> bool:
    before, after = (counted.within(span) for span in (spec.times.before, spec.times.after))
    rows = counted.matrix[inside & ~counted.is_treated]
    return bool(rows[:, before].sum() > 0 and rows[:, after].sum() > 0)


def _residents(groups: AreaGroups, places: tuple[str, ...], chosen: BoolArray) -> float | None:
    known = [
        groups.residents_of.get(place) for place, one in zip(places, chosen, strict=True) if one
    ]
    if any(one is None for one in known):
        return None
    return float(sum(one for one in known if one is not None))


_ONE_GROUP = message("Groups are compared where two or more have treated places.")
