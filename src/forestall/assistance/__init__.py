"""This stage knows technical assistance: who needs it, who offers it, and a fair match of both."""

from forestall.assistance.areas import Area
from forestall.assistance.example import example_needs, example_offers
from forestall.assistance.explanations import Holder, NearMiss, Unmatched, Why
from forestall.assistance.files import (
    MatchingFile,
    NeedsFile,
    OffersFile,
    ProposalsFile,
    assistance_from_json,
    assistance_to_json,
    matching_file,
    proposals_of,
    read_needs,
    read_offers,
    read_proposals,
    write_assistance,
)
from forestall.assistance.fitting import Constraint, obstacles_between
from forestall.assistance.matching import Matching, Pair, match_assistance
from forestall.assistance.missions import (
    FollowUp,
    Mission,
    MissionDue,
    MissionOutcome,
    MissionResult,
    missions_due,
)
from forestall.assistance.preferences import NeedOrder, PairOrder, Preferences
from forestall.assistance.proposals import (
    Proposal,
    ProposalAnswer,
    ProposalState,
    answer_proposal,
)
from forestall.assistance.records import Cost, Need, Offer, Priority, Window
from forestall.assistance.schema import assistance_schema
from forestall.assistance.soundness import check_assistance, check_words

__all__ = [
    "Area",
    "Constraint",
    "Cost",
    "FollowUp",
    "Holder",
    "Matching",
    "MatchingFile",
    "Mission",
    "MissionDue",
    "MissionOutcome",
    "MissionResult",
    "NearMiss",
    "Need",
    "NeedOrder",
    "NeedsFile",
    "Offer",
    "OffersFile",
    "Pair",
    "PairOrder",
    "Preferences",
    "Priority",
    "Proposal",
    "ProposalAnswer",
    "ProposalState",
    "ProposalsFile",
    "Unmatched",
    "Why",
    "Window",
    "answer_proposal",
    "assistance_from_json",
    "assistance_schema",
    "assistance_to_json",
    "check_assistance",
    "check_words",
    "example_needs",
    "example_offers",
    "match_assistance",
    "matching_file",
    "missions_due",
    "obstacles_between",
    "proposals_of",
    "read_needs",
    "read_offers",
    "read_proposals",
    "write_assistance",
]
