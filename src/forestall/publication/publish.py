"""This file knows the way of a diagnosis out of the house: protected, written, published."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from forestall.disclosure import DisclosureRule, rule_named
from forestall.languages import Sentences
from forestall.publication.codebook import codebook_rows
from forestall.publication.files import MAP, NUMBERS, PAGE, TABLES, replaced_folder
from forestall.publication.html import write_html
from forestall.publication.map_file import map_geojson
from forestall.publication.numbers import diagnosis_numbers, write_numbers
from forestall.publication.protected import protect_diagnosis
from forestall.publication.report import Setting, build_report
from forestall.publication.report.brief import findings

if TYPE_CHECKING:
    import os

    from forestall.diagnosis import Diagnosis
    from forestall.publication.blocks import Document


@dataclass(frozen=True, kw_only=True)
class Published:
    """What was written, and what it says in short.

    Attributes
    ----------
    page, numbers, map, tables
        The files; ``map`` is None when nothing has a place.
    findings
        The bold sentences of the summary, in order.
    """

    folder: Path
    page: Path
    numbers: Path
    map: Path | None
    tables: tuple[Path, ...]
    findings: tuple[str, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        """Return every file that was written."""
        return (self.page, self.numbers, *([self.map] if self.map else []), *self.tables)


def publish_diagnosis(
    diagnosis: Diagnosis,
    *,
    out: str | os.PathLike[str],
    rule: DisclosureRule | str = "threshold-5",
    place: str = "",
    command: str = "",
    made_on: date | None = None,
) -> Published:
    """Protect a diagnosis and write it as page, tables, numbers and map.

    Parameters
    ----------
    out
        Folder of the report; an earlier report in it is replaced in one step.
    rule
        Disclosure rule, or its name.
    place
        Name of the place; the one that the records name when empty.
    command
        The command line that makes the same report again, printed in it.
    made_on
        Day that stands in the report; today when None.

    Raises
    ------
    InvalidOutput
        If the folder holds something else.
    UnsafeToPublish
        If the tables cannot be protected under the rule.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from forestall.publication.example import example_diagnosis
    >>> with TemporaryDirectory() as folder:
    ...     published = publish_diagnosis(example_diagnosis(), out=folder, place="Hill Town")
    ...     published.page.is_file(), published.page.name
    (True, 'index.html')
    """
    folder = Path(out)
    known = rule_named(rule) if isinstance(rule, str) else rule
    with replaced_folder(folder) as working:
        setting = Setting(
            diagnosis=diagnosis,
            safe=protect_diagnosis(diagnosis, rule=known),
            place=place or diagnosis.place_name,
            made_on=made_on or datetime.now().astimezone().date(),
            command=command or "forestall diagnose",
        )
        document = build_report(setting)
        tables = _write(setting, document, working)
    return Published(
        folder=folder,
        page=folder / PAGE,
        numbers=folder / NUMBERS,
        map=folder / MAP if setting.safe.squares is not None else None,
        tables=tuple(folder / TABLES / name for name in tables),
        findings=tuple(str(Sentences((f.bold, f.then))) for f in findings(setting)),
    )


def _write(setting: Setting, document: Document, folder: Path) -> list[str]:
    (folder / PAGE).write_text(write_html(document), encoding="utf-8")
    numbers = diagnosis_numbers(setting, document)
    (folder / NUMBERS).write_text(write_numbers(numbers), encoding="utf-8")
    if setting.safe.squares is not None and setting.diagnosis.places is not None:
        text = map_geojson(setting.diagnosis.places, setting.safe.squares)
        (folder / MAP).write_text(text, encoding="utf-8")
    return _write_tables(setting, folder / TABLES)


def _write_tables(setting: Setting, folder: Path) -> list[str]:
    folder.mkdir()
    names = []
    for name, safe in setting.safe.tables.items():
        safe.to_csv(folder / f"{name}.csv")
        names.append(f"{name}.csv")
    with (folder / "codebook.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("file", "holds", "column", "means"))
        writer.writerows(codebook_rows(setting.safe.tables))
    return [*names, "codebook.csv"]
