"""This file knows the JSON Schemas of a questionnaire and of a reply, made from the records."""

from __future__ import annotations

import inspect
import json
import re
from enum import StrEnum
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgspec

from forestall.questionnaires.records import Questionnaire
from forestall.questionnaires.replies import Reply

if TYPE_CHECKING:
    from msgspec import Struct

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class SchemaKind(StrEnum):
    """Which file a schema describes."""

    QUESTIONNAIRE = "questionnaire"
    REPLY = "reply"


_RECORDS: dict[SchemaKind, tuple[type[Struct], str]] = {
    SchemaKind.QUESTIONNAIRE: (Questionnaire, "A questionnaire to states on crime prevention"),
    SchemaKind.REPLY: (Reply, "The reply of one state to a questionnaire on crime prevention"),
}


def questionnaire_schema(kind: SchemaKind = SchemaKind.QUESTIONNAIRE) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a file, as it is packaged.

    Parameters
    ----------
    kind
        Whether of a questionnaire or of a reply.

    Examples
    --------
    >>> questionnaire_schema(SchemaKind.REPLY)["$id"]
    'urn:forestall:reply:1'
    """
    file = files("forestall.questionnaires").joinpath(f"{kind.value}.schema.json")
    schema: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return schema


def schema_of_records(kind: SchemaKind) -> dict[str, Any]:
    """Return the schema as it follows from the records; the packaged one is made from it.

    Examples
    --------
    >>> schema_of_records(SchemaKind.REPLY)["$defs"]["Answer"]["additionalProperties"]
    False
    """
    record, title = _RECORDS[kind]
    name = f"urn:forestall:{kind.value}:1"
    made = msgspec.json.schema(record)
    for part in made["$defs"].values():
        _describe(part)
    whole = made["$defs"][record.__name__]
    whole["properties"] = {"$schema": {"const": name}, **whole["properties"]}
    return {"$schema": _DIALECT, "$id": name, "title": title, **made}


def _describe(part: dict[str, Any]) -> None:
    """Put what a docstring says of the record, and of each field, in its own place."""
    docstring = inspect.cleandoc(part.get("description", "")).partition("\n\nExamples\n---")[0]
    about, _, fields = docstring.partition("\n\nAttributes\n----------\n")
    part["description"] = " ".join(about.split())
    for names, said in re.findall(r"^(\S.*)\n((?: +.*\n?)+)", fields, re.MULTILINE):
        for name in names.split(", "):
            if name in part.get("properties", {}):
                described = part["properties"][name]
                part["properties"][name] = {"description": " ".join(said.split()), **described}
