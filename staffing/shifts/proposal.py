"""Shift templates proposed for a desk: few starts and lengths, and what each further one would save."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

import pandas as pd

from staffing.horizon import Horizon
from staffing.labour.pack import RulePack
from staffing.shifts.design import (
    DesignLimits,
    DesignPrices,
    DesignProblem,
    DesignResult,
    ShiftType,
    UsedShift,
    design_shifts,
    evaluate,
)
from staffing.shifts.required_days import RequiredDays, required_days
from staffing.shifts.template import ShiftTemplate


@dataclass(frozen=True)
class ProposalSettings:
    """What may be proposed. Prices per hour in the currency's smallest unit; lengths are working time.

    A further template is proposed while it saves at least `least_saving` of wages and shortage together.
    """

    wage_per_hour: int
    shortage_per_hour: int
    most: int = 6
    shortest_hours: int = 4
    longest_hours: int = 8
    start_minutes: int = 30  # starts lie on multiples of this
    least_saving: float = 0.005

    def __post_init__(self) -> None:
        if self.wage_per_hour < 0 or self.shortage_per_hour < 0:
            raise ValueError(f"prices per hour must be 0 or more, found {self}")
        if not 1 <= self.most <= len(ascii_uppercase):
            raise ValueError(
                f"most must lie between 1 and {len(ascii_uppercase)} templates, found {self.most}"
            )
        if not 1 <= self.shortest_hours <= self.longest_hours <= 12:
            raise ValueError(f"hours of work must run forward between 1 and 12, found {self}")


@dataclass(frozen=True)
class Step:
    """The best set of at most so many templates. Hours are over the whole horizon, breaks not included."""

    templates: tuple[ShiftTemplate, ...]
    duties: int
    paid_hours: float
    over_hours: float
    short_hours: float
    cost: int  # wages and priced shortage, smallest currency unit
    cost_bound: int  # no set of so many templates costs less


@dataclass(frozen=True)
class Proposal:
    """Sets of 1, 2, ... templates, and the one proposed."""

    steps: tuple[Step, ...]
    chosen: int  # index of the step proposed
    required_hours: float
    days: int

    @property
    def templates(self) -> tuple[ShiftTemplate, ...]:
        """The templates proposed."""
        return self.steps[self.chosen].templates

    def saving(self, index: int) -> int:
        """What a step costs less than the step before it."""
        return self.steps[index - 1].cost - self.steps[index].cost if index else 0


def propose_templates(
    demand: pd.DataFrame,
    horizon: Horizon,
    pack: RulePack,
    settings: ProposalSettings,
    *,
    seconds: float = 60.0,
    seed: int = 1,
    stop: Callable[[], bool] = lambda: False,
) -> Proposal:
    """Design shifts for 1, 2, ... templates, and choose how many are worth having.

    Cost is wages for everybody present and at work, and the price of people missing. People's contracts play no
    part, and queues are added up: who serves which of them is the roster's matter. Breaks are as long as the
    rule pack asks for, rounded up to the grid, and begin in the middle third of the shift.

    Args:
        demand: `interval_start`, `business_date`, `slot`, `agents_gross`, a row for each queue and open interval.
        horizon: days, opening hours and grid; shifts lie inside the opening hours.
        pack: the law's breaks and longest day.
        settings: prices, and what may be proposed.
        seconds: of search in all, shared evenly among the numbers of templates.
        seed: of the search.
        stop: polled; True ends the search with what has been found.
    """
    days = required_days(demand, horizon)
    types = tuple(_types(days, horizon.interval_minutes, pack, settings))
    steps: list[Step] = []
    hint: Sequence[UsedShift] = ()
    for number in range(1, settings.most + 1):
        problem = _problem(days, horizon.interval_minutes, types, settings, number)
        result = design_shifts(
            problem, seconds=seconds / settings.most, gap=1e-4, seed=seed, stop=stop, hint=hint
        )
        hint = result.shifts
        step = _step(problem, result, settings)
        if steps and step.cost >= steps[-1].cost:  # a set of fewer is one of at most so many, too
            bound = min(step.cost_bound, steps[-1].cost)
            step = Step(**{**vars(steps[-1]), "cost_bound": bound})
        steps.append(step)
        if stop():
            break
    required = sum(sum(max(n, 0) for n in row) * w for row, w in zip(days.rows, days.weights, strict=True))
    return Proposal(
        tuple(steps), _worth(steps, settings), required * horizon.interval_minutes / 60, days.dates
    )


def _types(days: RequiredDays, step: int, pack: RulePack, settings: ProposalSettings) -> list[ShiftType]:
    """Every start on the grid with every whole number of hours of work, and the break that these need."""
    size = len(days.rows[0])
    found = []
    for hours in range(settings.shortest_hours, settings.longest_hours + 1):
        work = hours * 60
        longest = pack.max_day_minutes
        if (longest is not None and work > longest) or work % step:
            continue
        rest = -(-pack.break_needed(work) // step)
        length = work // step + rest
        first = max(1, length // 3)
        window = (rest, first, max(first, 2 * length // 3 - rest)) if rest else (0, 0, 0)
        starts = range(0, size, max(1, settings.start_minutes // step))
        if length <= size * len(days.rows):
            found += [ShiftType(start, start, length, length, *window) for start in starts]
    return found


def _problem(
    days: RequiredDays, step: int, types: tuple[ShiftType, ...], settings: ProposalSettings, number: int
) -> DesignProblem:
    """Wages are paid for all who are required, too, so a person missing costs the shortage without the wage."""
    missing = max(1, settings.shortage_per_hour - settings.wage_per_hour)
    prices = DesignPrices(missing, max(1, settings.wage_per_hour), 0)
    limits = DesignLimits(distinct_shifts=number)
    return DesignProblem(days.rows, step, types, prices, False, limits, days.weights)


def _step(problem: DesignProblem, result: DesignResult, settings: ProposalSettings) -> Step:
    checked = evaluate(problem, result.shifts)
    if checked.faults:
        raise AssertionError(f"the design breaks its own rules: {checked.faults}")
    cost = (
        checked.worked_minutes * settings.wage_per_hour + checked.under_minutes * settings.shortage_per_hour
    )
    kinds = {(c.start, c.length): c for c in problem.candidates}
    codes: list[str] = []
    templates = []
    for shift in sorted(result.shifts, key=lambda shift: (-shift.length, shift.start)):
        kind = kinds[shift.start, shift.length]
        work = (kind.length - kind.break_slots) * problem.slot_minutes
        codes.append(f"S{work // 60}")
        letter = ascii_uppercase[codes.count(codes[-1]) - 1]
        templates.append(_template(shift, codes[-1] + letter, problem))
    return Step(
        tuple(templates),
        checked.duties,
        checked.worked_minutes / 60,
        checked.over_minutes / 60,
        checked.under_minutes / 60,
        round(cost / 60),
        round((cost - result.objective + result.bound) / 60),
    )


def _template(shift: UsedShift, code: str, problem: DesignProblem) -> ShiftTemplate:
    step = problem.slot_minutes
    kind = next(c for c in problem.candidates if (c.start, c.length) == (shift.start, shift.length))
    return ShiftTemplate(
        code=code,
        first_start_minute=shift.start * step,
        last_start_minute=shift.start * step,
        step_minutes=max(5, step),
        length_minutes=shift.length * step,
        break_minutes=kind.break_slots * step,
        break_earliest=kind.break_first * step,
        break_latest=kind.break_last * step,
    )


def _worth(steps: list[Step], settings: ProposalSettings) -> int:
    """The last step that saves enough, counting from the first."""
    chosen = 0
    for index in range(1, len(steps)):
        before = steps[chosen].cost
        if before - steps[index].cost >= settings.least_saving * before * (index - chosen):
            chosen = index
    return chosen
