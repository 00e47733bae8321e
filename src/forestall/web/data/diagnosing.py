"""This file knows the work of a diagnosis: open the store, diagnose, protect, write the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forestall.diagnosis import diagnose
from forestall.languages import message, use_language
from forestall.publication import publish_diagnosis
from forestall.records import areas_from_file, open_incidents
from forestall.web.data.findings import read_publication, said_in
from forestall.web.data.folders import area_file, report_folder, store_folder

if TYPE_CHECKING:
    from forestall.languages import Message
    from forestall.records import Areas
    from forestall.records.progress import Progress
    from forestall.web.data.models import AreaFile, SafetyDiagnosis
    from forestall.web.operations.models import Job

# Counting, months, places, repeats, and writing the report.
STEPS = 5


def make_report(one: SafetyDiagnosis, job: Job) -> dict[str, Any]:
    """Diagnose the incidents of a store and write the report into its folder.

    The folder changes in one step at the end. A second run writes the same.

    Raises
    ------
    ForestallError
        With its sentence; an earlier report in the folder stays.
    """
    options, steps = one.options, _Steps(job)
    folder = report_folder(one)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with use_language(options["languages"][0]):
        incidents = open_incidents(store_folder(one.store)).filter(
            offences=options.get("offences") or None,
            since=options.get("since") or None,
            until=options.get("until") or None,
        )
        areas = read_areas(one.areas) if one.areas is not None else None
        found = diagnose(
            incidents,
            cell_m=options.get("cell_m"),
            areas=areas,
            population=(one.areas.population or None) if one.areas is not None else None,
            progress=steps.tell,
        )
        steps.report(message("Protecting small numbers and writing the report"))
        publish_diagnosis(
            found,
            out=folder,
            rule=f"threshold-{options['threshold']}",
            place=options.get("place", ""),
            formats=options["formats"],
            languages=options["languages"],
        )
    return {
        "first_day": found.first_day.isoformat(),
        "last_day": found.last_day.isoformat(),
        "said": said_in(read_publication(one)),
    }


def read_areas(chosen: AreaFile) -> Areas:
    """Read a file of areas by the columns that were named for it.

    Raises
    ------
    InvalidAreas
        If it cannot be read so.
    """
    return areas_from_file(
        area_file(chosen),
        code=chosen.code or None,
        name=chosen.name_column or None,
        population=chosen.population or None,
    )


class _Steps:
    """Counts the steps of a diagnosis as they are told."""

    def __init__(self, job: Job) -> None:
        self._job, self._done = job, 0

    def tell(self, progress: Progress) -> None:
        self.report(progress.doing)

    def report(self, doing: Message) -> None:
        self._job.report(min(self._done, STEPS), STEPS, doing)
        self._done += 1
