"""This file knows what must be true in a city for a measure to be possible, or to work better."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.languages import message

if TYPE_CHECKING:
    from forestall.languages import Message


class Condition(StrEnum):
    """A local fact that a coordinator can find out, asked as a question with yes or no."""

    REAR_ALLEYS = "rear-alleys"
    RESIDENTS_AGREE = "residents-agree"
    STREETS_MAY_CLOSE = "streets-may-close"
    POOR_LIGHTING = "poor-lighting"
    CAMERAS_LAWFUL = "cameras-lawful"
    CAMERAS_WATCHED = "cameras-watched"
    CAR_PARKS = "car-parks"
    VACANT_LAND = "vacant-land"
    WEAK_SECURITY = "weak-security"
    VISITS_SOON = "visits-soon"
    VICTIMS_KNOWN = "victims-known"
    LICENSED_PREMISES = "licensed-premises"
    CITY_DECIDES_HOURS = "city-decides-hours"
    VENUES_TAKE_PART = "venues-take-part"
    SHOPS_TAKE_PART = "shops-take-part"
    VEHICLES_UNPROTECTED = "vehicles-unprotected"
    LAW_CAN_CHANGE = "law-can-change"
    HOSPITAL_SHARES_COUNTS = "hospital-shares-counts"
    HOSPITAL_TAKES_PART = "hospital-takes-part"
    LOCAL_COUNTS = "local-counts"
    FAMILIES_REACHED = "families-reached"
    NURSES = "nurses"
    PAYMENTS_POSSIBLE = "payments-possible"
    SCHOOLS_TAKE_PART = "schools-take-part"
    WHOLE_SCHOOL = "whole-school"
    PARENTS_INFORMED = "parents-informed"
    PLACES_TO_MEET = "places-to-meet"
    VOLUNTEERS = "volunteers"
    MENTORS_LEARN = "mentors-learn"
    TRUSTED_WORKERS = "trusted-workers"
    EMPLOYERS = "employers"
    HOUSING_AVAILABLE = "housing-available"
    PRISON_ACCESS = "prison-access"
    PEOPLE_REFERRED = "people-referred"
    TREATMENT_AVAILABLE = "treatment-available"
    BOTH_AGREE = "both-agree"
    PARTNERS_PROTECTED = "partners-protected"
    TRAINED_STAFF = "trained-staff"
    MONEY_FOR_YEARS = "money-for-years"
    SEVERAL_TOGETHER = "several-together"
    CARRIED_OUT_WELL = "carried-out-well"
    MANY_SESSIONS = "many-sessions"
    FITTED_TO_NEEDS = "fitted-to-needs"
    WITH_SUPPORT = "with-support"

    @property
    def key(self) -> str:
        """Return the key under which an answer is stored."""
        return self.value

    @property
    def question(self) -> Message:
        """Return the question to be answered with yes or no."""
        return _WORDS[self][0]

    @property
    def statement(self) -> Message:
        """Return the same as a statement, for a list of what must be true."""
        return _WORDS[self][1]


_WORDS: dict[Condition, tuple[Message, Message]] = {
    Condition.REAR_ALLEYS: (
        message("Are there alleys behind the houses that can be closed?"),
        message("There are alleys behind the houses that can be closed."),
    ),
    Condition.RESIDENTS_AGREE: (
        message("Do the residents who would live with the measure agree to it?"),
        message("The residents who would live with the measure agree to it."),
    ),
    Condition.STREETS_MAY_CLOSE: (
        message("May streets be closed to through traffic, with access for emergency services?"),
        message("Streets may be closed to through traffic, with access for emergency services."),
    ),
    Condition.POOR_LIGHTING: (
        message("Are the streets or paths poorly lit after dark?"),
        message("The streets or paths are poorly lit after dark."),
    ),
    Condition.CAMERAS_LAWFUL: (
        message("Does the law allow cameras there, with rules on who may see the pictures?"),
        message("The law allows cameras there, with rules on who may see the pictures."),
    ),
    Condition.CAMERAS_WATCHED: (
        message("Would somebody watch the pictures of the cameras live?"),
        message("Somebody watches the pictures of the cameras live."),
    ),
    Condition.CAR_PARKS: (
        message("Does much of it happen in car parks whose owners would take part?"),
        message("Much of it happens in car parks whose owners take part."),
    ),
    Condition.VACANT_LAND: (
        message("Is there vacant land that the city may enter and look after?"),
        message("There is vacant land that the city may enter and look after."),
    ),
    Condition.WEAK_SECURITY: (
        message("Do many homes lack good locks, lights or other security?"),
        message("Many homes lack good locks, lights or other security."),
    ),
    Condition.VISITS_SOON: (
        message("Can help reach people soon after a burglary or another crime?"),
        message("Help can reach people soon after a burglary or another crime."),
    ),
    Condition.VICTIMS_KNOWN: (
        message("Are victims known to a service that may offer them help?"),
        message("Victims are known to a service that may offer them help."),
    ),
    Condition.LICENSED_PREMISES: (
        message("Does much of the problem arise in or near bars and clubs?"),
        message("Much of the problem arises in or near bars and clubs."),
    ),
    Condition.CITY_DECIDES_HOURS: (
        message("Can the city or one of its partners decide opening hours?"),
        message("The city or one of its partners can decide opening hours."),
    ),
    Condition.VENUES_TAKE_PART: (
        message("Will bars, clubs or festivals take part?"),
        message("Bars, clubs or festivals take part."),
    ),
    Condition.SHOPS_TAKE_PART: (
        message("Will shops and other businesses take part?"),
        message("Shops and other businesses take part."),
    ),
    Condition.VEHICLES_UNPROTECTED: (
        message("Are there many vehicles that can be started without their own key?"),
        message("There are many vehicles that can be started without their own key."),
    ),
    Condition.LAW_CAN_CHANGE: (
        message("Can the national or state law be changed?"),
        message("The national or state law can be changed."),
    ),
    Condition.HOSPITAL_SHARES_COUNTS: (
        message("Would a hospital share counts of violent injuries without names?"),
        message("A hospital shares counts of violent injuries without names."),
    ),
    Condition.HOSPITAL_TAKES_PART: (
        message("Would a hospital let support workers meet injured patients who agree?"),
        message("A hospital lets support workers meet injured patients who agree."),
    ),
    Condition.LOCAL_COUNTS: (
        message("Are there local counts or surveys that show what changes?"),
        message("There are local counts or surveys that show what changes."),
    ),
    Condition.FAMILIES_REACHED: (
        message("Can families be reached who would take part of their own free will?"),
        message("Families can be reached who take part of their own free will."),
    ),
    Condition.NURSES: (
        message("Are there nurses who can visit families at home?"),
        message("There are nurses who can visit families at home."),
    ),
    Condition.PAYMENTS_POSSIBLE: (
        message("Is there a way to pay families with low incomes regularly?"),
        message("There is a way to pay families with low incomes regularly."),
    ),
    Condition.SCHOOLS_TAKE_PART: (
        message("Will schools take part and give time for it?"),
        message("Schools take part and give time for it."),
    ),
    Condition.WHOLE_SCHOOL: (
        message("Will the whole school take part, with rules in every class?"),
        message("The whole school takes part, with rules in every class."),
    ),
    Condition.PARENTS_INFORMED: (
        message("Will parents be informed about it?"),
        message("Parents are informed about it."),
    ),
    Condition.PLACES_TO_MEET: (
        message("Are there rooms or grounds that people can reach safely?"),
        message("There are rooms or grounds that people can reach safely."),
    ),
    Condition.VOLUNTEERS: (
        message("Would enough people give their time and keep coming?"),
        message("Enough people give their time and keep coming."),
    ),
    Condition.MENTORS_LEARN: (
        message("Would mentors join to grow in their own profession?"),
        message("Mentors join to grow in their own profession."),
    ),
    Condition.TRUSTED_WORKERS: (
        message("Are there workers whom people close to violence would trust?"),
        message("There are workers whom people close to violence trust."),
    ),
    Condition.EMPLOYERS: (
        message("Would employers offer paid jobs?"),
        message("Employers offer paid jobs."),
    ),
    Condition.HOUSING_AVAILABLE: (
        message("Are there flats or houses into which people can move?"),
        message("There are flats or houses into which people can move."),
    ),
    Condition.PRISON_ACCESS: (
        message("Does the prison let the programme work inside?"),
        message("The prison lets the programme work inside."),
    ),
    Condition.PEOPLE_REFERRED: (
        message("Would courts, probation or other services refer people to it?"),
        message("Courts, probation or other services refer people to it."),
    ),
    Condition.TREATMENT_AVAILABLE: (
        message("Is treatment for drug use available?"),
        message("Treatment for drug use is available."),
    ),
    Condition.BOTH_AGREE: (
        message("Would those harmed and those responsible be asked, and meet only if both agree?"),
        message("Those harmed and those responsible are asked, and meet only if both agree."),
    ),
    Condition.PARTNERS_PROTECTED: (
        message("Would a service for victims stay in contact with partners and former partners?"),
        message("A service for victims stays in contact with partners and former partners."),
    ),
    Condition.TRAINED_STAFF: (
        message("Are there trained staff, or can staff be trained?"),
        message("There are trained staff, or staff can be trained."),
    ),
    Condition.MONEY_FOR_YEARS: (
        message("Is there money for at least two years?"),
        message("There is money for at least two years."),
    ),
    Condition.SEVERAL_TOGETHER: (
        message("Would several measures be taken together?"),
        message("Several measures are taken together."),
    ),
    Condition.CARRIED_OUT_WELL: (
        message("Can it be carried out fully and with care, and will somebody check this?"),
        message("It is carried out fully and with care, and somebody checks this."),
    ),
    Condition.MANY_SESSIONS: (
        message("Can each participant be offered many sessions?"),
        message("Each participant is offered many sessions."),
    ),
    Condition.FITTED_TO_NEEDS: (
        message("Would the support be fitted to what each person needs?"),
        message("The support is fitted to what each person needs."),
    ),
    Condition.WITH_SUPPORT: (
        message("Would it come with help such as counselling or training in skills?"),
        message("It comes with help such as counselling or training in skills."),
    ),
}
