"""This file knows what comes out of `protect_table`, case by case."""

import dataclasses
import json

import numpy as np
import pandas as pd
import pytest

from forestall.disclosure import (
    DisclosureRule,
    Margin,
    PublishedSum,
    SafeCount,
    SafeTable,
    Status,
    Zeros,
    protect_table,
)
from forestall.disclosure.audit import exposed_cells
from forestall.disclosure.elsewhere import exposed_by_sums
from forestall.disclosure.margins import Mark, with_margins
from forestall.disclosure.sums import equations, few_values
from forestall.errors import UnknownRule, UnsafeToPublish

MONTHS = ["Oct", "Nov", "Dec", "Jan", "Feb"]
THEFT_FROM_THE_PERSON = {
    "Hartlepool": [2, 4, 6, 2, 4],
    "Middlesbrough": [28, 26, 20, 16, 10],
    "Redcar and Cleveland": [10, 2, 0, 4, 3],
    "Stockton-on-Tees": [17, 11, 20, 8, 6],
}


def towns_by_month() -> pd.DataFrame:
    return pd.DataFrame(
        [
            (town, month, count)
            for town, counts in THEFT_FROM_THE_PERSON.items()
            for month, count in zip(MONTHS, counts, strict=True)
        ],
        columns=["town", "month", "incidents"],
    )


def towns(*counts: int) -> pd.DataFrame:
    return pd.DataFrame({"town": list("ABCDEFGH"[: len(counts)]), "incidents": counts})


def texts(safe: SafeTable) -> list[list[str]]:
    return [
        [safe.cell_text(row, column) for column in safe.column_labels] for row in safe.row_labels
    ]


def test_month_totals_would_leave_two_values_for_february():
    counts = np.array(list(THEFT_FROM_THE_PERSON.values()))
    matrix = with_margins(counts, rule=DisclosureRule(), margins=list(Margin), one_way=False)
    # The eight cells that the design guide hides: the small ones and October in Redcar.
    matrix = matrix.with_mark((2, 0), Mark.SECONDARY)

    assert exposed_cells(matrix) == [(0, 4), (2, 4)]
    without = with_margins(counts, rule=DisclosureRule(), margins=[Margin.ROWS], one_way=False)
    assert exposed_cells(without.with_mark((2, 0), Mark.SECONDARY)) == []


def test_theft_from_the_person_with_row_totals_needs_no_companion():
    # Each small cell of Redcar can be 1 to 4 although 10 is shown: 19 - 10 - 0 = 9 = 1+4+4 = 4+4+1.
    safe = protect_table(
        towns_by_month(), rule="threshold-5", rows="town", columns="month", margins=["rows"]
    )

    assert texts(safe) == [
        ["<5", "<5", "6", "<5", "<5"],
        ["28", "26", "20", "16", "10"],
        ["10", "<5", "0", "<5", "<5"],
        ["17", "11", "20", "8", "6"],
    ]
    assert [safe.margin_row(town).text for town in safe.row_labels] == ["18", "100", "19", "62"]
    assert safe.margin_column("Oct").text == ""
    assert safe.total is None


def test_theft_from_the_person_with_all_totals_takes_three_companions():
    safe = protect_table(towns_by_month(), rule="threshold-5", rows="town", columns="month")

    assert texts(safe) == [
        ["<5", "<5", "6", "<5", "<5"],
        ["28", "26", "20", "16", "10"],
        ["[c]", "<5", "0", "<5", "<5"],
        ["17", "11", "20", "[c]", "[c]"],
    ]
    assert (safe.record.small, safe.record.secondary, safe.record.cells) == (7, 3, 20)
    assert safe.record.hidden_sum == 45
    assert [str(sentence) for sentence in safe.record.sentences] == [
        "<5 means fewer than 5: the number is not shown, to protect the people behind it.",
        "[c] means hidden so that a hidden number beside it cannot be worked out.",
        "10 of 20 numbers are hidden.",
    ]


