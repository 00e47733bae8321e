"""This file knows the two forms on risk of bias: the domains and questions of each family.

Our own wording; for the sources of the ideas see ``bias_questions``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.evidence.appraisal.bias_questions import (
    BiasDomain,
    BiasRisk,
    Easing,
    Family,
    Question,
)
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Iterator


_SOME, _HIGH, _CRITICAL = BiasRisk.SOME_CONCERNS, BiasRisk.HIGH, BiasRisk.CRITICAL

_LOTS = BiasDomain(
    key="lots",
    words=message("how lots were drawn"),
    questions=(
        Question(
            key="lots_drawn",
            asks=message("Was it left to chance alone who or where got the measure?"),
            good=True,
            if_bad=_HIGH,
        ),
        Question(
            key="lots_hidden",
            asks=message("Was every place or person in the study before its lot could be known?"),
            good=True,
            if_bad=_HIGH,
        ),
        Question(
            key="uneven_start",
            asks=message("Do the sides differ at the start by more than lots would bring about?"),
            good=False,
            if_bad=_SOME,
        ),
    ),
)
_KEPT = BiasDomain(
    key="kept_to_lots",
    words=message("whether lots were kept to"),
    questions=(
        Question(
            key="analysed_as_drawn",
            asks=message("Is everyone counted on the side that the lot gave?"),
            good=True,
            if_bad=_HIGH,
        ),
        Question(
            key="lots_followed",
            asks=message("Did nearly all get what the lot gave?"),
            good=True,
            if_bad=_SOME,
        ),
    ),
)
_CHOICE = BiasDomain(
    key="choice",
    words=message("how places or people were chosen"),
    questions=(
        Question(
            key="chosen_at_peak",
            asks=message("Were they chosen because the outcome had just been high there?"),
            good=False,
            if_bad=_HIGH,
            eased_by=Easing(
                key="peak_allowed_for",
                asks=message("Were others chosen by the same rule, or a long time before counted?"),
            ),
        ),
        Question(
            key="chosen_beforehand",
            asks=message("Was it fixed before the results who counts as treated?"),
            good=True,
            if_bad=_HIGH,
        ),
    ),
)
_COMPARISON = BiasDomain(
    key="comparison",
    words=message("what the measure is compared with"),
    questions=(
        Question(
            key="has_comparison",
            asks=message(
                "Is there a comparison, or a time before that is long enough to foretell?"
            ),
            good=True,
            if_bad=_CRITICAL,
        ),
        Question(
            key="alike_before",
            asks=message("Did both sides move alike over several periods before the measure?"),
            good=True,
            if_bad=_HIGH,
            eased_by=Easing(
                key="differences_allowed_for",
                asks=message("Does the analysis allow for how the sides differed before?"),
            ),
        ),
    ),
)
_TIMES = BiasDomain(
    key="other_changes",
    words=message("other changes at the time"),
    questions=(
        Question(
            key="other_change",
            asks=message("Did something else change on one side only, at about the same time?"),
            good=False,
            if_bad=_HIGH,
            eased_by=Easing(
                key="told_apart",
                asks=message("Can what it did be told apart from what the measure did?"),
            ),
        ),
        Question(
            key="start_known",
            asks=message("Is it known when and where the measure truly began?"),
            good=True,
            if_bad=_SOME,
        ),
    ),
)
_RECORDING = BiasDomain(
    key="recording",
    words=message("changes in reporting and recording"),
    questions=(
        Question(
            key="recording_changed",
            asks=message("Did the measure, or its time, change what is reported or recorded?"),
            good=False,
            if_bad=_HIGH,
            eased_by=Easing(
                key="second_source",
                asks=message("Does a source that it could not change show the same?"),
            ),
        ),
    ),
)
_SPILLOVER = BiasDomain(
    key="spillover",
    words=message("reach of the measure beyond its side"),
    questions=(
        Question(
            key="out_of_reach",
            asks=message("Was the comparison out of reach of the measure, and of what it moved?"),
            good=True,
            if_bad=_HIGH,
            eased_by=Easing(
                key="surroundings_counted",
                asks=message("Were the surroundings counted, and their change allowed for?"),
            ),
        ),
        Question(
            key="comparison_got_like",
            asks=message("Did the comparison get the measure too, or one like it?"),
            good=False,
            if_bad=_SOME,
        ),
    ),
)
_OUTCOME = BiasDomain(
    key="measurement",
    words=message("how the outcome was measured"),
    questions=(
        Question(
            key="same_measure",
            asks=message("Was the outcome measured in one way, on both sides and at all times?"),
            good=True,
            if_bad=_CRITICAL,
        ),
        Question(
            key="measurer_could_sway",
            asks=message("Could those who measured know the side and sway the number?"),
            good=False,
            if_bad=_SOME,
        ),
    ),
)
_MISSING = BiasDomain(
    key="missing",
    words=message("missing outcomes"),
    questions=(
        Question(
            key="nearly_complete",
            asks=message("Are the outcomes of nearly all there, on both sides?"),
            good=True,
            if_bad=_HIGH,
            eased_by=Easing(
                key="missing_unrelated",
                asks=message("Is it shown that those missing would hardly change the result?"),
            ),
        ),
    ),
)
_REPORTED = BiasDomain(
    key="reported",
    words=message("choice of the result told"),
    questions=(
        Question(
            key="planned",
            asks=message("Was the analysis written down before anybody saw outcomes?"),
            good=True,
            if_bad=_SOME,
        ),
        Question(
            key="chosen_from_many",
            asks=message("Is this result likely picked from several periods, outcomes or models?"),
            good=False,
            if_bad=_HIGH,
        ),
    ),
)
_UNITS = BiasDomain(
    key="units",
    words=message("units and their number"),
    questions=(
        Question(
            key="likeness_allowed_for",
            asks=message("Does the analysis allow for likeness within places and over time?"),
            good=True,
            if_bad=_HIGH,
        ),
        Question(
            key="enough_units",
            asks=message("Are there ten or more units on each side?"),
            good=True,
            if_bad=_SOME,
        ),
    ),
)
_FORMS = {
    Family.BY_LOT: (_LOTS, _KEPT, _SPILLOVER, _MISSING, _OUTCOME, _REPORTED, _UNITS),
    Family.WITHOUT_LOT: (
        _CHOICE,
        _COMPARISON,
        _TIMES,
        _RECORDING,
        _SPILLOVER,
        _OUTCOME,
        _MISSING,
        _REPORTED,
        _UNITS,
    ),
}


def domains_of(family: Family) -> tuple[BiasDomain, ...]:
    """Return the domains of a form, in the order in which they are asked.

    Examples
    --------
    >>> [domain.key for domain in domains_of(Family.BY_LOT)]
    ['lots', 'kept_to_lots', 'spillover', 'missing', 'measurement', 'reported', 'units']
    """
    return _FORMS[family]


def questions_of(family: Family) -> Iterator[Question | Easing]:
    """Yield every question of a form, each easing one after the question that it eases.

    Examples
    --------
    >>> [question.key for question in questions_of(Family.WITHOUT_LOT)][:3]
    ['chosen_at_peak', 'peak_allowed_for', 'chosen_beforehand']
    """
    for domain in domains_of(family):
        for question in domain.questions:
            yield question
            if question.eased_by is not None:
                yield question.eased_by
