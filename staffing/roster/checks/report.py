"""What the checker says: one finding a broken rule, and the figures it worked out for itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Literal

import pandas as pd

from staffing.notes import Note

if TYPE_CHECKING:
    from staffing.roster.checks.service import ServicePart

Severity = Literal["hard", "soft"]


@dataclass(frozen=True)
class Violation:
    """One rule broken, by whom and when, with what was found and what is allowed.

    `units` is by how much, in the rule's own unit (`docs/checking.md`); `cost` is what that costs in the currency's
    smallest unit, where the problem has made the rule soft with a weight.
    """

    rule: str
    article: str  # the law's article, "contract NAME", "template NAME" or "plan"
    agent_id: str  # empty for a rule that binds a group
    business_date: date | None  # a week's finding carries the week's first day
    found: str
    allowed: str
    wording: Note
    severity: Severity = "hard"
    units: int = 1
    cost: int = 0

    def __str__(self) -> str:
        place = " ".join(str(part) for part in (self.agent_id, self.business_date) if part)
        source = f" [{self.article}]" if self.article else ""
        return f"{place}: {self.wording}{source}"


@dataclass(frozen=True)
class Claim:
    """The figures a roster file states for one duty; None where it states none. Cost in smallest units."""

    paid_minutes: int | None = None
    overtime_minutes: int | None = None
    night_minutes: int | None = None
    cost: int | None = None


@dataclass(frozen=True)
class Pay:
    """One duty's minutes and wage as worked out from its clock times; cost in smallest currency units."""

    paid_minutes: int
    overtime_minutes: int
    night_minutes: int
    cost: int
    holiday_minutes: int = 0  # of the paid ones, on a statutory holiday


@dataclass(frozen=True)
class Objective:
    """What a roster is worth, part by part, in the currency's smallest unit; `total` is what a solver minimises."""

    wages: int  # with premiums
    shortage: int  # people missing in the intervals
    service: int  # calls short of targets over days, weeks or months
    shift_demand: int  # people too few or too many on shifts
    requests: int  # wishes denied
    changes: int  # published days that differ
    soft_rules: int  # by how much soft rules are broken, at their weights
    even_shares: int  # nights, weekends and shifts that could be shared out more evenly

    @property
    def total(self) -> int:
        """All parts together."""
        return sum(self.parts.values())

    @property
    def parts(self) -> Mapping[str, int]:
        """The parts by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True)
class CheckReport:
    """The verdict on a roster.

    `pay` stands beside the roster's duties, None for a duty of an unknown agent, whose wage nobody knows.
    `cover` has one row per row of the problem's demand: `queue`, `interval_start`, `agents_gross`, `on_floor`
    (the fewest people at any minute of the interval, people on break left out), `short_minutes`
    (agent-minutes missing). `service` has the targets over days, weeks or months. `parts` says what the roster is
    worth and `objective` is their total, in the currency's smallest unit.
    """

    violations: tuple[Violation, ...]
    pay: tuple[Pay | None, ...]
    wages_by_agent: Mapping[str, int]
    shortage_hours: Mapping[str, float]
    parts: Objective
    cover: pd.DataFrame
    service: tuple[ServicePart, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether no hard rule is broken."""
        return all(violation.severity != "hard" for violation in self.violations)

    @property
    def paid_minutes(self) -> int:
        """Working time of all known agents, breaks excluded."""
        return sum(pay.paid_minutes for pay in self.pay if pay)

    @property
    def overtime_minutes(self) -> int:
        """Minutes beyond the law's hours a day and a week."""
        return sum(pay.overtime_minutes for pay in self.pay if pay)

    @property
    def night_minutes(self) -> int:
        """Minutes worked in the law's night hours."""
        return sum(pay.night_minutes for pay in self.pay if pay)

    @property
    def wages(self) -> int:
        """All wages with premiums."""
        return sum(self.wages_by_agent.values())

    @property
    def shortage_cost(self) -> int:
        """The price of the people missing."""
        return self.parts.shortage

    @property
    def service_cost(self) -> int:
        """What calls short of the targets over days, weeks or months cost."""
        return self.parts.service

    @property
    def objective(self) -> int:
        """Wages, shortage and all else that is priced: what the solver says it minimised."""
        return self.parts.total
