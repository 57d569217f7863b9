"""Rules on how much is worked: the law's day, week and month, the contract's week. Breaks are not work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from staffing.notes import Note
from staffing.roster.checks.case import Case, hours
from staffing.roster.checks.report import Violation
from staffing.roster.checks.rest import is_minor
from staffing.roster.checks.stint import week_of


def law_day(case: Case) -> Iterator[Violation]:
    """A business date has no more work than the law's day; work after midnight counts for the day it began.

    Not where an agreement allows overtime or the month's frame stands in its place.
    """
    pack = case.problem.pack
    limit = pack.max_day_minutes
    if limit is None or _beyond_is_lawful(case):
        return
    for agent_id, day, stints in case.days():
        work = sum(stint.work_minutes for stint in stints)
        if work > limit:
            yield Violation(
                "law_day",
                pack.article("max_day_minutes"),
                agent_id,
                day,
                hours(work),
                hours(limit),
                Note.of(
                    "{found} hours of work on one day, the law allows {allowed}",
                    found=hours(work),
                    allowed=hours(limit),
                ),
            )


def law_week(case: Case) -> Iterator[Violation]:
    """A working week has no more work than the law's week, what was carried in included; as for the day else."""
    pack = case.problem.pack
    limit = pack.max_week_minutes
    if limit is None or _beyond_is_lawful(case):
        return
    for agent_id, first, stints in case.weeks():
        work = sum(stint.work_minutes for stint in stints) + _carried_week(case, agent_id, first)
        if work > limit and stints:
            yield Violation(
                "law_week",
                pack.article("max_week_minutes"),
                agent_id,
                first,
                hours(work),
                hours(limit),
                Note.of(
                    "{found} hours of work in the week from {first}, the law allows {allowed}",
                    found=hours(work),
                    first=first,
                    allowed=hours(limit),
                ),
            )


def law_month(case: Case) -> Iterator[Violation]:
    """With variable hours a calendar month has no more work than its frame, unless an agreement allows overtime."""
    pack, start = case.problem.pack, case.problem.horizon.start
    if not pack.month_minutes or "monthly_variable_hours" not in pack.chosen or "agreement" in pack.chosen:
        return
    for agent_id, stints in case.by_agent.items():
        carried = case.agents[agent_id].carried
        months: defaultdict[date, int] = defaultdict(int)
        for stint in stints:
            months[stint.day.replace(day=1)] += stint.work_minutes
        if carried is not None and start.replace(day=1) in months:
            months[start.replace(day=1)] += carried.month_worked_minutes
        for first, work in months.items():
            following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
            limit = dict(pack.month_minutes)[(following - first).days]
            if work > limit:
                yield Violation(
                    "law_month",
                    pack.article("month_minutes"),
                    agent_id,
                    first,
                    hours(work),
                    hours(limit),
                    Note.of(
                        "{found} hours of work in the month from {first}, variable hours allow {allowed}",
                        found=hours(work),
                        first=first,
                        allowed=hours(limit),
                    ),
                )


def minors_overtime(case: Case) -> Iterator[Violation]:
    """Nobody under 18 works beyond the pack's day and week for minors, whatever has been agreed for others.

    A day or week that breaks the limit for everybody is reported there.
    """
    pack = case.problem.pack
    if pack.minor_overtime:
        return
    lawful = _beyond_is_lawful(case)
    for agent_id, day, stints in case.days():
        work, limit = sum(stint.work_minutes for stint in stints), pack.minor_max_day_minutes
        everybody = None if lawful else pack.max_day_minutes
        if _breaks(work, limit, everybody) and is_minor(case.agents[agent_id].birth_date, day):
            yield _by_minor(case, agent_id, day, work, limit or 0)
    for agent_id, first, stints in case.weeks():
        work = sum(stint.work_minutes for stint in stints) + _carried_week(case, agent_id, first)
        limit = pack.minor_max_week_minutes
        everybody = None if lawful else pack.max_week_minutes
        minor = any(is_minor(case.agents[agent_id].birth_date, stint.day) for stint in stints)
        if minor and _breaks(work, limit, everybody):
            yield _by_minor(case, agent_id, first, work, limit or 0)


def _by_minor(case: Case, agent_id: str, first: date, work: int, limit: int) -> Violation:
    return Violation(
        "minor_overtime",
        case.problem.pack.article("minor_overtime"),
        agent_id,
        first,
        hours(work),
        hours(limit),
        Note.of(
            "an agent under 18 works {found} hours, {allowed} are allowed without overtime",
            found=hours(work),
            allowed=hours(limit),
        ),
    )


def _breaks(work: int, limit: int | None, everybody: int | None) -> bool:
    """Whether work breaks a limit but not the one that everybody is held to (and reported by) already."""
    return limit is not None and work > limit and (everybody is None or work <= everybody)


def _beyond_is_lawful(case: Case) -> bool:
    """Whether work beyond the law's day and week is lawful: by agreement, or with variable hours."""
    return not case.problem.pack.chosen.isdisjoint({"agreement", "monthly_variable_hours"})


def _carried_week(case: Case, agent_id: str, first: date) -> int:
    """Minutes of a week that were worked before the horizon, those that were overtime already left out."""
    carried = case.agents[agent_id].carried
    if carried is None or first != week_of(case.problem.horizon.start, case.problem.week_start):
        return 0
    return carried.week_minutes - carried.week_overtime_minutes


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
