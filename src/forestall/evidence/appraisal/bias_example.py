"""This file knows a made-up form on risk of bias, for examples and tests."""

from __future__ import annotations

from forestall.evidence.appraisal.bias_questions import Answer, Family
from forestall.evidence.appraisal.risk_of_bias import AnsweredQuestion, BiasForm
from forestall.evidence.vocabulary import Outcome


def example_bias_form() -> BiasForm:
    """Return a made-up form on gates in alleys that were chosen for their many burglaries.

    Examples
    --------
    >>> example_bias_form().family.value
    'comparison without lot'
    """
    yes, no = Answer.YES, Answer.NO
    grounds: dict[str, tuple[Answer, str]] = {
        "chosen_at_peak": (yes, "p. 4: the alleys with most burglaries last year"),
        "peak_allowed_for": (no, "p. 6: comparison alleys had few burglaries"),
        "chosen_beforehand": (yes, "p. 4: list of January"),
        "has_comparison": (yes, "p. 6"),
        "alike_before": (Answer.PROBABLY_YES, "figure 2: five years"),
        "other_change": (Answer.PROBABLY_NO, "p. 9: interviews with residents"),
        "start_known": (yes, "table 1"),
        "recording_changed": (no, "p. 7"),
        "out_of_reach": (yes, "p. 6: 2 km away"),
        "comparison_got_like": (no, "p. 6"),
        "same_measure": (yes, "p. 7"),
        "measurer_could_sway": (no, "p. 7: counts of the ministry"),
        "nearly_complete": (yes, "table 1"),
        "planned": (no, "p. 11: no plan"),
        "chosen_from_many": (Answer.PROBABLY_NO, "p. 8: all periods are shown"),
        "likeness_allowed_for": (yes, "p. 8"),
        "enough_units": (yes, "table 1: 24 alleys"),
    }
    return BiasForm(
        study="Made-up alley gates",
        outcome=Outcome.CRIME,
        result="burglary, 12 months",
        family=Family.WITHOUT_LOT,
        appraiser="A",
        answers={
            key: AnsweredQuestion(answer=answer, because=because)
            for key, (answer, because) in grounds.items()
        },
    )
