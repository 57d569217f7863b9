"""Wages with premiums, reckoned anew from the duties, and the file's figures held against them.

Per duty: wage x (working hours + premiums), rounded half up to the smallest currency unit. A person's work is
laid out in pieces, one a duty and day, and the limits are taken off in turn: first the day's, then of what is
left the week's (or the month's, with variable hours); beyond the law's monthly amount of overtime the higher rate
stands in the place of the lower. Work on a statutory holiday is in none of these; night work adds to all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from staffing.labour.pack import RulePack
from staffing.notes import Note
from staffing.roster.checks.case import Case, breach
from staffing.roster.checks.free_days import days_before, last_of_full_weeks, statutory_holidays
from staffing.roster.checks.report import Claim, Pay, Violation
from staffing.roster.checks.stint import Stint, week_of
from staffing.roster.problem import Agent

CLAIMED = ("paid_minutes", "overtime_minutes", "night_minutes", "cost")


def reckon_pay(case: Case) -> tuple[Pay | None, ...]:
    """Minutes and wage of every duty, in the roster's order; None for an unknown agent's."""
    pay: dict[int, Pay] = {}
    for agent_id, stints in case.by_agent.items():
        pay |= _reckon_agent(case, case.agents[agent_id], stints)
    return tuple(pay.get(stint.position) for stint in case.all_stints)


def wages_by_agent(case: Case, pay: Sequence[Pay | None]) -> dict[str, int]:
    """Each agent's wages, agents without a duty included."""
    wages = dict.fromkeys(case.agents, 0)
    for stint, line in zip(case.all_stints, pay, strict=True):
        if line is not None:
            wages[stint.agent_id] += line.cost
    return wages


def compare_claims(case: Case, pay: Sequence[Pay | None], claimed: Sequence[Claim]) -> Iterator[Violation]:
    """Every figure that the file states is the one worked out here."""
    for stint, line, claim in zip(case.all_stints, pay, claimed, strict=True):
        for column in CLAIMED:
            stated = getattr(claim, column)
            if line is None or stated is None or stated == getattr(line, column):
                continue
            found, right = str(stated), str(getattr(line, column))
            yield breach(
                stint,
                f"claimed_{column}",
                "plan",
                found,
                right,
                Note.of(
                    "column {column} says {found}, the duty's times give {right}",
                    column=column,
                    found=found,
                    right=right,
                ),
            )


@dataclass(frozen=True)
class _Piece:
    """A duty's ordinary work (no statutory holiday) that counts for one day."""

    position: int
    day: date
    minutes: int

    @property
    def month(self) -> tuple[int, int]:
        return self.day.year, self.day.month


