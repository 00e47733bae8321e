"""This file knows the JSON Schema of a plan's file, made from the records and their docstrings."""

from __future__ import annotations

import inspect
import json
import re
from importlib.resources import files
from typing import Any

import msgspec

from forestall.plan.records import ActionPlan

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NAME = "urn:forestall:plan:1"


def plan_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a plan's file, as it is packaged.

    Examples
    --------
    >>> plan_schema()["$id"]
    'urn:forestall:plan:1'
    """
    text = files("forestall.plan").joinpath("plan.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def schema_of_records() -> dict[str, Any]:
    """Return the schema as it follows from the records; the packaged one is made from it.

    Examples
    --------
    >>> schema_of_records()["$defs"]["Place"]["additionalProperties"]
    False
    """
    made = msgspec.json.schema(ActionPlan)
    for part in made["$defs"].values():
        describe_fields(part)
    plan = made["$defs"]["ActionPlan"]
    plan["properties"] = {"$schema": {"const": _NAME}, **plan["properties"]}
    title = "A plan for the prevention of crime"
    return {"$schema": _DIALECT, "$id": _NAME, "title": title, **made}


def describe_fields(part: dict[str, Any]) -> None:
    """Put what a docstring says of the record, and of each field, in its own place.

    Parameters
    ----------
    part
        The schema of one record, as the library makes it; it is changed.
    """
    docstring = inspect.cleandoc(part.get("description", ""))
    about, _, fields = docstring.partition("\n\nAttributes\n----------\n")
    part["description"] = " ".join(about.split())
    for names, said in re.findall(r"^(\S.*)\n((?: +.*\n?)+)", fields, re.MULTILINE):
        for name in names.split(", "):
            if name in part.get("properties", {}):
                described = part["properties"][name]
                part["properties"][name] = {"description": " ".join(said.split()), **described}
