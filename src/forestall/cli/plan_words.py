"""This file knows the options that the commands on plans share, and how they are understood."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

if TYPE_CHECKING:
    from collections.abc import Iterator

PlanFile = Annotated[Path, Parameter(name="FILE")]
Language = Annotated[str | None, Parameter(name="--language")]
Today = Annotated[str | None, Parameter(name="--today")]


@contextmanager
def told_in(language: str | None) -> Iterator[None]:
    """Tell everything in a language, failures too; in English where none is named.

    Raises
    ------
    UnknownLanguage
        If there is no catalogue for it.
    """
    from forestall.errors import ForestallError
    from forestall.languages import SOURCE_LANGUAGE, use_language

    with use_language(language or SOURCE_LANGUAGE):
        try:
            yield
        except ForestallError as failure:
            # Written now: outside of the block, another language is in force.
            raise type(failure)(str(failure)) from None


def day_of(written: str | None, *, option: str = "--today") -> date:
    """Return the day that an option names; the day on which it is now where it names none.

    Raises
    ------
    InvalidCommand
        If it is no day.

    Examples
    --------
    >>> day_of("2025-05-03")
    datetime.date(2025, 5, 3)
    """
    from forestall.errors import InvalidCommand
    from forestall.languages import message

    if not written:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise InvalidCommand(
            message(
                "{option} needs a day such as 2025-05-03, but “{found}” was given.",
                option=option,
                found=written,
            )
        ) from None
