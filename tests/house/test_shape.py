"""Files and functions stay small, and are named after things of the field."""

from __future__ import annotations

import ast
import importlib
import inspect

import pytest

from tests.house.sources import PACKAGE, ROOT, place_of, python_files, tree_of

MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 40
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "core", "misc", "base"}
CODE = ("src", "scripts", "benchmarks", "tests")
STAGES = (
    "query", "records", "diagnosis", "surveys", "plan", "evaluation", "disclosure", "safeguards",
    "publication",
)  # fmt: skip


def functions_of(path):
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length_without_docstring(function):
    docstring = ast.get_docstring(function, clean=False)
    documented = docstring.count("\n") + 1 if docstring else 0
    return function.end_lineno - function.lineno + 1 - documented


def test_files_stay_short():
    long = [
        f"{place_of(path)} has {lines} lines"
        for path in python_files(*CODE)
        if (lines := path.read_text(encoding="utf-8").count("\n")) > MOST_LINES_OF_A_FILE
    ]

    assert not long, f"More than {MOST_LINES_OF_A_FILE} lines: {long}"


def test_functions_stay_short():
    long = [
        f"{place_of(path, node)} {node.name} has {lines} lines"
        for path in python_files("src", "scripts", "benchmarks")
        for node in functions_of(path)
        if (lines := length_without_docstring(node)) > MOST_LINES_OF_A_FUNCTION
    ]

    assert not long, f"More than {MOST_LINES_OF_A_FUNCTION} lines: {long}"


def test_names_say_what_is_inside():
    empty = [
        place_of(path)
        for path in python_files("src")
        if NAMES_THAT_SAY_NOTHING & {path.stem, *path.relative_to(ROOT).parts}
    ]

    assert not empty, f"Name these after a thing of the field: {empty}"


def test_files_open_with_what_they_know():
    silent = [
        place_of(path)
        for path in python_files("src", "scripts")
        if path.name != "__init__.py"
        and not (ast.get_docstring(tree_of(path)) or "").startswith("This file knows ")
    ]

    assert not silent, f"The first line should finish “This file knows …”: {silent}"


def test_only_the_command_line_prints():
    printing = [
        place_of(path, node)
        for path in python_files("src")
        if not path.is_relative_to(PACKAGE / "cli")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]

    assert not printing, f"Return it, or let the command line print it: {printing}"


def public_functions(stage):
    module = importlib.import_module(f"forestall.{stage}")
    for name in getattr(module, "__all__", dir(module)):
        thing = getattr(module, name)
        if not name.startswith("_") and inspect.isfunction(thing):
            yield thing


@pytest.mark.parametrize("stage", STAGES)
def test_public_functions_show_an_example(stage):
    bare = [
        f"{function.__module__}.{function.__name__}"
        for function in public_functions(stage)
        if ">>>" not in (inspect.getdoc(function) or "")
    ]

    assert not bare, f"Show one example that is run: {bare}"


@pytest.mark.parametrize("stage", STAGES)
def test_public_functions_take_the_data_first_and_no_switches(stage):
    switched = [
        f"{function.__module__}.{function.__name__}({parameter.name})"
        for function in public_functions(stage)
        for parameter in inspect.signature(function).parameters.values()
        if isinstance(parameter.default, bool)
    ]

    assert not switched, f"A second behaviour is a second function: {switched}"
