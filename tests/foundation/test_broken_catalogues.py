"""A catalogue that a city brings may be wrong: it never breaks or falsifies a sentence."""

from __future__ import annotations

import pytest

from forestall.errors import InvalidCatalogue
from forestall.languages import say, say_plural, use_language

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
FORMS = "nplurals=3; plural=(n%10==1 ? 0 : n%10<5 ? 1 : 2);"
ROWS = "{rows} rows were read."


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """Return a function that writes a catalogue and names its folder."""

    def write(data):
        file = tmp_path / "ru" / "LC_MESSAGES" / "forestall.po"
        file.parent.mkdir(parents=True)
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        monkeypatch.setenv("FORESTALL_LOCALES", str(tmp_path))

    return write


@pytest.mark.parametrize(
    "wrong",
    [
        "строк: {foo}",
        "строк: {rows} {foo}",
        "строк: {rows.__class__}",
        "строк: {rows[0]}",
        "строк: {rows!r}",
        "строк: {rows:>9999999}",
        "строк: {rows:{rows}}",
        "строк: {} {rows}",
        "строк: {0} {rows}",
        "строк: {rows} {",
        "строк: {rows} }",
        "строк много",
    ],
)
def test_a_translation_with_other_places_falls_back_to_english(catalogue, wrong):
    catalogue(f'{HEAD}\nmsgid "{ROWS}"\nmsgstr "{wrong}"\n')

    with use_language("ru"):
        assert say(ROWS, rows=1200) == "1,200 rows were read.".replace(",", "\u00a0")


@pytest.mark.parametrize(
    ("forms", "last"),
    [
        ("nplurals=3; plural=(n%0);", "районов {count}"),
        ("nplurals=3; plural=7;", "районов {count}"),
        ("nplurals=3; plural=n-9;", "районов {count}"),
        ("nplurals=3; plural=__import__('os');", "районов {count}"),
        (FORMS, ""),
        (FORMS, "районов {areas}"),
    ],
)
def test_a_plural_form_that_cannot_be_found_falls_back_to_english(catalogue, forms, last):
    head = f'{HEAD}"Plural-Forms: {forms}\\n"\n'
    entry = 'msgid "{count} area"\nmsgid_plural "{count} areas"\n'
    catalogue(f'{head}\n{entry}msgstr[0] "район"\nmsgstr[1] "района"\nmsgstr[2] "{last}"\n')

    with use_language("ru"):
        assert say_plural("{count} area", "{count} areas", 8) == "8 areas"


def test_a_plural_form_may_leave_out_its_number(catalogue):
    head = f'{HEAD}"Plural-Forms: {FORMS}\\n"\n'
    entry = 'msgid "{count} area"\nmsgid_plural "{count} areas"\n'
    catalogue(f'{head}\n{entry}msgstr[0] "один"\nmsgstr[1] "{{count}} района"\nmsgstr[2] ""\n')

    with use_language("ru"):
        assert say_plural("{count} area", "{count} areas", 1) == "один"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\x00\xff" * 100, "encoding"),
        (HEAD.replace("utf-8", "latin-99") + 'msgid "x"\nmsgstr "я"\n', "encoding"),
        (f'{HEAD}\nmsgid "{ROWS}"\nmsgstr "строк"\n'.encode("cp1251"), "encoding"),
        (f'{HEAD}\nmsgid "x\nmsgstr y"\n garbage', "line [0-9]"),
    ],
)
def test_a_catalogue_that_cannot_be_read_is_named(catalogue, data, why):
    catalogue(data)

    with use_language("ru"), pytest.raises(InvalidCatalogue, match=f"ru/LC_MESSAGES.*{why}"):
        say(ROWS, rows=1)
