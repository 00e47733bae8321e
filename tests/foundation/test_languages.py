"""Sentences in the language in force."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.errors import UnknownLanguage
from forestall.languages import (
    Decimal,
    Hour,
    Listing,
    Month,
    MonthName,
    MonthPair,
    Quantity,
    Sentences,
    Share,
    available_languages,
    direction,
    message,
    plural_message,
    say,
    use_language,
    write,
)

RUSSIAN = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
"(n%100<10 || n%100>=20) ? 1 : 2);\n"

msgid "{rows} rows were read."
msgstr "Прочитано строк: {rows}."

#, fuzzy
msgid "clear"
msgstr "неверно"

msgid "{count} area stands out."
msgid_plural "{count} areas stand out."
msgstr[0] "Выделяется {count} район."
msgstr[1] "Выделяются {count} района."
msgstr[2] "Выделяются {count} районов."
"""


@pytest.fixture
def russian(tmp_path, monkeypatch):
    folder = tmp_path / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "forestall.po").write_text(RUSSIAN, encoding="utf-8")
    monkeypatch.setenv("FORESTALL_LOCALES", str(tmp_path))


def test_a_city_adds_a_language_with_one_file(russian):
    assert "ru" in available_languages()

    with use_language("ru"):
        assert say("{rows} rows were read.", rows=40898) == "Прочитано строк: 40\xa0898."


@pytest.mark.parametrize(
    ("areas", "sentence"),
    [
        (1, "Выделяется 1 район."),
        (3, "Выделяются 3 района."),
        (5, "Выделяются 5 районов."),
        (21, "Выделяется 21 район."),
    ],
)
def test_plural_forms_follow_the_language(russian, areas, sentence):
    found = plural_message("{count} area stands out.", "{count} areas stand out.", areas)

    with use_language("ru"):
        assert str(found) == sentence


def test_a_missing_or_fuzzy_translation_falls_back_to_english(russian):
    with use_language("ru"):
        assert say("clear") == "clear"
        assert say("Nothing stands out.") == "Nothing stands out."


def test_one_result_reads_in_several_languages(russian):
    sentence = message("{rows} rows were read.", rows=1200)

    with use_language("ru"):
        in_russian = str(sentence)

    assert str(sentence) == "1,200 rows were read."
    assert in_russian == "Прочитано строк: 1\xa0200."


def test_a_language_without_catalogue_is_refused_by_name():
    with pytest.raises(UnknownLanguage, match="“tlh”; there is: en"), use_language("tlh"):
        pass


def test_values_are_written_by_the_guide():
    assert write(28760) == "28,760"
    assert write(-3) == "−3"
    assert write(1234.5) == "1,234.5"
    assert write(2.0) == "2"
    assert write(date(2019, 5, 2)) == "2 May 2019"
    assert str(Share(0.1)) == "10\xa0%"
    assert str(Share(0.0044)) == "0\xa0%"
    assert str(Decimal(0.04, 1, signed=True)) == "0.0"
    assert str(Quantity(500, "m")) == "500\xa0m"
    assert str(Month(date(2018, 10, 1))) == "October\xa02018"
    assert (
        str(Listing(["Hartlepool", "Redcar", message("clear")])) == "Hartlepool, Redcar, and clear"
    )


def test_a_switch_is_not_a_value_of_a_sentence():
    with pytest.raises(TypeError, match="two sentences"):
        say("{flag}", flag=True)


def test_direction_follows_the_tag():
    assert [direction(tag) for tag in ("en", "ar", "ar-EG", "zh")] == ["ltr", "rtl", "rtl", "ltr"]


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_a_whole_number_keeps_its_digits(number):
    assert int(write(number).replace(",", "").replace("−", "-")) == number


def spaced(words):
    return str(words).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("day", "written"),
    [(date(2017, 10, 1), "1er octobre 2017"), (date(2017, 10, 11), "11 octobre 2017")],
)
def test_the_first_of_a_french_month_is_an_ordinal(day, written):
    with use_language("fr"):
        assert write(day) == written


@pytest.mark.parametrize(
    ("tag", "written"),
    [("en", "16:00"), ("es", "16:00"), ("ru", "16:00"), ("zh", "16:00"), ("fr", "16 h")],
)
def test_a_full_hour_is_written_as_the_language_does(tag, written):
    with use_language(tag):
        assert spaced(Hour(16)) == written


def test_an_arabic_hour_does_not_turn_round():
    with use_language("ar"):
        assert str(Hour(16)) == "\u206616:00\u2069"


@pytest.mark.parametrize(
    ("items", "written"),
    [
        (["robos", "incendios"], "robos e incendios"),
        (["robos", "hurtos", "Incendios"], "robos, hurtos e Incendios"),
        (["agua", "hielo"], "agua y hielo"),
        (["robos", "hurtos"], "robos y hurtos"),
        (["incendios"], "incendios"),
        (["uno", "«Íñigo»"], "uno e «Íñigo»"),
    ],
)
def test_a_spanish_list_changes_its_and(items, written):
    with use_language("es"):
        assert str(Listing(items)) == written


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("en", "January and February 2019"),
        ("fr", "janvier et février 2019"),
        ("es", "enero y febrero de 2019"),
        ("zh", "2019年1月和2月"),
    ],
)
def test_two_months_of_a_year_have_it_once(tag, written):
    with use_language(tag):
        assert spaced(MonthPair(date(2019, 1, 1), 2)) == written


def test_a_chinese_month_is_the_same_with_and_without_a_year():
    with use_language("zh"):
        assert str(Month(date(2019, 10, 1))) == f"2019年{MonthName(10)}"


def test_a_value_that_ends_with_a_full_stop_ends_the_sentence():
    with use_language("ru"):
        text = str(message("Recorded by {month}.", month=Month(date(2019, 2, 1))))

    assert spaced(text) == "Recorded by февраль 2019 г."


def test_a_latin_sentence_among_chinese_ones_keeps_its_space():
    with use_language("zh"):
        assert (
            str(Sentences(["一。", "二。", "Licence 3.0.", "三。"])) == "一。二。Licence 3.0. 三。"
        )
