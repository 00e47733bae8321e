"""The page on the command line has every command, also those below another."""

from __future__ import annotations

from scripts.make_command_line import PAGE, commands


def test_every_command_is_on_the_page():
    heads = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("## ")]

    assert heads == ["## `forestall`", *(f"## `forestall {one}`" for one in commands())]
    assert {"questionnaire from-submissions", "plan provisions", "serve"} <= set(commands())
