"""Days with and without work, those before the horizon included, and the statutory holidays among them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from staffing.roster.checks.case import Case
from staffing.roster.checks.stint import week_of
from staffing.roster.problem import Agent

DAY = timedelta(days=1)


def days_before(case: Case, agent: Agent) -> set[date]:
    """The days in a row that the agent worked immediately before the horizon."""
    number = agent.carried.consecutive_days if agent.carried else 0
    return {case.problem.horizon.start - i * DAY for i in range(1, number + 1)}


def taken_days(case: Case, agent: Agent) -> set[date]:
    """The days that are no days off: business dates of duties, dates with a minute of one, days carried in."""
    zone = case.problem.horizon.zone
    stints = case.by_agent[agent.agent_id]
    return {day for stint in stints for day in (stint.day, *stint.dates(zone))} | days_before(case, agent)


def first_of_four_weeks(case: Case, day: date) -> date:
    """The first day of the four weeks that hold a day; they are counted from the week of the horizon's start."""
    anchor = week_of(case.problem.horizon.start, case.problem.week_start)
    return day - timedelta(days=(day - anchor).days % 28)


def statutory_holidays(case: Case, agent: Agent) -> frozenset[date]:
    """The dates paid as statutory holidays: those named for the agent, else the last days of a period worked through.

    A week (or four weeks) with as many days off as the law asks for holds none of them. Where days off are missing,
    as many of the last days worked are statutory holidays.
    """
    pack, zone = case.problem.pack, case.problem.horizon.zone
    if pack.holiday_rate is None:
        return frozenset()
    if agent.statutory_holidays is not None:
        return agent.statutory_holidays
    four_weeks = pack.min_days_off_four_weeks is not None
    days = 28 if four_weeks else 7
    due = (pack.min_days_off_four_weeks if four_weeks else pack.min_days_off_week) or 0
    worked = {day for stint in case.by_agent[agent.agent_id] for day in stint.work_by_date(zone)}
    found: set[date] = set()
    periods = {
        first_of_four_weeks(case, day) if four_weeks else week_of(day, case.problem.week_start)
        for day in worked
    }
    busy = worked | days_before(case, agent)
    for first in periods:
        off = [day for day in (first + i * DAY for i in range(days)) if day not in busy]
        last = first + (days - 1) * DAY
        while len(off) < due:
            while last in off:
                last -= DAY
            found.add(last)
            off.append(last)
    return frozenset(found)


def last_of_full_weeks(worked: Collection[date], week_start: int) -> frozenset[date]:
    """The last days of weeks of which all seven days are worked."""
    busy = set(worked)
    ends = {week_of(day, week_start) + 6 * DAY for day in busy}
    return frozenset(end for end in ends if all(end - i * DAY in busy for i in range(7)))
