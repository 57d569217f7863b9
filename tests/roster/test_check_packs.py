"""The wage engine and the checker, written apart, agree on random duties under every pack and every option."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.labour import NO_LAW, Carried, MonthHours, RulePack, available_packs, load_pack, pay_roster
from staffing.roster.checks.case import Case
from staffing.roster.checks.cost import reckon_pay
from staffing.roster.problem import RosterProblem
from staffing.roster.roster import Duty
from tests.roster.data.check_desk import agent, desk, duty, free, roster

DAY = timedelta(days=1)
STARTS = (
    ("Asia/Tokyo", date(2027, 2, 24)),
    ("America/Los_Angeles", date(2027, 3, 10)),
)  # clocks change there
HOURS = ("09:00-18:00", "09:00-22:30", "22:00-31:00", "05:00-18:00", "18:00-26:00", "00:00-24:00")
BREAKS = ((), ("12:00-13:00",), ("23:30-24:15",), ("10:00-10:30", "17:00-18:00"))
PACKS = {
    "none": NO_LAW,
    **{name: load_pack(name) for name in available_packs()},
    "variable": load_pack("jp-2023-04").choosing("monthly_variable_hours"),
    "small": load_pack("jp-2023-04").choosing("small_workplace", "agreement", "special_clause"),
    "four weeks": load_pack("jp-2023-04").choosing("four_weeks_days_off", "agreement", "holiday_work"),
    "waiver": load_pack("us-ca").choosing("meal_waiver"),
}


@st.composite
def brought(draw: st.DrawFn) -> Carried | None:
    """What somebody may bring into the horizon."""
    if draw(st.booleans()):
        return None
    month = draw(st.sampled_from((0, 1200, 3500, 3600)))
    week = draw(st.sampled_from((0, 960, 2300, 2400, 2900)))
    return Carried(
        month=MonthHours(month, draw(st.sampled_from((0, 480)))),
        year_overtime_minutes=month,
        month_worked_minutes=draw(st.sampled_from((0, 9000, 10700))),
        week_minutes=week,
        week_overtime_minutes=min(week, draw(st.sampled_from((0, 300)))),
        consecutive_days=draw(st.integers(0, 8)),
    )


@st.composite
def rosters(draw: st.DrawFn, pack: RulePack) -> tuple[RosterProblem, list[Duty]]:
    """One person and another, for two to five weeks, most days worked, at all hours of the day."""
    zone, start = draw(st.sampled_from(STARTS))
    days = draw(st.sampled_from((10, 14, 30)))
    duties = []
    for name in "AB":
        free_days = draw(st.sets(st.integers(0, days - 1), max_size=5))
        until = datetime.min.replace(tzinfo=UTC)
        for i in sorted(set(range(days)) - free_days):
            made = duty(start + i * DAY, draw(st.sampled_from(HOURS)), agent=name, zone=zone)
            pauses = duty(made.business_date, "00:00-01:00", *draw(st.sampled_from(BREAKS)), zone=zone).breaks
            inside = tuple(p for p in pauses if made.start <= p[0] and p[1] <= made.end)
            if until <= made.start:
                duties.append(replace(made, breaks=inside))
                until = made.end.astimezone(UTC)
    people = [
        agent(
            name,
            wage=draw(st.integers(900, 3000)),
            carried=draw(brought()),
            statutory_holidays=draw(
                st.none() | st.sets(st.integers(0, days - 1), max_size=3).map(lambda s: _dates(start, s))
            ),
        )
        for name in "AB"
    ]
    problem = desk(
        *people,
        start=start,
        end=start + (days - 1) * DAY,
        zone=zone,
        pack=pack,
        interval_minutes=60,
        week_start=draw(st.integers(0, 6)),
        contracts=(free(hours_day=draw(st.sampled_from((None, 7.5)))),),
    )
    return problem, duties


@pytest.mark.parametrize("name", PACKS)
@settings(max_examples=20)
@given(data=st.data())
def test_engine_and_checker_agree_on_every_duty(name: str, data: st.DataObject) -> None:
    problem, duties = data.draw(rosters(PACKS[name]))
    judged = roster(*duties)
    engine = pay_roster(judged, problem)
    checker = reckon_pay(Case.of(judged, problem))
    assert [
        (line.paid_minutes, line.overtime_minutes, line.night_minutes, line.holiday_minutes, line.cost)
        for line in engine
    ] == [
        (line.paid_minutes, line.overtime_minutes, line.night_minutes, line.holiday_minutes, line.cost)
        for line in checker
        if line is not None
    ]


def _dates(start: date, days: set[int]) -> frozenset[date]:
    return frozenset(start + i * DAY for i in days)
