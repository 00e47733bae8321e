"""``forestall evidence`` answers in plain sentences, and refuses in one."""

import json
import signal
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO

import pytest

from forestall.cli import main
from forestall.evidence.practices import example_practice, write_practice
from forestall.publication import publish_evaluation
from forestall.publication.evaluation_example import example_evaluation

STUDY = (
    "study,intervention,outcome,metric,effect,low,high,favours,direction,source,quotation\n"
    "Hill Town (2024),alley-gating,crime,IRR,0.8,0.65,0.98,below,below 1 = fewer burglaries,"
    "https://example.org/gates,a ratio of 0.8\n"
)


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def forestall(*words):
    """Run a command in this process: a new one would need seconds to import for each question."""
    out, err = StringIO(), StringIO()
    before, handler = sys.argv, signal.getsignal(signal.SIGINT)
    sys.argv = ["forestall", "evidence", *map(str, words)]
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main()
    except SystemExit as stopped:
        return Done(int(stopped.code or 0), out.getvalue(), err.getvalue())
    finally:
        sys.argv = before
        signal.signal(signal.SIGINT, handler)
    return Done(0, out.getvalue(), err.getvalue())


def said(*words):
    done = forestall(*words)
    assert done.returncode == 0, done.stderr
    return done.stdout.replace("\xa0", " ")


@pytest.fixture
def studies(tmp_path):
    file = tmp_path / "studies.csv"
    file.write_text(STUDY, encoding="utf-8")
    return file


def test_a_misspelt_question_is_answered_and_the_correction_is_told():
    found = said("search", "burglery", "in", "teraced", "houses", "--kind", "intervention")
    assert found.startswith("No text has “burglery”; “burglary” was searched instead.")
    assert "alley-gating  (intervention)" in found


def test_a_question_in_french_finds_texts_in_english():
    assert "property-marking" in said("search", "cambriolage")


def test_a_filter_that_nothing_has_is_refused_with_the_nearest():
    done = forestall("search", "--problem", "burglry")
    assert done.returncode == 1
    assert done.stderr.startswith(
        "forestall: Nothing has the problem “burglry”; the nearest is burglary"
    )
    assert "Traceback" not in done.stderr


def test_an_intervention_that_did_harm_says_so_first():
    found = said("show", "scared-straight").splitlines()
    assert found[1].startswith("IT DID HARM: Review with a pooled effect (7 studies, 2013).")


def test_law_enforcement_is_marked():
    assert "never suggested (2002/13, paragraph 3)" in said("show", "hot-spots-policing")


def test_a_text_is_shown_with_quotation_and_address():
    found = said("show", "lighting-2022")
    assert "Quotation: “14% reduction" in found
    assert "https://" in found


def test_an_unknown_intervention_is_refused_with_the_nearest():
    done = forestall("show", "street-lightning")
    assert (done.returncode, done.stdout) == (1, "")
    assert "“street-lighting”" in done.stderr


def test_suggestions_name_harm_first_and_what_would_rule_a_measure_out():
    found = said("suggest", "alcohol-violence", "--setting", "licensed-premises")
    assert found.startswith("1 measure did harm elsewhere: do not do it.")
    assert found.index("[later-closing]") < found.index("[earlier-closing]")
    assert "Ruled out unless:" in found


@pytest.mark.parametrize(
    ("word", "title"),
    [
        ("domestic-violence", "abuse by a partner or in the family"),
        ("mugging", "robbery in the street"),
        ("car theft", "theft of vehicles"),
        ("break-in", "burglary of homes"),
        ("кража со взломом", "burglary of homes"),
        ("cambriolage", "burglary of homes"),
    ],
)
def test_a_problem_is_understood_by_an_everyday_word(word, title):
    assert title in said("suggest", word)
    assert said("search", "--problem", word, "--limit", "1") != "Nothing was found.\n"


