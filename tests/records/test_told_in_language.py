"""Faults that somebody meets when files come in are told in the language of the reader."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import forestall.records
from forestall import errors
from forestall.errors import ForestallError, InvalidMapping
from forestall.languages import Message
from forestall.records.readers.mapped import read_mapping

FOLDER = Path(forestall.records.__path__[0])
# What is met in the workspace when files are sent, looked at and imported.
MET = [
    "area_columns", "area_files", "areas", "geographic", "importing", "inputs", "located",
    "manifest", "offences", "projection", "reading", "sources", "staging", "store", "targets",
    "text_files", "readers/mapped", "readers/mapping_checks", "readers/times",
]  # fmt: skip
OWN = {name for name, one in vars(errors).items() if isinstance(one, type)}


@pytest.mark.parametrize("name", MET)
def test_no_fault_is_a_sentence_of_one_language(name):
    tree = ast.parse((FOLDER / f"{name}.py").read_text("utf-8"))
    raised = [one.exc for one in ast.walk(tree) if isinstance(one, ast.Raise)]
    calls = [one for one in raised if isinstance(one, ast.Call) and one.args]
    own = [one for one in calls if getattr(one.func, "id", "") in OWN]

    assert own or name == "areas"
    assert not [one.lineno for one in own if isinstance(one.args[0], ast.JoinedStr | ast.Constant)]


def raised_by(act) -> ForestallError:
    with pytest.raises(ForestallError) as refusal:
        act()
    return refusal.value


def test_values_stay_apart_from_the_sentence(tmp_path):
    (tmp_path / "faulty.toml").write_text("[nothing]\na = 1\n", "utf-8")

    wrong = raised_by(lambda: read_mapping(tmp_path / "faulty.toml"))

    assert isinstance(wrong, InvalidMapping)
    assert isinstance(wrong.args[0], Message)
    assert wrong.args[0].values["table"] == "nothing"
    assert "“nothing”" in str(wrong)
