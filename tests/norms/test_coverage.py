"""What is said about norms is true: each command exists, each test exists, the page is current."""

import ast
import importlib
import re

import pytest

from forestall.norms import read_coverage
from scripts.addresses import addresses
from scripts.make_norms import PAGE, norms_page
from tests.house.sources import ROOT

ROWS = read_coverage()


def test_the_page_is_made_from_the_table():
    assert PAGE.read_text(encoding="utf-8") == norms_page()


def test_every_provision_is_named_once_for_a_feature():
    named = [(row.provision, row.feature) for row in ROWS]

    assert len(set(named)) == len(named)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.provision)
def test_every_entry_is_whole(row):
    assert re.fullmatch(r"\d{4}/\d+:(?:(?:Q|OP)?\d+(?:\([a-z]+\))*)", row.provision)
    assert 2 <= len(row.paraphrase.split()) <= 20
    assert row.feature.endswith(".")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.provision)
def test_every_test_named_exists(row):
    name, _, test = row.test.partition("::")
    tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))

    assert test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.provision)
def test_every_command_named_exists(row):
    for command in row.commands:
        if command.startswith("forestall "):
            app = importlib.import_module("forestall.cli.application").app
            assert app[command.split()[1]]
        else:
            module, _, function = command.rpartition(".")
            assert callable(getattr(importlib.import_module(module), function))


def test_every_page_named_exists():
    there = {f"/{one.route}" for one in addresses()}

    assert {page for row in ROWS for page in row.pages} <= there


def test_the_page_goes_from_each_part_of_the_product_to_its_provisions():
    _, _, parts = norms_page().partition("## By part of the product")

    assert "| `/training/` | 2002/13:18(a), 2002/13:18(b), 2002/13:18(d), 2006/20:Q5 |" in parts
    assert all(row.provision in parts for row in ROWS)


def test_the_rows_of_an_instrument_stand_together():
    instruments = [row.provision.split(":")[0] for row in ROWS]

    assert instruments == sorted(instruments, key=instruments.index)
