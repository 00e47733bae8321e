"""Effects of studies come in from a file of one's own, all of them or none."""

import math

import pytest

from forestall.errors import InvalidEvidence, PersonalColumns
from forestall.evidence.metrics import Metric
from forestall.evidence.sources import read_effects
from forestall.evidence.studies import IncidentCounts, PeopleCounts
from forestall.evidence.vocabulary import Design, Outcome, Population, Problem, Setting
from tests.evidence.effect_files import row, without_figures, write_csv, write_xlsx


@pytest.fixture
def read(tmp_path):
    def write_and_read(*rows, **settings):
        return read_effects(write_csv(tmp_path / "city.csv", *rows, **settings))

    return write_and_read


@pytest.fixture
def refusal(read):
    def write_and_refuse(*rows, error=InvalidEvidence):
        with pytest.raises(error) as caught:
            read(*rows)
        return str(caught.value)

    return write_and_refuse


def test_a_row_becomes_a_record(read):
    (one,) = read(
        row(
            settings="terraced-housing; Town centre",
            populations="residents",
            review="alley-gating-2018",
            law_enforcement="no",
            moderator_country="England",
        )
    )

    assert (one.study, one.year, one.intervention) == ("Example (2020)", 2020, "alley-gating")
    assert (one.outcome, one.design) == (Outcome.CRIME, Design.CONTROLLED)
    assert one.problems == (Problem.BURGLARY,)
    assert one.settings == (Setting.TERRACED_HOUSING, Setting.TOWN_CENTRE)
    assert one.populations == (Population.RESIDENTS,)
    assert one.moderators == {"country": "England"}
    assert one.source.quotation == "an odds ratio of 0.65"
    assert one.effect.number == math.log(0.65)
    assert one.desirable
    # log(0.845 / 0.5) / (2 x 1.959964), by hand
    assert one.standard_error == pytest.approx(0.133862, abs=1e-6)


def test_incidents_give_a_ratio_with_twice_the_variance_of_chance(read):
    counts = {
        "treated_before": "100",
        "treated_after": "80",
        "compared_before": "200",
        "compared_after": "200",
    }

    (one,) = read(without_figures(**counts))
    (chance,) = read(without_figures(**counts, dispersion="1"))

    assert one.metric is Metric.RATE_RATIO
    assert one.effect.published == pytest.approx(0.8)
    # (1/100 + 1/80 + 1/200 + 1/200) x 2
    assert one.variance == pytest.approx(0.065)
    assert chance.variance == pytest.approx(0.0325)
    assert isinstance(one.counts, IncidentCounts)
    assert one.counts.dispersion == 2


def test_people_give_the_odds_ratio_that_was_published(read):
    """The first study of Landenberger and Lipsey (2005): Guerra 1990."""
    (one,) = read(
        without_figures(treated_events="10", treated="29", compared_events="23", compared="52")
    )

    assert isinstance(one.counts, PeopleCounts)
    assert one.effect.number == pytest.approx(-0.410052, abs=1e-6)
    assert one.variance == pytest.approx(0.230593, abs=1e-6)


def test_a_workbook_says_the_same_as_a_text_file(tmp_path, read):
    numbers = row(year=2020, effect=0.65, low=0.5, high=0.845)

    from_book = read_effects(write_xlsx(tmp_path / "city.xlsx", numbers))

    assert from_book == read(row())


def test_a_percentage_of_a_workbook_is_what_a_person_sees(tmp_path):
    from openpyxl import load_workbook

    file = write_xlsx(
        tmp_path / "city.xlsx", row(metric="% change", effect=-0.14, low=-0.25, high=-0.02)
    )
    book = load_workbook(file)
    for name in ("effect", "low", "high"):
        heads = [cell.value for cell in book.active[1]]
        book.active.cell(row=2, column=heads.index(name) + 1).number_format = "0%"
    book.save(file)

    (one,) = read_effects(file)

    assert one.effect.published == pytest.approx(-14)
    assert one.limits()[0].published == pytest.approx(-24.8, abs=0.3)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_files_of_any_spreadsheet_program_are_read(read, separator, encoding):
    (one,) = read(row(study="Müller (2020)"), separator=separator, encoding=encoding)

    assert one.study == "Müller (2020)"


