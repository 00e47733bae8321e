"""This file knows how places are given a measure by lot, and what is kept of the draw."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from forestall.errors import CannotAnswer, InvalidRecords
from forestall.evaluation.matched_pairs import pair_alike
from forestall.evaluation.trial_designs import (
    Balance,
    Blocked,
    MatchedPairs,
    Simple,
    SteppedWedge,
    TrialDesign,
)
from forestall.evaluation.trial_lots import first_lots, largest_difference, lots_of, steps_by_lot
from forestall.languages import Message, message, plural_message, say
from forestall.results import Result

if TYPE_CHECKING:
    import altair as alt
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]

LEFT_OUT = "left out"
_SEVERAL_BLOCKS = " · "


@dataclass(frozen=True, eq=False, kw_only=True)
class RandomisedPlaces(Result):
    """Places and what the lot gave them.

    ``table`` has one row per place, in the order of their codes: ``place``, ``arm`` ("treated",
    "comparison", "left out"; in a stepped wedge "step 1" and so on), ``stratum`` (block or pair),
    ``start`` (first day, in a stepped wedge), ``lot``, and the columns of the design.

    Attributes
    ----------
    design, seed, balance
        What was asked for.
    tries
        How many draws were made until the balance held.
    balance_table
        ``column``, ``treated``, ``comparison`` (means), ``difference`` (in standard deviations).
    fingerprint
        SHA-256 of places, design, seed and result; a changed list has another.
    """

    design: TrialDesign
    seed: int
    balance: Balance | None
    tries: int
    balance_table: pd.DataFrame
    fingerprint: str

    @property
    def strata(self) -> IntArray:
        """Return the number of the stratum of each place that is in the trial."""
        inside = self.table[self.table["arm"] != LEFT_OUT]
        return np.asarray(pd.factorize(inside["stratum"], sort=True)[0], dtype=np.int64)

    def summary(self) -> str:
        """Return how many places are in which arm, by which seed."""
        sizes = self.table["arm"].value_counts()
        if isinstance(self.design, SteppedWedge):
            return say(
                "{places} places start at {dates} dates in an order drawn by lot (seed {seed}).",
                places=len(self.table),
                dates=len(self.design.starts),
                seed=str(self.seed),
            )
        return say(
            "Of {places} places, {treated} get the measure and {comparison} are the comparison, "
            "drawn by lot (seed {seed}).",
            places=len(self.table),
            treated=int(sizes.get("treated", 0)),
            comparison=int(sizes.get("comparison", 0)),
            seed=str(self.seed),
        )

    def plot(self) -> alt.LayerChart:
        """Return how many places are in each arm."""
        from forestall._charts import bar_chart

        sizes = self.table["arm"].value_counts().sort_index()
        rows = pd.DataFrame({"arm": sizes.index, "places": sizes.to_numpy()})
        return bar_chart(rows, label="arm", number="places", number_title=say("places"))


def randomise_places(
    places: pd.DataFrame,
    *,
    design: TrialDesign,
    seed: int,
    balance: Balance | None = None,
) -> RandomisedPlaces:
    """Decide by lot which places get a measure, or in which order.

    The lot of a place is the SHA-256 of seed, try and code, and the lowest lots get the measure:
    anybody can draw again, and the order of the rows does not matter. Write the seed down before
    the draw, for example one that is thrown in public.

    Parameters
    ----------
    places
        One row per place: ``place`` (its code) and the columns that design and balance need.
    design
        `Simple`, `Blocked`, `MatchedPairs` or `SteppedWedge`.
    seed
        A whole number that was not tried out beforehand.
    balance
        How alike the arms must be; the analysis allows for it.

    Raises
    ------
    InvalidRecords
        If a code or column is missing, or a code stands twice.
    CannotAnswer
        If there are too few places, or no draw is so balanced.

    Examples
    --------
    >>> wards = pd.DataFrame({"place": ["W1", "W2", "W3", "W4"], "area": ["N", "N", "S", "S"]})
    >>> drawn = randomise_places(wards, design=Blocked(by=("area",)), seed=2026)
    >>> drawn.table[["place", "arm", "stratum"]]
      place         arm stratum
    0    W1     treated       N
    1    W2  comparison       N
    2    W3  comparison       S
    3    W4     treated       S
    """
    rows = _canonical(places, design, balance)
    strata, labels = _strata(rows, design)
    codes = rows["place"].tolist()
    values = _values(rows, balance.on) if balance is not None else None
    for attempt in range(1, (balance.most_tries if balance else 1) + 1):
        lots = lots_of(codes, seed=seed, attempt=attempt)
        arms, treated = _draw(lots, strata, design)
        inside = strata >= 0
        if values is None or balance is None or _is_balanced(values, treated, inside, balance):
            break
    else:
        raise CannotAnswer(_NO_BALANCE)
    table = rows.assign(arm=arms, stratum=labels, start=_starts(arms, design), lot=lots)
    first = ["place", "arm", "stratum", "start", "lot"]
    table = table[[*first, *(column for column in rows.columns if column != "place")]]
    return RandomisedPlaces(
        table=table,
        caveats=_caveats(strata, design, balance, attempt),
        made_by=f"randomise_places(design={design!r}, seed={seed}, balance={balance!r})",
        design=design,
        seed=seed,
        balance=balance,
        tries=attempt,
        balance_table=_balance_table(rows, treated, strata >= 0, design, balance),
        fingerprint=_fingerprint(table, design, seed, balance),
    )


def lies_within(trial: RandomisedPlaces, chosen: pd.DataFrame, treated: BoolArray) -> BoolArray:
    """Return which rows of treated places keep the balance that the draw had to keep."""
    balance = trial.balance
    if balance is None:
        return np.ones(len(treated), dtype=bool)
    values = _values(chosen, balance.on)
    return np.asarray(largest_difference(values, treated) <= balance.largest_difference + 1e-12)


def _canonical(places: pd.DataFrame, design: TrialDesign, balance: Balance | None) -> pd.DataFrame:
    columns = list(dict.fromkeys([*design.columns, *(balance.on if balance else ())]))
    for column in ("place", *columns):
        if column not in places.columns:
            raise InvalidRecords(f"Drawing places needs the column “{column}”, but it is missing.")
    rows = places[["place", *columns]].copy()
    empty = np.flatnonzero(rows.isna().any(axis=1).to_numpy())
    if empty.size:
        raise InvalidRecords(
            f"Every place needs all of {', '.join(['place', *columns])}, but {empty.size} rows "
            f"lack some; the first is row {empty[0]}."
        )
    rows["place"] = [unicodedata.normalize("NFC", str(code)) for code in rows["place"]]
    twice = rows["place"].duplicated()
    if twice.any():
        raise InvalidRecords(
            f"Every place stands in one row, but {int(twice.sum())} rows stand again; "
            f"the first is row {int(np.argmax(twice.to_numpy()))}."
        )
    if len(rows) < 4:
        raise CannotAnswer(message("A draw needs 4 places, but there are {n}.", n=len(rows)))
    return rows.sort_values("place", kind="stable").reset_index(drop=True)


def _strata(rows: pd.DataFrame, design: TrialDesign) -> tuple[IntArray, list[str]]:
    if isinstance(design, MatchedPairs):
        numbers = pair_alike(_values(rows, design.on))
        return numbers, [str(number + 1) if number >= 0 else "" for number in numbers]
    by = design.columns
    if not by:
        return np.zeros(len(rows), dtype=np.int64), [""] * len(rows)
    labels = [_SEVERAL_BLOCKS.join(map(str, row)) for row in rows[list(by)].itertuples(index=False)]
    return np.asarray(pd.factorize(np.array(labels), sort=True)[0], dtype=np.int64), labels


def _draw(lots: list[str], strata: IntArray, design: TrialDesign) -> tuple[list[str], BoolArray]:
    """Return the arm of each place, and which are treated (in a wedge: the earlier half)."""
    if isinstance(design, SteppedWedge):
        steps = steps_by_lot(lots, strata, len(design.starts))
        return [f"step {step + 1}" for step in steps], steps < len(design.starts) / 2
    treated = first_lots(lots, strata, _numbers(strata, design))
    arms = np.where(treated, "treated", "comparison")
    return [str(arm) for arm in np.where(strata < 0, LEFT_OUT, arms)], treated


def _numbers(strata: IntArray, design: TrialDesign) -> dict[int, int]:
    sizes = {int(one): int((strata == one).sum()) for one in np.unique(strata[strata >= 0])}
    if isinstance(design, MatchedPairs):
        return dict.fromkeys(sizes, 1)
    if isinstance(design, Simple):
        chosen = sizes[0] // 2 if design.treated is None else design.treated
        if not 0 < chosen < sizes[0]:
            raise CannotAnswer(
                message(
                    "Of {n} places, 1 or more and not all can be treated, but {chosen} were asked.",
                    n=sizes[0],
                    chosen=chosen,
                )
            )
        return {0: chosen}
    assert isinstance(design, Blocked)
    # Down at a half; the tiny number keeps 0.3 × 10 at 3.
    return {
        one: int(np.ceil(size * design.treated_share - 0.5 - 1e-9)) for one, size in sizes.items()
    }


def _starts(arms: list[str], design: TrialDesign) -> list[pd.Timestamp]:
    if not isinstance(design, SteppedWedge):
        return [pd.NaT] * len(arms)  # type: ignore[list-item]
    return [pd.Timestamp(design.starts[int(arm.removeprefix("step ")) - 1]) for arm in arms]


def _values(rows: pd.DataFrame, columns: tuple[str, ...]) -> FloatArray:
    for column in columns:
        if not pd.api.types.is_numeric_dtype(rows[column]):
            raise InvalidRecords(f"The column “{column}” should hold numbers, but holds text.")
    return rows[list(columns)].to_numpy(dtype=float)


def _is_balanced(
    values: FloatArray, treated: BoolArray, inside: BoolArray, balance: Balance
) -> bool:
    found = largest_difference(values[inside], treated[inside])
    return bool(found[0] <= balance.largest_difference + 1e-12)


def _balance_table(
    rows: pd.DataFrame,
    treated: BoolArray,
    inside: BoolArray,
    design: TrialDesign,
    balance: Balance | None,
) -> pd.DataFrame:
    wanted = [*(design.columns if isinstance(design, MatchedPairs) else ())]
    wanted += [column for column in (balance.on if balance else ()) if column not in wanted]
    found = []
    for column in wanted:
        numbers = rows[column].to_numpy(dtype=float)
        one, two = numbers[inside & treated].mean(), numbers[inside & ~treated].mean()
        spread = numbers[inside].std()
        difference = (one - two) / spread if spread > 0 else 0.0
        found.append((column, one, two, difference))
    return pd.DataFrame(found, columns=["column", "treated", "comparison", "difference"])


def _fingerprint(
    table: pd.DataFrame, design: TrialDesign, seed: int, balance: Balance | None
) -> str:
    kept: dict[str, Any] = {
        "design": {"kind": type(design).__name__, **asdict(design)},
        "seed": seed,
        "balance": asdict(balance) if balance else None,
        "places": table.drop(columns="start").to_dict("records"),
    }
    text = json.dumps(kept, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _caveats(
    strata: IntArray, design: TrialDesign, balance: Balance | None, tries: int
) -> tuple[Message, ...]:
    said = [message("The draw can be repeated by anybody from the codes of places and the seed.")]
    if (strata < 0).any():
        said.append(
            message("One place is left out, because their number is odd and pairs need two.")
        )
    _, sizes = np.unique(strata[strata >= 0], return_counts=True)
    alone = int((sizes == 1).sum())
    if alone and isinstance(design, Blocked):
        said.append(
            plural_message(
                "{count} block has one place only, for which there was nothing to draw.",
                "{count} blocks have one place only, for which there was nothing to draw.",
                alone,
            )
        )
    if balance is not None:
        said.append(
            plural_message(
                "The draw was balanced at the first try.",
                "The draw was repeated until it was balanced, {count} times in all.",
                tries,
            )
        )
    return tuple(said)


_NO_BALANCE = message(
    "No draw was as balanced as asked; allow a larger difference or ask for fewer columns."
)
