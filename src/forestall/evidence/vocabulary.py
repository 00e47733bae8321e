"""This file knows the words in which evidence is described: problems, places, people, outcomes.

Every word is one value with one translation, so that a question in one language finds a study
written in another. People appear only as groups that a programme serves, never as suspects.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forestall.languages import Message


class Approach(StrEnum):
    """The approaches of the Guidelines (2002/13 ¶6), and two of the packaged reviews."""

    SOCIAL = "social"
    COMMUNITY = "community"
    SITUATIONAL = "situational"
    REINTEGRATION = "reintegration"
    VICTIM_SUPPORT = "victim support"
    ORGANISED_CRIME = "organised-crime"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _APPROACHES[self]


class Problem(StrEnum):
    """What a measure is meant to prevent."""

    BURGLARY = "burglary"
    COMMERCIAL_BURGLARY = "commercial-burglary"
    VEHICLE_THEFT = "vehicle-theft"
    THEFT_FROM_VEHICLE = "theft-from-vehicle"
    SHOP_THEFT = "shop-theft"
    THEFT = "theft"
    ROBBERY = "robbery"
    COMMERCIAL_ROBBERY = "commercial-robbery"
    PUBLIC_VIOLENCE = "public-violence"
    ALCOHOL_VIOLENCE = "alcohol-violence"
    GUN_VIOLENCE = "gun-violence"
    GANG_VIOLENCE = "gang-violence"
    HOMICIDE = "homicide"
    PARTNER_ABUSE = "partner-abuse"
    SEXUAL_VIOLENCE = "sexual-violence"
    YOUTH_OFFENDING = "youth-offending"
    CHILD_BEHAVIOUR = "child-behaviour"
    SCHOOL_VIOLENCE = "school-violence"
    BULLYING = "bullying"
    REOFFENDING = "reoffending"
    DRUGS = "drugs"
    DRINK_DRIVING = "drink-driving"
    DISORDER = "disorder"
    VANDALISM = "vandalism"
    FEAR = "fear"
    TRAFFICKING = "trafficking"
    ALL_CRIME = "all-crime"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _PROBLEMS[self]


class Setting(StrEnum):
    """Where a measure was taken, or where a city wants to take it."""

    TERRACED_HOUSING = "terraced-housing"
    RESIDENTIAL_AREA = "residential-area"
    HOUSING_ESTATE = "housing-estate"
    TOWN_CENTRE = "town-centre"
    LICENSED_PREMISES = "licensed-premises"
    CAR_PARK = "car-park"
    PUBLIC_TRANSPORT = "public-transport"
    RETAIL = "retail"
    SCHOOL = "school"
    HOME = "home"
    VACANT_LAND = "vacant-land"
    PUBLIC_SPACE = "public-space"
    SMALL_HOT_SPOTS = "small-hot-spots"
    HOSPITAL = "hospital"
    PRISON = "prison"
    SUPERVISION = "supervision"
    SHELTER = "shelter"
    WHOLE_CITY = "whole-city"
    WHOLE_COUNTRY = "whole-country"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _SETTINGS[self]


class Level(StrEnum):
    """On what a measure works: on people, families, schools, places, areas, a city, a country."""

    PEOPLE = "people"
    FAMILIES = "families"
    SCHOOLS = "schools"
    PLACES = "places"
    AREAS = "areas"
    CITY = "city"
    COUNTRY = "country"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _LEVELS[self]


class Population(StrEnum):
    """Groups that a programme serves."""

    EVERYBODY = "everybody"
    YOUNG_CHILDREN = "young-children"
    PUPILS = "pupils"
    YOUNG_PEOPLE = "young-people"
    FAMILIES = "families"
    VICTIMS = "victims"
    WOMEN = "women"
    RESIDENTS = "residents"
    FORMER_PRISONERS = "former-prisoners"
    CONVICTED_ADULTS = "convicted-adults"
    CONVICTED_YOUNG = "convicted-young-people"
    DRUG_USERS = "drug-users"
    HOMELESS = "homeless"
    BUSINESSES = "businesses"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _POPULATIONS[self]


class Outcome(StrEnum):
    """What was measured; the first eight are the columns of the gap map."""

    CRIME = "crime"
    VICTIMIZATION = "victimization"
    FEAR = "fear"
    HARM = "harm"
    COST = "cost"
    DISPLACEMENT = "displacement"
    STIGMA = "stigma"
    EQUITY = "equity"
    OTHER = "other"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _OUTCOMES[self]


class Finding(StrEnum):
    """What a text says about the outcome, as we read it; desirable and harmful are kept apart."""

    DESIRABLE = "desirable"
    HARMFUL = "harmful"
    NO_CLEAR_DIFFERENCE = "no clear difference"
    MIXED = "mixed"
    UNKNOWN = "unknown"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _FINDINGS[self]


class Kind(StrEnum):
    """What kind of text stands behind a record; a single study is never a pooled effect."""

    META_ANALYSIS = "meta-analysis"
    REVIEW = "systematic review, not pooled"
    VOTE_COUNT = "vote count"
    SINGLE_STUDY = "single study"
    ASSOCIATION = "association"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _KINDS[self]


class Design(StrEnum):
    """How treated and untreated were compared, the strongest first."""

    RANDOMISED = "randomised"
    CONTROLLED = "controlled"
    MIXED = "mixed"
    SERIES = "series"
    BEFORE_AFTER = "before-after"
    ASSOCIATION = "association"
    NOT_STATED = "not-stated"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _DESIGNS[self]


_APPROACHES = {
    Approach.SOCIAL: message("social development"),
    Approach.COMMUNITY: message("community"),
    Approach.SITUATIONAL: message("situational"),
    Approach.REINTEGRATION: message("reintegration"),
    Approach.VICTIM_SUPPORT: message("support of victims"),
    Approach.ORGANISED_CRIME: message("organised crime"),
}
_P = Problem
_PROBLEMS: dict[Problem, Message] = {
    _P.BURGLARY: message("burglary of homes"),
    _P.COMMERCIAL_BURGLARY: message("burglary of businesses"),
    _P.VEHICLE_THEFT: message("theft of vehicles"),
    _P.THEFT_FROM_VEHICLE: message("theft from vehicles"),
    _P.SHOP_THEFT: message("theft from shops"),
    _P.THEFT: message("theft"),
    _P.ROBBERY: message("robbery in the street"),
    _P.COMMERCIAL_ROBBERY: message("robbery of businesses"),
    _P.PUBLIC_VIOLENCE: message("violence in public"),
    _P.ALCOHOL_VIOLENCE: message("violence around bars"),
    _P.GUN_VIOLENCE: message("gun violence"),
    _P.GANG_VIOLENCE: message("violence between groups"),
    _P.HOMICIDE: message("homicide"),
    _P.PARTNER_ABUSE: message("abuse by a partner or in the family"),
    _P.SEXUAL_VIOLENCE: message("sexual violence"),
    _P.YOUTH_OFFENDING: message("offending by young people"),
    _P.CHILD_BEHAVIOUR: message("behaviour problems of children"),
    _P.SCHOOL_VIOLENCE: message("violence in schools"),
    _P.BULLYING: message("bullying"),
    _P.REOFFENDING: message("offending again"),
    _P.DRUGS: message("drug use and drug markets"),
    _P.DRINK_DRIVING: message("driving under the influence of alcohol"),
    _P.DISORDER: message("disorder"),
    _P.VANDALISM: message("damage to property"),
    _P.FEAR: message("fear of crime"),
    _P.TRAFFICKING: message("trafficking in persons"),
    _P.ALL_CRIME: message("all crime"),
}
_SETTINGS = {
    Setting.TERRACED_HOUSING: message("terraced houses"),
    Setting.RESIDENTIAL_AREA: message("residential areas"),
    Setting.HOUSING_ESTATE: message("housing estates"),
    Setting.TOWN_CENTRE: message("town centres"),
    Setting.LICENSED_PREMISES: message("bars and other licensed premises"),
    Setting.CAR_PARK: message("car parks"),
    Setting.PUBLIC_TRANSPORT: message("public transport"),
    Setting.RETAIL: message("shops and other businesses"),
    Setting.SCHOOL: message("schools"),
    Setting.HOME: message("homes and families"),
    Setting.VACANT_LAND: message("vacant land"),
    Setting.PUBLIC_SPACE: message("streets and public places"),
    Setting.SMALL_HOT_SPOTS: message("small places with much crime"),
    Setting.HOSPITAL: message("hospitals"),
    Setting.PRISON: message("prisons"),
    Setting.SUPERVISION: message("courts, probation and parole"),
    Setting.SHELTER: message("shelters for victims"),
    Setting.WHOLE_CITY: message("a whole city"),
    Setting.WHOLE_COUNTRY: message("a whole country or state"),
}
_LEVELS = {
    Level.PEOPLE: message("single people"),
    Level.FAMILIES: message("families"),
    Level.SCHOOLS: message("schools"),
    Level.PLACES: message("single places"),
    Level.AREAS: message("neighbourhoods"),
    Level.CITY: message("a whole city"),
    Level.COUNTRY: message("a whole country or state"),
}
_LEVEL_OF = {
    Setting.HOME: Level.FAMILIES,
    Setting.SCHOOL: Level.SCHOOLS,
    Setting.PRISON: Level.PEOPLE,
    Setting.SUPERVISION: Level.PEOPLE,
    Setting.SHELTER: Level.PEOPLE,
    Setting.HOSPITAL: Level.PEOPLE,
    Setting.TERRACED_HOUSING: Level.AREAS,
    Setting.RESIDENTIAL_AREA: Level.AREAS,
    Setting.HOUSING_ESTATE: Level.AREAS,
    Setting.TOWN_CENTRE: Level.AREAS,
    Setting.WHOLE_CITY: Level.CITY,
    Setting.WHOLE_COUNTRY: Level.COUNTRY,
}


def levels_of(settings: Iterable[Setting]) -> tuple[Level, ...]:
    """Return on what a measure works, by the settings in which it was studied.

    Without a setting it works on people, who were served wherever they were.

    Examples
    --------
    >>> [one.value for one in levels_of([Setting.SCHOOL, Setting.CAR_PARK])], levels_of([])
    (['schools', 'places'], (<Level.PEOPLE: 'people'>,))
    """
    found = dict.fromkeys(_LEVEL_OF.get(one, Level.PLACES) for one in settings)
    return tuple(found) or (Level.PEOPLE,)


_POPULATIONS = {
    Population.EVERYBODY: message("everybody"),
    Population.YOUNG_CHILDREN: message("young children"),
    Population.PUPILS: message("pupils"),
    Population.YOUNG_PEOPLE: message("young people"),
    Population.FAMILIES: message("families"),
    Population.VICTIMS: message("victims of crime"),
    Population.WOMEN: message("women"),
    Population.RESIDENTS: message("residents"),
    Population.FORMER_PRISONERS: message("people leaving prison"),
    Population.CONVICTED_ADULTS: message("convicted adults"),
    Population.CONVICTED_YOUNG: message("convicted young people"),
    Population.DRUG_USERS: message("people who use drugs"),
    Population.HOMELESS: message("people without a home"),
    Population.BUSINESSES: message("businesses"),
}
_OUTCOMES = {
    Outcome.CRIME: message("crime"),
    Outcome.VICTIMIZATION: message("victimization"),
    Outcome.FEAR: message("fear of crime"),
    Outcome.HARM: message("harm"),
    Outcome.COST: message("cost"),
    Outcome.DISPLACEMENT: message("displacement"),
    Outcome.STIGMA: message("stigma"),
    Outcome.EQUITY: message("equity"),
    Outcome.OTHER: message("other outcomes"),
}
_FINDINGS = {
    Finding.DESIRABLE: message("better with the measure"),
    Finding.HARMFUL: message("worse with the measure"),
    Finding.NO_CLEAR_DIFFERENCE: message("no clear difference"),
    Finding.MIXED: message("mixed results"),
    Finding.UNKNOWN: message("not known"),
}
_KINDS = {
    Kind.META_ANALYSIS: message("review with a pooled effect"),
    Kind.REVIEW: message("review without a pooled effect"),
    Kind.VOTE_COUNT: message("count of studies, not an effect"),
    Kind.SINGLE_STUDY: message("one study"),
    Kind.ASSOCIATION: message("association, not an effect"),
}
_DESIGNS = {
    Design.RANDOMISED: message("drawn by lot"),
    Design.CONTROLLED: message("compared with others"),
    Design.MIXED: message("several designs"),
    Design.SERIES: message("series over time"),
    Design.BEFORE_AFTER: message("before and after, without comparison"),
    Design.ASSOCIATION: message("association only"),
    Design.NOT_STATED: message("design not stated"),
}