def test_a_decimal_comma_is_understood_where_it_can_mean_nothing_else(read, refusal):
    (one,) = read(row(effect="0,65", low="0,500", high="0,845"), separator=";")

    assert (one,) == read(row())
    assert "needs a number such as 0.65, but there is “1,200”" in refusal(row(effect="1,200"))


def test_names_of_columns_and_words_forgive_case_and_spaces(read):
    given = {name.replace("_", " ").title(): value for name, value in row().items()}
    given["Problem"] = given.pop("Problems").upper()

    assert read(given) == read(row())


def test_a_text_that_looks_like_a_formula_comes_without_its_apostrophe(read):
    assert read(row(study="'=SUM(A1)"))[0].study == "=SUM(A1)"


FAULTS = {
    "favours": ({"favours": ""}, "“favours” needs a value, but is empty."),
    "outcome": ({"outcome": "crme"}, "there is “crme”; the nearest is “crime”."),
    "problem": ({"problems": "burglary; robery"}, "the nearest is “robbery”."),
    "metric": ({"metric": "risk ration"}, "“metric” needs a word of its list"),
    "below": ({"favours": "lower"}, "“favours” needs a word of its list"),
    "estimate": ({"low": "0.7"}, "0.65 is not in 0.7 to 0.845."),
    "percent": ({"low": "-20", "high": "-5"}, "that odds ratio can have, but there is “-20”."),
    "sign": ({"effect": "65%"}, "“effect” needs a number such as 0.65"),
    "half": ({"low": ""}, "an interval needs both “low” and “high”"),
    "none": ({"low": "", "high": ""}, "an interval or a standard error is needed"),
    "width": ({"low": "0.65", "high": "0.65"}, "“high” needs to be above “low”"),
    "no metric": ({"metric": ""}, "“metric” needs a value where there is an effect"),
    "no effect": ({"effect": ""}, "an effect or four counts are needed"),
    "year": ({"year": "20"}, "“year” needs a year such as 2015, but there is “20”."),
    "scale": ({"standard_error": "0.5"}, "but the interval says 0.134"),
    "zero": ({"low": "", "high": "", "standard_error": "0"}, "needs to be above 0, but is 0."),
    "infinite": ({"effect": "inf"}, "“effect” needs a number"),
    "huge": ({"effect": "1e999"}, "“effect” holds too large a number."),
    "enforcement": ({"law_enforcement": "perhaps"}, "“law_enforcement” needs a word"),
    "both": ({"treated": "9"}, "four counts are needed, but “treated_events” is empty."),
    "dispersion": ({"dispersion": "2"}, "“dispersion” goes with counts of incidents"),
    "scale alone": ({"effect_on_scale": "-0.4"}, "“standard_error” needs a value beside"),
}


@pytest.mark.parametrize(("change", "says"), FAULTS.values(), ids=FAULTS)
def test_a_faulty_row_is_refused_in_one_sentence(refusal, change, says):
    said = refusal(row(), row(study="Other (2021)", **change))

    assert said.startswith("1 row of city.csv cannot be used, so nothing was added; it is row 3: ")
    assert says in said
    assert "\n" not in said


PEOPLE = {"treated_events": "3", "treated": "9", "compared_events": "4", "compared": "9"}
INCIDENTS = {
    "treated_before": "9",
    "treated_after": "8",
    "compared_before": "7",
    "compared_after": "6",
}
FAULTY_COUNTS = {
    "effect too": ({**PEOPLE, "effect": "0.5"}, "“effect” needs to be empty where"),
    "both": ({**PEOPLE, **INCIDENTS}, "counts of people or of incidents are needed"),
    "more": ({**PEOPLE, "treated_events": "10"}, "not fewer than “treated_events”"),
    "nobody": ({**PEOPLE, "compared_events": "0", "compared": "0"}, "“compared” needs to be 1"),
    "part": ({**PEOPLE, "treated": "8.5"}, "“treated” needs a whole number"),
    "below": ({**INCIDENTS, "treated_after": "-1"}, "“treated_after” needs to be 0 or more"),
    "chance": ({**INCIDENTS, "dispersion": "0.5"}, "“dispersion” needs to be 1 or more"),
    "tiny": ({**INCIDENTS, "treated_after": "1e-320"}, "but these give no effect."),
    "large": ({**INCIDENTS, "treated_after": "1e308"}, "“treated_after” holds too large"),
    "metric": ({**INCIDENTS, "metric": "OR"}, "“metric” needs to be IRR with these counts"),
}


