"""Wages of worked minutes: overtime, night and statutory-holiday premiums, exact to the smallest unit.

Every worked minute earns the hourly wage / 60. On top of it:

- overtime, by the steps of the pack (`overtime.py`): minutes beyond the day's limit and, of the minutes that are not
  overtime already, those beyond the week's (no minute counts twice); with monthly variable hours those beyond the
  month's frame in their place; a higher rate once a calendar month's overtime passes the pack's threshold;
- statutory holiday: minutes whose calendar date is one (`holidays.py`); they enter no count of overtime;
- night: minutes whose wall clock lies in the night hours; adds to the two above.

Breaks are unpaid, and a minute of break is no night minute. A business date's minutes stay its own when the
shift runs past midnight, unless the pack counts by the clock. What was worked before the horizon comes in as
`Carried`. The sum for a duty is exact (fractions) and rounded once per duty, half up, to the currency's smallest
unit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Protocol
from zoneinfo import ZoneInfo

import numpy as np

from staffing.horizon import MINUTES_A_DAY, Horizon
from staffing.labour.carried import Carried
from staffing.labour.clock import Minutes, is_night, minute_of, wall_minutes
from staffing.labour.holidays import holidays_by_rule
from staffing.labour.overtime import OvertimeMeter, Split, over
from staffing.labour.pack import RulePack

_EPOCH = date(1970, 1, 1)


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
    """A person with a wage per hour, in the currency's smallest unit, and what they bring into the horizon."""

    @property
    def agent_id(self) -> str: ...  # noqa: D102
    @property
    def wage(self) -> int: ...  # noqa: D102
    @property
    def contract(self) -> str: ...  # noqa: D102
    @property
    def carried(self) -> Carried | None: ...  # noqa: D102
    @property
    def statutory_holidays(self) -> Collection[date] | None: ...  # noqa: D102


class Employment(Protocol):
    """A contract, with its daily hours where they matter."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def hours_day(self) -> float | None: ...  # noqa: D102


class Duties(Protocol):
    """Everyone's duties, as a roster holds them."""

    @property
    def duties(self) -> Sequence[Worked]: ...  # noqa: D102


class Terms(Protocol):
    """Who earns what under which law: the part of a roster problem that wages need."""

    @property
    def agents(self) -> Sequence[Earner]: ...  # noqa: D102
    @property
    def contracts(self) -> Sequence[Employment]: ...  # noqa: D102
    @property
    def pack(self) -> RulePack: ...  # noqa: D102
    @property
    def horizon(self) -> Horizon: ...  # noqa: D102
    @property
    def week_start(self) -> int: ...  # noqa: D102


