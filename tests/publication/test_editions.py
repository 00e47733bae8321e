"""A report is written once more from what was stored; nothing of others is touched."""

from __future__ import annotations

import json
import os
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from forestall.errors import (
    InvalidOutput,
    InvalidPublication,
    NoSpaceLeft,
    UnknownFormat,
    UnknownLanguage,
)
from forestall.publication import editions, formats, publish_diagnosis
from forestall.publication.editions import known_languages, republish
from forestall.publication.example import example_diagnosis
from forestall.publication.files import check_output
from forestall.publication.formats import Format, Made, Scope, known_formats
from forestall.publication.stored import STORED, read_editions

MADE_ON = date(2026, 1, 5)


@pytest.fixture(scope="module")
def town():
    return example_diagnosis()


@pytest.fixture(scope="module")
def first_report(town, tmp_path_factory):
    out = tmp_path_factory.mktemp("first") / "report"
    publish_diagnosis(town, out=out, place="Hill Town", made_on=MADE_ON)
    return out


@pytest.fixture
def report(first_report, tmp_path):
    return Path(shutil.copytree(first_report, tmp_path / "report"))


@pytest.fixture
def letters(monkeypatch):
    """Add formats for the test: a letter in each language, and one file for the report."""

    class Letter:
        data = b"letter"
        warnings = ("The sign “囍” is missing.",)

    def folder(request):
        return {"a.txt": b"a", "b.txt": str(request.document.title).encode()}

    added = {
        "letter": Format(write=lambda _: Letter(), path="letter.txt", words="letter"),
        "leaves": Format(write=folder, path="leaves/", words="leaves"),
        "once": Format(write=lambda _: "once", path="once.txt", words="once", scope=Scope.REPORT),
    }
    for module in (formats, editions):
        monkeypatch.setattr(module, "CHOSEN", {**formats.CHOSEN, **added})
        monkeypatch.setattr(module, "FORMATS", {**formats.FORMATS, **added})
    return added


def files_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def links_of(page):
    return re.findall(r'<a href="([^"#]+)"', page.read_text().split("</header>")[0])


# Languages


def test_a_language_is_added_in_a_folder_of_its_own(report):
    before = files_of(report)

    made = republish(report, languages=["ar"])

    page = (report / "ar" / "index.html").read_text()
    assert made.paths == ("index.html", "ar/index.html", "ar/diagnosis.json")
    assert '<html lang="ar" dir="rtl">' in page
    assert json.loads((report / "ar" / "diagnosis.json").read_text())["language"] == "ar"
    after = files_of(report)
    assert {name for name in before if after[name] != before[name]} == {"index.html", STORED}


def test_every_page_leads_to_the_others_in_their_own_script(report):
    republish(report, languages=["ar", "zh"])

    first = (report / "index.html").read_text()
    assert '<a href="ar/index.html" lang="ar" dir="rtl" hreflang="ar">العربية</a>' in first
    assert '<a href="zh/index.html" lang="zh" dir="ltr" hreflang="zh">中文</a>' in first
    assert '<link rel="alternate" hreflang="zh" href="zh/index.html">' in first
    arabic = (report / "ar" / "index.html").read_text()
    assert '<a href="../index.html" lang="en" dir="ltr" hreflang="en">English</a>' in arabic
    assert '<a href="../zh/index.html"' in arabic


def test_every_link_of_the_head_leads_to_something(report, letters):
    republish(report, languages=["en,fr,ar"], formats=["letter", "leaves", "once"])

    pages = [report / "index.html", report / "fr" / "index.html", report / "ar" / "index.html"]
    for page in pages:
        links = links_of(page)
        assert {"letter.txt", "diagnosis.json", "tables"} <= {Path(link).name for link in links}
        for link in links:
            assert (page.parent / link).exists(), link


def test_a_report_without_other_languages_has_no_links_to_them(report):
    assert 'hreflang="' not in (report / "index.html").read_text()


def test_languages_can_be_asked_for_at_once_and_the_first_is_at_the_root(town, tmp_path):
    both = tmp_path / "both"
    publish_diagnosis(town, out=both, made_on=MADE_ON, languages=["fr", "ar"])

    assert '<html lang="fr"' in (both / "index.html").read_text()
    assert not (both / "fr").exists()
    assert '<html lang="ar"' in (both / "ar" / "index.html").read_text()
    later = tmp_path / "later"
    publish_diagnosis(town, out=later, made_on=MADE_ON, languages=["fr"])
    republish(later, languages=["ar"])
    assert files_of(later) == files_of(both)


