"""This file knows a store, an import and two diagnoses of a city, for tests of every page."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from forestall.publication import publish_diagnosis
from forestall.publication.example import example_diagnosis
from forestall.records import import_incidents
from forestall.records.manifest import read_manifest
from forestall.records.readers.police_uk import EXAMPLE
from forestall.web.data.findings import read_publication, said_in
from forestall.web.data.folders import report_folder, store_folder
from forestall.web.data.models import FileImport, SafetyDiagnosis, Store

if TYPE_CHECKING:
    from forestall.web.organisations.models import Jurisdiction


def store_of(city: Jurisdiction) -> int:
    """Return a store with a few incidents."""
    store, new = Store.objects.get_or_create(jurisdiction=city, name="Recorded crime")
    if new:
        shutil.copytree(_example_store(), store_folder(store), dirs_exist_ok=True)
    return store.pk


def import_of(city: Jurisdiction) -> int:
    """Return an import that is done, with a rejected row."""
    store = Store.objects.get(pk=store_of(city))
    manifest = read_manifest(store_folder(store))
    assert manifest is not None
    one, _ = FileImport.objects.get_or_create(
        jurisdiction=city,
        store=store,
        defaults={
            "state": "done",
            "files": [{"name": "street.csv", "inbox": False}],
            "outcome": {
                "number": 1,
                "recognised_as": "data.police.uk street-level crime",
                "unchanged": [],
                "files": [
                    {
                        "name": one.name,
                        "sha256": one.sha256,
                        "rows_read": one.rows_read,
                        "rows_kept": one.rows_kept,
                        "rows_rejected": one.rows_rejected,
                    }
                    for one in manifest.files
                ],
                "rejected": dict(manifest.rejected),
                "warnings": [],
                "dropped": [],
            },
        },
    )
    return one.pk


def diagnosis_of(city: Jurisdiction) -> int:
    """Return the first of two finished diagnoses."""
    return _diagnoses(city)[0].pk


def other_diagnosis_of(city: Jurisdiction) -> int:
    """Return the second of them."""
    return _diagnoses(city)[1].pk


def _diagnoses(city: Jurisdiction) -> list[SafetyDiagnosis]:
    made = list(SafetyDiagnosis.objects.filter(jurisdiction=city, made_by=None).order_by("pk"))
    store = Store.objects.get(pk=store_of(city))
    while len(made) < 2:
        one = SafetyDiagnosis.objects.create(
            jurisdiction=city,
            store=store,
            state="done",
            first_day=date(2018, 10, 1),
            last_day=date(2019, 2, 28),
            options={"languages": ["en"], "formats": [], "threshold": 5},
        )
        shutil.copytree(_example_report(), report_folder(one), dirs_exist_ok=True)
        one.said = said_in(read_publication(one))
        one.save()
        made.append(one)
    return made


@cache
def _example_store() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="forestall-test-"))
    (folder / "street.csv").write_text(EXAMPLE)
    import_incidents(folder / "street.csv", store=folder / "store")
    return folder / "store"


@cache
def _example_report() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="forestall-test-")) / "report"
    publish_diagnosis(example_diagnosis(), out=folder, place="Hill Town")
    return folder
