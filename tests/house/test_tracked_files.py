"""What is in the repository is small, works anywhere, and names no machine and no registry."""

from __future__ import annotations

import re

from tests.house.sources import ROOT, place_of, project_files

# Of it, every sentence in six languages is about 4 MB, and fonts are 5.
MOST_BYTES = 34_000_000
# Letters in brackets keep this file from matching itself.
REGISTRY = re.compile(
    r"p[y]pi\.|pythonhosted[.]|registry[.][a-z]+[.]|npmj[s]|n[p]m\.|anac[o]nda\.org|crate[s]\.io"
    r"|(?<![\w-])--(?:extra-)?index-u[r]l|jsdeliv[r]|unpk[g]|cdnj[s]",
    re.IGNORECASE,
)
MACHINE = re.compile(r"(?<![\w.:/}>])/(?:ro[o]t|ho[m]e|Use[r]s|wo[r]k|mn[t])/[\w.]")
BINARY = {".parquet", ".png", ".gz", ".woff2", ".ttf", ".gpkg", ".zip", ".shp", ".dbf", ".shx"}


def text_lines():
    for path in project_files():
        if path.suffix not in BINARY:
            for number, line in enumerate(path.read_bytes().splitlines(), 1):
                yield f"{place_of(path)}:{number}", line.decode("utf-8", errors="replace")


def test_the_repository_stays_small():
    sizes = {place_of(path): path.stat().st_size for path in project_files()}
    largest = sorted(sizes, key=sizes.__getitem__, reverse=True)[:3]

    assert sum(sizes.values()) < MOST_BYTES, f"The largest files are {largest}."


def test_nothing_of_a_running_workspace_is_kept():
    left = [
        place_of(path)
        for path in project_files()
        if path.suffix in {".key", ".pem", ".sqlite3"} or path.name.endswith(("-wal", "-shm"))
    ]

    assert not left, f"Keys and databases belong to one workspace: {left}"


def test_no_registry_is_named():
    named = [place for place, line in text_lines() if REGISTRY.search(line)]

    assert not named, f"Packages come from wherever the user's uv finds them: {named}"


def test_no_path_of_a_machine_is_written_down():
    written = [place for place, line in text_lines() if MACHINE.search(line)]

    assert not written, f"These paths exist on one machine only: {written}"


def test_the_checks_use_the_command_of_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    checks = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    for command in ("uv run pytest", "uv run forestall diagnose examples/cleveland -o"):
        assert re.search(rf"^{command}", readme, re.MULTILINE), f"{command} is not in README.md"
        assert re.search(rf"^step {command}", checks, re.MULTILINE), f"{command} is not in .ci/run"


def test_every_example_says_where_it_comes_from():
    for folder in sorted((ROOT / "examples").iterdir()):
        if folder.is_dir():
            words = (folder / "README.md").read_text(encoding="utf-8")
            for part in ("**What.**", "**Origin.**", "**Licence.**", "**Attribution.**"):
                assert part in words, f"{folder.name}/README.md lacks {part}"
