"""What deserves attention first, in the open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.diagnosis import compare_groups, measure_concentration, rank_priorities
from forestall.errors import CannotAnswer

TOTALS = {"Theft": 400, "Burglary": 200, "Robbery": 50}


def test_volume_alone_ranks_by_number():
    ranked = rank_priorities(totals=TOTALS)

    assert ranked.table["group"].tolist() == ["Theft", "Burglary", "Robbery"]
    assert ranked.table["attention"].tolist() == [1, 0.5, 0.125]
    assert ranked.weights == {"volume": 1}


def test_harm_counts_only_when_it_is_given():
    ranked = rank_priorities(
        totals=TOTALS, harm={"Robbery": 100, "Burglary": 10}, weights={"harm": 3, "volume": 1}
    )

    assert ranked.table["group"].iloc[0] == "Robbery"
    assert ranked.table.set_index("group")["harm"].to_dict() == {
        "Robbery": 1, "Burglary": 0.4, "Theft": 0,
    }  # fmt: skip
    assert ranked.weights == {"volume": 0.25, "harm": 0.75}


@given(
    st.fixed_dictionaries({name: st.integers(1, 9) for name in ("volume", "harm")}),
    st.integers(2, 7),
)
def test_only_the_ratio_of_weights_matters(weights, factor):
    harm = {"Robbery": 5.0, "Theft": 1.0}

    once = rank_priorities(totals=TOTALS, harm=harm, weights=weights)
    often = rank_priorities(
        totals=TOTALS, harm=harm, weights={name: factor * w for name, w in weights.items()}
    )

    assert often.table["group"].tolist() == once.table["group"].tolist()
    assert sum(once.weights.values()) == pytest.approx(1)
    assert once.table["attention"].between(0, 1).all()


def test_cleveland_shows_every_criterion(cleveland_counts):
    totals = {
        label: int(cleveland_counts.per_place(offence=label).sum())
        for label, crime in cleveland_counts.offences
        if crime
    }

    ranked = rank_priorities(
        totals=totals,
        apart={"Anti-social behaviour": 12138},
        changes=compare_groups(cleveland_counts),
        concentration=measure_concentration(cleveland_counts),
    )

    rows = ranked.table.set_index("group")
    assert rows.index[0] == "Violence and sexual offences"
    assert rows.loc["Robbery", "change"] == 0.5
    assert rows.loc["Shoplifting", "concentration"] == pytest.approx(1 - 18 / 284.66, abs=1e-3)
    assert ranked.apart["group"].tolist() == ["Anti-social behaviour"]
    assert "Anti-social behaviour" not in rows.index
    said = " ".join(map(str, ranked.caveats))
    assert "judgement" in said
    assert "never people or places" in said
    assert len(next(iter(ranked.plot().to_dict()["datasets"].values()))) == 13


def test_wrong_weights_are_refused():
    with pytest.raises(ValueError, match="not negative"):
        rank_priorities(totals=TOTALS, weights={"volume": -1})
    with pytest.raises(ValueError, match="not negative"):
        rank_priorities(totals=TOTALS, weights={"fear": 1})
    with pytest.raises(CannotAnswer, match="weight above zero"):
        rank_priorities(totals=TOTALS, weights={"change": 1})
    with pytest.raises(CannotAnswer, match="counts as crime"):
        rank_priorities(totals={})
