"""What we read in each packaged review agrees with the words and figures of its row."""

from __future__ import annotations

import csv
import re
from importlib import resources

import pytest

from forestall.evidence import vocabulary as words

PACKAGED = resources.files("forestall") / "evidence" / "packaged"
RATIOS = {"OR", "RR", "IRR", "ratio of annual trends", "security protection factor"}
DIFFERENCES = {
    "d",
    "g",
    "r",
    "% change",
    "median % change",
    "% points",
    "% change in odds",
    "murders per month",
}
VOTE_COUNTS = {
    "% of findings",
    "% of observations",
    "% of studies with a significant relationship",
    "studies with reduction",
}
CONCERNS = {
    "risk of bias",
    "inconsistency",
    "indirectness",
    "imprecision",
    "publication bias",
}
ONE_OF = {
    "kind": {kind.value for kind in words.Kind},
    "design": {design.value for design in words.Design},
    "standing": {"own text", "restated"},
    "net": {"yes", "no", "not stated"},
    "favours": {"", "below", "above"},
    "finding": {finding.value for finding in words.Finding},
    "outcome": {outcome.value for outcome in words.Outcome},
    "cost_seen": {"yes", "no"},
}
SOME_OF = {
    "problems": {problem.value for problem in words.Problem},
    "settings": {setting.value for setting in words.Setting},
    "populations": {population.value for population in words.Population},
    "concerns": CONCERNS,
}
# The authors themselves say that the measure is not what the number shows.
NOT_THE_MEASURE = {"cardiff-minor-assault-2011", "gun-law-australia-2016"}
# Found harmful, or without a clear difference, by the note that came with the table.
NOT_BETTER = {
    "after-school-2016": "no clear difference",
    "background-checks-alone": "no clear difference",
    "bar-hours-norway-2012": "harmful",
    "batterer-2013": "no clear difference",
    "batterer-court-2021": "no clear difference",
    "burglary-alarms-2017": "harmful",
    "electronic-monitoring-highrisk": "no clear difference",
    "employment-exoffenders-2005": "no clear difference",
    "juvenile-processing-2010": "harmful",
    "property-marking-cambridgeshire-2010": "no clear difference",
    "property-marking-essex": "no clear difference",
    "purchaser-licence-repeal-mo": "harmful",
    "scared-straight-2013": "harmful",
    "second-responder-2022": "no clear difference",
}


