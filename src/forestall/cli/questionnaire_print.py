"""This file knows the command ``forestall questionnaire print``: a form or a reply on paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from forestall.cli.plan_words import Language  # noqa: TC001 -- cyclopts reads the annotation

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from forestall.publication.blocks import Document

Key = Annotated[str, Parameter(name="KEY")]
Output = Annotated[Path, Parameter(name=["--output", "-o"])]


def print_form(
    key: Key,
    *,
    output: Output,
    written_as: Annotated[str, Parameter(name="--format")] = "",
    reply: Path | None = None,
    address: str = "",
    version: int | None = None,
    language: Language = None,
) -> None:
    """Write an empty form to print and fill in by hand; with a reply, the reply as a document.

    Parameters
    ----------
    key
        Short name of the questionnaire, such as 2006-20.
    output
        The file.
    written_as
        As what it is written: pdf or docx. The name of the file says so if it is not named.
    reply
        A reply as JSON, which is printed with its confidential answers.
    address
        Where the same questions are answered on the web; the form names it.
    version
        The number of a version; the newest, or that of the reply, if none is named.
    language
        Tag of the language of the form, such as ar.
    """
    from forestall.cli.plan_words import told_in
    from forestall.cli.questionnaire_form import check_belongs
    from forestall.languages import say
    from forestall.publication.questionnaire_pages import build_form, build_reply
    from forestall.questionnaires.definitions import read_definition
    from forestall.questionnaires.files import read_reply
    from forestall.whole_files import write_whole

    with told_in(language):
        write = _writer(written_as or output.suffix.removeprefix("."))
        given = read_reply(reply) if reply is not None else None
        asked = read_definition(key, version=version or (given.version if given else None))
        if given is None:
            content = write(build_form(asked, address=address), asked.dated)
            write_whole(output, content)
            print(say("The form is {file}", file=str(output)))
        else:
            check_belongs(given, asked)
            write_whole(output, write(build_reply(asked, given), given.on))
            print(say("The reply is {file}", file=str(output)))


def _writer(name: str) -> Callable[[Document, date], bytes]:
    from forestall.errors import InvalidCommand
    from forestall.languages import Listing, message
    from forestall.publication.docx import write_docx
    from forestall.publication.pdf import write_pdf

    writers: dict[str, Callable[[Document, date], bytes]] = {
        "pdf": lambda document, day: write_pdf(document, made_on=day).data,
        "docx": lambda document, _: write_docx(document),
    }
    if name.lower() not in writers:
        raise InvalidCommand(
            message(
                "--format needs one of these: {known}; but “{name}” was given.",
                known=Listing(list(writers)),
                name=name,
            )
        )
    return writers[name.lower()]
