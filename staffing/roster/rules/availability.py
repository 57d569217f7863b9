"""When a person can work at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from staffing.horizon import Span
from staffing.labour.clock import minute_of
from staffing.notes import Note
from staffing.roster.changes import Available
from staffing.roster.placements import Placement
from staffing.roster.problem import Agent, RosterProblem
from staffing.roster.rules.rule import Rule
from staffing.roster.weeks import DAYS_A_WEEK

if TYPE_CHECKING:
    from staffing.roster.changes import Change
    from staffing.roster.limits import Give, Limit
    from staffing.roster.variables import RosterModel


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

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """The spans of the weekday."""
        day, days, person = limit.day(model), limit.span(model), model.problem.agents[limit.agent]
        spans = (person.available or ((),) * DAYS_A_WEEK)[day.weekday()]
        if not spans:
            return Note.of("{days}: agent {agent} is not available", days=days, agent=person.agent_id)
        return Note.of(
            "{days}: agent {agent} is available at {spans} only",
            days=days,
            agent=person.agent_id,
            spans=", ".join(map(str, spans)),
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """The shift that is needed."""
        return Note.of(
            "agent {agent}: needed on {day} at {span}, when they are not available; ask for {span}",
            agent=give.limit.person(model),
            day=give.limit.day(model),
            span=_span(give),
        )

    def remedy(self, give: Give, model: RosterModel) -> Change:
        """One more span on that weekday."""
        return Available(give.limit.person(model), give.limit.day(model), _span(give))


@cache
def _instant(day: date, minute: int, zone: ZoneInfo) -> int:
    """Minutes since 1970 UTC of a minute of the clock, counted from a date's midnight."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    return minute_of(wall.replace(tzinfo=zone))


def _span(give: Give) -> Span:
    """From the first minute to the last of the shifts that are needed."""
    shifts = [placement.shift for placement in give.worked]
    return Span(min(s.start_minute for s in shifts), max(s.end_minute for s in shifts))
