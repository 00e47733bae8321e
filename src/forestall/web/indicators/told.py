"""This file knows what readers were told beside a series: by other links, now or once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forestall.web.data.models import AreaFile
from forestall.web.indicators.models import IndicatorSource, ToldSeries
from forestall.web.indicators.subtracting import Asked

if TYPE_CHECKING:
    from collections.abc import Iterable

Settings = dict[str, Any]


def asked_of(source: IndicatorSource) -> Asked:
    """Return what a series counts, what else was told of its store or survey, and when."""
    origin = {"store_id": source.store_id, "survey_id": source.survey_id}
    linked = list(IndicatorSource.objects.filter(**origin).exclude(pk=source.pk))
    told = {one.digest: one for one in ToldSeries.objects.filter(**origin)}
    own = told.get(ToldSeries.of(source)[1])
    live = {ToldSeries.of(one)[1]: one for one in linked}
    ended = [one for digest, one in told.items() if digest not in live and one is not own]
    before = [one.settings for one in told.values() if own is None or one.pk < own.pk]
    # Measured before such things were remembered.
    before += [
        one.settings
        for digest, one in live.items()
        if digest not in told and one.measured_at is not None
    ]
    contents = dict(AreaFile.objects.values_list("pk", "sha256"))

    def by_content(settings: Settings) -> Settings:
        return settings | {"area_file": contents.get(settings.get("areas") or 0)}

    return Asked(
        by_content(source.settings),
        others=[by_content(one.settings) for one in linked],
        ended=[by_content(one.settings) for one in ended],
        before=[by_content(one) for one in before],
        elsewhere=[by_content(one) for one in _of_other_stores(source)],
    )


def _of_other_stores(source: IndicatorSource) -> Iterable[Settings]:
    """Return what was told of other stores of the place, which may hold the same records."""
    if source.store is None:
        return []
    of_place = {"store__jurisdiction": source.store.jurisdiction_id}
    told = ToldSeries.objects.filter(**of_place).exclude(store=source.store)
    linked = IndicatorSource.objects.filter(**of_place).exclude(store=source.store)
    found = {one.digest: one.settings for one in told}
    for one in linked:
        settings, digest = ToldSeries.of(one)
        found.setdefault(digest, settings)
    return found.values()
