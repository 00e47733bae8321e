"""This file knows the roles in a workspace and what each may do: one table, read by every page."""

from __future__ import annotations

from enum import StrEnum

from forestall.languages import Message, message


class Role(StrEnum):
    """What a person is for a jurisdiction."""

    COORDINATOR = "coordinator"
    ANALYST = "analyst"
    PARTNER = "partner"
    EVALUATOR = "evaluator"
    PUBLISHER = "publisher"
    READER = "reader"
    ADMINISTRATOR = "administrator"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _ROLES[self]


class Verb(StrEnum):
    """What can be done; each page needs one."""

    READ = "read"
    LOAD_DATA = "load data"
    DIAGNOSE = "diagnose"
    EDIT_PLAN = "edit plan"
    REPORT_PROGRESS = "report progress"
    MOVE_PLAN = "move plan"
    DECIDE_RIGHTS = "decide rights"
    WRITE_RETURN = "write return"
    LEAD_RETURN = "lead return"
    SIGN_RETURN = "sign return"
    STUDY_REPLIES = "study replies"
    GATHER_REPLIES = "gather replies"
    MODERATE = "moderate"
    PREPARE_RELEASE = "prepare release"
    RELEASE = "release"
    TAKE_BUNDLE = "take bundle"
    SUBSCRIBE = "subscribe"
    EDIT_PARTNERS = "edit partners"
    STATE_ASSISTANCE = "state assistance"
    MATCH_ASSISTANCE = "match assistance"
    MANAGE_MEMBERS = "manage members"
    READ_AUDIT = "read audit"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _VERBS[self]


_EVERYBODY = frozenset(Role)

ALLOWED: dict[Verb, frozenset[Role]] = {
    Verb.READ: _EVERYBODY,
    Verb.LOAD_DATA: frozenset({Role.ANALYST, Role.COORDINATOR}),
    Verb.DIAGNOSE: frozenset({Role.ANALYST, Role.COORDINATOR, Role.EVALUATOR}),
    Verb.EDIT_PLAN: frozenset({Role.COORDINATOR}),
    Verb.REPORT_PROGRESS: frozenset({Role.COORDINATOR, Role.PARTNER}),
    Verb.MOVE_PLAN: frozenset({Role.COORDINATOR}),
    Verb.DECIDE_RIGHTS: frozenset(
        {Role.COORDINATOR, Role.PARTNER, Role.EVALUATOR, Role.ADMINISTRATOR}
    ),
    Verb.WRITE_RETURN: frozenset({Role.COORDINATOR, Role.PARTNER}),
    Verb.LEAD_RETURN: frozenset({Role.COORDINATOR}),
    Verb.SIGN_RETURN: frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
    Verb.STUDY_REPLIES: frozenset({Role.COORDINATOR, Role.ANALYST}),
    Verb.GATHER_REPLIES: frozenset({Role.COORDINATOR}),
    Verb.MODERATE: frozenset({Role.COORDINATOR}),
    Verb.PREPARE_RELEASE: frozenset({Role.COORDINATOR, Role.PUBLISHER}),
    Verb.RELEASE: frozenset({Role.PUBLISHER}),
    Verb.TAKE_BUNDLE: frozenset({Role.COORDINATOR, Role.PUBLISHER, Role.ADMINISTRATOR}),
    Verb.SUBSCRIBE: frozenset({Role.ADMINISTRATOR}),
    Verb.EDIT_PARTNERS: frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
    Verb.STATE_ASSISTANCE: frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
    Verb.MATCH_ASSISTANCE: frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
    Verb.MANAGE_MEMBERS: frozenset({Role.ADMINISTRATOR}),
    Verb.READ_AUDIT: frozenset({Role.ADMINISTRATOR}),
}

_ROLES = {
    Role.COORDINATOR: message("Coordinator"),
    Role.ANALYST: message("Analyst"),
    Role.PARTNER: message("Partner"),
    Role.EVALUATOR: message("Evaluator"),
    Role.PUBLISHER: message("Publication officer"),
    Role.READER: message("Reader"),
    Role.ADMINISTRATOR: message("Administrator"),
}

_VERBS = {
    Verb.READ: message("read"),
    Verb.LOAD_DATA: message("load data"),
    Verb.DIAGNOSE: message("run a diagnosis"),
    Verb.EDIT_PLAN: message("change the plan"),
    Verb.REPORT_PROGRESS: message("report progress"),
    Verb.MOVE_PLAN: message("take the plan to its next state"),
    Verb.DECIDE_RIGHTS: message("decide on a rights assessment"),
    Verb.WRITE_RETURN: message("write a national reply"),
    Verb.LEAD_RETURN: message("lead a national reply"),
    Verb.SIGN_RETURN: message("sign a national reply"),
    Verb.STUDY_REPLIES: message("read replies of many states together"),
    Verb.GATHER_REPLIES: message("gather replies of many states"),
    Verb.MODERATE: message("moderate and answer comments"),
    Verb.PREPARE_RELEASE: message("prepare a publication"),
    Verb.RELEASE: message("publish what somebody else prepared"),
    Verb.TAKE_BUNDLE: message("decide on bundles of others"),
    Verb.SUBSCRIBE: message("subscribe to bundles of others"),
    Verb.EDIT_PARTNERS: message("change the register of partners"),
    Verb.STATE_ASSISTANCE: message("state needs and offers of assistance"),
    Verb.MATCH_ASSISTANCE: message("match needs and offers of assistance"),
    Verb.MANAGE_MEMBERS: message("invite and manage members"),
    Verb.READ_AUDIT: message("read the audit log"),
}