@pytest.mark.parametrize(("cells", "says"), FAULTY_COUNTS.values(), ids=FAULTY_COUNTS)
def test_counts_that_cannot_be_are_refused(refusal, cells, says):
    assert says in refusal(without_figures(**cells))


def test_the_first_fault_stands_for_all_of_them(refusal):
    good = [row(study=f"Study {number}") for number in range(3)]

    said = refusal(*good, row(study="A", favours=""), row(study="B", outcome=""), row(study="C"))

    assert said.startswith("2 rows of city.csv cannot be used")
    assert "the first is row 5: “favours” needs a value" in said


def test_a_row_that_comes_twice_is_refused(refusal):
    other = row(key="b", quotation="elsewhere", effect="0.650")

    assert "row 3: it says the same as row 2." in refusal(row(key="a"), other)
    assert "row 3: it has the key of row 2." in refusal(row(key="a"), row(key="a", study="Other"))


def test_the_same_row_has_the_same_key_in_every_file(read):
    (alone,) = read(row())
    _, with_others = read(row(study="Other"), row())

    assert alone.key == with_others.key


def test_columns_that_nobody_knows_are_refused_with_the_nearest(refusal):
    assert "“outcom”, which is not known; the nearest is “outcome”" in refusal(
        {**row(outcome=None), "outcom": "crime"}
    )
    assert "needs the column “favours”" in refusal(row(favours=None))
    assert "has the column “problems” twice" in refusal({**row(), "Problem": "theft"})


def test_columns_about_persons_are_refused(refusal):
    said = refusal({**row(), "Victim name": "A"}, error=PersonalColumns)

    assert "a column about persons, “Victim name”" in said


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"", "“a.csv” is empty."),
        ("a.csv", b"\xef\xbb\xbf\n\n", "“a.csv” is empty."),
        ("a.csv", b"study,outcome\n", "needs a row for each effect"),
        ("a.csv", "study\nMüller\n".encode("latin-1"), "line 2 is in another encoding"),
        ("a.csv", "study\nM\n".encode("utf-16"), "line 1 is in another encoding"),
        ("a.csv", b"study\x00\n1\n", "needs to be a text file"),
        ("a.csv", b'study,year\n"A,2\n', "quotation marks do not close in row 2"),
        ("a.xlsx", b"no workbook", "cannot be read as a workbook"),
        ("a.xlsx", b"", "cannot be read as a workbook"),
        ("a.ods", b"", "“a.ods” is neither"),
    ],
)
def test_a_file_that_is_none_is_refused_in_one_sentence(tmp_path, name, content, says):
    (tmp_path / name).write_bytes(content)

    with pytest.raises(InvalidEvidence) as caught:
        read_effects(tmp_path / name)

    assert says in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InvalidEvidence, match=r"none\.csv” is not a file that can be read"):
        read_effects(tmp_path / "none.csv")


def test_a_comma_too_many_is_found(tmp_path):
    file = write_csv(tmp_path / "city.csv", row(quotation="fewer"))
    file.write_text(file.read_text().replace("fewer,", "fewer, and fewer,", 1))
    file.write_text(file.read_text().replace("fewer burglaries", "fewer, x"))

    with pytest.raises(InvalidEvidence, match=r"row 2: there are 17 cells for 15 columns"):
        read_effects(file)


def test_an_empty_line_keeps_the_numbers_of_rows(tmp_path):
    file = write_csv(tmp_path / "city.csv", row(), row(study="B", favours=""))
    lines = file.read_text().splitlines()
    file.write_text("\n".join([lines[0], "", *lines[1:], ""]))

    with pytest.raises(InvalidEvidence, match="it is row 4"):
        read_effects(file)


def test_ten_thousand_rows_are_read_in_little_time(tmp_path):
    import time

    file = write_csv(tmp_path / "city.csv", *(row(study=f"Study {n}") for n in range(10_000)))
    begun = time.monotonic()

    assert len(read_effects(file)) == 10_000

    assert time.monotonic() - begun < 10
