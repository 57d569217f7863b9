"""Wages of worked minutes: overtime, night and statutory-holiday premiums, exact to the smallest unit.

Every worked minute earns the hourly wage / 60. On top of it:

- overtime: minutes beyond the pack's daily limit on one business date, and, of the minutes that are not
  overtime already, those beyond the weekly limit (no minute counts twice); a higher rate once a calendar
  month's overtime passes the pack's threshold;
- statutory holiday: minutes whose calendar date is one; they enter neither the daily, weekly nor monthly count;
- night: minutes whose wall clock lies in the night hours; adds to the two above.

Breaks are unpaid, and a minute of break is no night minute. A business date's minutes stay its own when the
shift runs past midnight. The sum for a duty is exact (fractions) and rounded once per duty, half up, to the
currency's smallest unit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Protocol
from zoneinfo import ZoneInfo

import numpy as np

from staffing.horizon import MINUTES_A_DAY, Horizon
from staffing.labour.clock import Minutes, is_night, minute_of, wall_minutes, week_of
from staffing.labour.pack import RulePack

_EPOCH = date(1970, 1, 1).toordinal()


class Worked(Protocol):
    """A stretch of presence with unpaid breaks: what a duty of a roster is."""

    @property
    def agent_id(self) -> str: ...  # noqa: D102
    @property
    def business_date(self) -> date: ...  # noqa: D102
    @property
    def start(self) -> datetime: ...  # noqa: D102
    @property
    def end(self) -> datetime: ...  # noqa: D102
    @property
    def breaks(self) -> tuple[tuple[datetime, datetime], ...]: ...  # noqa: D102


class Earner(Protocol):
    """A person with a wage per hour, in the currency's smallest unit."""

    @property
    def agent_id(self) -> str: ...  # noqa: D102
    @property
    def wage(self) -> int: ...  # noqa: D102


class Duties(Protocol):
    """Everyone's duties, as a roster holds them."""

    @property
    def duties(self) -> Sequence[Worked]: ...  # noqa: D102


class Terms(Protocol):
    """Who earns what under which law: the part of a roster problem that wages need."""

    @property
    def agents(self) -> Sequence[Earner]: ...  # noqa: D102
    @property
    def pack(self) -> RulePack: ...  # noqa: D102
    @property
    def horizon(self) -> Horizon: ...  # noqa: D102
    @property
    def week_start(self) -> int: ...  # noqa: D102


@dataclass(frozen=True)
class Pay:
    """What one duty earns. All minutes are working time; `overtime`, `night` and `holiday` are among `paid`.

    `beyond_contract_minutes` are minutes over the contract's daily hours that the law does not call overtime:
    paid, without a premium. `cost` is in the currency's smallest unit.
    """

    agent_id: str
    business_date: date
    start: datetime
    paid_minutes: int
    overtime_minutes: int
    night_minutes: int
    holiday_minutes: int
    cost: int
    beyond_contract_minutes: int = 0


@dataclass
class _Counts:
    """Minutes counted so far for one person, by the period each limit runs over."""

    day: dict[date, int]
    week: dict[date, int]
    month_overtime: dict[tuple[int, int], int]


