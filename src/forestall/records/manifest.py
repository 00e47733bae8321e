"""This file knows what is written about a store: where its rows come from, how good they are."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any

from forestall.errors import InvalidStore
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FORMAT = 1
MANIFEST_NAME = "manifest.json"


@dataclass(frozen=True, kw_only=True)
class SourceFile:
    """One imported file: name without folder, checksum of its content, and what became of its rows.

    ``sha256`` is of the file as it lies on the disk (the archive, not its members).
    """

    name: str
    sha256: str
    bytes: int
    rows_read: int
    rows_kept: int
    rows_rejected: int


@dataclass(frozen=True, kw_only=True)
class OffenceClass:
    """An offence as the source names it, its ICCS code and the basis of that code."""

    label: str
    iccs: str | None
    basis: str | None
    counts_as_crime: bool
    rows: int


@dataclass(frozen=True, kw_only=True)
class Warned:
    """Something a reader of the numbers should know, as a code with its figures."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """All that is known about a store apart from its rows.

    Attributes
    ----------
    imports
        How many imports changed the store; the numbers in the names of its files.
    parts
        The Parquet files that belong to the store, relative to its folder.
    source
        ``police.uk``, ``chicago``, ``mapping`` or ``frame``.
    first_day, last_day
        Coverage as ISO dates, both included; for months without days the whole months.
    months, months_missing
        Months with rows, and months without any between the first and the last, as ``YYYY-MM``.
    rejected
        Rows that could not be used, by the codes of `forestall.records.checks`.
    warnings
        See `forestall.records.warning_sentences.describe_warning` for the sentences.
    extent
        West, south, east and north in metres of ``crs``.
    classification
        The version of the classification of offences.
    """

    imports: int
    parts: tuple[str, ...]
    source: str
    publisher: str | None
    licence: str | None
    attribution: str | None
    place_name: str | None
    files: tuple[SourceFile, ...]
    rows_read: int
    rows_kept: int
    rejected: Mapping[str, int]
    warnings: tuple[Warned, ...]
    crs: str
    crs_name: str
    crs_reason: Mapping[str, Any]
    timezone: str | None
    first_day: str
    last_day: str
    months: tuple[str, ...]
    months_missing: tuple[str, ...]
    time_precisions: Mapping[str, int]
    location_precisions: Mapping[str, int]
    extent: tuple[float, float, float, float]
    offences: tuple[OffenceClass, ...]
    classification: str
    without_identifier: int
    dropped_columns: tuple[str, ...]
    created_by: str
    version: int = FORMAT

    @property
    def rows_rejected(self) -> int:
        """Return how many rows could not be used, whatever the reason."""
        return sum(self.rejected.values())

    def to_json(self) -> str:
        """Write the manifest as JSON.

        Examples
        --------
        >>> example = Manifest.from_json(example_manifest().to_json())
        >>> example == example_manifest()
        True
        """
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """Read a manifest from JSON.

        Raises
        ------
        InvalidStore
            If the text is not a manifest, or one of a later version.
        """
        try:
            written = json.loads(text)
            if written["version"] > FORMAT:
                raise InvalidStore(
                    message(
                        "This version of forestall reads stores up to format {format}, but the "
                        "store has format {written}; install the newer version.",
                        format=FORMAT,
                        written=written["version"],
                    )
                )
            return cls(**_typed({item.name: written[item.name] for item in fields(cls)}))
        except (ValueError, KeyError, TypeError) as wrong:
            raise InvalidStore(
                message(
                    "A store has a manifest that names its files, but this one is damaged "
                    "({wrong}).",
                    wrong=wrong,
                )
            ) from None


def read_manifest(store: Path) -> Manifest | None:
    """Return the manifest of a store, or None when the folder has none."""
    try:
        return Manifest.from_json((store / MANIFEST_NAME).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except UnicodeDecodeError:
        raise InvalidStore(
            message("The manifest of the store “{name}” is damaged.", name=store.name)
        ) from None


_EXAMPLE_FILE = SourceFile(
    name="2019-01-cleveland-street.csv",
    sha256="0" * 64,
    bytes=1_000,
    rows_read=3,
    rows_kept=2,
    rows_rejected=1,
)
_EXAMPLE_OFFENCE = OffenceClass(
    label="Burglary", iccs="0501", basis="judgement", counts_as_crime=True, rows=2
)


def example_manifest() -> Manifest:
    """Return a small manifest, for examples and tests."""
    return Manifest(
        imports=1,
        parts=("incidents/year=2019/0001-0.parquet",),
        source="police.uk",
        publisher="data.police.uk",
        licence="Open Government Licence v3.0",
        attribution="Contains public sector information.",
        place_name="Cleveland",
        files=(_EXAMPLE_FILE,),
        rows_read=3,
        rows_kept=2,
        rejected={"no_coordinates": 1},
        warnings=(Warned(code="without_identifier", values={"rows": 1, "of": 2}),),
        crs="EPSG:27700",
        crs_name="OSGB36 / British National Grid",
        crs_reason={
            "text": "{name} is used.",
            "values": {"name": "OSGB36 / British National Grid"},
        },
        timezone="Europe/London",
        first_day="2019-01-01",
        last_day="2019-01-31",
        months=("2019-01",),
        months_missing=(),
        time_precisions={"month": 2},
        location_precisions={"snapped": 2},
        extent=(449_000.0, 520_000.0, 450_000.0, 521_000.0),
        offences=(_EXAMPLE_OFFENCE,),
        classification="ICCS 1.0",
        without_identifier=1,
        dropped_columns=(),
        created_by="forestall 0.1.0",
    )


_TUPLES = ("parts", "months", "months_missing", "dropped_columns", "extent")


def _typed(written: dict[str, Any]) -> dict[str, Any]:
    lists = {"files": SourceFile, "offences": OffenceClass, "warnings": Warned}
    made = {name: tuple(kind(**one) for one in written[name]) for name, kind in lists.items()}
    plain = {name: tuple(written[name]) for name in _TUPLES}
    return {**written, **made, **plain}
