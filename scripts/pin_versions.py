"""This file knows how the exact versions of all packages get into the repository.

``uv.lock`` names the registry it was made with, which differs from place to place, so it stays out
of the repository. The versions are kept in two places instead, neither with a registry's name:

* ``[tool.uv] constraint-dependencies`` in ``pyproject.toml``: what ``uv run`` resolves to (and
  ``build-constraint-dependencies``: what builds the package);
* ``requirements.lock``: the same versions with the hash of every file, for those who install with
  ``uv pip install --require-hashes``.

::

    uv run python scripts/pin_versions.py           # to the newest versions allowed
    uv run python scripts/pin_versions.py --check   # are both lists whole, and do the hashes hold?
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROJECT = ROOT / "pyproject.toml"
HASHED = ROOT / "requirements.lock"
_PINS, _BUILD_PINS = "constraint-dependencies", "build-constraint-dependencies"
_HASH = re.compile(r"--hash=(sha256:[0-9a-f]{64})\b")
_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", re.MULTILINE)


def write_pins() -> None:
    """Resolve everything afresh and write both lists."""
    with tempfile.TemporaryDirectory() as folder:
        project = PROJECT.read_text(encoding="utf-8")
        copy = _copy_of_project(Path(folder), project=_with_list(project, _PINS, []))
        _uv("lock", "--upgrade", folder=copy)
        pins = _exported(copy)
        project = _with_list(project, _PINS, pins)
        PROJECT.write_text(_with_list(project, _BUILD_PINS, _build_pins(copy)), encoding="utf-8")
        HASHED.write_text(_exported_with_hashes(copy), encoding="utf-8")
    print(f"{len(pins)} versions written to {PROJECT.name} and {HASHED.name}.")


def check_pins() -> None:
    """Raise if a package has no pin, if the lists differ, or if a file has another hash."""
    project = PROJECT.read_text(encoding="utf-8")
    pinned = tomllib.loads(project)["tool"]["uv"]["constraint-dependencies"]
    with tempfile.TemporaryDirectory() as folder:
        copy = _copy_of_project(Path(folder), project=project)
        _uv("lock", folder=copy)
        resolved, offered = _exported(copy), _exported_with_hashes(copy)
    # Names and versions only: another uv may write the markers in another way.
    differing = sorted(_versions(resolved) ^ _versions(pinned))
    if differing:
        raise SystemExit(f"These pins are missing or stale; run `just pins`: {differing}")
    if _versions([HASHED.read_text(encoding="utf-8")]) != _versions(pinned):
        raise SystemExit(f"{HASHED.name} holds other versions than {PROJECT.name}.")
    check_hashes(HASHED.read_text(encoding="utf-8"), offered=offered)
    print(f"{len(pinned)} versions are pinned, and their hashes hold.")


def check_hashes(hashed: str, *, offered: str) -> None:
    """Raise if a package has no hash, or one that no file has that is offered today.

    Files that were added to a version since do no harm, so that the check does not turn red by
    itself.
    """
    today = _hashes(offered)
    for package, hashes in _hashes(hashed).items():
        if not hashes or not hashes <= today.get(package, set()):
            raise SystemExit(f"{HASHED.name} has a hash of {package} that no file has.")


def _copy_of_project(folder: Path, *, project: str) -> Path:
    (folder / "pyproject.toml").write_text(project, encoding="utf-8")
    for name in ("README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder / name)
    (folder / "src" / "forestall").mkdir(parents=True)
    (folder / "src" / "forestall" / "__init__.py").touch()
    return folder


def _exported(folder: Path) -> list[str]:
    lines = _uv(*_EXPORT, "--no-hashes", folder=folder).splitlines()
    return sorted(line.strip() for line in lines if _PIN.match(line))


def _exported_with_hashes(folder: Path) -> str:
    head = "# Exact versions with hashes; made by scripts/pin_versions.py.\n"
    return head + _uv(*_EXPORT, folder=folder)


def _versions(requirements: list[str]) -> set[tuple[str, str]]:
    return {found for text in requirements for found in _PIN.findall(text)}


def _hashes(requirements: str) -> dict[str, set[str]]:
    starts = list(_PIN.finditer(requirements))
    ends = [*(pin.start() for pin in starts[1:]), len(requirements)]
    return {
        pin[0]: set(_HASH.findall(requirements, pin.end(), end))
        for pin, end in zip(starts, ends, strict=True)
    }


_EXPORT = (
    "export",
    "--quiet",
    "--all-extras",
    "--all-groups",
    "--no-emit-project",
    "--no-header",
    "--no-annotate",
)


def _build_pins(folder: Path) -> list[str]:
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = folder / "build.txt"
    wanted.write_text("\n".join(project["build-system"]["requires"]), encoding="utf-8")
    compile_ = ("pip", "compile", "--quiet", "--universal", "--no-header", "--no-annotate")
    return _uv(*compile_, wanted.name, folder=folder).splitlines()


def _with_list(project: str, name: str, pins: list[str]) -> str:
    rows = "".join(f'    "{pin}",\n' for pin in pins)
    block = f"{name} = [\n{rows}]" if pins else f"{name} = []"
    pattern = re.compile(rf"^{name} = \[(?:\]|\n.*?\n\])$", re.MULTILINE | re.DOTALL)
    changed, replaced = pattern.subn(lambda _: block, project)
    assert replaced == 1, f"pyproject.toml has no list {name}."
    return changed


def _uv(*arguments: str, folder: Path) -> str:
    return subprocess.run(
        ["uv", *arguments], cwd=folder, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def main() -> None:
    """Write the pins, or check them."""
    parser = argparse.ArgumentParser(description="Pin the versions of all packages.")
    parser.add_argument("--check", action="store_true", help="write nothing")
    if parser.parse_args().check:
        check_pins()
    else:
        write_pins()


if __name__ == "__main__":
    main()
