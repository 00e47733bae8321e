"""This file knows where the files of a jurisdiction lie: one folder each, under MEDIA_ROOT.

::

    files/data/arriving/                       uploads that are still coming in
    files/data/<jurisdiction>/stores/<store>/        an incident store
    files/data/<jurisdiction>/imports/<import>/      files until they are imported
    files/data/<jurisdiction>/areas/                 files of areas
    files/data/<jurisdiction>/diagnoses/<diagnosis>/ a report, ready to publish
    files/data/<jurisdiction>/surveys/               files of answers, a wave each

All names are made of numbers, so that nothing that somebody typed becomes part of a path.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from forestall.web.data.models import AreaFile, FileImport, SafetyDiagnosis, Store
    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.surveys.models import SurveyWave


def arriving_folder() -> Path:
    """Return the folder in which uploads come in; made when it does not exist."""
    folder = _root() / "arriving"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def store_folder(store: Store) -> Path:
    """Return the folder of an incident store."""
    return _of(store.jurisdiction) / "stores" / str(store.pk)


def import_folder(one: FileImport) -> Path:
    """Return the folder in which the files of an import wait."""
    return _of(one.jurisdiction) / "imports" / str(one.pk)


def areas_folder(jurisdiction: Jurisdiction) -> Path:
    """Return the folder of all files of areas."""
    return _of(jurisdiction) / "areas"


def area_file(areas: AreaFile) -> Path:
    """Return the file of some areas."""
    return areas_folder(areas.jurisdiction) / areas.file


def report_folder(diagnosis: SafetyDiagnosis) -> Path:
    """Return the folder of a report."""
    return _of(diagnosis.jurisdiction) / "diagnoses" / str(diagnosis.pk)


def surveys_folder(jurisdiction: Jurisdiction) -> Path:
    """Return the folder of all files of surveys."""
    return _of(jurisdiction) / "surveys"


def survey_file(wave: SurveyWave) -> Path:
    """Return the file of a wave of a survey."""
    return surveys_folder(wave.survey.jurisdiction) / wave.file


def _of(jurisdiction: Jurisdiction) -> Path:
    return _root() / str(jurisdiction.pk)


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "data"
