"""This file knows the command ``forestall evidence synthesise``: what studies say together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path  # noqa: TC003 -- cyclopts reads the annotation
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from forestall.evidence.studies import StudyEffect
    from forestall.evidence.synthesis import EffectSynthesis

Method = Literal["reml", "ml", "dl", "pm", "he", "fixed"]
One = Literal["first", "largest", "average"]
More = Literal["leave-one-out", "influence", "small-studies", "by-year", "counts"]


def synthesise(
    key: str,
    *,
    outcome: str = "crime",
    method: Method = "reml",
    by: str | None = None,
    one_per_study: One | None = None,
    more: Annotated[list[More] | None, Parameter(negative=())] = None,
    comparison_risk: float | None = None,
    out: Annotated[Path | None, Parameter(name=["--out", "-o"])] = None,
    with_folders: Annotated[list[Path] | None, Parameter(name="--with", negative=())] = None,
) -> None:
    """Average the effects of studies of an intervention, a city's own evaluations among them.

    The range in which a new place would lie comes first, then the average with its interval.

    Parameters
    ----------
    key
        Key of an intervention, such as cognitive-behavioural-programmes.
    outcome
        What was measured: crime, victimization, fear, harm and so on.
    method
        How the variance between studies is estimated; fixed supposes that there is none.
    by
        A moderator of the studies by which subgroups are compared.
    one_per_study
        Which effect stands for a study that gives several: the first in the table, that with the
        smallest error (largest), or their average.
    more
        More looks at the same studies, each with its own --more.
    comparison_risk
        Share of people (0 to 1) who would have the outcome anyway, for numbers out of a hundred.
    out
        A CSV file for the studies with their weights.
    with_folders
        Folders of the city's own evidence.
    """
    from forestall.cli.evidence_words import collected, value_of
    from forestall.evidence.interventions import intervention_named
    from forestall.evidence.synthesis.moderator_columns import with_moderators
    from forestall.evidence.vocabulary import Outcome

    _check(comparison_risk, out)
    measured = value_of(Outcome, outcome, what="outcome")
    known = collected(with_folders).evidence.effects_of(key)
    if not known:
        intervention_named(key)
    effects = [one for one in known if one.outcome is measured]
    if by is not None:
        with_moderators(effects, [by])
    found = _synthesis(key, effects, method, one_per_study)
    _tell(found, comparison_risk)
    if by is not None:
        _tell_subgroups(found.effects, by)
    for name in dict.fromkeys(more or ()):
        _tell_more(name, found)
    if out is not None:
        _write(found, out)


def _check(comparison_risk: float | None, out: Path | None) -> None:
    from forestall.cli.evidence_words import check_file
    from forestall.errors import InvalidCommand

    if comparison_risk is not None and not 0 < comparison_risk < 1:
        raise InvalidCommand(
            f"--comparison-risk is a share between 0 and 1, but {comparison_risk:g} was given."
        )
    if out is not None:
        check_file(out, suffix=".csv")


def _synthesis(
    key: str, effects: Sequence[StudyEffect], method: Method, one: One | None
) -> EffectSynthesis:
    from forestall.errors import CannotSynthesise
    from forestall.evidence.synthesis import (
        Between,
        Model,
        OnePerStudy,
        one_effect_per_study,
        synthesise_effects,
    )
    from forestall.languages import message

    if not effects:
        raise CannotSynthesise(
            message(
                "No effect of a single study on “{key}” is known; add some with forestall "
                "evidence add.",
                key=key,
            )
        )
    take = None if one is None else OnePerStudy(one)
    kept = effects if take is None else one_effect_per_study(effects, take=take)
    if method == "fixed":
        found = synthesise_effects(kept, model=Model.FIXED)
    else:
        found = synthesise_effects(kept, variance=Between[method.upper()])
    return found if take is None else replace(found, caveats=(take.words, *found.caveats))


def _tell(found: EffectSynthesis, comparison_risk: float | None) -> None:
    from forestall.errors import CannotSynthesise
    from forestall.evidence.synthesis import in_natural_terms

    try:
        print(in_natural_terms(found, comparison_risk=comparison_risk).summary())
    except CannotSynthesise as reason:
        print(reason)
    print(found.summary())
    for caveat in found.caveats:
        print(f"! {caveat}")


def _tell_subgroups(effects: Sequence[StudyEffect], by: str) -> None:
    from forestall.evidence.synthesis import compare_subgroups

    found = compare_subgroups(effects, by=by)
    print(found.summary())
    print(found.table.to_string(index=False))


def _tell_more(name: More, found: EffectSynthesis) -> None:
    from forestall.evidence import synthesis
    from forestall.results import Result  # noqa: TC001 -- read by the annotation below

    looks: dict[More, Callable[[EffectSynthesis], Result]] = {
        "leave-one-out": synthesis.leave_one_out,
        "influence": synthesis.measure_influence,
        "small-studies": synthesis.assess_small_studies,
        "by-year": synthesis.accumulate_by_year,
        "counts": lambda one: synthesis.pool_odds_ratios(one.effects),
    }
    look = looks[name](found)
    print(f"\n{look.summary()}")
    for caveat in look.caveats:
        print(f"! {caveat}")


def _write(found: EffectSynthesis, out: Path) -> None:
    from forestall.evidence.sources.effect_table import csv_of
    from forestall.languages import say

    rows = found.table.astype(object).where(found.table.notna(), "").to_numpy().tolist()
    out.write_bytes(csv_of([str(name) for name in found.table.columns], rows))
    print(say("The studies are in {file}", file=str(out)))
