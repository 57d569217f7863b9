"""A contact centre of any size, made from the bundled bank: its people, shifts, hours and daily profile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import cycle, islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.horizon import Horizon, OpeningHours
from staffing.plan import problem_of
from staffing.roster import RosterProblem
from staffing.shifts import Shift

PLAN = Path(__file__).parent.parent / "data" / "anonymous-bank" / "plan.toml"
FIRST_SUNDAY = date(1999, 3, 7)  # the bank's weeks begin on Sunday
SWING = 0.08  # how far a day's requirement may lie above or below the profile's
LEAVE_A_WEEK = 0.04  # share of people's weeks that are leave as a whole
LEAVE_A_DAY = 0.015  # share of the other days that are leave
_DRAW = 19990307  # the desk does not change with the seed of the search

Floats = npt.NDArray[np.float64]


def centre(people: int, weeks: int, grid: int, step: int) -> RosterProblem:
    """The bank's desk with `people` on it, for whole weeks, on a grid of `grid` minutes.

    The people are the sample's in turn, so contracts keep their shares (full 15, part 8, evening 4 of 27). The
    requirement is the sample's of each weekday, drawn on between half-hours, grown as the people are, and swung
    by some per cent from day to day so that no two weeks are alike. Leave is drawn anew.

    Args:
        people: on the desk.
        weeks: planned, from a Sunday on.
        grid: minutes of an interval; breaks begin on it.
        step: minutes between the starts of shifts.
    """
    bank = _bank()
    horizon = Horizon(
        FIRST_SUNDAY,
        FIRST_SUNDAY + timedelta(days=7 * weeks - 1),
        bank.horizon.time_zone,
        grid,
        OpeningHours(bank.horizon.hours.weekly),
    )
    draw = np.random.default_rng(_DRAW)
    demand = _demand(bank, horizon, people / len(bank.agents), draw)
    agents = tuple(
        replace(agent, agent_id=f"N{i:04d}", name=f"Agent {i}", leave=_leave(horizon.days, draw))
        for i, agent in enumerate(islice(cycle(bank.agents), people))
    )
    shifts = tuple((template, _stepped(family, step)) for template, family in bank.shifts)
    return replace(bank, horizon=horizon, demand=demand, agents=agents, shifts=shifts)


@cache
def _bank() -> RosterProblem:
    return problem_of(PLAN)


def _demand(bank: RosterProblem, horizon: Horizon, factor: float, draw: np.random.Generator) -> pd.DataFrame:
    """The requirement of every interval, between the sample's half-hours in proportion, rounded up."""
    grid = horizon.grid()
    level = np.zeros(len(grid))
    for day in horizon.days:
        rows = (pd.to_datetime(grid["business_date"]) == pd.Timestamp(day)).to_numpy()
        slots, agents = _profile(bank, day.weekday())
        middles = grid.loc[rows, "slot"].to_numpy(dtype=np.float64) + horizon.interval_minutes / 2
        level[rows] = np.interp(middles, slots, agents) * draw.uniform(1 - SWING, 1 + SWING)
    needed = np.ceil(level * factor - 1e-9).astype(np.int64)
    return grid.assign(queue=bank.agents[0].queue, agents_gross=needed)[list(bank.demand.columns)]


def _profile(bank: RosterProblem, weekday: int) -> tuple[Floats, Floats]:
    """The sample's first such weekday: middles of its intervals in minutes, agents."""
    dates = pd.to_datetime(bank.demand["business_date"])
    day = dates[dates.dt.day_of_week == weekday].min()
    rows = bank.demand[dates == day].sort_values("slot")
    middles = rows["slot"].to_numpy(dtype=np.float64) + bank.horizon.interval_minutes / 2
    return middles, rows["agents_gross"].to_numpy(dtype=np.float64)


def _leave(days: tuple[date, ...], draw: np.random.Generator) -> frozenset[date]:
    away = np.repeat(draw.random(len(days) // 7) < LEAVE_A_WEEK, 7) | (draw.random(len(days)) < LEAVE_A_DAY)
    return frozenset(day for day, is_away in zip(days, away, strict=True) if is_away)


def _stepped(family: tuple[Shift, ...], step: int) -> tuple[Shift, ...]:
    """The family's first shift, moved on in steps until the start of its last."""
    starts = range(family[0].start_minute, family[-1].start_minute + 1, step)
    name = family[0].code.rpartition("-")[0]
    return tuple(
        replace(family[0], code=f"{name}-{start // 60:02d}{start % 60:02d}", start_minute=start)
        for start in starts
    )
