"""This file knows the commands ``forestall plan example`` and ``plan schema``."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- cyclopts reads the annotation
from typing import Annotated

from cyclopts import Parameter

from forestall.cli.plan_words import Language  # noqa: TC001 -- cyclopts reads the annotation


def example(
    *, out: Annotated[Path, Parameter(name=["--out", "-o"])], language: Language = None
) -> None:
    """Write the plan of an invented city into a file, to read, to try and to change.

    Parameters
    ----------
    out
        The file; one that is there stays.
    language
        Tag of the language in which to answer, such as fr.
    """
    from forestall.cli.plan_words import told_in
    from forestall.errors import InvalidOutput
    from forestall.languages import message, say
    from forestall.plan.example import example_plan
    from forestall.plan.files import write_plan

    with told_in(language):
        if out.exists():
            raise InvalidOutput(
                message("“{name}” is there already; name a new file.", name=out.name)
            )
        print(say("The example is {file}", file=str(write_plan(example_plan(), out))))


def schema() -> None:
    """Print the JSON Schema of a plan, for editors and for programs that write plans."""
    import json

    from forestall.plan.schema import plan_schema

    print(json.dumps(plan_schema(), ensure_ascii=False, indent=2))