@pytest.mark.parametrize(
    ("counts", "printed"),
    [
        ([28, 2, 9, 12], ["28", "<5", "[c]", "12"]),  # 2 and 9: 1 to 4 stays possible
        ([28, 2, 5, 12], ["28", "<5", "5", "[c]"]),  # 5 is no companion: 2 + 5 = 7 is 2 + 5 only
        ([28, 2, 3, 12], ["28", "<5", "<5", "12"]),  # 2 + 3 = 5: 1 + 4 to 4 + 1
        ([28, 1, 1, 12], ["28", "<5", "<5", "[c]"]),  # 1 + 1 = 2 is 1 + 1 only
        ([28, 4, 4, 12], ["28", "<5", "<5", "[c]"]),  # 4 + 4 = 8 is 4 + 4 only
        ([28, 0, 9, 12], ["28", "0", "9", "12"]),
        ([3, 0, 0], ["<5", "0", "0"]),  # the total is as small and hidden too
    ],
)
def test_one_way_by_hand(counts, printed):
    safe = protect_table(towns(*counts), rule="threshold-5", rows="town")

    assert [safe.cell_text(town) for town in safe.row_labels] == printed
    assert safe.grand_total.text == ("<5" if sum(counts) < 5 else str(sum(counts)))


def test_the_total_is_hidden_where_marks_and_total_give_the_numbers_away():
    # 1 + 5 + 5 = 11 with "<5" and two "[c]" can only be that.
    safe = protect_table(towns(1, 5, 5), rule="threshold-5", rows="town")

    assert [safe.cell_text(town) for town in "ABC"] == ["<5", "5", "5"]
    assert safe.grand_total.text == "[c]"
    assert [str(sentence)[:4] for sentence in safe.record.sentences] == [
        "<5 m",
        "[c] ",
        "1 of",
        "1 to",
    ]


def test_a_total_known_from_elsewhere_cannot_be_left_out():
    with pytest.raises(UnsafeToPublish, match="No choice of hidden cells"):
        protect_table(
            towns(1, 5, 5), rule="threshold-5", rows="town", published_sums=[PublishedSum()]
        )


def test_a_sum_known_from_elsewhere_takes_a_companion_of_its_own():
    months = pd.DataFrame({"month": MONTHS, "incidents": [3, 20, 30, 40, 50]})

    safe = protect_table(
        months,
        rule="threshold-5",
        rows="month",
        published_sums=[PublishedSum(rows=["Oct", "Dec"]), PublishedSum(rows=["Jan", "Feb"])],
    )

    # October and December together are known, so November hidden would not be enough.
    assert [safe.cell_text(month) for month in MONTHS] == ["<5", "20", "[c]", "40", "50"]


def test_the_attackers_interval_of_the_textbook_example():
    # Fischetti and Salazar (2001): activities by regions, the cell of 22 and three companions
    # hidden; the totals leave 5 to 30 for it. Row by row: 8 . 22 = 30, 17 . 12 = 29.
    cells = equations(
        np.zeros(4, dtype=int),
        np.full(4, 190),
        [
            (np.array([0, 1]), np.array([1, 1]), 30),
            (np.array([2, 3]), np.array([1, 1]), 29),
            (np.array([0, 2]), np.array([1, 1]), 25),
            (np.array([1, 3]), np.array([1, 1]), 34),
        ],
    )

    values = few_values(cells, np.array([1]), enough=99)[1]

    assert (values[0], values[-1], len(values)) == (5, 30, 26)


@pytest.mark.parametrize("seed", range(6))
def test_both_auditors_agree(seed):
    random = np.random.default_rng(seed)
    counts = random.integers(0, 12, size=(4, 5))
    matrix = with_margins(counts, rule=DisclosureRule(), margins=list(Margin), one_way=False)
    matrix = matrix.with_mark(matrix.hidable & (random.random((5, 6)) < 0.2), Mark.SECONDARY)
    everything = [(list(range(4)), list(range(5)))]  # known already: it adds nothing

    assert exposed_by_sums(matrix, everything) == exposed_cells(matrix)


