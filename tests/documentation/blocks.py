"""This file knows how the code blocks of README.md and the documentation are run.

Every block of a page is run, in order, in a temporary folder that holds ``examples/``:

* ``python`` blocks in one namespace a page, as statements or as ``>>>`` sessions;
* ``bash`` blocks line by line as a shell would; each must end well;
* ``console`` blocks have commands after ``$ `` and what they print below, where ``...`` stands
  for anything;
* ``toml`` and ``json`` blocks must be valid; a first line ``# name.toml`` writes the block to
  that file, so that a command below can use it;
* ``text`` blocks only show something and may hold no command.

A block in any other language is an error, so that none is left out by mistake.
"""

from __future__ import annotations

import doctest
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sybil import Sybil
from sybil.evaluators.doctest import OutputChecker
from sybil.parsers.markdown import CodeBlockParser
from sybil.parsers.myst import PythonCodeBlockParser

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sybil import Document, Example, Region

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
ROOT = Path(__file__).parent.parent.parent
SHOWN_ONLY = {"text", "math", "mermaid"}
# The first is how one gets uv, the second is the test run that reads this page. That the second is
# what the checks call is tested in tests/house/test_tracked_files.py.
RUN_ELSEWHERE = {"pip install uv", "uv run pytest"}


def run_bash(example: Example) -> str | None:
    """Run each command of a block; return what went wrong."""
    for command in _commands(str(example.parsed)):
        if command not in RUN_ELSEWHERE:
            done = _run(command, folder=example.namespace["folder"])
            if done.returncode:
                return f"{command}\nended with {done.returncode}:\n{done.stdout}"
    return None


def run_console(example: Example) -> str | None:
    """Run each command of a console session and compare what it prints."""
    blocks = re.split(r"^\$ ", str(example.parsed), flags=re.MULTILINE)[1:]
    if not blocks:
        return "A console block needs a line that begins with “$ ”."
    for block in blocks:
        command, _, wanted = _joined(block).partition("\n")
        done = _run(command, folder=example.namespace["folder"])
        if wanted.strip() and not _matches(done.stdout, wanted):
            return f"{command}\nprinted:\n{done.stdout}\ninstead of:\n{wanted}"
        if not wanted.strip() and done.returncode:
            return f"{command}\nended with {done.returncode}:\n{done.stdout}"
    return None


def check_toml(example: Example) -> None:
    """Parse a TOML block, and write it to the file that its first line names."""
    tomllib.loads(str(example.parsed))
    _write_named(str(example.parsed), folder=example.namespace["folder"])


def check_json(example: Example) -> None:
    """Parse a JSON block."""
    json.loads(str(example.parsed))


def check_languages(document: Document) -> Iterable[Region]:
    """Refuse a page with a block that none of the parsers runs."""
    known = {"python", "bash", "console", "toml", "json"} | SHOWN_ONLY
    opened = re.findall(r"^ *```(.*)\n(?:.*\n)*?^ *``` *$", document.text, re.MULTILINE)
    unknown = [fence for fence in opened if not fence.startswith("{") and fence not in known]
    code = [fence for fence in opened if fence.startswith("{code")]
    if unknown or code:
        raise ValueError(f"{document.path} has blocks that nothing runs: {unknown + code}.")
    return ()


def enter_folder(namespace: dict[str, Any]) -> None:
    """Start a page in an empty folder with the examples and a picture of nothing else."""
    namespace["before"] = Path.cwd()
    namespace["folder"] = Path(tempfile.mkdtemp(prefix="forestall-docs-"))
    (namespace["folder"] / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
    os.chdir(namespace["folder"])


def leave_folder(namespace: dict[str, Any]) -> None:
    """Go back and take the folder away."""
    os.chdir(namespace["before"])
    shutil.rmtree(namespace["folder"])


def _commands(block: str) -> list[str]:
    lines = _joined(block).splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _joined(block: str) -> str:
    return block.replace("\\\n", " ")


def _run(command: str, *, folder: Path) -> subprocess.CompletedProcess[str]:
    here = str(Path(sys.executable).parent)
    return subprocess.run(
        command.removeprefix("uv run "),
        shell=True,
        cwd=folder,
        env={**os.environ, "PATH": f"{here}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "100"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


class PlainSpaceChecker(OutputChecker):
    """Compares what is printed with what a page shows, a no-break space being a space."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        """Say whether the output is the one that is shown."""
        plain = got.replace("\u00a0", " ")
        return bool(super().check_output(want, plain, optionflags))


def _matches(printed: str, wanted: str) -> bool:
    return PlainSpaceChecker().check_output(wanted, printed, FLAGS)


def _python_parser() -> PythonCodeBlockParser:
    parser = PythonCodeBlockParser(doctest_optionflags=FLAGS)
    # sybil has no setting for the checker.
    parser.doctest_parser.evaluator.runner._checker = PlainSpaceChecker()  # type: ignore[attr-defined]
    return parser


def _write_named(block: str, *, folder: Path) -> None:
    named = re.match(r"# ([\w./-]+\.\w+)\n", block)
    if named:
        path = folder / named[1]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block, encoding="utf-8")


PAGES = Sybil(
    parsers=[
        check_languages,
        _python_parser(),
        CodeBlockParser(language="bash", evaluator=run_bash),
        CodeBlockParser(language="console", evaluator=run_console),
        CodeBlockParser(language="toml", evaluator=check_toml),
        CodeBlockParser(language="json", evaluator=check_json),
    ],
    path=str(ROOT),
    patterns=["README.md", "docs/*.md", "docs/*/*.md"],
    setup=enter_folder,
    teardown=leave_folder,
)
