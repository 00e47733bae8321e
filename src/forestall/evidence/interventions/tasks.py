"""This file knows the partners of a measure and what each of them may have to do (2002/13 ¶19)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.languages import message

if TYPE_CHECKING:
    from forestall.languages import Message


class Partner(StrEnum):
    """Who takes part in a measure."""

    MUNICIPALITY = "municipality"
    HOUSING = "housing"
    SCHOOLS = "schools"
    HEALTH = "health"
    SOCIAL_SERVICES = "social-services"
    POLICE = "police"
    PROSECUTION_COURTS = "prosecution-courts"
    PROBATION = "probation"
    PRISONS = "prisons"
    BUSINESS = "business"
    TRANSPORT = "transport"
    RESIDENTS = "residents"
    ASSOCIATIONS = "associations"
    VICTIM_SERVICES = "victim-services"
    LEGISLATOR = "legislator"
    UNIVERSITY = "university"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _PARTNERS[self]

    def does(self, task: Task) -> PartnerTask:
        """Return that this partner has this task.

        Examples
        --------
        >>> held = Partner.RESIDENTS.does(Task.HOLD_KEYS)
        >>> str(held.partner.words), str(held.task.words)
        ('residents', 'hold the keys')
        """
        return PartnerTask(partner=self, task=task)


class Task(StrEnum):
    """What a partner does; the words stand beside its name, as on a list of things to do."""

    PERMIT = "permit"
    PAY = "pay"
    CARRY_OUT = "carry-out"
    LOOK_AFTER = "look-after"
    RUN = "run"
    TRAIN = "train"
    INFORM = "inform"
    MEASURE = "measure"
    INVITE_FAMILIES = "invite-families"
    INVITE_YOUNG_PEOPLE = "invite-young-people"
    REFER = "refer"
    SHARE_COUNTS = "share-counts"
    USE_COUNTS = "use-counts"
    DECIDE_HOURS = "decide-hours"
    CHANGE_LAW = "change-law"
    CHECK_RULES = "check-rules"
    KEEP_RULES = "keep-rules"
    BRING_HOME = "bring-home"
    HOLD_KEYS = "hold-keys"
    VISIT_HOMES = "visit-homes"
    FIT_DEVICES = "fit-devices"
    WATCH_CAMERAS = "watch-cameras"
    OFFER_JOBS = "offer-jobs"
    OFFER_HOMES = "offer-homes"
    OFFER_ROOMS = "offer-rooms"
    TEACH = "teach"
    TREAT = "treat"
    GIVE_TIME = "give-time"
    TELL_NEEDS = "tell-needs"
    SUPPORT_VICTIMS = "support-victims"
    SUPPORT_AFTERWARDS = "support-afterwards"
    OPEN_PRISON = "open-prison"
    ALLOW_IN_COURT = "allow-in-court"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _TASKS[self]


@dataclass(frozen=True, kw_only=True)
class PartnerTask:
    """One task of one partner."""

    partner: Partner
    task: Task


_PARTNERS = {
    Partner.MUNICIPALITY: message("municipality"),
    Partner.HOUSING: message("housing providers"),
    Partner.SCHOOLS: message("schools"),
    Partner.HEALTH: message("health services"),
    Partner.SOCIAL_SERVICES: message("social services"),
    Partner.POLICE: message("police"),
    Partner.PROSECUTION_COURTS: message("prosecution and courts"),
    Partner.PROBATION: message("probation service"),
    Partner.PRISONS: message("prisons"),
    Partner.BUSINESS: message("businesses and owners"),
    Partner.TRANSPORT: message("transport operators"),
    Partner.RESIDENTS: message("residents"),
    Partner.ASSOCIATIONS: message("local associations"),
    Partner.VICTIM_SERVICES: message("services for victims"),
    Partner.LEGISLATOR: message("lawmakers"),
    Partner.UNIVERSITY: message("university or research body"),
}
_TASKS = {
    Task.PERMIT: message("give permission"),
    Task.PAY: message("pay for it"),
    Task.CARRY_OUT: message("do the work"),
    Task.LOOK_AFTER: message("look after it"),
    Task.RUN: message("run the programme"),
    Task.TRAIN: message("train staff"),
    Task.INFORM: message("tell the public about it"),
    Task.MEASURE: message("measure what changes"),
    Task.INVITE_FAMILIES: message("find and invite families"),
    Task.INVITE_YOUNG_PEOPLE: message("find and invite young people"),
    Task.REFER: message("tell people about the offer and refer those who agree"),
    Task.SHARE_COUNTS: message("share counts without names"),
    Task.USE_COUNTS: message("use the counts to choose places and times"),
    Task.DECIDE_HOURS: message("decide opening hours"),
    Task.CHANGE_LAW: message("propose and pass the law"),
    Task.CHECK_RULES: message("check that the rules are kept"),
    Task.KEEP_RULES: message("keep the rules"),
    Task.BRING_HOME: message("bring people home at closing time"),
    Task.HOLD_KEYS: message("hold the keys"),
    Task.VISIT_HOMES: message("visit homes"),
    Task.FIT_DEVICES: message("fit locks, lights and other devices"),
    Task.WATCH_CAMERAS: message("watch the pictures of the cameras"),
    Task.OFFER_JOBS: message("offer jobs"),
    Task.OFFER_HOMES: message("offer homes"),
    Task.OFFER_ROOMS: message("offer rooms and grounds"),
    Task.TEACH: message("give the lessons"),
    Task.TREAT: message("give treatment"),
    Task.GIVE_TIME: message("give time as volunteers"),
    Task.TELL_NEEDS: message("say what is needed and whether it helps"),
    Task.SUPPORT_VICTIMS: message("support and protect victims"),
    Task.SUPPORT_AFTERWARDS: message("support people afterwards"),
    Task.OPEN_PRISON: message("let the programme work inside"),
    Task.ALLOW_IN_COURT: message("allow it as part of a decision"),
}
