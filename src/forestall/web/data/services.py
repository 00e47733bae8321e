"""This file knows how stores, imports, files of areas and diagnoses are begun and stopped."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from django.db import transaction

from forestall.errors import InvalidFile
from forestall.languages import message
from forestall.records.inputs import checksum
from forestall.web.audit.services import record
from forestall.web.data.diagnosing import read_areas
from forestall.web.data.folders import area_file, areas_folder, import_folder
from forestall.web.data.importing import forget_files
from forestall.web.data.inbox import inbox_file
from forestall.web.data.jobs import DIAGNOSIS, IMPORT
from forestall.web.data.models import AreaFile, FileImport, SafetyDiagnosis, Store, WorkState
from forestall.web.data.received import (
    AREAS,
    MOST_AREA_BYTES,
    check_content,
    check_kind,
    safe_name,
)
from forestall.web.operations.tasks import cancel_job, start_job
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.web.data.arriving import ArrivedFile
    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.people.models import Person

_MOST_MAPPING_BYTES = 100_000


@transaction.atomic
def add_store(*, jurisdiction: Jurisdiction, name: str, by: Person) -> Store:
    """Begin a store of incidents; its folder is made by the first import.

    Raises
    ------
    NotAllowed
        If the person may not load data there.
    """
    check_may(by, Verb.LOAD_DATA, jurisdiction)
    store = Store.objects.create(jurisdiction=jurisdiction, name=name, made_by=by)
    record("add store", by=by, about=f"store {store.pk}", jurisdiction=jurisdiction)
    return store


def begin_import(
    *,
    store: Store,
    arrived: Sequence[ArrivedFile],
    inbox: Sequence[str],
    settings: dict[str, Any],
    by: Person,
) -> FileImport:
    """Take files in and queue their import.

    Parameters
    ----------
    arrived
        Files that were uploaded; one that ends in .toml says what the columns mean.
    inbox
        Names of files in the inbox of the server.
    settings
        ``timezone``, and ``drop_personal`` to leave out columns that identify persons.

    Raises
    ------
    NotAllowed
        If the person may not load data there.
    InvalidFile
        If there is no file, or one cannot be taken in; then nothing is kept of any.
    """
    check_may(by, Verb.LOAD_DATA, store.jurisdiction)
    with transaction.atomic():
        one = FileImport.objects.create(
            jurisdiction=store.jurisdiction, store=store, settings=settings, made_by=by
        )
        # A number is given once more when what it was given for was not kept, such as after a
        # power cut; files of that attempt would be in the way of every later one.
        forget_files(one)
        try:
            _take_in(one, arrived, inbox)
        except Exception:
            forget_files(one)
            raise
        one.save(update_fields=["files", "mapping"])
        record(
            "begin import",
            by=by,
            about=f"import {one.pk}",
            jurisdiction=store.jurisdiction,
            files=len(one.files),
        )
    return _queue_import(one, by=by)


def answer_import(
    *, one: FileImport, mapping: str, settings: dict[str, Any], by: Person
) -> FileImport:
    """Say what columns mean, or what else an import lacked, and queue it once more.

    Raises
    ------
    NotAllowed
        If the person may not load data there.
    InvalidFile
        If the import is done, or under way.
    """
    check_may(by, Verb.LOAD_DATA, one.jurisdiction)
    if one.is_open or one.state == WorkState.DONE.value:
        raise InvalidFile(message("This import is done or under way, and asks for nothing."))
    with transaction.atomic():
        one.mapping = mapping or one.mapping
        one.settings = {**one.settings, **settings}
        one.state, one.failure, one.questions = WorkState.WAITING.value, "", {}
        one.job = None
        one.save()
        record("answer import", by=by, about=f"import {one.pk}", jurisdiction=one.jurisdiction)
    return _queue_import(one, by=by)


@transaction.atomic
def drop_import(*, one: FileImport, by: Person) -> None:
    """Remove an import that was not done, and the files that were brought for it.

    Raises
    ------
    NotAllowed
        If the person may not load data there.
    InvalidFile
        If it is done or under way.
    """
    check_may(by, Verb.LOAD_DATA, one.jurisdiction)
    if one.is_open or one.state == WorkState.DONE.value:
        raise InvalidFile(message("An import that is done or under way cannot be removed."))
    record("drop import", by=by, about=f"import {one.pk}", jurisdiction=one.jurisdiction)
    folder = import_folder(one)
    one.delete()
    transaction.on_commit(lambda: shutil.rmtree(folder, ignore_errors=True))


@transaction.atomic
def add_areas(
    *,
    jurisdiction: Jurisdiction,
    arrived: ArrivedFile,
    name: str,
    columns: dict[str, str],
    by: Person,
) -> AreaFile:
    """Keep a file of areas, once it was read.

    Parameters
    ----------
    columns
        ``code``, ``name_column`` and ``population``, each a column of the file or empty.

    Raises
    ------
    NotAllowed
        If the person may not load data there.
    InvalidFile, InvalidAreas
        If it cannot be read; then nothing of it is kept.
    """
    check_may(by, Verb.LOAD_DATA, jurisdiction)
    given = safe_name(arrived.name or "")
    check_kind(given, kinds=AREAS)
    if (arrived.size or 0) > MOST_AREA_BYTES:
        raise InvalidFile(
            message(
                "A file of areas may have {most} MB at most; simplify its outlines.",
                most=MOST_AREA_BYTES // 1_000_000,
            )
        )
    areas = AreaFile.objects.create(
        jurisdiction=jurisdiction, name=name, areas=0, made_by=by, **columns
    )
    areas.file = f"{areas.pk}-{given}"
    areas_folder(jurisdiction).mkdir(parents=True, exist_ok=True)
    path = area_file(areas)
    arrived.keep_as(path)
    try:
        check_content(path, given)
        areas.areas = read_areas(areas).size
    except Exception:
        path.unlink()
        raise
    areas.sha256 = checksum(path)
    areas.save()
    record("add areas", by=by, about=f"areas {areas.pk}", jurisdiction=jurisdiction)
    return areas


def begin_diagnosis(
    *, store: Store, areas: AreaFile | None, options: dict[str, Any], by: Person
) -> SafetyDiagnosis:
    """Queue a diagnosis of a store.

    Raises
    ------
    NotAllowed
        If the person may not run a diagnosis there.
    """
    check_may(by, Verb.DIAGNOSE, store.jurisdiction)
    with transaction.atomic():
        one = SafetyDiagnosis.objects.create(
            jurisdiction=store.jurisdiction,
            store=store,
            areas=areas,
            options=options,
            made_by=by,
        )
        record(
            "begin diagnosis",
            by=by,
            about=f"diagnosis {one.pk}",
            jurisdiction=store.jurisdiction,
            store=store.pk,
        )
    job = start_job(kind=DIAGNOSIS, jurisdiction=one.jurisdiction, by=by, number=one.pk)
    SafetyDiagnosis.objects.filter(pk=one.pk).update(job=job)
    return SafetyDiagnosis.objects.select_related("job").get(pk=one.pk)


def stop_work(*, one: FileImport | SafetyDiagnosis, by: Person) -> None:
    """Stop an import or a diagnosis; what is there already stays as it is.

    Raises
    ------
    NotAllowed
        If the person neither began it nor administers the jurisdiction.
    """
    if one.job is not None:
        cancel_job(job=one.job, by=by)


def _queue_import(one: FileImport, *, by: Person) -> FileImport:
    job = start_job(kind=IMPORT, jurisdiction=one.jurisdiction, by=by, number=one.pk)
    FileImport.objects.filter(pk=one.pk).update(job=job)
    return FileImport.objects.select_related("job", "store").get(pk=one.pk)


def _take_in(one: FileImport, arrived: Sequence[ArrivedFile], inbox: Sequence[str]) -> None:
    folder = import_folder(one)
    folder.mkdir(parents=True)
    files = [{"name": name, "inbox": True} for name in inbox]
    for name in inbox:
        check_content(inbox_file(name), name)
    taken: set[str] = set()
    for each in arrived:
        name = safe_name(each.name or "", taken=taken)
        if name.lower().endswith(".toml"):
            one.mapping = _mapping_text(each, name)
            continue
        check_kind(name)
        each.keep_as(folder / name)
        check_content(folder / name, name)
        taken.add(name)
        files.append({"name": name, "inbox": False})
    if not files:
        raise InvalidFile(message("Choose a file with incidents, from your computer or the inbox."))
    one.files = files


def _mapping_text(each: ArrivedFile, name: str) -> str:
    content: bytes = each.read(_MOST_MAPPING_BYTES + 1)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if not text.strip() or len(content) > _MOST_MAPPING_BYTES or "\x00" in text:
        raise InvalidFile(
            message("“{name}” should be a small TOML file that says what columns mean.", name=name)
        )
    return text
