import pytest

from forestall.errors import InvalidRecords
from forestall.evaluation import (
    CountDifference,
    Direction,
    Engine,
    ErrorKind,
    Estimate,
    Found,
    NotFound,
    NotLookedFor,
    Sample,
    UnintendedEffect,
    unintended_effects,
)
from forestall.evaluation.effects_to_look_for import TO_LOOK_FOR
from forestall.languages import message

FEAR, ACCESS = UnintendedEffect.FEAR, UnintendedEffect.FREE_ACCESS
ASKED_FOR = {
    "1997/33:8",
    "1997/33:17",
    "1997/33:18",
    "1997/33:19",
    "1997/33:20",
    "2002/13:23(d)",
    "2002/13:26(d)",
}


def test_an_empty_register_shows_that_nobody_looked():
    register = unintended_effects()

    assert set(register.table["state"]) == {"not looked for"}
    assert len(register.table) == len(UnintendedEffect)
    assert register.summary().endswith("not looked for: 20.")
    assert str(register.text()[0]).startswith("Nobody looked for these 20:")
    assert "silence is not a finding" in str(register.caveats[0])


def test_each_effect_says_whether_anybody_looked():
    register = unintended_effects(
        {
            FEAR: NotFound(how="Resident survey; a rise of 5 points would have shown"),
            ACCESS: Found(what="A path is locked at night", how="Walk with residents"),
            UnintendedEffect.TRUST: NotLookedFor(why="The survey had no such question"),
        }
    )

    states = register.table.set_index("effect")["state"]
    assert states["fear"] == "not found"
    assert states["free access"] == "found"
    assert [str(line) for line in register.text()[:3]] == [
        "Found: public space was closed. A path is locked at night.",
        "Looked for and not found: fear of crime rose. Resident survey; a rise of 5 points would "
        "have shown.",
        "Not looked for: trust changed. The survey had no such question.",
    ]
    assert str(register.text()[3]).startswith("Nobody looked for these 17:")


def test_a_full_register_has_no_silence():
    register = unintended_effects({effect: NotFound(how="Talks") for effect in UnintendedEffect})

    assert register.caveats == ()
    assert len(register.text()) == len(UnintendedEffect)


def test_every_paragraph_that_asks_for_it_is_served():
    provisions = {provision for sought in TO_LOOK_FOR.values() for provision in sought.provisions}

    assert provisions >= ASKED_FOR
    assert set(TO_LOOK_FOR) == set(UnintendedEffect)
    assert {sought.direction for sought in TO_LOOK_FOR.values()} == set(Direction)


def test_good_effects_are_in_the_list_too():
    good = [effect for effect, sought in TO_LOOK_FOR.items() if sought.direction is Direction.GOOD]

    assert good == [UnintendedEffect.BENEFIT_NEARBY]


def test_a_finding_may_carry_its_estimate():
    estimate = Estimate(
        estimand=message("incidents more or fewer around"),
        outcome="theft",
        effect=CountDifference(12.0),
        standard_error=4.0,
        error_kind=ErrorKind.POISSON,
        sample=Sample(treated_places=1, comparison_places=1, observations=4),
        engine=Engine(method="four cells", software="forestall", version="0"),
    )

    found = Found(what="More thefts around", how="Rings of 200 m", estimate=estimate)

    register = unintended_effects({UnintendedEffect.MOVED_NEARBY: found})
    assert register.of_state(Found)[0].looked == found


def test_an_effect_can_be_added():
    register = unintended_effects(others={"More noise": Found(what="Alarms", how="Complaints")})

    assert len(register.table) == len(UnintendedEffect) + 1
    assert str(register.text()[0]) == "Found: More noise. Alarms."


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: NotFound(how=" "), "where one looked"),
        (lambda: Found(what="", how="Survey"), "what was found"),
        (lambda: Found(what="Fear", how=""), "where one looked"),
        (lambda: unintended_effects(others={"": NotLookedFor()}), "its name"),
        (lambda: unintended_effects({"noise": NotLookedFor()}), "“noise” is not"),  # type: ignore[dict-item]
    ],
)
def test_a_finding_without_words_is_no_finding(make, words):
    with pytest.raises(InvalidRecords, match=words):
        make()


def test_every_row_of_the_picture_has_its_state():
    chart = unintended_effects({FEAR: NotFound(how="Survey")}).plot().to_dict()

    rows = next(iter(chart["datasets"].values()))
    assert len(rows) == len(UnintendedEffect)
    assert {row["state"] for row in rows} == {"not found", "not looked for"}
