"""This file knows the commands ``forestall plan …``: check, publish and compare a whole plan."""

from __future__ import annotations

from cyclopts import App

from forestall.cli.plan_accounts import budget, due
from forestall.cli.plan_check import check
from forestall.cli.plan_compare import compare
from forestall.cli.plan_files import example, schema
from forestall.cli.plan_provisions import provisions
from forestall.cli.plan_publish import publish_file

app = App(
    name="plan",
    help="What to do: check a plan, publish it, compare two versions, read its money and duties.",
    help_format="plaintext",
)
app.command(check, name="check")
app.command(publish_file, name="publish")
app.command(compare, name="compare")
app.command(provisions, name="provisions")
app.command(budget, name="budget")
app.command(due, name="due")
app.command(example, name="example")
app.command(schema, name="schema")
