"""This file knows the words in which a plan is written: actors, approaches, levels, payers.

The lists are those of the texts: the four groups of actors (1995/9 ¶3(b)), the background factors
(¶3(c)), the levels of action (¶3(d)), and the approaches of the Guidelines (2002/13 ¶6).
"""

from __future__ import annotations

from enum import StrEnum

from forestall.languages import Message, message


class ActorGroup(StrEnum):
    """The groups of actors that a plan should weigh (1995/9 ¶3(b)(i) to (iv))."""

    SERVICES = "services"
    COMMUNITY = "community"
    ECONOMY = "economy"
    MEDIA = "media"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _GROUPS[self][1]

    @property
    def paragraph(self) -> str:
        """Return the paragraph that names the group."""
        return _GROUPS[self][0]


class Sector(StrEnum):
    """What kind of body an organisation is."""

    COORDINATION = "coordination"
    SOCIAL_SERVICES = "social-services"
    EDUCATION = "education"
    HOUSING = "housing"
    HEALTH = "health"
    POLICE = "police"
    COURTS = "courts"
    PROSECUTION = "prosecution"
    PROBATION = "probation"
    ELECTED = "elected"
    ASSOCIATION = "association"
    VOLUNTEERS = "volunteers"
    PARENTS = "parents"
    VICTIM_SUPPORT = "victim-support"
    BUSINESS = "business"
    BANKING = "banking"
    TRADE = "trade"
    TRANSPORT = "transport"
    MEDIA = "media"
    RESEARCH = "research"
    NATIONAL = "national"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _SECTORS[self][1]

    @property
    def group(self) -> ActorGroup | None:
        """Return the group of actors it belongs to; None for bodies the paragraph does not name."""
        return _SECTORS[self][0]


class Approach(StrEnum):
    """The approaches to prevention (2002/13 ¶6(a) to (d))."""

    SOCIAL = "social"
    LOCAL = "local"
    SITUATIONAL = "situational"
    REINTEGRATION = "reintegration"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _APPROACHES[self][1]

    @property
    def paragraph(self) -> str:
        """Return the paragraph that names it."""
        return _APPROACHES[self][0]


class PreventionLevel(StrEnum):
    """When an action comes in (1995/9 ¶3(d)(i) to (iv))."""

    PRIMARY = "primary"
    RECIDIVISM = "recidivism"
    AFTER_SENTENCE = "after-sentence"
    VICTIMS = "victims"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _LEVELS[self][1]

    @property
    def paragraph(self) -> str:
        """Return the paragraph that names it."""
        return _LEVELS[self][0]


class Factor(StrEnum):
    """Background that a plan should look at (1995/9 ¶3(c)(i) to (vii))."""

    TIES = "ties"
    EDUCATION_AND_VALUES = "education-and-values"
    WORK_AND_POVERTY = "work-and-poverty"
    HOUSING_AND_PLANNING = "housing-and-planning"
    HEALTH_AND_DRUGS = "health-and-drugs"
    WELFARE = "welfare"
    TOLERANCE_OF_VIOLENCE = "tolerance-of-violence"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _FACTORS[self][1]

    @property
    def paragraph(self) -> str:
        """Return the paragraph that names it."""
        return _FACTORS[self][0]


class Jurisdiction(StrEnum):
    """At which level of government a plan is made."""

    NATIONAL = "national"
    REGIONAL = "regional"
    LOCAL = "local"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _JURISDICTIONS[self]


class PayerLevel(StrEnum):
    """Whose means pay, local or national (1995/9 ¶3(a)(iii))."""

    LOCAL = "local"
    REGIONAL = "regional"
    NATIONAL = "national"
    INTERNATIONAL = "international"
    PRIVATE = "private"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _PAYERS[self]


class Part(StrEnum):
    """How an organisation takes part in an action, beside the one that is accountable."""

    RESPONSIBLE = "responsible"
    CONSULTED = "consulted"
    INFORMED = "informed"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _PARTS[self]


class Basis(StrEnum):
    """On what the hope rests that an action works."""

    TESTED = "tested"
    UNTESTED = "untested"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _BASES[self]


class StepState(StrEnum):
    """How far a step is."""

    PLANNED = "planned"
    UNDER_WAY = "under-way"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _STEP_STATES[self]


_GROUPS = {
    ActorGroup.SERVICES: ("1995/9:3(b)(i)", message("public services and justice")),
    ActorGroup.COMMUNITY: ("1995/9:3(b)(ii)", message("elected members, associations, residents")),
    ActorGroup.ECONOMY: ("1995/9:3(b)(iii)", message("firms, banks, trade and transport")),
    ActorGroup.MEDIA: ("1995/9:3(b)(iv)", message("the media")),
}