@dataclass(frozen=True)
class Pay:
    """What one duty earns. All minutes are working time; `overtime`, `night` and `holiday` are among `paid`.

    `double_minutes` are those of the overtime that earn the pack's double rate. `beyond_contract_minutes` are
    minutes over the contract's daily hours that the law does not call overtime: paid, without a premium. `cost`
    is in the currency's smallest unit.
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
    double_minutes: int = 0


def pay(
    duties: Sequence[Worked],
    wage: int,
    pack: RulePack,
    horizon: Horizon,
    week_start: int = 6,
    *,
    contract_daily_minutes: int | None = None,
    statutory_holidays: Collection[date] | None = None,
    carried: Carried | None = None,
) -> tuple[Pay, ...]:
    """The pay of each of one person's duties, in the order given.

    Args:
        duties: one person's duties; they are counted in order of their start.
        wage: per hour, in the currency's smallest unit.
        pack: limits and premium rates.
        horizon: its first day, and the time zone whose wall clock decides night and holiday.
        week_start: weekday the week of the weekly limit begins on, Monday = 0.
        contract_daily_minutes: the contract's daily hours, where they lie below the law's.
        statutory_holidays: calendar dates paid with the holiday premium; None: by `holidays_by_rule`.
        carried: what was worked before the horizon's first day.
    """
    carried = carried or Carried()
    walls = [_worked_minutes(duty, horizon.zone) for duty in duties]
    dates = {_date(day) for wall in walls for day in np.unique(wall // MINUTES_A_DAY).tolist()}
    if pack.holiday_rate is None:
        statutory_holidays = ()
    elif statutory_holidays is None:
        statutory_holidays = holidays_by_rule(
            dates, pack, horizon.start, week_start, carried.consecutive_days
        )
    meter = OvertimeMeter(pack, horizon.start, week_start, dates, carried)
    ledger = _Ledger(wage, pack, frozenset(statutory_holidays), contract_daily_minutes, meter)
    paid: dict[int, Pay] = {}
    for index in sorted(range(len(duties)), key=lambda i: duties[i].start):
        paid[index] = ledger.enter(duties[index], walls[index])
    return tuple(paid[index] for index in range(len(duties)))


def pay_roster(roster: Duties, problem: Terms) -> tuple[Pay, ...]:
    """The pay of every duty of a roster, in the roster's order; each person's carry-in and contract count.

    Raises:
        KeyError: for a duty of somebody who is not among the problem's agents.
    """
    people = {agent.agent_id: agent for agent in problem.agents}
    daily = {contract.name: contract.hours_day for contract in problem.contracts}
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, duty in enumerate(roster.duties):
        places[duty.agent_id].append(place)
    paid: dict[int, Pay] = {}
    for agent_id, own in places.items():
        person = people[agent_id]
        hours = daily.get(person.contract)
        earned = pay(
            [roster.duties[place] for place in own],
            person.wage,
            problem.pack,
            problem.horizon,
            problem.week_start,
            contract_daily_minutes=None if hours is None else int(Fraction(str(hours)) * 60),
            statutory_holidays=person.statutory_holidays,
            carried=person.carried,
        )
        paid.update(zip(own, earned, strict=True))
    return tuple(paid[place] for place in range(len(roster.duties)))


@dataclass(frozen=True)
class _Ledger:
    """Prices one person's duties, entered in the order worked."""

    wage: int
    pack: RulePack
    holidays: frozenset[date]
    contract_daily_minutes: int | None
    meter: OvertimeMeter

    def enter(self, duty: Worked, wall: Minutes) -> Pay:
        """The pay of one duty, given the wall-clock minutes (since 1970 local time) of its work."""
        days, counts = np.unique(wall // MINUTES_A_DAY, return_counts=True)
        by_date = {_date(day): count for day, count in zip(days.tolist(), counts.tolist(), strict=True)}
        holiday = sum(count for day, count in by_date.items() if day in self.holidays)
        regular = {day: count for day, count in by_date.items() if day not in self.holidays}
        if not self.pack.counts_by_clock:
            regular = {duty.business_date: sum(regular.values())}
        split, extra = Split(), 0
        for day, minutes in regular.items():
            before = self.meter.before(day)
            part = self.meter.take(day, minutes)
            if self.contract_daily_minutes is not None:
                extra += max(0, over(before, minutes, self.contract_daily_minutes) - part.overtime)
            split += part
        night = int(is_night(wall, self.pack).sum())
        return Pay(
            agent_id=duty.agent_id,
            business_date=duty.business_date,
            start=duty.start,
            paid_minutes=len(wall),
            overtime_minutes=split.overtime,
            night_minutes=night,
            holiday_minutes=holiday,
            cost=half_up(Fraction(self.wage) * (len(wall) + self._premiums(split, holiday, night)) / 60),
            beyond_contract_minutes=extra,
            double_minutes=split.double,
        )

    def _premiums(self, split: Split, holiday: int, night: int) -> Fraction:
        """What the premiums come to, in minutes of the plain wage."""
        pack = self.pack
        double_rate = pack.steps.double_rate if pack.steps else 0.0
        return (
            split.low * _share(pack.overtime_rate)
            + split.high * _share(pack.overtime_rate_beyond)
            + split.double * _share(double_rate)
            + holiday * _share(pack.holiday_rate)
            + night * _share(pack.night_rate)
        )


def half_up(amount: Fraction) -> int:
    """The nearest whole unit; halves go up."""
    return int((amount + Fraction(1, 2)) // 1)


def _share(rate: float | None) -> Fraction:
    """A rate as the decimal fraction it is written as (0.35 is 7/20, not its binary neighbour); None is none."""
    return Fraction(0) if rate is None else Fraction(str(rate))


def _date(day: int) -> date:
    """The date of a number of days since 1970."""
    return _EPOCH + timedelta(days=day)


def _worked_minutes(duty: Worked, zone: ZoneInfo) -> Minutes:
    """Wall-clock minutes (since 1970 local time) of the presence without its breaks. Shape (worked,)."""
    start, end = minute_of(duty.start), minute_of(duty.end)
    worked = np.ones(max(0, end - start), dtype=np.bool_)
    for begin, until in duty.breaks:
        worked[max(0, minute_of(begin) - start) : max(0, minute_of(until) - start)] = False
    return wall_minutes(start, end, zone)[worked]
