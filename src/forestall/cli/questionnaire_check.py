"""This file knows the command ``forestall questionnaire check``: what a reply leaves open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from forestall.cli.plan_words import Language, Today  # noqa: TC001 -- cyclopts reads them

if TYPE_CHECKING:
    from forestall.questionnaires.checking import ReplyCheck
    from forestall.questionnaires.findings import FindingKind
    from forestall.questionnaires.records import Questionnaire

ReplyFile = Annotated[Path, Parameter(name="FILE")]
Definition = Annotated[Path | None, Parameter(name="--questionnaire")]


def check(
    file: ReplyFile,
    *,
    questionnaire: Definition = None,
    language: Language = None,
    today: Today = None,
) -> None:
    """Say what a reply leaves open, and which answers sit badly together.

    A reply that can be read ends with status 0, whatever is found. There is no score.

    Parameters
    ----------
    file
        The reply, as JSON.
    questionnaire
        The file of a questionnaire of your own; the packaged one if none is named.
    language
        Tag of the language in which to answer, such as fr.
    today
        Day on which the reply is looked at, such as 2026-01-31; today if none is named.
    """
    from forestall.cli.plan_words import day_of, told_in
    from forestall.questionnaires.checking import check_reply
    from forestall.questionnaires.definitions import read_definition
    from forestall.questionnaires.files import read_questionnaire, read_reply

    with told_in(language):
        reply = read_reply(file)
        asked = (
            read_definition(reply.questionnaire, version=reply.version)
            if questionnaire is None
            else read_questionnaire(questionnaire)
        )
        found = check_reply(reply, asked, today=day_of(today))
        _tell(found, asked)
        print(found.summary())


def _tell(found: ReplyCheck, asked: Questionnaire) -> None:
    from forestall.languages import LineStart
    from forestall.questionnaires.findings import FindingKind

    listed = (FindingKind.OPEN, FindingKind.UNCONFIRMED)
    for kind in FindingKind:
        if not (of_kind := found.of(kind)):
            continue
        print(LineStart(kind.words))
        if kind in listed:
            _tell_labels(found, asked, kind)
        else:
            for one in of_kind:
                print(f"  - {one.said}")


def _tell_labels(found: ReplyCheck, asked: Questionnaire, kind: FindingKind) -> None:
    """Print only the numbers, because dozens of sentences would say the same."""
    from forestall.languages import in_language

    for group in asked.groups:
        if labels := [one.label for one in found.of(kind, group.key)]:
            print(f"  - {group.key} {in_language(group.title)}: {', '.join(labels)}")
