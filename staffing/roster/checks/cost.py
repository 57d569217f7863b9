"""Wages with premiums, reckoned anew from the duties, and the file's figures held against them.

Per duty: wage x (working hours + overtime hours x overtime rate + night hours x night rate), rounded half up to
the smallest currency unit. Overtime is what lies beyond the law's day and, of the rest, beyond the law's week;
beyond the law's monthly amount of overtime the higher rate stands in the place of the lower. Night work adds to both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from staffing.labour.pack import RulePack
from staffing.notes import Note
from staffing.roster.checks.case import Case, breach
from staffing.roster.checks.report import Claim, Pay, Violation
from staffing.roster.checks.stint import Stint, week_of

CLAIMED = ("paid_minutes", "overtime_minutes", "night_minutes", "cost")


def reckon_pay(case: Case) -> tuple[Pay | None, ...]:
    """Minutes and wage of every duty, in the roster's order; None for an unknown agent's."""
    pay: dict[int, Pay] = {}
    for agent_id, stints in case.by_agent.items():
        pay |= _reckon_agent(case, case.agents[agent_id].wage, stints)
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


def _reckon_agent(case: Case, wage: int, stints: Sequence[Stint]) -> dict[int, Pay]:
    """One agent's duties in time order, with what the day, the week and the month have seen so far."""
    pack, zone = case.problem.pack, case.problem.horizon.zone
    in_day: defaultdict[date, int] = defaultdict(int)
    in_week: defaultdict[date, int] = defaultdict(int)  # without the overtime of single days
    overtime_in_month: defaultdict[tuple[int, int], int] = defaultdict(int)
    pay: dict[int, Pay] = {}
    for stint in stints:
        week = week_of(stint.day, case.problem.week_start)
        month = (stint.day.year, stint.day.month)
        work = stint.work_minutes
        over_day = _beyond(in_day[stint.day], work, pack.max_day_minutes)
        over_week = _beyond(in_week[week], work - over_day, pack.max_week_minutes)
        overtime = over_day + over_week
        far = _beyond(overtime_in_month[month], overtime, pack.overtime_beyond_month_minutes)
        night = stint.night_minutes(pack.night_start_minute, pack.night_end_minute, zone)
        in_day[stint.day] += work
        in_week[week] += work - over_day
        overtime_in_month[month] += overtime
        pay[stint.position] = Pay(work, overtime, night, _cost(wage, work, overtime - far, far, night, pack))
    return pay


def _beyond(before: int, added: int, limit: int) -> int:
    """How many of `added` minutes lie beyond `limit`, when `before` have been used."""
    return max(0, before + added - limit) - max(0, before - limit)


def _cost(wage: int, work: int, overtime: int, far: int, night: int, pack: RulePack) -> int:
    """Wage of one duty, half up to the smallest unit; rates are taken as the decimals they are written as."""
    paid_minutes = (
        work
        + overtime * _exact(pack.overtime_rate)
        + far * _exact(pack.overtime_rate_beyond)
        + night * _exact(pack.night_rate)
    )
    return int((paid_minutes * wage / 60 + Fraction(1, 2)) // 1)


def _exact(rate: float) -> Fraction:
    return Fraction(str(rate))