_SECTORS = {
    Sector.COORDINATION: (None, message("coordination of prevention")),
    Sector.SOCIAL_SERVICES: (ActorGroup.SERVICES, message("social services")),
    Sector.EDUCATION: (ActorGroup.SERVICES, message("education")),
    Sector.HOUSING: (ActorGroup.SERVICES, message("housing")),
    Sector.HEALTH: (ActorGroup.SERVICES, message("health")),
    Sector.POLICE: (ActorGroup.SERVICES, message("police")),
    Sector.COURTS: (ActorGroup.SERVICES, message("courts")),
    Sector.PROSECUTION: (ActorGroup.SERVICES, message("prosecution")),
    Sector.PROBATION: (ActorGroup.SERVICES, message("probation and prisons")),
    Sector.ELECTED: (ActorGroup.COMMUNITY, message("elected members")),
    Sector.ASSOCIATION: (ActorGroup.COMMUNITY, message("associations")),
    Sector.VOLUNTEERS: (ActorGroup.COMMUNITY, message("volunteers")),
    Sector.PARENTS: (ActorGroup.COMMUNITY, message("parents")),
    Sector.VICTIM_SUPPORT: (ActorGroup.COMMUNITY, message("victim support")),
    Sector.BUSINESS: (ActorGroup.ECONOMY, message("firms")),
    Sector.BANKING: (ActorGroup.ECONOMY, message("banks")),
    Sector.TRADE: (ActorGroup.ECONOMY, message("shops and trade")),
    Sector.TRANSPORT: (ActorGroup.ECONOMY, message("public transport")),
    Sector.MEDIA: (ActorGroup.MEDIA, message("media")),
    Sector.RESEARCH: (None, message("research")),
    Sector.NATIONAL: (None, message("national government")),
}

_APPROACHES = {
    Approach.SOCIAL: ("2002/13:6(a)", message("social development")),
    Approach.LOCAL: ("2002/13:6(b)", message("with residents, in the neighbourhood")),
    Approach.SITUATIONAL: ("2002/13:6(c)", message("fewer opportunities")),
    Approach.REINTEGRATION: ("2002/13:6(d)", message("reintegration")),
}

_LEVELS = {
    PreventionLevel.PRIMARY: ("1995/9:3(d)(i)", message("before harm is done")),
    PreventionLevel.RECIDIVISM: ("1995/9:3(d)(ii)", message("against offending again")),
    PreventionLevel.AFTER_SENTENCE: ("1995/9:3(d)(iii)", message("after a sentence")),
    PreventionLevel.VICTIMS: ("1995/9:3(d)(iv)", message("for victims")),
}

_FACTORS = {
    Factor.TIES: ("1995/9:3(c)(i)", message("ties in families and between groups")),
    Factor.EDUCATION_AND_VALUES: ("1995/9:3(c)(ii)", message("schooling, values and culture")),
    Factor.WORK_AND_POVERTY: ("1995/9:3(c)(iii)", message("work, training and poverty")),
    Factor.HOUSING_AND_PLANNING: ("1995/9:3(c)(iv)", message("housing and town planning")),
    Factor.HEALTH_AND_DRUGS: ("1995/9:3(c)(v)", message("health, drugs and alcohol")),
    Factor.WELFARE: ("1995/9:3(c)(vi)", message("help for those with least")),
    Factor.TOLERANCE_OF_VIOLENCE: (
        "1995/9:3(c)(vii)",
        message("acceptance of violence and intolerance"),
    ),
}

_JURISDICTIONS = {
    Jurisdiction.NATIONAL: message("the country"),
    Jurisdiction.REGIONAL: message("a region"),
    Jurisdiction.LOCAL: message("a city or district"),
}

_PAYERS = {
    PayerLevel.LOCAL: message("local means"),
    PayerLevel.REGIONAL: message("regional means"),
    PayerLevel.NATIONAL: message("national means"),
    PayerLevel.INTERNATIONAL: message("international means"),
    PayerLevel.PRIVATE: message("private means"),
}

_PARTS = {
    Part.RESPONSIBLE: message("carries it out"),
    Part.CONSULTED: message("is asked"),
    Part.INFORMED: message("is told"),
}

_BASES = {
    Basis.TESTED: message("tested elsewhere"),
    Basis.UNTESTED: message("untested, will be evaluated"),
}

_STEP_STATES = {
    StepState.PLANNED: message("planned"),
    StepState.UNDER_WAY: message("under way"),
    StepState.DONE: message("done"),
    StepState.DROPPED: message("dropped"),
}
