"""This file knows the commands ``forestall questionnaire list``, ``show`` and ``schema``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from forestall.cli.plan_words import Language  # noqa: TC001 -- cyclopts reads the annotation

if TYPE_CHECKING:
    from forestall.questionnaires.records import FollowUp, Item, Questionnaire

Key = Annotated[str, Parameter(name="KEY")]


def list_all(*, language: Language = None) -> None:
    """List the questionnaires that are packaged.

    Parameters
    ----------
    language
        Tag of the language in which to answer, such as fr.
    """
    from forestall.cli.plan_words import told_in
    from forestall.languages import in_language, say
    from forestall.questionnaires.definitions import read_definitions

    with told_in(language):
        for one in read_definitions():
            version = say("version {version}", version=one.version)
            print(f"{one.key}  {one.instrument}  {in_language(one.title)}  ({version})")


def show(key: Key, *, version: int | None = None, language: Language = None) -> None:
    """Show what a questionnaire asks: items, choices, follow-ups, and when each is asked.

    Parameters
    ----------
    key
        Its short name, such as 2006-20.
    version
        The number of a version; the newest if none is named.
    language
        Tag of the language in which to answer, such as fr.
    """
    from forestall.cli.plan_words import told_in
    from forestall.languages import has_words, in_language
    from forestall.questionnaires.definitions import read_definition

    with told_in(language):
        asked = read_definition(key, version=version)
        print(f"{asked.instrument}: {in_language(asked.title)}")
        print(in_language(asked.about))
        if has_words(asked.incomplete):
            print(in_language(asked.incomplete))
        for group in asked.groups:
            print(f"\n{group.key}  {in_language(group.title)}")
            for item in group.items:
                _show_item(item, asked)


def _show_item(item: Item, asked: Questionnaire) -> None:
    from forestall.languages import has_words, in_language

    print(f"  {item.label or '·'}  {in_language(item.prompt)}")
    for line in _lines(item, asked):
        print(f"      {line}")
    if item.follow_up is not None:
        print(f"      {_follow_up(item.follow_up)}")
    if has_words(item.note):
        print(f"      ({in_language(item.note)})")


def _lines(item: Item, asked: Questionnaire) -> list[str]:
    from forestall.languages import in_language, say

    lines = []
    if item.asked_if:
        when = " | ".join(
            f"{one.item}: {' | '.join(str(choice.words) for choice in one.choices)}"
            for one in item.asked_if
        )
        lines.append(say("Asked after: {when}", when=when))
    if item.choices:
        lines.append(" | ".join(str(one.words) for one in item.choices))
    if item.marks:
        titles = {one.key: in_language(one.title) for one in asked.marks}
        lines.append(" | ".join(f"[ ] {titles[key]}" for key in item.marks))
    if item.columns:
        lines.append(" | ".join(in_language(one.title) for one in item.columns))
    if item.paragraphs:
        lines.append(", ".join(one.replace(":", " ¶", 1) for one in item.paragraphs))
    return lines


def _follow_up(follow_up: FollowUp) -> str:
    from forestall.languages import in_language

    when = " | ".join(str(one.words) for one in follow_up.when)
    return f"→ {when}: {in_language(follow_up.prompt)}"


def schema(*, kind: Annotated[str, Parameter(name="--of")] = "questionnaire") -> None:
    """Print the JSON Schema of a questionnaire or of a reply, for editors and programs.

    Parameters
    ----------
    kind
        Of which file: questionnaire or reply.
    """
    import json

    from forestall.errors import InvalidCommand
    from forestall.languages import Listing, message
    from forestall.questionnaires.schema import SchemaKind, questionnaire_schema

    known = [one.value for one in SchemaKind]
    if kind not in known:
        raise InvalidCommand(
            message(
                "--of needs one of these: {known}; but “{name}” was given.",
                known=Listing(known),
                name=kind,
            )
        )
    print(json.dumps(questionnaire_schema(SchemaKind(kind)), ensure_ascii=False, indent=2))
