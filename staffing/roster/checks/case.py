"""The roster under judgement beside its problem, sorted the ways the rules look at it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TypeVar
from zoneinfo import ZoneInfo

from staffing.notes import Note
from staffing.roster.checks.report import Pay, Severity, Violation
from staffing.roster.checks.stint import Segment, Stint, week_of
from staffing.roster.problem import Agent, Contract, RosterProblem
from staffing.roster.roster import Roster
from staffing.roster.rules import Rule
from staffing.shifts.template import Shift

Own = TypeVar("Own", bound=Rule)


@dataclass(frozen=True)
class Case:
    """Everything a rule may look at."""

    problem: RosterProblem
    all_stints: tuple[Stint, ...]  # in the roster's order, unknown agents included

    @classmethod
    def of(cls, roster: Roster, problem: RosterProblem) -> Case:
        """The case for one roster.

        Raises:
            ValueError: when a duty's time has no offset or lies off the whole minute.
        """
        return cls(problem, tuple(Stint.of(duty, i) for i, duty in enumerate(roster.duties)))

    @cached_property
    def agents(self) -> Mapping[str, Agent]:
        """The problem's agents by id."""
        return {agent.agent_id: agent for agent in self.problem.agents}

    @cached_property
    def contracts(self) -> Mapping[str, Contract]:
        """The problem's contracts by name."""
        return {contract.name: contract for contract in self.problem.contracts}

    @cached_property
    def known_shifts(self) -> Mapping[str, Shift]:
        """Every concrete shift of the plan by its code."""
        return {shift.code: shift for _, shifts in self.problem.shifts for shift in shifts}

    @cached_property
    def template_codes(self) -> frozenset[str]:
        """The codes of the plan's shift templates."""
        return frozenset(code for code, _ in self.problem.shifts)

    @cached_property
    def _templates(self) -> Mapping[str, str]:
        return {shift.code: template for template, shifts in self.problem.shifts for shift in shifts}

    def is_of(self, stint: Stint, codes: frozenset[str]) -> bool:
        """Whether a duty is of one of the shifts or templates named."""
        code = stint.duty.shift_code
        return code in codes or self._templates.get(code, code.rsplit("-", 1)[0]) in codes

    def rules(self, kind: type[Own]) -> tuple[Own, ...]:
        """The problem's own rules of one class, those that are off left out."""
        return tuple(rule for rule in self.problem.rules if type(rule) is kind and rule.kind != "off")

    def bound(self, rule: Rule) -> Iterator[tuple[Agent, tuple[Stint, ...]]]:
        """The people a rule is for, each with their stints on planned days."""
        first, last = self.problem.horizon.start, self.problem.horizon.end
        for agent_id, stints in self.by_agent.items():
            if rule.people is None or agent_id in rule.people:
                planned = tuple(stint for stint in stints if first <= stint.day <= last)
                yield self.agents[agent_id], planned

    @cached_property
    def stints(self) -> tuple[Stint, ...]:
        """The known agents' stints by business date, start and end: the order wages are reckoned in."""
        known = (stint for stint in self.all_stints if stint.agent_id in self.agents)
        return tuple(sorted(known, key=lambda s: (s.day, s.presence, s.position)))

    @cached_property
    def by_agent(self) -> Mapping[str, tuple[Stint, ...]]:
        """Each agent's stints in time order; agents without any are there too, in the problem's order."""
        groups: dict[str, list[Stint]] = {agent_id: [] for agent_id in self.agents}
        for stint in self.stints:
            groups[stint.agent_id].append(stint)
        return {agent_id: tuple(stints) for agent_id, stints in groups.items()}

    @cached_property
    def pay(self) -> tuple[Pay | None, ...]:
        """Minutes and wage of every duty, in the roster's order; reckoned once for all who ask."""
        from staffing.roster.checks.cost import reckon_pay  # cost.py looks at cases itself

        return reckon_pay(self)

    def days(self) -> Iterator[tuple[str, date, tuple[Stint, ...]]]:
        """Every agent's worked business dates with the stints of each."""
        for agent_id, stints in self.by_agent.items():
            groups: defaultdict[date, list[Stint]] = defaultdict(list)
            for stint in stints:
                groups[stint.day].append(stint)
            for day, group in groups.items():
                yield agent_id, day, tuple(group)

    def weeks(self) -> Iterator[tuple[str, date, tuple[Stint, ...]]]:
        """Every agent's working weeks by first day, those without work included."""
        horizon = self.problem.horizon
        firsts = {week_of(day, self.problem.week_start) for day in horizon.days}
        for agent_id, stints in self.by_agent.items():
            groups: dict[date, list[Stint]] = {first: [] for first in sorted(firsts)}
            for stint in stints:
                groups.setdefault(week_of(stint.day, self.problem.week_start), []).append(stint)
            for first, group in groups.items():
                yield agent_id, first, tuple(group)

    def days_of_week(self, first: date) -> tuple[date, ...]:
        """The planned days of the week that begins on `first`: fewer than seven at the horizon's edges."""
        week = (first + timedelta(days=i) for i in range(7))
        return tuple(day for day in week if self.problem.horizon.start <= day <= self.problem.horizon.end)


def breach(
    stint: Stint,
    rule: str,
    article: str,
    found: str,
    allowed: str,
    wording: Note,
    severity: Severity = "hard",
) -> Violation:
    """A violation by one duty."""
    return Violation(rule, article, stint.agent_id, stint.day, found, allowed, wording, severity)


def broken(
    rule: Rule,
    agent_id: str,
    day: date,
    found: object,
    allowed: object,
    wording: Note,
    *,
    units: int = 1,
) -> Violation:
    """A violation of one of the problem's own rules, by `units` of what the rule counts; priced where soft."""
    soft = rule.kind == "soft"
    return Violation(
        rule.name,
        "plan",
        agent_id,
        day,
        str(found),
        str(allowed),
        wording,
        "soft" if soft else "hard",
        units,
        units * rule.weight if soft else 0,
    )


def hours(minutes: float) -> str:
    """Minutes as hours and minutes, such as `8:01`; parts of a minute are cut off."""
    return f"{int(minutes) // 60}:{int(minutes) % 60:02d}"


def moment(time: datetime) -> str:
    """A moment for a message: date, wall clock and offset."""
    return time.isoformat(" ", timespec="minutes")


def span_text(segment: Segment, zone: ZoneInfo) -> str:
    """A segment for a message, as wall clock with offset."""
    return " - ".join(moment(datetime.fromtimestamp(minute * 60, zone)) for minute in segment)
