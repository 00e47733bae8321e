"""This file knows how tests ask R, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

_WRITE = """
give <- function(...) for (name in names(list(...)))
  writeLines(format(list(...)[[name]], digits = 17, trim = TRUE), paste0(name, ".out"))
"""


def run_r(code: str, *, packages: tuple[str, ...], **arrays: object) -> dict[str, list[Any]]:
    """Run R code with arrays by name; return what it hands to ``give(name = vector, ...)``.

    Arrays of two dimensions become matrices. Skips the test when R or a package is absent.
    """
    for package in packages:
        _skip_without(package)
    with tempfile.TemporaryDirectory(prefix="forestall-r-") as name:
        folder = Path(name)
        lines = [f"suppressMessages(library({package}))" for package in packages]
        for label, given in arrays.items():
            array = np.asarray(given)
            np.savetxt(folder / f"{label}.csv", np.atleast_1d(array), delimiter=",", fmt="%.17g")
            read = f'as.matrix(read.csv("{label}.csv", header = FALSE))'
            shaped = f"unname({read})" if array.ndim == 2 else f"as.vector({read})"
            lines.append(f"{label} <- {shaped}")
        (folder / "ask.R").write_text("\n".join([*lines, _WRITE, code]), encoding="utf-8")
        done = subprocess.run(
            ["Rscript", "--vanilla", "ask.R"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return {path.stem: _numbers(path) for path in sorted(folder.glob("*.out"))}


def _numbers(path: Path) -> list[Any]:
    lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    try:
        return [float("nan") if line == "NA" else float(line) for line in lines]
    except ValueError:
        return [line.strip() for line in lines]


@cache
def _has(package: str) -> bool:
    asked = f'quit(status = !requireNamespace("{package}", quietly = TRUE))'
    done = subprocess.run(
        ["Rscript", "--vanilla", "-e", asked], capture_output=True, text=True, check=False
    )
    return done.returncode == 0


def _skip_without(package: str) -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("Rscript is not installed")
    if not _has(package):
        pytest.skip(f"the R package {package} is not installed")
