import math
from dataclasses import replace

import pytest

from forestall.errors import CannotAnswer, InvalidRecords
from forestall.evaluation import (
    BeforeAfter,
    Cells,
    Quotient,
    estimate_total_net_effect,
    measure_displacement_quotients,
)


def error_of(estimate) -> float:
    assert estimate.standard_error is not None
    return float(estimate.standard_error)


def cells(treated, comparison, buffer=None, buffer_comparison=None):
    return Cells(
        treated=BeforeAfter(before=treated[0], after=treated[1]),
        comparison=BeforeAfter(before=comparison[0], after=comparison[1]),
        buffer=buffer and BeforeAfter(before=buffer[0], after=buffer[1]),
        buffer_comparison=buffer_comparison
        and BeforeAfter(before=buffer_comparison[0], after=buffer_comparison[1]),
    )


WDQ = Quotient.WEIGHTED_DISPLACEMENT_QUOTIENT


def test_the_measures_by_hand():
    found = measure_displacement_quotients(cells((100, 60), (200, 200), (50, 60)))

    assert found.value(Quotient.GROSS_EFFECT) == 40
    assert found.value(Quotient.NET_EFFECT) == pytest.approx(0.2)
    assert found.value(WDQ) == pytest.approx((60 - 50) / (60 - 100))
    assert found.value(Quotient.TOTAL_NET_EFFECT) == 40 - 10
    assert "rose around by less" in found.summary()


@pytest.mark.parametrize(
    ("buffer", "words"),
    [((50, 5), "gained more than"), ((50, 40), "gained too"), ((50, 99), "more than they fell")],
)
def test_the_quotient_is_read_in_words(buffer, words):
    assert words in measure_displacement_quotients(cells((100, 60), (9, 9), buffer)).summary()


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        (cells((60, 60), (200, 200), (50, 60)), "did not"),
        (cells((60, 70), (200, 200), (50, 60)), "did not"),
        (cells((60, 50), (200, 0), (50, 60)), "count of zero"),
        (cells((60, 50), (200, 200)), "none were given"),
    ],
)
def test_outside_its_domain_the_quotient_is_refused_with_the_reason(counts, why):
    found = measure_displacement_quotients(counts)

    with pytest.raises(CannotAnswer, match=why):
        found.value(WDQ)
    assert why in found.summary()
    assert found.table.set_index("measure").loc[WDQ.value, "value"] != 0
    assert found.value(Quotient.GROSS_EFFECT) is not None


def test_the_measures_need_the_same_periods_in_all_places_and_a_comparison_with_incidents():
    counts = cells((60, 50), (200, 210), (50, 60))
    longer = replace(counts, comparison=replace(counts.comparison, before_days=730, after_days=365))
    half = [replace(group, before_days=730, after_days=365) for group in counts.groups]
    all_longer = Cells(treated=half[0], comparison=half[1], buffer=half[2])

    for measure in (Quotient.NET_EFFECT, WDQ, Quotient.TOTAL_NET_EFFECT):
        with pytest.raises(CannotAnswer, match="the same periods"):
            measure_displacement_quotients(longer).value(measure)
        assert measure_displacement_quotients(all_longer).value(measure) == pytest.approx(
            measure_displacement_quotients(counts).value(measure)
        )
    for zero in (cells((60, 50), (200, 0), (50, 60)), cells((60, 50), (0, 200), (50, 60))):
        with pytest.raises(CannotAnswer, match="count of zero"):
            measure_displacement_quotients(zero).value(Quotient.TOTAL_NET_EFFECT)


def test_no_quotient_has_an_interval_or_a_p_value():
    found = measure_displacement_quotients(cells((100, 60), (200, 200), (50, 60)))

    assert list(found.table.columns) == ["measure", "value", "why_not"]


def test_the_net_effect_is_that_of_the_quotients_with_the_sign_turned():
    counts = cells((100, 60), (200, 220), (50, 60))

    found = estimate_total_net_effect(counts, outcome="theft")

    total = measure_displacement_quotients(counts).value(Quotient.TOTAL_NET_EFFECT)
    assert found.estimate.effect.incidents == pytest.approx(-total)
    expected = 150 * 1.1
    variance = 120 + 1.1**2 * 150 + expected**2 * (1 / 200 + 1 / 220)
    assert error_of(found.total[0].estimate) == pytest.approx(math.sqrt(variance))
    assert found.table["measure"].unique().tolist() == ["treated", "around", "total"]


def test_surroundings_with_a_comparison_of_their_own_use_it():
    found = estimate_total_net_effect(
        cells((100, 60), (200, 200), (50, 60), (40, 48)), outcome="theft"
    )

    assert found.around[0].estimate.effect.incidents == pytest.approx(60 - 50 * 48 / 40)
    parts = [found.treated[0].estimate, found.around[0].estimate]
    assert error_of(found.total[0].estimate) ** 2 == pytest.approx(
        sum(error_of(part) ** 2 for part in parts)
    )


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        (cells((5, 4), (9, 9)), "around the treated places"),
        (cells((5, 4), (0, 9), (4, 4)), "zero"),
    ],
)
def test_a_net_effect_needs_surroundings_and_a_comparison(counts, why):
    with pytest.raises(CannotAnswer, match=why):
        estimate_total_net_effect(counts, outcome="theft")


def test_a_comparison_of_surroundings_needs_surroundings():
    with pytest.raises(InvalidRecords, match="surroundings of the treated places too"):
        cells((5, 4), (9, 9), None, (4, 4))


def test_results_can_be_drawn():
    counts = cells((100, 60), (200, 220), (50, 60))

    for result in (
        estimate_total_net_effect(counts, outcome="theft"),
        measure_displacement_quotients(counts),
    ):
        assert result.plot().to_dict()["config"]
