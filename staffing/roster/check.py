"""The checker: judges any roster from its duties' clock times, with code that the solver does not share.

It recomputes every length, week, wage and cover from the duties, so a fault in the solver, in the wage engine or in
another program's file cannot hide itself here. `docs/checking.md` lists the rules with their edges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import TypeVar

from staffing.roster import rules
from staffing.roster.checks import (
    activities,
    agreement,
    breaks,
    cost,
    cover,
    days,
    duties,
    hours,
    meals,
    means,
    minimum,
    nights,
    pairs,
    periods,
    rest,
    runs,
    service,
    settled,
    standard,
    starts,
    team,
    weekends,
)
from staffing.roster.checks.case import Case
from staffing.roster.checks.objective import objective
from staffing.roster.checks.report import CheckReport, Claim, Objective, Pay, Severity, Violation
from staffing.roster.checks.standard import standard as changeable
from staffing.roster.problem import RosterProblem
from staffing.roster.roster import Roster

__all__ = [
    "RULES",
    "CheckReport",
    "Claim",
    "Objective",
    "Pay",
    "Severity",
    "Violation",
    "check",
    "check_rule",
]

Check = Callable[[Case], Iterator[Violation]]
Own = TypeVar("Own", bound=rules.Rule)


def each(kind: type[Own], found: Callable[[Case, Own], Iterator[Violation]]) -> Check:
    """The check of every rule of one class that the problem has."""
    return lambda case: chain.from_iterable(found(case, rule) for rule in case.rules(kind))


RULES: Mapping[str, Check] = {
    "unknown_agent": duties.unknown_agents,
    "runs_forward": duties.runs_forward,
    "planned_days": duties.planned_days,
    "business_date": duties.business_dates,
    "opening_hours": duties.opening_hours,
    "shift_code": duties.known_codes,
    "shift_times": duties.shift_times,
    "contract_shifts": changeable(rules.ContractTemplates, duties.contract_shifts),
    "break_inside": changeable(rules.LegalBreaks, breaks.breaks_inside),
    "break_overlap": breaks.breaks_apart,
    "break_length": changeable(rules.LegalBreaks, breaks.lawful_breaks),
    "break_template": breaks.template_breaks,
    "break_window": breaks.break_windows,
    "meal_break": meals.meals,
    "rest_period": meals.rest_periods,
    "breaks_at_once": meals.breaks_at_once,
    "one_shift_a_day": rest.one_shift_a_day,
    "overlap": rest.no_overlap,
    "rest": changeable(rules.MinimumRest, rest.daily_rest),
    "days_off": changeable(rules.DaysOff, days.days_off),
    "consecutive_days": changeable(rules.LegalRun, days.consecutive_days),
    "weekly_rest": changeable(rules.WeeklyRest, days.weekly_rest),
    "leave": changeable(rules.Leave, rest.leave),
    "minor_night": changeable(rules.MinorsAtNight, rest.minors_at_night),
    "availability": changeable(rules.Availability, starts.availability),
    "law_day": changeable(rules.LegalDay, hours.law_day),
    "law_week": changeable(rules.LegalWeek, hours.law_week, standard.minutes_over_law),
    "law_month": changeable(rules.LegalWeek, hours.law_month),
    "minor_overtime": changeable(rules.MinorsOvertime, hours.minors_overtime),
    "overtime_month": changeable(rules.OvertimeCaps, agreement.overtime_month),
    "overtime_months": changeable(rules.OvertimeCaps, agreement.overtime_months),
    "overtime_year": changeable(rules.OvertimeCaps, agreement.overtime_year),
    "overtime_total": changeable(rules.OvertimeCaps, agreement.overtime_total),
    "overtime_mean": changeable(rules.OvertimeCaps, agreement.overtime_mean),
    "mean_week": changeable(rules.LegalMean, means.mean_week),
    "mean_night": changeable(rules.LegalMean, means.mean_night),
    "contract_max_hours": changeable(
        rules.ContractHours, hours.contract_most_hours, standard.minutes_over_contract
    ),
    "contract_max_shifts": changeable(
        rules.ContractShiftsAWeek, hours.contract_shifts_a_week, standard.shifts_over_contract
    ),
    "contract_min_hours": changeable(rules.ContractHours, minimum.contract_least_hours),
    "allowed_starts": each(rules.AllowedStarts, starts.allowed_starts),
    "stable_starts": each(rules.StableStarts, starts.stable_starts),
    "consecutive_days_most": each(rules.ConsecutiveDaysMost, runs.days_on_end_most),
    "consecutive_days_least": each(rules.ConsecutiveDaysLeast, runs.days_on_end_least),
    "consecutive_days_off_least": each(rules.ConsecutiveDaysOffLeast, runs.days_off_on_end_least),
    "days_off_in_window": each(rules.DaysOffInWindow, runs.days_off_in_window),
    "forbidden_succession": each(rules.ForbiddenSuccession, runs.forbidden_succession),
    "nights_on_end_most": each(rules.NightsOnEndMost, nights.nights_on_end_most),
    "days_off_after_nights": each(rules.DaysOffAfterNights, nights.days_off_after_nights),
    "weekends_most": each(rules.WeekendsMost, weekends.weekends_most),
    "weekends_on_end_most": each(rules.WeekendsOnEndMost, weekends.weekends_on_end_most),
    "whole_weekends": each(rules.WholeWeekends, weekends.whole_weekends),
    "hours_in_period": each(rules.HoursInPeriod, periods.hours_in_period),
    "hours_in_window": each(rules.HoursInWindow, periods.hours_in_window),
    "shifts_in_period": each(rules.ShiftsInPeriod, periods.shifts_in_period),
    "together": each(rules.Together, pairs.together),
    "apart": each(rules.Apart, pairs.apart),
    "minimum_on_duty": each(rules.MinimumOnDuty, team.minimum_on_duty),
    "leave_allowance": each(rules.LeaveAllowance, team.leave_allowance),
    "seats": each(rules.Seats, team.seats),
    "fixed_day": each(rules.FixedDays, settled.fixed_days),
    "activity_known": activities.known,
    "activity_session": each(rules.Attendance, activities.sessions),
    "activity_overlap": activities.apart,
    "attendance": each(rules.Attendance, activities.attendance),
    "activity_together": each(rules.Attendance, activities.together),
    "activity_places": each(rules.Attendance, activities.places),
}
PARTS = {  # rules whose findings have other names than they
    "break_length": ("break_inside", "break_length"),
    "contract_hours": ("contract_max_hours", "contract_min_hours"),
    "overtime_month": (
        "overtime_month",
        "overtime_months",
        "overtime_year",
        "overtime_total",
        "overtime_mean",
    ),
    "mean_week": ("mean_week", "mean_night"),
    "law_week": ("law_week", "law_month"),
    "even_share": (),  # priced alone
    "attendance": (
        "activity_session",
        "activity_overlap",
        "attendance",
        "activity_together",
        "activity_places",
    ),
}


def check(roster: Roster, problem: RosterProblem, *, claimed: Sequence[Claim] | None = None) -> CheckReport:
    """Judge a roster against every rule of the plan, its contracts and the law.

    Args:
        roster: any roster, the solver's or another program's.
        problem: the plan it is for.
        claimed: the minutes and cost that the roster's file states, one entry a duty; each is compared with
            the figure worked out here.

    Returns:
        What is broken, sorted by date, agent and rule, and the figures worked out.

    Raises:
        ValueError: when a duty's time has no offset or lies off the whole minute, or when `claimed` does not
            have one entry a duty.
    """
    case = _case(roster, problem)
    pay = case.pay
    wages = cost.wages_by_agent(case, pay)
    covered = cover.count_cover(case)
    shortage = cover.shortage_cost(covered, problem.prices.shortage_per_hour)
    kept = service.reckon_service(case)
    found = tuple(chain.from_iterable(rule(case) for rule in RULES.values()))
    differing = cost.compare_claims(case, pay, claimed) if claimed is not None else ()
    return CheckReport(
        violations=tuple(sorted((*found, *differing), key=_place)),
        pay=pay,
        wages_by_agent=wages,
        shortage_hours=cover.shortage_hours(covered),
        parts=objective(
            case,
            wages=sum(wages.values()),
            shortage=shortage,
            service=service.service_cost(
                kept, int(covered["short_minutes"].sum()), problem.prices.shortage_per_hour, shortage
            ),
            violations=found,
        ),
        cover=covered,
        service=kept,
    )


def check_rule(rule: rules.Rule, roster: Roster, problem: RosterProblem) -> tuple[Violation, ...]:
    """Judge a roster against one rule, whatever other rules the problem has.

    Raises:
        ValueError: when a duty's time has no offset or lies off the whole minute.
    """
    case = Case.of(roster, replace(problem, rules=(rule,), fixed=(), activities=()))
    found = chain.from_iterable(RULES[name](case) for name in PARTS.get(rule.name, (rule.name,)))
    return tuple(sorted(found, key=_place))


def _case(roster: Roster, problem: RosterProblem) -> Case:
    """The case, with the problem's settled days and its activities as the rules that they are."""
    settled_days = (rules.FixedDays(days=problem.fixed),) if problem.fixed else ()
    attended = tuple(rules.Attendance.of(activity) for activity in problem.activities)
    return Case.of(roster, replace(problem, rules=(*problem.rules, *settled_days, *attended)))


def _place(violation: Violation) -> tuple[date, str, str]:
    return violation.business_date or date.min, violation.agent_id, violation.rule
