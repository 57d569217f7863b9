"""Wages are exact to the minute: on published rates, and against a count of one minute at a time."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffing.horizon import Horizon, OpeningHours, minute_of_clock
from staffing.labour import NO_LAW, Carried, MonthHours, load_pack, pay, pay_roster
from staffing.labour.clock import week_of
from staffing.roster import Agent, Contract, Duty, Prices, Roster, RosterProblem

DATA = Path(__file__).parent / "data"
VECTORS = list(csv.DictReader((DATA / "wage_vectors.csv").read_text("utf-8").splitlines()))
WEEKS = list(csv.DictReader((DATA / "week_vectors.csv").read_text("utf-8").splitlines()))
PACK = load_pack("jp-2023-04")
MONDAY = date(2027, 2, 1)


def horizon(zone: str = "Asia/Tokyo", start: date = MONDAY) -> Horizon:
    return Horizon(start, start + timedelta(days=60), zone, 30, OpeningHours(((),) * 7))


def duty(day: date, hours: str, pause: str = "", *, agent_id: str = "A", zone: str = "Asia/Tokyo") -> Duty:
    def span(text: str) -> tuple[datetime, datetime]:
        first, last = (minute_of_clock(part) for part in text.split("-"))
        midnight = datetime.combine(day, time(), ZoneInfo(zone))
        return midnight + timedelta(minutes=first), midnight + timedelta(minutes=last)

    return Duty(agent_id, day, "X", *span(hours), (span(pause),) if pause else ())


@pytest.mark.parametrize("row", VECTORS, ids=lambda row: row["name"])
def test_published_rates(row: dict[str, str]) -> None:
    """The duty lies on a Saturday; hours worked earlier in the week lie on the days before it."""
    day = MONDAY + timedelta(days=5)
    earlier = [
        duty(day - timedelta(days=5 - i), f"00:00-{minutes // 60:02d}:{minutes % 60:02d}")
        for i, minutes in enumerate(split(int(row["earlier_week"])))
    ]
    paid = pay(
        [*earlier, duty(day, row["duty"], row["break"])],
        int(row["wage"]),
        PACK,
        horizon(),
        week_start=0,
        statutory_holidays={day} if row["holiday"] == "yes" else (),
        carried=overtime(int(row["earlier_overtime"])),
    )[-1]
    assert paid.cost == int(row["cost"])
    assert paid.overtime_minutes == int(row["overtime_minutes"])
    assert paid.night_minutes == int(row["night_minutes"])
    assert paid.holiday_minutes == int(row["holiday_minutes"])


def several(text: str) -> list[Duty]:
    """`0-4 09:00-18:00 12:00-13:00; 6 22:00-26:00`: days counted from the first Monday, hours, break."""
    duties = []
    for part in text.split(";"):
        days, *hours = part.split()
        first, _, last = days.partition("-")
        duties += [
            duty(MONDAY + timedelta(days=i), *hours) for i in range(int(first), int(last or first) + 1)
        ]
    return duties


@pytest.mark.parametrize("row", WEEKS, ids=lambda row: row["name"])
def test_weeks_worked_by_hand(row: dict[str, str]) -> None:
    """The sums stand in the file's notes; weeks begin on Monday."""
    given = {name: int(value) for name, _, value in (p.partition("=") for p in row["carried"].split())}
    paid = pay(
        several(row["duties"]),
        int(row["wage"]),
        load_pack(row["pack"]).choosing(*row["options"].split()),
        horizon(start=MONDAY + timedelta(days=int(row["start"]))),
        week_start=0,
        carried=Carried(**given),  # type: ignore[arg-type]
    )
    assert sum(line.cost for line in paid) == int(row["cost"])
    assert sum(line.overtime_minutes for line in paid) == int(row["overtime_minutes"])
    assert sum(line.double_minutes for line in paid) == int(row["double_minutes"])
    assert sum(line.holiday_minutes for line in paid) == int(row["holiday_minutes"])


def overtime(minutes: int) -> Carried:
    """So much overtime this month before the horizon."""
    return Carried(MonthHours(minutes), year_overtime_minutes=minutes)


def split(minutes: int) -> list[int]:
    """Eight hours a day until the minutes are used up."""
    whole, rest = divmod(minutes, 480)
    return [480] * whole + ([rest] if rest else [])


