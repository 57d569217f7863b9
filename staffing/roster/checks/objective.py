"""What a roster is worth beside wages and missing people: shift demand, wishes, changes, soft rules, even shares."""

from __future__ import annotations

from collections.abc import Iterable

from staffing.roster.checks.case import Case
from staffing.roster.checks.nights import nights
from staffing.roster.checks.report import Objective, Violation
from staffing.roster.checks.weekends import weekends_worked
from staffing.roster.checks.wishes import answered
from staffing.roster.rules import EvenShare
from staffing.roster.rules.nights import NIGHT_MINUTES


def objective(
    case: Case, *, wages: int, shortage: int, service: int, violations: Iterable[Violation]
) -> Objective:
    """Every part of the objective, from the duties alone but for the soft rules broken and the parts given."""
    return Objective(
        wages=wages,
        shortage=shortage,
        service=service,
        shift_demand=shift_demand(case),
        requests=requests(case),
        changes=changes(case),
        soft_rules=sum(violation.cost for violation in violations),
        even_shares=sum(even_share(case, rule) for rule in case.rules(EvenShare)),
    )


def shift_demand(case: Case) -> int:
    """People too few and too many on the shifts for which so many are wanted."""
    days, total = case.problem.horizon.days, 0
    for demand in case.problem.shift_demand:
        if demand.day in days:
            wanted = frozenset({demand.shift})
            there = sum(stint.day == demand.day and case.is_of(stint, wanted) for stint in case.stints)
            total += demand.under_price * max(0, demand.people - there)
            total += demand.over_price * max(0, there - demand.people)
    return total


def requests(case: Case) -> int:
    """Wishes denied, at their weights."""
    return sum(answer.cost for answer in answered(case))


def changes(case: Case) -> int:
    """Published days on which the shift worked is not the one published."""
    published = case.problem.published
    if published is None:
        return 0
    days, prices, total = case.problem.horizon.days, dict(published.by_day), 0
    for agent_id, day, code in published.days:
        if agent_id in case.agents and day in days:
            there = [stint.duty.shift_code for stint in case.by_agent[agent_id] if stint.day == day]
            if there != ([] if code is None else [code]):
                total += prices.get(day, published.change_price)
    return total


def even_share(case: Case, rule: EvenShare) -> int:
    """Weight x the sum over people of (number with what they had before, squared) - (what they had, squared)."""
    had = dict(rule.history)
    total = 0
    for agent, stints in case.bound(rule):
        before = had.get(agent.agent_id, 0)
        if rule.of == "weekends":
            number = len(weekends_worked(stints))
        elif rule.of == "nights":
            number = len(nights(case, stints, NIGHT_MINUTES))
        else:
            number = sum(case.is_of(stint, rule.shifts) for stint in stints)
        total += rule.weight * ((before + number) ** 2 - before**2)
    return total
