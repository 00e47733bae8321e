"""This file knows how a survey is begun and how its waves are kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from forestall.errors import InvalidFile
from forestall.languages import message
from forestall.records.inputs import checksum
from forestall.web.audit.services import record
from forestall.web.data.folders import survey_file, surveys_folder
from forestall.web.data.received import check_content, check_kind, safe_name
from forestall.web.indicators.services import measure_after_wave
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb
from forestall.web.surveys.models import Survey, SurveyWave
from forestall.web.surveys.reading import KINDS, MOST_BYTES, answers_of, design_of, read_answers

if TYPE_CHECKING:
    from datetime import date

    from forestall.web.data.arriving import ArrivedFile
    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.people.models import Person


def add_survey(
    *, jurisdiction: Jurisdiction, name: str, columns: dict[str, str], by: Person
) -> Survey:
    """Begin a survey; its waves are brought afterwards.

    Parameters
    ----------
    columns
        ``weights``, ``strata`` and ``clusters``, each a column of the files or empty.

    Raises
    ------
    NotAllowed
        If the person may not load data there.
    InvalidFile
        If somebody else took the name meanwhile.
    """
    check_may(by, Verb.LOAD_DATA, jurisdiction)
    try:
        with transaction.atomic():
            survey = Survey.objects.create(
                jurisdiction=jurisdiction, name=name, made_by=by, **columns
            )
            record("add survey", by=by, about=f"survey {survey.pk}", jurisdiction=jurisdiction)
    except IntegrityError as taken:
        raise InvalidFile(
            message("There is a survey of this name; choose another name.")
        ) from taken
    return survey


def add_wave(
    *, survey: Survey, arrived: ArrivedFile, first_day: date, last_day: date, by: Person
) -> SurveyWave:
    """Keep the answers of a wave once they were read, and compute what is linked to the survey.

    Raises
    ------
    NotAllowed
        If the person may not load data there.
    InvalidFile, PersonalColumns, InvalidRecords
        If it cannot be read, names persons, or does not say how people were drawn; then nothing
        of it is kept.
    """
    check_may(by, Verb.LOAD_DATA, survey.jurisdiction)
    given = safe_name(arrived.name or "")
    check_kind(given, kinds=KINDS)
    if (arrived.size or 0) > MOST_BYTES:
        raise InvalidFile(
            message("A file of answers may have {most} MB at most.", most=MOST_BYTES // 1_000_000)
        )
    try:
        wave = _kept(survey, arrived, given, first_day=first_day, last_day=last_day, by=by)
    except IntegrityError as taken:
        raise InvalidFile(message("There is a wave that ends on this day already.")) from taken
    measure_after_wave(wave, by=by)
    return wave


@transaction.atomic
def _kept(
    survey: Survey,
    arrived: ArrivedFile,
    given: str,
    *,
    first_day: date,
    last_day: date,
    by: Person,
) -> SurveyWave:
    wave = SurveyWave.objects.create(
        survey=survey, first_day=first_day, last_day=last_day, people=0, made_by=by
    )
    wave.file = f"{wave.pk}{Path(given).suffix.lower()}"
    surveys_folder(survey.jurisdiction).mkdir(parents=True, exist_ok=True)
    path = survey_file(wave)
    # A number is given once more when what it was given for was not kept.
    path.unlink(missing_ok=True)
    arrived.keep_as(path)
    try:
        check_content(path, given)
        _describe(wave, path, given)
    except Exception:
        path.unlink()
        raise
    record(
        "add wave",
        by=by,
        about=f"survey {survey.pk}",
        jurisdiction=survey.jurisdiction,
        people=wave.people,
    )
    return wave


def _describe(wave: SurveyWave, path: Path, name: str) -> None:
    answers = read_answers(path, name)
    design_of(wave.survey, answers)
    wave.people, wave.answers = len(answers), answers_of(wave.survey, answers)
    wave.sha256 = checksum(path)
    wave.save()
