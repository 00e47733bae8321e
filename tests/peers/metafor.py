"""R metafor with its stopping rules tightened, so that it reaches the top of the likelihood."""

from tests.peers.r import run_r

CONTROL = """
tight <- list(threshold = 1e-14, maxiter = 100000, stepadj = 0.5, tol = 1e-14)
fit <- function(yi, vi, method, test = "knha", ...)
  rma(yi, vi, method = method, test = test, control = tight, ...)
"""


def ask_metafor(code, *, packages=("metafor",), **arrays):
    """Run R code that may call ``fit``; skips where metafor is not installed."""
    return run_r(CONTROL + code, packages=packages, **arrays)
