"""Small problems for the solver's tests, and a brute force that knows nothing of the solver's model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.horizon import Horizon, OpeningHours, Span
from staffing.labour import load_pack
from staffing.roster import Agent, Contract, Duty, Prices, Roster, RosterProblem
from staffing.roster.check import check
from staffing.roster.placements import Placement, place_shifts
from staffing.shifts import Shift, ShiftTemplate

AMPLE = 600.0  # seconds, for searches that end by their proof: a busy machine must not cut them short
SUNDAY = date(2027, 1, 31)  # weeks begin on Sunday
# Without the premium of a statutory holiday, which the solver prices only in the wages of the roster it has found: a
# week of seven days, which earns it, is lawful in none of these problems unless a test makes the rule give.
PACK = replace(load_pack("jp-2023-04"), holiday_rate=None)
ZONE = "Asia/Tokyo"

F8 = ShiftTemplate("F8", 480, 600, 60, 540, 60, 180, 300)  # eight hours of work from 08:00, 09:00 or 10:00
S4 = ShiftTemplate("S4", 480, 840, 120, 240)  # four hours from 08:00, 10:00, 12:00 or 14:00
L8 = ShiftTemplate("L8", 780, 780, 60, 540, 60, 180, 300)  # from 13:00 until 22:00
N6 = ShiftTemplate("N6", 1320, 1320, 60, 360)  # the night from 22:00 until 04:00


def families(*templates: ShiftTemplate) -> tuple[tuple[str, tuple[Shift, ...]], ...]:
    return tuple((template.code, tuple(template.shifts())) for template in templates)


def contract(**changes: object) -> Contract:
    """A contract that asks for nothing and limits nothing but what `changes` say."""
    terms: dict[str, object] = {
        "name": "free",
        "min_hours_week": 0,
        "max_hours_week": 40,
        "max_shifts_week": 7,
        "shifts": ("F8", "S4", "L8", "N6"),
    }
    return Contract(**(terms | changes))  # type: ignore[arg-type]


def agent(agent_id: str = "A", **changes: object) -> Agent:
    terms: dict[str, object] = {
        "agent_id": agent_id,
        "name": f"Agent {agent_id}",
        "queue": "q",
        "contract": "free",
        "wage": 1200,
    }
    return Agent(**(terms | changes))  # type: ignore[arg-type]


def desk(
    *agents: Agent,
    contracts: Sequence[Contract] = (contract(),),
    templates: Sequence[ShiftTemplate] = (F8, S4),
    hours: str | Sequence[str] = "08:00-20:00",
    days: int = 7,
    start: date = SUNDAY,
    need: int = 1,
    needs: dict[str, int] | None = None,
    interval_minutes: int = 60,
    price: int = 6000,
    zone: str = ZONE,
    exceptions: dict[date, tuple[Span, ...]] | None = None,
) -> RosterProblem:
    """A desk with the same need in every open interval (of each queue in `needs`, where given)."""
    week = [hours] * 7 if isinstance(hours, str) else hours
    opening = OpeningHours(tuple((Span.parse(text),) if text else () for text in week), exceptions or {})
    horizon = Horizon(start, start + timedelta(days=days - 1), zone, interval_minutes, opening)
    grid = horizon.grid()
    frames = [grid.assign(queue=queue, agents_gross=n) for queue, n in (needs or {"q": need}).items()]
    demand = pd.concat(frames, ignore_index=True)
    return RosterProblem(
        horizon=horizon,
        demand=demand,
        agents=agents,
        contracts=tuple(contracts),
        shifts=families(*templates),
        pack=PACK,
        prices=Prices(price),
        week_start=6,
    )


def brute_force(problem: RosterProblem) -> int | None:
    """The least objective of all rosters; None when none is lawful.

    Every roster of each person is judged by the independent checker; people are then put together in every way,
    and the missing ones counted minute by minute.
    """
    needed = _minutes_of(problem)
    rosters = [_lawful(problem, person, needed) for person in problem.agents]
    if not all(len(wages) for wages, _ in rosters):
        return None
    wages, present = np.zeros(1, dtype=np.int64), np.zeros((1, len(needed)), dtype=np.int64)
    for own_wages, own_present in rosters:
        wages = (wages[:, None] + own_wages).ravel()
        present = (present[:, None] + own_present).reshape(len(wages), -1)
    required = np.array([people for _, _, people in needed], dtype=np.int64)
    short = np.maximum(required - present, 0).sum(axis=1)
    return int((wages + (2 * short * problem.prices.shortage_per_hour + 60) // 120).min())


Minute = tuple[str, int, int]  # queue, minute since 1970 UTC, people required


def _minutes_of(problem: RosterProblem) -> list[Minute]:
    step = problem.horizon.interval_minutes
    rows = zip(
        problem.demand["queue"], problem.demand["interval_start"], problem.demand["agents_gross"], strict=True
    )
    return [
        (str(queue), int(start.timestamp()) // 60 + minute, int(people))
        for queue, start, people in rows
        for minute in range(step)
    ]


def _lawful(
    problem: RosterProblem, person: Agent, needed: list[Minute]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Wages of each of a person's lawful rosters, and at which of the minutes needed they are at work."""
    alone = replace(problem, agents=(person,))
    allowed = problem.contract_of(person).shifts
    days = [
        [None, *(duty for p in day if p.template in allowed for duty in _duties(p, person, problem))]
        for day in place_shifts(problem)
    ]
    wages, present = [], []
    for chosen in product(*days):
        duties = [duty for duty in chosen if duty is not None]
        report = check(Roster(tuple(duties)), alone)
        if report.passed:
            wages.append(report.wages)
            at_work = {minute for duty in duties for minute in _worked(duty)}
            present.append([queue == person.queue and minute in at_work for queue, minute, _ in needed])
    return np.array(wages, dtype=np.int64), np.array(present, dtype=np.int64).reshape(len(wages), len(needed))


def _worked(duty: Duty) -> set[int]:
    def span(start: datetime, end: datetime) -> set[int]:
        return set(range(int(start.timestamp()) // 60, int(end.timestamp()) // 60))

    return span(duty.start, duty.end).difference(*(span(*pause) for pause in duty.breaks))


def _duties(placement: Placement, person: Agent, problem: RosterProblem) -> Iterator[Duty]:
    """The placement with each of its breaks."""
    for begins in product(*(pause.begins for pause in placement.pauses)):
        yield placement.duty(person.agent_id, problem.horizon.zone, *begins)
