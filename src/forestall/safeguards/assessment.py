"""This file knows the record of a rights assessment (1997/33 ¶4–13).

It says for one action which rights it touches and why that is lawful, needed and in proportion.
People decide on it, two of them, and each decision keeps its reason. Nobody is named: a decision
carries an office and a key by which the workspace tells two people apart.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the records are built from their types
from enum import StrEnum

from msgspec import Struct

from forestall.languages import Message, Texts, message


class Right(StrEnum):
    """A right that a measure of prevention can touch."""

    PRIVACY = "privacy"
    DATA_PROTECTION = "data-protection"
    MOVEMENT = "movement"
    ASSEMBLY = "assembly"
    EXPRESSION = "expression"
    LIBERTY = "liberty"
    DUE_PROCESS = "due-process"
    EQUALITY = "equality"
    HOME_AND_FAMILY = "home-and-family"
    CHILD = "child"
    EDUCATION = "education"
    HOUSING = "housing"
    CULTURE = "culture"
    PUBLIC_SPACE = "public-space"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _RIGHTS[self]


class RightTouched(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A right that the action touches, and how."""

    right: Right
    how: Texts = {}


class PersonalData(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Data on persons that the action needs, and their limits (1997/33 ¶10).

    Attributes
    ----------
    what
        Which data, on whom.
    purpose
        The one purpose for which they are used.
    kept_months
        After how many months they are destroyed.
    shared_with
        Which organisations receive them, and for what.
    """

    what: Texts = {}
    purpose: Texts = {}
    kept_months: int | None = None
    shared_with: Texts = {}


class Police(StrEnum):
    """How police take part; what is hidden from the people it concerns is refused (¶10)."""

    NONE = "none"
    OPEN = "open"
    HIDDEN = "hidden"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _POLICE[self]


class Decision(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one of the two people decided.

    Attributes
    ----------
    by
        A key of the person that tells nobody who it is, such as "member-7".
    office
        The office for which they decide.
    on
        The day.
    agrees
        Whether the action may go on.
    reason
        Why; always given.
    conditions
        What has to be kept to; empty where there is none.
    """

    by: str
    office: Texts
    on: date
    agrees: bool
    reason: Texts
    conditions: Texts = {}


class RightsAssessment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an action means for rights, and what was decided on it.

    Attributes
    ----------
    touches
        Rights that it touches; empty where it touches none (¶13 asks for little then).
    none_touched_because
        Why none is touched, where none is.
    legal_basis, necessity, proportionality, alternatives
        By which law; why it is needed; why it is in proportion; what milder was looked at (¶6).
    equality
        Whom it could put at a disadvantage, and what is done about it (¶5, 9).
    stigma
        Whom it could mark, and what is done about it (¶8).
    personal_data
        None where the action needs none.
    police, police_part
        Whether police take part, and openly; what their part is (¶10).
    private_security, private_security_limits
        Whether private security takes part; by which law and with which limits (¶11).
    like_a_penalty, review_body
        Whether its effect is like that of a penalty; which court or ombudsman reviews it (¶7).
    scores_individuals
        Whether it ranks, scores or predicts individual people; such an action is refused (¶8).
    decisions
        Of two people; a later decision of the same person replaces the earlier one.
    """

    touches: tuple[RightTouched, ...] = ()
    none_touched_because: Texts = {}
    legal_basis: Texts = {}
    necessity: Texts = {}
    proportionality: Texts = {}
    alternatives: Texts = {}
    equality: Texts = {}
    stigma: Texts = {}
    personal_data: PersonalData | None = None
    police: Police = Police.NONE
    police_part: Texts = {}
    private_security: bool = False
    private_security_limits: Texts = {}
    like_a_penalty: bool = False
    review_body: Texts = {}
    scores_individuals: bool = False
    decisions: tuple[Decision, ...] = ()


_RIGHTS = {
    Right.PRIVACY: message("privacy"),
    Right.DATA_PROTECTION: message("protection of personal data"),
    Right.MOVEMENT: message("freedom of movement"),
    Right.ASSEMBLY: message("freedom of assembly"),
    Right.EXPRESSION: message("freedom of expression"),
    Right.LIBERTY: message("personal liberty"),
    Right.DUE_PROCESS: message("fair procedure"),
    Right.EQUALITY: message("equal treatment"),
    Right.HOME_AND_FAMILY: message("home and family life"),
    Right.CHILD: message("rights of the child"),
    Right.EDUCATION: message("education"),
    Right.HOUSING: message("housing"),
    Right.CULTURE: message("cultural identity"),
    Right.PUBLIC_SPACE: message("use of public space"),
}

_POLICE = {
    Police.NONE: message("Police take no part."),
    Police.OPEN: message("Police take part, openly and in a clear role."),
    Police.HIDDEN: message("Police take part, and the people concerned are not told."),
}