def test_what_is_derived_vanishes_with_the_count():
    rates = towns(28, 2, 9, 12).assign(
        rate=[1.5, 0.4, 2.0, 1.0], share=[0.55, 0.04, 0.18, 0.24], name=list("wxyz")
    )

    safe = protect_table(
        rates,
        rule="threshold-5",
        rows="town",
        derived=["rate"],
        shares=["share"],
        attributes=["name"],
    )

    assert safe.frame["incidents"].isna().tolist() == [False, True, True, False]
    assert safe.frame["rate"].isna().tolist() == [False, True, True, False]
    assert safe.frame["share"].isna().tolist() == [False, True, True, False]
    assert safe.frame["name"].tolist() == list("wxyz")
    assert list(safe.status) == [Status.SHOWN, Status.SMALL, Status.SECONDARY, Status.SHOWN]


def test_what_is_pooled_over_rows_vanishes_as_soon_as_one_count_is_hidden():
    def pooled(*counts: int) -> pd.Series:
        table = towns(*counts).assign(average=9.0)
        return protect_table(table, rule="threshold-5", rows="town", pooled=["average"]).frame[
            "average"
        ]

    assert pooled(28, 2, 9, 12).isna().all()
    assert pooled(28, 7, 0, 12).notna().all()


def test_shares_vanish_when_the_total_is_left_out():
    safe = protect_table(
        towns(1, 5, 5).assign(share=[1 / 11, 5 / 11, 5 / 11]),
        rule="threshold-5",
        rows="town",
        shares=["share"],
    )

    assert safe.frame["share"].isna().all()


def test_rounding_takes_away_what_is_derived_from_exact_counts():
    safe = protect_table(
        towns(28, 2, 9).assign(rate=1.0), rule="rounding-5", rows="town", derived=["rate"]
    )

    assert safe.frame["incidents"].tolist() == [30, 0, 10]
    assert safe.frame["rate"].isna().all()
    assert safe.record.hidden_sum is None


def test_zeros_are_hidden_on_request():
    rule = DisclosureRule(zeros=Zeros.HIDE)

    safe = protect_table(towns(0, 2, 9, 12), rule=rule, rows="town")

    assert [safe.cell_text(town) for town in "ABCD"] == [
        "<5",
        "<5",
        "9",
        "12",
    ] or safe.record.small == 2


def test_pairs_without_a_row_counted_nothing():
    sparse = towns_by_month().query("incidents > 5")

    safe = protect_table(sparse, rule="threshold-5", rows="town", columns="month")

    assert safe.value("Hartlepool", "Oct") == 0
    assert safe.record.cells == len(sparse)
    with pytest.raises(KeyError):
        safe.value("Atlantis", "Oct")
    with pytest.raises(UnsafeToPublish, match="a row for each pair"):
        protect_table(sparse, rule=DisclosureRule(zeros=Zeros.HIDE), rows="town", columns="month")


def test_csv_and_json_carry_marks_and_no_hidden_number(tmp_path):
    table = towns(28, 2, 9, 12).assign(rate=[1.5, 0.4, 2.0, 1.0])
    safe = protect_table(table, rule="threshold-5", rows="town", derived=["rate"])

    written = safe.to_csv(tmp_path / "towns.csv").read_text(encoding="utf-8")

    assert written == "town,incidents,rate\nA,28,1.5\nB,<5,\nC,[c],\nD,12,1.0\n"
    assert json.loads(json.dumps(safe.records()))[1] == {
        "town": "B",
        "incidents": None,
        "rate": None,
        "status": "small",
    }


def test_dates_are_written_as_iso_text(tmp_path):
    months = pd.DataFrame(
        {"month": pd.to_datetime(["2018-10-01", "2018-11-01"]), "incidents": [10, 20]}
    )

    safe = protect_table(months, rule="threshold-5", rows="month")

    assert [record["month"] for record in safe.records()] == ["2018-10-01", "2018-11-01"]
    assert safe.value(pd.Timestamp("2018-11-01")) == 20


