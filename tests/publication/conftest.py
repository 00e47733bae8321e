"""This file knows the bundled examples as diagnoses, for tests of what is published of them."""

from datetime import date
from pathlib import Path

import pytest

from forestall.diagnosis import diagnose
from forestall.disclosure import rule_named
from forestall.publication import Setting, build_report, protect_diagnosis
from forestall.publication.contents import Publication
from forestall.publication.example import example_diagnosis
from forestall.publication.provenance import provenance_of
from forestall.records import areas_from_file, import_incidents, open_incidents

EXAMPLES = Path(__file__).parents[2] / "examples"
AREAS = {
    "camden_burglary": ("camden_lsoa21.parquet", "lsoa21cd", "lsoa21nm"),
    "chicago": ("chicago_community_areas.geojson", "community_area", "name"),
}


@pytest.fixture(
    scope="session", params=["camden_burglary", "chicago", "cleveland", "nyc_vehicle_theft"]
)
def bundled(request, tmp_path_factory):
    folder = EXAMPLES / request.param
    store = tmp_path_factory.mktemp("store") / "incidents"
    import_incidents((folder,), store=store)
    named = AREAS.get(request.param)
    areas = named and areas_from_file(folder / named[0], code=named[1], name=named[2])
    return diagnose(open_incidents(store), areas=areas)


@pytest.fixture(scope="session")
def publication():
    """The made-up town as it is published."""
    return publication_of(example_diagnosis())


def publication_of(diagnosis, *, rule="threshold-5"):
    setting = Setting(
        diagnosis=diagnosis,
        safe=protect_diagnosis(diagnosis, rule=rule_named(rule)),
        place=diagnosis.place_name or "Hill Town",
        made_on=date(2024, 3, 1),
        command="forestall diagnose",
    )
    return Publication(
        document=build_report(setting),
        tables=setting.safe.tables,
        provenance=provenance_of(setting),
    )
