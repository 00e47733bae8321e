"""This file knows which unintended effects the United Nations guidelines ask to look for.

The words are ours. The paragraphs are of the elements of responsible crime prevention (1997/33) and
of the Guidelines for the Prevention of Crime (2002/13); where an effect is not named there, the
general paragraph stands, which asks for all effects, good and bad (2002/13, 23(d)).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.languages import message

if TYPE_CHECKING:
    from forestall.languages import Message


class UnintendedEffect(StrEnum):
    """An effect that nobody aimed at; each has a row in the register, looked for or not."""

    MOVED_NEARBY = "moved nearby"
    MOVED_TO_OTHER_KINDS = "moved to other kinds"
    BENEFIT_NEARBY = "benefit nearby"
    SERIOUSNESS = "seriousness"
    RECORDING = "recording"
    FEAR = "fear"
    STIGMA_OF_PEOPLE = "stigma of people"
    STIGMA_OF_PLACES = "stigma of places"
    BLAME_OF_VICTIMS = "blame of victims"
    PREDICTION_OF_PERSONS = "prediction of persons"
    RIGHTS_OF_FAMILIES = "rights of families"
    REACH_OF_CONTROL = "reach of control"
    PRIVACY = "privacy"
    FREE_ACCESS = "free access"
    BUILT_SURROUNDINGS = "built surroundings"
    SHARE_OF_BENEFIT = "share of benefit"
    SHARE_OF_BURDEN = "share of burden"
    TRUST = "trust"
    NEIGHBOURLY_TIES = "neighbourly ties"
    OTHER_SERVICES = "other services"


class Direction(StrEnum):
    """Whether an unintended effect would be welcome."""

    GOOD = "good"
    BAD = "bad"
    EITHER = "good or bad"


@dataclass(frozen=True, kw_only=True)
class EffectToLookFor:
    """What to look for, and which provision asks for it.

    Attributes
    ----------
    name
        The effect in a few words.
    question
        What to find out.
    direction
        Whether it would be welcome.
    provisions
        Paragraphs such as ``2002/13:23(d)``, by the numbers of the coverage table.
    """

    name: Message
    question: Message
    direction: Direction
    provisions: tuple[str, ...]


_ALL = "2002/13:23(d)"

TO_LOOK_FOR: dict[UnintendedEffect, EffectToLookFor] = {
    UnintendedEffect.MOVED_NEARBY: EffectToLookFor(
        name=message("incidents moved nearby"),
        question=message("Did incidents rise around the places, against their own comparison?"),
        direction=Direction.BAD,
        provisions=(_ALL,),
    ),
    UnintendedEffect.MOVED_TO_OTHER_KINDS: EffectToLookFor(
        name=message("incidents moved to other kinds"),
        question=message("Did other offences, hours, weekdays or sorts of property suffer more?"),
        direction=Direction.BAD,
        provisions=(_ALL,),
    ),
    UnintendedEffect.BENEFIT_NEARBY: EffectToLookFor(
        name=message("benefits spread nearby"),
        question=message("Were fewer incidents recorded around the places as well?"),
        direction=Direction.GOOD,
        provisions=(_ALL,),
    ),
    UnintendedEffect.SERIOUSNESS: EffectToLookFor(
        name=message("incidents graver or lighter"),
        question=message("Did the harm of an average incident change while the number did?"),
        direction=Direction.EITHER,
        provisions=("2002/13:23(c)", _ALL),
    ),
    UnintendedEffect.RECORDING: EffectToLookFor(
        name=message("reporting and recording changed"),
        question=message("Did people report, or the police record, more or less than before?"),
        direction=Direction.EITHER,
        provisions=(_ALL,),
    ),
    UnintendedEffect.FEAR: EffectToLookFor(
        name=message("fear of crime rose"),
        question=message("Did warnings or visible measures make residents more afraid?"),
        direction=Direction.BAD,
        provisions=("1997/33:20", "2002/13:23(c)"),
    ),
    UnintendedEffect.STIGMA_OF_PEOPLE: EffectToLookFor(
        name=message("people were marked as a problem"),
        question=message("Are those who were offered help seen, or do they feel seen, as a risk?"),
        direction=Direction.BAD,
        provisions=("1997/33:8", "1997/33:17", "1997/33:18", _ALL),
    ),
    UnintendedEffect.STIGMA_OF_PLACES: EffectToLookFor(
        name=message("a neighbourhood got a bad name"),
        question=message("Did rents, shops, schools or the press turn away from the area?"),
        direction=Direction.BAD,
        provisions=(_ALL,),
    ),
    UnintendedEffect.BLAME_OF_VICTIMS: EffectToLookFor(
        name=message("those advised were blamed"),
        question=message("Were people who got advice, or did not follow it, marked or blamed?"),
        direction=Direction.BAD,
        provisions=("1997/33:20",),
    ),
    UnintendedEffect.PREDICTION_OF_PERSONS: EffectToLookFor(
        name=message("single persons were predicted"),
        question=message("Was the measure used to foretell what a single person would do?"),
        direction=Direction.BAD,
        provisions=("1997/33:8",),
    ),
    UnintendedEffect.RIGHTS_OF_FAMILIES: EffectToLookFor(
        name=message("help cost families their rights"),
        question=message("Was help for parents and children free to refuse, and without a price?"),
        direction=Direction.BAD,
        provisions=("1997/33:18",),
    ),
    UnintendedEffect.REACH_OF_CONTROL: EffectToLookFor(
        name=message("control reached too far"),
        question=message("Were more people stopped, fined, excluded or watched than was meant?"),
        direction=Direction.BAD,
        provisions=("1997/33:8", _ALL),
    ),
    UnintendedEffect.PRIVACY: EffectToLookFor(
        name=message("privacy was lost"),
        question=message("Does watching record more, for longer or for others, than is needed?"),
        direction=Direction.BAD,
        provisions=("2002/13:26(b)",),
    ),
    UnintendedEffect.FREE_ACCESS: EffectToLookFor(
        name=message("public space was closed"),
        question=message("Can everybody still use streets, parks and public buildings freely?"),
        direction=Direction.BAD,
        provisions=("1997/33:19", "2002/13:26(d)"),
    ),
    UnintendedEffect.BUILT_SURROUNDINGS: EffectToLookFor(
        name=message("surroundings became harsher"),
        question=message("Do gates, bars, cameras or lamps make the place worse to be in?"),
        direction=Direction.BAD,
        provisions=("1997/33:19", "2002/13:26(d)"),
    ),
    UnintendedEffect.SHARE_OF_BENEFIT: EffectToLookFor(
        name=message("benefits were shared unevenly"),
        question=message("Which areas and groups gained, and which gained nothing?"),
        direction=Direction.EITHER,
        provisions=(_ALL,),
    ),
    UnintendedEffect.SHARE_OF_BURDEN: EffectToLookFor(
        name=message("burdens were shared unevenly"),
        question=message(
            "Which groups were checked, fined, moved or made to pay, and was it fair?"
        ),
        direction=Direction.BAD,
        provisions=("1997/33:9", _ALL),
    ),
    UnintendedEffect.TRUST: EffectToLookFor(
        name=message("trust changed"),
        question=message("Do residents trust the police and the city more or less than before?"),
        direction=Direction.EITHER,
        provisions=(_ALL,),
    ),
    UnintendedEffect.NEIGHBOURLY_TIES: EffectToLookFor(
        name=message("neighbours drew closer or apart"),
        question=message("Do neighbours know, help and trust one another more or less?"),
        direction=Direction.EITHER,
        provisions=(_ALL,),
    ),
    UnintendedEffect.OTHER_SERVICES: EffectToLookFor(
        name=message("other services lost or gained"),
        question=message("Which work, where, was left undone for this, or became easier?"),
        direction=Direction.EITHER,
        provisions=(_ALL,),
    ),
}
