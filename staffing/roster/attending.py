"""When people handed out to a floor attend activities: meetings at their time, trainings where there is a place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from staffing.roster.placements import Placement

if TYPE_CHECKING:
    from staffing.roster.program import Ints
    from staffing.roster.variables import RosterModel


class Attending:
    """The starts of activities that are still open while people are put on the floor one after another."""

    def __init__(self, model: RosterModel, x: Ints) -> None:
        self._activities = {activity.name: activity for activity in model.problem.activities}
        self._meetings = {
            name: [begin for begin, column in starts.items() if x[column]]
            for name, starts in model.meetings.items()
        }
        self._taken: dict[str, Counter[int]] = {name: Counter() for name in self._activities}

    def open(self, placement: Placement) -> tuple[tuple[int, ...], ...] | None:
        """For each pause of a placement the starts it may have; None when the activities leave none."""
        begins: list[Sequence[int]] = []
        for pause in placement.pauses:
            own: Sequence[int] = pause.begins
            if pause.activity in self._meetings:
                own = [begin for begin in own if begin in self._meetings[pause.activity]]
            elif pause.activity and self._activities[pause.activity].places is not None:
                own = [begin for begin in own if self._has_place(pause.activity, begin)]
            begins.append(own)
        return placement.pruned(begins)

    def take(self, placement: Placement, places: Sequence[int]) -> None:
        """Somebody attends the activities of a placement, whose pauses begin at some `places` of its starts."""
        for pause, place in zip(placement.pauses, places, strict=True):
            if pause.activity:
                self._taken[pause.activity][placement.breaks[place]] += 1

    def _has_place(self, name: str, begin: int) -> bool:
        """Whether one more can attend from `begin` on without there being too many at any moment."""
        activity, taken = self._activities[name], self._taken[name]
        near = [other for other in taken.elements() if abs(other - begin) < activity.minutes]
        moments = {begin, *(other for other in near if other >= begin)}
        most = max(sum(other <= moment < other + activity.minutes for other in near) for moment in moments)
        return most < (activity.places or 0)
