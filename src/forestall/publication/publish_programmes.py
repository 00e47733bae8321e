"""This file knows the way of an evaluation, and of its plan, out of the house."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from forestall.disclosure import DisclosureRule, rule_named
from forestall.evaluation.programmes.records import evaluation_record
from forestall.languages import language, use_language
from forestall.publication.contents import Provenance, Publication, ReportKind
from forestall.publication.editions import known_languages
from forestall.publication.evaluation_report import (
    EvaluationSetting,
    build_evaluation_report,
    build_plan_report,
)
from forestall.publication.protected_evaluation import told_in
from forestall.publication.provenance import MADE_WITH, data_of, protection_of
from forestall.publication.published import Published, write_publication

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence
    from datetime import date

    from forestall.evaluation import EvaluationPlan
    from forestall.evaluation.programmes import PlanRecord, ProgrammeEvaluation
    from forestall.evaluation.specification import EvaluationSpec


def publish_evaluation(
    evaluation: ProgrammeEvaluation,
    *,
    out: str | os.PathLike[str],
    rule: DisclosureRule | str = "threshold-5",
    formats: Sequence[str] = ("html",),
    languages: Sequence[str] = (),
    command: str = "",
    made_on: date | None = None,
) -> Published:
    """Protect an evaluation and write it as page, tables and record, and in other formats.

    Parameters
    ----------
    out
        Folder of the report; an earlier report in it is replaced in one step.
    rule
        Disclosure rule, or its name.
    formats
        Names of formats; the page is always written.
    languages
        Tags of languages, the first for the root of the folder; the language in force when empty.
    command
        The command line that makes the same report again, printed in it.
    made_on
        Day that stands in the report; today when None.

    Raises
    ------
    InvalidOutput
        If the folder holds something else.
    UnsafeToPublish
        If the counts that the evaluation rests on cannot be protected under the rule.
    UnknownFormat, UnknownLanguage
        If there is no such format or language.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from forestall.publication.evaluation_example import example_evaluation
    >>> with TemporaryDirectory() as folder:
    ...     published = publish_evaluation(example_evaluation(), out=folder)
    ...     sorted(path.name for path in published.others)
    ['evaluation.json', 'publication.json']
    """
    tags = known_languages(*languages) or (language(),)
    with use_language(tags[0]):
        publication = evaluation_publication(
            evaluation, rule=rule, command=command, made_on=made_on
        )
    return write_publication(publication, out=out, formats=formats, languages=tags)


def evaluation_publication(
    evaluation: ProgrammeEvaluation,
    *,
    rule: DisclosureRule | str = "threshold-5",
    command: str = "",
    made_on: date | None = None,
) -> Publication:
    """Return an evaluation as it is published, before it is written.

    Raises
    ------
    UnsafeToPublish
        If the counts that the evaluation rests on cannot be protected under the rule.
    """
    known = rule_named(rule) if isinstance(rule, str) else rule
    told = told_in(evaluation, rule=known)
    setting = EvaluationSetting(
        told=told, made_on=made_on or _today(), command=command or "forestall evaluate"
    )
    record = json.dumps(evaluation_record(told.evaluation, told), ensure_ascii=False, indent=1)
    return Publication(
        document=build_evaluation_report(setting),
        tables=told.safe.tables,
        provenance=_provenance(setting),
        kind=ReportKind.EVALUATION,
        record=f"{record}\n",
    )


def publish_plan(
    plan: PlanRecord,
    spec: EvaluationSpec,
    *,
    out: str | os.PathLike[str],
    power: EvaluationPlan | None = None,
    formats: Sequence[str] = ("html",),
    languages: Sequence[str] = (),
    command: str = "",
) -> Published:
    """Write the plan of an evaluation as page and record, and in other formats.

    Parameters
    ----------
    plan
        From `plan_of`; its record is ``plan.json``.
    spec
        The specification that it was made of.
    out, formats, languages, command
        As in `publish_evaluation`.
    power
        What the designs could tell of the city's own counts.

    Raises
    ------
    InvalidOutput
        If the folder holds something else.
    UnknownFormat, UnknownLanguage
        If there is no such format or language.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from forestall.publication.evaluation_example import example_plan, example_specification
    >>> with TemporaryDirectory() as folder:
    ...     published = publish_plan(example_plan(), example_specification(), out=folder)
    ...     sorted(path.name for path in published.paths)
    ['index.html', 'plan.json', 'publication.json', 'report.json']
    """
    tags = known_languages(*languages) or (language(),)
    called = command or "forestall plan-evaluation"
    rule = rule_named("threshold-5")
    publication = Publication(
        document=build_plan_report(plan, spec, power=power, command=called),
        tables={},
        provenance=Provenance(
            made_on=plan.made_on,
            command=called,
            place=spec.place,
            first_day=spec.times.before.first,
            last_day=spec.times.after.last,
            data={},
            protection=protection_of(rule),
            rule_words=rule.words,
            choices=(),
            made_with=plan.made_with,
        ),
        kind=ReportKind.PLAN,
        record=plan.to_json(),
    )
    return write_publication(publication, out=out, formats=formats, languages=tags)


def _provenance(setting: EvaluationSetting) -> Provenance:
    rule, times = setting.safe.rule, setting.spec.times
    kinds = setting.safe.kinds
    named = () if kinds is None else kinds.row_labels
    return Provenance(
        made_on=setting.made_on,
        command=setting.command,
        place=setting.spec.place,
        first_day=times.before.first,
        last_day=times.after.last,
        data=data_of(setting.evaluation.manifest, named=named),
        protection=protection_of(rule),
        rule_words=rule.words,
        choices=(),
        made_with=MADE_WITH,
    )


def _today() -> date:
    return datetime.now().astimezone().date()
