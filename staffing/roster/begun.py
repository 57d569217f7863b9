"""Duties that have begun: they are facts, so the model takes them as they are and plans around them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

import numpy as np

from staffing.horizon import MINUTES_A_DAY
from staffing.labour.clock import is_night, minute_of, wall_minutes
from staffing.roster.placements import Pause, Placement
from staffing.roster.problem import RosterProblem
from staffing.roster.roster import Duty
from staffing.shifts.template import Shift

_EPOCH = date(1970, 1, 1)


def begun_placements(problem: RosterProblem) -> Mapping[tuple[str, date], Placement]:
    """What each person works on each business date on which they began a duty, by person and date.

    Hours of work are exact, whatever the duty's code. A placement has one break: of a duty with several, and of
    two duties on one date, the time without work stands as one break where the first of them begins. Sessions of the
    problem's activities stand where they were.
    """
    if problem.begun is None:
        return {}
    own: defaultdict[tuple[str, date], list[Duty]] = defaultdict(list)
    for duty in problem.begun.duties:
        own[duty.agent_id, duty.business_date].append(duty)
    return {
        (agent_id, day): _placement(problem, day, sorted(duties, key=lambda duty: duty.start))
        for (agent_id, day), duties in own.items()
    }


def with_begun(
    placements: Sequence[tuple[Placement, ...]],
    begun: Mapping[tuple[str, date], Placement],
    days: Sequence[date],
) -> tuple[tuple[Placement, ...], ...]:
    """Each day's placements, and behind them what has begun on the day, each once."""
    facts: defaultdict[date, dict[Placement, None]] = defaultdict(dict)
    for (_, day), placement in begun.items():
        facts[day][placement] = None
    return tuple((*own, *facts[day]) for day, own in zip(days, placements, strict=True))


def days_begun(problem: RosterProblem) -> int:
    """How many of the horizon's days, from its first, had begun when planning began."""
    if problem.begun is None:
        return 0
    today = problem.begun.until.astimezone(problem.horizon.zone).date()
    return min(max((today - problem.horizon.start).days + 1, 0), len(problem.horizon.days))


def _placement(problem: RosterProblem, day: date, duties: Sequence[Duty]) -> Placement:
    zone = problem.horizon.zone
    start, end = minute_of(duties[0].start), max(minute_of(duty.end) for duty in duties)
    at_work = np.zeros(end - start, dtype=np.bool_)
    for duty in duties:
        at_work[minute_of(duty.start) - start : minute_of(duty.end) - start] = True
        for first, last in duty.breaks:
            at_work[minute_of(first) - start : minute_of(last) - start] = False
    known = {activity.name for activity in problem.activities}
    sessions = [
        Pause((minute_of(own.start),), minute_of(own.end) - minute_of(own.start), True, own.activity)
        for duty in duties
        for own in duty.sessions
        if own.activity in known
    ]
    idle = np.flatnonzero(~at_work)
    pause = int(idle[0]) if len(idle) else 0
    wall = wall_minutes(start, end, zone)
    code = duties[0].shift_code
    shift = Shift(
        code, _minute_of_day(duties[0].start.astimezone(zone), day), end - start, len(idle), pause, pause
    )
    return Placement(
        day=day,
        template=_template(problem, code),
        shift=shift,
        start=start,
        end=end,
        pauses=tuple(
            sorted(
                [*sessions, *([Pause((start + pause,), len(idle))] if len(idle) else [])],
                key=lambda own: own.begins,
            )
        ),
        night_minutes=int((is_night(wall, problem.pack) & at_work).sum()),
        dates=tuple(_EPOCH + timedelta(days=int(i)) for i in np.unique(wall // MINUTES_A_DAY)),
        fact=True,
    )


def _minute_of_day(moment: datetime, day: date) -> int:
    """Wall-clock minutes from the business date's midnight."""
    return int((moment.replace(tzinfo=None) - datetime.combine(day, time())).total_seconds() // 60)


def _template(problem: RosterProblem, code: str) -> str:
    """The template that a shift's code belongs to; empty when it is none of the plan's."""
    return next((name for name, shifts in problem.shifts if any(code == s.code for s in shifts)), "")
