"""This file knows ``forestall questionnaire form`` and ``read``: a reply as a workbook and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from forestall.cli.plan_words import Language, Today  # noqa: TC001 -- cyclopts reads them

if TYPE_CHECKING:
    from forestall.questionnaires.records import Questionnaire
    from forestall.questionnaires.replies import Reply

Key = Annotated[str, Parameter(name="KEY")]
Output = Annotated[Path, Parameter(name=["--output", "-o"])]
NOBODY = "XX"


def form(
    key: Key,
    *,
    output: Output,
    reply: Path | None = None,
    version: int | None = None,
    language: Language = None,
    today: Today = None,
) -> None:
    """Write a workbook (XLSX) in which people reply without the web; a begun reply goes along.

    Parameters
    ----------
    key
        Short name of the questionnaire, such as 2006-20.
    output
        The workbook.
    reply
        A reply as JSON, whose answers stand in the cells.
    version
        The number of a version; the newest, or that of the reply, if none is named.
    language
        Tag of the language of the workbook, such as fr.
    today
        Day of a reply that is new, such as 2026-01-31; today if none is named.
    """
    from forestall.cli.plan_words import day_of, told_in
    from forestall.languages import say
    from forestall.questionnaires.definitions import read_definition
    from forestall.questionnaires.files import read_reply
    from forestall.questionnaires.replies import Reply
    from forestall.questionnaires.workbook import reply_to_workbook
    from forestall.whole_files import write_whole

    with told_in(language):
        begun = read_reply(reply) if reply is not None else None
        asked = read_definition(key, version=version or (begun.version if begun else None))
        if begun is None:
            begun = Reply(
                questionnaire=asked.key, version=asked.version, country=NOBODY, on=day_of(today)
            )
        check_belongs(begun, asked)
        write_whole(output, reply_to_workbook(asked, begun))
        print(say("The workbook is {file}", file=str(output)))


def read(
    file: Annotated[Path, Parameter(name="FILE")],
    *,
    output: Output,
    key: str = "2006-20",
    version: int | None = None,
    language: Language = None,
) -> None:
    """Read a workbook that people filled in, and write the reply as JSON.

    Parameters
    ----------
    file
        The workbook.
    output
        The reply.
    key
        Short name of the questionnaire.
    version
        The number of a version; the newest if none is named.
    language
        Tag of the language in which to answer, such as fr.
    """
    from forestall.cli.plan_words import told_in
    from forestall.languages import say
    from forestall.questionnaires.definitions import read_definition
    from forestall.questionnaires.files import bytes_of, reply_to_json
    from forestall.questionnaires.workbook import reply_from_workbook
    from forestall.whole_files import write_whole

    with told_in(language):
        asked = read_definition(key, version=version)
        found = reply_from_workbook(bytes_of(file), asked, name=file.name)
        write_whole(output, reply_to_json(found))
        print(say("The reply is {file}", file=str(output)))


def check_belongs(reply: Reply, asked: Questionnaire) -> None:
    """Refuse a reply to another questionnaire, or to another version of it.

    Raises
    ------
    InvalidQuestionnaire
        If it is one.
    """
    from forestall.errors import InvalidQuestionnaire
    from forestall.languages import message

    if (reply.questionnaire, reply.version) != (asked.key, asked.version):
        raise InvalidQuestionnaire(
            message(
                "The reply needs to be to “{wanted}”, version {version}, and is not.",
                wanted=asked.key,
                version=asked.version,
            )
        )
