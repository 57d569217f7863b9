"""A roster as it stands: the model's x that its duties make, and what a change of one shift would do to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from staffing.labour.clock import minute_of
from staffing.roster.floor import Floor
from staffing.roster.handout import complete
from staffing.roster.limits import Limit
from staffing.roster.placements import Placement
from staffing.roster.problem import RosterProblem
from staffing.roster.program import Ints
from staffing.roster.roster import Duty, Roster
from staffing.roster.rules import rules_of
from staffing.roster.variables import Group, RosterModel


@dataclass(frozen=True)
class Standing:
    """A problem's model and a roster in it.

    Attributes:
        model: the problem under its rules.
        x: the roster, shape (columns,).
        duties: the duties of `x`, by index of person and day.
        unknown: duties that the rules allow nobody, or that no shift of the plan is; they are left out of `x`.
    """

    model: RosterModel
    x: Ints
    duties: Mapping[tuple[int, int], Duty]
    unknown: tuple[Duty, ...] = ()

    @classmethod
    def of(cls, problem: RosterProblem, roster: Roster) -> Standing:
        """Read a roster, ours or another program's."""
        model = RosterModel(problem, rules_of(problem))
        ids = {agent.agent_id: index for index, agent in enumerate(problem.agents)}
        days = {day: index for index, day in enumerate(model.days)}
        groups = {int(column): group for group in model.groups for column in group.members}
        x = np.zeros(model.program.columns, dtype=np.int64)
        unknown: list[Duty] = []
        known: dict[tuple[int, int], Duty] = {}
        for duty in roster.duties:
            agent, day = ids.get(duty.agent_id), days.get(duty.business_date)
            found = None if agent is None or day is None else _placed(model, agent, day, duty)
            if agent is None or day is None or found is None or (agent, day) in known:
                unknown.append(duty)
                continue
            known[agent, day] = duty
            column, places = found
            x[column] = 1
            for place in places:
                x[groups[column].breaks[place]] += 1
            for session in duty.sessions:
                chosen = model.meetings.get(session.activity, {}).get(minute_of(session.start))
                if chosen is not None:
                    x[chosen] = 1
        return cls(model, complete(model, x, keep_breaks=True), known, tuple(unknown))

    @property
    def objective(self) -> int:
        """What the roster costs, in the currency's smallest unit."""
        return self.model.money.amount(self.model.program.value(self.x))

    def worked(self, agent: int, day: int) -> tuple[int, Placement] | None:
        """The column and the shift of a person on a day, both by index; None on a day off."""
        return next(((c, p) for c, p in self.model.choices(agent, day) if self.x[c]), None)

    def broken(self, x: Ints) -> tuple[Limit, ...]:
        """The limits that an x with the same people breaks, once its derived columns are set."""
        program = self.model.program
        sums = program.matrix @ x
        rows = np.flatnonzero((sums < program.low) | (sums > program.high))
        return tuple(self._limits[row] for row in rows.tolist() if row in self._limits)

    @cached_property
    def floors(self) -> Mapping[str, Floor]:
        """Each queue's floor with everybody's shifts and breaks."""
        floors = {queue: Floor(stretches) for queue, stretches in self.model.stretches.items()}
        for group in self.model.groups:
            floor = floors[group.queue]
            floor.enter(group.placement, int(self.x[group.count]))
            for place, column in enumerate(group.breaks):
                floor.rest(group.placement, place, int(self.x[column]))
        return floors

    @cached_property
    def groups(self) -> Mapping[int, Group]:
        """The group of each work column."""
        return {int(column): group for group in self.model.groups for column in group.members}

    @cached_property
    def _limits(self) -> Mapping[int, Limit]:
        return {limit.row: limit for limit in self.model.limits}


def _placed(model: RosterModel, agent: int, day: int, duty: Duty) -> tuple[int, list[int]] | None:
    """The work column of a duty and the places of its pauses among the placement's; unknown ones come first."""
    begins = {("", minute_of(begin)) for begin, _ in (*duty.breaks, *duty.paid_breaks)}
    begins |= {(session.activity, minute_of(session.start)) for session in duty.sessions}
    held = sorted(session.activity for session in duty.sessions)
    found: list[tuple[tuple[bool, bool, int], int, list[int]]] = []
    for column, placement in model.choices(agent, day):
        if (placement.shift.code, placement.start) == (duty.shift_code, minute_of(duty.start)):
            at = [
                next((i for i, b in enumerate(pause.begins) if (pause.activity, b) in begins), None)
                for pause in placement.pauses
            ]
            places = [own.start + (place or 0) for own, place in zip(placement.slices, at, strict=True)]
            strange = sorted(placement.activities) != held
            found.append(((strange and bool(placement.activities), strange, at.count(None)), column, places))
    if not found:
        return None
    _, column, places = min(found)
    return column, places
