"""This file knows the commands ``forestall training …``: which skills a plan calls for and has."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- cyclopts reads the annotation
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from forestall.cli.plan_words import Language, Today  # noqa: TC001 -- cyclopts reads them

if TYPE_CHECKING:
    from forestall.training import SkillGaps, SkillRow

app = App(
    name="training",
    help="Training: which skills a plan calls for, which bodies have them, who teaches them.",
    help_format="plaintext",
)


@app.command(name="gaps")
def gaps(
    plan: Annotated[Path, Parameter(name="PLAN")],
    holdings: Annotated[Path, Parameter(name="HOLDINGS")],
    *,
    courses: Path | None = None,
    out: Annotated[Path | None, Parameter(name=["--out", "-o"])] = None,
    today: Today = None,
    language: Language = None,
) -> None:
    """Say which skills a plan calls for, who has each, which actions wait, and who teaches it.

    Skills belong to bodies, never to persons, and nothing here is a score.

    Parameters
    ----------
    plan
        The plan, as JSON.
    holdings
        Which body has which skill, as JSON.
    courses
        Catalogue of courses, as JSON; without it none are named.
    out
        File for the answer as JSON, with its reasons in the language.
    today
        Day on which it is looked at, such as 2026-03-02; today if none is named.
    language
        Tag of the language in which to answer, such as fr.
    """
    from forestall.cli.plan_words import day_of, told_in
    from forestall.languages import SOURCE_LANGUAGE, say
    from forestall.plan import read_plan
    from forestall.training import files, skill_gaps

    with told_in(language):
        found = skill_gaps(
            read_plan(plan),
            files.read_holdings(holdings),
            courses=None if courses is None else files.read_courses(courses),
            today=day_of(today),
        )
        _tell(found)
        if out is not None:
            content = files.gaps_file(found, languages=(language or SOURCE_LANGUAGE,))
            print(say("Written: {file}", file=str(files.write_training(content, out))))


@app.command(name="skills")
def skills(*, language: Language = None) -> None:
    """List the skills, each with its key and the paragraph that asks for it.

    Parameters
    ----------
    language
        Tag of the language in which to answer, such as fr.
    """
    from forestall.cli.plan_words import told_in
    from forestall.training import Skill

    with told_in(language):
        for one in Skill:
            print(f"{one.value}: {one.words} ({one.paragraph})")


@app.command(name="example")
def example(
    *, out: Annotated[Path, Parameter(name=["--out", "-o"])], language: Language = None
) -> None:
    """Write the example plan, courses and skills of its partners into a folder.

    Parameters
    ----------
    out
        The folder; files that are there stay.
    language
        Tag of the language in which to answer, such as fr.
    """
    from forestall.cli.plan_words import told_in
    from forestall.errors import InvalidOutput
    from forestall.languages import message, say
    from forestall.plan import example_plan, write_plan
    from forestall.training import example_courses, example_holdings, write_training

    with told_in(language):
        for name in ("plan.json", "courses.json", "holdings.json"):
            if (out / name).exists():
                raise InvalidOutput(
                    message("“{name}” is there already; name a new file.", name=name)
                )
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError:
            raise InvalidOutput(
                message("“{name}” cannot be a folder here.", name=out.name)
            ) from None
        for written in (
            write_plan(example_plan(), out / "plan.json"),
            write_training(example_courses(), out / "courses.json"),
            write_training(example_holdings(), out / "holdings.json"),
        ):
            print(say("Written: {file}", file=str(written)))


@app.command(name="schema")
def schema(file: str) -> None:
    """Print the JSON Schema of a file: courses, holdings or gaps.

    Parameters
    ----------
    file
        Which of them.
    """
    import json

    from forestall.training import training_schema

    print(json.dumps(training_schema(file), ensure_ascii=False, indent=2))


def _tell(found: SkillGaps) -> None:
    for row in found.rows:
        _tell_of(row)
    for caveat in found.caveats:
        print(caveat)
    print(found.summary())


def _tell_of(row: SkillRow) -> None:
    from forestall.languages import OwnWords, say

    print(row.words)
    for one in row.needs:
        paragraph = f" ({one.need.paragraph})" if one.need.paragraph else ""
        print("  -", say("{about}: {reason}", about=one.about, reason=one.need.reason) + paragraph)
        print(f"    {one.said}")
    if row.holders:
        print("  -", say("Said so: {bodies}", bodies=row.holders_words))
    for course in row.courses:
        print("  -", say("Course: {course}", course=course.said))
    for award in row.qualifications:
        print("  -", say("Qualification: {title}", title=OwnWords(award.title)))
