"""This file knows how kinds of offence are named, and those of known publishers in each language.

A kind that is not listed here stays as its publisher wrote it, in every language.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from forestall.languages import (
    SOURCE_LANGUAGE,
    Message,
    Words,
    language,
    message,
    say,
    translation,
)

ALL_CRIME = "all"
OTHER_KINDS = "other kinds"


class At(StrEnum):
    """Where the name of a kind stands: at the start of a line, inside a sentence, or as it is."""

    START = "start"
    INSIDE = "inside"
    PUBLISHED = "published"


@dataclass(frozen=True)
class Kind(Words):
    """The name of a kind of offence, by the label of its publisher.

    Examples
    --------
    >>> str(Kind("BURGLARY")), str(Kind("Bicycle theft")), str(Kind("all"))
    ('Burglary', 'Bicycle theft', 'All recorded crime')
    >>> str(Kind("BURGLARY", At.INSIDE)), str(Kind("DUI offences", At.INSIDE))
    ('burglary', 'DUI offences')
    """

    label: str
    at: At = At.START

    def __str__(self) -> str:
        """Return the translated name of a listed kind, else that of the publisher."""
        if self.label == ALL_CRIME:
            inside = self.at is At.INSIDE
            return say("all recorded crime") if inside else say("All recorded crime")
        translated = self._translated()
        if translated is None:
            if self.at is At.PUBLISHED:
                return self.label
            name = self._as_published()
            lower = self.at is At.INSIDE and not name[1:2].isupper()
            return name[:1].lower() + name[1:] if lower else name
        return translated if self.at is At.INSIDE else translated[:1].upper() + translated[1:]

    def _translated(self) -> str | None:
        known = KINDS.get(self.label.strip().casefold())
        if known is None or language() == SOURCE_LANGUAGE:
            return None
        return translation(language(), known.text)

    def _as_published(self) -> str:
        if self.label == OTHER_KINDS:
            return say("Other kinds")
        text = self.label.strip() or say("Kind not stated")
        return text.capitalize() if text.isupper() else text[:1].upper() + text[1:]


_KINDS = (
    # As this project writes them.
    message("not stated"),
    message("kind not named"),
    # As data.police.uk writes them.
    message("anti-social behaviour"),
    message("bicycle theft"),
    message("burglary"),
    message("criminal damage and arson"),
    message("drugs"),
    message("other crime"),
    message("other theft"),
    message("possession of weapons"),
    message("public order"),
    message("public disorder and weapons"),
    message("robbery"),
    message("shoplifting"),
    message("theft from the person"),
    message("vehicle crime"),
    message("violence and sexual offences"),
    message("violent crime"),
    message("other"),
    # As the Chicago portal writes them.
    message("arson"),
    message("assault"),
    message("battery"),
    message("concealed carry license violation"),
    message("crim sexual assault"),
    message("criminal damage"),
    message("criminal sexual assault"),
    message("criminal trespass"),
    message("deceptive practice"),
    message("gambling"),
    message("homicide"),
    message("interference with public officer"),
    message("intimidation"),
    message("kidnapping"),
    message("liquor law violation"),
    message("motor vehicle theft"),
    message("narcotics"),
    message("non-criminal"),
    message("obscenity"),
    message("offense involving children"),
    message("other narcotic violation"),
    message("other offense"),
    message("prostitution"),
    message("public indecency"),
    message("public peace violation"),
    message("ritualism"),
    message("sex offense"),
    message("stalking"),
    message("theft"),
    message("weapons violation"),
    # As NIBRS writes them.
    message("aggravated assault"),
    message("all other larceny"),
    message("all other offenses"),
    message("animal cruelty"),
    message("assisting or promoting prostitution"),
    message("bad checks"),
    message("betting/wagering"),
    message("bribery"),
    message("burglary/breaking & entering"),
    message("counterfeiting/forgery"),
    message("credit card/automated teller machine fraud"),
    message("curfew/loitering/vagrancy violations"),
    message("destruction/damage/vandalism of property"),
    message("disorderly conduct"),
    message("driving under the influence"),
    message("drug equipment violations"),
    message("drug/narcotic violations"),
    message("drunkenness"),
    message("embezzlement"),
    message("espionage"),
    message("export violations"),
    message("extortion/blackmail"),
    message("failure to appear"),
    message("false citizenship"),
    message("false pretenses/swindle/confidence game"),
    message("family offenses, nonviolent"),
    message("federal liquor offenses"),
    message("federal resource violations"),
    message("federal tobacco offenses"),
    message("flight to avoid deportation"),
    message("flight to avoid prosecution"),
    message("fondling"),
    message("fraud offenses-hacking/computer invasion"),
    message("gambling equipment violations"),
    message("harboring escapee/ concealing from arrest"),
    message("human trafficking, commercial sex acts"),
    message("human trafficking, involuntary servitude"),
    message("identity theft"),
    message("illegal entry into the United States"),
    message("impersonation"),
    message("import violations"),
    message("incest"),
    message("justifiable homicide"),
    message("kidnapping/abduction person"),
    message("liquor law violations"),
    message("money laundering"),
    message("murder & non-negligent manslaughter"),
    message("negligent manslaughter"),
    message("operating/promoting/assisting gambling"),
    message("peeping tom"),
    message("perjury"),
    message("pocket-picking"),
    message("pornography/obscene material"),
    message("purchasing prostitution"),
    message("purse-snatching"),
    message("rape"),
    message("re-entry after deportation"),
    message("runaway"),
    message("sexual assault with an object"),
    message("simple assault"),
    message("smuggling aliens"),
    message("sodomy"),
    message("sports tampering"),
    message("statutory rape"),
    message("theft from building"),
    message("theft from coin-operated machine or device"),
    message("theft from motor vehicle"),
    message("theft of motor vehicle parts or accessories"),
    message("treason"),
    message("trespass of real property"),
    message("violation of National Firearm Act of 1934"),
    message("weapon law violations"),
    message("weapons of mass destruction"),
    message("welfare fraud"),
    message("wildlife trafficking"),
    message("wire fraud"),
    message("stolen property offenses"),
    message("theft of motor vehicle"),
    message("hit and run"),
)
KINDS: dict[str, Message] = {kind.text.casefold(): kind for kind in _KINDS}
