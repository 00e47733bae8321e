"""This stage knows the questionnaires that states reply to: what is asked, routed and checked.

A questionnaire is data, and so is a reply. It is no scorecard: states are not ranked, rated or
compared by what they answer (2006/20 annex).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forestall.questionnaires.checking import ReplyCheck, check_reply
    from forestall.questionnaires.definitions import read_definition, read_definitions
    from forestall.questionnaires.differences import (
        AnswerChange,
        BesideEarlier,
        ReplyDifferences,
        compare_replies,
    )
    from forestall.questionnaires.duplication import Overlap, check_duplication
    from forestall.questionnaires.files import (
        questionnaire_from_json,
        questionnaire_to_json,
        read_questionnaire,
        read_reply,
        reply_from_json,
        reply_to_json,
        write_questionnaire,
        write_reply,
    )
    from forestall.questionnaires.findings import Finding, FindingKind
    from forestall.questionnaires.mechanisms import (
        Confidence,
        MechanismItem,
        Nearness,
        read_mechanisms,
        read_mechanisms_file,
    )
    from forestall.questionnaires.migration import migrate_reply, migrate_to_newest
    from forestall.questionnaires.orders import ReplyOrder, in_order, order_named
    from forestall.questionnaires.records import (
        Column,
        Condition,
        Contradiction,
        FollowUp,
        Group,
        Item,
        Mark,
        Questionnaire,
        Step,
    )
    from forestall.questionnaires.refusals import refuse_ranking
    from forestall.questionnaires.replies import (
        Answer,
        Attachment,
        Confirmation,
        Kept,
        Reply,
        Source,
    )
    from forestall.questionnaires.routing import Route, find_route
    from forestall.questionnaires.schema import SchemaKind, questionnaire_schema
    from forestall.questionnaires.vocabulary import (
        AnswerState,
        AnswerType,
        Basis,
        CellType,
        Choice,
        FollowUpType,
        Level,
        SourceKind,
        StepKind,
    )

# Where each name is; a file is read when a name of it is asked for.
_PLACES = {
    "Answer": "replies",
    "AnswerChange": "differences",
    "AnswerState": "vocabulary",
    "AnswerType": "vocabulary",
    "Attachment": "replies",
    "Basis": "vocabulary",
    "BesideEarlier": "differences",
    "CellType": "vocabulary",
    "Choice": "vocabulary",
    "Column": "records",
    "Condition": "records",
    "Confidence": "mechanisms",
    "Confirmation": "replies",
    "Contradiction": "records",
    "Finding": "findings",
    "FindingKind": "findings",
    "FollowUp": "records",
    "FollowUpType": "vocabulary",
    "Group": "records",
    "Item": "records",
    "Kept": "replies",
    "Level": "vocabulary",
    "Mark": "records",
    "MechanismItem": "mechanisms",
    "Nearness": "mechanisms",
    "Overlap": "duplication",
    "Questionnaire": "records",
    "Reply": "replies",
    "ReplyCheck": "checking",
    "ReplyDifferences": "differences",
    "ReplyOrder": "orders",
    "Route": "routing",
    "SchemaKind": "schema",
    "Source": "replies",
    "SourceKind": "vocabulary",
    "Step": "records",
    "StepKind": "vocabulary",
    "check_duplication": "duplication",
    "check_reply": "checking",
    "read_mechanisms": "mechanisms",
    "read_mechanisms_file": "mechanisms",
    "compare_replies": "differences",
    "read_definitions": "definitions",
    "find_route": "routing",
    "in_order": "orders",
    "migrate_reply": "migration",
    "migrate_to_newest": "migration",
    "order_named": "orders",
    "questionnaire_from_json": "files",
    "questionnaire_schema": "schema",
    "questionnaire_to_json": "files",
    "read_definition": "definitions",
    "read_questionnaire": "files",
    "read_reply": "files",
    "refuse_ranking": "refusals",
    "reply_from_json": "files",
    "reply_to_json": "files",
    "write_questionnaire": "files",
    "write_reply": "files",
}


if not TYPE_CHECKING:  # so that a wrong name is still an error of types

    def __getattr__(name: str) -> object:
        if name not in _PLACES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *_PLACES})


__all__ = [
    "Answer",
    "AnswerChange",
    "AnswerState",
    "AnswerType",
    "Attachment",
    "Basis",
    "BesideEarlier",
    "CellType",
    "Choice",
    "Column",
    "Condition",
    "Confidence",
    "Confirmation",
    "Contradiction",
    "Finding",
    "FindingKind",
    "FollowUp",
    "FollowUpType",
    "Group",
    "Item",
    "Kept",
    "Level",
    "Mark",
    "MechanismItem",
    "Nearness",
    "Overlap",
    "Questionnaire",
    "Reply",
    "ReplyCheck",
    "ReplyDifferences",
    "ReplyOrder",
    "Route",
    "SchemaKind",
    "Source",
    "SourceKind",
    "Step",
    "StepKind",
    "check_duplication",
    "check_reply",
    "compare_replies",
    "find_route",
    "in_order",
    "migrate_reply",
    "migrate_to_newest",
    "order_named",
    "questionnaire_from_json",
    "questionnaire_schema",
    "questionnaire_to_json",
    "read_definition",
    "read_definitions",
    "read_mechanisms",
    "read_mechanisms_file",
    "read_questionnaire",
    "read_reply",
    "refuse_ranking",
    "reply_from_json",
    "reply_to_json",
    "write_questionnaire",
    "write_reply",
]
