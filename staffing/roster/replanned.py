"""What planning again came to: the new roster beside the published one, and who works differently, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal

from staffing.roster.check import CheckReport, Violation, check
from staffing.roster.problem import RosterProblem
from staffing.roster.replan import PersonDay, Replan, duties_by_day
from staffing.roster.roster import Duty, Roster, RosterResult

Why = Literal["absence", "demand", "knock-on"]


@dataclass(frozen=True)
class Change:
    """One person's business date that differs from what was published.

    `why`: the person is away ("absence"), their queue needs others on that date than before ("demand"), or the day
    makes up for another change ("knock-on"). `price` is what the change was charged, in the currency's smallest unit.
    """

    agent_id: str
    business_date: date
    before: tuple[Duty, ...]
    after: tuple[Duty, ...]
    why: Why
    price: int


@dataclass(frozen=True)
class Replanned:
    """The new roster and its differences; `report` judges it, with what only the past breaks as remarks."""

    result: RosterResult
    changes: tuple[Change, ...]
    report: CheckReport
    wages_before: int

    @property
    def counts(self) -> Mapping[Why, int]:
        """Changed person-days by cause."""
        found: Counter[Why] = Counter(change.why for change in self.changes)
        return {why: found[why] for why in ("absence", "demand", "knock-on")}

    @property
    def change_cost(self) -> int:
        """What all changes were charged, in the currency's smallest unit."""
        return sum(change.price for change in self.changes)

    @property
    def wages_difference(self) -> int:
        """Wages of the new roster less those of the published one, in the currency's smallest unit."""
        return self.report.wages - self.wages_before


def compare(plan: Replan, result: RosterResult) -> Replanned:
    """Set a solved replan beside the published roster.

    Duties that began before the cut are the published ones to the letter. People keep their published breaks where
    that leaves nobody missing who was there otherwise, and no service target with fewer calls kept.
    """
    roster = _with_published_breaks(plan, _with_facts(plan, result.roster))
    found, kept = (check(made, plan.problem) for made in (result.roster, roster))
    saved = found.shortage_cost + found.service_cost - kept.shortage_cost - kept.service_cost
    objective = result.objective - max(0, saved)
    better = replace(result, roster=roster, objective=objective, bound=min(result.bound, objective))
    return Replanned(
        result=better,
        changes=_changes(plan, roster),
        report=_judged(plan, roster),
        wages_before=check(plan.published, plan.problem).wages,
    )


def _with_facts(plan: Replan, roster: Roster) -> Roster:
    """The roster with the duties that had begun as they were published."""
    begun = plan.problem.begun
    assert begun is not None  # `replan` sets it
    facts = {(duty.agent_id, duty.business_date) for duty in begun.duties}
    planned = (duty for duty in roster.duties if (duty.agent_id, duty.business_date) not in facts)
    return _sorted((*begun.duties, *planned))


def _with_published_breaks(plan: Replan, roster: Roster) -> Roster:
    """Give people who keep their shift its published breaks.

    Among those of one queue on one shift, with the same activities, breaks change hands, which changes no cover.
    Where all people of a date keep their shifts, all breaks stay unless somebody more would then be missing, or fewer
    calls kept.
    """
    published = {(duty.agent_id, duty.business_date): duty for duty in plan.published.duties}
    handed = _handed(plan.problem, roster, published)
    whole = _sorted(
        published.get((d.agent_id, d.business_date), d) if _keeps(d, published) else d for d in handed.duties
    )
    worse = _days_worse(plan.problem, handed, whole)
    return _sorted(
        here if here.business_date in worse else there
        for here, there in zip(handed.duties, whole.duties, strict=True)
    )


