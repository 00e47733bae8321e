"""This file knows the sentences that count what a plan has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import plural_message

if TYPE_CHECKING:
    from forestall.languages import Message


def taking_part(count: int) -> Message:
    """Say how many partners take part."""
    return plural_message("{count} partner takes part.", "{count} partners take part.", count)


def of_groups(count: int) -> Message:
    """Say of how many kinds of bodies partners are."""
    return plural_message(
        "Partners are of {count} kind of body.", "Partners are of {count} kinds of bodies.", count
    )


def agreed(count: int) -> Message:
    """Say how many partners have an agreement."""
    return plural_message(
        "{count} partner has an agreement.", "{count} partners have an agreement.", count
    )


def roles(count: int) -> Message:
    """Say of how many partners the part is said."""
    return plural_message(
        "Of {count} partner it is said what its part is.",
        "Of {count} partners it is said what their part is.",
        count,
    )


def figures(count: int) -> Message:
    """Say how many figures stand behind the problems."""
    return plural_message(
        "{count} figure stands behind its problems.",
        "{count} figures stand behind its problems.",
        count,
    )


def sourced(count: int) -> Message:
    """Say how many figures have a source."""
    return plural_message("{count} figure has a source.", "{count} figures have a source.", count)


def fed(count: int) -> Message:
    """Say of how many problems it is said what feeds them."""
    return plural_message(
        "Of {count} problem it is said what feeds it.",
        "Of {count} problems it is said what feeds them.",
        count,
    )


def looked_at(count: int) -> Message:
    """Say with how many problems something was looked at."""
    return plural_message(
        "It was looked at for {count} problem.", "It was looked at for {count} problems.", count
    )


def placed(count: int) -> Message:
    """Say of how many problems it is said where they happen."""
    return plural_message(
        "Of {count} problem it is said where and when it happens.",
        "Of {count} problems it is said where and when they happen.",
        count,
    )


def affecting(count: int) -> Message:
    """Say of how many problems it is said whom they affect."""
    return plural_message(
        "Of {count} problem it is said whom it affects.",
        "Of {count} problems it is said whom they affect.",
        count,
    )


def with_day(count: int) -> Message:
    """Say how many objectives have a day."""
    return plural_message(
        "{count} objective has a day by which it is to be reached.",
        "{count} objectives have a day by which they are to be reached.",
        count,
    )


def with_target(count: int) -> Message:
    """Say how many objectives have a target."""
    return plural_message(
        "{count} objective has a target.", "{count} objectives have a target.", count
    )


def measured(count: int) -> Message:
    """Say how many objectives have an indicator."""
    return plural_message(
        "{count} objective has an indicator.", "{count} objectives have an indicator.", count
    )


def with_baseline(count: int) -> Message:
    """Say how many objectives have a baseline."""
    return plural_message(
        "{count} objective has a figure from which it starts.",
        "{count} objectives have a figure from which they start.",
        count,
    )


def answered_for(count: int) -> Message:
    """Say for how many actions one partner answers."""
    return plural_message(
        "{count} action has one partner that answers for it.",
        "{count} actions have one partner each that answers for them.",
        count,
    )


def planned(count: int) -> Message:
    """Say how many actions are planned."""
    return plural_message("{count} action is planned.", "{count} actions are planned.", count)


def with_means(count: int) -> Message:
    """Say how many actions have means."""
    return plural_message(
        "For {count} action money or staff are planned.",
        "For {count} actions money or staff are planned.",
        count,
    )


def tested(count: int) -> Message:
    """Say how many actions rest on what was tested."""
    return plural_message(
        "{count} action rests on what was tested elsewhere.",
        "{count} actions rest on what was tested elsewhere.",
        count,
    )


def with_mechanism(count: int) -> Message:
    """Say of how many actions the mechanism is said."""
    return plural_message(
        "Of {count} action it is said by what it is to work here.",
        "Of {count} actions it is said by what they are to work here.",
        count,
    )


def with_steps(count: int) -> Message:
    """Say how many actions have steps."""
    return plural_message(
        "{count} action has steps with days.", "{count} actions have steps with days.", count
    )


def evaluated(count: int) -> Message:
    """Say of how many actions the evaluation is said."""
    return plural_message(
        "Of {count} action it is said how it will be evaluated.",
        "Of {count} actions it is said how they will be evaluated.",
        count,
    )


def side_effects(count: int) -> Message:
    """Say for how many actions side effects are named."""
    return plural_message(
        "For {count} action side effects are expected and named.",
        "For {count} actions side effects are expected and named.",
        count,
    )


def assessed(count: int) -> Message:
    """Say how many actions have a rights assessment."""
    return plural_message(
        "{count} action has a rights assessment.",
        "{count} actions have a rights assessment.",
        count,
    )


def assessments_say(count: int) -> Message:
    """Say how many rights assessments speak to something."""
    return plural_message(
        "{count} rights assessment speaks to it.", "{count} rights assessments speak to it.", count
    )


def reasons(count: int) -> Message:
    """Say how many things are left out with a reason."""
    return plural_message(
        "{count} thing is left out with a reason.",
        "{count} things are left out with a reason.",
        count,
    )


def reviews(count: int) -> Message:
    """Say how many reviews are set."""
    return plural_message(
        "{count} day is set on which the plan is looked at again.",
        "{count} days are set on which the plan is looked at again.",
        count,
    )


def consultations(count: int) -> Message:
    """Say how often residents were asked."""
    return plural_message(
        "Residents were asked once.", "Residents were asked {count} times.", count
    )


def languages(count: int) -> Message:
    """Say in how many languages it is written."""
    return plural_message(
        "It is written in {count} language.", "It is written in {count} languages.", count
    )
