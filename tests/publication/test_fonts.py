"""The packaged fonts hold every character that a report can write in each language."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from forestall.errors import InvalidFonts
from forestall.languages import Decimal, Month, Share, available_languages, use_language, write
from forestall.publication.fonts import font_families, font_folders
from scripts.extract_sentences import find_sentences
from scripts.update_catalogues import read_catalogue

PACKAGED = font_folders()[-1]
MANIFEST = json.loads((PACKAGED / "manifest.json").read_text(encoding="utf-8"))["fonts"]
SIGNS = "−–—“”«»‹›„‘’≤≥×±→←·●□◆○■²³°…%‰€£∞≈√½№•\u00a0\u202f\u2066\u2069"
LANGUAGES = ("en", "ar", "es", "fr", "ru", "zh")


@cache
def characters_of(file):
    with TTFont(PACKAGED / file) as font:
        return frozenset(font.getBestCmap())


def characters_in(tag, *, weight=400):
    """Return what the families of a language hold; bold falls back to a regular sign font."""
    files = [
        entry["file"]
        for entry in MANIFEST
        if entry["family"] in font_families(tag)
        and (entry["weight"] == weight or entry["family"] == "Noto Sans Math")
    ]
    return frozenset().union(*map(characters_of, files))


def missing_from(tag, text, *, weight=400):
    held = characters_in(tag, weight=weight)
    return sorted({letter for letter in text if letter != "\n" and ord(letter) not in held})


@cache
def letters_of(tag):
    """Return every letter of the sentences in a language, and of those in English."""
    english = "".join(text for one in find_sentences() for text in one.texts)
    translated = [] if tag == "en" else [entry.string for entry in read_catalogue(tag) if entry.id]
    flat = (one if isinstance(one, str) else "".join(one or ()) for one in translated)
    return "".join(sorted({*english, *"".join(flat)}))


@pytest.mark.parametrize("weight", [400, 700])
@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_sentence_of_the_package_can_be_printed(tag, weight):
    assert missing_from(tag, letters_of(tag), weight=weight) == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_signs_numbers_and_dates_can_be_printed(tag):
    if tag not in available_languages():
        pytest.skip(f"no catalogue for {tag}")
    with use_language(tag):
        days = [date(2024, month, 7) for month in range(1, 13)]
        written = [
            write(1234567),
            str(Share(-0.125, decimals=1, signed=True)),
            str(Decimal(1234.5)),
            *(f"{Month(day)}{Month(day, short=True)}{write(day)}" for day in days),
        ]

    assert missing_from(tag, SIGNS + "".join(written)) == []


def test_names_in_the_other_scripts_can_be_printed_in_every_report():
    for tag in LANGUAGES:
        assert missing_from(tag, "Łódź Çankırı Αθήνα Москва Київ القاهرة 上海 Nguyễn") == []


def test_a_character_that_no_font_holds_is_told_as_missing():
    assert missing_from("en", "龘 a") == ["龘"]


def test_the_manifest_tells_what_lies_in_the_folder():
    listed = {entry["file"]: entry for entry in MANIFEST}

    assert {path.name for path in PACKAGED.glob("*.ttf")} == set(listed)
    for name, entry in listed.items():
        found = hashlib.sha256((PACKAGED / name).read_bytes()).hexdigest()
        assert found == entry["sha256"], name
        assert "SIL Open Font License" in (PACKAGED / entry["licence_file"]).read_text("utf-8")


def test_each_font_says_its_family_and_weight_itself():
    for entry in MANIFEST:
        with TTFont(PACKAGED / entry["file"]) as font:
            assert font["name"].getDebugName(1) == entry["family"]
            assert font["OS/2"].usWeightClass == entry["weight"]


def test_all_fonts_together_stay_small():
    assert sum(path.stat().st_size for path in PACKAGED.glob("*.ttf")) < 5_200_000


def test_more_fonts_come_from_a_folder_of_the_user(tmp_path, monkeypatch):
    monkeypatch.setenv("FORESTALL_FONT_DIR", str(tmp_path))

    assert font_folders() == (tmp_path, PACKAGED)


def test_a_folder_of_fonts_that_does_not_exist_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setenv("FORESTALL_FONT_DIR", str(tmp_path / "none"))

    with pytest.raises(InvalidFonts, match=re.escape(str(Path("none")))):
        font_folders()
