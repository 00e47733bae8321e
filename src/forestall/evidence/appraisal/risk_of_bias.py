"""This file knows how answers about a study become a judgement of its risk of bias.

Rules (ours, after the idea of RoB 2 and ROBINS-I, see ``bias_questions``):

* A question answered well brings no concern; no information brings some concerns; the other answer
  brings the risk that the form states for it.
* An easing question answered yes or probably yes takes that risk down by one step, to some
  concerns at least: what went wrong was repaired, not absent.
* A domain has the gravest risk of its questions, the study the gravest of its domains.
* Some concerns in four domains or more make the study high; each by itself would not.
* Critical exists only without lot: nothing can be learnt about the effect from such a result.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from forestall.evidence.appraisal.bias_forms import domains_of, questions_of
from forestall.evidence.appraisal.bias_questions import Answer, BiasRisk, Family
from forestall.languages import Listing, Message, message, plural_message, say
from forestall.results import Result

if TYPE_CHECKING:
    from collections.abc import Mapping

    import altair as alt

    from forestall.evidence.appraisal.bias_questions import BiasDomain, Question
    from forestall.evidence.vocabulary import Outcome

CONCERNS_THAT_ADD_UP = 4


@dataclass(frozen=True, kw_only=True)
class AnsweredQuestion:
    """An answer with its grounds.

    Attributes
    ----------
    answer
        The answer.
    because
        What in the text it rests on, with the page; needed unless there is no information.
    """

    answer: Answer
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class BiasForm:
    """A filled form: one appraiser on one result of one study.

    Attributes
    ----------
    study
        Key or short title of the study.
    outcome
        The outcome that the result is of.
    result
        Which number is appraised, such as "burglary, 12 months".
    family
        Which form was filled.
    appraiser
        Who filled it: a sign or a role, not a name.
    answers
        Key of a question to its answer.
    """

    study: str
    outcome: Outcome
    result: str
    family: Family
    appraiser: str
    answers: Mapping[str, AnsweredQuestion]

    def __post_init__(self) -> None:
        """Refuse a form with an unknown, missing or unfounded answer.

        Raises
        ------
        ValueError
            With the first question that is at fault.
        """
        known = {question.key for question in questions_of(self.family)}
        for key, given in self.answers.items():
            if key not in known:
                raise ValueError(f"The form “{self.family.value}” has no question “{key}”.")
            if given.answer is not Answer.NO_INFORMATION and not given.because.strip():
                raise ValueError(f"The answer to “{key}” needs its grounds, but gives none.")
        for domain in domains_of(self.family):
            for question in domain.questions:
                for key in needed_keys(question, self.answers):
                    if key not in self.answers:
                        raise ValueError(f"The form needs an answer to “{key}”, but has none.")


@dataclass(frozen=True, kw_only=True)
class DomainRisk:
    """The judgement of one domain, and the answers that led to it.

    Attributes
    ----------
    domain
        Which domain.
    risk
        Its risk.
    led_by
        Keys of the questions that brought this risk; none where it is low.
    """

    domain: BiasDomain
    risk: BiasRisk
    led_by: tuple[str, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class RiskOfBias(Result):
    """How far a result may be off, by domain and overall.

    ``table`` has one row per domain: ``domain``, ``words``, ``risk`` ("low", "some concerns",
    "high", "critical"), ``led_by`` (keys of the answers that led to it), ``because``.

    Attributes
    ----------
    form
        The filled form.
    overall
        The risk of the study for this result.
    domains
        The judgement of each domain.
    """

    form: BiasForm
    overall: BiasRisk
    domains: tuple[DomainRisk, ...]

    def summary(self) -> str:
        """Return the overall risk and the domains that decide it."""
        gravest = max(one.risk for one in self.domains)
        deciding = [one.domain.words for one in self.domains if one.risk is gravest]
        if gravest is BiasRisk.LOW:
            return say("The risk of bias of {study} is low in all domains.", study=self.form.study)
        return say(
            "The risk of bias of {study} is: {risk}. What decides it: {domains}.",
            study=self.form.study,
            risk=self.overall.words,
            domains=Listing(deciding),
        )

    def plot(self) -> alt.LayerChart:
        """Return a dot for each domain in the column of its risk, hollow where it is low."""
        from forestall._charts import register_chart

        highest = BiasRisk.CRITICAL if self.form.family is Family.WITHOUT_LOT else BiasRisk.HIGH
        return register_chart(
            pd.DataFrame(
                {
                    "effect": [str(one.domain.words) for one in self.domains],
                    "state": [str(one.risk.words) for one in self.domains],
                }
            ),
            states=[str(risk.words) for risk in sorted(BiasRisk, reverse=True) if risk <= highest],
        )


def judge_risk_of_bias(form: BiasForm) -> RiskOfBias:
    """Judge the risk of bias of one result by the stated rules.

    Parameters
    ----------
    form
        A filled form, such as `read_bias_form` reads it.

    Examples
    --------
    >>> from forestall.evidence.appraisal.bias_example import example_bias_form
    >>> judged = judge_risk_of_bias(example_bias_form())
    >>> judged.summary()
    'The risk of bias of Made-up alley gates is: high. What decides it: how places or people were
    chosen.'
    >>> judged.domains[0].led_by
    ('chosen_at_peak', 'peak_allowed_for')
    """
    domains = tuple(_judge_domain(one, form) for one in domains_of(form.family))
    concerned = sum(one.risk is BiasRisk.SOME_CONCERNS for one in domains)
    gravest = max(one.risk for one in domains)
    added_up = gravest is BiasRisk.SOME_CONCERNS and concerned >= CONCERNS_THAT_ADD_UP
    return RiskOfBias(
        table=pd.DataFrame([_row(one, form) for one in domains]),
        caveats=_caveats(form, concerned if added_up else 0),
        made_by=f"judge_risk_of_bias({form.study}, {form.result}, by {form.appraiser})",
        form=form,
        overall=BiasRisk.HIGH if added_up else gravest,
        domains=domains,
    )


def needed_keys(question: Question, answers: Mapping[str, AnsweredQuestion]) -> tuple[str, ...]:
    """Return the keys that a question needs answered, the easing one only where it is asked.

    Examples
    --------
    >>> from forestall.evidence.appraisal.bias_forms import domains_of
    >>> asked = domains_of(Family.WITHOUT_LOT)[0].questions[0]
    >>> needed_keys(asked, {"chosen_at_peak": AnsweredQuestion(answer=Answer.YES, because="p. 3")})
    ('chosen_at_peak', 'peak_allowed_for')
    """
    given = answers.get(question.key)
    went_wrong = given is not None and given.answer.leans is (not question.good)
    if question.eased_by is None or not went_wrong:
        return (question.key,)
    return (question.key, question.eased_by.key)


def _judge_domain(domain: BiasDomain, form: BiasForm) -> DomainRisk:
    risks = {one: _risk_of(one, form) for one in domain.questions}
    gravest = max(risks.values())
    if gravest is BiasRisk.LOW:
        return DomainRisk(domain=domain, risk=gravest, led_by=())
    led_by = [
        key
        for question, risk in risks.items()
        if risk is gravest
        for key in needed_keys(question, form.answers)
    ]
    return DomainRisk(domain=domain, risk=gravest, led_by=tuple(led_by))


def _risk_of(question: Question, form: BiasForm) -> BiasRisk:
    leans = form.answers[question.key].answer.leans
    if leans is question.good:
        return BiasRisk.LOW
    if leans is None:
        return BiasRisk.SOME_CONCERNS
    by_lot = form.family is Family.BY_LOT
    bad = min(question.if_bad, BiasRisk.HIGH) if by_lot else question.if_bad
    eased = question.eased_by is not None and form.answers[question.eased_by.key].answer.leans
    return max(BiasRisk(bad - 1), BiasRisk.SOME_CONCERNS) if eased else bad


def _row(judged: DomainRisk, form: BiasForm) -> dict[str, str]:
    grounds = [form.answers[key].because for key in judged.led_by]
    return {
        "domain": judged.domain.key,
        "words": str(judged.domain.words),
        "risk": str(judged.risk.name.lower().replace("_", " ")),
        "led_by": ", ".join(judged.led_by),
        "because": "; ".join(filter(None, grounds)),
    }


def _caveats(form: BiasForm, concerned: int) -> tuple[Message, ...]:
    told = [message("The judgement follows fixed rules and is of one result, not of a programme.")]
    unknown = sum(one.answer is Answer.NO_INFORMATION for one in form.answers.values())
    if unknown:
        told.append(
            plural_message(
                "The text gives no information on {count} question, which counts as a concern.",
                "The text gives no information on {count} questions, which count as concerns.",
                unknown,
            )
        )
    if concerned:
        told.append(
            message(
                "Some concerns in {number} domains together make the risk high.", number=concerned
            )
        )
    return tuple(told)
