"""Specifications: read strictly, each fault named in one sentence, never a traceback."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.errors import ForestallError, InvalidSpecification
from forestall.evaluation import PlaceChoice
from forestall.evaluation.effects_register import Found, NotFound, NotLookedFor
from forestall.evaluation.effects_to_look_for import UnintendedEffect
from forestall.evaluation.programmes import check_plan, plan_of, read_plan
from forestall.evaluation.specification import Approach, read_specification

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = (ROOT / "examples" / "placebo_evaluation" / "spec.toml").read_text("utf-8")

GOOD = """
[evaluation]
title = "Gates"
place = "Hill Town"

[intervention]
what = "Gates"
by = "Housing"
approach = "situational"
since = 2022-01-01

[places]
column = "district"
treated = ["North"]
chosen = "by lot"
how = "Drawn in public."

[[outcomes]]
name = "Burglary"
"""


def written(folder, text, name="spec.toml"):
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def test_the_least_specification(tmp_path):
    spec = read_specification(written(tmp_path, GOOD))
    assert spec.intervention.approach is Approach.SITUATIONAL
    assert spec.places.chosen is PlaceChoice.RANDOM
    assert spec.places.comparison == ()
    assert (spec.times.before.first, spec.times.before.last) == (
        date(2021, 1, 1),
        date(2021, 12, 31),
    )
    assert (spec.times.after.first, spec.times.after.last) == (date(2022, 1, 1), date(2022, 12, 31))
    assert spec.primary.least_effect == 0.2
    assert not spec.is_placebo
    assert spec.costs is None


def test_the_example_is_whole():
    spec = read_specification(ROOT / "examples" / "placebo_evaluation" / "spec.toml")
    assert spec.is_placebo
    assert len(spec.places.treated) == 12
    assert spec.costs is not None
    assert len(spec.costs.budget.lines) == 6
    assert isinstance(spec.findings[UnintendedEffect.TRUST], NotLookedFor)


def test_the_time_after_begins_when_the_measure_can_work(tmp_path):
    text = changed("2022-01-01", "2022-01-01\nlag_months = 1\nsettling_months = 2")
    spec = read_specification(written(tmp_path, text))
    assert (spec.times.after.first, spec.times.after.last) == (date(2022, 4, 1), date(2023, 3, 31))


def test_what_was_looked_for(tmp_path):
    text = GOOD + (
        '[[unintended]]\neffect = "fear"\nstate = "found"\nwhat = "Less"\nhow = "Survey"\n'
        '[[unintended]]\nname = "Noise"\nstate = "not found"\nhow = "Complaints"\n'
    )
    spec = read_specification(written(tmp_path, text))
    assert isinstance(spec.findings[UnintendedEffect.FEAR], Found)
    assert isinstance(spec.other_findings["Noise"], NotFound)


def test_the_key_of_the_measure_in_the_evidence_may_be_named(tmp_path):
    named = changed("2022-01-01", '2022-01-01\nevidence_key = "alley-gating"')
    assert read_specification(written(tmp_path, named)).intervention.evidence_key == "alley-gating"
    assert read_specification(written(tmp_path, GOOD)).intervention.evidence_key == ""


def test_law_enforcement_is_marked(tmp_path):
    text = GOOD.replace('"situational"', '"law enforcement"')
    assert read_specification(written(tmp_path, text)).is_outside_guidelines


def changed(old, new):
    assert old in GOOD
    return GOOD.replace(old, new)


BAD = [
    ("nonsense = = 1", "is no TOML"),
    (changed("[evaluation]", "[evaluaton]"), "needs “evaluation”"),
    (changed('title = "Gates"', "title = 3"), "title is words between quotation marks"),
    (changed('title = "Gates"', 'title = ""'), "but here it is empty"),
    (changed('place = "Hill Town"', 'placce = "Hill Town"'), "needs “place”"),
    (changed('by = "Housing"', 'by = "Housing"\nbyy = "x"'), "knows no “byy”; “by” was perhaps"),
    (changed('"situational"', '"gates"'), "approach is one of “social development”"),
    (changed("2022-01-01", '"first of May"'), "since is a day such as 2024-01-31"),
    (changed("2022-01-01", "[2022-05-01, 2022-01-01]"), "a day, or several in order"),
    (changed("2022-01-01", "9999-12-01"), "since is a day from 1800 to 2200"),
    (changed("2022-01-01", "0001-01-01"), "since is a day from 1800 to 2200"),
    (changed("2022-01-01", "2022-01-01\nlag_months = 999999"), "a number from 0 to 120"),
    (changed("2022-01-01", "2022-01-01\nlag_months = -1"), "lag_months is a number from 0"),
    (changed("2022-01-01", "2022-01-01\nlag_months = 1.5"), "lag_months is a whole number"),
    (
        changed("2022-01-01", '2022-01-01\nevidence_key = "Alley gates"'),
        "evidence_key is a key such",
    ),
    (changed('column = "district"', 'column = "street"'), "column is “district” or “area”"),
    (changed('column = "district"', 'column = "area"\nrings_m = [100]'), "rings_m needs a file"),
    (changed('treated = ["North"]', "treated = []"), "a list with one entry or more"),
    (changed('treated = ["North"]', 'treated = ["North", "North"]'), "names North twice"),
    (changed('treated = ["North"]', 'treated = "North"'), "treated is a list of words"),
    (
        changed('treated = ["North"]', 'treated = ["North"]\ncomparison = ["North"]'),
        "names North as treated and as comparison",
    ),
    (
        changed('treated = ["North"]', 'treated = ["North"]\ncomparison = "all"'),
        "a list of codes, or “others”",
    ),
    (changed('chosen = "by lot"', 'chosen = "random"'), "chosen is one of “by lot”"),
    (changed('how = "Drawn in public."', ""), "needs “how”"),
    (changed("[[outcomes]]", "[outcomes]"), "outcomes is parts that each begin with"),
    (GOOD.split("[[outcomes]]", maxsplit=1)[0], "needs at least one [[outcomes]]"),
    (GOOD + '[[outcomes]]\nname = "Theft"\n', "one is primary, but here 0"),
    (
        GOOD + 'primary = true\n[[outcomes]]\nname = "Theft"\nprimary = true\n',
        "one is primary, but here 2",
    ),
    (
        GOOD + 'primary = true\n[[outcomes]]\nname = "Burglary"\n',
        "Two [[outcomes]] have the name Burglary",
    ),
    (GOOD + "least_effect = 2\n", "least_effect is a number from 0.01 to 0.99"),
    (GOOD + "[dates]\nbefore = [2021-01-01]\n", "the first and the last day"),
    (GOOD + "[dates]\nbefore = [2021-01-01, 2022-03-31]\n", "before ends on 2022-03-31, but"),
    (GOOD + "[dates]\nafter = [2021-06-01, 2022-03-31]\n", "after begins on 2021-06-01, but"),
    (GOOD + '[dates]\nother_changes = ["x"]\n', "other_changes is parts"),
    (GOOD + '[[unintended]]\neffect = "joy"\nstate = "found"\n', "needs “what”"),
    (
        GOOD + '[[unintended]]\neffect = "joy"\nstate = "not looked for"\n',
        "effect is one of “moved nearby”",
    ),
    (GOOD + '[[unintended]]\nname = "x"\nstate = "maybe"\n', "“not found” or “not looked for”"),
    (GOOD + '[harm]\nindex = "x"\nsource = "y"\n', "points names no kind"),
    (GOOD + '[harm]\nindex = "x"\nsource = "y"\npoints = { a = -1 }\n', "a number above 0 each"),
    (GOOD + '[plan]\nfile = "plan.json"\nsha256 = "12"\n', "64 digits from 0 to f"),
    (GOOD + '[costs]\ncurrency = "GBP"\nprice_year = "2003"\n', "at least one [[costs.budget]]"),
    (changed('place = "Hill Town"', 'place = "Hill Town"\nplacebo = true'), "the word placebo"),
    (changed('place = "Hill Town"', 'place = "Hill Town"\nplacebo = "yes"'), "true or false"),
    (EXAMPLE.replace('kind = "one-off"', 'kind = "once"'), "kind is one of “one-off”"),
    (EXAMPLE.replace("amount = 90000", "amount = -1"), "amount is a number from 0"),
    (EXAMPLE.replace("low = 70000", "low = 99000"), "[costs] cannot be used: The amount of"),
    (EXAMPLE.replace('discounting = "green-book"', 'discounting = "red"'), "no discount schedule"),
    (EXAMPLE.replace("households = 0.7", "households = 0.0"), "gains is names with a number"),
    (EXAMPLE.replace('offence = "burglary in a dwelling"', 'offence = "x"'), "No unit cost of x"),
]


@pytest.mark.parametrize(("text", "sentence"), BAD)
def test_a_fault_is_one_clear_sentence(tmp_path, text, sentence):
    with pytest.raises(InvalidSpecification) as told:
        read_specification(written(tmp_path, text))
    said = str(told.value)
    assert sentence in said
    assert "\n" not in said
    assert str(tmp_path) not in said


def test_a_file_that_is_not_there_is_named_without_its_folder(tmp_path):
    with pytest.raises(InvalidSpecification, match=r"^none\.toml cannot be read"):
        read_specification(tmp_path / "none.toml")


@given(st.integers(0, len(EXAMPLE) - 1), st.text(max_size=3))
@settings(max_examples=150, deadline=None)
def test_a_broken_file_never_ends_in_a_traceback(tmp_path_factory, place, put):
    text = EXAMPLE[:place] + put + EXAMPLE[place + 1 + len(put) :]
    file = tmp_path_factory.mktemp("fuzz") / "spec.toml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        read_specification(file)
    except ForestallError as told:
        assert "\n" not in str(told)  # noqa: PT017


def test_a_plan_binds_the_analysis_and_not_the_words(tmp_path):
    first = plan_of(read_specification(written(tmp_path, GOOD)), made_on=date(2021, 12, 1))
    words = changed('what = "Gates"', 'what = "Alley gates"')
    again = plan_of(read_specification(written(tmp_path, words)), made_on=date(2021, 12, 2))
    other = plan_of(
        read_specification(written(tmp_path, GOOD + "least_effect = 0.3\n")),
        made_on=date(2021, 12, 1),
    )
    assert first.sha256 == again.sha256 != other.sha256


def registered(folder, made_on=date(2021, 12, 1)):
    plan = plan_of(read_specification(written(folder, GOOD)), made_on=made_on)
    written(folder, plan.to_json(), "plan.json")
    return f'\n[plan]\nfile = "plan.json"\nsha256 = "{plan.sha256}"\n'


def test_a_plan_that_was_kept(tmp_path):
    found = check_plan(read_specification(written(tmp_path, GOOD + registered(tmp_path))))
    assert found.is_kept


def test_a_change_since_the_plan_is_visible(tmp_path):
    named = registered(tmp_path)
    text = changed('treated = ["North"]', 'treated = ["North", "East"]') + named
    found = check_plan(read_specification(written(tmp_path, text)))
    assert [(one.key, one.planned, one.done) for one in found.changes] == [
        ("treated", "North", "East, North")
    ]
    assert not found.is_kept


def test_a_plan_made_after_the_start_is_late(tmp_path):
    named = registered(tmp_path, made_on=date(2022, 3, 1))
    assert check_plan(read_specification(written(tmp_path, GOOD + named))).is_late


def test_a_plan_that_was_edited_or_exchanged_is_refused(tmp_path):
    named = registered(tmp_path)
    plan = (tmp_path / "plan.json").read_text("utf-8")
    written(tmp_path, plan.replace('"North"', '"South"'), "plan.json")
    with pytest.raises(InvalidSpecification, match="was changed after it was written"):
        check_plan(read_specification(written(tmp_path, GOOD + named)))
    other = plan_of(
        read_specification(written(tmp_path, GOOD + "least_effect = 0.4\n")),
        made_on=date(2021, 12, 1),
    )
    written(tmp_path, other.to_json(), "plan.json")
    with pytest.raises(InvalidSpecification, match="not the plan that was registered"):
        check_plan(read_specification(written(tmp_path, GOOD + named)))
    written(tmp_path, "[]", "plan.json")
    with pytest.raises(InvalidSpecification, match="is no plan"):
        check_plan(read_specification(written(tmp_path, GOOD + named)))


def test_a_plan_reads_as_it_was_written(tmp_path):
    registered(tmp_path)
    found = read_plan(tmp_path / "plan.json")
    assert found.made_on == date(2021, 12, 1)
    assert found.analysis["treated"] == ["North"]