def test_order_index_and_input_stay_as_they_were():
    table = towns(28, 2, 9, 12).iloc[[3, 1, 0, 2]]
    before = table.copy()

    safe = protect_table(table, rule="threshold-5", rows="town")

    pd.testing.assert_frame_equal(table, before)
    assert safe.row_labels == ("D", "B", "A", "C")
    assert safe.frame.index.tolist() == safe.status.index.tolist() == [3, 1, 0, 2]


def test_only_protect_table_makes_a_safe_table():
    safe = protect_table(towns(28, 2, 9, 12), rule="threshold-5", rows="town")
    fields = {
        field.name: getattr(safe, field.name) for field in dataclasses.fields(safe) if field.init
    }

    with pytest.raises(TypeError, match="Only protect_table"):
        SafeTable(**fields)
    with pytest.raises((TypeError, ValueError)):
        dataclasses.replace(safe, count="other")
    with pytest.raises(TypeError, match="Only protect_table"):
        SafeCount(cell=safe.cell("B"))


def test_a_changed_frame_does_not_change_the_table():
    safe = protect_table(towns(28, 2, 9, 12), rule="threshold-5", rows="town")

    frame = safe.frame
    frame["incidents"] = 0

    assert safe.value("A") == 28
    assert safe.frame["incidents"].iloc[0] == 28


def test_no_true_value_is_left_in_the_object():
    table = towns(28000, 3, 9001, 12000)

    safe = protect_table(table, rule="threshold-5", rows="town")

    assert "9001" not in repr(safe) + repr(vars(safe)) + str(safe.records())


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (towns(1, -2), "whole numbers of at least 0, but 1 of 2 .* first is in row 1"),
        (pd.DataFrame({"town": ["A"], "incidents": [1.5]}), "whole numbers"),
        (pd.DataFrame({"town": ["A"], "incidents": [np.nan]}), "whole numbers"),
        (pd.DataFrame({"town": ["A"], "incidents": [np.inf]}), "whole numbers"),
        (pd.DataFrame({"town": ["A"], "incidents": ["many"]}), "holds something else"),
        (pd.DataFrame({"town": ["A", "A"], "incidents": [1, 2]}), "only once .* row 1"),
        (pd.DataFrame({"town": ["A", None], "incidents": [1, 2]}), "needs a label .* row 1"),
        (pd.DataFrame({"place": ["A"], "incidents": [1]}), "no column “town”"),
        (pd.DataFrame({"town": ["A"], "incidents": [7], "rate": [0.7]}), "Say whether .*“rate”"),
    ],
)
def test_bad_tables_are_refused_in_one_sentence(table, says):
    with pytest.raises(UnsafeToPublish, match=says) as refusal:
        protect_table(table, rule="threshold-5", rows="town")

    assert "\n" not in str(refusal.value)


def test_bad_calls_are_refused():
    with pytest.raises(UnknownRule):
        protect_table(towns(1, 2), rule="none", rows="town")
    with pytest.raises(UnknownRule):
        protect_table(towns(1, 2), rule=None, rows="town")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="Margins are"):
        protect_table(towns(1, 2), rule="threshold-5", rows="town", margins=["all"])
    with pytest.raises(UnsafeToPublish, match="no label"):
        protect_table(
            towns(1, 2), rule="threshold-5", rows="town", published_sums=[PublishedSum(rows=["Z"])]
        )


def test_an_empty_table_is_safe():
    safe = protect_table(towns(), rule="threshold-5", rows="town")

    assert safe.frame.empty
    assert safe.total == 0


def test_a_map_of_thousands_of_squares_is_protected_at_once():
    random = np.random.default_rng(7)
    squares = pd.DataFrame({"square": np.arange(20_000), "incidents": random.poisson(2.0, 20_000)})

    safe = protect_table(squares, rule="threshold-5", rows="square")

    small = squares["incidents"].between(1, 4)
    assert safe.record.small == small.sum()
    assert safe.record.hidden_sum == squares["incidents"][small].sum()
