"""The checker's own wages, minutes, cover and comparison with what a file states."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from staffing.roster.check import Claim, check
from staffing.roster.roster import Duty
from tests.roster.data.check_desk import MONDAY, agent, desk, duty, roster

DAY = timedelta(days=1)
VECTORS = (Path(__file__).parent / "data" / "wage_vectors.csv").read_text(encoding="utf-8")
JUDGED = date(2027, 2, 26)  # a Friday, in a working week of its own


def earlier_duties(name: str) -> list[Duty]:
    """Duties before the judged one: overtime collected in the weeks before, or forty hours in its own week."""
    if name == "forty":
        return [duty(JUDGED - i * DAY, "09:00-18:00", "12:00-13:00") for i in range(1, 6)]
    if not name:
        return []
    mondays = (date(2027, 2, 1) + i * 7 * DAY for i in range(3))
    days = [monday + i * DAY for monday in mondays for i in range(4)]  # twelve days of 8 + 5 hours
    last = "09:00-23:00" if name == "sixty" else "09:00-22:30"
    return [duty(day, "09:00-23:00" if day != days[-1] else last, "12:00-13:00") for day in days]


@pytest.mark.parametrize("row", list(csv.DictReader(VECTORS.splitlines())), ids=lambda row: row["name"])
def test_wages_follow_the_published_figures(row: dict[str, str]) -> None:
    judged = duty(JUDGED, *row["duty"].split())
    problem = desk(agent(wage=int(row["wage"])), start=date(2027, 1, 31), end=date(2027, 2, 27))
    pay = check(roster(*earlier_duties(row["earlier"]), judged), problem).pay[-1]
    assert pay is not None
    assert pay.cost == int(row["expected_cost"])
    assert pay.overtime_minutes == int(row["expected_overtime_minutes"])
    assert pay.night_minutes == int(row["expected_night_minutes"])


@pytest.mark.parametrize(
    ("zone", "day", "night", "paid"),
    [
        ("Asia/Tokyo", "2027-03-13", 420, 480),
        ("Asia/Jerusalem", "1999-04-01", 360, 420),  # 02:00 on 2 April became 03:00
        ("America/New_York", "2027-03-13", 360, 420),  # 02:00 on 14 March became 03:00
        ("America/New_York", "2027-11-06", 480, 540),  # 02:00 on 7 November became 01:00
    ],
)
def test_night_minutes_are_those_that_pass(zone: str, day: str, night: int, paid: int) -> None:
    first = date.fromisoformat(day)
    problem = desk(zone=zone, start=first, end=first)
    pay = check(roster(duty(day, "22:00-30:00", zone=zone)), problem).pay[0]
    assert pay is not None
    assert (pay.night_minutes, pay.paid_minutes) == (night, paid)


def test_breaks_at_night_are_not_paid_nor_counted_as_night() -> None:
    pay = check(roster(duty(MONDAY, "20:00-26:00", "21:30-22:30")), desk()).pay[0]
    assert pay is not None
    assert (pay.paid_minutes, pay.night_minutes) == (300, 210)


def test_a_months_overtime_starts_anew_with_the_month() -> None:
    long = [duty(date(2027, 2, 15) + i * DAY, "09:00-23:00", "12:00-13:00") for i in range(12)]
    problem = desk(start=date(2027, 2, 14), end=date(2027, 3, 13))
    in_february = check(roster(*long, duty(date(2027, 2, 28), "09:00-19:00", "12:00-13:00")), problem).pay[-1]
    in_march = check(roster(*long, duty(date(2027, 3, 1), "09:00-19:00", "12:00-13:00")), problem).pay[-1]
    assert in_february is not None
    assert in_march is not None
    assert in_february.cost == 9500  # weeks of six such days bring overtime beyond 40 hours as well
    assert in_march.cost == 9250


def test_totals_are_the_sums_over_known_agents() -> None:
    problem = desk(agent("A", wage=1000), agent("B", wage=2000), agent("C", wage=3000))
    given = roster(
        duty(MONDAY, "21:00-23:00", agent="A"),
        duty(MONDAY, "09:00-10:00", agent="B"),
        duty(MONDAY, "09:00-10:00", agent="stranger"),
    )
    report = check(given, problem)
    assert report.wages_by_agent == {"A": 2250, "B": 2000, "C": 0}
    assert (report.wages, report.paid_minutes, report.night_minutes, report.overtime_minutes) == (
        4250,
        180,
        60,
        0,
    )
    assert sum(pay is None for pay in report.pay) == 1


def test_cover_counts_people_on_the_floor_and_shortage_is_priced_by_the_hour() -> None:
    problem = desk(hours=("09:00-11:00",), start=MONDAY, end=MONDAY, need=2, shortage_per_hour=6000)
    given = roster(duty(MONDAY, "09:00-11:00", "10:00-10:30"), duty(MONDAY, "09:30-11:00", agent="B"))
    report = check(given, problem)
    assert report.cover["on_floor"].tolist() == [1, 2, 1, 2]
    assert report.cover["short_minutes"].tolist() == [30, 0, 30, 0]
    assert report.shortage_hours == {"q": 1.0}
    assert report.shortage_cost == 6000
    assert report.wages == 1500 + 1500
    assert report.objective == 9000


def test_cover_sees_a_gap_inside_an_interval_that_two_people_share() -> None:
    problem = desk(hours=("09:00-09:30",), start=MONDAY, end=MONDAY, need=1)
    meet = roster(duty(MONDAY, "09:00-09:10"), duty(MONDAY, "09:10-09:30", agent="B"))
    apart = roster(duty(MONDAY, "09:00-09:10"), duty(MONDAY, "09:11-09:30", agent="B"))
    assert check(meet, problem).cover[["on_floor", "short_minutes"]].to_numpy().tolist() == [[1, 0]]
    assert check(apart, problem).cover[["on_floor", "short_minutes"]].to_numpy().tolist() == [[0, 1]]
    assert check(apart, problem).shortage_cost == 100  # a minute at 6,000 an hour


def test_more_people_than_needed_at_one_time_make_up_for_no_other() -> None:
    problem = desk(hours=("09:00-10:00",), start=MONDAY, end=MONDAY, need=1)
    given = roster(duty(MONDAY, "09:00-09:30"), duty(MONDAY, "09:00-09:30", agent="B"))
    assert check(given, problem).cover["short_minutes"].tolist() == [0, 30]


def test_people_cover_their_own_queue_only() -> None:
    problem = desk(
        agent("A"), agent("B", queue="other"), hours=("09:00-10:00",), start=MONDAY, end=MONDAY, need=1
    )
    report = check(roster(duty(MONDAY, "09:00-10:00", agent="B")), problem)
    assert report.cover["on_floor"].tolist() == [0, 0]


def test_cover_is_counted_in_both_passes_of_a_doubled_hour() -> None:
    zone = "America/New_York"
    day = date(2027, 11, 7)
    problem = desk(zone=zone, hours=("00:00-03:00",), start=day, end=day, need=1, interval_minutes=60)
    report = check(roster(duty(day, "00:00-01:00b", zone=zone)), problem)
    assert report.cover["on_floor"].tolist() == [1, 1, 0, 0]


def test_an_empty_roster_is_lawful_and_leaves_every_interval_short() -> None:
    report = check(roster(), desk(hours=("09:00-10:00",), start=MONDAY, end=MONDAY, need=3))
    assert report.passed
    assert report.cover["short_minutes"].tolist() == [90, 90]
    assert report.objective == report.shortage_cost == 18000


STATED = Claim(paid_minutes=120, overtime_minutes=0, night_minutes=60, cost=2250)


def test_figures_stated_rightly_or_not_at_all_are_no_violation() -> None:
    given = roster(duty(MONDAY, "21:00-23:00"))
    for claim in (STATED, Claim(), Claim(cost=2250)):
        assert check(given, desk(), claimed=[claim]).passed


@pytest.mark.parametrize(
    ("column", "right"),
    [("paid_minutes", 120), ("overtime_minutes", 0), ("night_minutes", 60), ("cost", 2250)],
)
@pytest.mark.parametrize("off_by", [-1, 1])
def test_a_figure_off_by_one_names_its_column(column: str, right: int, off_by: int) -> None:
    claim = Claim(**(vars(STATED) | {column: right + off_by}))
    report = check(roster(duty(MONDAY, "21:00-23:00")), desk(), claimed=[claim])
    hard = [violation for violation in report.violations if violation.severity == "hard"]
    assert [violation.rule for violation in hard] == [f"claimed_{column}"]
    assert (hard[0].found, hard[0].allowed) == (str(right + off_by), str(right))
    assert f"column {column} says" in str(hard[0].wording)


def test_claims_must_stand_beside_the_duties() -> None:
    with pytest.raises(ValueError, match="shorter"):
        check(roster(duty(MONDAY, "21:00-23:00")), desk(), claimed=[])
