"""This file knows the steps of one import, from found files to the new state of the store."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb

import forestall
from forestall.errors import InvalidRecords
from forestall.languages import message
from forestall.records.checks import describe_duplicate_rule, describe_rejected
from forestall.records.duplicates import find_duplicates, find_repeated_keys
from forestall.records.located import check_given_points, check_located_points
from forestall.records.manifest import Manifest, SourceFile, Warned
from forestall.records.offences import CLASSIFICATION, Classified, classify, read_crosswalk
from forestall.records.points import GivenPoints, choose_store_crs, project_points
from forestall.records.projection import CrsChoice
from forestall.records.quality import Imported, find_warnings
from forestall.records.reading import read_tables
from forestall.records.reports import ImportReport, Wanted
from forestall.records.sources import open_sources
from forestall.records.store import commit, rejected_file
from forestall.records.summaries import Summary, offence_classes, place_name, summarise
from forestall.records.targets import hash_texts
from forestall.records.writing import count_refused, write_kept, write_rejected

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from forestall.records.inputs import InputFile
    from forestall.records.progress import Reporter
    from forestall.records.reading import ReadTables
    from forestall.records.sources import Sources

_MEMORY_LIMIT = "1GB"


@dataclass(frozen=True, kw_only=True)
class _Import:
    """What all steps of one import need."""

    connection: Any
    store: Path
    working: Path
    before: Manifest | None
    wanted: Wanted
    sources: Sources
    read: ReadTables
    crs: CrsChoice

    @property
    def number(self) -> int:
        return (self.before.imports if self.before else 0) + 1


@dataclass(frozen=True, kw_only=True)
class _Outcome:
    """What one import wrote."""

    summary: Summary
    classes: Mapping[str, Classified]
    files: tuple[SourceFile, ...]
    refused: Mapping[tuple[int, str], int]
    parts: tuple[str, ...]
    all_parts: tuple[Path, ...]


def import_files(
    inputs: Sequence[InputFile],
    store: Path,
    before: Manifest | None,
    wanted: Wanted,
    *,
    working: Path,
    reporter: Reporter,
) -> ImportReport:
    """Import new files into a store whose lock is held; the last step makes it take effect."""
    with duckdb.connect(config=_settings(working)) as connection:
        connection.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")
        connection.execute("SET timezone = 'UTC'")
        sources = open_sources(connection, inputs, wanted, before, working=working)
        read = read_tables(
            connection,
            sources.opened,
            working=working,
            today=wanted.today,
            dropped=frozenset(sources.dropped),
            reporter=reporter,
        )
        reporter.say(message("Finding repeats and projecting points"))
        crs = _project_and_find_keys(
            connection, sources, wanted, before, parts=_stored_parts(store, before)
        )
        one = _Import(
            connection=connection,
            store=store,
            working=working,
            before=before,
            wanted=wanted,
            sources=sources,
            read=read,
            crs=crs,
        )
        _find_repeats(one)
        reporter.say(message("Writing the store"))
        return _write(one)


def _settings(working: Path) -> dict[str, Any]:
    return {
        "memory_limit": _MEMORY_LIMIT,
        "temp_directory": str(working / "spill"),
    }


def _project_and_find_keys(
    connection: Any,
    sources: Sources,
    wanted: Wanted,
    before: Manifest | None,
    *,
    parts: Sequence[Path],
) -> CrsChoice:
    # Projecting keeps one processor busy, and so does sorting identifiers.
    with ThreadPoolExecutor(max_workers=1) as second:
        keys = second.submit(find_repeated_keys, connection.cursor(), parts=parts)
        choice = _project(connection, sources, wanted, before)
        keys.result()
    return choice


def _project(
    connection: Any, sources: Sources, wanted: Wanted, before: Manifest | None
) -> CrsChoice:
    recipe = sources.recipe
    given = GivenPoints(crs=recipe.crs, extent=recipe.extent)
    connection.execute(
        """CREATE OR REPLACE TABLE given_points AS
        SELECT DISTINCT given_x, given_y FROM staged WHERE problem IS NULL"""
    )
    if not connection.execute("SELECT count(*) FROM given_points").fetchone()[0] and before is None:
        raise _nothing_usable(connection)
    if before is None:
        check_given_points(connection, given)
        choice = choose_store_crs(connection, given, wanted=wanted.crs)
    else:
        choice = CrsChoice(
            crs=before.crs,
            name=before.crs_name,
            reason=message(before.crs_reason["text"], **before.crs_reason["values"]),
        )
    project_points(connection, given, crs=choice.crs)
    if before is None:
        check_located_points(connection, given, crs=choice.crs)
    return choice


def _nothing_usable(connection: Any) -> InvalidRecords:
    reasons = connection.execute(
        "SELECT problem, count(*) FROM staged WHERE problem IS NOT NULL GROUP BY 1 ORDER BY 2 DESC"
    ).fetchall()
    why = str(describe_rejected(dict(reasons))[0]) if reasons else "No row in the files is whole."
    return InvalidRecords(f"No row can be used, so nothing was imported. {why}")


def _find_repeats(one: _Import) -> None:
    recipe = one.sources.recipe
    for kind in ("place", "target"):
        if f"{kind}_text" in recipe.fields:
            hash_texts(one.connection, f"{kind}_text", kind=kind)
    find_duplicates(
        one.connection, rule=recipe.duplicates, parts=_stored_parts(one.store, one.before)
    )


def _write(one: _Import) -> ImportReport:
    classes = _classes(one)
    parts = write_kept(
        one.connection, one.sources.recipe, classes, working=one.working, number=one.number
    )
    rejected = one.working / "rejected.parquet"
    earlier = rejected_file(one.store, one.before) if one.before else None
    write_rejected(one.connection, one.read, before=earlier, into=rejected, number=one.number)
    refused = count_refused(one.connection)
    all_parts = [*parts.values(), *_stored_parts(one.store, one.before)]
    if not all_parts:
        raise _nothing_usable(one.connection)
    outcome = _Outcome(
        summary=summarise(one.connection, all_parts),
        classes=classes,
        files=_source_files(one, refused),
        refused=refused,
        parts=tuple(parts),
        all_parts=tuple(all_parts),
    )
    manifest = _manifest(one, outcome)
    _check_sums(manifest, outcome.summary)
    commit(one.store, manifest=manifest, parts=parts, rejected=rejected)
    return _report(one, manifest, outcome)


def _stored_parts(store: Path, before: Manifest | None) -> list[Path]:
    return [store / part for part in before.parts] if before else []


def _classes(one: _Import) -> dict[str, Classified]:
    new = one.connection.execute(
        "SELECT DISTINCT offence FROM staged WHERE offence IS NOT NULL ORDER BY 1"
    ).fetchall()
    stored = [offence.label for offence in one.before.offences] if one.before else []
    crosswalk = read_crosswalk(one.wanted.crosswalk) if one.wanted.crosswalk else None
    labels = dict.fromkeys([*stored, *(row[0] for row in new)])
    return classify(labels, one.sources.recipe, crosswalk=crosswalk)


def _source_files(one: _Import, refused: Mapping[tuple[int, str], int]) -> tuple[SourceFile, ...]:
    rejected = [0] * len(one.read.files)
    for (table, _), rows in refused.items():
        rejected[table] += rows
    files: dict[str, SourceFile] = {}
    for table, opened in enumerate(one.read.opened):
        origin, rows = opened.table.origin, one.read.files[table].rows_read
        earlier = files.get(str(origin.path))
        files[str(origin.path)] = SourceFile(
            name=origin.name,
            sha256=one.read.checksums[table],
            bytes=origin.bytes,
            rows_read=rows + (earlier.rows_read if earlier else 0),
            rows_kept=rows - rejected[table] + (earlier.rows_kept if earlier else 0),
            rows_rejected=rejected[table] + (earlier.rows_rejected if earlier else 0),
        )
    return tuple(files.values())


def _manifest(one: _Import, outcome: _Outcome) -> Manifest:
    before, recipe, summary = one.before, one.sources.recipe, outcome.summary
    files = (*(before.files if before else ()), *outcome.files)
    dropped = {*(before.dropped_columns if before else ()), *one.sources.dropped}
    return Manifest(
        imports=one.number,
        parts=(*(before.parts if before else ()), *outcome.parts),
        source=recipe.kind,
        publisher=recipe.publisher,
        licence=recipe.licence,
        attribution=recipe.attribution,
        place_name=place_name(one.connection, recipe, before),
        files=files,
        rows_read=sum(file.rows_read for file in files),
        rows_kept=summary.rows,
        rejected=_by_reason(outcome.refused, before.rejected if before else {}),
        warnings=_warnings(one, outcome),
        crs=one.crs.crs,
        crs_name=one.crs.name,
        crs_reason={"text": one.crs.reason.text, "values": dict(one.crs.reason.values)},
        timezone=recipe.timezone,
        first_day=summary.first_day.isoformat(),
        last_day=summary.last_day.isoformat(),
        months=tuple(summary.months),
        months_missing=summary.months_missing,
        time_precisions=summary.time_precisions,
        location_precisions=summary.location_precisions,
        extent=summary.extent,
        offences=offence_classes(summary.offence_rows, outcome.classes, recipe),
        classification=CLASSIFICATION,
        without_identifier=summary.without_identifier,
        dropped_columns=tuple(sorted(dropped)),
        created_by=f"forestall {forestall.__version__}",
    )


def _warnings(one: _Import, outcome: _Outcome) -> tuple[Warned, ...]:
    imported = Imported(
        summary=outcome.summary,
        recipe=one.sources.recipe,
        read=one.read,
        parts=outcome.all_parts,
        before=one.before,
        skipped=one.sources.skipped,
        dropped=one.sources.dropped,
        classes=outcome.classes,
    )
    return find_warnings(one.connection, imported)


def _by_reason(refused: Mapping[tuple[int, str], int], before: Mapping[str, int]) -> dict[str, int]:
    reasons = dict(before)
    for (_, reason), rows in refused.items():
        reasons[reason] = reasons.get(reason, 0) + rows
    return dict(sorted(reasons.items()))


def _check_sums(manifest: Manifest, summary: Summary) -> None:
    # Nothing is lost: if this is ever wrong, the store must not change.
    accounted = summary.rows + manifest.rows_rejected
    assert manifest.rows_read == accounted, (manifest.rows_read, accounted)
    assert summary.rows == sum(file.rows_kept for file in manifest.files)


def _report(one: _Import, manifest: Manifest, outcome: _Outcome) -> ImportReport:
    return ImportReport(
        store=one.store,
        manifest=manifest,
        recognised_as=one.sources.recipe.recognised_as,
        rows_read=sum(file.rows_read for file in outcome.files),
        rows_kept=sum(file.rows_kept for file in outcome.files),
        rejected=_by_reason(outcome.refused, {}),
        files_imported=tuple(file.name for file in outcome.files),
        files_skipped=one.sources.skipped,
        duplicate_rule=describe_duplicate_rule(one.sources.recipe.duplicates),
    )
