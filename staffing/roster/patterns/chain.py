"""One person's horizon as a chain of days: what a pattern of theirs may look like.

A pattern gives each day one option (a shift) or none. What follows from the pattern alone, and from no other
person, stands here, so that a dynamic programme can walk through it day by day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from staffing.roster.program import Ints, Mask

NO_COLUMN = -1


@dataclass(frozen=True)
class Runs:
    """Runs of work days and of days off: their least and greatest lengths in days; None for no limit.

    `worked_before` and `off_before` say which run the horizon begins in and how long it already is (at most one
    of them is positive). None for both: nothing is known, the first run may be as short as it likes and its
    length counts from the first day. The last run may always be shorter than its least length.
    """

    min_work: int = 1
    max_work: int | None = None
    min_off: int = 1
    max_off: int | None = None
    worked_before: int | None = None
    off_before: int | None = None

    def __post_init__(self) -> None:
        for name, least, most in (
            ("work", self.min_work, self.max_work),
            ("off", self.min_off, self.max_off),
        ):
            if least < 1 or (most is not None and most < least):
                raise ValueError(
                    f"runs of {name}: at least {least}, at most {most} days; allowed are 1 <= least <= most"
                )
        if (self.worked_before or 0) < 0 or (self.off_before or 0) < 0:
            raise ValueError("runs before the horizon have 0 days or more")
        if self.worked_before and self.off_before:
            raise ValueError(
                f"the horizon begins after {self.worked_before} work days"
                f" or after {self.off_before} days off, not both"
            )

    @property
    def known(self) -> bool:
        """Whether the run that the horizon begins in is known."""
        return bool(self.worked_before or self.off_before)


@dataclass(frozen=True)
class Count:
    """A sum of whole weights over days `first` to `last` (both inside), kept between `low` and `high`.

    `weights` has one entry an option of the chain, 0 or more (entries of other days are not looked at). A side
    may be soft: then the program has a column for each unit under `low` or over `high`, whose cost is the price.
    `rows` are the program's rows that say the same; they leave the master when the pattern keeps the count itself.
    """

    first: int
    last: int
    weights: Ints
    low: int
    high: int
    rows: tuple[int, ...]
    under_column: int = NO_COLUMN
    over_column: int = NO_COLUMN

    def __post_init__(self) -> None:
        if not 0 <= self.first <= self.last:
            raise ValueError(f"a count runs from day {self.first} to day {self.last}: no such stretch")
        if bool((self.weights < 0).any()):
            raise ValueError(f"a count has the weight {self.weights.min()}; allowed are 0 and more")


@dataclass(frozen=True)
class Weekends:
    """Weekends of which a day is worked, at most `high` of them in the horizon.

    `saturdays` are the days on which weekends begin, ascending; the day after, if the horizon has it, is the
    Sunday. `columns` are the program's columns that are 1 when the weekend is worked, beside `saturdays`;
    `link_rows` the rows that make them so, `limit_rows` those that say `high`.
    """

    saturdays: Ints
    columns: Ints
    high: int
    link_rows: tuple[int, ...] = ()
    limit_rows: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if len(self.saturdays) != len(self.columns):
            raise ValueError(f"{len(self.saturdays)} weekends have {len(self.columns)} columns")
        if bool((np.diff(self.saturdays) < 2).any()):
            raise ValueError("weekends overlap")


@dataclass(frozen=True)
class Chain:
    """One person's options and the rules that bind them over the horizon.

    Shapes: `columns`, `days`, `kinds` (options,), the options ordered by day; `follows` (kinds, kinds), True
    where the second kind may be worked the day after the first; `idle` (days of the horizon,), False on days
    that must be worked.

    `kinds` name what an option is to the rules of succession; `rows` are program rows that the chain implies
    whatever its counts (one option a day, successions, runs).
    """

    columns: Ints
    days: Ints
    kinds: Ints
    follows: Mask
    idle: Mask
    runs: Runs = field(default_factory=Runs)
    counts: tuple[Count, ...] = ()
    weekends: Weekends | None = None
    rows: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not len(self.columns) == len(self.days) == len(self.kinds):
            raise ValueError(
                f"options have {len(self.columns)} columns, {len(self.days)} days and {len(self.kinds)} kinds"
            )
        if bool((np.diff(self.days) < 0).any()):
            raise ValueError("options are not ordered by day")
        if len(self.days) and not 0 <= self.days[0] <= self.days[-1] < self.horizon:
            raise ValueError(f"options stand on days {self.days[0]} to {self.days[-1]} of {self.horizon}")
        for count in self.counts:
            if len(count.weights) != len(self.columns) or count.last >= self.horizon:
                raise ValueError(f"the count of days {count.first} to {count.last} does not fit the options")

    @property
    def horizon(self) -> int:
        """Days of the horizon."""
        return len(self.idle)

    def possible(self) -> Chain:
        """The same chain without options that alone exceed a count of theirs."""
        beyond = np.zeros(len(self.columns), dtype=np.bool_)
        for count in self.counts:
            if count.over_column == NO_COLUMN:
                inside = (self.days >= count.first) & (self.days <= count.last)
                beyond |= inside & (count.weights > count.high)
        if not beyond.any():
            return self
        return replace(
            self,
            columns=self.columns[~beyond],
            days=self.days[~beyond],
            kinds=self.kinds[~beyond],
            counts=tuple(replace(count, weights=count.weights[~beyond]) for count in self.counts),
        )


def follows_after_rest(starts: Ints, ends: Ints, rest_minutes: int | Ints) -> npt.NDArray[np.bool_]:
    """Which kinds may follow which on the next day: the second starts `rest_minutes` or more after the first ends.

    `starts` and `ends` are minutes from midnight of the kind's own day, shape (kinds,).
    """
    return np.asarray(ends[:, None] + rest_minutes <= starts[None, :] + 24 * 60)


def horizon_of(chains: Sequence[Chain]) -> int:
    """The days that all chains share."""
    horizons = {chain.horizon for chain in chains}
    if len(horizons) != 1:
        raise ValueError(f"chains have horizons of {sorted(horizons)} days; one is allowed")
    return horizons.pop()