def test_all_means_every_language_with_a_catalogue():
    assert known_languages("all") == ("en", "ar", "es", "fr", "ru", "zh")


@pytest.mark.parametrize("tag", ["xx", "", "ar,", "../x", "fr-../../x", "/", "a b"])
def test_an_unknown_language_is_refused_and_nothing_written(report, tag):
    before = files_of(report)

    with pytest.raises(UnknownLanguage):
        republish(report, languages=[tag])

    assert files_of(report) == before


# Formats


@pytest.mark.parametrize("name", ["odt", "", "html,odt", "../html"])
def test_an_unknown_format_is_refused_and_nothing_written(report, name):
    before = files_of(report)

    with pytest.raises(UnknownFormat, match="A report is written as html"):
        republish(report, formats=[name])

    assert files_of(report) == before


def test_names_of_formats_may_be_given_in_one_word():
    assert known_formats("HTML", "html,html") == ("html",)


def test_a_format_is_added_in_every_language_with_its_warnings_and_links(report, letters):
    republish(report, languages=["ar"])

    made = republish(report, formats=["letter"])

    assert (report / "letter.txt").read_bytes() == b"letter"
    assert (report / "ar" / "letter.txt").read_bytes() == b"letter"
    assert set(made.warnings) == {"The sign “囍” is missing."}
    assert "letter.txt" in links_of(report / "index.html")
    assert "../ar/letter.txt" in links_of(report / "ar" / "index.html")


def test_a_language_is_added_in_the_formats_of_the_first(report, letters):
    republish(report, formats=["letter", "leaves"])

    republish(report, languages=["fr"])

    assert (report / "fr" / "letter.txt").is_file()
    assert (report / "fr" / "leaves" / "a.txt").is_file()


def test_what_is_written_once_lies_at_the_root(report, letters):
    republish(report, formats=["once"], languages=["ar"])

    assert (report / "once.txt").read_text() == "once"
    assert not (report / "ar" / "once.txt").exists()
    assert "../once.txt" in links_of(report / "ar" / "index.html")


def test_what_else_exists_is_kept_as_it_is(report, letters):
    republish(report, formats=["letter"])
    (report / "letter.txt").write_bytes(b"kept")

    republish(report, languages=["ar"], formats=["leaves"])

    assert (report / "letter.txt").read_bytes() == b"kept"


def test_with_nothing_named_all_is_written_anew(report, letters):
    republish(report, formats=["letter"], languages=["en,ar"])
    whole = files_of(report)
    (report / "letter.txt").write_bytes(b"old")
    (report / "index.html").write_bytes(b"old")
    (report / "tables" / "offences.csv").write_bytes(b"old")

    republish(report)

    assert files_of(report) == whole


def test_an_edition_whose_files_are_gone_is_no_longer_linked(report, letters):
    republish(report, formats=["letter"], languages=["en", "ar", "fr"])
    shutil.rmtree(report / "fr")
    (report / "letter.txt").unlink()

    republish(report, languages=["ar"])

    assert not any("fr/" in link for link in links_of(report / "index.html"))
    assert "letter.txt" not in links_of(report / "index.html")
    assert {one.language for one in read_editions(report)} == {"", "ar", "en"}


def test_a_page_that_is_gone_is_written_again(report):
    (report / "index.html").unlink()

    republish(report, languages=["ar"])

    assert (report / "index.html").is_file()
    assert (report / "ar" / "index.html").is_file()


def test_a_format_of_another_version_is_kept(report, letters, monkeypatch):
    republish(report, formats=["letter"])
    monkeypatch.undo()

    republish(report, languages=["ar"])

    assert (report / "letter.txt").read_bytes() == b"letter"
    assert not (report / "ar" / "letter.txt").exists()


def test_a_diagnosis_replaces_all_formats_and_languages(town, report, letters):
    republish(report, formats=["letter", "leaves"], languages=["en", "ar"])

    publish_diagnosis(town, out=report, place="Hill Town", made_on=MADE_ON)

    names = set(files_of(report))
    assert {"index.html", "diagnosis.json", STORED} <= names
    assert not any(name.startswith(("ar/", "leaves/", "letter")) for name in names)


# The same input, the same bytes


def test_a_report_that_is_written_again_has_the_same_bytes(report, first_report):
    republish(report)

    assert files_of(report) == files_of(first_report)


