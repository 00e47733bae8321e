"""This file knows the command ``forestall plan-evaluation``: the plan, before the measure."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- cyclopts reads the annotation
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.evaluation import EvaluationPlan
    from forestall.evaluation.programmes import PlanRecord
    from forestall.evaluation.specification import EvaluationSpec
    from forestall.publication import Published


def plan_evaluation(
    specification: Annotated[Path, Parameter(name="SPEC")],
    *,
    out: Annotated[Path, Parameter(name=["--out", "-o"])],
    store: Path | None = None,
    formats: Annotated[list[str] | None, Parameter(name="--format", negative=())] = None,
    languages: Annotated[list[str] | None, Parameter(name="--language", negative=())] = None,
) -> None:
    """Write the plan of an evaluation before the measure comes, and its checksum.

    The plan binds places, dates, outcomes and the model. Put its checksum where others can see it,
    and name it in the part [plan] of the specification: the report will say what changed since.

    Parameters
    ----------
    specification
        TOML file that says what is to be evaluated.
    out
        Folder for the plan. An earlier plan in it is replaced.
    store
        Incident store, incident files, or a folder of them: the city's own counts, from which the
        plan says what could be told.
    formats
        Formats of the plan with commas between them, such as pdf; the page is always written.
    languages
        Languages of the plan with commas between them, such as en,ar; or all.
    """
    from datetime import datetime

    from forestall.cli.command_lines import command_line
    from forestall.evaluation.programmes import plan_of
    from forestall.evaluation.specification import read_specification
    from forestall.languages import use_language
    from forestall.publication import ReportKind, publish_plan
    from forestall.publication.editions import check_place

    spec = read_specification(specification)
    wanted = check_place(
        out, formats=formats or (), languages=languages or (), kind=ReportKind.PLAN
    )
    with use_language(wanted.languages[0]):
        power = None if store is None else _power(spec, store)
        plan = plan_of(
            spec,
            made_on=datetime.now().astimezone().date(),
            power=() if power is None else _rows(power),
        )
        published = publish_plan(
            plan,
            spec,
            power=power,
            out=out,
            formats=wanted.formats,
            languages=wanted.languages,
            command=command_line(),
        )
        _tell(plan, power, published)


def _tell(plan: PlanRecord, power: EvaluationPlan | None, published: Published) -> None:
    from forestall.languages import say

    if power is not None:
        print(power.summary())
    print(say("The plan is {page}", page=str(published.page)))
    print(say("Its checksum (SHA-256) is {checksum}", checksum=plan.sha256))


def _power(spec: EvaluationSpec, store: Path) -> EvaluationPlan:
    from forestall.cli.evaluate import opened
    from forestall.evaluation.programmes.power import power_of

    with opened(store) as incidents:
        return power_of(spec, incidents)


def _rows(power: EvaluationPlan) -> tuple[Mapping[str, Any], ...]:
    import json

    # With all digits, standard errors of several designs would tell the counts they are made of.
    rows: list[Mapping[str, Any]] = json.loads(power.table.to_json(orient="records"))
    return tuple({name: _short(value) for name, value in row.items()} for row in rows)


def _short(value: Any) -> Any:
    return float(f"{value:.{_DIGITS}g}") if isinstance(value, float) else value


_DIGITS = 3
