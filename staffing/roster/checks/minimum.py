"""The contract's least hours a week, lowered where leave, closed days or the plan's edge take days away."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from staffing.notes import Note
from staffing.roster.checks.case import Case, hours
from staffing.roster.checks.openness import fits, kept, open_to
from staffing.roster.checks.report import Violation
from staffing.roster.problem import Agent, Contract
from staffing.roster.rules import ContractTemplates


def contract_least_hours(case: Case) -> Iterator[Violation]:
    """A working week has no fewer hours than what is left of the contract's minimum."""
    for agent_id, first, stints in case.weeks():
        agent = case.agents[agent_id]
        contract = case.contracts[agent.contract]
        work = sum(stint.work_minutes for stint in stints)
        least = _least_minutes(case, agent, contract, case.days_of_week(first))
        if work < least:
            yield Violation(
                "contract_min_hours",
                f"contract {contract.name}",
                agent_id,
                first,
                hours(work),
                hours(math.ceil(least)),
                Note.of(
                    "{found} hours of work in the week from {first}, contract {contract} asks for {least}",
                    found=hours(work),
                    first=first,
                    contract=contract.name,
                    least=hours(math.ceil(least)),
                ),
                units=math.ceil(least) - work,
            )


def _least_minutes(case: Case, agent: Agent, contract: Contract, planned: Sequence[date]) -> Fraction:
    """What is left of the minimum in a week of which these days are planned.

    Planned days / 7 of it, less a fifth of the whole for each planned day that is leave or closed by an exception;
    in a week at the plan's edge no more than the longest shifts on the days that are left add up to.
    """
    whole = Fraction(str(contract.min_hours_week)) * 60
    taken = [day for day in planned if day in agent.leave or _closed_for_once(case, day)]
    least = max(Fraction(0), whole * len(planned) / 7 - whole / 5 * len(taken))
    if len(planned) == 7:
        return least
    longest = sorted(
        (_longest_shift(case, agent, contract, day) for day in planned if day not in taken), reverse=True
    )
    return min(least, Fraction(sum(longest[: contract.max_shifts_week])))


def _closed_for_once(case: Case, day: date) -> bool:
    """Closed by an exception on a weekday that is open otherwise."""
    opening = case.problem.horizon.hours
    return bool(opening.weekly[day.weekday()]) and not opening.spans(day)


def _longest_shift(case: Case, agent: Agent, contract: Contract, day: date) -> int:
    """Working minutes of the longest shift that no hard rule bars the agent from on the day; 0 without any."""
    return max(
        (
            shift.length_minutes - shift.break_minutes - sum(b.minutes for b in shift.further if not b.paid)
            for template, shifts in case.problem.shifts
            if template in contract.shifts or not kept(case, ContractTemplates, agent)
            for shift in shifts
            if fits(case, shift, day) and open_to(case, agent, shift, template, day)
        ),
        default=0,
    )
