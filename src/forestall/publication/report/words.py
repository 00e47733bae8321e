"""This file knows how the report names kinds, months, periods and places."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from forestall.languages import (
    SOURCE_LANGUAGE,
    Listing,
    Message,
    Month,
    Share,
    language,
    message,
    say,
    write,
)
from forestall.results import Certainty

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    import pandas as pd

    from forestall.results import RatioComparison

ALL_CRIME = "all"
OTHER_KINDS = "other kinds"


def kind_name(label: str) -> str:
    """Return the name of a kind of offence as it begins a line.

    Examples
    --------
    >>> kind_name("BURGLARY"), kind_name("Bicycle theft"), kind_name("all")
    ('Burglary', 'Bicycle theft', 'All recorded crime')
    """
    if label == ALL_CRIME:
        return say("All recorded crime")
    if label == OTHER_KINDS:
        return say("Other kinds")
    text = label.strip() or say("Kind not stated")
    return text.capitalize() if text.isupper() else text[:1].upper() + text[1:]


def kind_inside(label: str) -> str:
    """Return the name of a kind of offence as it stands inside a sentence.

    Examples
    --------
    >>> kind_inside("BURGLARY"), kind_inside("Bicycle theft"), kind_inside("DUI offences")
    ('burglary', 'bicycle theft', 'DUI offences')
    """
    if label == ALL_CRIME:
        return say("all recorded crime")
    name = kind_name(label)
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def place_name(name: str) -> str:
    """Return the name of a place; capitals throughout are a habit of files, not of readers.

    Examples
    --------
    >>> place_name("NEAR NORTH SIDE"), place_name("Camden 028A")
    ('Near North Side', 'Camden 028A')
    """
    return name.title() if name.isupper() and not any(map(str.isdigit, name)) else name


def kind_words(labels: Iterable[Hashable]) -> dict[Hashable, str]:
    """Return label to name, for the heads of table rows."""
    return {label: kind_name(str(label)) for label in labels}


def period_words(first: date, last: date) -> str:
    r"""Return the time covered: whole months by name, other days one by one.

    Examples
    --------
    >>> from datetime import date
    >>> period_words(date(2018, 10, 1), date(2019, 2, 28)).replace("\xa0", " ")
    'October 2018 to February 2019'
    >>> period_words(date(2019, 1, 1), date(2019, 1, 31)).replace("\xa0", " ")
    'January 2019'
    >>> period_words(date(2019, 3, 1), date(2019, 3, 14))
    '1 to 14 March 2019'
    """
    if first.day != 1 or (last + timedelta(days=1)).day != 1:
        return _days_words(first, last)
    if (first.year, first.month) == (last.year, last.month):
        return str(Month(first))
    return say("{first} to {last}", first=Month(first), last=Month(last))


def _days_words(first: date, last: date) -> str:
    if first == last:
        return write(first)
    if language() == SOURCE_LANGUAGE and (first.year, first.month) == (last.year, last.month):
        return say("{first} to {last}", first=first.day, last=last)
    if language() == SOURCE_LANGUAGE and first.year == last.year:
        shortened = say("{day} {month}", day=first.day, month=month_name(first))
        return say("{first} to {last}", first=shortened, last=last)
    return say("{first} to {last}", first=first, last=last)


def months_words(months: Sequence[pd.Timestamp]) -> str:
    r"""Return a few months in words: two by name, more from the first to the last.

    Examples
    --------
    >>> import pandas as pd
    >>> months_words(list(pd.to_datetime(["2019-01-01", "2019-02-01"]))).replace("\xa0", " ")
    'January and February 2019'
    """
    first, last = months[0], months[-1]
    if len(months) > 2:
        return say("{first} to {last}", first=Month(first.date()), last=Month(last.date()))
    if len(months) == 2 and first.year == last.year:
        return say("{first} and {last}", first=month_name(first.date()), last=Month(last.date()))
    return str(Listing([Month(month.date()) for month in months]))


def months_short(months: Sequence[pd.Timestamp]) -> str:
    """Return a few months for the head of a column: Oct–Nov, or with years where they differ.

    Examples
    --------
    >>> import pandas as pd
    >>> months_short(list(pd.to_datetime(["2018-10-01", "2018-11-01"])))
    'Oct–Nov'
    """
    first, last = months[0], months[-1]
    if len(months) == 1:
        return str(Month(first.date(), short=True))
    if len(months) > 2:
        return say("{first} to {last}", first=_short_year(first), last=_short_year(last))
    return f"{Month(first.date(), short=True)}–{Month(last.date(), short=True)}"


def interval_caption(change: RatioComparison) -> str:
    """Return change and interval in words: the caption of an interval bar."""
    if change.ratio < 1:
        return say(
            "{change} fewer a day; 95 % interval {interval}",
            change=Share(1 - change.ratio),
            interval=change.in_words(),
        )
    return say(
        "{change} more a day; 95 % interval {interval}",
        change=Share(change.ratio - 1),
        interval=change.in_words(),
    )


def certainty_rule() -> tuple[tuple[Certainty, str], ...]:
    """Return the words for certainty with the rule that each follows."""
    return (
        (Certainty.CLEAR, say("the 99 % interval leaves out “no change”")),
        (
            Certainty.PROBABLE,
            say("the 95 % interval leaves it out, the 99 % interval does not"),
        ),
        (Certainty.SIGN, say("only the 80 % interval leaves it out")),
        (Certainty.CHANCE, say("even the 80 % interval holds “no change”")),
        (
            Certainty.LITTLE_CHANGED,
            say("the whole 95 % interval lies between 5 % fewer and 5 % more"),
        ),
    )


def sentences(messages: Iterable[Message | str]) -> tuple[str, ...]:
    """Write messages out, each ending as a sentence."""
    return tuple(
        text if text.endswith((".", "?", "!")) else f"{text}." for text in map(str, messages)
    )


def squares_word(label: str) -> Message:
    """Return what one place is called, from the label of the places."""
    if label.startswith("squares"):
        return message("squares")
    return message("hexagons") if label.startswith("hexagons") else message("areas")


def month_of(period: object) -> Month:
    """Return the month of a label that is a day of it."""
    return Month(date.fromisoformat(str(period)[:10]))


def month_short(period: object) -> str:
    """Return the month of a label without its year, for narrow columns."""
    return str(Month(month_of(period).day, short=True))


def month_name(month: date) -> str:
    """Return the name of a month without its year."""
    from babel.dates import format_date

    return str(format_date(month, format="LLLL", locale=language().replace("-", "_")))


def _short_year(month: pd.Timestamp) -> str:
    from babel.dates import format_skeleton

    text = format_skeleton("yMMM", month.date(), locale=language().replace("-", "_"))
    return str(text).replace(" ", "\u00a0")
