"""This file knows what readers were told of the records that a series counts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from forestall.web.data.models import AreaFile
from forestall.web.indicators.models import ToldSeries
from forestall.web.indicators.subtracting import Asked, ToldBefore

if TYPE_CHECKING:
    from forestall.web.indicators.models import IndicatorSource

Settings = dict[str, Any]


def asked_of(source: IndicatorSource) -> Asked:
    """Return what a series counts, and what was told of its survey, or of the stores of its place.

    Several stores may hold the same records.
    """
    place = source.store.jurisdiction_id if source.store is not None else None
    of_place = Q(store__jurisdiction=place) if place is not None else Q(survey=source.survey_id)
    contents = dict(AreaFile.objects.values_list("pk", "sha256"))

    def by_content(settings: Settings) -> Settings:
        return settings | {"area_file": contents.get(settings.get("areas") or 0)}

    told, as_told = [], {}
    for one in ToldSeries.objects.filter(of_place):
        points = {date.fromisoformat(day): number for day, number in one.points.items()}
        told.append(ToldBefore(by_content(one.settings), points))
        if one.is_of(source):
            as_told = points
    return Asked(by_content(source.settings), told=told, as_told=as_told)
