"""A code block that is wrong makes its page fail, and none is left out."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.documentation import blocks


def example(text, folder) -> Any:
    return SimpleNamespace(parsed=text, namespace={"folder": folder})


def test_a_command_that_fails_is_told(tmp_path):
    assert "ended with 3" in str(blocks.run_bash(example("exit 3\n", tmp_path)))
    assert "ended with 3" in str(blocks.run_console(example("$ exit 3\n", tmp_path)))


def test_a_command_that_ends_well_says_nothing(tmp_path):
    assert blocks.run_bash(example("echo one\n# a remark\n", tmp_path)) is None
    assert blocks.run_console(example("$ echo one\none\n", tmp_path)) is None


def test_other_output_than_shown_is_told(tmp_path):
    told = blocks.run_console(example("$ echo one two\none...three\n", tmp_path))

    assert "instead of" in str(told)


def test_a_console_block_without_a_command_is_told(tmp_path):
    assert blocks.run_console(example("echo one\n", tmp_path)) is not None


def test_a_named_toml_block_becomes_a_file(tmp_path):
    blocks.check_toml(example("# mapping/own.toml\nx = 1\n", tmp_path))

    assert (tmp_path / "mapping" / "own.toml").read_text() == "# mapping/own.toml\nx = 1\n"


def test_wrong_toml_is_an_error(tmp_path):
    with pytest.raises(ValueError, match="Invalid value"):
        blocks.check_toml(example("x = = 1\n", tmp_path))


@pytest.mark.parametrize(
    "fence", ["```sh", "```", "``` python", "```{code-block} python", "```pycon"]
)
def test_a_block_that_nothing_runs_is_an_error(fence):
    page: Any = SimpleNamespace(text=f"A page\n\n{fence}\nx = 1\n```\n", path="page.md")

    with pytest.raises(ValueError, match="nothing runs"):
        blocks.check_languages(page)


@pytest.mark.parametrize("fence", ["```python", "```bash", "```text", "```{toctree}"])
def test_a_block_that_is_run_or_only_shown_is_none(fence):
    page: Any = SimpleNamespace(text=f"A page\n\n{fence}\nx = 1\n```\n", path="page.md")

    assert not list(blocks.check_languages(page))


def test_every_page_is_read():
    pages = [path for path in (blocks.ROOT / "docs").rglob("*.md") if "_build" not in path.parts]

    assert all(blocks.PAGES.should_parse(path) for path in [*pages, blocks.ROOT / "README.md"])