def _reckon_agent(case: Case, agent: Agent, stints: Sequence[Stint]) -> dict[int, Pay]:
    """One agent's duties."""
    pack, zone = case.problem.pack, case.problem.horizon.zone
    holidays = statutory_holidays(case, agent)
    on_holiday: dict[int, int] = {}
    pieces: list[_Piece] = []
    for stint in stints:
        dates = stint.work_by_date(zone)
        on_holiday[stint.position] = sum(minutes for day, minutes in dates.items() if day in holidays)
        if pack.counts_by_clock:
            pieces += [_Piece(stint.position, day, m) for day, m in dates.items() if day not in holidays]
        else:
            pieces.append(_Piece(stint.position, stint.day, stint.work_minutes - on_holiday[stint.position]))
    premiums, overtime = _overtime(case, agent, pieces)
    pay: dict[int, Pay] = {}
    for stint in stints:
        work, holiday = stint.work_minutes, on_holiday[stint.position]
        night = stint.night_minutes(pack.night_start_minute, pack.night_end_minute, zone)
        paid = work + premiums[stint.position]
        paid += night * _exact(pack.night_rate) + holiday * _exact(pack.holiday_rate)
        cost = int((paid * agent.wage / 60 + Fraction(1, 2)) // 1)
        pay[stint.position] = Pay(work, overtime[stint.position], night, cost, holiday)
    return pay


def _overtime(
    case: Case, agent: Agent, pieces: Sequence[_Piece]
) -> tuple[Mapping[int, Fraction], Mapping[int, int]]:
    """By duty: the premium in minutes of the plain wage, and the minutes of overtime."""
    pack, horizon = case.problem.pack, case.problem.horizon
    carried = agent.carried
    minutes = [piece.minutes for piece in pieces]
    by_day, double = _beyond_the_day(case, agent, pieces)
    left = [m - over for m, over in zip(minutes, by_day, strict=True)]
    months = [piece.month for piece in pieces]
    this_month = (horizon.start.year, horizon.start.month)
    if "monthly_variable_hours" in pack.chosen:
        frames = [_frame(pack, piece.day) for piece in pieces]
        before: dict[Hashable, int] = {this_month: carried.month_worked_minutes if carried else 0}
        later = _beyond(left, months, frames, before)
    else:
        weeks = [week_of(piece.day, case.problem.week_start) for piece in pieces]
        limit = pack.steps.week_minutes if pack.steps else pack.max_week_minutes
        used = carried.week_minutes - carried.week_overtime_minutes if carried else 0
        before = {week_of(horizon.start, case.problem.week_start): used}
        later = _beyond(left, weeks, [limit] * len(pieces), before)
    single = [day - twice + rest for day, twice, rest in zip(by_day, double, later, strict=True)]
    known: dict[Hashable, int] = {this_month: carried.month.overtime_minutes if carried else 0}
    far = _beyond(single, months, [pack.overtime_beyond_month_minutes] * len(pieces), known)
    premiums: defaultdict[int, Fraction] = defaultdict(Fraction)
    overtime: Counter[int] = Counter()
    twofold = _exact(pack.steps.double_rate if pack.steps else None)
    for piece, one, beyond, two in zip(pieces, single, far, double, strict=True):
        overtime[piece.position] += one + two
        premiums[piece.position] += (one - beyond) * _exact(pack.overtime_rate) + two * twofold
        premiums[piece.position] += beyond * _exact(pack.overtime_rate_beyond)
    return premiums, overtime


def _beyond_the_day(case: Case, agent: Agent, pieces: Sequence[_Piece]) -> tuple[list[int], list[int]]:
    """Of each piece: minutes beyond the day's limit, and those of them that are paid double."""
    pack, steps = case.problem.pack, case.problem.pack.steps
    if "monthly_variable_hours" in pack.chosen:
        return [0] * len(pieces), [0] * len(pieces)
    minutes, days = [piece.minutes for piece in pieces], [piece.day for piece in pieces]
    if steps is None:
        return _beyond(minutes, days, [pack.max_day_minutes] * len(pieces), {}), [0] * len(pieces)
    single: list[int | None] = [steps.day_minutes] * len(pieces)
    double: list[int | None] = [steps.day_double_minutes] * len(pieces)
    if steps.seventh_day_minutes is not None:
        worked = set(days) | days_before(case, agent)
        seventh = last_of_full_weeks(worked, case.problem.week_start)
        for i, day in enumerate(days):
            if day in seventh:
                single[i], double[i] = 0, steps.seventh_day_minutes
    return _beyond(minutes, days, single, {}), _beyond(minutes, days, double, {})


def _beyond(
    amounts: Sequence[int],
    groups: Sequence[Hashable],
    limits: Sequence[int | None],
    before: Mapping[Hashable, int],
) -> list[int]:
    """How much of each amount lies beyond its group's limit; the group has used `before` already."""
    used: Counter[Hashable] = Counter(before)
    found = []
    for amount, group, limit in zip(amounts, groups, limits, strict=True):
        start, used[group] = used[group], used[group] + amount
        found.append(0 if limit is None else max(0, used[group] - limit) - max(0, start - limit))
    return found


def _frame(pack: RulePack, day: date) -> int:
    """The frame of a day's month under variable hours."""
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return dict(pack.month_minutes)[(following - day.replace(day=1)).days]


def _exact(rate: float | None) -> Fraction:
    return Fraction(str(rate or 0))
