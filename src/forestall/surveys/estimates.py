"""This file knows what a survey says of a population: shares, means, prevalence and incidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.errors import CannotAnswer, InvalidRecords
from forestall.languages import Decimal, Message, Share, message, plural_message, say
from forestall.results import Result
from forestall.surveys.items import ItemKind
from forestall.surveys.linearised import Linearised, estimate_ratio
from forestall.surveys.reliability import RELIABLE, TOO_FEW_ANSWERS, Reliability

if TYPE_CHECKING:
    import altair as alt
    from numpy.typing import ArrayLike

    from forestall.surveys.design import BoolArray, FloatArray, SurveyDesign
    from forestall.surveys.items import Item
    from forestall.surveys.series_rules import Victimizations

EVERYBODY = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class SurveyEstimates(Result):
    """A number of a population, or of each group of it, from a sample.

    ``table`` has one row per group (one with an empty name for everybody): ``group``, ``number``,
    ``standard_error``, ``low_95``, ``high_95``, ``degrees_of_freedom``, ``answers`` (people,
    unweighted), ``clusters``, ``not_told`` (why the number is missing, else empty).

    Attributes
    ----------
    name
        What the number is.
    kind
        A share (0 to 1), a mean of a scale, or incidents.
    per
        Of incidents: people or homes that they are per.
    other_rules
        Of incidents: the same without a cap and with a series counting once, columns as ``table``
        after ``rule``; empty else.
    """

    name: str
    kind: ItemKind
    per: float
    other_rules: pd.DataFrame

    def summary(self) -> str:
        """Return the first number that is told with its interval."""
        row = self.table[self.table["not_told"] == ""].iloc[0]
        values = {"name": self.name, "group": row["group"], "per": self.per}
        values |= {place: self._shown(row[place]) for place in ("number", "low_95", "high_95")}
        texts = {False: _OF_GROUP, True: _OF_ALL}
        if self.kind is ItemKind.INCIDENTS:
            texts = {False: _OF_GROUP_PER, True: _OF_ALL_PER}
        return say(texts[row["group"] == EVERYBODY], **values)

    def plot(self) -> alt.LayerChart:
        """Return a bar for each group."""
        from forestall._charts import bar_chart

        told = self.table[self.table["not_told"] == ""]
        return bar_chart(told, label="group", number="number", number_title=self.name)

    def _shown(self, number: float) -> Share | Decimal:
        if self.kind is ItemKind.SHARE:
            return Share(number, decimals=1)
        return Decimal(number, 1 if self.kind is ItemKind.INCIDENTS else 2)


_OF_ALL = "{name}: {number} (95 % interval: {low_95} to {high_95})."
_OF_GROUP = "{name}, {group}: {number} (95 % interval: {low_95} to {high_95})."
_OF_ALL_PER = "{name}: {number} per {per} (95 % interval: {low_95} to {high_95})."
_OF_GROUP_PER = "{name}, {group}: {number} per {per} (95 % interval: {low_95} to {high_95})."


def estimate_answers(
    answers: pd.DataFrame,
    *,
    design: SurveyDesign,
    item: Item,
    by: ArrayLike | None = None,
    reliability: Reliability = RELIABLE,
) -> SurveyEstimates:
    r"""Estimate the share of people who answered so, or the mean of a scale.

    Standard errors are by Taylor linearisation with the first-stage clusters; intervals use
    Student's t with clusters less strata, those of shares on the logit scale. Groups are domains:
    the whole sample stays in the design.

    Parameters
    ----------
    answers
        A row for each who answered, in the order of the design.
    design
        How they were drawn.
    item
        The question.
    by
        The group of each person; missing for none.
    reliability
        What a number needs to be told.

    Raises
    ------
    InvalidRecords
        If answers and design are not equally long, or an answer is not on the scale.
    CannotAnswer
        If no number can be told.

    Examples
    --------
    >>> from forestall.surveys import Better, Item, Topic, survey_design
    >>> people = pd.DataFrame({"weight": 1.0, "q7": [1, 1, 2, 4] * 25})
    >>> unsafe = Item(name="Feeling unsafe after dark", column="q7", topic=Topic.FEAR,
    ...     wording="How safe do you feel walking alone in this area after dark?",
    ...     better=Better.LOWER, lowest=1, highest=4, counted=(3, 4))
    >>> estimate_answers(people, design=survey_design(people, weights="weight"),
    ...     item=unsafe).summary().replace("\xa0", " ")
    'Feeling unsafe after dark: 25.0 % (95 % interval: 17.4 % to 34.6 %).'
    """
    _check_length(len(answers), design)
    numbers, answered = item.numbers(answers)
    per = 1000.0 if item.kind is ItemKind.INCIDENTS else 1.0
    whole = _Estimation(design, per * design.weights * numbers, answered, item.kind, reliability)
    silent = int((~answered & (design.weights > 0)).sum())
    return whole.result(
        by, name=item.name, per=per, caveats=_no_answer(silent) if silent else (),
        made_by=f"estimate_answers(item={item.name!r})",
    )  # fmt: skip


def estimate_prevalence(
    victimizations: Victimizations,
    *,
    design: SurveyDesign,
    name: str,
    by: ArrayLike | None = None,
    reliability: Reliability = RELIABLE,
) -> SurveyEstimates:
    """Estimate the share of people (or homes) to whom it happened once or more.

    Parameters
    ----------
    victimizations
        From `count_victimizations`.
    design, by, reliability
        As in `estimate_answers`.
    name
        What it is, such as "Homes with a burglary in six months".

    Raises
    ------
    InvalidRecords, CannotAnswer
        As in `estimate_answers`.

    Examples
    --------
    >>> from forestall.surveys import NCVS_10, count_victimizations, survey_design
    >>> homes = pd.DataFrame({"home": range(200), "weight": 1.0})
    >>> told = pd.DataFrame({"home": range(0, 200, 10), "times": 1, "series": False})
    >>> counted = count_victimizations(told, respondents=homes["home"], respondent="home",
    ...     times="times", is_series="series", rule=NCVS_10)
    >>> found = estimate_prevalence(counted, design=survey_design(homes, weights="weight"),
    ...     name="Homes with a burglary")
    >>> float(found.table["number"].iloc[0])
    0.1
    """
    _check_length(len(victimizations.reports), design)
    hit = design.weights * (victimizations.reports > 0)
    everybody = np.ones(len(design), dtype=bool)
    return _Estimation(design, hit, everybody, ItemKind.SHARE, reliability).result(
        by, name=name, per=1.0, caveats=(), made_by=f"estimate_prevalence(name={name!r})"
    )


def estimate_incidence(
    victimizations: Victimizations,
    *,
    design: SurveyDesign,
    name: str,
    by: ArrayLike | None = None,
    per: float = 1000,
    reliability: Reliability = RELIABLE,
) -> SurveyEstimates:
    """Estimate incidents per so many people (or homes), and what the rule for series does to them.

    Parameters
    ----------
    victimizations
        From `count_victimizations`; reports may have weights of their own.
    design, by, reliability
        As in `estimate_answers`.
    name
        What it is, such as "Burglaries in six months".
    per
        People that the rate is per.

    Raises
    ------
    InvalidRecords, CannotAnswer
        As in `estimate_answers`.

    Examples
    --------
    >>> from forestall.surveys import NCVS_10, count_victimizations, survey_design
    >>> homes = pd.DataFrame({"home": range(200), "weight": 1.0})
    >>> told = pd.DataFrame({"home": range(0, 200, 10), "times": 20,
    ...     "series": [True] * 2 + [False] * 18})
    >>> counted = count_victimizations(told, respondents=homes["home"], respondent="home",
    ...     times="times", is_series="series", rule=NCVS_10)
    >>> found = estimate_incidence(counted, design=survey_design(homes, weights="weight"),
    ...     name="Burglaries")
    >>> float(found.table["number"].iloc[0]), found.other_rules["number"].tolist()
    (190.0, [290.0, 100.0])
    """
    _check_length(len(victimizations.reports), design)
    everybody = np.ones(len(design), dtype=bool)

    def of(counted: FloatArray) -> _Estimation:
        weighted = counted if victimizations.weighted else design.weights * counted
        return _Estimation(design, per * weighted, everybody, ItemKind.INCIDENTS, reliability)

    rule = victimizations.rule
    others = {"uncapped": victimizations.uncapped, "each series once": victimizations.each_once}
    rows = [
        of(counted).row(EVERYBODY, everybody) | {"rule": key} for key, counted in others.items()
    ]
    return of(victimizations.counted).result(
        by, name=name, per=per, caveats=(message(_RULE, rule=rule.name, version=rule.version),),
        made_by=f"estimate_incidence(name={name!r}, rule={rule.name!r}, per={per:g})",
        other_rules=pd.DataFrame(rows),
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Estimation:
    design: SurveyDesign
    numerator: FloatArray
    answered: BoolArray
    kind: ItemKind
    reliability: Reliability

    def row(self, group: str, chosen: BoolArray) -> dict[str, object]:
        chosen = chosen & self.answered & (self.design.weights > 0)
        if not chosen.any():
            return _row_not_told(group, 0, 0, TOO_FEW_ANSWERS)
        found = estimate_ratio(
            self.design, numerator=self.numerator, denominator=self.design.weights, chosen=chosen
        )
        why = self._why_not(found)
        if why:
            return _row_not_told(group, found.answers, found.clusters, why)
        is_share = self.kind is ItemKind.SHARE
        interval = found.share_interval() if is_share else found.interval()
        return {
            "group": group,
            "number": found.number,
            "standard_error": found.standard_error,
            "low_95": max(0.0, interval.low) if self.kind is ItemKind.INCIDENTS else interval.low,
            "high_95": interval.high,
            "degrees_of_freedom": found.degrees_of_freedom,
            "answers": found.answers,
            "clusters": found.clusters,
            "not_told": "",
        }

    def _why_not(self, found: Linearised) -> str:
        if self.kind is ItemKind.SCORE:
            lenient = Reliability(
                least_answers=self.reliability.least_answers, largest_relative_error=np.inf
            )
            return lenient.why_not_told(found, rest=np.inf)
        rest = 1 - found.number if self.kind is ItemKind.SHARE else np.inf
        return self.reliability.why_not_told(found, rest=rest)

    def result(
        self,
        by: ArrayLike | None,
        *,
        name: str,
        per: float,
        caveats: tuple[Message, ...],
        made_by: str,
        other_rules: pd.DataFrame | None = None,
    ) -> SurveyEstimates:
        rows = [self.row(group, chosen) for group, chosen in _groups(by, len(self.design))]
        table = pd.DataFrame(rows)
        hidden = table["not_told"] != ""
        if hidden.all():
            raise CannotAnswer(message(_NOTHING, name=name, answers=int(table["answers"].max())))
        if hidden.any():
            caveats = (*caveats, plural_message(*_HIDDEN, int(hidden.sum())))
        return SurveyEstimates(
            table=table, caveats=caveats, made_by=made_by, name=name, kind=self.kind, per=per,
            other_rules=pd.DataFrame() if other_rules is None else other_rules,
        )  # fmt: skip


def _row_not_told(group: str, answers: int, clusters: int, why: str) -> dict[str, object]:
    hidden = dict.fromkeys(
        ("number", "standard_error", "low_95", "high_95", "degrees_of_freedom"), np.nan
    )
    return {"group": group, **hidden, "answers": answers, "clusters": clusters, "not_told": why}


def _groups(by: ArrayLike | None, count: int) -> list[tuple[str, BoolArray]]:
    if by is None:
        return [(EVERYBODY, np.ones(count, dtype=bool))]
    groups = pd.Series(np.asarray(by))
    if len(groups) != count:
        raise InvalidRecords(
            f"Every person of a sample has a group or none, but there are {len(groups)} for "
            f"{count} people."
        )
    return [(str(one), (groups == one).to_numpy()) for one in sorted(groups.dropna().unique())]


def _check_length(count: int, design: SurveyDesign) -> None:
    if count != len(design):
        raise InvalidRecords(
            f"Answers and design are of the same people, but there are {count} and {len(design)}."
        )


def _no_answer(silent: int) -> tuple[Message, ...]:
    return (
        plural_message(
            "{count} person gave no answer and is left out.",
            "{count} people gave no answer and are left out.",
            silent,
        ),
    )


_RULE = "Series of incidents are counted by the rule {rule} ({version}); other rules stand beside."
_NOTHING = (
    "“{name}” rests on too few answers to tell a number; the most that a group has is {answers}."
)
_HIDDEN = (
    "{count} group has too few answers or too rough a number, and is not told.",
    "{count} groups have too few answers or too rough a number, and are not told.",
)
