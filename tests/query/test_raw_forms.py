"""This file knows the table expressions that only the query layer may write."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src/forestall"
# Patterns of Ibis methods whose answer depends on the engine.
RAW_FORMS = {
    r"\.approx_(median|nunique|quantile)\(": "exact median, quantile or nunique",
    r"\.hash\(\)": "keyed hashes made at import",
    r"\.hexdigest\([\"']": "keyed hashes made at import",
    r"\.delta\(": "days_between or seconds_between",
    r"\.epoch_seconds\(": "seconds_between",
    r"\.truncate\(": "period_start",
    r"\.first\(order_by": "argmin or argmax",
    r"\.execute\(\)": "fetch or fetch_value",
    r"\bibis\.memtable\(": "memory_table",
    r"\bibis\.duckdb\.connect\(": "connect",
}
# The same signs are right on pandas tables, so only modules that build queries are read for them.
RAW_ARITHMETIC = {
    r"_\.\w+ */ *_\.\w+": "safe_div",
    r"\btable\.\w+ *(//|%) ": "cell_index",
    r"\btable(\.\w+|\[[^\]]+\])\.round\(": "round_half_up",
}


def modules_outside_query():
    return [
        path
        for path in sorted(SOURCE.rglob("*.py"))
        if "query" not in path.relative_to(SOURCE).parts
    ]


def lines_with(form, modules):
    return [
        f"{path.relative_to(SOURCE)}:{number}: {line.strip()}"
        for path in modules
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(form, line)
    ]


@pytest.mark.parametrize("form", RAW_FORMS)
def test_a_raw_form_is_written_nowhere_else(form):
    found = lines_with(form, modules_outside_query())

    assert not found, f"use {RAW_FORMS[form]}: {found}"


@pytest.mark.parametrize("form", RAW_ARITHMETIC)
def test_raw_arithmetic_is_written_in_no_query(form):
    building = [
        path
        for path in modules_outside_query()
        if re.search(r"(import ibis|forestall(\.| import )query)", path.read_text("utf-8"))
    ]

    found = lines_with(form, building)

    assert building
    assert not found, f"use {RAW_ARITHMETIC[form]}: {found}"


def test_the_patterns_find_what_they_forbid():
    lines = [
        "t.x.approx_median()",
        "t.key.hash()",
        't.key.hexdigest("sha256")',
        't.b.delta(t.a, unit="day")',
        "t.a.epoch_seconds()",
        't.a.truncate("M")',
        "t.a.first(order_by=t.b)",
        "t.count().execute()",
        "ibis.memtable(frame)",
        "ibis.duckdb.connect()",
        "_.crimes / _.people",
        "table.x // 500",
        "table.x.round()",
    ]

    for form, line in zip([*RAW_FORMS, *RAW_ARITHMETIC], lines, strict=True):
        assert re.search(form, line), (form, line)
