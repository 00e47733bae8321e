"""This file knows the command ``forestall questionnaire duplicates``: what others ask already."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from forestall.cli.plan_words import Language  # noqa: TC001 -- cyclopts reads the annotation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.questionnaires.duplication import Overlap

Table = Annotated[Path | None, Parameter(name="--mechanisms")]
Definition = Annotated[Path | None, Parameter(name="--questionnaire")]
Key = Annotated[str, Parameter(name="KEY")]


def duplicates(
    key: Key,
    *,
    mechanisms: Table = None,
    questionnaire: Definition = None,
    version: int | None = None,
    language: Language = None,
) -> None:
    """Show which items are asked by other mechanisms too, with the source of each.

    The list is not complete: what could not be read is not in it.

    Parameters
    ----------
    key
        Short name of the questionnaire, such as 2006-20.
    mechanisms
        A table of your own (CSV), with the same columns as the packaged one.
    questionnaire
        The file of a questionnaire of your own, with that short name.
    version
        The number of a version; the newest if none is named.
    language
        Tag of the language in which to answer, such as fr.
    """
    from forestall.cli.plan_words import told_in
    from forestall.languages import in_language, say_plural
    from forestall.questionnaires.checking import label_of
    from forestall.questionnaires.definitions import read_definition
    from forestall.questionnaires.duplication import INCOMPLETE, check_duplication
    from forestall.questionnaires.files import read_questionnaire
    from forestall.questionnaires.mechanisms import read_mechanisms_file

    with told_in(language):
        own = read_mechanisms_file(mechanisms) if mechanisms is not None else ()
        asked = (
            read_definition(key, version=version)
            if questionnaire is None
            else read_questionnaire(questionnaire)
        )
        found = check_duplication(asked, mechanisms=own)
        for item in asked.items:
            told = [one for one in found if one.item == item.key]
            if told:
                print(f"{label_of(item)}  {in_language(item.prompt)}")
            for one in told:
                print("\n".join(f"    {line}" for line in _lines(one)))
        print(
            say_plural(
                "{count} item is asked elsewhere too.",
                "{count} items are asked elsewhere too.",
                len({one.item for one in found}),
            )
        )
        print(str(INCOMPLETE))


def _lines(one: Overlap) -> Iterator[str]:
    yield f"- {one.said}"
    yield f"  {one.asks}"
    yield f"  {one.source} {one.address}".rstrip()
    if one.note:
        yield f"  {one.note}"
