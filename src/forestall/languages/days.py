"""This file knows days, months, periods and hours as they are written in each language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from forestall.languages.catalogues import SOURCE_LANGUAGE
from forestall.languages.digits import NO_BREAK_SPACE, isolated, set_off
from forestall.languages.in_force import base_of, language, locale
from forestall.languages.joined import Listing
from forestall.languages.messages import Words, message

# The names of the United Nations; no line breaks inside the first one.
_DOUBLE_NAMES = {
    "ar": (
        f"كانون{NO_BREAK_SPACE}الثاني/يناير",
        "شباط/فبراير",
        "آذار/مارس",
        "نيسان/أبريل",
        "أيار/مايو",
        "حزيران/يونيه",
        "تموز/يوليه",
        "آب/أغسطس",
        "أيلول/سبتمبر",
        f"تشرين{NO_BREAK_SPACE}الأول/أكتوبر",
        f"تشرين{NO_BREAK_SPACE}الثاني/نوفمبر",
        f"كانون{NO_BREAK_SPACE}الأول/ديسمبر",
    )
}
_MONDAY = date(2024, 1, 1)


def write_day(day: date) -> str:
    """Write a day in full.

    Examples
    --------
    >>> write_day(date(2019, 5, 2))
    '2 May 2019'
    """
    double = _double_name(day)
    if double is not None:
        return set_off(f"{day.day} {double} {day.year}")
    from babel.dates import format_date  # slow to import, needed only for dates

    long = "d MMMM y" if language() == SOURCE_LANGUAGE else "long"
    written = str(format_date(day, format=long, locale=locale()))
    first = _FIRST_OF_MONTH.get(locale().language)
    return set_off(f"{first}{written[1:]}" if first and day.day == 1 else written)


# In these languages the first day of a month is an ordinal number.
_FIRST_OF_MONTH = {"fr": "1er"}


@dataclass(frozen=True)
class Day(Words):
    """A day, written in full.

    Examples
    --------
    >>> str(Day(date(2019, 5, 2)))
    '2 May 2019'
    """

    day: date

    def __str__(self) -> str:
        """Return the day with its month and year."""
        return write_day(self.day)


@dataclass(frozen=True)
class Month(Words):
    """A calendar month; ``short`` is the narrow form without its year, for axes and heads.

    Examples
    --------
    >>> str(Month(date(2018, 10, 1))).replace(NO_BREAK_SPACE, " ")
    'October 2018'
    >>> str(Month(date(2018, 10, 1), short=True))
    'Oct'
    """

    day: date
    short: bool = False

    def __str__(self) -> str:
        """Return the month and its year, or only the short month."""
        if self.short:
            return _by_skeleton("MMM", self.day)
        double = _double_name(self.day)
        if double is not None:
            return set_off(f"{double} {self.day.year}")
        return _by_skeleton("yMMMM", self.day).replace(" ", NO_BREAK_SPACE)


@dataclass(frozen=True)
class MonthName(Words):
    """The name of a month of the year, 1 to 12, without a year.

    Examples
    --------
    >>> str(MonthName(10))
    'October'
    """

    month: int

    def __str__(self) -> str:
        """Return the name as it stands alone."""
        from babel.dates import format_date

        day = date(2001, self.month, 1)
        # Chinese writes a month as it stands in a date: 1月, not 一月.
        name = "LLL" if locale().language == "zh" else "LLLL"
        return _double_name(day) or str(format_date(day, format=name, locale=locale()))


@dataclass(frozen=True)
class MonthInitial(Words):
    """The shortest form of a month, 1 to 12, for an axis with all twelve: a letter or a number.

    Examples
    --------
    >>> "".join(str(MonthInitial(month)) for month in range(1, 13))
    'JFMAMJJASOND'
    """

    month: int

    def __str__(self) -> str:
        """Return the initial, or the number where nobody reads months by an initial."""
        from babel.dates import format_date

        if locale().language in _MONTHS_BY_NUMBER:
            return isolated(str(self.month))
        return str(format_date(date(2001, self.month, 1), format="LLLLL", locale=locale()))


_MONTHS_BY_NUMBER = frozenset({"ar", "zh", "ja", "ko"})


@dataclass(frozen=True)
class MonthPair(Words):
    r"""Two months of one year, with the year once.

    Examples
    --------
    >>> str(MonthPair(date(2019, 1, 1), 2)).replace(NO_BREAK_SPACE, " ")
    'January and February 2019'
    """

    first: date
    second: int

    def __str__(self) -> str:
        """Return both; the year stands where a date of the language has it."""
        months: list[Words]
        if locale().language in _YEAR_FIRST:
            months = [Month(self.first), MonthName(self.second)]
        else:
            months = [MonthName(self.first.month), Month(self.first.replace(month=self.second))]
        return str(Listing(months))


_YEAR_FIRST = frozenset({"zh", "ja", "ko", "hu"})


@dataclass(frozen=True)
class ShortMonth(Words):
    """A short month with its year, for the head of a column.

    Examples
    --------
    >>> str(ShortMonth(date(2018, 10, 1))).replace(NO_BREAK_SPACE, " ")
    'Oct 2018'
    """

    day: date

    def __str__(self) -> str:
        """Return the month and its year."""
        if _double_name(self.day) is not None:
            return set_off(f"{Month(self.day, short=True)}{NO_BREAK_SPACE}{self.day.year}")
        return _by_skeleton("yMMM", self.day).replace(" ", NO_BREAK_SPACE)


@dataclass(frozen=True)
class Weekday(Words):
    """A short day of the week; 0 is Monday.

    Examples
    --------
    >>> str(Weekday(0))
    'Mon'
    """

    day: int

    def __str__(self) -> str:
        """Return the short name."""
        return _by_skeleton("E", _MONDAY + timedelta(days=self.day))


@dataclass(frozen=True)
class Hour(Words):
    """A full hour of the day, 0 to 24.

    Examples
    --------
    >>> str(Hour(18))
    '18:00'
    >>> from forestall.languages import use_language
    >>> with use_language("fr"):
    ...     str(Hour(18)).replace(NO_BREAK_SPACE, " ")
    '18 h'
    """

    hour: int

    def __str__(self) -> str:
        """Return the hour with its minutes."""
        pattern = _HOURS.get(locale().language, "{hour}:00")
        return isolated(pattern.format(hour=self.hour))


# CLDR writes the hour of the day so; a range of the others is hard to read without minutes.
_HOURS = {"fr": f"{{hour}}{NO_BREAK_SPACE}h"}


@dataclass(frozen=True)
class Period(Words):
    """The time from one day to another, both included: whole months by name, else days.

    Examples
    --------
    >>> str(Period(date(2018, 10, 1), date(2019, 2, 28))).replace(NO_BREAK_SPACE, " ")
    'October 2018 to February 2019'
    >>> str(Period(date(2019, 1, 1), date(2019, 1, 31))).replace(NO_BREAK_SPACE, " ")
    'January 2019'
    >>> str(Period(date(2019, 3, 1), date(2019, 3, 14)))
    '1 to 14 March 2019'
    """

    first: date
    last: date

    def __str__(self) -> str:
        """Return both ends, or one where they are the same."""
        first, last = self.first, self.last
        if first.day != 1 or (last + timedelta(days=1)).day != 1:
            return self._days()
        if (first.year, first.month) == (last.year, last.month):
            return str(Month(first))
        return str(message("{first} to {last}", first=Month(first), last=Month(last)))

    def _days(self) -> str:
        first, last = self.first, self.last
        if first == last:
            return write_day(first)
        start: Words | int = Day(first)
        if base_of(language()) == SOURCE_LANGUAGE and first.year == last.year:
            start = message("{day} {month}", day=first.day, month=MonthName(first.month))
            start = first.day if first.month == last.month else start
        return str(message("{first} to {last}", first=start, last=Day(last)))


def _double_name(day: date) -> str | None:
    names = _DOUBLE_NAMES.get(locale().language)
    return None if names is None else names[day.month - 1]


def _by_skeleton(skeleton: str, day: date) -> str:
    from babel.dates import format_skeleton

    return set_off(str(format_skeleton(skeleton, day, locale=locale())))
