"""This file knows how every sentence of the package is found for translators.

::

    uv run python scripts/extract_sentences.py messages.pot

A sentence is what `say`, `message`, `say_plural` and `plural_message` are called with. Where the
call names a variable, the sentences are the texts that the variable can hold: those of a constant
of the module, of an assignment in the function, or of the calls of a function that has it as a
parameter. In the templates of the workspace, `say` and `say_plural` are called with the sentence
itself, because a template has no constants that could be followed.
"""

from __future__ import annotations

import argparse
import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from jinja2 import Environment, nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parent.parent / "src" / "forestall"
_TEXTS = {"say": 1, "message": 1, "say_plural": 2, "plural_message": 2}


@dataclass(frozen=True)
class Found:
    """A sentence (with its plural, when it has one) and where it stands."""

    texts: tuple[str, ...]
    file: str
    line: int


@cache
def find_sentences(package: Path = PACKAGE) -> tuple[Found, ...]:
    """Return every sentence of a package, in the order of files and lines.

    It reads the package once for as long as the process lives.
    """
    found = []
    for path in sorted(package.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if not any(f"{name}(" in source for name in _TEXTS):
            continue
        module = _Module(ast.parse(source))
        name = path.relative_to(package).as_posix()
        found += [Found(texts, name, line) for texts, line in module.sentences()]
    for path in sorted(package.rglob("jinja2/**/*.*")):
        name = path.relative_to(package).as_posix()
        sentences = sentences_of_template(path.read_text(encoding="utf-8"), name=name)
        found += [Found(texts, name, line) for texts, line in sentences]
    return tuple(found)


def sentences_of_template(source: str, *, name: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield the sentences of a template and their lines.

    Raises
    ------
    ValueError
        If a sentence is not written where it is said; translators would never see it.
    """
    for call in Environment(autoescape=True).parse(source).find_all(nodes.Call):
        called = call.node.name if isinstance(call.node, nodes.Name) else ""
        if called in _TEXTS:
            texts = [
                one.value
                for one in call.args[: _TEXTS[called]]
                if isinstance(one, nodes.Const) and isinstance(one.value, str)
            ]
            if len(texts) != _TEXTS[called]:
                raise ValueError(f"{name}:{call.lineno}: {called}() needs the sentence itself.")
            yield tuple(texts), call.lineno


class _Module:
    def __init__(self, tree: ast.Module) -> None:
        nodes_here = list(ast.walk(tree))
        self.parents = {child: node for node in nodes_here for child in ast.iter_child_nodes(node)}
        self.calls: dict[str, list[ast.Call]] = {}
        self.functions: dict[str, list[ast.FunctionDef]] = {}
        for node in nodes_here:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                self.calls.setdefault(node.func.id, []).append(node)
            elif isinstance(node, ast.FunctionDef):
                self.functions.setdefault(node.name, []).append(node)

    def sentences(self) -> Iterator[tuple[tuple[str, ...], int]]:
        calls = [(name, call) for name in _TEXTS for call in self.calls.get(name, ())]
        for name, call in sorted(calls, key=lambda one: (one[1].lineno, one[1].col_offset)):
            given = call.args[: _TEXTS[name]]
            if all(_text(one) is not None for one in given):
                yield tuple(str(_text(one)) for one in given), call.lineno
                continue
            for one in given:
                for texts in self._held(one, frozenset()):
                    yield texts, call.lineno

    def _held(self, node: ast.AST, seen: frozenset[str]) -> Iterator[tuple[str, ...]]:
        """Yield the texts that an expression can hold; a pair is a sentence and its plural."""
        if isinstance(node, ast.Tuple) and all(_text(one) is not None for one in node.elts):
            yield tuple(str(_text(one)) for one in node.elts)
        elif _text(node) is not None:
            yield (str(_text(node)),)
        elif isinstance(node, ast.Name):
            if node.id not in seen:
                for value in self._values(node):
                    yield from self._held(value, seen | {node.id})
        elif isinstance(node, ast.Call):
            yield from self._results(node, seen)
        else:
            skipped = node.keys if isinstance(node, ast.Dict) else []
            for child in ast.iter_child_nodes(node):
                if child not in skipped and not _is_index(node, child):
                    yield from self._held(child, seen)

    def _results(self, call: ast.Call, seen: frozenset[str]) -> Iterator[tuple[str, ...]]:
        """Yield what a call can give: of ``table.get(key, text)``, or of a function here."""
        if isinstance(call.func, ast.Attribute):
            for part in (call.func.value, *call.args[1:]):
                yield from self._held(part, seen)
        elif isinstance(call.func, ast.Name) and call.func.id not in seen:
            for node in self.functions.get(call.func.id, ()):
                for end in ast.walk(node):
                    if isinstance(end, ast.Return) and end.value is not None:
                        yield from self._held(end.value, seen | {call.func.id})

    def _values(self, name: ast.Name) -> Iterator[ast.AST]:
        scope: ast.AST | None = name
        while (scope := self.parents.get(scope)) is not None:  # type: ignore[arg-type]
            if isinstance(scope, ast.FunctionDef | ast.Module):
                yield from _assigned(scope, name.id)
            if isinstance(scope, ast.FunctionDef):
                yield from self._arguments(scope, name.id)

    def _arguments(self, function: ast.FunctionDef, name: str) -> Iterator[ast.AST]:
        names = [one.arg for one in function.args.args]
        for call in self.calls.get(function.name, ()):
            if name in names and names.index(name) < len(call.args):
                yield call.args[names.index(name)]
            yield from (word.value for word in call.keywords if word.arg == name)


def _assigned(scope: ast.AST, name: str) -> Iterator[ast.AST]:
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(name in _names(target) for target in targets):
                yield node.value
        elif isinstance(node, ast.For | ast.comprehension) and name in _names(node.target):
            yield node.iter


def _names(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _is_index(node: ast.AST, child: ast.AST) -> bool:
    """Say whether a child only chooses: the key of a table, the condition of a choice."""
    if isinstance(node, ast.Subscript):
        return child is node.slice
    if isinstance(node, ast.IfExp):
        return child is node.test
    return isinstance(node, ast.Compare)


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def main() -> None:
    """Write the template that translators start from."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="the template to write, such as messages.pot")
    catalogue = Catalog(project="forestall", charset="utf-8")
    for one in find_sentences():
        key = one.texts if len(one.texts) > 1 else one.texts[0]
        catalogue.add(key, locations=[(one.file, one.line)])
    with parser.parse_args().file.open("wb") as stream:
        write_po(stream, catalogue, sort_output=True, width=100)


if __name__ == "__main__":
    main()
