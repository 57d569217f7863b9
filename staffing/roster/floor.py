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
            for j, begin in enumerate(placement.breaks):
                self.pauses[i, j], self.backs[i, j] = stretches.inside(placement.rest(begin))
                self.offered[i, j] = True


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
        self._present: Ints = np.zeros(len(stretches.starts), dtype=np.int64)
        self._resting: Ints = np.zeros(len(stretches.starts), dtype=np.int64)

    @property
    def missing(self) -> Ints:
        """People missing in each stretch."""
        return np.maximum(-self._spare, 0)

    def enter(self, placement: Placement, people: int = 1) -> None:
        """Put people on a placement; their breaks are not taken out yet."""
        first, last = self._stretches.inside((placement.start, placement.end))
        self._present[first:last] += people

    def rest(self, placement: Placement, place: int, people: int = 1) -> None:
        """Send people of a placement to the break at `place` of its break starts; negative calls them back."""
        self._resting[self._break(placement, place)] += people

    def best_break(self, placement: Placement) -> int:
        """Where one more break adds least to the missing minutes, then to the minutes that people rest together."""
        return min(range(len(placement.breaks)), key=lambda place: self.harm(placement, place))

    def harm(self, placement: Placement, place: int) -> tuple[int, int]:
        """What one more break at `place` costs, and minutes of others' breaks it meets."""
        where = self._break(placement, place)
        minutes, spare = self._stretches.minutes[where], self._spare[where]
        lost = int(minutes[spare <= 0].sum()) * self._price
        if self._worth is not None:
            lost += int(self._worth_of(self._worth, 0)[where].sum())
        return lost, int(minutes @ self._resting[where])

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
        people = np.clip(self._present - self._resting + more, 0, worth.shape[1] - 1)
        return np.asarray(worth[np.arange(len(people)), people])

    @property
    def _spare(self) -> Ints:
        return self._present - self._resting - self._stretches.required

    def _break(self, placement: Placement, place: int) -> slice:
        return slice(*self._stretches.inside(placement.rest(placement.breaks[place])))
