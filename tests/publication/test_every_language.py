"""A report that was built once is written in any language, and nothing of it stays English."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from html import unescape

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from forestall.disclosure import SafeTable, rule_named
from forestall.languages import use_language
from forestall.publication import Setting, build_report, protect_diagnosis, write_html
from forestall.publication.example import example_diagnosis
from forestall.records import Places
from scripts.extract_sentences import find_sentences

# Greek writes its months and days in letters that no English word has.
OTHER = "el"
COMMAND = "forestall diagnose town.csv -o report"
# Names, files and columns, which stay as they are in every language.
NAMES = frozenset(
    {"forestall", "Hill", "Town", "CSV", "JSON", "GeoJSON", "SHA", "UTC", "EPSG"}
    | {"group", "months", "csv", "census", "block"}
)


def marked(text: str) -> str:
    """Return a sentence with its own words in brackets and its values outside of them."""
    parts = re.split(r"(\{[a-z_]+\})", text)
    return "".join(
        part if part.startswith("{") else re.sub(r"(\S(?:.*\S)?)", r"⟦\1⟧", part, flags=re.DOTALL)
        for part in parts
    )


@pytest.fixture
def translated(tmp_path, monkeypatch):
    """Make a catalogue that translates every sentence into itself in brackets."""
    catalogue = Catalog(locale=OTHER, charset="utf-8", fuzzy=False)
    for one in find_sentences():
        key, string = one.texts, tuple(map(marked, one.texts))
        catalogue.add(*((key, string) if len(key) > 1 else (key[0], string[0])))
    file = tmp_path / OTHER / "LC_MESSAGES" / "forestall.po"
    file.parent.mkdir(parents=True)
    with file.open("wb") as stream:
        write_po(stream, catalogue)
    monkeypatch.setenv("FORESTALL_LOCALES", str(tmp_path))


def texts_of(page: str) -> list[str]:
    """Return what a reader sees or hears: texts, and attributes that are read aloud."""
    page = re.sub(r"<style>.*?</style>|<code>.*?</code>", "", page, flags=re.DOTALL)
    heard = re.findall(r' (?:title|aria-label|alt|data-label)="([^"]*)"', page)
    return [unescape(text) for text in [*heard, *re.split(r"<[^>]*>", page)]]


def left_over(page: str, *, names: frozenset[str]) -> set[str]:
    """Return the words in Latin letters outside of brackets that are no names."""
    outside = [re.sub(r"⟦[^⟦⟧]*⟧", " ", text) for text in texts_of(page)]
    words = {word for text in outside for word in re.findall(r"[A-Za-z]{2,}", text)}
    return words - names - NAMES


def floats_in(part: object) -> list[float]:
    """Return the numbers that a document itself holds, protected tables and places apart."""
    if isinstance(part, float):
        return [float(part)]
    if isinstance(part, Mapping):
        return [number for value in part.values() for number in floats_in(value)]
    if isinstance(part, tuple | list):
        return [number for value in part for number in floats_in(value)]
    if is_dataclass(part) and not isinstance(part, SafeTable | Places):
        return floats_in([getattr(part, one.name) for one in fields(part)])
    return []


def names_in(diagnosis) -> frozenset[str]:
    """Return the words of the data: publisher, licence, places, files, what the source names."""
    manifest = diagnosis.manifest
    said = [
        manifest.publisher,
        manifest.licence,
        manifest.attribution,
        manifest.timezone,
        manifest.crs_name,
        manifest.classification,
        *(file.name for file in manifest.files),
        *diagnosis.districts.get("district", ()),
        *diagnosis.landmarks.get("context", ()),
    ]
    for counts in (diagnosis.by_area, diagnosis.counts):
        said += map(str, getattr(getattr(counts, "places", None), "names", ()))
    words = {word for text in said for word in re.findall(r"[A-Za-z]{2,}", str(text or ""))}
    return frozenset(form for word in words for form in (word, word.lower(), word.title()))


def report_of(diagnosis, *, place="Hill Town"):
    return build_report(
        Setting(
            diagnosis=diagnosis,
            safe=protect_diagnosis(diagnosis, rule=rule_named("threshold-5")),
            place=place,
            made_on=date(2026, 1, 5),
            command=COMMAND,
        )
    )


@pytest.mark.parametrize("clock", ["minute", "day"])
@pytest.mark.parametrize("months", [3, 8, 30])
def test_nothing_of_a_report_stays_english(translated, months, clock):
    town = example_diagnosis(months=months, clock=clock)
    document = report_of(town)

    with use_language(OTHER):
        page = write_html(document)

    assert '<html lang="el" dir="ltr">' in page
    assert page.count("⟦") > 200
    assert left_over(page, names=names_in(town)) == set()


def test_nothing_of_the_report_of_an_example_stays_english(translated, bundled):
    document = report_of(bundled, place="")

    with use_language(OTHER):
        page = write_html(document)

    assert left_over(page, names=names_in(bundled)) == set()


@pytest.mark.parametrize("months", [8, 30])
def test_a_document_keeps_no_more_digits_than_it_shows(months):
    document = report_of(example_diagnosis(months=months))
    held = [number for number in floats_in(document.sections) if math.isfinite(number)]

    assert len(held) > 10
    assert [number for number in held if number != round(number, 4)] == []


def test_the_same_document_is_written_in_several_languages(translated):
    document = report_of(example_diagnosis())

    english = write_html(document)
    with use_language(OTHER):
        other = write_html(document)

    assert write_html(document) == english
    assert "Ιανουάριος\N{NO-BREAK SPACE}2024" in other
    assert "January" not in other
