"""Effects for tests: made up, packaged, or of a folder named by an environment variable."""

import csv
import math
import os
from pathlib import Path

import pytest

from forestall.evidence.metrics import Favours, OddsRatio, effect_size
from forestall.evidence.studies import PeopleCounts, Source, StudyEffect
from forestall.evidence.vocabulary import Design, Outcome
from tests.house.sources import PACKAGE

PACKAGED = PACKAGE / "evidence" / "packaged" / "effects.csv"
REFERENCE = Path(os.environ.get("FORESTALL_REFERENCE", ""))
FOLDER = Path(os.environ.get("FORESTALL_DATA", "")) / "evaluation"
needs_reference = pytest.mark.skipif(
    not (REFERENCE / "evidence" / "effects.csv").is_file(),
    reason="FORESTALL_REFERENCE names no folder with evidence/effects.csv",
)
# Raudenbush (1984), Journal of Educational Psychology 76: 19 differences and their variances.
NUMBERS = "0.03 0.12 -0.14 1.18 0.26 -0.06 -0.02 -0.32 0.27 0.80 0.54 0.18 -0.02 0.23 -0.18 -0.06"
VARIANCES = (
    "0.0156 0.0216 0.0279 0.1391 0.1362 0.0106 0.0106 0.0484 0.0269 0.0630 0.0912 0.0497 0.0835 "
    "0.0841 0.0253 0.0279"
)
RAUDENBUSH = (
    [float(one) for one in f"{NUMBERS} 0.30 0.07 -0.07".split()],
    [float(one) for one in f"{VARIANCES} 0.0193 0.0088 0.0303".split()],
)


def an_effect(key="one", number=-0.2, variance=0.01, *, metric="IRR", **more):
    """Return an effect at a number on the scale of its metric."""
    facts = {
        "study": f"Study {key}",
        "intervention": "a measure",
        "outcome": Outcome.CRIME,
        "outcome_words": "burglary",
        "favours": Favours.BELOW,
        "direction": "below 1 = fewer",
        "design": Design.CONTROLLED,
        "source": Source(address="https://example.org", quotation="made up"),
        **more,
    }
    return StudyEffect(
        key=key,
        effect=effect_size(metric, 0.5).moved_to(number),
        standard_error=math.sqrt(variance),
        **facts,
    )


def some_effects(numbers, variances, **more):
    """Return an effect of each number with its variance, each of a study of its own."""
    pairs = zip(numbers, variances, strict=True)
    return [an_effect(f"s{place:03d}", *pair, **more) for place, pair in enumerate(pairs)]


def raudenbush():
    """Return the 19 standardised differences of Raudenbush (1985); above is taken as worse."""
    return some_effects(*RAUDENBUSH, metric="g")


def packaged(review, *, apart=True):
    """Return the packaged effects of a review; ``apart`` takes every row as a study."""
    with PACKAGED.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["review_id"] == review]
    return [_of_people(row, apart) for row in rows]


def nested(review):
    """Return the effects of a review of the reference folder, several for each study."""
    with (REFERENCE / "evidence" / "effects.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["review_id"] == review]
    return [
        an_effect(
            row["effect_id"],
            float(row["yi"]),
            float(row["vi"]),
            metric="g" if "difference" in row["metric"] else "OR",
            study=row["study"],
            review=review,
        )
        for row in rows
    ]


def _of_people(row, apart):
    events, people = int(row["t_events"]), int(row["t_n"])
    given = dict(one.split("=", 1) for one in row["moderators"].split(";") if "=" in one)
    return StudyEffect(
        key=row["effect_id"],
        study=row["effect_id"] if apart else row["study"],
        year=int(row["study_year"][:4]),
        intervention=row["intervention_or_factor"],
        outcome=Outcome.CRIME,
        outcome_words="people who offended again",
        effect=OddsRatio(0.0),
        standard_error=1.0,
        favours=Favours.BELOW,
        direction=row["favours"],
        source=Source(address=row["source_url"], quotation=row["quote"]),
        design=Design.RANDOMISED if row["design"].startswith("r") else Design.CONTROLLED,
        review=row["review_id"],
        counts=PeopleCounts(
            treated_events=events,
            treated=people,
            compared_events=int(row["c_events"]),
            compared=int(row["c_n"]),
        ),
        moderators=given,
    ).with_effect_of_counts()
