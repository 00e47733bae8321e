"""Every sentence can be found by the translators' tool."""

import ast
from pathlib import Path

import forestall

SPEAKERS = {"say": 1, "message": 1, "say_plural": 2, "plural_message": 2}


def spoken_texts():
    """Yield (place, argument) for the text arguments of every sentence in the package."""
    package = Path(forestall.__file__).parent
    for path in package.rglob("*.py"):
        if path.name == "languages.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                for text in node.args[: SPEAKERS.get(node.func.id, 0)]:
                    yield f"{path.relative_to(package)}:{node.lineno}", text


def test_sentences_are_written_out_never_computed():
    computed = [
        place
        for place, text in spoken_texts()
        if not (isinstance(text, ast.Constant) and isinstance(text.value, str))
    ]

    assert not computed, f"A translator cannot see these sentences: {computed}"
