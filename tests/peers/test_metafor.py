"""Averages of studies against R metafor, its iterations carried to the end."""

import numpy as np
import pytest

from forestall._stats.small_studies import Missing
from forestall.evidence.synthesis import (
    Between,
    Model,
    accumulate_by_year,
    assess_small_studies,
    compare_subgroups,
    explain_by_moderators,
    leave_one_out,
    measure_influence,
    pool_odds_ratios,
    synthesise_effects,
)
from forestall.evidence.synthesis.moderator_columns import moderator_of
from tests.evidence.made_effects import packaged, raudenbush
from tests.peers.metafor import ask_metafor

SETS = {
    "scared straight": lambda: packaged("scared-straight-2013"),
    "cognitive-behavioural": lambda: packaged("cbt-offenders-2005"),
    "raudenbush": raudenbush,
}
pytestmark = pytest.mark.slow


@pytest.fixture(params=SETS)
def effects(request):
    """Return the effects of one of three published sets."""
    return SETS[request.param]()


def arrays(effects):
    numbers = [one.favourable.number for one in effects]
    return {"yi": numbers, "vi": [one.variance for one in effects]}


def numbers_of(found):
    low, high = found.average.limits()
    heterogeneity = found.heterogeneity
    return {
        "b": found.average.effect.number,
        "se": found.average.standard_error,
        "p": found.average.p_value,
        "low": low.number,
        "high": high.number,
        "q": heterogeneity.q,
        "qp": heterogeneity.q_p_value,
        "i2": 100 * heterogeneity.i2,
        "h2": heterogeneity.h2,
    }


@pytest.mark.parametrize("variance", Between)
def test_random_effects_equal_metafor(effects, variance):
    found = synthesise_effects(effects, variance=variance)

    code = f"""
    found <- fit(yi, vi, "{variance.name}")
    new <- predict(found)
    result <- list(b = found$beta, se = found$se, p = found$pval, low = found$ci.lb,
      high = found$ci.ub, q = found$QE, qp = found$QEp, i2 = found$I2, h2 = found$H2,
      tau2 = found$tau2, new = c(new$pi.lb, new$pi.ub), weights = weights(found) / 100,
      profile = confint(found, control = list(tol = 1e-14))$random[1, 2:3])
    """
    theirs = ask_metafor(code, **arrays(effects))
    ours = numbers_of(found)
    assert ours == pytest.approx({name: theirs[name][0] for name in ours}, abs=1e-8)
    assert found.heterogeneity.tau2 == pytest.approx(theirs["tau2"][0], abs=1e-9)
    assert found.heterogeneity.tau2_limits == pytest.approx(theirs["profile"], abs=1e-9)
    assert found.prediction is not None
    new = [found.prediction.low.number, found.prediction.high.number]
    assert new == pytest.approx(theirs["new"], abs=1e-8)
    assert found.table["weight"].to_numpy() == pytest.approx(np.array(theirs["weights"]), abs=1e-9)


def test_one_common_effect_equals_metafor(effects):
    found = synthesise_effects(effects, model=Model.FIXED)

    code = """
    found <- rma(yi, vi, method = "EE")
    result <- list(b = found$beta, se = found$se, p = found$pval, low = found$ci.lb,
      high = found$ci.ub, q = found$QE, qp = found$QEp, i2 = found$I2, h2 = found$H2)
    """
    theirs = ask_metafor(code, **arrays(effects))
    ours = numbers_of(found)
    assert ours == pytest.approx({name: theirs[name][0] for name in ours}, abs=1e-8)


def test_influence_equals_metafor(effects):
    found = measure_influence(synthesise_effects(effects)).table

    # metafor's deleted residuals have Knapp and Hartung's factor; those of its authors' paper not.
    code = """
    found <- influence(fit(yi, vi, "REML"))
    result <- list(deleted_residual = rstudent(fit(yi, vi, "REML", test = "z"))$z,
      dffits = found$inf$dffits, cooks_distance = found$inf$cook.d,
      covariance_ratio = found$inf$cov.r, deleted_tau2 = found$inf$tau2.del,
      deleted_q = found$inf$QE.del, hat = found$inf$hat, dfbetas = found$dfbs$intrcpt)
    stands_out <- as.numeric(found$is.infl)
    give(stands_out = stands_out)
    """
    theirs = ask_metafor(code, **arrays(effects))
    for name, numbers in theirs.items():
        assert found[name].to_numpy() == pytest.approx(np.array(numbers), abs=1e-8), name


def test_leaving_one_out_and_adding_year_by_year_equal_metafor(effects):
    synthesis = synthesise_effects(effects)
    out = leave_one_out(synthesis).table

    code = """
    found <- leave1out(fit(yi, vi, "REML"))
    result <- list(effect = found$estimate, low = found$ci.lb, high = found$ci.ub,
      p_value = found$pval, tau2 = found$tau2, i2 = found$I2 / 100)
    """
    theirs = ask_metafor(code, **arrays(effects))
    published = synthesis.average.effect.moved_to
    for name, numbers in theirs.items():
        turned = name in {"effect", "low", "high"}
        expected = [published(one).published if turned else one for one in numbers]
        assert out[name].to_numpy() == pytest.approx(np.array(expected), rel=1e-7, abs=1e-9), name


