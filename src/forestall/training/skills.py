"""This file knows the skills that prevention asks for, each with the paragraph that asks for it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.languages import Message, OwnWords, message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.languages import Texts, Words


class Skill(StrEnum):
    """A skill that the texts ask for; a place can add its own.

    A skill is something that a body of the partnership can do. It has no degrees.
    """

    ANALYSIS = "analysis"
    SURVEYS = "surveys"
    EVIDENCE = "evidence"
    PLANNING = "planning"
    PARTNERSHIP = "partnership"
    LEADERSHIP = "leadership"
    CONSULTATION = "consultation"
    INFORMING = "informing"
    SOCIAL = "social"
    LOCAL = "local"
    SITUATIONAL = "situational"
    RECIDIVISM = "recidivism"
    VICTIM_SUPPORT = "victim-support"
    MEDIATION = "mediation"
    INCLUSION = "inclusion"
    RIGHTS = "rights"
    DATA_PROTECTION = "data-protection"
    ORGANISED_CRIME = "organised-crime"
    MEANS = "means"
    MONITORING = "monitoring"
    EVALUATION = "evaluation"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _SKILLS[self][1]

    @property
    def paragraph(self) -> str:
        """Return the paragraph that asks for it.

        Examples
        --------
        >>> Skill.EVALUATION.paragraph
        '2002/13:23(a)'
        """
        return _SKILLS[self][0]


def skill_words(key: str, own: Mapping[str, Texts]) -> Words:
    """Return the words for a skill, of the list or of a place's own.

    Parameters
    ----------
    own
        From the keys of the place's own skills to their names.

    Examples
    --------
    >>> str(skill_words("rights", {})), str(skill_words("boats", {"boats": {"en": "Boats"}}))
    ('Assessing what measures mean for rights', 'Boats')
    """
    return OwnWords(own[key]) if key in own else Skill(key).words


def in_order(key: str) -> tuple[int, str]:
    """Return by what skills are put in a row: the list as it is, then own ones by their keys.

    Examples
    --------
    >>> sorted(["boats", "rights", "analysis"], key=in_order)
    ['analysis', 'rights', 'boats']
    """
    known = [one.value for one in Skill]
    return (known.index(key), "") if key in known else (len(known), key)


_SKILLS = {
    Skill.ANALYSIS: ("2002/13:22(a)", message("Analysing problems and their causes")),
    Skill.SURVEYS: ("2002/13:21(f)", message("Surveys of residents and victims")),
    Skill.EVIDENCE: ("2002/13:22(b)", message("Choosing and adapting what has worked")),
    Skill.PLANNING: ("2002/13:17(b)", message("Planning with priorities and targets")),
    Skill.PARTNERSHIP: ("2002/13:19(c)", message("Work in partnership")),
    Skill.LEADERSHIP: ("2002/13:18(a)", message("Leading prevention as a senior official")),
    Skill.CONSULTATION: ("2002/13:16", message("Consulting residents")),
    Skill.INFORMING: ("2002/13:17(e)", message("Informing the public")),
    Skill.SOCIAL: ("2002/13:25(a)", message("Social prevention")),
    Skill.LOCAL: ("2002/13:6(b)", message("Work with residents in their neighbourhood")),
    Skill.SITUATIONAL: ("2002/13:26", message("Situational prevention")),
    Skill.RECIDIVISM: ("2002/13:6(d)", message("Preventing recidivism")),
    Skill.VICTIM_SUPPORT: ("1995/9:3(d)(iv)", message("Help for victims")),
    Skill.MEDIATION: ("2002/13:25(c)", message("Solving conflicts without violence")),
    Skill.INCLUSION: ("2002/13:14", message("Work with people in a weak position")),
    Skill.RIGHTS: ("2002/13:12", message("Assessing what measures mean for rights")),
    Skill.DATA_PROTECTION: ("1997/33:10", message("Protection of data on persons")),
    Skill.ORGANISED_CRIME: (
        "2002/13:27",
        message("Links of local crime with transnational organised crime"),
    ),
    Skill.MEANS: ("2002/13:10", message("Budgets and accounts")),
    Skill.MONITORING: ("2002/13:22(e)", message("Measuring progress")),
    Skill.EVALUATION: ("2002/13:23(a)", message("Evaluation")),
}
