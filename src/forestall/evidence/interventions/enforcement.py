"""This file knows measures of police, courts and sanctions: kept for comparison, never suggested.

Law enforcement is outside crime prevention as the Guidelines understand it (2002/13 ¶3). Nothing
here has conditions or partners, so that no plan can be made of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.evidence.interventions.mechanisms import Mechanism
from forestall.evidence.interventions.records import Intervention, Role
from forestall.evidence.vocabulary import Approach, Outcome
from forestall.languages import message

if TYPE_CHECKING:
    from forestall.languages import Message


def _law_enforcement(
    key: str,
    *,
    name: Message,
    what: Message,
    approaches: tuple[Approach, ...],
    watch: tuple[Outcome, ...],
    mechanisms: tuple[Mechanism, ...] = (),
    limits: tuple[Message, ...] = (),
) -> Intervention:
    return Intervention(
        key=key,
        name=name,
        what=what,
        approaches=approaches,
        role=Role.MEASURE,
        is_law_enforcement=True,
        mechanisms=mechanisms,
        needs=(),
        helped_by=(),
        partners=(),
        watch=watch,
        limits=limits,
    )


ENFORCEMENT = (
    _law_enforcement(
        "hot-spots-policing",
        name=message("police at small places with much crime"),
        what=message("Police spend more time at a few small places where much crime is recorded."),
        approaches=(Approach.SITUATIONAL,),
        mechanisms=(Mechanism.BEING_SEEN,),
        watch=(Outcome.DISPLACEMENT, Outcome.STIGMA, Outcome.EQUITY),
        limits=(
            message("Taken together, places nearby gained rather than lost."),
            message("How large the effect looks depends on how it is measured."),
        ),
    ),
    _law_enforcement(
        "geographically-focused-policing",
        name=message("police work aimed at small areas"),
        what=message("Police direct their work at areas smaller than a city or region."),
        approaches=(Approach.SITUATIONAL,),
        mechanisms=(Mechanism.BEING_SEEN,),
        watch=(Outcome.DISPLACEMENT, Outcome.STIGMA, Outcome.EQUITY),
        limits=(message("Few of the studies drew places by lot, and no pooled figure was read."),),
    ),
    _law_enforcement(
        "preventive-patrol",
        name=message("more police patrols in large areas"),
        what=message("Police patrol more often in whole districts or cities."),
        approaches=(Approach.SITUATIONAL,),
        mechanisms=(Mechanism.BEING_SEEN,),
        watch=(Outcome.DISPLACEMENT, Outcome.FEAR, Outcome.COST),
        limits=(message("The effect was small, and clear with only one of two methods."),),
    ),
    _law_enforcement(
        "problem-oriented-policing",
        name=message("problem-oriented policing"),
        what=message(
            "Police study a local problem, look for its causes, respond to them and check the "
            "result."
        ),
        approaches=(Approach.SITUATIONAL, Approach.COMMUNITY),
        mechanisms=(Mechanism.LOCAL_COUNTS,),
        watch=(Outcome.DISPLACEMENT, Outcome.FEAR, Outcome.STIGMA),
        limits=(message("It is often carried out unevenly, and no pooled figure was read."),),
    ),
    _law_enforcement(
        "community-policing",
        name=message("community policing"),
        what=message(
            "Police and residents meet and work on problems of the neighbourhood together."
        ),
        approaches=(Approach.COMMUNITY,),
        watch=(Outcome.FEAR, Outcome.STIGMA, Outcome.EQUITY),
        limits=(message("No pooled figure stood in the text that was read."),),
    ),
    _law_enforcement(
        "focused-deterrence",
        name=message("focused deterrence"),
        what=message(
            "Police, services and residents tell small groups involved in violence that it must "
            "stop, and offer help."
        ),
        approaches=(Approach.COMMUNITY, Approach.SOCIAL),
        mechanisms=(Mechanism.FEAR_OF_PUNISHMENT,),
        watch=(Outcome.DISPLACEMENT, Outcome.STIGMA, Outcome.EQUITY),
        limits=(message("Effects were smaller in the stronger studies."),),
    ),
    _law_enforcement(
        "second-responders",
        name=message("visits by police and social workers after family abuse"),
        what=message(
            "A police officer and a social worker or advocate visit soon after a complaint of "
            "family abuse."
        ),
        approaches=(Approach.VICTIM_SUPPORT,),
        mechanisms=(Mechanism.SAFETY_OF_VICTIMS,),
        watch=(Outcome.VICTIMIZATION, Outcome.HARM),
        limits=(
            message(
                "No clear effect was found, and in experiments abuse may have come back more often."
            ),
            message("Victims may report more, so recorded abuse can rise without more abuse."),
        ),
    ),
    _law_enforcement(
        "court-mandated-perpetrator-programmes",
        name=message("programmes ordered by a court for people violent to their partner"),
        what=message(
            "A court orders people who were violent to their partner to attend a programme."
        ),
        approaches=(Approach.REINTEGRATION,),
        mechanisms=(Mechanism.PROBLEM_SOLVING,),
        watch=(Outcome.VICTIMIZATION, Outcome.HARM),
        limits=(message("Victims reported no effect; it is not known whether they work."),),
    ),
    _law_enforcement(
        "custodial-sanctions",
        name=message("prison instead of a sanction in the community"),
        what=message(
            "People who are convicted are sent to prison and not given a sanction in the community."
        ),
        approaches=(Approach.REINTEGRATION,),
        watch=(Outcome.HARM, Outcome.STIGMA, Outcome.COST),
        limits=(
            message(
                "Prison was no more effective against offending again than sanctions in the "
                "community."
            ),
        ),
    ),
    _law_enforcement(
        "juvenile-processing",
        name=message("formal proceedings against young people"),
        what=message(
            "Young people who are accused go through the formal justice system, without diversion "
            "or release."
        ),
        approaches=(Approach.REINTEGRATION,),
        watch=(Outcome.CRIME, Outcome.STIGMA, Outcome.COST),
        limits=(
            message(
                "It does harm on average: it appears to increase offending, on every measure used."
            ),
            message(
                "The harm was larger in comparison with a diversion programme than with doing "
                "nothing."
            ),
        ),
    ),
    _law_enforcement(
        "police-diversion",
        name=message("diversion of young people by the police"),
        what=message(
            "Police refer young people to a programme or caution them, and send no case to court."
        ),
        approaches=(Approach.SOCIAL, Approach.REINTEGRATION),
        mechanisms=(Mechanism.STAYING_OUT_OF_COURT,),
        watch=(Outcome.EQUITY, Outcome.STIGMA),
        limits=(message("Kinds of diversion did not differ in a way that matters."),),
    ),
    _law_enforcement(
        "electronic-monitoring",
        name=message("electronic monitoring"),
        what=message(
            "A court or prison service has people wear a device that shows where they are."
        ),
        approaches=(Approach.REINTEGRATION,),
        mechanisms=(Mechanism.SUPERVISION,),
        watch=(Outcome.STIGMA, Outcome.EQUITY, Outcome.COST),
        limits=(
            message("Results depend on the measure used: some were clear, others were not."),
            message("For people with moderate or serious offences no clear effect was found."),
        ),
    ),
    _law_enforcement(
        "ignition-interlocks",
        name=message("alcohol ignition interlocks"),
        what=message(
            "The vehicle of a driver convicted of drinking starts only after a breath test."
        ),
        approaches=(Approach.SITUATIONAL,),
        mechanisms=(Mechanism.MORE_EFFORT,),
        watch=(Outcome.EQUITY, Outcome.COST),
        limits=(
            message("The effect ended when the device was removed."),
            message("Only a small share of the drivers concerned took part."),
        ),
    ),
)
