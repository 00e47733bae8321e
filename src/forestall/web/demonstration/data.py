"""This file knows the records of the demonstration: real open data, that travel in the package."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from forestall.web.data.folders import import_folder
from forestall.web.data.models import FileImport, SafetyDiagnosis, Store

if TYPE_CHECKING:
    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.people.models import Person

FILE = "camden_burglary_2010-12_2025-02.parquet"
_PLACE = "Camden, London"


def add_records(city: Jurisdiction, *, by: Person) -> None:
    """Add a store, an import and a diagnosis that wait for the work in the background."""
    store = Store.objects.create(
        jurisdiction=city, name="Burglary in Camden, London (real open data)", made_by=by
    )
    FileImport.objects.create(
        jurisdiction=city, store=store, files=[{"name": FILE, "inbox": False}], made_by=by
    )
    options = {
        "place": _PLACE,
        "since": "",
        "until": "",
        "offences": [],
        "languages": ["en"],
        "formats": [],
        "threshold": 5,
    }
    SafetyDiagnosis.objects.create(jurisdiction=city, store=store, options=options, made_by=by)


def bring_file(one: FileImport) -> None:
    """Put the packaged file where the import looks for it."""
    folder = import_folder(one)
    folder.mkdir(parents=True, exist_ok=True)
    with as_file(files(__package__).joinpath("camden", FILE)) as packaged:
        shutil.copyfile(packaged, folder / FILE)
