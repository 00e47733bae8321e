"""This file knows what must be said beside a comparison of two waves of a survey."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from forestall.evaluation.survey_contrasts import people_in_both
from forestall.evaluation.survey_waves import AreaRole, Overlap
from forestall.languages import Decimal, Listing, Message, Share, message, plural_message
from forestall.surveys.items import ItemKind

if TYPE_CHECKING:
    from forestall.evaluation.survey_contrasts import Contrast, StackedWaves
    from forestall.surveys import Item

_FEW_ANSWERS, _FEW_SUCH_ANSWERS, _FEW_CLUSTERS, _FEW_AREAS = 100, 10, 10, 5
_OTHER_RESPONSE = 0.05


def survey_caveats(
    stacked: StackedWaves,
    items: list[tuple[Item, Item]],
    contrasts: list[Contrast],
    *,
    overlap: Overlap,
) -> tuple[Message, ...]:
    """Say what the differences rest on, and what changed between the waves but the answers."""
    has_comparison = (stacked.roles == AreaRole.COMPARISON).any()
    said = [_PARALLEL if has_comparison else _NO_COMPARISON]
    said += _on_areas(stacked)
    said += _on_wording(items)
    said += _on_asking(stacked)
    said += _on_overlap(stacked, overlap)
    said += _on_size(items, contrasts)
    said += _on_silence(stacked, items)
    if len(items) > 1:
        said.append(message(_TOGETHER, count=len(items)))
    return tuple(said)


def _on_areas(stacked: StackedWaves) -> list[Message]:
    few = [
        areas_of(stacked, role)
        for role in (AreaRole.TREATED, AreaRole.COMPARISON)
        if (stacked.roles == role).any()
    ]
    return [_SAMPLING_ONLY] if min(few) < _FEW_AREAS else []


def areas_of(stacked: StackedWaves, role: AreaRole) -> int:
    """Return how many areas have a role; one where no areas are named."""
    names: set[str] = set()
    for number, wave in enumerate(stacked.waves):
        if wave.area is not None:
            chosen = stacked.roles[stacked.wave == number] == role
            names |= set(wave.answers.loc[chosen, wave.area].astype(str))
    return max(len(names), int((stacked.roles == role).any()))


def _on_wording(items: list[tuple[Item, Item]]) -> list[Message]:
    other = [first.name for first, second in items if first.wording != second.wording]
    return [message(_WORDING, items=Listing(other))] if other else []


def _on_asking(stacked: StackedWaves) -> list[Message]:
    before, after = stacked.waves
    said = []
    if before.mode != after.mode:
        said.append(message(_MODE, before=before.mode, after=after.mode))
    if before.response_rate is None or after.response_rate is None:
        said.append(_RESPONSE_UNKNOWN)
    elif abs(before.response_rate - after.response_rate) >= _OTHER_RESPONSE:
        rates = {"before": Share(before.response_rate), "after": Share(after.response_rate)}
        said.append(message(_RESPONSE, **rates))
    return said


def _on_overlap(stacked: StackedWaves, overlap: Overlap) -> list[Message]:
    before, after = stacked.waves
    if overlap is Overlap.PEOPLE:
        gone = len(before.answers) - people_in_both(before, after)
        if gone:
            return [plural_message(*_GONE, gone)]
        return []
    names = [one.design.clusters for one in stacked.waves]
    alone = any(len(np.unique(one)) == len(one) for one in names)
    if overlap is Overlap.NOTHING and not alone and len(np.intersect1d(names[0], names[1])):
        return [_SAME_NAMES]
    return []


def _on_size(items: list[tuple[Item, Item]], contrasts: list[Contrast]) -> list[Message]:
    said = []
    fewest = min(min(one.answers.values()) for one in contrasts)
    if fewest < _FEW_ANSWERS:
        said.append(message(_FEW, number=fewest))
    rough = [
        item.name
        for (item, _), one in zip(items, contrasts, strict=True)
        if item.kind is ItemKind.SHARE and one.rarer < _FEW_SUCH_ANSWERS
    ]
    if rough:
        said.append(message(_RARE, items=Listing(rough), number=_FEW_SUCH_ANSWERS))
    freedom = min(one.degrees_of_freedom for one in contrasts)
    if freedom < _FEW_CLUSTERS:
        said.append(message(_CLUSTERS, freedom=Decimal(freedom, 1)))
    return said


def _on_silence(stacked: StackedWaves, items: list[tuple[Item, Item]]) -> list[Message]:
    said = []
    for item, other in items:
        both = zip((item, other), stacked.waves, strict=True)
        silent = sum(
            int((~one.numbers(wave.answers)[1] & (wave.design.weights > 0)).sum())
            for one, wave in both
        )
        if silent:
            said.append(plural_message(*_SILENT, silent, item=item.name))
    return said


_PARALLEL = message(
    "The difference supposes that, without the measure, answers would have changed by as much in "
    "the treated as in the comparison areas."
)
_NO_COMPARISON = message("There is no comparison: whatever else changed is in the difference too.")
_SAMPLING_ONLY = message(
    "There are few areas: intervals hold the chance of who was asked, not what else happened in "
    "those areas."
)
_WORDING = "The wording changed between the waves, which can change answers by itself: {items}."
_MODE = (
    "People were asked by {before} before and by {after} after, which can change answers by itself."
)
_RESPONSE_UNKNOWN = message(
    "How many of those drawn took part is not stated for both waves; who answers may have changed."
)
_RESPONSE = (
    "Of those drawn, {before} took part before and {after} after; who answers may have changed too."
)
_GONE = (
    "{count} person of the first wave did not answer again; who stays may differ from who left.",
    "{count} people of the first wave did not answer again; who stays may differ from who left.",
)
_SAME_NAMES = message(
    "Clusters of the same names stand in both waves, but are taken as different ones; intervals "
    "may be wrong if they are the same."
)
_FEW = (
    "The smallest side of a comparison has {number} answers, so that intervals are wide or rough."
)
_RARE = (
    "Fewer than {number} people gave one of the answers on some side, so that intervals are rough: "
    "{items}."
)
_CLUSTERS = "The intervals rest on few clusters (degrees of freedom: {freedom})."
_SILENT = (
    "{count} person gave no answer to “{item}” and is left out.",
    "{count} people gave no answer to “{item}” and are left out.",
)
_TOGETHER = (
    "{count} items are compared at once; p-values that allow for all of them (Holm) stand beside."
)
