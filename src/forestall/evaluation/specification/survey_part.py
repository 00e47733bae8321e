"""This file knows how a survey before and after a measure is told in a specification."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from forestall.errors import ForestallError, InvalidSpecification
from forestall.estimates.estimates import Span
from forestall.evaluation.survey_waves import Overlap, SurveyWave
from forestall.surveys import Better, Item, Topic, survey_design

if TYPE_CHECKING:
    from pathlib import Path

    from forestall.evaluation.specification.toml_parts import Part


@dataclass(frozen=True, eq=False, kw_only=True)
class SurveyPart:
    """Two waves of a survey.

    Attributes
    ----------
    before, after
        The waves.
    overlap
        What they have in common.
    treated, comparison
        Names of areas in the answers; without treated areas everybody lives in one.
    """

    before: SurveyWave
    after: SurveyWave
    overlap: Overlap
    treated: tuple[str, ...] | None
    comparison: tuple[str, ...]


def read_survey(part: Part, folder: Path) -> SurveyPart:
    """Read the part [survey].

    Raises
    ------
    InvalidSpecification
        If something is missing or wrong, with the part that says it.
    """
    try:
        items = tuple(_item(one) for one in part.parts("items"))
        found = SurveyPart(
            before=_wave(part.part("before"), part, items, folder),
            after=_wave(part.part("after"), part, items, folder),
            overlap=part.choice("overlap", Overlap),
            treated=part.texts("treated") if part.has("treated") else None,
            comparison=part.texts("comparison", ()),
        )
    except InvalidSpecification:
        raise
    except (ForestallError, ValueError) as wrong:
        raise InvalidSpecification(f"{part.name} cannot be used: {wrong}") from wrong
    part.check_nothing_left()
    return found


def _item(part: Part) -> Item:
    found = Item(
        name=part.text("name"),
        column=part.text("column"),
        wording=part.text("wording"),
        topic=part.choice("topic", Topic),
        better=part.choice("better", Better),
        lowest=part.number("lowest", least=-1e6),
        highest=part.number("highest", least=-1e6),
        counted=part.numbers("counted", least=-1e6),
        recall_months=part.number("recall_months", least=0) if part.has("recall_months") else None,
    )
    part.check_nothing_left()
    return found


def _wave(part: Part, survey: Part, items: tuple[Item, ...], folder: Path) -> SurveyWave:
    answers = _answers(folder / part.text("file"))
    days = part.days("days")
    found = SurveyWave(
        answers=answers,
        design=survey_design(
            answers,
            weights=survey.text("weights"),
            strata=survey.text("strata", "") or None,
            clusters=survey.text("clusters", "") or None,
        ),
        items=items,
        mode=part.text("mode"),
        response_rate=part.number("response_rate", least=0, most=1)
        if part.has("response_rate")
        else None,
        days=Span(first=days[0], last=days[-1]),
        area=survey.text("area", "") or None,
        respondent=survey.text("respondent", "") or None,
    )
    part.check_nothing_left()
    return found


def _answers(file: Path) -> pd.DataFrame:
    try:
        if file.suffix == ".parquet":
            return pd.read_parquet(file)
        return pd.read_csv(file)
    except OSError as wrong:
        raise InvalidSpecification(
            f"{file.name} cannot be read: {(wrong.strerror or 'no such file').lower()}."
        ) from None
    except (ValueError, pd.errors.ParserError):
        raise InvalidSpecification(f"{file.name} is no table of answers.") from None
