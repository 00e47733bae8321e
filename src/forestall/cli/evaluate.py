"""This file knows the command ``forestall evaluate``: count, compare, publish, say it in short."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path  # noqa: TC003 -- cyclopts reads the annotation
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from forestall.cli.command_lines import command_line
from forestall.cli.diagnose import threshold_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.evaluation.programmes import ProgrammeEvaluation
    from forestall.publication import Published
    from forestall.records import Incidents


def evaluate(
    specification: Annotated[Path, Parameter(name="SPEC")],
    *,
    store: Path,
    out: Annotated[Path, Parameter(name=["--out", "-o"])],
    formats: Annotated[list[str] | None, Parameter(name="--format", negative=())] = None,
    languages: Annotated[list[str] | None, Parameter(name="--language", negative=())] = None,
    threshold: Annotated[int, Parameter(converter=threshold_of)] = 5,
) -> None:
    """Evaluate a measure, with side effects, costs and how sure it is, and write a report.

    The report is a folder: index.html to read, tables/ with the numbers, evaluation.json for a
    later synthesis. forestall publish adds formats and languages later.

    Parameters
    ----------
    specification
        TOML file that says what was done where and when, what is counted, and what it cost.
    store
        Incident store, incident files, or a folder of them.
    out
        Folder for the report. An earlier report in it is replaced.
    formats
        Formats of the report with commas between them, such as pdf; the page is always written.
    languages
        Languages of the report with commas between them, such as en,ar; or all. The first is at
        the root of the folder, each other in a folder of its own.
    threshold
        Smallest number that is shown, at least 4; smaller ones are hidden.
    """
    from forestall.disclosure import rule_named
    from forestall.evaluation.programmes import evaluate_programme
    from forestall.evaluation.specification import read_specification
    from forestall.languages import use_language
    from forestall.publication import ReportKind, publish_evaluation
    from forestall.publication.editions import check_place

    spec = read_specification(specification)
    rule = rule_named(f"threshold-{threshold}")
    wanted = check_place(
        out, formats=formats or (), languages=languages or (), kind=ReportKind.EVALUATION
    )
    with use_language(wanted.languages[0]), opened(store) as incidents:
        evaluation = evaluate_programme(spec, incidents)
        published = publish_evaluation(
            evaluation,
            out=out,
            rule=rule,
            formats=wanted.formats,
            languages=wanted.languages,
            command=command_line(),
        )
        _tell(evaluation, published)


@contextmanager
def opened(store: Path) -> Iterator[Incidents]:
    """Open a store, or read files into one that is removed afterwards."""
    from forestall.cli.progress import told_on_terminal
    from forestall.records import load_incidents, open_incidents

    if (store / "manifest.json").is_file():
        yield open_incidents(store)
        return
    with told_on_terminal() as progress, load_incidents([store], progress=progress) as incidents:
        yield incidents


def _tell(evaluation: ProgrammeEvaluation, published: Published) -> None:
    from forestall.cli.publish import tell_warnings
    from forestall.languages import say

    print(evaluation.spec.title)
    print()
    for place, finding in enumerate(published.findings, start=1):
        print(f"{place}. {finding}")
    print()
    print(say("The report is {page}", page=str(published.page)))
    tell_warnings(published.warnings)
