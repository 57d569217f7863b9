"""The contract's least hours a week, lowered where leave, closed days or the plan's edge take days away."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from staffing.notes import Note
from staffing.roster.checks.case import Case, hours
from staffing.roster.checks.report import Violation
from staffing.roster.checks.rest import is_minor
from staffing.roster.checks.stint import MINUTES_A_DAY, overlap
from staffing.roster.problem import Agent, Contract
from staffing.shifts.template import Shift


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
    """Working minutes of the contract's longest shift that this agent may work on the day; 0 when there is none."""
    spans = case.problem.horizon.hours.spans(day)
    minor = is_minor(agent.birth_date, day)
    return max(
        (
            shift.length_minutes - shift.break_minutes
            for template, shifts in case.problem.shifts
            if template in contract.shifts
            for shift in shifts
            for span in spans
            if span.start_minute <= shift.start_minute
            and shift.start_minute + shift.length_minutes <= span.end_minute
            and not (minor and _touches_night(case, shift))
        ),
        default=0,
    )


def _touches_night(case: Case, shift: Shift) -> bool:
    """Whether a shift has a minute in hours barred to minors, by the clock of a day without a change."""
    pack = case.problem.pack
    if pack.minor_night or pack.night_start_minute is None or pack.night_end_minute is None:
        return False
    length = (pack.night_end_minute - pack.night_start_minute) % MINUTES_A_DAY
    presence = (shift.start_minute, shift.start_minute + shift.length_minutes)
    starts = (pack.night_start_minute + days * MINUTES_A_DAY for days in (-1, 0, 1))
    return any(overlap(presence, (start, start + length)) for start in starts)
