"""Rules on how much is worked: the law's day and week, the contract's week. Breaks are not work."""

from __future__ import annotations

from collections.abc import Iterator

from staffing.notes import Note
from staffing.roster.checks.case import Case, hours
from staffing.roster.checks.report import Violation


def law_day(case: Case) -> Iterator[Violation]:
    """A business date has no more work than the law's day; work after midnight counts for the day it began."""
    pack = case.problem.pack
    for agent_id, day, stints in case.days():
        work = sum(stint.work_minutes for stint in stints)
        if work > pack.max_day_minutes:
            yield Violation(
                "law_day",
                pack.article("max_day_minutes"),
                agent_id,
                day,
                hours(work),
                hours(pack.max_day_minutes),
                Note.of(
                    "{found} hours of work on one day, the law allows {allowed}",
                    found=hours(work),
                    allowed=hours(pack.max_day_minutes),
                ),
            )


def law_week(case: Case) -> Iterator[Violation]:
    """A working week has no more work than the law's week."""
    pack = case.problem.pack
    for agent_id, first, stints in case.weeks():
        work = sum(stint.work_minutes for stint in stints)
        if work > pack.max_week_minutes:
            yield Violation(
                "law_week",
                pack.article("max_week_minutes"),
                agent_id,
                first,
                hours(work),
                hours(pack.max_week_minutes),
                Note.of(
                    "{found} hours of work in the week from {first}, the law allows {allowed}",
                    found=hours(work),
                    first=first,
                    allowed=hours(pack.max_week_minutes),
                ),
            )


def contract_most_hours(case: Case) -> Iterator[Violation]:
    """A working week has no more hours than the contract's maximum."""
    for agent_id, first, stints in case.weeks():
        contract = case.contracts[case.agents[agent_id].contract]
        work = sum(stint.work_minutes for stint in stints)
        allowed = contract.max_hours_week * 60
        if work > allowed:
            yield Violation(
                "contract_max_hours",
                f"contract {contract.name}",
                agent_id,
                first,
                hours(work),
                hours(allowed),
                Note.of(
                    "{found} hours of work in the week from {first}, contract {contract} allows {allowed}",
                    found=hours(work),
                    first=first,
                    contract=contract.name,
                    allowed=hours(allowed),
                ),
            )


def contract_shifts_a_week(case: Case) -> Iterator[Violation]:
    """A working week has no more duties than the contract's number."""
    for agent_id, first, stints in case.weeks():
        contract = case.contracts[case.agents[agent_id].contract]
        if len(stints) > contract.max_shifts_week:
            yield Violation(
                "contract_max_shifts",
                f"contract {contract.name}",
                agent_id,
                first,
                str(len(stints)),
                str(contract.max_shifts_week),
                Note.of(
                    "{found} duties in the week from {first}, contract {contract} allows {allowed}",
                    found=len(stints),
                    first=first,
                    contract=contract.name,
                    allowed=contract.max_shifts_week,
                ),
            )