def pay(
    duties: Sequence[Worked],
    wage: int,
    pack: RulePack,
    horizon: Horizon,
    week_start: int = 6,
    *,
    contract_daily_minutes: int | None = None,
    statutory_holidays: Collection[date] = (),
    overtime_minutes_this_month: int = 0,
) -> tuple[Pay, ...]:
    """The pay of each of one person's duties, in the order given.

    Args:
        duties: one person's duties; they are counted in order of their start.
        wage: per hour, in the currency's smallest unit.
        pack: limits and premium rates.
        horizon: gives the time zone whose wall clock decides night and holiday.
        week_start: weekday the week of the weekly limit begins on, Monday = 0.
        contract_daily_minutes: the contract's daily hours, where they lie below the law's.
        statutory_holidays: calendar dates paid with the holiday premium.
        overtime_minutes_this_month: overtime already worked in the month the horizon starts in.
    """
    month = (horizon.start.year, horizon.start.month)
    counts = _Counts(defaultdict(int), defaultdict(int), defaultdict(int))
    counts.month_overtime[month] = overtime_minutes_this_month
    holidays = np.array(sorted(day.toordinal() - _EPOCH for day in statutory_holidays), dtype=np.int64)
    paid: dict[int, Pay] = {}
    for index in sorted(range(len(duties)), key=lambda i: duties[i].start):
        duty = duties[index]
        local = _worked_minutes(duty, horizon.zone)
        holiday = np.isin(local // MINUTES_A_DAY, holidays)
        paid[index] = _pay_duty(
            duty,
            regular=int((~holiday).sum()),
            holiday=int(holiday.sum()),
            night=int(is_night(local, pack).sum()),
            wage=wage,
            pack=pack,
            counts=counts,
            week=week_of(duty.business_date, week_start),
            contract_daily_minutes=contract_daily_minutes,
        )
    return tuple(paid[index] for index in range(len(duties)))


def pay_roster(roster: Duties, problem: Terms) -> tuple[Pay, ...]:
    """The pay of every duty of a roster, in the roster's order.

    Raises:
        KeyError: for a duty of somebody who is not among the problem's agents.
    """
    wages = {agent.agent_id: agent.wage for agent in problem.agents}
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, duty in enumerate(roster.duties):
        places[duty.agent_id].append(place)
    paid: dict[int, Pay] = {}
    for agent_id, own in places.items():
        duties = [roster.duties[place] for place in own]
        earned = pay(duties, wages[agent_id], problem.pack, problem.horizon, problem.week_start)
        paid.update(zip(own, earned, strict=True))
    return tuple(paid[place] for place in range(len(roster.duties)))


def _pay_duty(
    duty: Worked,
    *,
    regular: int,
    holiday: int,
    night: int,
    wage: int,
    pack: RulePack,
    counts: _Counts,
    week: date,
    contract_daily_minutes: int | None,
) -> Pay:
    """Price one duty's minutes and add them to the running counts."""
    day = duty.business_date
    before = counts.day[day]
    over_day = _over(before, regular, pack.max_day_minutes)
    over_week = _over(counts.week[week], regular - over_day, pack.max_week_minutes)
    overtime = over_day + over_week
    month = (day.year, day.month)
    beyond = _over(counts.month_overtime[month], overtime, pack.overtime_beyond_month_minutes)
    counts.day[day] += regular
    counts.week[week] += regular - overtime
    counts.month_overtime[month] += overtime
    units = (
        regular
        + (overtime - beyond) * _share(pack.overtime_rate)
        + beyond * _share(pack.overtime_rate_beyond)
        + holiday * (1 + _share(pack.holiday_rate))
        + night * _share(pack.night_rate)
    )
    extra = 0
    if contract_daily_minutes is not None:
        extra = max(0, _over(before, regular, contract_daily_minutes) - overtime)
    return Pay(
        agent_id=duty.agent_id,
        business_date=day,
        start=duty.start,
        paid_minutes=regular + holiday,
        overtime_minutes=overtime,
        night_minutes=night,
        holiday_minutes=holiday,
        cost=half_up(Fraction(wage) * units / 60),
        beyond_contract_minutes=extra,
    )


def half_up(amount: Fraction) -> int:
    """The nearest whole unit; halves go up."""
    return int((amount + Fraction(1, 2)) // 1)


def _over(before: int, added: int, limit: int) -> int:
    """How many of `added` minutes lie beyond `limit` when `before` minutes were counted already."""
    return max(0, min(added, before + added - limit))


def _share(rate: float) -> Fraction:
    """A rate as the decimal fraction it is written as (0.35 is 7/20, not its binary neighbour)."""
    return Fraction(str(rate))


def _worked_minutes(duty: Worked, zone: ZoneInfo) -> Minutes:
    """Wall-clock minutes (since 1970 local time) of the presence without its breaks. Shape (worked,)."""
    start, end = minute_of(duty.start), minute_of(duty.end)
    worked = np.ones(max(0, end - start), dtype=np.bool_)
    for begin, until in duty.breaks:
        worked[max(0, minute_of(begin) - start) : max(0, minute_of(until) - start)] = False
    return wall_minutes(start, end, zone)[worked]
