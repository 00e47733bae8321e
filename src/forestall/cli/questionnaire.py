"""This file knows the commands ``forestall questionnaire …``: what is asked, and what is open."""

from __future__ import annotations

from cyclopts import App

from forestall.cli.questionnaire_check import check
from forestall.cli.questionnaire_duplicates import duplicates
from forestall.cli.questionnaire_example import example
from forestall.cli.questionnaire_form import form, read
from forestall.cli.questionnaire_print import print_form
from forestall.cli.questionnaire_show import list_all, schema, show
from forestall.cli.questionnaire_xlsform import (
    from_submissions,
    from_xlsform,
    submissions,
    xlsform,
)

app = App(
    name="questionnaire",
    help="What states report: show and print questionnaires, check a reply, see what others ask.",
    help_format="plaintext",
)
app.command(list_all, name="list")
app.command(show, name="show")
app.command(check, name="check")
app.command(form, name="form")
app.command(read, name="read")
app.command(example, name="example")
app.command(print_form, name="print")
app.command(duplicates, name="duplicates")
app.command(xlsform, name="xlsform")
app.command(from_xlsform, name="from-xlsform")
app.command(submissions, name="submissions")
app.command(from_submissions, name="from-submissions")
app.command(schema, name="schema")
