"""Averages of studies against R metafor, its iterations carried to the end."""

import numpy as np
import pytest

from forestall.evidence.synthesis import Between, Model, synthesise_effects
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
