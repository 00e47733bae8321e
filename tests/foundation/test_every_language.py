"""Values are written by the rules of each language, and keep no digit that they do not show."""

import re
from datetime import date
from decimal import Decimal as Exact

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.languages import (
    Clauses,
    Decimal,
    Ended,
    Hour,
    LineStart,
    Listing,
    Message,
    Month,
    MonthName,
    Number,
    Period,
    Quantity,
    Sentences,
    Share,
    ShortMonth,
    Span,
    Unended,
    Weekday,
    direction,
    isolated,
    language,
    message,
    plural_message,
    use_language,
    without_isolates,
    write,
)

JANUARY, MARCH = date(2019, 1, 1), date(2019, 3, 31)
NUMBERS = st.floats(min_value=-1e9, max_value=1e9)


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """Make a catalogue of a few sentences in a language."""

    def make(tag, **sentences):
        folder = tmp_path / tag / "LC_MESSAGES"
        folder.mkdir(parents=True)
        lines = [f'msgid "{text}"\nmsgstr "{said}"\n' for text, said in sentences.items()]
        (folder / "forestall.po").write_text("\n".join(lines), encoding="utf-8")
        monkeypatch.setenv("FORESTALL_LOCALES", str(tmp_path))

    return make


def plain(text):
    return re.sub("[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]", " ", str(text))


# Values


@pytest.mark.parametrize(
    ("tag", "share", "number", "month"),
    [
        ("en", "36 %", "28,760", "January 2019"),
        ("fr", "36 %", "28 760", "janvier 2019"),
        ("es", "36 %", "28.760", "enero de 2019"),
        ("ru", "36 %", "28 760", "январь 2019 г."),
        ("zh", "36%", "28,760", "2019年1月"),
        ("de", "36 %", "28.760", "Januar 2019"),
    ],
)
def test_numbers_shares_and_months_follow_the_language(catalogue, tag, share, number, month):
    catalogue(tag)
    with use_language(tag):
        assert plain(Share(0.362)) == share
        assert plain(write(28760)) == number
        assert plain(Month(JANUARY)) == month


def test_chinese_sentences_stand_without_a_space_and_end_with_their_own_full_stop(catalogue):
    said = Sentences((message("One."), "", Ended(message("two"))))
    catalogue("zh", **{"One.": "一。", "two": "二"})

    assert str(said) == "One. two."
    with use_language("zh"):
        assert str(said) == "一。二。"
        assert str(Unended(message("One."))) == "一"
        assert str(MonthName(1)) == "1月"


def test_clauses_are_set_off_by_the_mark_of_the_language(catalogue):
    catalogue("zh", **{"{one}; {next}": "{one}；{next}"})
    clauses = Clauses(("a", "b", "c"))

    assert str(clauses) == "a; b; c"
    with use_language("zh"):
        assert str(clauses) == "a；b；c"


def test_words_that_begin_a_line_have_a_capital_in_each_language(catalogue):
    catalogue("fr", squares="carrés")
    with use_language("fr"):
        assert str(LineStart(message("squares"))) == "Carrés"


def test_units_are_words_of_the_language(catalogue):
    catalogue("ru", **{"{number} m": "{number} м"})
    with use_language("ru"):
        assert plain(Quantity(500, "m")) == "500 м"
    with pytest.raises(ValueError, match="m, km, km², not in “miles”"):
        Quantity(1, "miles")


def test_a_region_writes_by_its_own_habits_in_the_sentences_of_the_language(catalogue):
    catalogue("fr", clear="clair")
    with use_language("fr-CA"):
        assert language() == "fr-CA"
        assert str(message("clear")) == "clair"
        assert plain(write(28760)) == "28 760"
    with use_language("fr-Latn-XX"):
        assert str(message("clear")) == "clair"


def test_a_language_that_nobody_described_writes_values_as_english(catalogue):
    catalogue("xx", clear="klir")
    with use_language("xx"):
        assert str(message("clear")) == "klir"
        assert write(28760) == "28,760"


# From right to left


def test_arabic_has_double_names_of_months_and_western_digits(catalogue):
    catalogue("ar", **{"{first} to {last}": "من {first} إلى {last}"})
    with use_language("ar"):
        assert (
            str(Month(date(2018, 10, 1))) == "تشرين\N{NO-BREAK SPACE}الأول/أكتوبر \u20662018\u2069"
        )
        assert str(write(date(2019, 5, 2))) == "\u20662\u2069 أيار/مايو \u20662019\u2069"
        assert str(Month(JANUARY, short=True)) == "يناير"
        assert without_isolates(str(Period(JANUARY, MARCH))) == (
            "من كانون\N{NO-BREAK SPACE}الثاني/يناير 2019 إلى آذار/مارس 2019"
        )


