"""Limits: the rows that rules add, on record with their rule, person and days, so that each can be explained."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import numpy as np

from staffing.notes import Note
from staffing.roster.placements import Placement

if TYPE_CHECKING:
    from staffing.roster.rules.rule import Rule
    from staffing.roster.variables import RosterModel


@dataclass(frozen=True)
class Limit:
    """One row `low <= sum <= high` of a rule, its sides open where None.

    Attributes:
        rule: whose row it is.
        row: index of the row in the program.
        agent: index of the person, or NOBODY when it binds several.
        first: index of the first of the days it speaks of; `last` of the last.
        low: the least that the sum may be.
        high: the most that the sum may be.
        under: index of the column that measures what is lacking below `low`, None when nothing may lack.
        over: index of the column that measures what is too much above `high`.
        size: how much of the rule's unit one unit of the row is.
        moment: the time it speaks of, in minutes since 1970 UTC; None when it is of whole days.
    """

    rule: Rule
    row: int
    agent: int
    first: int
    last: int
    low: int | None
    high: int | None
    under: int | None = None
    over: int | None = None
    size: int = 1
    moment: int | None = None

    @property
    def days(self) -> range:
        """Indices of the days it speaks of."""
        return range(self.first, self.last + 1)

    def person(self, model: RosterModel) -> str:
        """The id of the person it binds; empty when it binds several."""
        return model.problem.agents[self.agent].agent_id if self.agent >= 0 else ""

    def day(self, model: RosterModel) -> date:
        """The first of its days."""
        return model.days[max(0, self.first)]

    def week(self, model: RosterModel) -> date:
        """The first day of the working week in which it begins."""
        return model.week_of(max(0, self.first)).start

    def span(self, model: RosterModel) -> str:
        """Its days, as people write them."""
        return model.span_text(self.first, self.last)

    def clock(self, model: RosterModel) -> str:
        """The time of day it speaks of; empty when it is of whole days."""
        return "" if self.moment is None else _clock(self.moment, model)

    def until(self, model: RosterModel) -> str:
        """The time of day at which the stretch of open time that it speaks of ends."""
        ends = [
            int(own.starts[i] + own.minutes[i])
            for own in model.stretches.values()
            for i in np.flatnonzero(own.starts == self.moment)
        ]
        return _clock(max(ends), model) if ends else ""


@dataclass(frozen=True)
class Give:
    """How far a limit has to give for a roster to exist.

    Attributes:
        limit: which one.
        amount: units of its row above `high`, or, below 0, units lacking to `low`.
        worked: the shifts behind it: those that the roster found takes, of the ones that the limit counts.
        until: the last limit of a run of moments that give together; None when it stands alone.
        days_worked: indices of all days on which the limit's person works in the roster found.
        against: names of the rules that it is in conflict with, as far as conflicts were looked for.
    """

    limit: Limit
    amount: int
    worked: tuple[Placement, ...] = ()
    until: Limit | None = None
    days_worked: frozenset[int] = frozenset()
    against: frozenset[str] = frozenset()

    @property
    def units(self) -> int:
        """By how many of the rule's units."""
        return abs(self.amount) * self.limit.size

    @property
    def total(self) -> int:
        """What the limit's sum would be, in the rule's units."""
        low, high = self.limit.low or 0, self.limit.high or 0
        return ((low if self.amount < 0 else high) + self.amount) * self.limit.size

    def wording(self, model: RosterModel) -> Note:
        """The rule's name, whom and which days it concerns, and by how much it would have to give."""
        values = {
            "days": self.limit.span(model),
            "rule": self.limit.rule.name,
            "amount": self.units,
            "unit": self.limit.rule.unit,
        }
        agent = self.limit.person(model)
        if agent:
            return Note.of(
                "{days}: rule {rule} would have to give by {amount} ({unit}) for agent {agent}",
                **values,
                agent=agent,
            )
        return Note.of("{days}: rule {rule} would have to give by {amount} ({unit})", **values)


def _clock(minute: int, model: RosterModel) -> str:
    return datetime.fromtimestamp(minute * 60, model.problem.horizon.zone).strftime("%H:%M")
