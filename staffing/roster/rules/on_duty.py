"""Who must be on duty while the desk is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from staffing.labour.clock import minute_of
from staffing.notes import Note
from staffing.roster.placements import Segment
from staffing.roster.rules.rule import Rule

if TYPE_CHECKING:
    from staffing.roster.limits import Give, Limit
    from staffing.roster.variables import RosterModel


@dataclass(frozen=True, kw_only=True)
class MinimumOnDuty(Rule):
    """While the desk is open, at least so many people of a group are present, breaks not taken out.

    The group are the people with the tag, such as "SV"; an empty tag is everybody. Where people are named, only they
    count. Open are the opening hours of every planned day, whether anybody is needed or not; a person lacking for a
    minute is one broken.
    """

    name: ClassVar[str] = "minimum_on_duty"
    unit: ClassVar[str] = "person and minute"

    tag: str
    least: int

    def restrict(self, model: RosterModel) -> None:
        """In every stretch of open time between two of the group's starts and ends: shifts that hold it >= least."""
        group = [
            agent
            for agent, person in self.bound_agents(model.problem)
            if not self.tag or self.tag in person.tags
        ]
        for day in range(len(model.days)):
            beside = range(max(0, day - 1), min(day + 2, len(model.days)))
            near = [model.options(agent, other) for agent in group for other in beside]
            edges = np.unique(np.concatenate([[0], *(o.starts for o in near), *(o.ends for o in near)]))
            for start, end in _open(model, day):
                cuts = [start, *edges[(start < edges) & (edges < end)].tolist(), end]
                for begin, until in pairwise(cuts):
                    held = [o.columns[(o.starts <= begin) & (begin < o.ends)] for o in near]
                    columns = np.concatenate([np.zeros(0, dtype=np.int64), *held])
                    model.limit(
                        self,
                        columns,
                        low=self.least,
                        days=range(day, day + 1),
                        size=until - begin,
                        moment=begin,
                    )

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """How many at that time."""
        return Note.of(
            "{days} at {time}: at least {least} of group '{tag}' on duty",
            days=limit.span(model),
            time=limit.clock(model),
            least=self.least,
            tag=self.tag or "*",
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """How many are lacking, from when to when."""
        values = {
            "day": give.limit.day(model),
            "first": give.limit.clock(model),
            "lacking": give.units,
            "least": self.least,
            "tag": self.tag or "*",
        }
        return Note.of(
            "{day} {first} to {last}: {lacking} of the {least} of group '{tag}' lacking; hire for that time, or allow"
            " it as an exception",
            **values,
            last=(give.until or give.limit).until(model),
        )


def _open(model: RosterModel, day: int) -> Iterator[Segment]:
    """The opening hours of a day, in minutes since 1970 UTC."""
    horizon = model.problem.horizon
    for span in horizon.hours.spans(model.days[day]):
        ends = (span.start_minute, span.end_minute)
        first, last = (minute_of(horizon.at(model.days[day], minute)) for minute in ends)
        yield first, last
