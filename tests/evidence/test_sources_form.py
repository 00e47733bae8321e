"""The form can be filled in, and what we write in it comes back to the last digit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from forestall.errors import InvalidEvidence
from forestall.evidence.sources import effects_form, read_effects
from forestall.evidence.sources.columns import EFFECT_COLUMNS
from forestall.evidence.sources.effect_rows import what_it_says
from forestall.evidence.sources.effect_table import effects_as_csv
from forestall.evidence.sources.effects import effects_in
from forestall.evidence.vocabulary import Problem
from tests.evidence.any_effects import any_effect
from tests.evidence.effect_files import row


def test_the_form_explains_every_column_and_lists_every_word(tmp_path):
    book = load_workbook(effects_form(tmp_path / "studies.xlsx"))

    heads = [cell.value for cell in book["effects"][1]]
    explained = {cells[0]: cells for cells in book["columns"].iter_rows(values_only=True)}
    assert heads == [column.name for column in EFFECT_COLUMNS]
    assert {*heads, "moderator:NAME"} <= set(explained)
    assert all(problem in str(explained["problems"][3]) for problem in Problem)
    rules = book["effects"].data_validations.dataValidation
    assert {rule.formula1 for rule in rules} >= {"words!$A$2:$A$10"}
    assert [cell.value for cell in book["words"]["A"]][:2] == ["outcome", "crime"]


def test_a_form_that_was_filled_in_is_read(tmp_path):
    file = effects_form(tmp_path / "studies.xlsx")
    book = load_workbook(file)
    for name, value in row().items():
        place = [column.name for column in EFFECT_COLUMNS].index(name) + 1
        figure = name in ("year", "effect", "low", "high")
        book["effects"].cell(row=2, column=place, value=float(value) if figure else value)
    book.save(file)

    (one,) = read_effects(file)

    assert (one.study, one.year) == ("Example (2020)", 2020)


def test_an_empty_form_has_nothing_to_read(tmp_path):
    with pytest.raises(InvalidEvidence, match="needs a row for each effect, but has no row"):
        read_effects(effects_form(tmp_path / "studies.xlsx"))


def test_the_same_form_has_the_same_cells(tmp_path):
    first, second = (effects_form(tmp_path / name) for name in ("a.xlsx", "b.xlsx"))

    cells = [
        [list(sheet.values) for sheet in load_workbook(file).worksheets] for file in (first, second)
    ]
    assert cells[0] == cells[1]


def test_a_form_of_another_kind_is_a_mistake_of_the_caller(tmp_path):
    with pytest.raises(ValueError, match=r"ends in \.xlsx"):
        effects_form(tmp_path / "studies.csv")


def differing(effects):
    return len({what_it_says(one) for one in effects}) == len(effects)


@given(
    st.lists(any_effect(), min_size=1, max_size=4, unique_by=lambda one: one.key).filter(differing)
)
@settings(deadline=None)
def test_what_is_written_is_read_again_to_the_last_digit(effects):
    again = effects_in(effects_as_csv(effects), file="effects.csv")

    assert list(again) == effects
    assert effects_as_csv(again) == effects_as_csv(effects)


@given(any_effect())
@settings(deadline=None)
def test_no_cell_is_a_formula(effect):
    import csv
    import io

    for cells in csv.reader(io.StringIO(effects_as_csv([effect]).decode(), newline="")):
        for cell in cells:
            if cell[:1] in ("=", "@", "\t", "\r") or cell[:1] in ("+", "-"):
                float(cell)


def test_a_number_that_was_changed_by_hand_is_noticed():
    effects = effects_in(_csv(row()), file="a.csv")
    written = effects_as_csv(effects).decode()

    with pytest.raises(InvalidEvidence, match="“effect_on_scale” is not that of “effect”"):
        effects_in(written.replace(",0.65,", ",0.75,").encode(), file="a.csv")


def test_counts_that_were_changed_by_hand_are_noticed():
    counts = {"treated_events": 3, "treated": 9, "compared_events": 4, "compared": 9}
    plain = row(metric="", effect="", low="", high="", **counts)
    written = effects_as_csv(effects_in(_csv(plain), file="a.csv")).decode()

    with pytest.raises(InvalidEvidence, match="the counts do not give “effect”"):
        effects_in(written.replace(",3,9,4,9,", ",2,9,4,9,").encode(), file="a.csv")


def test_an_effect_in_another_metric_than_its_source_is_not_written():
    from dataclasses import replace

    from forestall.evidence.conversions import convert_effect
    from forestall.evidence.metrics import Metric

    (one,) = effects_in(_csv(row()), file="a.csv")
    converted = convert_effect(one.effect, Metric.MEAN_DIFFERENCE)

    with pytest.raises(ValueError, match="in another metric than its source"):
        effects_as_csv([replace(one, conversions=(converted,))])


def _csv(*rows):
    import csv
    import io

    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()
