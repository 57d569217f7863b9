"""What a plan found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from staffing.config import PlanConfig
from staffing.coverage import Coverage, Expected
from staffing.demand.history import History
from staffing.forecast import Backtest, Forecast
from staffing.horizon import Horizon
from staffing.labour.wages import Pay
from staffing.period_service import PeriodService
from staffing.requirement import Requirement
from staffing.roster.check import CheckReport
from staffing.roster.problem import RosterProblem
from staffing.roster.replan import Replan
from staffing.roster.replanned import Replanned
from staffing.roster.roster import RosterResult
from staffing.shifts.selection import Seats
from staffing.sourcing import Comparison


@dataclass(frozen=True)
class Rostered:
    """A roster with what it was made from, what it pays, whom it puts on the floor, and the checker's judgement."""

    problem: RosterProblem
    result: RosterResult
    pay: tuple[Pay, ...]
    coverage: Coverage
    report: CheckReport
    selection: Seats | None = None  # pyworkforce's unnamed seats, where it is the engine
    service: PeriodService | None = None  # by day, week or month, where the targets are for these


@dataclass(frozen=True)
class Redone:
    """A published roster planned again: what changed, and the service to expect had nothing been changed."""

    replan: Replan
    found: Replanned
    unchanged: Expected


@dataclass(frozen=True)
class Plan:
    """Everything a plan found; stages that were not asked for are None.

    `inputs` are the files it was made from, by the name each is kept under beside the results.
    """

    config: PlanConfig
    horizon: Horizon
    history: History | None
    forecast: Forecast
    backtest: Backtest | None
    requirement: Requirement | None = None
    roster: Rostered | None = None
    comparison: Comparison | None = None
    redone: Redone | None = None
    inputs: Mapping[str, bytes] = field(default_factory=dict, repr=False)
