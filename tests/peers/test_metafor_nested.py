"""Several effects of one study against R metafor, and its errors by study."""

import numpy as np
import pytest

from forestall.evidence.synthesis import explain_by_moderators, synthesise_effects
from tests.evidence.made_effects import an_effect, needs_reference, nested
from tests.peers.metafor import ask_metafor

pytestmark = pytest.mark.slow
SETS = {
    "schools in districts": ("dat.konstantopoulos2011", "district"),
    "mental health": ("dat.assink2016", "study"),
}
THREE_LEVELS = """
tight <- list(optimizer = "optim", optmethod = "BFGS", reltol = 1e-15, maxit = 10000)
found <- rma.mv(yi, vi, random = ~ 1 | study / effect, control = tight)
"""


def of_the_set(name, cluster):
    code = f"result <- list(yi = {name}$yi, vi = {name}$vi, study = {name}${cluster})"
    rows = ask_metafor(code, packages=("metafor", "metadat"))
    numbers = zip(rows["yi"], rows["vi"], rows["study"], strict=True)
    return [
        an_effect(f"e{place}", number, variance, metric="d", study=f"Study {int(study)}")
        for place, (number, variance, study) in enumerate(numbers)
    ]


def three_levels(effects, code, *, packages=("metafor",)):
    return ask_metafor(
        THREE_LEVELS + code,
        packages=packages,
        yi=[one.effect.number for one in effects],
        vi=[one.variance for one in effects],
        study=np.unique([one.study for one in effects], return_inverse=True)[1],
        effect=range(len(effects)),
    )


@pytest.mark.parametrize("name", SETS)
def test_three_levels_equal_metafor(name):
    effects = of_the_set(*SETS[name])
    found = synthesise_effects(effects)

    code = """
    result <- list(b = found$beta, se = found$se, sigma2 = found$sigma2, q = found$QE,
      weights = weights(found, type = "rowsum") / 100)
    """
    theirs = three_levels(effects, code)
    heterogeneity = found.heterogeneity
    assert found.averaged.is_nested
    assert found.average.effect.number == pytest.approx(theirs["b"][0], abs=1e-6)
    assert found.average.unadjusted_error == pytest.approx(theirs["se"][0], abs=1e-6)
    layers = [heterogeneity.between, heterogeneity.within]
    assert layers == pytest.approx(theirs["sigma2"], abs=1e-6)
    assert heterogeneity.q == pytest.approx(theirs["q"][0], abs=1e-6)
    assert found.table["weight"].to_numpy() == pytest.approx(np.array(theirs["weights"]), abs=1e-6)


def test_errors_by_district_are_those_of_club_sandwich():
    """Its numbers, so that they are checked where it is not installed: 0.08446 with 9.86 df."""
    found = synthesise_effects(of_the_set(*SETS["schools in districts"]))

    assert found.average.effect.number == pytest.approx(0.184713163673, abs=1e-6)
    assert found.average.standard_error == pytest.approx(0.0844579954348, abs=1e-6)
    assert found.average.degrees_of_freedom == pytest.approx(9.86315623332, abs=1e-4)


@pytest.mark.parametrize("name", SETS)
def test_intervals_by_study_equal_club_sandwich(name):
    effects = of_the_set(*SETS[name])
    found = synthesise_effects(effects)

    code = """
    found <- robust(found, cluster = study, clubSandwich = TRUE)
    new <- predict(found)
    result <- list(se = found$se, df = found$ddf, p = found$pval, limits = c(found$ci.lb,
      found$ci.ub), new = c(new$pi.lb, new$pi.ub))
    """
    theirs = three_levels(effects, code, packages=("metafor", "clubSandwich"))
    average, new = found.average, found.prediction
    assert new is not None
    assert average.standard_error == pytest.approx(theirs["se"][0], abs=1e-6)
    assert average.degrees_of_freedom == pytest.approx(theirs["df"][0], abs=1e-3)
    assert average.p_value == pytest.approx(theirs["p"][0], abs=1e-6)
    limits = [limit.number for limit in average.limits()]
    assert limits == pytest.approx(theirs["limits"], abs=1e-5)
    assert [new.low.number, new.high.number] == pytest.approx(theirs["new"], abs=1e-5)


def test_a_line_through_nested_effects_equals_club_sandwich():
    effects = of_the_set(*SETS["mental health"])
    years = {one.study: str(number % 7) for number, one in enumerate(effects)}
    marked = [
        an_effect(
            one.key,
            one.effect.number,
            one.variance,
            metric="d",
            study=one.study,
            moderators={"weeks": years[one.study]},
        )
        for one in effects
    ]
    line = explain_by_moderators(marked, moderators=["weeks"])

    code = """
    found <- rma.mv(yi, vi, mods = weeks, random = ~ 1 | study / effect, control = tight)
    found <- robust(found, cluster = study, clubSandwich = TRUE)
    result <- list(b = found$beta, se = found$se, df = found$ddf, p = found$pval)
    """
    theirs = ask_metafor(
        THREE_LEVELS + code,
        packages=("metafor", "clubSandwich"),
        yi=[one.effect.number for one in effects],
        vi=[one.variance for one in effects],
        study=np.unique([one.study for one in effects], return_inverse=True)[1],
        effect=range(len(effects)),
        weeks=[int(years[one.study]) for one in effects],
    )
    columns = {"b": "coefficient", "se": "standard_error", "df": "degrees_of_freedom"}
    for name, column in columns.items():
        expected = np.array(theirs[name])
        assert line.table[column].to_numpy() == pytest.approx(
            expected, abs=1e-3 if name == "df" else 1e-6
        )


@needs_reference
@pytest.mark.parametrize("review", ["school-motivation-2016", "mental-health-recidivism-2016"])
def test_nested_sets_of_the_reference_collection_equal_metafor(review):
    effects = nested(review)
    found = synthesise_effects(effects)

    theirs = three_levels(effects, "result <- list(b = found$beta, sigma2 = found$sigma2)")
    assert found.average.effect.number == pytest.approx(theirs["b"][0], abs=1e-6)
    layers = [found.heterogeneity.between, found.heterogeneity.within]
    assert layers == pytest.approx(theirs["sigma2"], abs=1e-6)
