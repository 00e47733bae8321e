"""Unit costs by method, their form, and the multipliers that belong to some of them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.errors import CannotAnswer, InvalidFile, InvalidMoney, MixedMoney
from forestall.evaluation.costs import (
    Confidence,
    CostBasis,
    CostMethod,
    CostPart,
    CountedBy,
    RangeShape,
    RecordedToCommitted,
    Reporting,
    example_unit_costs,
    money,
    read_unit_costs,
    total_of_parts,
    write_unit_cost_form,
)
from tests.evaluation.made_costs import outcome, pounds, unit_cost

HEAD = "offence,country,method,part,per,low,central,high,currency,price_year,source,confidence\n"
GOOD = "burglary,,bottom-up,total,committed,2500,3268,4100,GBP,2003,City study,own figure\n"


def dollars(amount):
    return money(amount, "USD", 2008)


@given(st.sampled_from(CostMethod), st.sampled_from(CostMethod))
def test_only_costs_by_one_method_are_added(one, two):
    police = unit_cost(100, part=CostPart.RESPONSE, method=one)
    repair = unit_cost(200, part=CostPart.OTHER_PART, method=two)

    if one is two:
        assert (police + repair).central == pounds(300)
    else:
        with pytest.raises(MixedMoney, match="different methods"):
            police + repair


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"offence": "robbery"}, "different offences"),
        ({"country": "Elsewhere"}, "different offences or countries"),
        ({"per": CostBasis.RECORDED}, "per crime recorded"),
        ({"part": CostPart.TOTAL}, "already holds its parts"),
        ({"part": CostPart.INTANGIBLE}, "say what is counted twice"),
        ({"central": pounds(100, 2003)}, "convert one of them first"),
        ({"central": money(100, "NZD", "2023/24")}, "convert one of them first"),
    ],
)
def test_unlike_costs_are_not_added(changed, said):
    bills = unit_cost(100, part=CostPart.TANGIBLE)

    with pytest.raises(MixedMoney, match=said):
        bills + replace(bills, **changed)


def test_a_total_leaves_out_what_is_in_both_parts():
    # McCollister and others (2010), murder: the parts as published add to 9,720,424.
    tangible = unit_cost(dollars(1_278_424), part=CostPart.TANGIBLE)
    intangible = replace(tangible, part=CostPart.INTANGIBLE, central=dollars(8_442_000))

    total = total_of_parts(tangible, intangible, counted_twice=dollars(737_517))

    assert total.central == dollars(8_982_907)
    published = example_unit_costs().find("murder", method=CostMethod.COMBINED)
    assert total.central == published.central
    assert 9_720_424 / total.central.number == pytest.approx(1.082, abs=5e-4)
    with pytest.raises(InvalidMoney, match="counted twice"):
        total_of_parts(tangible, intangible, counted_twice=dollars(2_000_000))
    with pytest.raises(MixedMoney, match="tangible and an intangible"):
        total_of_parts(intangible, tangible, counted_twice=dollars(0))


def test_a_cost_lies_in_its_range():
    with pytest.raises(InvalidMoney, match="outside its own range"):
        unit_cost(100, low=pounds(120), high=pounds(150))
    with pytest.raises(InvalidMoney, match="both low and high"):
        unit_cost(100, low=pounds(50))
    with pytest.raises(InvalidMoney, match="begins above 0"):
        unit_cost(100, low=pounds(0), high=pounds(150), shape=RangeShape.LOG_NORMAL)
    with pytest.raises(InvalidMoney, match="source"):
        unit_cost(100, source="")


@pytest.mark.parametrize("name", ["costs.csv", "costs.xlsx"])
def test_a_form_goes_out_empty_and_comes_back_filled(tmp_path, name):
    form = tmp_path / name
    write_unit_cost_form(form)

    with pytest.raises(InvalidFile, match="has no rows"):
        read_unit_costs(form)
    if name.endswith("xlsx"):
        from openpyxl import load_workbook

        book = load_workbook(form)
        book.worksheets[0].append([*GOOD.strip().split(",")[:5], 2500, 3268, 4100, "GBP", 2003,
                                   "City study", "own figure"])  # fmt: skip
        book.save(form)
    else:
        form.write_text(form.read_text() + GOOD)
    found = read_unit_costs(form).find("burglary", method=CostMethod.BOTTOM_UP)

    assert (found.low, found.central, found.high) == tuple(
        money(amount, "GBP", 2003) for amount in (2500, 3268, 4100)
    )
    assert found.confidence is Confidence.OWN
    assert not found.is_example


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("offence,country\n", "needs the column “method”"),
        (HEAD + GOOD.replace("2003", ""), "Row 2 needs a value in “price_year”"),
        (HEAD + GOOD.replace("City study", ""), "Row 2 needs a value in “source”"),
        (HEAD + GOOD.replace("bottom-up", "guess"), "needs one of .* in “method”"),
        (HEAD + GOOD.replace("own figure", ""), "needs one of .* in “confidence”"),
        (HEAD + GOOD + GOOD.replace("3268", "3 268"), "Row 3 needs a number in “central”"),
        (HEAD + GOOD.replace("2500", "9999"), "Row 2 cannot be used: .*outside its own range"),
        (HEAD + GOOD.replace("GBP", "PND"), "Row 2 cannot be used: .*ISO 4217"),
    ],
)
def test_a_broken_form_gets_one_sentence(tmp_path, text, said):
    form = tmp_path / "costs.csv"
    form.write_text(text, encoding="utf-8")

    with pytest.raises(InvalidFile, match=said):
        read_unit_costs(form)


def test_a_file_that_is_no_spreadsheet_is_said_to_be_none(tmp_path):
    form = tmp_path / "costs.xlsx"
    form.write_text("offence")

    with pytest.raises(InvalidFile, match="as a spreadsheet"):
        read_unit_costs(form)


def test_examples_are_marked_and_none_is_picked_silently():
    examples = example_unit_costs()

    assert all(cost.is_example for cost in examples)
    assert len(examples) + len(examples.incomplete) == 82
    assert all(examples.table()["confidence"].isin(list(Confidence)))
    assert {cost.confidence for cost in examples} >= {Confidence.OFFICIAL, Confidence.SECONDARY}
    with pytest.raises(CannotAnswer, match="name the country"):
        examples.find("robbery", method=CostMethod.BOTTOM_UP)
    with pytest.raises(CannotAnswer, match="No unit cost of jaywalking"):
        examples.find("jaywalking", method=CostMethod.BOTTOM_UP)
    found = examples.find("burglary", method=CostMethod.BOTTOM_UP, country="New Zealand")
    assert (found.per, found.central) == (CostBasis.COMMITTED, money(7060, "NZD", "2003/04"))


def factor(**changed):
    given = {
        "offence": "burglary",
        "central": 2.0,
        "low": 1.5,
        "high": 3.0,
        "source": "made up",
        "confidence": Confidence.OWN,
    }
    return RecordedToCommitted(**{**given, **changed})


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"counted_by": CountedBy.SURVEY}, "that the police recorded"),
        ({"reporting": Reporting.SHIFTED}, "reporting shifted"),
        ({"unit_cost": unit_cost(per=CostBasis.RECORDED)}, "per crime committed"),
        ({"unit_cost": unit_cost(per=CostBasis.NOT_STATED)}, "per crime committed"),
    ],
)
def test_a_multiplier_is_refused_where_it_would_mislead(changed, said):
    assert outcome(multiplier=factor()).multiplier

    with pytest.raises(InvalidMoney, match=said):
        outcome(multiplier=factor(), **changed)


@pytest.mark.parametrize("changed", [{"low": 0.9}, {"high": 1.9}, {"high": float("inf")}])
def test_a_multiplier_is_one_or_more_and_in_its_range(changed):
    with pytest.raises(InvalidMoney, match="1 or more"):
        factor(**changed)
