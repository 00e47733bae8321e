"""What sentences of the report disclose, name and put in order, in every language."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from forestall.diagnosis.comparisons import Comparison
from forestall.diagnosis.stragglers import Stragglers
from forestall.disclosure import rule_named
from forestall.languages import available_languages, plural_message, use_language
from forestall.publication import Setting, build_report, protect_diagnosis
from forestall.publication.blocks import Fact, Facts
from forestall.publication.example import example_diagnosis
from forestall.publication.protected.areas import protect_area_kinds, protect_areas
from forestall.publication.report.change import _sentence, _why_not
from forestall.publication.report.concentration import concentration_section
from forestall.publication.report.hours import hours_blocks
from forestall.publication.report.landmarks import LANDMARKS, landmark_words
from forestall.publication.report.made import made_section
from forestall.publication.report.sure import stragglers_sentence
from forestall.records.readers.police_uk import LANDMARKS as PUBLISHED
from forestall.results import Certainty
from tests.publication.builders import blocks_of, example_document

RULE = rule_named("threshold-5")


def setting_of(diagnosis):
    return Setting(
        diagnosis=diagnosis,
        safe=protect_diagnosis(diagnosis, rule=RULE),
        place="Hill Town",
        made_on=date(2026, 1, 5),
        command="forestall diagnose town.csv -o report",
    )


@pytest.mark.parametrize("tag", available_languages())
@pytest.mark.parametrize("sides", [("before",), ("after",), ("before", "after")])
def test_the_form_of_a_sentence_tells_no_hidden_number(tag, sides):
    said = set()
    days = {side: date(2016, 1, 1) for side in sides}
    for number in (1, 2, 3, 4):
        left_out = Stragglers(incidents=number, before=days.get("before"), after=days.get("after"))
        setting: Any = SimpleNamespace(
            diagnosis=SimpleNamespace(stragglers=left_out), safe=SimpleNamespace(rule=RULE)
        )
        with use_language(tag):
            said |= {str(sentence) for sentence in stragglers_sentence(setting)}

    assert len(said) == 1


def test_hours_count_nothing_that_is_not_protected():
    diagnosis = example_diagnosis()
    known: Any = diagnosis.timing
    timing = replace(
        known,
        rows_left_out={"no end": 3},
        rows_start_only=2,
        caveats=(plural_message("{count} has no end.", "{count} have no end.", 3),),
    )
    last: Any = hours_blocks(setting_of(replace(diagnosis, timing=timing)))[-1]
    said = " ".join(map(str, last.sentences))

    assert "fewer than 5 have no end" in said
    assert "for want of an end: fewer than 5 incidents" in said
    assert "incidents are counted." not in said
    assert "3 have no end" not in said


def test_the_parts_of_the_day_are_not_called_a_majority():
    text = " ".join(str(one) for one in blocks_of(example_document()))

    assert "Most was recorded" not in text
    assert "Most between" not in text


@pytest.mark.parametrize("tag", [tag for tag in available_languages() if tag != "en"])
def test_kinds_of_place_are_translated(tag):
    assert {name.casefold() for name in PUBLISHED} <= set(LANDMARKS)
    with use_language(tag):
        assert not [
            name
            for name in PUBLISHED
            if str(landmark_words(name)) == name.casefold() and name not in {"Hospital", "Prison"}
        ]
        assert str(landmark_words("CTA Platform")) == "cta platform"


def test_only_a_month_of_the_time_covered_can_be_lacking():
    diagnosis = example_diagnosis()
    long_before = replace(diagnosis.manifest, months_missing=("2013-05",))
    inside = replace(diagnosis.manifest, months_missing=("2013-05", "2024-04"))
    compared: Any = SimpleNamespace(kind=Comparison.EDGES)

    said = [
        str(_why_not(setting_of(replace(diagnosis, manifest=manifest)), compared))
        for manifest in (long_before, inside)
    ]

    assert "8 months cannot tell" in said[0]
    assert "lacks months" in said[1]


def test_areas_are_listed_by_name():
    names = ["b", "Town", "A", "a"]
    counts = SimpleNamespace(
        places=SimpleNamespace(codes=["1", "2", "4", "3"], names=names, size=4),
        per_place=lambda **_: pd.Series([30, 40, 50, 60]).to_numpy(),
    )
    counts.crimes = lambda: counts
    diagnosis: Any = SimpleNamespace(by_area=counts, crimes_total=200)
    kinds: Any = [SimpleNamespace(label="Theft"), SimpleNamespace(label="Fraud")]

    areas = protect_areas(diagnosis, rule=RULE)
    assert areas is not None
    crossed = protect_area_kinds(diagnosis, kinds, areas, rule=RULE)

    assert list(areas.frame["name"]) == ["a", "A", "b", "Town", ""]
    assert list(areas.frame["incidents"]) == [60, 50, 30, 40, 20]
    assert crossed is not None
    assert list(crossed.column_labels) == ["3", "4", "1", "2"]


def test_the_curve_and_the_table_of_one_kind_name_it():
    setting = setting_of(example_diagnosis(kinds={"Burglary": 900}))

    text = " ".join(
        str(word)
        for block in concentration_section(setting).blocks
        if (behind := getattr(block, "behind", None)) is not None
        for word in behind.row_words.values()
    )

    assert "Burglary" in text
    assert "All recorded crime" not in text


def test_attention_is_only_the_score():
    facts = [
        fact
        for block in made_section(setting_of(example_diagnosis())).blocks
        if isinstance(block, Facts)
        for fact in block.facts
        if isinstance(fact, Fact)
    ]

    assert "Attention" not in [str(fact.term) for fact in facts]
    assert "Please note" in [str(fact.term) for fact in facts]


@pytest.mark.parametrize("tag", available_languages())
def test_only_a_translation_says_that_it_is_one(tag):
    document = build_report(setting_of(example_diagnosis()))
    note = {"en": "", "fr": "La traduction est celle du projet", "zh": "译文由本项目自行提供"}

    with use_language(tag):
        foot = " ".join(map(str, document.foot))

    assert foot == foot.strip()
    assert "translation" not in foot
    assert note.get(tag, "") in foot


@pytest.mark.parametrize(("tag", "first"), [("ru", "Ноябрь"), ("fr", "Novembre"), ("en", "Nov")])
def test_a_sentence_that_begins_with_a_month_has_a_capital(tag, first):
    months = pd.to_datetime(["2024-11-01", "2024-12-01"])
    compared: Any = SimpleNamespace(
        kind=Comparison.TWIN_MONTHS, after_months=months, before_months=months
    )
    change: Any = SimpleNamespace(certainty=Certainty.CLEAR, ratio=0.8)
    setting: Any = SimpleNamespace(only_kind="")
    sentence = _sentence(setting, change, compared)

    with use_language(tag):
        assert str(sentence).startswith(first)