def test_hours_over_the_contract_but_inside_the_law_are_counted_apart() -> None:
    """A contract of 7.5 hours a day: of 9 hours, half an hour is extra without a premium, an hour overtime."""
    found = pay(
        [duty(MONDAY, "08:30-18:30", "12:00-13:00")], 1000, PACK, horizon(), contract_daily_minutes=450
    )
    assert (found[0].beyond_contract_minutes, found[0].overtime_minutes, found[0].cost) == (30, 60, 9250)


def test_overtime_of_a_month_starts_anew_with_the_next() -> None:
    """Sixty hours carried into February count in February only."""
    days = (date(2027, 2, 27), date(2027, 3, 1))
    found = pay(
        [duty(day, "09:00-19:00", "12:00-13:00") for day in days],
        1000,
        PACK,
        horizon(),
        carried=overtime(3600),
    )
    assert [line.cost for line in found] == [9500, 9250]


def test_the_week_begins_on_the_day_that_the_plan_names() -> None:
    """Six days of seven hours from Monday: 42 hours in a week from Monday, 35 + 7 in weeks from Saturday."""
    duties = [duty(MONDAY + timedelta(days=i), "09:00-16:00") for i in range(6)]
    from_monday = pay(duties, 1000, PACK, horizon(), week_start=0)
    from_saturday = pay(duties, 1000, PACK, horizon(), week_start=5)
    assert [line.overtime_minutes for line in from_monday] == [0] * 5 + [120]
    assert [line.overtime_minutes for line in from_saturday] == [0] * 6


def test_the_order_of_the_duties_given_does_not_matter() -> None:
    duties = [duty(MONDAY + timedelta(days=i), "08:00-18:00", "12:00-13:00") for i in range(6)]
    straight = pay(duties, 1234, PACK, horizon(), week_start=0)
    turned = pay(duties[::-1], 1234, PACK, horizon(), week_start=0)
    assert straight == turned[::-1]


@pytest.mark.parametrize(
    ("day", "hours", "worked", "night"),
    [(date(2026, 3, 28), "22:00-29:00", 360, 360), (date(2026, 10, 24), "22:00-29:00", 480, 480)],
    ids=["clocks go forward", "clocks go back"],
)
def test_a_night_of_a_clock_change_pays_the_time_that_passes(
    day: date, hours: str, worked: int, night: int
) -> None:
    found = pay([duty(day, hours, zone="Europe/Berlin")], 1000, PACK, horizon("Europe/Berlin", day))
    assert (found[0].paid_minutes, found[0].night_minutes) == (worked, night)


def test_a_named_statutory_holiday_is_paid_whether_or_not_another_day_is_free() -> None:
    days = [duty(MONDAY + timedelta(days=i), "09:00-10:00") for i in range(2)]
    found = pay(days, 1000, PACK, horizon(), statutory_holidays={MONDAY})
    assert [line.cost for line in found] == [1350, 1000]
    seven = [duty(MONDAY + timedelta(days=i), "09:00-10:00") for i in range(7)]
    none = pay(seven, 1000, PACK, horizon(), week_start=0, statutory_holidays=())
    assert sum(line.holiday_minutes for line in none) == 0


def test_a_law_without_holiday_pay_has_no_statutory_holidays() -> None:
    found = pay(
        [duty(MONDAY, "09:00-21:00")], 1000, load_pack("us-ca"), horizon(), statutory_holidays={MONDAY}
    )
    assert (found[0].holiday_minutes, found[0].overtime_minutes) == (0, 240)


def test_no_law_pays_the_plain_wage_for_everything() -> None:
    found = pay([duty(MONDAY + timedelta(days=i), "09:00-24:00") for i in range(7)], 1000, NO_LAW, horizon())
    assert [(line.cost, line.overtime_minutes, line.night_minutes) for line in found] == [(15000, 0, 0)] * 7


def test_pay_of_a_roster_uses_what_each_person_brings_and_their_contract() -> None:
    """A's sixty hours of overtime lie behind them; B's contract has seven and a half hours; C names a holiday."""
    agents = (
        Agent("A", "A", "q", "c", 1000, carried=overtime(3600)),
        Agent("B", "B", "q", "short", 1000),
        Agent("C", "C", "q", "c", 1000, statutory_holidays=frozenset({MONDAY})),
    )
    contracts = (Contract("c", 0, 40, 5, ()), Contract("short", 0, 40, 5, (), hours_day=7.5))
    site = horizon()
    problem = RosterProblem(site, site.grid(), agents, contracts, (), PACK, Prices(1))
    duties = tuple(duty(MONDAY, "09:00-19:00", "12:00-13:00", agent_id=name) for name in "ABC")
    found = pay_roster(Roster(duties), problem)
    assert [line.cost for line in found] == [9500, 9250, 12150]
    assert [line.beyond_contract_minutes for line in found] == [0, 30, 0]


