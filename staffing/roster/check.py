"""The checker: judges any roster from its duties' clock times, with code that the solver does not share.

It recomputes every length, week, wage and cover from the duties, so a fault in the solver, in the wage engine or in
another program's file cannot hide itself here. `docs/checking.md` lists the rules with their edges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain

from staffing.roster.checks import (
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
    rest,
)
from staffing.roster.checks.case import Case
from staffing.roster.checks.report import CheckReport, Claim, Pay, Severity, Violation
from staffing.roster.problem import RosterProblem
from staffing.roster.roster import Roster

__all__ = ["RULES", "CheckReport", "Claim", "Pay", "Severity", "Violation", "check"]

RULES: Mapping[str, Callable[[Case], Iterator[Violation]]] = {
    "unknown_agent": duties.unknown_agents,
    "runs_forward": duties.runs_forward,
    "planned_days": duties.planned_days,
    "business_date": duties.business_dates,
    "opening_hours": duties.opening_hours,
    "shift_code": duties.known_codes,
    "shift_times": duties.shift_times,
    "contract_shifts": duties.contract_shifts,
    "break_inside": breaks.breaks_inside,
    "break_overlap": breaks.breaks_apart,
    "break_length": breaks.lawful_breaks,
    "break_template": breaks.template_breaks,
    "break_window": breaks.break_windows,
    "meal_break": meals.meals,
    "rest_period": meals.rest_periods,
    "breaks_at_once": meals.breaks_at_once,
    "one_shift_a_day": rest.one_shift_a_day,
    "overlap": rest.no_overlap,
    "rest": rest.daily_rest,
    "days_off": days.days_off,
    "consecutive_days": days.consecutive_days,
    "weekly_rest": days.weekly_rest,
    "leave": rest.leave,
    "minor_night": rest.minors_at_night,
    "law_day": hours.law_day,
    "law_week": hours.law_week,
    "law_month": hours.law_month,
    "minor_overtime": hours.minors_overtime,
    "overtime_month": agreement.overtime_month,
    "overtime_months": agreement.overtime_months,
    "overtime_year": agreement.overtime_year,
    "overtime_total": agreement.overtime_total,
    "overtime_mean": agreement.overtime_mean,
    "mean_week": means.mean_week,
    "mean_night": means.mean_night,
    "contract_max_hours": hours.contract_most_hours,
    "contract_max_shifts": hours.contract_shifts_a_week,
    "contract_min_hours": minimum.contract_least_hours,
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
    case = Case.of(roster, problem)
    pay = case.pay
    covered = cover.count_cover(case)
    found = chain.from_iterable(rule(case) for rule in RULES.values())
    differing = cost.compare_claims(case, pay, claimed) if claimed is not None else ()
    return CheckReport(
        violations=tuple(sorted((*found, *differing), key=_place)),
        pay=pay,
        wages_by_agent=cost.wages_by_agent(case, pay),
        shortage_hours=cover.shortage_hours(covered),
        shortage_cost=cover.shortage_cost(covered, problem.prices.shortage_per_hour),
        cover=covered,
    )


def _place(violation: Violation) -> tuple[date, str, str]:
    return violation.business_date or date.min, violation.agent_id, violation.rule
