"""This file knows what must be said beside a change of pattern."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.languages import Message, message, plural_message, share_in_full

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FEW_EXPECTED = 5


@dataclass(frozen=True, kw_only=True)
class PatternSettings:
    """How a change of pattern is assessed; see `assess_pattern_change`."""

    test: str
    adjust: str
    empty: str
    level: float
    resample: str
    samples: int
    share: float
    seed: int

    @property
    def call(self) -> str:
        """The call with these settings."""
        named = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"assess_pattern_change({named})"


def method_caveats(settings: PatternSettings) -> tuple[Message, ...]:
    """Say which test was made, how it was adjusted, and how far to trust it."""
    dealt = message(_DEALT, samples=settings.samples, seed=settings.seed)
    if settings.test == "resampling":
        known = "before" if settings.resample == "after" else "after"
        drawn = message(
            _RESAMPLED[known],
            share=share_in_full(settings.share),
            samples=settings.samples,
            level=share_in_full(settings.level),
        )
        return drawn, message(_TOO_NARROW), dealt
    adjusted = message(_ADJUSTED[settings.adjust], rate=share_in_full(1 - settings.level))
    return message(_TESTED[settings.test]), adjusted, dealt


def count_caveats(
    before: NDArray[np.int64],
    after: NDArray[np.int64],
    *,
    outside: int,
    settings: PatternSettings,
) -> tuple[Message, ...]:
    """Say what shares mean, and which places and incidents were left out or are few."""
    said = [message(_SHARES), message(_INDEX)]
    both = before + after
    nothing = int((both == 0).sum())
    if nothing:
        said.append(plural_message(*_EMPTY[settings.empty], nothing))
    smaller = min(before.sum(), after.sum()) / both.sum()
    few = int(((both > 0) & (both * smaller < _FEW_EXPECTED)).sum())
    if few and settings.test.startswith("chi_square"):
        said.append(plural_message(*_ROUGH, few, expected=_FEW_EXPECTED))
    if outside:
        said.append(plural_message(*_OUTSIDE, outside))
    return tuple(said)


_DEALT = (
    "The share that lies elsewhere is set against {samples} deals of all incidents to the two "
    "periods at random (seed {seed})."
)
_RESAMPLED = {
    "before": (
        "The share before is taken as known and set against {samples} samples of {share} of the "
        "incidents after, without replacement ({level} of the samples, cut evenly)."
    ),
    "after": (
        "The share after is taken as known and set against {samples} samples of {share} of the "
        "incidents before, without replacement ({level} of the samples, cut evenly)."
    ),
}
_TOO_NARROW = (
    "These intervals are too narrow: with no change at all, about six of ten places would be named "
    "(at 95 %, from samples of 85 %). Take the chi-square form to say where something changed."
)
_TESTED = {
    "chi_square": (
        "Places were tested by the chi-square test of two shares, uncorrected, two-sided."
    ),
    "chi_square_yates": (
        "Places were tested by the chi-square test of two shares with Yates's correction, "
        "two-sided; it names too few."
    ),
    "chi_square_n_minus_1": (
        "Places were tested by the chi-square test of two shares times (N − 1)/N, two-sided."
    ),
    "fisher": "Places were tested by Fisher's exact test, two-sided; it names too few.",
}
_ADJUSTED = {
    "bh": (
        "Of the places named, at most {rate} are expected to be named by chance "
        "(Benjamini-Hochberg)."
    ),
    "by": (
        "Of the places named, at most {rate} are expected to be named by chance, however they "
        "depend on each other (Benjamini-Yekutieli)."
    ),
    "none": "Not adjusted: {rate} of unchanged places are expected to be named by chance.",
}
_SHARES = (
    "Shares are compared: a place can hold a larger share and fewer incidents, and what one "
    "place gains in share others lose."
)
_INDEX = (
    "The S-index says in how many places a difference can be told from chance, not how much "
    "changed; with more incidents it falls."
)
_EMPTY = {
    "leave_out": (
        "{count} place without an incident in both periods was not tested; the S-index counts "
        "it as similar, the robust one does not.",
        "{count} places without an incident in both periods were not tested; the S-index counts "
        "them as similar, the robust one does not.",
    ),
    "keep": (
        "{count} place without an incident in both periods is among the places, as similar; the "
        "robust S-index leaves it out.",
        "{count} places without an incident in both periods are among the places, as similar; "
        "the robust S-index leaves them out.",
    ),
}
_ROUGH = (
    "In {count} place fewer than {expected} incidents are expected in one of the periods; the "
    "chi-square test is rough there.",
    "In {count} places fewer than {expected} incidents are expected in one of the periods; the "
    "chi-square test is rough there.",
)
_OUTSIDE = (
    "{count} located incident lies in no place and is left out of all shares.",
    "{count} located incidents lie in no place and are left out of all shares.",
)
