"""This file knows the rights assessments of the example plan, one of them half decided."""

from __future__ import annotations

from datetime import date

from forestall.plan.example.texts import texts
from forestall.safeguards.assessment import (
    Decision,
    PersonalData,
    Police,
    Right,
    RightsAssessment,
    RightTouched,
)

_COORDINATOR = texts("Safer City office")
_COUNCIL = texts("Residents’ council")
_DATA_OFFICER = texts("Data protection officer")
_EQUALITY = texts("Equality officer")

GATES = RightsAssessment(
    touches=(
        RightTouched(
            right=Right.MOVEMENT,
            how=texts("14 alleys close to the public; streets in front of the homes stay open."),
        ),
        RightTouched(
            right=Right.EQUALITY,
            how=texts("People with a disability have to be able to open the gates."),
        ),
    ),
    legal_basis=texts("The municipal act on streets allows gates where all owners agree."),
    necessity=texts("Most entries were from the rear, through alleys that lead nowhere else."),
    proportionality=texts("Only alleys without a through way are closed, and keys are free."),
    alternatives=texts("Light and better back doors were looked at; they do not close the way in."),
    equality=texts("Low handles and key cards; every tenant gets two keys without a deposit."),
    stigma=texts("The gates look like garden gates, and districts are not named in signs."),
    police=Police.OPEN,
    police_part=texts("Hold a key for emergencies; residents are told."),
    decisions=(
        Decision(
            by="port-alder-1",
            office=_COORDINATOR,
            on=date(2025, 3, 20),
            agrees=True,
            reason=texts("The way stays open for all who need it."),
        ),
        Decision(
            by="port-alder-2",
            office=_COUNCIL,
            on=date(2025, 3, 27),
            agrees=True,
            reason=texts("All households of the 14 alleys are asked first."),
        ),
    ),
)

QUICK_HELP = RightsAssessment(
    touches=(
        RightTouched(
            right=Right.PRIVACY, how=texts("Visitors come into homes, and learn what happened.")
        ),
        RightTouched(
            right=Right.DATA_PROTECTION, how=texts("Addresses of households that wish a visit.")
        ),
    ),
    legal_basis=texts("Consent of the household; the act on support of victims."),
    necessity=texts("Help within two days needs the address of those who ask for it."),
    proportionality=texts("No name is needed, and nothing on the offence is kept."),
    alternatives=texts("Letters to whole streets were looked at; they come too late."),
    equality=texts("Visits are free, in five languages, and at hours that suit working people."),
    stigma=texts("Visitors come without a uniform and in an unmarked car."),
    personal_data=PersonalData(
        what=texts("Address and telephone number of households that asked for a visit"),
        purpose=texts("To arrange the visit"),
        kept_months=3,
        shared_with=texts("Nobody; the locksmith gets the address on the day"),
    ),
    police=Police.OPEN,
    police_part=texts("Tell victims that help exists, and pass on nothing without their wish."),
    decisions=(
        Decision(
            by="port-alder-1",
            office=_COORDINATOR,
            on=date(2025, 3, 21),
            agrees=True,
            reason=texts("Only those who ask are visited."),
        ),
        Decision(
            by="port-alder-3",
            office=_DATA_OFFICER,
            on=date(2025, 3, 28),
            agrees=True,
            reason=texts("Purpose, period and recipients are set."),
        ),
    ),
)

WORKSHOP = RightsAssessment(
    touches=(
        RightTouched(
            right=Right.CHILD, how=texts("Young people from 14 take part in the evening.")
        ),
        RightTouched(right=Right.EQUALITY, how=texts("Girls came less to earlier workshops.")),
    ),
    legal_basis=texts("The act on youth welfare; parents of those under 16 agree."),
    necessity=texts("There is no evening offer in the three districts."),
    proportionality=texts("Taking part is free, open to all, and leaves no trace."),
    alternatives=texts("A programme for invited young people was refused: it would mark them."),
    equality=texts("Two of the four evenings are planned with girls; the rooms have no steps."),
    stigma=texts("It is a workshop and is announced as one, in all schools of the city."),
    decisions=(
        Decision(
            by="port-alder-1",
            office=_COORDINATOR,
            on=date(2025, 3, 24),
            agrees=True,
            reason=texts("It is open to all."),
        ),
        Decision(
            by="port-alder-4",
            office=_EQUALITY,
            on=date(2025, 4, 2),
            agrees=True,
            reason=texts("Girls take part in the planning."),
            conditions=texts("No list of those who come; girls are asked again after six months."),
        ),
    ),
)

LIGHT = RightsAssessment(
    touches=(
        RightTouched(
            right=Right.HOME_AND_FAMILY, how=texts("Light can fall into bedrooms by the paths.")
        ),
    ),
    legal_basis=texts("The municipal duty to light public ways."),
    necessity=texts("Residents avoid the paths after dark."),
    proportionality=texts("Lamps are shaded, and dim after midnight."),
    alternatives=texts("Cameras were refused: need was not shown, and they touch more rights."),
    equality=texts("Residents of all three districts choose on walks, by day and by night."),
    stigma=texts("Paths are chosen by use and light, not by who lives there."),
    decisions=(
        Decision(
            by="port-alder-1",
            office=_COORDINATOR,
            on=date(2025, 4, 8),
            agrees=True,
            reason=texts("Shaded lamps keep the homes dark."),
        ),
    ),
)
