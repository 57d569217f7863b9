"""Small problems for the solver's tests, and a brute force that knows nothing of the solver's model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product

import pandas as pd

from staffing.horizon import Horizon, OpeningHours, Span
from staffing.labour import load_pack
from staffing.roster import Agent, Contract, Duty, Prices, Roster, RosterProblem
from staffing.roster.check import check
from staffing.roster.placements import Placement, place_shifts
from staffing.shifts import Shift, ShiftTemplate

SUNDAY = date(2027, 1, 31)  # weeks begin on Sunday
PACK = load_pack("jp-2023-04")
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
    """The least objective of all rosters, each judged by the independent checker; None when none is lawful."""
    choices = []
    placed = place_shifts(problem)
    for person in problem.agents:
        allowed = problem.contract_of(person).shifts
        for day in placed:
            own = [
                None,
                *(duty for p in day if p.template in allowed for duty in _duties(p, person, problem)),
            ]
            choices.append(own)
    best = None
    for chosen in product(*choices):
        report = check(Roster(tuple(duty for duty in chosen if duty is not None)), problem)
        if report.passed and (best is None or report.objective < best):
            best = report.objective
    return best


def _duties(placement: Placement, person: Agent, problem: RosterProblem) -> Iterator[Duty]:
    """The placement with each of its breaks."""
    for begin in placement.breaks or (None,):
        yield placement.duty(person.agent_id, problem.horizon.zone, begin)
