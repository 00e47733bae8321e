"""The seventeen patterns: an example of each, and every sequence of a few steps has exactly one."""

from itertools import product

import numpy as np
import pytest

from forestall._stats.hotspot_patterns import PATTERNS, pattern_codes

# H high, L low, - neither; the trend of the scores; the pattern of a high place.
EXAMPLES = [
    ("---------H", 0, "new"),
    ("-------HHH", 0, "consecutive"),
    ("-HHHHHHHHH", 1, "intensifying"),
    ("H-HHHHHHHH", 0, "persistent"),
    ("HHHHHHHHHH", -1, "diminishing"),
    ("H--HH----H", 0, "sporadic"),
    ("L--H-----H", 0, "oscillating"),
    ("HHHHHHHHH-", 1, "historical"),
]
OTHERS = [
    ("----------", 1, "none"),
    ("HHHH------", 0, "none"),
    ("HLHLHL----", 0, "none"),
]
SIDES = {"H": 1, "L": -1, "-": 0}


def code_of(sequence, trend):
    states = np.array([[SIDES[letter] for letter in sequence]], dtype=np.int8)
    return int(pattern_codes(states, np.array([trend], dtype=np.int8))[0])


def mirrored(sequence):
    return sequence.translate(str.maketrans("HL", "LH"))


@pytest.mark.parametrize(("sequence", "trend", "pattern"), EXAMPLES)
def test_each_pattern_has_its_example_high_and_low(sequence, trend, pattern):
    assert code_of(sequence, trend) == PATTERNS.index(pattern)
    assert code_of(mirrored(sequence), -trend) == -PATTERNS.index(pattern)


@pytest.mark.parametrize(("sequence", "trend", "pattern"), OTHERS)
def test_the_rest_has_no_pattern(sequence, trend, pattern):
    assert code_of(sequence, trend) == PATTERNS.index(pattern)


@pytest.mark.parametrize(
    ("sequence", "trend", "code"),
    [
        ("L--------H", 0, "new"),  # low once, but high for the first time
        ("L------HHH", 0, "consecutive"),
        ("LLLLLLLLLH", 0, "new"),  # also historical low: the last step decides
        ("HHHHHHHHHL", 0, "-new"),
        ("LHHHHHHHHH", 0, "persistent"),  # nine of ten; the low step before does not count
        ("HHHHHHHHH-", 0, "historical"),  # not persistent: it must be high now
        ("HHHHHHHH--", 0, "none"),  # eight of ten
    ],
)
def test_where_two_published_definitions_fit_the_rule_decides(sequence, trend, code):
    sign = -1 if code.startswith("-") else 1

    assert code_of(sequence, trend) == sign * PATTERNS.index(code.lstrip("-"))


def test_without_exclusion_more_than_one_definition_would_fit():
    both = set(definitions("L--------H", 0))

    assert both == {"new", "oscillating"}


def definitions(sequence, trend):
    """Yield each high pattern whose published words fit, written down one by one."""
    steps = len(sequence)
    high = [letter == "H" for letter in sequence]
    number, last = sum(high), high[-1]
    nearly_always = number >= 0.9 * steps - 1e-9
    ever_low = "L" in sequence
    run = steps - max((i + 1 for i, now in enumerate(high) if not now), default=0)
    if last and not any(high[:-1]):
        yield "new"
    if run >= 2 and not any(high[: steps - run]) and not nearly_always:
        yield "consecutive"
    if nearly_always and last and trend > 0:
        yield "intensifying"
    if nearly_always and last and trend == 0:
        yield "persistent"
    if nearly_always and last and trend < 0:
        yield "diminishing"
    if last and not nearly_always and any(high[:-1]) and not all(high[-number:]) and not ever_low:
        yield "sporadic"
    if last and not nearly_always and ever_low:
        yield "oscillating"
    if nearly_always and not last:
        yield "historical"


def wanted(sequence, trend):
    """Return the pattern by the rule: last step first, then the order of the list."""
    high, low = (
        min(definitions(each, sign * trend), key=PATTERNS.index, default="none")
        for each, sign in ((sequence, 1), (mirrored(sequence), -1))
    )
    if sequence[-1] == "H":
        return PATTERNS.index(high)
    if sequence[-1] == "L":
        return -PATTERNS.index(low)
    return PATTERNS.index(high) or -PATTERNS.index(low)


@pytest.mark.parametrize("steps", [1, 2, 3, 4, 5, 6, 7, 10])
def test_every_sequence_has_exactly_the_pattern_of_the_rule(steps):
    sequences = ["".join(letters) for letters in product("HL-", repeat=steps)]
    states = np.array([[SIDES[letter] for letter in each] for each in sequences], dtype=np.int8)

    for trend in (-1, 0, 1):
        codes = pattern_codes(states, np.full(len(states), trend, dtype=np.int8))
        opposite = pattern_codes(-states, np.full(len(states), -trend, dtype=np.int8))

        assert np.abs(codes).max() < len(PATTERNS)
        assert (codes == -opposite).all()
        # A place that is high now always has a high pattern, one that is low a low one.
        assert (np.sign(codes)[states[:, -1] != 0] == states[:, -1][states[:, -1] != 0]).all()
        assert codes.tolist() == [wanted(each, trend) for each in sequences]


def test_ten_steps_show_all_seventeen():
    states = np.array(list(product((1, -1, 0), repeat=10)), dtype=np.int8)

    shown = {
        int(code)
        for trend in (-1, 0, 1)
        for code in pattern_codes(states, np.full(len(states), trend, dtype=np.int8))
    }

    assert shown == set(range(-8, 9))


def test_fewer_than_ten_steps_cannot_show_the_past():
    states = np.array(list(product((1, -1, 0), repeat=7)), dtype=np.int8)

    codes = pattern_codes(states, np.zeros(len(states), dtype=np.int8))

    assert PATTERNS.index("historical") not in np.abs(codes)
