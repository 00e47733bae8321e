"""This file knows ``forestall questionnaire example``: a filled reply of an invented country."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- cyclopts reads the annotation
from typing import Annotated

from cyclopts import Parameter

from forestall.cli.plan_words import Language  # noqa: TC001 -- cyclopts reads the annotation


def example(
    name: Annotated[str, Parameter(name="NAME")],
    *,
    out: Annotated[Path, Parameter(name=["--out", "-o"])],
    language: Language = None,
) -> None:
    """Write the filled reply of an invented country into a file, to read, to try and to change.

    Parameters
    ----------
    name
        Which: coral-isles, montrives (in French), northland, riverland (in two languages) or
        wahat (in Arabic).
    out
        The file; one that is there stays.
    language
        Tag of the language in which to answer, such as fr.
    """
    from forestall.cli.plan_words import told_in
    from forestall.errors import InvalidOutput
    from forestall.languages import message, say
    from forestall.questionnaires.example import example_reply
    from forestall.questionnaires.files import write_reply

    with told_in(language):
        reply = example_reply(name)
        if out.exists():
            raise InvalidOutput(
                message("“{name}” is there already; name a new file.", name=out.name)
            )
        print(say("The example is {file}", file=str(write_reply(reply, out))))