def read_rows(name):
    with (PACKAGED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


REVIEWS = read_rows("reviews.csv")
READINGS = read_rows("readings.csv")
READING = {reading["id"]: reading for reading in READINGS}
PAIRS = [(review, READING[review["id"]]) for review in REVIEWS if review["id"] in READING]

every_pair = pytest.mark.parametrize(
    ("review", "reading"), PAIRS, ids=[review["id"] for review, _ in PAIRS]
)


def parts(cell):
    return cell.split(";") if cell else []


def number(cell):
    return float(cell) if cell else None


def sides(review, reading, names):
    """Return on which side of no effect the values lie: better, worse or neither."""
    null = 1 if review["effect_metric"] in RATIOS else 0
    better = -1 if reading["favours"] == "below" else 1
    values = [value for name in names if (value := number(review[name])) is not None]
    return {(value > null) - (value < null) for value in values}, better


def finding_told(review, reading):
    """Return the only finding that interval or range allow, or none where a point stands alone."""
    for names, neither in (
        (("ci_low", "ci_high"), "no clear difference"),
        (("effect_low", "effect_high"), "mixed"),
    ):
        signs, better = sides(review, reading, names)
        if signs:
            if len(signs) > 1 or 0 in signs:
                return neither
            return "desirable" if signs == {better} else "harmful"
    return None


def test_every_review_has_one_reading_in_the_same_order():
    assert [reading["id"] for reading in READINGS] == [review["id"] for review in REVIEWS]
    assert len(READING) == len(READINGS) == 176


@every_pair
def test_every_review_names_what_it_was_read_from(review, reading):
    assert review["quote"]
    assert review["direction"]
    assert review["url"].startswith(("http://", "https://"))


def test_the_measures_of_law_enforcement_are_marked():
    marks = [review["law_enforcement"] for review in REVIEWS]

    assert marks.count("true") == 24
    assert set(marks) == {"true", "false"}


@every_pair
def test_every_word_is_one_of_the_vocabulary(review, reading):
    for column, allowed in ONE_OF.items():
        assert reading[column] in allowed, column
    for column, allowed in SOME_OF.items():
        named = parts(reading[column])
        assert set(named) <= allowed, column
        assert len(set(named)) == len(named), column
    assert reading["problems"]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", reading["intervention"])


@every_pair
def test_unintended_outcomes_are_pairs_that_the_row_speaks_of(review, reading):
    for pair in parts(reading["unintended_outcomes"]):
        outcome, finding = pair.split(":")
        assert words.Outcome(outcome)
        assert words.Finding(finding)
        assert review["unintended"]


@every_pair
def test_only_effect_sizes_say_which_side_is_better(review, reading):
    metric = review["effect_metric"]
    known = RATIOS | DIFFERENCES
    has_value = any(review[name] for name in ("effect", "effect_low", "effect_high"))

    assert metric in known | VOTE_COUNTS | {""}
    assert has_value == bool(metric) == (review["effect_basis"] != "none")
    assert bool(reading["favours"]) == (metric in known)


@every_pair
def test_intervals_hold_their_estimates(review, reading):
    for names in (("ci_low", "ci_high"), ("effect_low", "effect_high")):
        low, high = (number(review[name]) for name in names)
        effect = number(review["effect"])
        if low is not None and high is not None:
            assert low < high
            assert effect is None or low <= effect <= high


@every_pair
def test_findings_agree_with_intervals_and_ranges(review, reading):
    told = finding_told(review, reading) if reading["favours"] else None
    if review["id"] in NOT_THE_MEASURE:
        assert reading["finding"] == "mixed"
    elif told:
        assert reading["finding"] == told


@every_pair
def test_findings_agree_with_the_sign_of_the_effect(review, reading):
    signs, better = sides(review, reading, ("effect",))
    if reading["favours"] and signs:
        expected = {"desirable": {better}, "harmful": {-better}}
        assert signs == expected.get(reading["finding"], signs)


@every_pair
def test_an_interval_around_no_effect_is_called_imprecise(review, reading):
    low, high = number(review["ci_low"]), number(review["ci_high"])
    if low is not None and finding_told(review, reading) == "no clear difference":
        assert "imprecision" in parts(reading["concerns"]), (low, high)


@every_pair
def test_a_kind_is_never_stronger_than_the_text(review, reading):
    evidence = review["evidence_type"]
    if evidence.startswith(("single", "two randomised")):
        assert reading["kind"] == "single study"
    elif "association" in evidence:
        assert reading["kind"] == "association"
        assert "indirectness" in parts(reading["concerns"])
    elif review["effect_metric"] in VOTE_COUNTS:
        assert reading["kind"] == "vote count"
    else:
        assert reading["kind"] in {"meta-analysis", "systematic review, not pooled"}
    if "not pooled" in evidence or evidence.startswith("toolkit"):
        assert reading["kind"] == "systematic review, not pooled"


@every_pair
def test_raw_changes_are_not_called_net(review, reading):
    if re.search(r"\braw\b", review["direction"]):
        assert reading["net"] == "no"
        assert "risk of bias" in parts(reading["concerns"])


@every_pair
def test_texts_that_repeat_another_are_called_restated(review, reading):
    told = " ".join(review[name] for name in ("evidence_type", "quality", "authors", "title"))
    if re.search(r"restated|restating|as summarised|toolkit|unattributed|scraped", told):
        assert reading["standing"] == "restated"


@every_pair
def test_a_row_without_a_verdict_is_not_known(review, reading):
    if re.fullmatch(r"no pooled number in the text seen( \(.*\))?", review["direction"]):
        assert reading["finding"] == "unknown"
    if review["direction"].startswith("NULL"):
        assert reading["finding"] == "no clear difference"


@every_pair
def test_costs_are_seen_where_the_row_speaks_of_them(review, reading):
    assert reading["cost_seen"] == ("yes" if review["economic"] else "no")


@every_pair
def test_words_in_quotation_marks_are_those_of_the_row(review, reading):
    assert reading["because"]
    row = " ".join(review.values()).lower()
    for quoted in re.findall(r'"([^"]+)"', reading["because"]):
        for fragment in quoted.lower().split("..."):
            assert fragment.strip(" .,;") in row


def test_what_did_not_help_is_not_called_better():
    assert {name: READING[name]["finding"] for name in NOT_BETTER} == NOT_BETTER
