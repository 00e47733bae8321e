"""Two diagnoses are compared by what both published, and not at all where that gives away more."""

from __future__ import annotations

import shutil
from datetime import date
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from forestall.disclosure import protect_table
from forestall.results import Certainty
from forestall.web.data.comparing import Side, compare_diagnoses
from forestall.web.data.folders import report_folder
from forestall.web.data.models import SafetyDiagnosis
from forestall.web.organisations.roles import Role

YEAR = {"first": date(2023, 1, 1), "last": date(2023, 12, 31)}
NEXT = {"first": date(2024, 1, 1), "last": date(2024, 12, 30)}


def report(counts, *, first, last, records=1, kinds=(), months_missing=()):
    """A report that published the kinds of its period."""
    frame = pd.DataFrame({"offence": list(counts), "incidents": list(counts.values())})
    offences = protect_table(frame, rule="threshold-5", rows="offence")
    published: Any = SimpleNamespace(
        tables={"offences": offences},
        provenance=SimpleNamespace(
            first_day=first, last_day=last, data={"months_missing": list(months_missing)}
        ),
    )
    return Side(
        publication=published,
        records=records,
        kinds=frozenset(kinds),
    )


def line(both, kind):
    return next(one for one in both.lines if str(one.what) == kind)


def test_a_year_against_the_next_by_hand():
    before = report({"Burglary": 1000, "Arson": 60}, **YEAR)
    after = report({"Burglary": 800, "Arson": 62}, **NEXT)

    both = compare_diagnoses(after, before)

    burglary = line(both, "Burglary").comparison
    assert burglary.ratio == pytest.approx(0.8)
    # By hand on the log scale: ln 0.8 ± 1.96 √(1/1000 + 1/800) gives 0.729 to 0.878.
    assert burglary.interval_95.low == pytest.approx(0.729, abs=0.003)
    assert burglary.interval_95.high == pytest.approx(0.878, abs=0.003)
    assert burglary.certainty is Certainty.CLEAR
    assert line(both, "Arson").comparison.certainty is Certainty.CHANCE
    assert str(both.sentences[1]).replace("\xa0", " ") == (
        "Burglary: in 1 January to 30 December 2024, 20 % fewer a day were recorded than in "
        "January 2023 to December 2023 (12 to 27 % fewer); clear."
    )


def test_a_hidden_number_stays_hidden_and_is_not_compared():
    before = report({"Burglary": 1000, "Arson": 3, "Fraud": 40, "Theft": 70}, **YEAR)
    after = report({"Burglary": 900, "Arson": 30, "Fraud": 45, "Theft": 60}, **NEXT)

    both = compare_diagnoses(before, after)

    arson = line(both, "Arson")
    assert arson.before.text.strip("\u2066\u2069") == "<5"
    assert arson.before_a_day is None
    assert arson.comparison is None
    assert not any("Arson" in str(one) for one in both.sentences)


def test_periods_of_different_months_warn_of_the_season():
    winter = report({"Burglary": 100}, first=date(2023, 1, 1), last=date(2023, 2, 28))
    summer = report({"Burglary": 100}, first=date(2023, 6, 1), last=date(2023, 7, 31))

    both = compare_diagnoses(winter, summer)

    assert any("season" in str(one) for one in both.warnings)
    assert not any("season" in str(one) for one in _years().warnings)


def _years():
    return compare_diagnoses(report({"Burglary": 9}, **YEAR), report({"Burglary": 9}, **NEXT))


def test_a_period_inside_another_gives_away_what_was_added():
    whole = report({"Burglary": 102, "Theft": 80}, **YEAR)
    part = report({"Burglary": 100, "Theft": 50}, first=date(2023, 1, 1), last=date(2023, 11, 30))

    both = compare_diagnoses(part, whole)

    assert "could be worked out by subtracting" in str(both.refusal)
    assert both.lines == ()


def test_overlapping_periods_that_give_nothing_away_are_told_without_a_change():
    whole = report({"Burglary": 200, "Theft": 300}, **YEAR)
    part = report({"Burglary": 100, "Theft": 150}, first=date(2023, 1, 1), last=date(2023, 6, 30))

    both = compare_diagnoses(part, whole)

    assert both.refusal is None
    assert both.sentences == ()
    assert "The periods share 181 days" in str(both.warnings[0])


def test_reports_that_contradict_each_other_are_not_compared():
    before = report({"Burglary": 100, "Theft": 150}, **YEAR)
    after = report({"Burglary": 103, "Theft": 150}, **YEAR)

    assert compare_diagnoses(before, after).refusal is not None


def test_overlapping_periods_of_two_stores_are_not_compared():
    before = report({"Burglary": 100}, **YEAR)
    after = report({"Burglary": 300}, **YEAR, records=2)

    assert "not of one store" in str(compare_diagnoses(before, after).refusal)


def test_the_total_is_told_only_where_both_count_all_kinds():
    some = report({"Burglary": 100, "Theft": 150}, **YEAR, kinds={"Burglary", "Theft"})
    after = report({"Burglary": 100, "Theft": 150}, **NEXT)

    assert [str(one.what) for one in compare_diagnoses(some, after).lines] == ["Burglary", "Theft"]
    assert str(_years().lines[0].what) == "All recorded crime"


def test_reports_without_a_kind_in_common_are_not_compared():
    before = report({"Burglary": 100}, **YEAR, kinds={"Burglary"})
    after = report({"Theft": 150}, **NEXT, kinds={"Theft"})

    assert "no kind of crime in common" in str(compare_diagnoses(before, after).refusal)


@pytest.fixture(scope="module")
def two_reports(tmp_path_factory, cleveland_store):
    """Reports of two pairs of months of Cleveland."""
    from forestall.diagnosis import diagnose
    from forestall.publication import publish_diagnosis
    from forestall.records import open_incidents

    folders = []
    for since, until in (("2018-10-01", "2018-11-30"), ("2019-01-01", "2019-02-28")):
        found = diagnose(open_incidents(cleveland_store).filter(since=since, until=until))
        folders.append(tmp_path_factory.mktemp("report") / since)
        publish_diagnosis(found, out=folders[-1], place="Cleveland")
    return folders


def test_the_page_tells_what_changed_in_cleveland(signed_in, store, people, two_reports):
    made = [
        SafetyDiagnosis.objects.create(
            jurisdiction=store.jurisdiction,
            store=store,
            state="done",
            first_day=date(2018, 10, 1),
            last_day=date(2018, 11, 30),
            options={"threshold": 5},
        )
        for _ in two_reports
    ]
    for one, folder in zip(made, two_reports, strict=True):
        shutil.copytree(folder, report_folder(one))

    answer = signed_in(Role.READER).get(f"/diagnoses/{made[0].pk}/compare/{made[1].pk}/")

    text = answer.text.replace("\xa0", " ")
    assert "All recorded crime: in January and February 2019" in text or "fewer a day" in text
    assert "the season may explain a change" in text
    assert 'class="sure sure-4"' in text
    assert (
        signed_in(Role.READER).get(f"/diagnoses/{made[0].pk}/compare/{made[0].pk}/").status_code
        == 404
    )