def test_nothing_but_the_stored_publication_is_needed(report, first_report):
    for path in report.iterdir():
        if path.name != STORED:
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    republish(report)

    again, first = files_of(report), files_of(first_report)
    assert again["index.html"].split(b"</header>")[1] == first["index.html"].split(b"</header>")[1]
    assert again["diagnosis.json"] == first["diagnosis.json"]


# Files of others


def test_files_of_others_are_never_touched(report, letters):
    mine = {"notes.txt": b"mine", "ar/notes.txt": b"mine", "tables/mine.csv": b"mine"}
    for name, text in mine.items():
        (report / name).parent.mkdir(exist_ok=True)
        (report / name).write_bytes(text)
    before = {name: (report / name).stat().st_ino for name in mine}

    republish(report, formats=["letter"], languages=["ar", "fr"])

    assert {name: files_of(report)[name] for name in mine} == mine
    assert {name: (report / name).stat().st_ino for name in mine} == before
    assert (report / "ar" / "index.html").is_file()


def test_a_diagnosis_removes_what_is_old_and_leaves_what_is_of_others(town, report):
    republish(report, languages=["ar", "fr"])
    (report / "ar" / "notes.txt").write_bytes(b"mine")

    publish_diagnosis(town, out=report, made_on=MADE_ON)

    assert {name for name in files_of(report) if name.startswith("ar/")} == {"ar/notes.txt"}
    assert not (report / "fr").exists()


@pytest.mark.parametrize("taken", ["ar/letter.txt", "ar/index.html", "ar"])
def test_a_file_of_others_in_the_way_is_named_and_kept(report, letters, taken):
    (report / taken).parent.mkdir(exist_ok=True)
    (report / taken).write_bytes(b"mine")
    before = files_of(report)

    with pytest.raises(InvalidOutput, match=f"the place of “{re.escape(taken)}”"):
        republish(report, formats=["letter"], languages=["ar"])

    assert files_of(report) == before


def test_a_file_in_the_way_of_a_folder_is_found_before_anything_moves(report, letters):
    (report / "leaves").mkdir()
    (report / "leaves" / "b.txt").write_bytes(b"mine")
    before = files_of(report)

    with pytest.raises(InvalidOutput, match=r"the place of “leaves/b\.txt”"):
        republish(report, formats=["leaves"])

    assert files_of(report) == before


def test_a_folder_of_an_older_version_is_told_to_diagnose_again(report, town):
    (report / STORED).unlink()

    with pytest.raises(InvalidPublication, match="Make the report again"):
        republish(report, languages=["ar"])

    publish_diagnosis(town, out=report, made_on=MADE_ON)
    assert (report / STORED).is_file()


def test_a_folder_that_is_no_report_is_refused(tmp_path):
    (tmp_path / "thesis.docx").write_text("years of work")

    with pytest.raises(InvalidOutput, match=r"first “thesis\.docx”"):
        republish(tmp_path)
    with pytest.raises(InvalidPublication, match="Make the report again"):
        republish(tmp_path / "nothing")


# Interrupted


def test_a_failing_writer_leaves_the_report_as_it_was(report, letters, monkeypatch):
    def fail(_):
        raise OSError(28, "No space left on device")

    added = {**formats.FORMATS, "letter": Format(write=fail, path="letter.txt", words="letter")}
    monkeypatch.setattr(editions, "FORMATS", added)
    before = files_of(report)

    with pytest.raises(NoSpaceLeft, match="is as it was"):
        republish(report, formats=["letter"], languages=["ar"])

    assert files_of(report) == before
    assert [path.name for path in report.parent.iterdir()] == ["report"]


def test_a_report_left_aside_by_a_kill_is_put_back(report):
    before = files_of(report)
    aside = report.parent / ".report-old-x1"
    aside.mkdir()
    report.rename(aside / "report")

    check_output(report)

    assert files_of(report) == before
    assert not aside.exists()


def test_made_files_are_bytes():
    request = None
    once = Format(write=lambda _: "é", path="a.txt")

    assert once.made(request) == Made({"a.txt": "é".encode()})  # type: ignore[arg-type]


@pytest.mark.skipif(os.geteuid() == 0, reason="The administrator may write everywhere.")
def test_a_folder_that_cannot_be_written_is_refused(report):
    report.parent.chmod(0o555)
    try:
        with pytest.raises(InvalidOutput, match="no permission"):
            republish(report, languages=["ar"])
    finally:
        report.parent.chmod(0o755)
