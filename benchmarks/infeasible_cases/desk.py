"""The desk that problems without a roster are made of, and what is known of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from staffing.horizon import Horizon, OpeningHours, Span
from staffing.labour import load_pack
from staffing.roster import Agent, Contract, Prices, RosterProblem
from staffing.roster.rules import (
    Rule,
)
from staffing.roster.wishes import FixedDay
from staffing.shifts import ShiftTemplate

SUNDAY = date(2027, 1, 31)  # a working week begins on Sunday
OPEN = "08:00-20:00"
WEEKDAYS = (*("08:00-20:00",) * 5, "", "")  # Monday first

F8 = ShiftTemplate("F8", 480, 660, 60, 540, 60, 180, 300)  # eight hours of work from 08:00 to 11:00
E8 = ShiftTemplate("E8", 480, 480, 60, 540, 60, 180, 300)  # from 08:00
L8 = ShiftTemplate("L8", 780, 780, 60, 540, 60, 180, 300)  # from 13:00 until 22:00
S4 = ShiftTemplate("S4", 480, 960, 120, 240)  # four hours
N6 = ShiftTemplate("N6", 1320, 1320, 60, 360)  # the night from 22:00 until 04:00


@dataclass(frozen=True)
class Case:
    """A problem without a roster.

    Attributes:
        name: short, unique.
        cause: what was made impossible, in a sentence.
        problem: it.
        rules: names of rules of which each conflict set as a whole must show at least these.
        agents: the people who must be named, whatever else is.
    """

    name: str
    cause: str
    problem: RosterProblem
    rules: frozenset[str]
    agents: frozenset[str] = frozenset()


def day(number: int) -> date:
    """The date so many days after the first Sunday."""
    return SUNDAY + timedelta(days=number)


def leave(*days: int) -> frozenset[date]:
    """Days of leave, counted from the first Sunday."""
    return frozenset(map(day, days))


def contract(name: str = "full", **changes: object) -> Contract:
    """Up to 40 hours and five shifts of eight hours a week, nothing asked for."""
    terms: dict[str, object] = {
        "name": name,
        "min_hours_week": 0,
        "max_hours_week": 40,
        "max_shifts_week": 5,
        "shifts": ("F8",),
    }
    return Contract(**(terms | changes))  # type: ignore[arg-type]


def agent(agent_id: str, **changes: object) -> Agent:
    """Somebody on contract "full"."""
    terms: dict[str, object] = {
        "agent_id": agent_id,
        "name": f"Agent {agent_id}",
        "queue": "calls",
        "contract": "full",
        "wage": 1200,
    }
    return Agent(**(terms | changes))  # type: ignore[arg-type]


def team(*ids: str, **changes: object) -> tuple[Agent, ...]:
    """Several people alike."""
    return tuple(agent(agent_id, **changes) for agent_id in ids)


def desk(
    agents: Sequence[Agent],
    contracts: Sequence[Contract] = (contract(),),
    *,
    templates: Sequence[ShiftTemplate] = (F8,),
    hours: str | Sequence[str] = OPEN,
    days: int = 7,
    need: int = 1,
    rules: Sequence[Rule] = (),
    fixed: Sequence[FixedDay] = (),
    exceptions: dict[date, tuple[Span, ...]] | None = None,
) -> RosterProblem:
    """A desk with the same need in every open interval, from the first Sunday on."""
    week = [hours] * 7 if isinstance(hours, str) else hours
    opening = OpeningHours(tuple((Span.parse(text),) if text else () for text in week), exceptions or {})
    horizon = Horizon(SUNDAY, day(days - 1), "Asia/Tokyo", 60, opening)
    demand = horizon.grid().assign(queue="calls", agents_gross=need)
    return RosterProblem(
        horizon=horizon,
        demand=pd.DataFrame(demand),
        agents=tuple(agents),
        contracts=tuple(contracts),
        shifts=tuple((template.code, tuple(template.shifts())) for template in templates),
        pack=load_pack("jp-2023-04"),
        prices=Prices(6000),
        rules=tuple(rules),
        fixed=tuple(fixed),
    )
