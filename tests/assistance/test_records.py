"""Files of assistance are read whole or refused; proposals go only the ways there are."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from forestall.assistance import (
    Area,
    FollowUp,
    Mission,
    MissionOutcome,
    MissionResult,
    NeedsFile,
    OffersFile,
    Proposal,
    ProposalsFile,
    ProposalState,
    answer_proposal,
    assistance_schema,
    match_assistance,
    matching_file,
    missions_due,
    proposals_of,
    read_needs,
    read_offers,
    read_proposals,
    write_assistance,
)
from forestall.assistance.areas import rows_of_areas
from forestall.assistance.proposals import MOVES
from forestall.errors import InvalidAssistance, InvalidOutput, MoveNotAllowed
from tests.assistance.any_assistance import START, needs_and_offers, with_proposals

DAY = date(2026, 3, 2)


def test_the_areas_are_those_of_the_questionnaire():
    printed = {item: row["prompt"] for item, row in rows_of_areas().items()}

    assert {one.item: str(one.words) for one in Area} == printed
    assert all(one.paragraphs for one in Area)


@settings(max_examples=30, deadline=None)
@given(with_proposals())
def test_what_is_written_keeps_to_the_schema_and_is_read_again(tmp_path_factory, drawn):
    needs, offers, proposals = drawn
    folder = tmp_path_factory.mktemp("assistance")
    found = match_assistance(needs, offers, proposals=proposals)
    contents: dict[str, Any] = {
        "needs": NeedsFile(needs=tuple(needs)),
        "offers": OffersFile(offers=tuple(offers)),
        "proposals": ProposalsFile(proposals=tuple(proposals)),
        "matching": matching_file(found, languages=("en", "ar")),
    }

    for name, content in contents.items():
        file = write_assistance(content, folder / f"{name}.json")
        Draft202012Validator(assistance_schema(name)).validate(json.loads(file.read_bytes()))

    assert read_needs(folder / "needs.json") == tuple(needs)
    assert read_offers(folder / "offers.json") == tuple(offers)


@settings(max_examples=30, deadline=None)
@given(needs_and_offers())
def test_proposals_that_are_made_leave_the_rest_as_it_was(drawn):
    needs, offers = drawn
    first = match_assistance(needs, offers)

    again = match_assistance(needs, offers, proposals=proposals_of(first, on=START))

    assert again.pairs == ()
    assert [one.need for one in again.unmatched] == [one.need for one in first.unmatched]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "no JSON from line 1"),
        ('{"needs": [], "needs": []}', "twice"),
        ('{"needs": [], "format": 2}', "another format"),
        ('{"needs": [{"key": "n"}]}', "lacks the field “owner” at needs[0]"),
        ('{"needs": [], "person": 1}', "never persons"),
        ('{"needs": [], "colour": 1}', "does not belong there"),
        ('{"needs": 3}', "of another kind than is needed at needs"),
        ("[]", "needs one JSON object"),
    ],
)
def test_a_faulty_file_is_refused_with_the_place(tmp_path, content, said):
    file = tmp_path / "needs.json"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(InvalidAssistance) as refused:
        read_needs(file)
    assert said in str(refused.value)
    assert str(refused.value).count("\n") == 0


def test_a_fault_inside_is_told_with_the_file(tmp_path):
    file = tmp_path / "proposals.json"
    twice = tuple(Proposal(need="n", offer=one, proposed=DAY) for one in ("o", "p"))
    write_assistance(ProposalsFile(proposals=twice), file)

    with pytest.raises(InvalidAssistance, match=r"proposals\.json cannot be used\. Two proposals"):
        read_proposals(file)


def test_what_cannot_be_written_is_said(tmp_path):
    with pytest.raises(InvalidOutput, match="cannot be written"):
        write_assistance(NeedsFile(needs=()), tmp_path / "none" / "needs.json")


@pytest.mark.parametrize("state", list(ProposalState))
@pytest.mark.parametrize("to", list(ProposalState))
def test_a_proposal_goes_only_the_ways_there_are(state, to):
    proposal = Proposal(need="n", offer="o", proposed=DAY, state=state)

    if to in MOVES[state]:
        moved = answer_proposal(proposal, to, on=DAY, because={"en": "No means."})
        assert (moved.state, moved.answers[-1].state) == (to, to)
    else:
        with pytest.raises(MoveNotAllowed):
            answer_proposal(proposal, to, on=DAY, because={"en": "No means."})
    assert proposal.state is state


def test_a_decline_needs_a_reason_and_days_go_forward():
    proposal = Proposal(need="n", offer="o", proposed=DAY)

    with pytest.raises(MoveNotAllowed, match="only with a reason"):
        answer_proposal(proposal, ProposalState.DECLINED, on=DAY, because={"en": " "})
    with pytest.raises(MoveNotAllowed, match="last changed on"):
        answer_proposal(proposal, ProposalState.ACCEPTED, on=START)


def test_missions_ask_for_what_is_due_and_no_more():
    late = FollowUp(due=date(2026, 4, 1))
    held = FollowUp(due=date(2026, 5, 1), held=date(2026, 5, 2))
    coming = FollowUp(due=date(2026, 9, 1))
    mission = Mission(
        need="n", offer="o", started=DAY, ended=date(2026, 3, 6), follow_ups=(late, held, coming)
    )
    begun = Proposal(need="m", offer="o", proposed=START, state=ProposalState.UNDER_WAY)

    due = missions_due([mission], today=date(2026, 6, 1), proposals=[begun])

    assert [(one.need, one.since) for one in due] == [
        ("m", START),
        ("n", date(2026, 3, 6)),
        ("n", date(2026, 4, 1)),
    ]
    result = MissionResult(outcome=MissionOutcome.PARTLY, said={"en": "Half of it."})
    done = msgspec.structs.replace(mission, result=result, follow_ups=())
    assert missions_due([done], today=date(2026, 6, 1)) == ()


def test_a_mission_of_an_earlier_proposal_is_no_record_of_a_later_one():
    proposals = [
        Proposal(need="n", offer="o", proposed=DAY, state=ProposalState.ENDED),
        Proposal(need="n", offer="o", proposed=date(2026, 5, 4), state=ProposalState.UNDER_WAY),
    ]
    early = Mission(need="n", offer="o", started=DAY)
    later = Mission(need="n", offer="o", started=date(2026, 5, 4))

    def due(*missions):
        return len(missions_due(missions, today=date(2026, 6, 1), proposals=proposals))

    assert (due(early), due(early, later)) == (1, 0)


def test_nobody_follows_up_what_was_withdrawn():
    mission = Mission(need="n", offer="o", started=DAY, follow_ups=(FollowUp(due=DAY),))
    withdrawn = Proposal(need="n", offer="o", proposed=DAY, state=ProposalState.WITHDRAWN)
    again = Proposal(need="n", offer="o", proposed=DAY, state=ProposalState.ENDED)

    assert missions_due([mission], today=DAY, proposals=[withdrawn]) == ()
    assert len(missions_due([mission], today=DAY, proposals=[withdrawn, again])) == 1
    assert len(missions_due([mission], today=DAY)) == 1
