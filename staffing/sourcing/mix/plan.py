"""A mix as it was decided: numbers by source, month, type and class; nothing of the solver in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class SourcePlan:
    """One source's part; what a kind of source does not have is 0.

    Shapes: months (M), types (T), classes (C). `calls` that enter it (M, T, C); those of an overflow contract are
    the ones that overflowed to it. `hours` on calls (M, C); `seats` of a vendor (M, C); `places` at the desk or for
    vendors' people there, `channels`, `heads`, `hires`, `released` (M,). Of each team (teams, M, C): `staffed` says
    whether it is there (also where no calls come), `agents_share` and `kept_share` the point of the overflow curve it
    is run at, 1 without overflow, `overflow_to` the contract's name there.
    """

    name: str
    active: Bools
    calls: Floats
    hours: Floats
    seats: Ints
    places: Ints
    channels: Ints
    heads: Floats
    hires: Ints
    released: Ints
    staffed: Bools
    agents_share: Floats
    kept_share: Floats
    overflow_to: npt.NDArray[np.str_]

    @property
    def used(self) -> bool:
        """Whether it is ever active."""
        return bool(self.active.any())


@dataclass(frozen=True, eq=False)
class MixPlan:
    """The parts of all sources, in the problem's order."""

    sources: tuple[SourcePlan, ...]

    @property
    def contracts(self) -> tuple[str, ...]:
        """Names of the sources that are ever used."""
        return tuple(part.name for part in self.sources if part.used)

    def of(self, name: str) -> SourcePlan:
        """The part of a source."""
        return next(part for part in self.sources if part.name == name)


def began(active: Bools, before: bool) -> Bools:
    """Months in which a contract begins; shape (months,)."""
    return np.asarray(active & ~np.concatenate([[before], active[:-1]]))


def ended(active: Bools, before: bool) -> Bools:
    """First months without a contract that ran until then; shape (months,)."""
    return np.asarray(~active & np.concatenate([[before], active[:-1]]))


def added(held: npt.ArrayLike, before: int) -> Ints:
    """What is added in each month to what is held; shape (months,)."""
    numbers = np.asarray(held, dtype=np.int64)
    return np.asarray(np.maximum(np.diff(numbers, prepend=before), 0))
