"""When a person can work at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import ClassVar
from zoneinfo import ZoneInfo

from staffing.labour.clock import minute_of
from staffing.roster.placements import Placement
from staffing.roster.problem import Agent, RosterProblem
from staffing.roster.rules.rule import Rule


@dataclass(frozen=True, kw_only=True)
class Availability(Rule):
    """A shift lies inside one of the spans in which the person is available on that weekday.

    The weekday is that of the shift's business date, the times are those of the clock: a span until 30:00 lets a
    night shift end at six, also in a night in which the clocks change.
    """

    name: ClassVar[str] = "availability"
    unit: ClassVar[str] = "shift"

    def allows(self, problem: RosterProblem, agent: Agent, placement: Placement) -> bool:
        """The person gave no spans, or the shift's presence lies in one of the weekday's."""
        if agent.available is None:
            return True
        zone = problem.horizon.zone
        return any(
            _instant(placement.day, span.start_minute, zone) <= placement.start
            and placement.end <= _instant(placement.day, span.end_minute, zone)
            for span in agent.available[placement.day.weekday()]
        )


@cache
def _instant(day: date, minute: int, zone: ZoneInfo) -> int:
    """Minutes since 1970 UTC of a minute of the clock, counted from a date's midnight."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    return minute_of(wall.replace(tzinfo=zone))
