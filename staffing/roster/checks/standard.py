"""Standard rules as a problem may change them: hard, soft with a price, or off, for everybody or for some."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from staffing.roster.checks.case import Case
from staffing.roster.checks.report import Violation
from staffing.roster.checks.stint import week_of
from staffing.roster.rules import Rule

Check = Callable[[Case], Iterator[Violation]]
Units = Callable[[Case, Violation], int]


def standard(kind: type[Rule], found: Check, units: Units | None = None) -> Check:
    """A standard rule's check; the problem's own rules of its class take its place for the people they name.

    Args:
        kind: the rule's class.
        found: everything that is against the rule as it stands.
        units: by how much, in the rule's unit; without it what `found` says.
    """

    def judged(case: Case) -> Iterator[Violation]:
        own = [rule for rule in case.problem.rules if type(rule) is kind]
        for violation in found(case):
            measured = violation if units is None else replace(violation, units=units(case, violation))
            rules = [rule for rule in own if rule.people is None or violation.agent_id in rule.people]
            if not rules:
                yield violation
            for rule in rules:
                if rule.kind == "soft":
                    yield replace(measured, severity="soft", cost=measured.units * rule.weight)
                elif rule.kind == "hard":
                    yield replace(measured, severity="hard")

    return judged


def minutes_over_law(case: Case, violation: Violation) -> int:
    """Minutes of a week beyond the law's."""
    return _work_of_week(case, violation) - (case.problem.pack.max_week_minutes or 0)


def minutes_over_contract(case: Case, violation: Violation) -> int:
    """Minutes of a week beyond the whole minutes of the contract's hours."""
    contract = case.contracts[case.agents[violation.agent_id].contract]
    return _work_of_week(case, violation) - int(Fraction(str(contract.max_hours_week)) * 60)


def shifts_over_contract(case: Case, violation: Violation) -> int:
    """Duties of a week beyond the contract's number."""
    contract = case.contracts[case.agents[violation.agent_id].contract]
    return int(violation.found) - contract.max_shifts_week


def _work_of_week(case: Case, violation: Violation) -> int:
    return sum(
        stint.work_minutes
        for stint in case.by_agent[violation.agent_id]
        if week_of(stint.day, case.problem.week_start) == violation.business_date
    )
