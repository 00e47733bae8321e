"""This file knows the states that are asked: members of the United Nations and its observer states.

Who is a member, and which region of the standard M49 a state is counted in, is taken from the
Unicode CLDR 49 (territory containment); the two observer states are the Holy See and the State of
Palestine. Names are those of CLDR in the language in force, but for these two, which are called as
in the United Nations.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from forestall.languages import locale, message
from forestall.languages.messages import Words


@dataclass(frozen=True)
class State:
    """A state that can be asked.

    Attributes
    ----------
    code
        ISO 3166-1 alpha-2.
    is_member
        Whether it is a member of the United Nations; else it is an observer state.
    region
        Code of its region in M49, such as "002" for Africa.
    """

    code: str
    is_member: bool
    region: str


@dataclass(frozen=True)
class StateName(Words):
    """The name of a state in the language in force; its code where none is known.

    Examples
    --------
    >>> from forestall.languages import use_language
    >>> str(StateName("KE")), str(StateName("PS")), str(StateName("XX"))
    ('Kenya', 'State of Palestine', 'XX')
    >>> with use_language("fr"):
    ...     str(StateName("DE"))
    'Allemagne'
    """

    code: str

    def __str__(self) -> str:
        """Return the name."""
        if self.code in _CALLED:
            return str(_CALLED[self.code])
        return _territories(str(locale())).get(self.code, self.code)


@dataclass(frozen=True)
class RegionName(Words):
    """The name of a region of M49 in the language in force.

    Examples
    --------
    >>> [str(RegionName(code)) for code in regions()]
    ['Africa', 'Americas', 'Asia', 'Europe', 'Oceania']
    """

    code: str

    def __str__(self) -> str:
        """Return the name."""
        return _territories(str(locale())).get(self.code, self.code)


@cache
def states() -> tuple[State, ...]:
    """Return the 193 members and the 2 observer states, in the order of their codes.

    Examples
    --------
    >>> len(states()), sum(one.is_member for one in states())
    (195, 193)
    """
    lines = files(__package__).joinpath("states.csv").read_text(encoding="utf-8").splitlines()
    return tuple(
        State(code=row["state"], is_member=row["status"] == "member", region=row["region"])
        for row in csv.DictReader(lines)
    )


def regions() -> tuple[str, ...]:
    """Return the codes of the regions, in the order in which M49 lists them."""
    return ("002", "019", "142", "150", "009")


def region_of(code: str) -> str:
    """Return the region of a state; "" for one that is not known.

    Examples
    --------
    >>> region_of("KE"), region_of("XX")
    ('002', '')
    """
    return _regions().get(code, "")


@cache
def _regions() -> dict[str, str]:
    return {one.code: one.region for one in states()}


@cache
def _territories(tag: str) -> dict[str, str]:
    from babel import Locale

    return dict(Locale.parse(tag).territories)


_CALLED = {"PS": message("State of Palestine"), "VA": message("Holy See")}
