"""This file knows how a test asks R for a second opinion, and skips where there is no R."""

from __future__ import annotations

import functools
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pytest

_SECONDS = 120


def run_r(code: str, *, packages: tuple[str, ...] = (), **arrays) -> dict[str, list[float]]:
    """Run R code on arrays and return the list ``result`` that it leaves.

    Each array is there under its name, as a vector or, with two dimensions, as a matrix. Each
    element of ``result`` comes back as a list of numbers. Skips the test where Rscript or one of
    the packages is missing.
    """
    missing = _missing(packages)
    if missing:
        pytest.skip(missing)
    with tempfile.TemporaryDirectory(prefix="forestall-r-") as name:
        folder = Path(name)
        loads = [f"suppressMessages(library({package}))" for package in packages]
        reads = [_written(folder, name, np.asarray(array)) for name, array in arrays.items()]
        script = folder / "script.R"
        script.write_text("\n".join([*loads, *reads, code, _WRITE]), encoding="utf-8")
        done = subprocess.run(
            ["Rscript", "--vanilla", str(script)],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return {path.stem: _read(path) for path in (folder / "result").glob("*.txt")}


_WRITE = """
dir.create("result")
for (each in names(result)) {
  values <- format(as.numeric(result[[each]]), digits = 17)
  writeLines(trimws(values), file.path("result", paste0(each, ".txt")))
}
"""


@functools.cache
def _missing(packages: tuple[str, ...]) -> str:
    if shutil.which("Rscript") is None:
        return "Rscript is not installed."
    for package in packages:
        asked = f'quit(status = !requireNamespace("{package}", quietly = TRUE))'
        if subprocess.run(["Rscript", "-e", asked], capture_output=True, check=False).returncode:
            return f"The R package {package} is not installed."
    return ""


def _written(folder: Path, name: str, array: np.ndarray) -> str:
    path = folder / f"{name}.csv"
    np.savetxt(path, array, delimiter=",", fmt="%.17g")
    read = f'as.matrix(read.csv("{path.name}", header = FALSE))'
    return f"{name} <- {read}" if array.ndim == 2 else f"{name} <- as.vector({read})"


def _read(path: Path) -> list[float]:
    return [float(line) for line in path.read_text(encoding="utf-8").split()]
