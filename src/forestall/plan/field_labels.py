"""This file knows what the fields of a plan are called where a reader sees them."""

from __future__ import annotations

from forestall.languages import Message, message

# Short, for differences: a form asks the same as a question, which stands with the forms of the
# workspace; a test holds both to the same fields. By the record and the field where a word would
# mean different things, else by the field alone.
_LABELS = {
    "Place.level": message("level of government"),
    "Action.level": message("when it comes in"),
    "Money.level": message("level that pays"),
    "Objective.title": message("title"),
    "Agreement.about": message("what was agreed"),
    "Figure.said": message("what the figure says"),
    "Ground.said": message("what the study found"),
    "Voice.said": message("what was said"),
    "Objective.problems": message("problems that it answers"),
    "Action.objectives": message("objectives that it serves"),
    "ActionPlan.state": message("state of the plan"),
    "Step.state": message("how far it is"),
    "Ground.source": message("where the study can be read"),
    "Omission.what": message("what is left out"),
    "PersonalData.what": message("which data on persons"),
    "Involved.part": message("part in the action"),
    "Money.basis": message("where the sum is from"),
    "Ground.basis": message("tested or untested"),
    "Review.on": message("day of the review"),
    "Review.found": message("what the review found"),
    "Decision.on": message("day of the decision"),
    "Measured.on": message("day of the measurement"),
    "Decision.by": message("person who decided"),
    "Involved.partner": message("partner"),
    "about": message("what it is about"),
    "accountable": message("partner that answers for it"),
    "actions": message("action"),
    "affected": message("groups affected"),
    "affected_words": message("how groups are affected"),
    "agreement": message("agreement"),
    "agrees": message("agrees"),
    "alternatives": message("milder ways that were looked at"),
    "amount": message("amount"),
    "approach": message("approach"),
    "assessment": message("rights assessment"),
    "baseline": message("figure from which it starts"),
    "changed": message("what was changed"),
    "closed": message("day on which it closed"),
    "conditions": message("conditions"),
    "confirmed": message("confirmed"),
    "consultations": message("consultation"),
    "contact": message("contact"),
    "country": message("country"),
    "currency": message("currency"),
    "deadline": message("day by which it is reached"),
    "decisions": message("decision"),
    "description": message("description"),
    "ends": message("last day"),
    "equality": message("whom it puts at a disadvantage"),
    "evaluation": message("how it is evaluated"),
    "every_months": message("months between measurements"),
    "factors": message("factors that were looked at"),
    "factors_words": message("what was found on factors"),
    "fewer_is_better": message("fewer is better"),
    "figures": message("figure"),
    "finished": message("day on which it was finished"),
    "ground": message("ground"),
    "held": message("day on which it was held"),
    "high": message("upper limit"),
    "how": message("how"),
    "in_kind": message("in kind"),
    "indicator": message("indicator"),
    "intervention": message("intervention of the evidence"),
    "involved": message("part of a partner"),
    "kept_months": message("months after which data are destroyed"),
    "key": message("short name"),
    "kind": message("kind of problem"),
    "known_from": message("how it is known"),
    "languages": message("languages"),
    "lasting": message("how it lasts"),
    "legal_basis": message("legal basis"),
    "like_a_penalty": message("works like a penalty"),
    "low": message("lower limit"),
    "measured": message("measurement"),
    "mechanism": message("by what it works"),
    "money": message("sum"),
    "name": message("name"),
    "necessity": message("why it is needed"),
    "no_baseline_because": message("why there is no figure yet"),
    "none_touched_because": message("why no right is touched"),
    "objectives": message("objective"),
    "office": message("office"),
    "omissions": message("left out"),
    "opened": message("day on which it opened"),
    "outcome": message("outcome"),
    "partner": message("partner"),
    "partners": message("partner"),
    "payer": message("who pays"),
    "period": message("period"),
    "personal_data": message("data on persons"),
    "place": message("place"),
    "police": message("whether police take part"),
    "police_part": message("part of the police"),
    "posts": message("posts"),
    "private_security": message("private security takes part"),
    "private_security_limits": message("limits of private security"),
    "problems": message("problem"),
    "progress": message("progress"),
    "proportionality": message("why it is in proportion"),
    "purpose": message("purpose"),
    "reason": message("reason"),
    "response": message("what is done then"),
    "responsible": message("partner that carries it out"),
    "review_body": message("body that reviews it"),
    "reviews": message("review"),
    "right": message("right"),
    "risks": message("risk"),
    "role": message("role"),
    "scores_individuals": message("scores individual people"),
    "sector": message("kind of body"),
    "shared_with": message("who receives data"),
    "side_effects": message("side effect"),
    "signed": message("signed on"),
    "source": message("source"),
    "spent": message("spent so far"),
    "staff": message("staff"),
    "starts": message("first day"),
    "steps": message("step"),
    "stigma": message("whom it could mark"),
    "summary": message("summary"),
    "target": message("target"),
    "title": message("title"),
    "touches": message("right that it touches"),
    "unit": message("unit"),
    "until": message("until"),
    "value": message("value"),
    "voices": message("comment"),
    "watched_by": message("how it is watched"),
    "what": message("what it is for"),
    "where": message("where and when"),
    "words": message("more words"),
    "year": message("year"),
}


def field_label(record: type, field: str) -> Message:
    """Return what a field of a record is called; a list by one thing of it.

    Examples
    --------
    >>> from forestall.plan.actions import Money
    >>> str(field_label(Money, "level")), str(field_label(Money, "amount"))
    ('level that pays', 'amount')
    """
    found = known_label(record, field)
    if found is None:
        raise KeyError(field)
    return found


def known_label(record: type, field: str) -> Message | None:
    """Return what a field is called, as `field_label`; None for one that no plan has.

    Examples
    --------
    >>> from forestall.plan.actions import Money
    >>> known_label(Money, "stepps") is None
    True
    """
    return _LABELS.get(f"{record.__name__}.{field}") or _LABELS.get(field)
