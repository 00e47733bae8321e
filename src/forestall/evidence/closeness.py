"""This file knows how near a study is to a question: the same problem, a related one, all crime."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from forestall.evidence.vocabulary import Problem, Setting
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forestall.languages import Message


class Closeness(IntEnum):
    """How near the problem of a study is to that of a city; smaller is nearer."""

    SAME_PROBLEM = 0
    RELATED_PROBLEM = 1
    ALL_CRIME = 2
    OTHER = 3

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _WORDS[self]


# A problem that is a case of another, so that evidence on the second answers for the first.
_CASES_OF: dict[Problem, tuple[Problem, ...]] = {
    Problem.BURGLARY: (Problem.THEFT,),
    Problem.COMMERCIAL_BURGLARY: (Problem.BURGLARY, Problem.THEFT),
    Problem.VEHICLE_THEFT: (Problem.THEFT, Problem.THEFT_FROM_VEHICLE),
    Problem.THEFT_FROM_VEHICLE: (Problem.THEFT, Problem.VEHICLE_THEFT),
    Problem.SHOP_THEFT: (Problem.THEFT,),
    Problem.ROBBERY: (Problem.PUBLIC_VIOLENCE,),
    Problem.ALCOHOL_VIOLENCE: (Problem.PUBLIC_VIOLENCE,),
    Problem.PUBLIC_VIOLENCE: (Problem.ALCOHOL_VIOLENCE,),
    Problem.GUN_VIOLENCE: (Problem.HOMICIDE, Problem.GANG_VIOLENCE),
    Problem.HOMICIDE: (Problem.GUN_VIOLENCE, Problem.GANG_VIOLENCE),
    Problem.GANG_VIOLENCE: (Problem.GUN_VIOLENCE, Problem.HOMICIDE),
    Problem.PARTNER_ABUSE: (),
    Problem.SEXUAL_VIOLENCE: (),
    Problem.YOUTH_OFFENDING: (Problem.CHILD_BEHAVIOUR,),
    Problem.CHILD_BEHAVIOUR: (Problem.YOUTH_OFFENDING,),
    Problem.SCHOOL_VIOLENCE: (Problem.BULLYING,),
    Problem.BULLYING: (Problem.SCHOOL_VIOLENCE,),
    Problem.DISORDER: (Problem.VANDALISM,),
    Problem.VANDALISM: (Problem.DISORDER,),
}
# What makes up the volume of recorded crime in a place, so that a fall in all crime says something
# of it. Shootings, violence between groups and homicide are too few to move the sum; fear is no
# crime; what is recorded of drugs depends on where the police look. A fall in all crime may go
# with a rise in any of these.
PART_OF_ALL_CRIME = frozenset(
    {
        Problem.BURGLARY,
        Problem.COMMERCIAL_BURGLARY,
        Problem.VEHICLE_THEFT,
        Problem.THEFT_FROM_VEHICLE,
        Problem.SHOP_THEFT,
        Problem.THEFT,
        Problem.ROBBERY,
        Problem.COMMERCIAL_ROBBERY,
        Problem.PUBLIC_VIOLENCE,
        Problem.ALCOHOL_VIOLENCE,
        Problem.DISORDER,
        Problem.VANDALISM,
    }
)


def closeness(asked: Problem, studied: Iterable[Problem]) -> Closeness:
    """Return how near what was studied is to what is asked.

    "All crime" answers for `PART_OF_ALL_CRIME` only: it says nothing of what happens at home, in a
    school or after prison, of fear, or of shootings and homicide, which are too few to move it.

    Examples
    --------
    >>> closeness(Problem.BURGLARY, [Problem.THEFT])
    <Closeness.RELATED_PROBLEM: 1>
    >>> closeness(Problem.PARTNER_ABUSE, [Problem.ALL_CRIME])
    <Closeness.OTHER: 3>
    >>> closeness(Problem.FEAR, [Problem.ALL_CRIME])
    <Closeness.OTHER: 3>
    """
    known = set(studied)
    if asked in known:
        return Closeness.SAME_PROBLEM
    if known & set(_CASES_OF.get(asked, ())):
        return Closeness.RELATED_PROBLEM
    if Problem.ALL_CRIME in known and asked in PART_OF_ALL_CRIME:
        return Closeness.ALL_CRIME
    return Closeness.OTHER


_LIKE: dict[Setting, frozenset[Setting]] = {
    Setting.TERRACED_HOUSING: frozenset({Setting.RESIDENTIAL_AREA, Setting.HOUSING_ESTATE}),
    Setting.RESIDENTIAL_AREA: frozenset({Setting.TERRACED_HOUSING, Setting.HOUSING_ESTATE}),
    Setting.HOUSING_ESTATE: frozenset({Setting.TERRACED_HOUSING, Setting.RESIDENTIAL_AREA}),
    Setting.TOWN_CENTRE: frozenset({Setting.LICENSED_PREMISES, Setting.PUBLIC_SPACE}),
    Setting.LICENSED_PREMISES: frozenset({Setting.TOWN_CENTRE}),
    Setting.PUBLIC_SPACE: frozenset({Setting.TOWN_CENTRE, Setting.SMALL_HOT_SPOTS}),
    Setting.SMALL_HOT_SPOTS: frozenset({Setting.PUBLIC_SPACE}),
}


def settings_in_common(asked: Iterable[Setting], studied: Iterable[Setting]) -> tuple[Setting, ...]:
    """Return the settings asked that were studied, or are like one that was.

    Examples
    --------
    >>> settings_in_common([Setting.TERRACED_HOUSING], [Setting.RESIDENTIAL_AREA])
    (<Setting.TERRACED_HOUSING: 'terraced-housing'>,)
    """
    known = set(studied)
    return tuple(one for one in asked if one in known or _LIKE.get(one, frozenset()) & known)


_WORDS = {
    Closeness.SAME_PROBLEM: message("studied on this problem"),
    Closeness.RELATED_PROBLEM: message("studied on a related problem"),
    Closeness.ALL_CRIME: message("studied on all crime together"),
    Closeness.OTHER: message("studied on another problem"),
}