def test_an_unknown_outcome_is_refused_with_all_that_are_possible():
    done = forestall("synthesise", "scared-straight", "--outcome", "burglaries")
    assert done.returncode == 1
    assert "There is no outcome “burglaries”; " in done.stderr
    assert "possible are crime, victimization, fear, harm" in done.stderr


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("burglry",), "burglary"),
        (("burglary", "--setting", "teraced-housing"), "terraced-housing"),
        (("burglary", "--yes", "rear-alley"), "rear-alleys"),
        (("burglary", "--partner", "school"), "schools"),
        (("burglary", "--group", "yong-people"), "young-people"),
    ],
)
def test_a_word_that_is_not_known_is_refused_with_the_nearest(words, named):
    done = forestall("suggest", *words)
    assert done.returncode == 1
    assert named in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("search", "x", "--limit", "0"), "--limit is 1 or more"),
        (("suggest", "burglary", "--yes", "volunteers", "--no", "volunteers"), "both so and not"),
        (("synthesise", "scared-straight", "--comparison-risk", "2"), "between 0 and 1"),
        (("synthesise", "scared-straight", "--comparison-risk", "nan"), "between 0 and 1"),
        (("synthesise", "scared-straight", "-o", "nowhere/x.csv"), "that is not there"),
        (("form", "-o", "nowhere/x.xlsx"), "that is not there"),
        (("form", "-o", "form.txt"), "ends with .xlsx"),
        (("search", "x", "--with", "nowhere"), "evidence folder is needed"),
        (("add", "nofile.csv", "--to", "own"), "not a file that can be read"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(words, named):
    done = forestall(*words)
    assert (done.returncode, done.stdout) == (1, "")
    assert named in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_an_average_tells_the_new_place_before_the_average():
    found = said("synthesise", "cognitive-behavioural-programmes")
    assert found.index("In a new place") < found.index("On average")


def test_the_published_odds_ratio_of_the_visits_comes_out():
    found = said("synthesise", "scared-straight", "--more", "counts")
    assert "the odds ratio is 1.68 (1.20 to 2.36" in found


@pytest.mark.parametrize("method", ["dl", "pm", "fixed"])
def test_methods_for_independent_effects_work_with_one_effect_per_study(method):
    words = ("synthesise", "cognitive-behavioural-programmes", "--method", method)
    refused = forestall(*words)
    assert refused.returncode == 1
    assert "--one-per-study" in refused.stderr
    found = said(
        *words, "--one-per-study", "average", "--more", "influence", "--more", "small-studies"
    )
    assert "their average was taken, as if of the same people" in found
    assert "Small studies" in found or "small studies" in found


def test_a_moderator_that_nobody_recorded_is_refused_with_those_that_are():
    done = forestall("synthesise", "cognitive-behavioural-programmes", "--by", "nothing")
    assert (done.returncode, done.stdout) == (1, "")
    assert "recorded are age, " in done.stderr
    assert "country" in done.stderr


def test_one_study_is_not_averaged(tmp_path, studies):
    said("add", studies, "--to", tmp_path / "own")
    done = forestall("synthesise", "alley-gating", "--with", tmp_path / "own")
    assert done.returncode == 1
    assert "one study" in done.stderr.casefold()


def test_a_citys_study_and_its_own_evaluation_are_averaged_together(tmp_path, studies):
    publish_evaluation(example_evaluation(), out=tmp_path / "report")
    record = tmp_path / "report" / "evaluation.json"
    content = json.loads(record.read_text(encoding="utf-8"))
    content["intervention"]["evidence_key"] = "alley-gating"
    record.write_text(json.dumps(content), encoding="utf-8")
    assert "enters the synthesis" in said("add", studies, record, "--to", tmp_path / "own")
    found = said("synthesise", "alley-gating", "--with", tmp_path / "own")
    assert "2 studies" in found
    assert "Evaluated in the city itself" in said(
        "show", "alley-gating", "--with", tmp_path / "own"
    )


def test_the_same_file_twice_brings_nothing(tmp_path, studies):
    practice = write_practice(example_practice(), tmp_path / "gates.json")
    assert "a practice of Exampletown" in said("add", practice, "--to", tmp_path / "own")
    assert "brought nothing" in said("add", practice, "--to", tmp_path / "own")
    assert "(practice)" in said("search", "Exampletown", "--with", tmp_path / "own")


def test_a_study_without_a_side_is_refused_and_nothing_is_added(tmp_path, studies):
    studies.write_text(STUDY.replace(",below,below 1", ",,below 1"), encoding="utf-8")
    done = forestall("add", studies, "--to", tmp_path / "own")
    assert done.returncode == 1
    assert "favours" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not list((tmp_path / "own").glob("*.csv"))


def test_pages_are_written_and_their_findings_told(tmp_path):
    found = said("show", "alley-gating", "-o", tmp_path / "page")
    assert "On crime: found better with it than without." in found
    assert (tmp_path / "page" / "index.html").is_file()
    found = said("gap-map", "-o", tmp_path / "gaps")
    assert "hold no study at all" in found
    found = said("suggest", "bullying", "-o", tmp_path / "suggested")
    assert (tmp_path / "suggested" / "report.json").is_file()


def test_a_format_that_a_page_on_evidence_does_not_have_is_refused(tmp_path):
    done = forestall("show", "alley-gating", "-o", tmp_path / "page", "--format", "xlsx")
    assert done.returncode == 1
    assert "is written as html, pdf, docx, pages" in done.stderr
    assert not (tmp_path / "page").exists()


RIS = "TY  - JOUR\nAU  - Ek, Anna\nTI  - Gates in alleys\nPY  - 2018\nER  - \n"


@pytest.fixture
def exported(tmp_path, studies):
    """What a first city passes on: a study and a reference of its own, with what is packaged."""
    (tmp_path / "found.ris").write_text(RIS, encoding="utf-8")
    said("add", studies, tmp_path / "found.ris", "--to", tmp_path / "first")
    said("export", "-o", tmp_path / "export", "--with", tmp_path / "first")
    return tmp_path / "export"


def test_what_one_city_exports_another_can_add_and_use(tmp_path, exported):
    other = tmp_path / "other"
    told = said("add", exported / "effects.csv", exported / "sources.ris", "--to", other)

    assert "“effects.csv” brought 1 effect of a study. 65 records of it come with" in told
    assert "“sources.ris” brought 2 references." in told
    assert "(reference)" in said("search", "Gates in alleys", "--with", other)
    assert "alley-gating" in said("suggest", "burglary", "--with", other)
    assert "on average" in said("synthesise", "scared-straight", "--with", other).casefold()


def test_an_export_that_is_added_twice_brings_nothing_more(tmp_path, exported):
    said("add", exported / "effects.csv", "--to", tmp_path / "other")
    before = (tmp_path / "other" / "effects.csv").read_bytes()

    told = said("add", exported / "effects.csv", "--to", tmp_path / "other")

    assert "brought nothing that was not there. 65 records" in told
    assert (tmp_path / "other" / "effects.csv").read_bytes() == before


def test_two_folders_with_the_same_export_are_used_together(tmp_path, exported):
    for name in ("one", "two"):
        said("add", exported / "effects.csv", "--to", tmp_path / name)
    found = said("search", "Hill Town", "--with", tmp_path / "one", "--with", tmp_path / "two")
    assert found.count("Hill Town (2024)") == 1


def test_a_packaged_effect_that_was_changed_is_refused_before_anything_is_written(
    tmp_path, exported
):
    file = exported / "effects.csv"
    changed = file.read_text(encoding="utf-8").replace(",below,", ",above,", 1)
    file.write_text(changed, encoding="utf-8")

    done = forestall("add", file, "--to", tmp_path / "other")

    assert done.returncode == 1
    assert "changes the packaged effect “cbt-001”; give yours another key" in done.stderr
    assert not (tmp_path / "other").exists()
