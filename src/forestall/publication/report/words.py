"""This file knows how the report names kinds, months, periods and places."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from forestall.diagnosis.comparisons import months_in_words
from forestall.languages import (
    Ended,
    Month,
    Share,
    ShortMonth,
    Span,
    Text,
    message,
)
from forestall.records.kinds import At, Kind
from forestall.results import Certainty

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    import pandas as pd

    from forestall.disclosure import SafeCount
    from forestall.results import RatioComparison


def kind_name(label: str) -> Kind:
    """Return the name of a kind of offence as it begins a line.

    Examples
    --------
    >>> str(kind_name("BURGLARY"))
    'Burglary'
    """
    return Kind(label)


def kind_inside(label: str) -> Kind:
    """Return the name of a kind of offence as it stands inside a sentence.

    Examples
    --------
    >>> str(kind_inside("BURGLARY"))
    'burglary'
    """
    return Kind(label, At.INSIDE)


def place_name(name: str) -> str:
    """Return the name of a place; capitals throughout are a habit of files, not of readers.

    Examples
    --------
    >>> place_name("NEAR NORTH SIDE"), place_name("Camden 028A")
    ('Near North Side', 'Camden 028A')
    """
    return name.title() if name.isupper() and not any(map(str.isdigit, name)) else name


def kind_words(labels: Iterable[Hashable]) -> dict[Hashable, Text]:
    """Return label to name, for the heads of table rows."""
    return {label: kind_name(str(label)) for label in labels}


def months_words(months: Sequence[pd.Timestamp]) -> Text:
    r"""Return a few months in words: two by name, more from the first to the last.

    Examples
    --------
    >>> import pandas as pd
    >>> found = months_words(list(pd.to_datetime(["2019-01-01", "2019-02-01"])))
    >>> str(found).replace("\xa0", " ")
    'January and February 2019'
    """
    return months_in_words(tuple(months))


def months_short(months: Sequence[pd.Timestamp]) -> Text:
    """Return a few months for the head of a column: Oct–Nov, or with years where they differ.

    Examples
    --------
    >>> import pandas as pd
    >>> str(months_short(list(pd.to_datetime(["2018-10-01", "2018-11-01"]))))
    'Oct–Nov'
    """
    first, last = months[0].date(), months[-1].date()
    if len(months) == 1:
        return Month(first, short=True)
    if len(months) > 2:
        return message("{first} to {last}", first=ShortMonth(first), last=ShortMonth(last))
    return Span(Month(first, short=True), Month(last, short=True))


def interval_caption(change: RatioComparison) -> Text:
    """Return change and interval in words: the caption of an interval bar."""
    if change.ratio < 1:
        return message(
            "{change} fewer a day; 95 % interval {interval}",
            change=Share(1 - change.ratio),
            interval=change.in_words(),
        )
    return message(
        "{change} more a day; 95 % interval {interval}",
        change=Share(change.ratio - 1),
        interval=change.in_words(),
    )


def certainty_rule() -> tuple[tuple[Certainty, Text], ...]:
    """Return the words for certainty with the rule that each follows."""
    return (
        (Certainty.CLEAR, message("the 99 % interval leaves out “no change”")),
        (
            Certainty.PROBABLE,
            message("the 95 % interval leaves it out, the 99 % interval does not"),
        ),
        (Certainty.SIGN, message("only the 80 % interval leaves it out")),
        (Certainty.CHANCE, message("even the 80 % interval holds “no change”")),
        (
            Certainty.LITTLE_CHANGED,
            message("the whole 95 % interval lies between 5 % fewer and 5 % more"),
        ),
    )


def form_of(number: SafeCount) -> int:
    """Return the number by which a sentence takes its form: what is shown, never what is hidden.

    "Fewer than 5 incidents" has the same form for every number below 5.

    Examples
    --------
    >>> from forestall.disclosure import protect_count
    >>> [form_of(protect_count(number, rule="threshold-5")) for number in (1, 12)]
    [5, 12]
    """
    return number.cell.threshold if number.cell.number is None else number.cell.number


def sentences(messages: Iterable[Text]) -> tuple[Text, ...]:
    """Return messages, each ending as a sentence."""
    return tuple(map(Ended, messages))


def month_of(period: object) -> Month:
    """Return the month of a label that is a day of it."""
    return Month(date.fromisoformat(str(period)[:10]))


def month_short(period: object) -> Month:
    """Return the month of a label without its year, for narrow columns."""
    return Month(month_of(period).day, short=True)