def test_pay_of_a_roster_stands_beside_its_duties() -> None:
    agents = (Agent("A", "A", "q", "c", 1000), Agent("B", "B", "q", "c", 2000))
    contract = Contract("c", 0, 40, 5, ())
    site = horizon()
    problem = RosterProblem(site, site.grid(), agents, (contract,), (), PACK, Prices(1))
    duties = tuple(
        duty(MONDAY + timedelta(days=i), "09:00-10:00", agent_id=name) for i in range(2) for name in "BA"
    )
    found = pay_roster(Roster(duties), problem)
    assert [(line.agent_id, line.business_date, line.start) for line in found] == [
        (d.agent_id, d.business_date, d.start) for d in duties
    ]
    assert [line.cost for line in found] == [2000, 1000, 2000, 1000]


# ---- one minute at a time


def count_minutes(
    duties: list[Duty], wage: int, zone: ZoneInfo, week_start: int, holidays: set[date], carried: int
) -> list[tuple[int, int, int, int]]:
    """Cost, overtime, night and holiday minutes of each duty, each minute looked at by itself."""
    day: defaultdict[date, int] = defaultdict(int)
    week: defaultdict[date, int] = defaultdict(int)
    month: defaultdict[tuple[int, int], int] = defaultdict(int, {(MONDAY.year, MONDAY.month): carried})
    found = []
    for worked in duties:
        pays, over, nights, free_days = Fraction(0), 0, 0, 0
        moment = worked.start.astimezone(UTC)
        while moment < worked.end.astimezone(UTC):
            if not any(a.astimezone(UTC) <= moment < b.astimezone(UTC) for a, b in worked.breaks):
                wall = moment.astimezone(zone)
                rate = Fraction(1)
                if wall.hour >= 22 or wall.hour < 5:
                    nights += 1
                    rate += Fraction(1, 4)
                if wall.date() in holidays:
                    free_days += 1
                    rate += Fraction(35, 100)
                elif (
                    day[worked.business_date] >= 480
                    or week[week_of(worked.business_date, week_start)] >= 2400
                ):
                    key = (worked.business_date.year, worked.business_date.month)
                    rate += Fraction(1, 2) if month[key] >= 3600 else Fraction(1, 4)
                    month[key] += 1
                    over += 1
                    day[worked.business_date] += 1
                else:
                    week[week_of(worked.business_date, week_start)] += 1
                    day[worked.business_date] += 1
                pays += rate * wage / 60
            moment += timedelta(minutes=1)
        found.append((int(pays + Fraction(1, 2)), over, nights, free_days))
    return found


@st.composite
def some_duties(draw: st.DrawFn) -> list[Duty]:
    """Up to nine duties on different days that do not overlap, some with a break."""
    days = sorted(draw(st.sets(st.integers(0, 13), min_size=1, max_size=9)))
    duties = []
    for day in days:
        start = draw(st.integers(0, 1439))
        length = draw(st.integers(30, 840))
        pause = draw(st.none() | st.integers(1, length - 20))
        text = ""
        if pause is not None:
            text = f"{clock(start + pause)}-{clock(start + pause + 15)}"
        duties.append(duty(MONDAY + timedelta(days=day), f"{clock(start)}-{clock(start + length)}", text))
    return [b for a, b in pairwise([duties[0], *duties]) if a is b or a.end <= b.start]


def clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


@given(
    duties=some_duties(),
    wage=st.integers(900, 3000),
    week_start=st.integers(0, 6),
    holidays=st.sets(st.integers(0, 14), max_size=3),
    carried=st.sampled_from([0, 3500, 3600]),
)
def test_every_minute_is_paid_as_if_looked_at_by_itself(
    duties: list[Duty], wage: int, week_start: int, holidays: set[int], carried: int
) -> None:
    dates = {MONDAY + timedelta(days=i) for i in holidays}
    found = pay(
        duties,
        wage,
        PACK,
        horizon(),
        week_start,
        statutory_holidays=dates,
        carried=overtime(carried),
    )
    assert [
        (line.cost, line.overtime_minutes, line.night_minutes, line.holiday_minutes) for line in found
    ] == count_minutes(duties, wage, ZoneInfo("Asia/Tokyo"), week_start, dates, carried)