def test_arabic_says_per_cent_in_words_in_a_sentence_and_with_the_sign_in_a_table(catalogue):
    catalogue("ar", **{"{share} of it": "{share} منها"})
    with use_language("ar"):
        assert plain(Share(0.362)) == "\u206636 %\u2069"
        assert (
            plain(message("{share} of it", share=Share(0.362))) == "\u206636\u2069 في المائة منها"
        )


def test_numbers_codes_and_names_are_set_off_once_and_words_are_not(catalogue):
    catalogue("ar", **{"<{threshold} of {place}": "<{threshold} من {place}", "clear": "واضح"})
    with use_language("ar"):
        assert isolated(isolated("10:00")) == "\u206610:00\u2069"
        assert str(Span(5, 9)) == "\u20665–9\u2069"
        assert write("القدس") == "القدس"
        assert write(message("clear")) == "واضح"
        assert str(message("<{threshold} of {place}", threshold=5, place="Leeds")) == (
            "\u2066<5\u2069 من \u2066Leeds\u2069"
        )
    assert isolated("10:00") == "10:00"


VALUES = [
    1234,
    -0.5,
    date(2019, 5, 2),
    Share(-0.123, decimals=1, signed=True),
    Decimal(1234.5),
    Number(28760),
    Quantity(500, "m"),
    Month(JANUARY),
    ShortMonth(JANUARY),
    MonthName(3),
    Weekday(6),
    Hour(18),
    Span(5, 9),
    Span(Month(JANUARY, short=True), Month(MARCH, short=True)),
    Period(JANUARY, MARCH),
    Period(JANUARY, date(2019, 1, 14)),
    Listing([1, "Leeds", Share(0.5)]),
]


@pytest.mark.parametrize("tag", ["en", "ar", "es", "fr", "ru", "zh", "fa", "he"])
@pytest.mark.parametrize("value", VALUES, ids=str)
def test_every_digit_of_a_right_to_left_text_is_set_off_and_of_another_none(catalogue, tag, value):
    if tag in ("fa", "he"):
        catalogue(tag)
    with use_language(tag):
        written = str(message("{value}", value=value))
        outside = re.sub("\u2066[^\u2066\u2069]*\u2069", "", written)

        assert written
        if direction() == "rtl":
            assert not re.search(r"[0-9]", outside)
        else:
            assert outside == written


# No more digits than are shown


def digits(number):
    """Return how many decimals a stored number has."""
    return max(0, -int(Exact(repr(number)).normalize().as_tuple().exponent))


@given(NUMBERS, st.integers(0, 4))
def test_a_share_keeps_just_the_digits_it_shows(fraction, decimals):
    share = Share(fraction / 1e6, decimals=decimals)

    assert digits(share.fraction) <= decimals + 2
    assert str(Share(share.fraction, decimals=decimals)) == str(share)


@given(NUMBERS, st.integers(0, 4))
def test_a_decimal_keeps_just_the_digits_it_shows(number, decimals):
    kept = Decimal(number, decimals)

    assert digits(kept.number) <= decimals
    assert str(Decimal(kept.number, decimals)) == str(kept)


@given(NUMBERS)
def test_a_plain_number_keeps_just_the_digits_it_shows(number):
    quantity = Quantity(number, "m")
    said = message("{number} of {quantity}", number=number, quantity=quantity)
    shown = len(write(number).partition(".")[2])

    assert digits(said.values["number"]) == shown == digits(Number(number).number)
    assert digits(quantity.number) == shown
    assert str(said).startswith(write(number))


@given(NUMBERS)
def test_rounding_when_it_is_made_changes_no_written_number(number):
    from babel.numbers import format_decimal

    percent = round(number / 1e6 * 100, 1)
    written = format_decimal(abs(percent), "#,##0.0", locale="en")

    assert str(Share(number / 1e6, decimals=1)).strip("−+%\N{NO-BREAK SPACE}") == written


def test_a_sentence_keeps_no_value_that_it_does_not_say():
    said = message("{share} of them", share=Share(0.5), hidden=3)
    counted = plural_message("It holds {share}.", "They hold {share}.", 2, share=Share(0.5))

    assert dict(said.values) == {"share": Share(0.5)}
    assert dict(counted.values) == {"share": Share(0.5)}
    assert said == message("{share} of them", share=Share(0.5))
    assert hash(said) == hash(Message("{share} of them", {"share": Share(0.5)}))
