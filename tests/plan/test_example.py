"""The example is a whole plan, marked as a demonstration, with published counts and no person."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from forestall.evidence.interventions import intervention_named
from forestall.plan import ActorGroup, Sector, check_sound, example_plan
from forestall.plan.leaves import leaves_of
from forestall.safeguards import Police
from tests.house.sources import ROOT

PLAN = example_plan()


def test_it_is_sound_and_says_that_it_is_a_demonstration():
    check_sound(PLAN)

    assert PLAN.summary["en"].startswith("Demonstration: Port Alder and its plan are invented")
    assert PLAN.summary["fr"].startswith("Démonstration")
    assert set(PLAN.summary) == {"en", "fr", "ar"}


@pytest.mark.parametrize(
    ("month", "count"), [("2024-12", 2267), ("2025-01", 2277), ("2025-02", 2282)]
)
def test_its_counts_are_those_published_for_camden(month, count):
    file = ROOT / "examples" / "camden_burglary" / "camden_burglary_2010-12_2025-02.parquet"
    months = pd.to_datetime(pd.read_parquet(file, columns=["month"])["month"]).dt.to_period("M")
    last = pd.Period(month)
    fewer = PLAN.objectives[0]
    assert fewer.baseline is not None
    series = {str(one.on)[:7]: one.value for one in (fewer.baseline, *fewer.measured)}

    assert ((months > last - 12) & (months <= last)).sum() == count == series[month]


def test_all_groups_of_actors_take_part_and_the_police_openly():
    assert {one.sector.group for one in PLAN.partners} >= set(ActorGroup)
    assert next(one.role for one in PLAN.partners if one.sector is Sector.POLICE)
    assert all(
        one.assessment is not None and one.assessment.police is not Police.HIDDEN
        for one in PLAN.actions
    )


def test_its_evidence_is_known_and_no_law_enforcement():
    assert not any(
        intervention_named(one.ground.intervention).is_law_enforcement for one in PLAN.actions
    )


def test_main_texts_are_in_three_languages():
    main = [PLAN.title, PLAN.place.name, PLAN.summary]
    main += [one.title for one in PLAN.problems] + [one.title for one in PLAN.objectives]
    main += [one.title for one in PLAN.actions] + [one.description for one in PLAN.actions]
    main += [one.name for one in PLAN.partners]
    main += [step.title for one in PLAN.actions for step in one.steps]

    assert all(set(texts) == {"en", "fr", "ar"} for texts in main)


def test_it_names_no_machine_and_no_person_and_its_addresses_lead_nowhere():
    texts = [value for _, value in leaves_of(PLAN) if isinstance(value, str)]

    assert all(text.endswith(".example") for text in texts if "@" in text)
    assert not any(re.search("https?://", text) for text in texts)
