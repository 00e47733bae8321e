"""Matching of 200 needs and 300 offers, spread over the areas, and all in one.

Run with ``python benchmarks/assistance_speed.py``. Printed are medians of the whole matching with
its reasons. In the second case every offer fits every need in area, language and region, nearly
all are alike, and some offers can answer several needs. In two cases each offer can answer
so many needs that its places, one by one, would be many times the needs. Where help is scarce, most
of the time goes into saying who has it: few offers cover travel, which every need asks for; or
every offer is bound to a need of an earlier round.
"""

import random
import statistics
import time
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from forestall.assistance import (
    Area,
    Cost,
    Need,
    Offer,
    Priority,
    Proposal,
    Window,
    match_assistance,
)

NEEDS, OFFERS, ROUNDS = 200, 300, 3
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
REGIONS = ("africa", "americas", "asia", "europe", "oceania")
START = date(2026, 1, 1)


def made_window(draw: random.Random) -> Window:
    """Return some months of one year."""
    first = START + timedelta(days=draw.randrange(0, 120, 10))
    return Window(first=first, last=first + timedelta(days=draw.randrange(60, 240, 10)))


def made_need(number: int, draw: random.Random, areas: tuple[Area, ...]) -> Need:
    """Return a need; one of one area is easy to serve."""
    one = len(areas) == 1
    return Need(
        key=f"need-{number}",
        owner={"en": "A state"},
        area=draw.choice(areas),
        languages=("en",) if one else tuple(draw.sample(LANGUAGES, 2)),
        regions=("asia",) if one else (draw.choice(REGIONS),),
        window=made_window(draw),
        asked=START - timedelta(days=draw.randrange(400)),
        priority=draw.choice(list(Priority)),
        must_cover=() if one else tuple(draw.sample(list(Cost), draw.randrange(2))),
    )


def made_offer(
    number: int, draw: random.Random, areas: tuple[Area, ...], capacities: tuple[int, ...]
) -> Offer:
    """Return an offer."""
    one = len(areas) == 1
    return Offer(
        key=f"offer-{number}",
        owner={"en": "An institute"},
        areas=areas if one else tuple(draw.sample(areas, 2)),
        languages=("en",) if one else tuple(draw.sample(LANGUAGES, 2)),
        regions=() if one or draw.random() < 0.5 else tuple(draw.sample(REGIONS, 2)),
        window=made_window(draw),
        covers=tuple(draw.sample(list(Cost), draw.randrange(4))),
        capacity=draw.choice(capacities),
    )


def told_speed(
    name: str,
    areas: tuple[Area, ...],
    offers_total: int,
    capacities: tuple[int, ...] = (1, 1, 1, 2),
) -> None:
    """Print how long one case takes, and how many needs were met."""
    draw = random.Random(20)
    needs = [made_need(number, draw, areas) for number in range(NEEDS)]
    offers = [made_offer(number, draw, areas, capacities) for number in range(offers_total)]
    timed(name, needs, offers)


def timed(
    name: str, needs: Sequence[Need], offers: Sequence[Offer], proposals: Sequence[Proposal] = ()
) -> None:
    """Print how long a matching takes, how many needs were met, and how many holders it names."""
    taken, worked = [], []
    for _ in range(ROUNDS):
        start, before = time.perf_counter(), time.process_time()
        found = match_assistance(needs, offers, proposals=proposals)
        taken.append(time.perf_counter() - start)
        worked.append(time.process_time() - before)
    holders = sum(len(one.holders) for one in found.unmatched)
    print(
        f"{name}: {statistics.median(taken):.2f} s ({statistics.median(worked):.2f} s of one "
        f"processor), {len(found.pairs)} of {len(needs) - len(proposals)} met, "
        f"{len(offers)} offers, {holders} holders named"
    )


def told_scarce() -> None:
    """Print how long it takes where few offers fit, and where all are bound already."""
    draw, areas = random.Random(20), (Area.EVALUATION,)
    needs = [made_need(number, draw, areas) for number in range(NEEDS)]
    offers = [made_offer(number, draw, areas, (1,)) for number in range(OFFERS)]
    few = [
        replace(one, covers=(Cost.TRAVEL,) if number < 10 else (), capacity=10)
        for number, one in enumerate(offers)
    ]
    timed("few that fit", [replace(one, must_cover=(Cost.TRAVEL,)) for one in needs], few)
    served = [
        replace(made_need(number, draw, areas), key=f"served-{number}") for number in range(OFFERS)
    ]
    made = [
        Proposal(need=need.key, offer=offer.key, proposed=START)
        for need, offer in zip(served, offers, strict=True)
    ]
    timed("all are bound", [*needs, *served], offers, made)


if __name__ == "__main__":
    told_speed("over the areas", tuple(Area), OFFERS)
    told_speed("all in one area", (Area.EVALUATION,), OFFERS)
    told_speed("too few offers", (Area.EVALUATION,), 100)
    told_speed("offers for ten", (Area.EVALUATION,), OFFERS, (10,))
    told_speed("offers for all", (Area.EVALUATION,), OFFERS, (1000,))
    told_scarce()