@pytest.mark.parametrize("review", ["scared-straight-2013", "cbt-offenders-2005"])
def test_adding_year_by_year_equals_metafor(review):
    effects = sorted(packaged(review), key=lambda one: one.year)
    found = accumulate_by_year(synthesise_effects(effects)).table

    theirs = ask_metafor(
        "found <- cumul(fit(yi, vi, 'REML')); result <- list(b = found$estimate, t = found$tau2)",
        **arrays(effects),
    )
    last = [max(n for n, one in enumerate(effects) if one.year == year) for year in found["year"]]
    assert np.log(found["effect"]).to_numpy() == pytest.approx(
        np.array(theirs["b"])[last], abs=1e-8
    )
    assert found["tau2"].to_numpy() == pytest.approx(np.array(theirs["t"])[last], abs=1e-8)


def test_small_studies_equal_metafor():
    for effects in (raudenbush(), packaged("cbt-offenders-2005")):
        found = assess_small_studies(synthesise_effects(effects))

        # trimfill fits again with R's own stopping rule; the filled studies are fitted to the end.
        code = """
        found <- fit(yi, vi, "REML")
        test <- regtest(found)
        fill <- function(estimator) {
          filled <- trimfill(found, estimator = estimator)
          again <- fit(filled$yi, filled$vi, "REML")
          c(filled$k0, filled$side == "left", again$beta, again$se)
        }
        result <- list(slant = c(test$zval, test$pval, test$est), l0 = fill("L0"), r0 = fill("R0"))
        """
        theirs = ask_metafor(code, **arrays(effects))
        slant = found.slant
        ours = [slant.slope / slant.slope_error, slant.p_value, slant.level]
        assert ours == pytest.approx(theirs["slant"], abs=1e-8)
        for filled, name in zip(found.filled, ("l0", "r0"), strict=True):
            assert filled.estimator is Missing(name.upper())
            numbers = [filled.missing, filled.below, filled.effect.number, filled.standard_error]
            # The middle around which R mirrors was found with its looser stopping rule.
            assert numbers == pytest.approx(theirs[name], abs=2e-5)


def test_moderators_and_subgroups_equal_metafor():
    effects = [one for one in packaged("cbt-offenders-2005") if moderator_of(one, "age")]
    line = explain_by_moderators(effects, moderators=["age", "group"])
    groups = compare_subgroups(effects, by="group")

    code = """
    found <- fit(yi, vi, "REML", mods = cbind(age, young))
    test <- fit(yi, vi, "REML", mods = young)
    each <- lapply(c(0, 1), function(one) fit(yi[young == one], vi[young == one], "REML"))
    result <- list(b = found$beta, se = found$se, p = found$pval, low = found$ci.lb,
      whole = c(found$tau2, found$R2 / 100, found$I2 / 100, found$QE, found$QMp),
      groups = c(test$QMp, sapply(each, function(one) one$beta), sapply(each, function(one) one$se)))
    """
    theirs = ask_metafor(
        code,
        age=[float(one.moderators["age"]) for one in effects],
        young=[float(one.moderators["group"] == "juveniles") for one in effects],
        **arrays(effects),
    )
    for name, column in (("b", "coefficient"), ("se", "standard_error"), ("low", "low")):
        assert line.table[column].to_numpy() == pytest.approx(np.array(theirs[name]), abs=1e-7)
    assert line.table["p_value"].to_numpy() == pytest.approx(np.array(theirs["p"]), abs=1e-6)
    whole = [line.tau2, line.explained, line.i2, line.q, line.p_value]
    assert whole == pytest.approx(theirs["whole"], abs=1e-6)
    assert [groups.p_value, *np.log(groups.table["effect"])] == pytest.approx(
        theirs["groups"][:3], abs=1e-7
    )


@pytest.mark.parametrize("review", ["scared-straight-2013", "cbt-offenders-2005"])
def test_the_common_odds_ratio_equals_metafor(review):
    effects = packaged(review)
    found = pool_odds_ratios(effects)

    tables = found.table[["treated_events", "treated", "compared_events", "compared"]].to_numpy()
    code = """
    found <- rma.mh(ai = t[, 1], n1i = t[, 2], ci = t[, 3], n2i = t[, 4], measure = "OR")
    result <- list(found = c(found$beta, found$se, found$QE, found$QEp),
      weights = weights(found) / 100)
    """
    theirs = ask_metafor(code, t=tables)
    average = found.average
    ours = [average.effect.number, average.standard_error, found.q, found.q_p_value]
    assert ours == pytest.approx(theirs["found"], abs=1e-9)
    assert found.table["weight"].to_numpy() == pytest.approx(np.array(theirs["weights"]), abs=1e-12)
