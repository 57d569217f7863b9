"""The floor: people at work in each stretch of one queue, and where breaks hurt least."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from staffing.roster.cover import Stretches
from staffing.roster.placements import Placement
from staffing.roster.program import Ints


class Placements:
    """Several placements of one queue by the stretches they touch, as arrays for `Floor.relief`."""

    def __init__(self, stretches: Stretches, placements: Sequence[Placement]) -> None:
        spans = [stretches.inside((placement.start, placement.end)) for placement in placements]
        self.firsts, self.lasts = np.array(spans, dtype=np.int64).reshape(-1, 2).T
        shape = (len(placements), max((len(placement.breaks) for placement in placements), default=0))
        self.pauses, self.backs = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        self.offered = np.zeros(shape, dtype=np.bool_)
        for i, placement in enumerate(placements):
            own = slice(len(placement.breaks))
            self.pauses[i, own], self.backs[i, own] = pauses_of(stretches, placement)
            self.offered[i, own] = True


def pauses_of(stretches: Stretches, placement: Placement) -> tuple[Ints, Ints]:
    """First and last-but-one stretches of each break that a placement may take. Shapes (breaks,)."""
    rests = np.array([placement.rest(begin) for begin in placement.breaks], dtype=np.int64).reshape(-1, 2)
    firsts, lasts = np.searchsorted(stretches.starts, rests.T)
    return firsts, lasts


class Floor:
    """Counts one queue's people, stretch by stretch. All arrays have the stretches' shape."""

    def __init__(self, stretches: Stretches, price: int = 1, worth: Ints | None = None) -> None:
        """An empty floor.

        Args:
            stretches: of the queue.
            price: of an agent-minute missing, the unit of `harm` and `relief`.
            worth: what the n-th person is worth in each stretch beside the requirement, in the same unit. Shape
                (stretches, people + 1); None when only the requirement counts.
        """
        self._stretches = stretches
        self._price = price
        self._worth = worth
        self._spare: Ints = -stretches.required  # people at work, not resting, beyond those required
        self._resting: Ints = np.zeros(len(stretches.starts), dtype=np.int64)
        self._pauses: dict[int, tuple[Placement, Ints, Ints]] = {}  # by the placement's id, which lives in it

    @property
    def missing(self) -> Ints:
        """People missing in each stretch."""
        return np.maximum(-self._spare, 0)

    @property
    def on_floor(self) -> Ints:
        """People at work and not on break in each stretch."""
        return np.asarray(self._spare + self._stretches.required)

    def enter(self, placement: Placement, people: int = 1) -> None:
        """Put people on a placement; their breaks are not taken out yet."""
        first, last = self._stretches.inside((placement.start, placement.end))
        self._spare[first:last] += people

    def rest(self, placement: Placement, place: int, people: int = 1) -> None:
        """Send people of a placement to the break at `place` of its break starts; negative calls them back."""
        firsts, lasts = self._breaks(placement)
        where = slice(firsts[place], lasts[place])
        self._resting[where] += people
        self._spare[where] -= people

    def best_break(self, placement: Placement) -> int:
        """Where one more break adds least to the missing minutes, then to the minutes that people rest together."""
        missing, together = self._harms(placement)
        return int(np.lexsort((together, missing))[0])

    def harm(self, placement: Placement, place: int) -> tuple[int, int]:
        """What one more break at `place` costs, and minutes of others' breaks it meets."""
        missing, together = self._harms(placement)
        return int(missing[place]), int(together[place])

    def relief(self, placements: Placements) -> Ints:
        """What one more person on each placement is worth, with the best break. Shape (placements,).

        Missing agent-minutes taken away at their price, and the worth beside.
        """
        short = np.where(self._spare < 0, self._stretches.minutes * self._price, 0)
        if self._worth is not None:
            short = short + self._worth_of(self._worth, 1)
        total = np.concatenate([[0], np.cumsum(short)])
        lost = np.where(placements.offered, total[placements.backs] - total[placements.pauses], total[-1] + 1)
        least = np.where(placements.offered.any(axis=1), lost.min(axis=1, initial=total[-1] + 1), 0)
        return np.asarray(total[placements.lasts] - total[placements.firsts] - least)

    def _worth_of(self, worth: Ints, more: int) -> Ints:
        """The worth of the last person on the floor in each stretch, or with `more` = 1 of the next."""
        people = np.clip(self._spare + self._stretches.required + more, 0, worth.shape[1] - 1)
        return np.asarray(worth[np.arange(len(people)), people])

    def _harms(self, placement: Placement) -> tuple[Ints, Ints]:
        """`harm` of every break of a placement. Shapes (breaks,)."""
        firsts, lasts = self._breaks(placement)
        begin, end = int(firsts.min()), int(lasts.max())
        minutes = self._stretches.minutes[begin:end]
        lost = np.where(self._spare[begin:end] <= 0, minutes * self._price, 0)
        if self._worth is not None:
            lost = lost + self._worth_of(self._worth, 0)[begin:end]
        short = np.concatenate([[0], np.cumsum(lost)])
        others = np.concatenate([[0], np.cumsum(minutes * self._resting[begin:end])])
        first, last = firsts - begin, lasts - begin
        return short[last] - short[first], others[last] - others[first]

    def _breaks(self, placement: Placement) -> tuple[Ints, Ints]:
        known = self._pauses.get(id(placement))
        if known is None:
            known = self._pauses[id(placement)] = (placement, *pauses_of(self._stretches, placement))
        return known[1], known[2]
