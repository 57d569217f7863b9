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
        most = max((len(placement.pauses) for placement in placements), default=0)
        self.breaks = [_Breaks(stretches, placements, number) for number in range(most)]


class _Breaks:
    """One break of each of several placements: where it may begin and end. Shapes (placements, starts)."""

    def __init__(self, stretches: Stretches, placements: Sequence[Placement], number: int) -> None:
        own = [p.slices[number] if number < len(p.pauses) else slice(0, 0) for p in placements]
        shape = (len(placements), max((where.stop - where.start for where in own), default=0))
        self.begins, self.ends = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        self.offered = np.zeros(shape, dtype=np.bool_)
        for i, (placement, where) in enumerate(zip(placements, own, strict=True)):
            starts = slice(where.stop - where.start)
            begins, ends = pauses_of(stretches, placement)
            self.begins[i, starts], self.ends[i, starts] = begins[where], ends[where]
            self.offered[i, starts] = True


def pauses_of(stretches: Stretches, placement: Placement) -> tuple[Ints, Ints]:
    """First and last-but-one stretches of each break at each start that a placement may take. Shapes (rests,)."""
    rests = np.array(placement.rests, dtype=np.int64).reshape(-1, 2)
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

    def best_break(self, placement: Placement, among: slice) -> int:
        """Where, of some rests, one more adds least to the missing minutes, then to those rested together."""
        missing, together = self._harms(placement)
        return int(among.start) + int(np.lexsort((together[among], missing[among]))[0])

    def best_breaks(self, placement: Placement, open_: Sequence[Sequence[int]] | None = None) -> list[int]:
        """The places of one person's pauses: where each hurts least, behind those before, with room for the next.

        `open_` holds for each pause the starts it may take, all of which leave the others theirs; None is all.
        """
        if not placement.pauses:
            return []
        if len(placement.pauses) == 1 and open_ is None:
            return [self.best_break(placement, placement.slices[0])]
        missing, together = self._harms(placement)
        chosen: list[int] = []
        free = placement.start
        latest = placement.latest if open_ is None else [own[-1] for own in open_]
        for i, (pause, own, gap) in enumerate(
            zip(placement.pauses, placement.slices, (*placement.gaps, 0), strict=True)
        ):
            begins = np.array(pause.begins, dtype=np.int64)
            order = np.lexsort((together[own], missing[own]))
            fits = (begins[order] >= free) & (begins[order] <= latest[i])
            if open_ is not None:
                fits &= np.isin(begins[order], open_[i])
            fitting = order[fits]
            place = int(fitting[0]) if len(fitting) else int(np.searchsorted(begins, latest[i]))
            chosen.append(own.start + place)
            free = pause.begins[place] + pause.minutes + gap
        return chosen

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
        relief = np.asarray(total[placements.lasts] - total[placements.firsts])
        for own in placements.breaks:
            lost = np.where(own.offered, total[own.ends] - total[own.begins], total[-1] + 1)
            relief -= np.where(own.offered.any(axis=1), lost.min(axis=1, initial=total[-1] + 1), 0)
        return relief

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