def _handed(problem: RosterProblem, roster: Roster, published: Mapping[PersonDay, Duty]) -> Roster:
    queues = {agent.agent_id: agent.queue for agent in problem.agents}
    groups: defaultdict[tuple[object, ...], list[Duty]] = defaultdict(list)
    for duty in roster.duties:
        key = (duty.business_date, duty.shift_code, duty.start, duty.end, duty.sessions)
        groups[*key, queues[duty.agent_id]].append(duty)
    found: list[Duty] = []
    for duties in groups.values():
        breaks = Counter((duty.breaks, duty.paid_breaks) for duty in duties)
        open_: list[Duty] = []
        for duty in duties:
            before = published.get((duty.agent_id, duty.business_date))
            own = None if before is None else (before.breaks, before.paid_breaks)
            if before is not None and own is not None and _keeps(duty, published) and breaks[own] > 0:
                breaks[own] -= 1
                found.append(before)
            else:
                open_.append(duty)
        left = sorted(breaks.elements())
        found += [
            replace(duty, breaks=unpaid, paid_breaks=paid)
            for duty, (unpaid, paid) in zip(open_, left, strict=True)
        ]
    return _sorted(found)


def _keeps(duty: Duty, published: Mapping[PersonDay, Duty]) -> bool:
    before = published.get((duty.agent_id, duty.business_date))
    return before is not None and (before.shift_code, before.start, before.end, before.sessions) == (
        duty.shift_code,
        duty.start,
        duty.end,
        duty.sessions,
    )


def _days_worse(problem: RosterProblem, one: Roster, other: Roster) -> frozenset[date]:
    """Business dates on which the other roster leaves more people missing, or keeps fewer calls of a service target.

    A night's next date stays with it.
    """
    minutes: Counter[date] = Counter()
    lost: defaultdict[tuple[str, str, date], Fraction] = defaultdict(Fraction)
    daily = replace(problem, service=tuple(replace(target, period="day") for target in problem.service))
    for roster, sign in ((one, -1), (other, 1)):
        report = check(roster, daily)
        for day, missing in zip(problem.demand["business_date"], report.cover["short_minutes"], strict=True):
            minutes[day.date()] += sign * int(missing)
        for part in report.service:
            lost[part.measure, part.queue, part.period_start] -= sign * part.kept
    worse = {day for day, more in minutes.items() if more > 0}
    return frozenset(worse | {day for (_, _, day), fewer in lost.items() if fewer > 0})


def _sorted(duties: Iterable[Duty]) -> Roster:
    return Roster(tuple(sorted(duties, key=lambda duty: (duty.business_date, duty.start, duty.agent_id))))


def _changes(plan: Replan, roster: Roster) -> tuple[Change, ...]:
    before, after = duties_by_day(plan.published), duties_by_day(roster)
    published = plan.problem.published
    assert published is not None  # `replan` sets it
    expected = {(agent_id, day) for agent_id, day, _ in published.days}
    found = []
    for key in sorted({*before, *after}, key=lambda key: (key[1], key[0])):
        old, new = before.get(key, ()), after.get(key, ())
        if _hours(old) != _hours(new):
            price = published.price(key[1]) if key in expected else 0
            found.append(Change(*key, old, new, _why(plan, key), price))
        elif _sessions(old) != _sessions(new):
            found.append(Change(*key, old, new, _why(plan, key), 0))
    return tuple(found)


def _hours(duties: tuple[Duty, ...]) -> list[tuple[object, ...]]:
    return [(duty.shift_code, duty.start, duty.end) for duty in duties]


def _sessions(duties: tuple[Duty, ...]) -> list[tuple[object, ...]]:
    return [duty.sessions for duty in duties]


def _why(plan: Replan, key: PersonDay) -> Why:
    if key in plan.absent:
        return "absence"
    queues = {agent.agent_id: agent.queues for agent in plan.problem.agents}[key[0]]
    return "demand" if any((queue, key[1]) in plan.new_demand for queue in queues) else "knock-on"


def _judged(plan: Replan, roster: Roster) -> CheckReport:
    """The checker's verdict; what the duties that had begun break by themselves is a remark: nobody can mend it."""
    begun = plan.problem.begun
    assert begun is not None  # `replan` sets it
    today = plan.cut.astimezone(plan.problem.horizon.zone).date()
    past = {_place(violation) for violation in check(Roster(begun.duties), plan.problem).violations}
    report = check(roster, plan.problem)
    judged = tuple(
        replace(found, severity="soft")
        if _place(found) in past and found.business_date is not None and found.business_date <= today
        else found
        for found in report.violations
    )
    return replace(report, violations=judged)


def _place(violation: Violation) -> tuple[str, str, date | None]:
    return violation.rule, violation.agent_id, violation.business_date
