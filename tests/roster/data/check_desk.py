"""Small desks and duties written by hand, for the checker's tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pandas as pd

from staffing.horizon import Horizon, OpeningHours, Span, minute_of_clock
from staffing.labour.pack import BreakLaw, RulePack
from staffing.roster.problem import Agent, Contract, Prices, RosterProblem
from staffing.roster.roster import Duty, Roster
from staffing.shifts.template import Shift, ShiftTemplate

SUNDAY = date(2027, 1, 31)  # the default desk is planned for the two weeks that begin here
MONDAY, SATURDAY = date(2027, 2, 1), date(2027, 2, 6)

LAW = RulePack(
    pack_id="jp-test",
    jurisdiction="JP",
    effective_from=date(2023, 4, 1),
    effective_to=None,
    max_day_minutes=480,
    max_week_minutes=2400,
    breaks=(BreakLaw(360, 45), BreakLaw(480, 60)),
    min_days_off_week=1,
    min_rest_minutes=660,
    overtime_rate=0.25,
    overtime_rate_beyond=0.5,
    overtime_beyond_month_minutes=3600,
    night_rate=0.25,
    night_start_minute=1320,
    night_end_minute=300,
    holiday_rate=0.35,
    articles=(("max_day_minutes", "LSA 32"), ("breaks", "LSA 34")),
)


def free(**changes: object) -> Contract:
    """A contract that limits nothing but what `changes` say."""
    terms: dict[str, object] = {
        "name": "free",
        "min_hours_week": 0,
        "max_hours_week": 168,
        "max_shifts_week": 7,
        "shifts": ("F8", "N4"),
    }
    return Contract(**(terms | changes))  # type: ignore[arg-type]


def agent(agent_id: str = "A", **changes: object) -> Agent:
    """An agent of the only queue at 1,000 an hour."""
    terms: dict[str, object] = {
        "agent_id": agent_id,
        "name": agent_id,
        "queue": "q",
        "contract": "free",
        "wage": 1000,
    }
    return Agent(**(terms | changes))  # type: ignore[arg-type]


def templates(*families: ShiftTemplate) -> tuple[tuple[str, tuple[Shift, ...]], ...]:
    """Shift families as a problem holds them."""
    return tuple((family.code, tuple(family.shifts())) for family in families)


# F8: eight hours of work from 08:00 to 10:00, an hour's break 3 to 5 hours in. N4: four hours of the night.
SHIFTS = templates(
    ShiftTemplate("F8", 480, 600, 30, 540, 60, 180, 300), ShiftTemplate("N4", 1320, 1320, 30, 240)
)


def desk(
    *agents: Agent,
    hours: Sequence[str] = ("00:00-24:00",),
    weekly: Sequence[Sequence[str]] | None = None,
    exceptions: dict[date, tuple[Span, ...]] | None = None,
    start: date = SUNDAY,
    end: date = SUNDAY + timedelta(days=13),
    zone: str = "Asia/Tokyo",
    contracts: Sequence[Contract] = (free(),),
    shifts: tuple[tuple[str, tuple[Shift, ...]], ...] = SHIFTS,
    need: int = 0,
    interval_minutes: int = 30,
    week_start: int = 6,
    pack: RulePack = LAW,
    shortage_per_hour: int = 6000,
) -> RosterProblem:
    """A desk that is open round the clock and needs `need` people, unless told otherwise."""
    week = weekly or [hours] * 7
    opening = OpeningHours(tuple(tuple(Span.parse(text) for text in day) for day in week), exceptions or {})
    horizon = Horizon(start, end, zone, interval_minutes, opening)
    return RosterProblem(
        horizon=horizon,
        demand=demand(horizon, need),
        agents=agents or (agent("A"), agent("B")),
        contracts=tuple(contracts),
        shifts=shifts,
        pack=pack,
        prices=Prices(shortage_per_hour),
        week_start=week_start,
    )


def demand(horizon: Horizon, need: int) -> pd.DataFrame:
    """The same need in every open interval."""
    return horizon.grid().assign(queue="q", agents_gross=need)


def moment(day: date, clock: str, zone: str) -> datetime:
    """A wall-clock time of a business date; hours run past 24, a trailing `b` means the doubled hour's second."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minute_of_clock(clock.rstrip("b")))
    return wall.replace(tzinfo=ZoneInfo(zone), fold=int(clock.endswith("b")))


def duty(
    day: date | str,
    hours: str,
    *breaks: str,
    agent: str = "A",
    code: str = "elsewhere",
    zone: str = "Asia/Tokyo",
) -> Duty:
    """A duty as one writes it down: `duty("2027-02-01", "09:00-18:00", "12:00-13:00")`."""
    day = date.fromisoformat(day) if isinstance(day, str) else day

    def span(text: str) -> tuple[datetime, datetime]:
        first, last = text.split("-")
        return moment(day, first, zone), moment(day, last, zone)

    return Duty(agent, day, code, *span(hours), tuple(span(text) for text in breaks))


def roster(*duties: Duty) -> Roster:
    """The duties in a roster's order."""
    return Roster(tuple(sorted(duties, key=lambda d: (d.business_date, d.start, d.agent_id))))
