"""The rules a roster keeps, one class a rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from staffing.roster.rules.attendance import Attendance
from staffing.roster.rules.availability import Availability
from staffing.roster.rules.contract_hours import ContractHours, least_minutes
from staffing.roster.rules.contract_shifts import ContractShiftsAWeek, ContractTemplates
from staffing.roster.rules.days_off import DaysOff
from staffing.roster.rules.days_off_in_window import DaysOffInWindow
from staffing.roster.rules.even_share import EvenShare
from staffing.roster.rules.fixed_days import FixedDays
from staffing.roster.rules.hours import HoursInPeriod, HoursInWindow, LegalMean
from staffing.roster.rules.leave import Leave
from staffing.roster.rules.leave_allowance import LeaveAllowance
from staffing.roster.rules.legal_breaks import LegalBreaks
from staffing.roster.rules.legal_hours import LegalDay, LegalWeek
from staffing.roster.rules.minors import MinorsAtNight, MinorsOvertime
from staffing.roster.rules.nights import DaysOffAfterNights, NightsOnEndMost
from staffing.roster.rules.on_duty import MinimumOnDuty
from staffing.roster.rules.one_shift import OneShiftADay
from staffing.roster.rules.overtime import OvertimeCaps
from staffing.roster.rules.pairs import Apart, Together
from staffing.roster.rules.rest import MinimumRest, NoOverlap
from staffing.roster.rules.rule import Kind, Rule
from staffing.roster.rules.runs import (
    ConsecutiveDaysLeast,
    ConsecutiveDaysMost,
    ConsecutiveDaysOffLeast,
    LegalRun,
)
from staffing.roster.rules.seats import Seats
from staffing.roster.rules.shifts_in_period import ShiftsInPeriod
from staffing.roster.rules.starts import AllowedStarts, StableStarts
from staffing.roster.rules.succession import ForbiddenSuccession
from staffing.roster.rules.weekends import WeekendsMost, WeekendsOnEndMost, WholeWeekends
from staffing.roster.rules.weekly_rest import WeeklyRest

if TYPE_CHECKING:
    from staffing.roster.problem import RosterProblem

__all__ = [
    "AllowedStarts",
    "Apart",
    "Attendance",
    "Availability",
    "ConsecutiveDaysLeast",
    "ConsecutiveDaysMost",
    "ConsecutiveDaysOffLeast",
    "ContractHours",
    "ContractShiftsAWeek",
    "ContractTemplates",
    "DaysOff",
    "DaysOffAfterNights",
    "DaysOffInWindow",
    "EvenShare",
    "FixedDays",
    "ForbiddenSuccession",
    "HoursInPeriod",
    "HoursInWindow",
    "Kind",
    "Leave",
    "LeaveAllowance",
    "LegalBreaks",
    "LegalDay",
    "LegalMean",
    "LegalRun",
    "LegalWeek",
    "MinimumOnDuty",
    "MinimumRest",
    "MinorsAtNight",
    "MinorsOvertime",
    "NightsOnEndMost",
    "NoOverlap",
    "OneShiftADay",
    "OvertimeCaps",
    "Rule",
    "Seats",
    "ShiftsInPeriod",
    "StableStarts",
    "Together",
    "WeekendsMost",
    "WeekendsOnEndMost",
    "WeeklyRest",
    "WholeWeekends",
    "least_minutes",
    "rules_of",
    "standard_rules",
]


def standard_rules(shift_counts: Mapping[tuple[date, str], int] | None = None) -> tuple[Rule, ...]:
    """The rules of every roster; with `shift_counts`, also the seats of that selection of shifts."""
    seats = () if shift_counts is None else (Seats(counts=shift_counts),)
    return (
        LegalDay(),
        LegalBreaks(),
        ContractTemplates(),
        Leave(),
        Availability(),
        MinorsAtNight(),
        MinorsOvertime(),
        OneShiftADay(),
        ContractShiftsAWeek(),
        ContractHours(),
        LegalWeek(),
        OvertimeCaps(),
        DaysOff(),
        LegalRun(),
        LegalMean(),
        WeeklyRest(),
        MinimumRest(),
        NoOverlap(),
        *seats,
    )


def rules_of(
    problem: RosterProblem, shift_counts: Mapping[tuple[date, str], int] | None = None
) -> tuple[Rule, ...]:
    """The rules of a problem: the standard ones, its own, its fixed days, and attendance at its activities.

    A rule of the problem that is of a standard rule's class takes that rule's place for the people it names, so
    that any rule can be made hard, soft or off.
    """
    everybody = frozenset(agent.agent_id for agent in problem.agents)
    kept: list[Rule] = []
    for rule in standard_rules(shift_counts):
        own = [other for other in problem.rules if type(other) is type(rule)]
        if any(other.people is None for other in own):
            continue
        named = frozenset().union(*(other.people or () for other in own))
        kept.append(replace(rule, people=everybody - named) if named else rule)
    fixed = (FixedDays(days=problem.fixed),) if problem.fixed else ()
    attendance = tuple(Attendance.of(activity) for activity in problem.activities)
    return (*kept, *problem.rules, *fixed, *attendance)
