"""This file knows what each step from 0 to 4 stands for on the five dimensions of EMMIE.

Source: Johnson, Tilley & Bowers (2015), Journal of Experimental Criminology 11: 459, in our words.
The steps of effect follow how the Crime Reduction Toolkit of the College of Policing reads them.
They were written without the coding instrument at hand; compare them before a formal appraisal.
"""

from __future__ import annotations

from forestall.languages import message

DIMENSIONS = {
    "effect": message("effect"),
    "mechanism": message("mechanism"),
    "moderators": message("moderators"),
    "implementation": message("implementation"),
    "economics": message("economics"),
}
ASKED = {
    "effect": message("What did it change, and can other reasons for the change be ruled out?"),
    "mechanism": message("How does it work?"),
    "moderators": message("Where and for whom does it work more, less or not at all?"),
    "implementation": message("What helps or hinders putting it in place?"),
    "economics": message("What does it cost, what does it save, and whom?"),
}
STEPS = {
    "effect": (
        message("The search and the analysis rule out no form of bias."),
        message("The review is systematic, but many forms of bias remain."),
        message("The review is systematic, but some forms of bias remain."),
        message("Many forms of bias can be ruled out."),
        message("Most forms of bias can be ruled out."),
    ),
    "mechanism": (
        message("Nothing is said about how it might work."),
        message("A general idea of how it might work is stated."),
        message("How it works is described in detail, from earlier writing."),
        message("How it works is described in full, and what should follow is derived."),
        message("How it works is described in full, and what should follow is tested."),
    ),
    "moderators": (
        message("Nothing is said about circumstances that matter."),
        message("Circumstances that may matter are mentioned in passing."),
        message("Circumstances are tested with what happened to be recorded."),
        message("Theory says which circumstances should matter."),
        message("Theory says which circumstances should matter, and data on them were analysed."),
    ),
    "implementation": (
        message("Nothing is said about putting it in place."),
        message("Putting it in place is mentioned in passing."),
        message("An effort was made to record how it was put in place."),
        message("How far it was put in place, and what hindered it, is shown by evidence."),
        message("The same is shown in full, with what another place would need to repeat it."),
    ),
    "economics": (
        message("Costs and benefits are not mentioned."),
        message("Only direct costs or benefits are estimated."),
        message("Direct and indirect costs or benefits are estimated."),
        message("Marginal, total or opportunity costs or benefits are estimated."),
        message("They are estimated for each of those who bear or receive them."),
    ),
}
