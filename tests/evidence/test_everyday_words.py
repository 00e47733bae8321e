"""Everyday words mean values of the vocabulary, and what is open means nothing."""

from typing import Any

import pytest

from forestall.evidence.everyday_words import value_meant
from forestall.evidence.vocabulary import Outcome, Population, Problem, Setting
from forestall.languages import available_languages, use_language


@pytest.mark.parametrize("kind", [Problem, Setting, Population, Outcome])
def test_every_value_is_meant_by_its_name_and_by_its_label_in_each_language(kind: Any):
    for one in kind:
        found = value_meant(kind, one.value)
        assert found == one
        for tag in ("en", *available_languages()):
            with use_language(tag):
                label = str(one.words)
            meant = value_meant(kind, label.upper())
            assert meant is not None
            assert meant is one or _shares_its_label(one, meant, tag)


def _shares_its_label(one, other, tag):
    with use_language(tag):
        return str(one.words).casefold() == str(other.words).casefold()


@pytest.mark.parametrize(
    ("word", "problem"),
    [
        ("domestic-violence", Problem.PARTNER_ABUSE),
        ("Domestic Violence", Problem.PARTNER_ABUSE),
        ("mugging", Problem.ROBBERY),
        ("car theft", Problem.VEHICLE_THEFT),
        ("break-in", Problem.BURGLARY),
        ("shoplifting", Problem.SHOP_THEFT),
        ("vol de voiture", Problem.VEHICLE_THEFT),
    ],
)
def test_everyday_words_mean_a_problem(word, problem):
    assert value_meant(Problem, word) is problem


@pytest.mark.parametrize("word", ["", "-", "gun control", "burglary and robbery", "xyz", "cctv"])
def test_what_is_no_problem_or_several_means_none(word):
    assert value_meant(Problem, word) is None
