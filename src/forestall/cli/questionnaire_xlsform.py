"""This file knows the commands that exchange questionnaires and replies with ODK-style tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from forestall.cli.plan_words import Language, Today  # noqa: TC001 -- cyclopts reads them

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from forestall.questionnaires.records import Questionnaire
    from forestall.questionnaires.replies import Reply

Key = Annotated[str, Parameter(name="KEY")]
File = Annotated[Path, Parameter(name="FILE")]
Output = Annotated[Path, Parameter(name=["--output", "-o"])]
Definition = Annotated[Path | None, Parameter(name="--questionnaire")]
NEWEST = "2006-20"


def xlsform(
    key: Key = NEWEST,
    *,
    output: Output,
    questionnaire: Definition = None,
    version: int | None = None,
    language: Language = None,
) -> None:
    """Write a questionnaire as a form (XLSForm) for KoboToolbox, ODK and similar tools.

    Parameters
    ----------
    key
        Short name of the questionnaire.
    output
        The form, an XLSX file.
    questionnaire
        The file of a questionnaire of your own; the packaged one if none is named.
    version
        The number of a version; the newest if none is named.
    language
        Tag of the language in which to answer, such as fr; the form has every language.
    """
    from forestall.cli.plan_words import told_in
    from forestall.languages import say
    from forestall.questionnaires.xlsform import questionnaire_to_xlsform
    from forestall.whole_files import write_whole

    with told_in(language):
        asked = _asked(key, questionnaire, version)
        write_whole(output, questionnaire_to_xlsform(asked))
        print(say("The form is {file}", file=str(output)))


def from_xlsform(
    file: File, *, output: Output, today: Today = None, language: Language = None
) -> None:
    """Read a form (XLSForm), ours or one made elsewhere, and write the questionnaire as JSON.

    What was read as something else or left out is told; what has no counterpart is refused.

    Parameters
    ----------
    file
        The form.
    output
        The questionnaire.
    today
        Day of a form that names none, such as 2026-01-31; today if none is named.
    language
        Tag of the language in which to answer, such as fr.
    """
    from forestall.cli.plan_words import day_of, told_in
    from forestall.languages import say
    from forestall.questionnaires.files import bytes_of, questionnaire_to_json
    from forestall.questionnaires.xlsform import questionnaire_from_xlsform
    from forestall.whole_files import write_whole

    with told_in(language):
        found = questionnaire_from_xlsform(bytes_of(file), dated=day_of(today), name=file.name)
        write_whole(output, questionnaire_to_json(found.questionnaire))
        for caveat in found.caveats:
            print(caveat)
        print(say("The questionnaire is {file}", file=str(output)))


def submissions(
    files: Annotated[list[Path], Parameter(name="REPLIES")],
    *,
    output: Output,
    questionnaire: Definition = None,
    language: Language = None,
) -> None:
    """Write replies as submissions: one as XML, or several as related sheets (XLSX).

    Parameters
    ----------
    files
        Replies as JSON, to one version of one questionnaire.
    output
        A file whose name ends in .xlsx or .xml; the latter holds one reply.
    questionnaire
        The file of a questionnaire of your own; the packaged one if none is named.
    language
        Tag of the language in which to answer, such as fr.
    """
    from forestall.cli.plan_words import told_in
    from forestall.languages import say
    from forestall.questionnaires.files import read_reply
    from forestall.whole_files import write_whole

    with told_in(language):
        replies = [read_reply(one) for one in files]
        asked = _asked(replies[0].questionnaire, questionnaire, replies[0].version)
        write_whole(output, _written(asked, replies, output))
        print(say("The submissions are {file}", file=str(output)))


def from_submissions(
    file: File,
    *,
    output: Output,
    key: str = NEWEST,
    questionnaire: Definition = None,
    version: int | None = None,
    language: Language = None,
) -> None:
    """Read submissions (XML, or related sheets as XLSX), and write each reply as JSON.

    Parameters
    ----------
    file
        The submissions.
    output
        Folder of the replies, which are numbered; nothing in it is replaced.
    key
        Short name of the questionnaire.
    questionnaire
        The file of a questionnaire of your own; the packaged one if none is named.
    version
        The number of a version; the newest if none is named.
    language
        Tag of the language in which to answer, such as fr.
    """
    from forestall.cli.plan_words import told_in
    from forestall.languages import say_plural
    from forestall.questionnaires.files import bytes_of
    from forestall.questionnaires.xlsform import replies_from_sheets, reply_from_submission

    with told_in(language):
        asked, read = _asked(key, questionnaire, version), bytes_of(file)
        replies: Sequence[Reply]
        if read.startswith(b"PK"):
            replies = replies_from_sheets(read, asked, name=file.name)
        else:
            replies = [reply_from_submission(read, asked, name=file.name)]
        _write_replies(replies, output)
        print(
            say_plural(
                "{count} reply is in {folder}",
                "{count} replies are in {folder}",
                count=len(replies),
                folder=str(output),
            )
        )


def _asked(key: str, file: Path | None, version: int | None) -> Questionnaire:
    from forestall.questionnaires.definitions import read_definition
    from forestall.questionnaires.files import read_questionnaire

    return read_definition(key, version=version) if file is None else read_questionnaire(file)


def _written(asked: Questionnaire, replies: Sequence[Reply], output: Path) -> bytes:
    from forestall.errors import InvalidCommand
    from forestall.languages import message
    from forestall.questionnaires.xlsform import replies_to_sheets, reply_to_submission

    if output.suffix.lower() == ".xlsx":
        return replies_to_sheets(asked, replies)
    if output.suffix.lower() != ".xml" or len(replies) != 1:
        raise InvalidCommand(
            message("--output needs a name that ends in .xlsx, or in .xml for one reply.")
        )
    return reply_to_submission(asked, replies[0])


def _write_replies(replies: Iterable[Reply], folder: Path) -> None:
    from forestall.errors import InvalidOutput
    from forestall.languages import message
    from forestall.questionnaires.files import reply_to_json
    from forestall.whole_files import write_whole

    written = {
        folder / f"reply-{at}.json": reply_to_json(reply)
        for at, reply in enumerate(replies, start=1)
    }
    for file in written:
        if file.exists():
            raise InvalidOutput(
                message("{name} is there already; name another folder.", name=file.name)
            )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise InvalidOutput(
            message(
                "{name} cannot be written: {reason}.",
                name=folder.name,
                reason=(wrong.strerror or "no such folder").lower(),
            )
        ) from None
    for file, content in written.items():
        write_whole(file, content)
