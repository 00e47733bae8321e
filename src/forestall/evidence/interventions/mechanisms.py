"""This file knows the ways in which measures are thought to work."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.languages import message

if TYPE_CHECKING:
    from forestall.languages import Message


class Mechanism(StrEnum):
    """How a measure is thought to work; a thought of its authors, not a finding."""

    HARDER_TO_REACH = "harder-to-reach"
    MORE_EFFORT = "more-effort"
    BEING_SEEN = "being-seen"
    MORE_EYES = "more-eyes"
    LESS_TO_GAIN = "less-to-gain"
    CARE_OF_PLACES = "care-of-places"
    LESS_ALCOHOL = "less-alcohol"
    CALM_STAFF = "calm-staff"
    FEWER_FIREARMS = "fewer-firearms"
    LOCAL_COUNTS = "local-counts"
    HELP_AFTER_CRIME = "help-after-crime"
    PARENTING = "parenting"
    SELF_CONTROL = "self-control"
    SLOWING_DOWN = "slowing-down"
    PROBLEM_SOLVING = "problem-solving"
    SHARED_RULES = "shared-rules"
    TIES_TO_SCHOOL = "ties-to-school"
    TRUSTED_ADULT = "trusted-adult"
    ORGANISED_TIME = "organised-time"
    SELF_ESTEEM = "self-esteem"
    INCOME = "income"
    WORK_AND_SKILLS = "work-and-skills"
    SETTLING_CONFLICTS = "settling-conflicts"
    MAKING_AMENDS = "making-amends"
    LESS_DRUG_USE = "less-drug-use"
    STABLE_HOME = "stable-home"
    SAFETY_OF_VICTIMS = "safety-of-victims"
    STAYING_OUT_OF_COURT = "staying-out-of-court"
    FEAR_OF_PUNISHMENT = "fear-of-punishment"
    SUPERVISION = "supervision"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _MECHANISMS[self]


_MECHANISMS = {
    Mechanism.HARDER_TO_REACH: message("Homes or streets become harder to reach for strangers."),
    Mechanism.MORE_EFFORT: message("The act takes more time and effort."),
    Mechanism.BEING_SEEN: message("Being seen or heard becomes more likely."),
    Mechanism.MORE_EYES: message("More people are there who notice and speak up."),
    Mechanism.LESS_TO_GAIN: message("There is less to gain."),
    Mechanism.CARE_OF_PLACES: message(
        "A place that is cared for is used and watched by more people."
    ),
    Mechanism.LESS_ALCOHOL: message("Less alcohol is drunk where and when violence arises."),
    Mechanism.CALM_STAFF: message("Staff notice trouble early and calm it."),
    Mechanism.FEWER_FIREARMS: message("Fewer firearms are within reach in a moment of danger."),
    Mechanism.LOCAL_COUNTS: message("Partners act where and when local counts show a need."),
    Mechanism.HELP_AFTER_CRIME: message(
        "Help comes soon to those most likely to suffer crime again."
    ),
    Mechanism.PARENTING: message("Parents become calmer and more consistent with their children."),
    Mechanism.SELF_CONTROL: message("Children learn to wait, calm down and think ahead."),
    Mechanism.SLOWING_DOWN: message("People learn to slow down before they react."),
    Mechanism.PROBLEM_SOLVING: message(
        "People learn to control anger and solve problems with others."
    ),
    Mechanism.SHARED_RULES: message("Rules that all share make it clear what is not accepted."),
    Mechanism.TIES_TO_SCHOOL: message("Pupils stay in school and feel that they belong there."),
    Mechanism.TRUSTED_ADULT: message(
        "A trusted adult gives support and speaks up for the young person."
    ),
    Mechanism.ORGANISED_TIME: message("Time is spent in organised activities."),
    Mechanism.SELF_ESTEEM: message("Participants gain confidence in themselves."),
    Mechanism.INCOME: message("Families have more income."),
    Mechanism.WORK_AND_SKILLS: message("Work and new skills open another way to live."),
    Mechanism.SETTLING_CONFLICTS: message("Conflicts are settled before they turn violent."),
    Mechanism.MAKING_AMENDS: message("Those responsible hear what they caused and make amends."),
    Mechanism.LESS_DRUG_USE: message("People use fewer drugs."),
    Mechanism.STABLE_HOME: message("A stable home makes other steps possible."),
    Mechanism.SAFETY_OF_VICTIMS: message("Victims get practical help and plan for their safety."),
    Mechanism.STAYING_OUT_OF_COURT: message("Young people are kept out of court proceedings."),
    Mechanism.FEAR_OF_PUNISHMENT: message("Fear of punishment is meant to hold people back."),
    Mechanism.SUPERVISION: message("People know that they are supervised."),
}
