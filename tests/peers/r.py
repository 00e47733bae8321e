"""This file knows how a test asks R for a second opinion, and skips where there is no R."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

_SECONDS = 120
_GIVE = """
give <- function(...) for (name in names(list(...)))
  writeLines(format(as.vector(list(...)[[name]]), digits = 17, trim = TRUE), paste0(name, ".out"))
"""
_GIVE_RESULT = """
if (exists("result", inherits = FALSE)) do.call(give, result)
"""


def run_r(code: str, *, packages: tuple[str, ...] = (), **arrays: object) -> dict[str, list[Any]]:
    """Run R code on arrays; return what it hands to ``give(name = vector, ...)``.

    A list that the code leaves as ``result`` is given too. Each array is there under its name, as a
    vector or, with two dimensions, as a matrix. Skips the test where Rscript or one of the
    packages is missing.
    """
    for package in packages or ("base",):
        _skip_without(package)
    with tempfile.TemporaryDirectory(prefix="forestall-r-") as name:
        folder = Path(name)
        loads = [f"suppressMessages(library({package}))" for package in packages]
        reads = [_written(folder, label, np.asarray(given)) for label, given in arrays.items()]
        script = "\n".join([*loads, *reads, _GIVE, code, _GIVE_RESULT])
        (folder / "ask.R").write_text(script, encoding="utf-8")
        done = subprocess.run(
            ["Rscript", "--vanilla", "ask.R"],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return {path.stem: _read(path) for path in sorted(folder.glob("*.out"))}


@cache
def _has(package: str) -> bool:
    asked = f'quit(status = !requireNamespace("{package}", quietly = TRUE))'
    done = subprocess.run(["Rscript", "--vanilla", "-e", asked], capture_output=True, check=False)
    return done.returncode == 0


def _skip_without(package: str) -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("Rscript is not installed")
    if not _has(package):
        pytest.skip(f"the R package {package} is not installed")


def _written(folder: Path, label: str, array: np.ndarray) -> str:
    np.savetxt(folder / f"{label}.csv", np.atleast_1d(array), delimiter=",", fmt="%.17g")
    read = f'as.matrix(read.csv("{label}.csv", header = FALSE))'
    return f"{label} <- " + (f"unname({read})" if array.ndim == 2 else f"as.vector({read})")


def _read(path: Path) -> list[Any]:
    # R pads texts to one width.
    lines = [line.strip() for line in path.read_text(encoding="utf-8").split("\n")[:-1]]
    try:
        return [float("nan") if line == "NA" else float(line) for line in lines]
    except ValueError:
        return lines
