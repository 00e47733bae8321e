"""What the report says of near repeats and of places that stay is true, short, and says why not."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from forestall.diagnosis import diagnose
from forestall.disclosure import rule_named
from forestall.publication import Setting, build_report, protect_diagnosis, publish_diagnosis
from forestall.publication.blocks import Box, BoxKind, Findings, Source
from forestall.publication.example import example_diagnosis, example_incidents
from forestall.publication.report.brief import findings
from forestall.publication.report.near_repeats import near_blocks, near_finding, near_sentences
from forestall.publication.report.same_places import (
    change_sentences,
    kept_finding,
    kept_sentences,
    same_places_blocks,
)
from forestall.records import Incidents

MOST_WORDS = 25
HELP = "Help for neighbours matters most in the days just after an incident."


def plain(text):
    return str(text).replace("\N{NO-BREAK SPACE}", " ")


def setting_of(diagnosis, *, rule="threshold-5", **protected) -> Any:
    safe = protect_diagnosis(diagnosis, rule=rule_named(rule))
    return Setting(
        diagnosis=diagnosis,
        safe=replace(safe, **protected) if protected else safe,
        place="Hill Town",
        made_on=date(2026, 1, 5),
        command="forestall diagnose town.csv -o report",
    )


def incidents_of(frame):
    return Incidents.from_frame(
        frame[["x", "y", "starts_at", "offence"]],
        x="x",
        y="y",
        crs="EPSG:27700",
        starts_at="starts_at",
        offence="offence",
    )


def contagious(*, share, within_m=60.0, number=400):
    """Return thefts anywhere in a town, of which a share is followed soon and nearby."""
    chance = np.random.default_rng(7)
    size, days = 6000.0, 300
    at, on = chance.random((number, 2)) * size, chance.integers(0, days, number).astype(float)
    led = chance.random(number) < share
    near = at[led] + chance.uniform(-within_m, within_m, (led.sum(), 2)) / np.sqrt(2)
    soon = on[led] + chance.integers(1, 6, led.sum())
    at, on = np.concatenate([at, near]), np.concatenate([on, soon])
    return pd.DataFrame(
        {
            "x": 450_000 + at[:, 0],
            "y": 520_000 + at[:, 1],
            "starts_at": pd.Timestamp("2024-01-01") + pd.to_timedelta(on, unit="D"),
            "offence": "Theft",
        }
    )


@pytest.fixture(scope="module")
def spreading():
    return setting_of(diagnose(incidents_of(contagious(share=0.3)), cell_m=500))


@pytest.fixture(scope="module")
def unrelated():
    return setting_of(diagnose(incidents_of(contagious(share=0.0)), cell_m=500))


@pytest.fixture(scope="module")
def years():
    return setting_of(example_diagnosis(kinds={"Theft": 900, "Fraud": 400}, months=36))


def reasons_in(blocks):
    return [box for box in blocks if isinstance(box, Box) and box.kind is BoxKind.EMPTY]


# Soon and nearby


def test_planted_contagion_is_found_in_its_band_and_told_in_plain_words(spreading):
    said = [plain(text) for text in near_sentences(spreading.safe.near_repeats)]

    assert re.fullmatch(
        r"Theft: \d+\.\d times as many pairs as by chance were recorded 0 to 100 m and 0 to 6 days "
        r"apart \(clear\)\.",
        said[0],
    )
    assert HELP in said
    (finding,) = near_finding(spreading)
    assert "In the week after theft" in str(finding.bold)
    assert str(finding.then).endswith(HELP)


def test_where_nothing_was_planted_nothing_is_said_to_stand_out(unrelated):
    said = [str(text) for text in near_sentences(unrelated.safe.near_repeats)]

    assert said[0].startswith("Of theft, no more pairs close in place and time were recorded")
    assert HELP not in said
    assert near_finding(unrelated) == []


def test_kinds_that_do_not_stand_out_are_told_beside_one_that_does():
    other = contagious(share=0.0, number=300).assign(offence="Fraud")
    frame = pd.concat([contagious(share=0.3), other], ignore_index=True)
    setting = setting_of(diagnose(incidents_of(frame), cell_m=500))

    said = [str(text) for text in near_sentences(setting.safe.near_repeats)]

    assert said[0].startswith("Theft: ")
    assert "For the other kinds looked at, nothing stands out from chance." in said


def test_the_same_place_is_not_called_a_distance_of_nothing():
    setting = setting_of(diagnose(incidents_of(contagious(share=0.3, within_m=0)), cell_m=500))

    said = [str(text) for text in near_sentences(setting.safe.near_repeats)]

    assert "at the same place, 0 to 6 days apart" in plain(said[0])
    first = next(iter(near_table(setting).row_words.values()))
    assert str(first) == "Theft, same place, 0 to 6 days"


def near_table(setting):
    details: Any = next(b for b in near_blocks(setting) if type(b).__name__ == "Details")
    return details.blocks[0]


def test_a_clear_but_small_difference_is_called_small_and_is_no_finding(spreading):
    frame = spreading.safe.near_repeats.frame.copy()
    frame["ratio"] = 1.06
    small: Any = type("Safe", (), {"frame": frame})

    said = [plain(text) for text in near_sentences(small)]

    assert said[0].startswith("Theft: 6 % more pairs than by chance were recorded")
    assert "So small a difference changes little for prevention." in said
    assert HELP not in said
    assert near_finding(replace(spreading, safe=replace(spreading.safe, near_repeats=small))) == []


@pytest.mark.parametrize("rule", ["rounding-5", "threshold-5-rounding-5"])
def test_where_numbers_are_rounded_nothing_is_claimed(spreading, rule):
    setting = setting_of(spreading.diagnosis, rule=rule)

    (box,) = reasons_in(near_blocks(setting))
    assert "hidden to protect small numbers" in str(box.sentences[0])
    assert near_finding(setting) == []


def test_bands_that_are_hidden_are_not_judged():
    many = contagious(share=0.0, number=1500)
    setting = setting_of(diagnose(incidents_of(many), cell_m=500))
    hidden = setting_of(setting.diagnosis, rule="threshold-50")

    for one, some in ((setting, False), (hidden, True)):
        frame = one.safe.near_repeats.frame
        said = near_sentences(one.safe.near_repeats)
        assert frame["pairs"].isna().any() == some
        assert any("too few pairs to show" in str(text) for text in said) == some


# The same places


def test_the_change_of_places_says_whether_chance_explains_it(years):
    changed = years.diagnosis.pattern_change
    for p_value, words in (
        (0.005, "This is clearly more than chance explains."),
        (0.03, "This is probably more than chance explains."),
        (0.15, "This is a sign of change, not sure."),
        (0.60, "This cannot be told from chance."),
    ):
        told = replace(changed, p_value=p_value)
        setting = replace(years, diagnosis=replace(years.diagnosis, pattern_change=told))
        assert str(change_sentences(setting)[1]).endswith(words)


def test_the_number_of_places_that_changed_is_that_of_the_diagnosis(years):
    table = years.diagnosis.pattern_change.table
    states = ["higher", "lower", "lower", *["similar"] * (len(table) - 3)]
    told = replace(years.diagnosis.pattern_change, table=table.assign(state=states))
    setting = replace(years, diagnosis=replace(years.diagnosis, pattern_change=told))

    assert plain(change_sentences(setting)[0]) == (
        f"January 2026 to December 2026: 1 of {len(table)} squares with records holds a larger "
        "share than a year before, 2 a smaller one."
    )
    assert "the share of none of the" in str(change_sentences(years)[0])


@pytest.mark.parametrize(
    ("kept", "words"),
    [(0.7, "largely the same places"), (0.25, "change much"), (None, "too close to tell")],
)
def test_places_kept_are_set_between_the_two_kinds_of_chance(years, kept, words):
    stable, anew = (0.7, 0.2) if kept else (0.5, 0.45)
    frame = pd.DataFrame(
        {
            "kept": [np.nan, kept or 0.5],
            "kept_if_stable": [np.nan, stable],
            "kept_if_drawn_anew": [np.nan, anew],
        }
    )
    safe: Any = type("Safe", (), {"frame": frame})
    setting = replace(years, safe=replace(years.safe, places_kept=safe))

    said = kept_sentences(setting)

    assert words in str(said[-1])
    assert f"on average {round((kept or 0.5) * 100)} %" in plain(said[0])
    assert len(kept_finding(setting)) == 1


def test_no_share_of_places_kept_is_told_where_too_few_places_hold_half(years):
    assert years.safe.places_kept is not None
    assert years.safe.places_kept.frame["kept"].isna().all()
    assert kept_sentences(years) == []
    assert "year by year cannot be told" in str(reasons_in(same_places_blocks(years))[0].title)


# Why not


def test_each_question_without_an_answer_has_its_reason():
    short = setting_of(example_diagnosis(kinds={"Theft": 60}))

    (near,) = reasons_in(near_blocks(short))
    (places,) = reasons_in(same_places_blocks(short))

    assert tuple(map(str, near.sentences)) == (
        "At least 100 incidents of one kind are needed to say this.",
    )
    assert tuple(map(str, places.sentences)) == (
        "Places are compared between the same months of two years; the file is too short.",
        "This needs at least 3 whole calendar years; the file covers 0.",
    )


def test_the_reasons_are_in_the_machine_readable_diagnosis(tmp_path):
    published = publish_diagnosis(example_diagnosis(kinds={"Theft": 60}), out=tmp_path / "report")
    numbers = json.loads(published.numbers.read_text())

    (where,) = (section for section in numbers["sections"] if section["id"] == "where")
    assert [reason.split(" cannot be told. ")[0] for reason in where["not_answered"]] == [
        "Whether another incident follows soon and nearby",
        "Whether it is the same places as before",
    ]


def test_numbers_that_are_withheld_are_given_as_the_reason(years):
    nothing = dict.fromkeys(("near_repeats", "pattern_change", "places_kept"))
    setting = setting_of(years.diagnosis, **nothing)

    for blocks in (near_blocks(setting), same_places_blocks(setting)):
        assert any("hidden to protect" in str(box.sentences[0]) for box in reasons_in(blocks))


# All of it


def sentences_of(setting):
    said = [*near_sentences(setting.safe.near_repeats)] if setting.safe.near_repeats else []
    said += [*change_sentences(setting), *kept_sentences(setting)]
    for finding in (*near_finding(setting), *kept_finding(setting)):
        said += [finding.bold, finding.then]
    return [part for text in said for part in re.split(r"(?<=\.) (?=[A-Z])", str(text))]


def test_no_sentence_is_long(bundled, spreading, unrelated, years):
    for setting in (setting_of(bundled), spreading, unrelated, years):
        long = [text for text in sentences_of(setting) if len(text.split()) > MOST_WORDS]
        assert long == []


def test_the_summary_has_at_most_seven_findings(bundled, spreading, years):
    for setting in (setting_of(bundled), spreading, years):
        assert 5 <= len(findings(setting)) <= 7


def test_the_page_of_a_bundled_example_stays_small(bundled, tmp_path):
    published = publish_diagnosis(bundled, out=tmp_path / "report")

    assert published.page.stat().st_size < 300_000


def test_each_caveat_is_given_once_and_none_of_them_counts_incidents(bundled, years):
    for setting in (setting_of(bundled), years):
        sources = [
            block
            for block in (*near_blocks(setting), *same_places_blocks(setting))
            if isinstance(block, Source)
        ]
        for source in sources:
            assert len(source.sentences) == len(set(map(str, source.sentences)))
            assert not [
                text for text in source.sentences if re.match(r"[\d,]+ incident", str(text))
            ]


def test_a_file_of_months_is_not_asked_for_days():
    town = example_incidents(kinds={"Theft": 900}, months=36)
    months = diagnose(
        replace(town, manifest=replace(town.manifest, time_precisions={"month": 900})), cell_m=500
    )
    document = build_report(setting_of(months))

    assert "months only" in str(months.near_repeats)
    assert any(isinstance(b, Findings) for s in document.sections for b in s.blocks)
