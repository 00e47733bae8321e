"""Every field of a plan has a question in a form and a label for differences."""

from __future__ import annotations

from typing import get_args

import pytest
from msgspec import Struct

from forestall.plan.actions import Step
from forestall.plan.field_labels import field_label
from forestall.plan.leaves import fields_of
from forestall.plan.records import ActionPlan
from forestall.safeguards.assessment import Decision
from forestall.web.plans.part_fields import FIELDS

# What the workspace writes itself: short names, what stands in the head of the file, who decided.
NOT_ASKED = {"key"}
NOT_ASKED_OF = {
    ActionPlan: {"languages", "state", "version", "format"},
    Decision: {"by", "office", "on"},
}


def record_in(kind: object) -> type[Struct] | None:
    """Return the record that a field holds, alone, in a list or left out."""
    if isinstance(kind, type) and issubclass(kind, Struct):
        return kind
    return next((found for one in get_args(kind) if (found := record_in(one))), None)


def fields_below(record: type[Struct], asked: set[str], before: str = "") -> set[tuple[type, str]]:
    """Return record and name of each field, inside the records that a form asks for at once."""
    found = set()
    for field in fields_of(record):
        inside = record_in(field.type)
        if any(name.startswith(f"{before}{field.name}.") for name in asked):
            assert inside is not None
            found |= {(record, field.name)}
            found |= fields_below(inside, asked, f"{before}{field.name}.")
        elif f"{before}{field.name}" in asked:
            found |= {(record, field.name)}
    return found


@pytest.mark.parametrize("record", FIELDS, ids=lambda one: one.__name__)
def test_what_a_form_asks_is_a_field_that_differences_can_name(record):
    names = {one.name for one in FIELDS[record]}
    found = fields_below(record, names)

    assert {name.rpartition(".")[2] for name in names} <= {name for _, name in found}
    assert all(str(field_label(kind, name)) for kind, name in found)


@pytest.mark.parametrize("record", FIELDS, ids=lambda one: one.__name__)
def test_every_field_is_asked_for_or_has_a_form_of_its_own(record):
    names = {one.name for one in FIELDS[record]}
    asked = {name for kind, name in fields_below(record, names) if kind is record}
    own_forms = {one.name for one in fields_of(record) if record_in(one.type) in FIELDS}

    left = {one.name for one in fields_of(record)} - asked - own_forms - NOT_ASKED

    assert left == NOT_ASKED_OF.get(record, set())


@pytest.mark.parametrize("record", FIELDS, ids=lambda one: one.__name__)
def test_a_form_that_asks_for_a_record_inside_asks_for_all_of_it(record):
    names = {one.name for one in FIELDS[record]}
    inside = {name.rpartition(".")[0] for name in names if "." in name}

    for place in inside:
        field = next(one for one in fields_of(record) if one.name == place)
        kind = record_in(field.type)
        assert kind is not None
        wanted = {one.name for one in fields_of(kind)}
        assert {name.partition(".")[2] for name in names if name.startswith(f"{place}.")} == wanted


def test_a_question_is_asked_once_in_a_form():
    for fields in FIELDS.values():
        assert len({one.name for one in fields}) == len(fields)
        assert len({str(one.label) for one in fields}) == len(fields)


def test_a_record_is_found_in_a_list_and_where_it_can_be_left_out():
    assert record_in(tuple[Step, ...]) is Step
    assert record_in(Step | None) is Step
    assert record_in(dict[str, str]) is None
