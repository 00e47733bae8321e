"""This file knows which files belong to the project and what stands in the Python ones."""

from __future__ import annotations

import ast
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "src" / "forestall"


@cache
def project_files() -> tuple[Path, ...]:
    """Return every file that is tracked, or new and not ignored, and exists."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    named = (ROOT / name for name in listed.split("\0") if name)
    return tuple(sorted(path for path in set(named) if path.is_file()))


def python_files(*folders: str) -> Iterator[Path]:
    """Yield the project's Python files under the folders of the repository's top."""
    for path in project_files():
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders:
            yield path


@cache
def tree_of(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def place_of(path: Path, node: ast.AST | None = None) -> str:
    """Return file and line for a person to go to."""
    name = str(path.relative_to(ROOT))
    return name if node is None else f"{name}:{getattr(node, 'lineno', 1)}"


@dataclass(frozen=True)
class Sentence:
    """A piece of text that a user may read."""

    place: str
    text: str


def sentences(path: Path) -> Iterator[Sentence]:
    """Yield the texts of a Python file that are no docstrings, and all text of other files."""
    if path.suffix != ".py":
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield Sentence(f"{path.relative_to(ROOT)}:{number}", line)
        return
    docstrings = {id(node) for node in _docstring_nodes(tree_of(path))}
    for node in ast.walk(tree_of(path)):
        if id(node) in docstrings or not isinstance(node, ast.Constant):
            continue
        if isinstance(node.value, str):
            yield Sentence(place_of(path, node), node.value)


def _docstring_nodes(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            yield body[0].value
