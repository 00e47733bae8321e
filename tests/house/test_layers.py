"""Every stage has its place among the layers, and imports only what stands below."""

from __future__ import annotations

import subprocess
import sys
import tomllib

from tests.house.sources import PACKAGE, ROOT


def house_contract():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    return next(contract for contract in contracts if contract["id"] == "house")


def test_every_stage_has_its_place():
    layered = {
        name.strip(" ()") for layer in house_contract()["layers"] for name in layer.split("|")
    }
    stages = {
        path.stem
        for path in PACKAGE.iterdir()
        if (path.is_dir() and (path / "__init__.py").is_file()) or path.suffix == ".py"
    } - {"__init__", "__main__"}

    assert house_contract()["exhaustive"] is True
    assert stages <= layered, f"No layer in pyproject.toml for: {sorted(stages - layered)}"


def test_imports_keep_to_the_layers():
    checked = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout


HEAVY = {
    "altair", "babel", "duckdb", "geopandas", "ibis", "jinja2", "numba", "numpy", "pandas",
    "pyarrow", "pyogrio", "pyproj", "scipy", "shapely", "sqlglot", "statsmodels", "typst",
    "vl_convert",
}  # fmt: skip


def modules_loaded_by(*command):
    listing = subprocess.run(
        [sys.executable, "-X", "importtime", *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in listing.splitlines()}


def test_help_loads_nothing_heavy():
    loaded = modules_loaded_by("-m", "forestall", "--help")

    assert "forestall" in loaded
    assert not loaded & {*HEAVY, "cyclopts", "rich"}


def test_help_of_a_command_loads_nothing_heavy():
    loaded = modules_loaded_by("-m", "forestall", "diagnose", "--help")

    assert "cyclopts" in loaded
    assert not loaded & HEAVY


def test_importing_the_package_loads_nothing_heavy():
    loaded = modules_loaded_by("-c", "import forestall")

    assert not loaded & HEAVY
