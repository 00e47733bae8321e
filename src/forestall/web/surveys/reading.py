"""This file knows how a file of answers is read: a row for each who answered, answers as codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from forestall.errors import InvalidFile, PersonalColumns
from forestall.languages import Listing, message
from forestall.records.personal import find_personal_columns
from forestall.surveys import survey_design
from forestall.web.data.folders import survey_file

if TYPE_CHECKING:
    from pathlib import Path

    from forestall.surveys import SurveyDesign
    from forestall.web.surveys.models import Survey, SurveyWave

KINDS = (".csv", ".parquet")
MOST_BYTES = 20_000_000
# No survey is near them; repeated values are packed so tightly that the size tells nothing.
MOST_ROWS, MOST_COLUMNS = 1_000_000, 5_000
# A scale has few answers; a column with more is no question that can be chosen here.
_MOST_ANSWERS = 15


def read_answers(path: Path, name: str) -> pd.DataFrame:
    """Read a table of answers.

    Raises
    ------
    InvalidFile
        If it is no table.
    PersonalColumns
        If a column identifies persons.
    """
    try:
        _check_size(path, name)
        answers = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path)
    except (ValueError, OSError, pd.errors.ParserError):
        raise InvalidFile(message("“{name}” is no table of answers.", name=name)) from None
    personal = find_personal_columns([str(one) for one in answers.columns])
    if personal:
        raise PersonalColumns(
            message(
                "Answers are kept without names; take out what tells who somebody is: {columns}.",
                columns=Listing(personal),
            )
        )
    return answers


def _check_size(path: Path, name: str) -> None:
    """Refuse a Parquet file that holds far more rows than its size tells."""
    if path.suffix != ".parquet":
        return
    found = pq.read_metadata(path)
    if found.num_rows > MOST_ROWS or found.num_columns > MOST_COLUMNS:
        raise InvalidFile(message("“{name}” is no table of answers.", name=name))


def design_of(survey: Survey, answers: pd.DataFrame) -> SurveyDesign:
    """Return how the people of a wave were drawn.

    Raises
    ------
    InvalidRecords
        If a column is missing or says what it cannot.
    """
    for column in (survey.weights, survey.strata, survey.clusters):
        if column in answers.columns and column == survey.weights:
            _check_numbers(answers[column], column)
    return survey_design(
        answers,
        weights=survey.weights,
        strata=survey.strata or None,
        clusters=survey.clusters or None,
    )


def wave_answers(wave: SurveyWave) -> pd.DataFrame:
    """Read the answers of a wave that was kept.

    Raises
    ------
    InvalidFile
        If its file is gone or damaged.
    """
    return read_answers(survey_file(wave), wave.survey.name)


def answers_of(survey: Survey, answers: pd.DataFrame) -> dict[str, list[float]]:
    """Return the codes of each column that can be a question, the smallest first."""
    drawn = {survey.weights, survey.strata, survey.clusters}
    found: dict[str, list[float]] = {}
    for name, column in answers.items():
        if str(name) in drawn or not pd.api.types.is_numeric_dtype(column):
            continue
        codes = sorted({float(one) for one in column.dropna().unique() if np.isfinite(one)})
        if 2 <= len(codes) <= _MOST_ANSWERS:
            found[str(name)] = codes
    return found


def _check_numbers(column: pd.Series[Any], name: str) -> None:
    if not pd.api.types.is_numeric_dtype(column):
        raise InvalidFile(message("The column of weights, {name}, holds no numbers.", name=name))
