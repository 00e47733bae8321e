"""This file knows the commands ``forestall plan …``: check, publish and compare a whole plan."""

from __future__ import annotations

from cyclopts import App

from forestall.cli.plan_check import check
from forestall.cli.plan_files import example, schema
from forestall.cli.plan_publish import publish_file

app = App(
    name="plan",
    help="What to do: check a plan, publish it, compare two versions, read its money and duties.",
    help_format="plaintext",
)
app.command(check, name="check")
app.command(publish_file, name="publish")
app.command(example, name="example")
app.command(schema, name="schema")
