"""The checker: judges any roster from its duties' clock times, with code that the solver does not share.

It recomputes every length, week, wage and cover from the duties, so a fault in the solver, in the wage engine or in
another program's file cannot hide itself here. `docs/checking.md` lists the rules with their edges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain

from staffing.roster.checks import breaks, cost, cover, duties, hours, minimum, rest, service
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
    "one_shift_a_day": rest.one_shift_a_day,
    "overlap": rest.no_overlap,
    "rest": rest.daily_rest,
    "days_off": rest.days_off,
    "leave": rest.leave,
    "minor_night": rest.minors_at_night,
    "law_day": hours.law_day,
    "law_week": hours.law_week,
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
    pay = cost.reckon_pay(case)
    covered = cover.count_cover(case)
    shortage_cost = cover.shortage_cost(covered, problem.prices.shortage_per_hour)
    kept = service.reckon_service(case)
    found = chain.from_iterable(rule(case) for rule in RULES.values())
    differing = cost.compare_claims(case, pay, claimed) if claimed is not None else ()
    return CheckReport(
        violations=tuple(sorted((*found, *differing), key=_place)),
        pay=pay,
        wages_by_agent=cost.wages_by_agent(case, pay),
        shortage_hours=cover.shortage_hours(covered),
        shortage_cost=shortage_cost,
        cover=covered,
        service=kept,
        service_cost=service.service_cost(
            kept, int(covered["short_minutes"].sum()), problem.prices.shortage_per_hour, shortage_cost
        ),
    )


def _place(violation: Violation) -> tuple[date, str, str]:
    return violation.business_date or date.min, violation.agent_id, violation.rule
