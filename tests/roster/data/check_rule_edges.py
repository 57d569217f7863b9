"""For every rule with parameters: rosters that keep it by nothing, and rosters that break it alone by one unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from staffing.horizon import Span
from staffing.labour.carried import Carried
from staffing.roster import rules
from staffing.roster.problem import RosterProblem
from staffing.roster.roster import Duty
from staffing.roster.wishes import FixedDay, Request
from staffing.shifts.template import ShiftTemplate
from tests.roster.data.check_desk import MONDAY, SATURDAY, SUNDAY, agent, desk, duty, free, templates
from tests.roster.data.check_edges import Edge

DAY = timedelta(days=1)
TUESDAY, WEDNESDAY, THURSDAY = (MONDAY + i * DAY for i in (1, 2, 3))
MORNING, NIGHT = "09:00-13:00", "22:00-26:00"
CODED = desk(
    contracts=[free(shifts=("M4", "A4", "N4"))],
    shifts=templates(
        ShiftTemplate("M4", 540, 600, 60, 240),
        ShiftTemplate("A4", 780, 780, 60, 240),
        ShiftTemplate("N4", 1320, 1320, 60, 240),
    ),
)


def ruled(*own: rules.Rule, problem: RosterProblem | None = None) -> RosterProblem:
    return replace(problem or desk(), rules=own)


def days(*worked: date, hours: str = MORNING, agent: str = "A", code: str = "elsewhere") -> tuple[Duty, ...]:
    return tuple(duty(day, hours, agent=agent, code=code) for day in worked)


def span(first: date, number: int) -> tuple[date, ...]:
    return tuple(first + i * DAY for i in range(number))


FROM_TUESDAY = span(TUESDAY, 4)
RULE_EDGES = [
    Edge(
        "allowed_starts",
        "the last minute of the window",
        (duty(MONDAY, "09:30-13:00"),),
        (duty(MONDAY, "09:31-13:00"),),
        ruled(rules.AllowedStarts(windows=((540, 570),))),
        found="09:31",
        allowed="09:00-09:30",
    ),
    Edge(
        "stable_starts",
        "an hour apart, and a week later more",
        (*days(MONDAY, SATURDAY), duty(TUESDAY, "10:00-13:00"), duty(SUNDAY + 7 * DAY, "15:00-16:00")),
        (*days(MONDAY, SATURDAY), duty(TUESDAY, "10:01-13:00")),
        ruled(rules.StableStarts(within_minutes=60)),
        found="61 min",
    ),
    Edge(
        "availability",
        "the last minute of the span, on that weekday",
        (duty(MONDAY, MORNING), duty(TUESDAY, "09:00-15:00")),
        (duty(MONDAY, "09:00-13:01"), duty(TUESDAY, "09:00-15:00")),
        desk(agent(available=((Span(540, 780),), (Span(0, 1440),), *[()] * 5))),
        allowed="09:00-13:00",
    ),
    Edge(
        "consecutive_days_most",
        "four days on end",
        days(*FROM_TUESDAY),
        days(MONDAY, *FROM_TUESDAY),
        ruled(rules.ConsecutiveDaysMost(days=4)),
        found="5",
    ),
    Edge(
        "consecutive_days_most",
        "days before the plan count",
        days(SUNDAY, MONDAY),
        days(SUNDAY, MONDAY, TUESDAY),
        ruled(rules.ConsecutiveDaysMost(days=4), problem=desk(agent(carried=Carried(consecutive_days=2)))),
        found="5",
    ),
    Edge(
        "consecutive_days_least",
        "two days on end, and one at the edge",
        days(SUNDAY, TUESDAY, WEDNESDAY),
        days(SUNDAY, TUESDAY, THURSDAY, THURSDAY + DAY),
        ruled(rules.ConsecutiveDaysLeast(days=2)),
        found="1",
    ),
    Edge(
        "consecutive_days_off_least",
        "two days off between, and one at the edge",
        days(MONDAY, THURSDAY),
        days(MONDAY, WEDNESDAY),
        ruled(rules.ConsecutiveDaysOffLeast(days=2)),
        found="1",
    ),
    Edge(
        "days_off_in_window",
        "two days off in each four, without a night's tail",
        (*days(SUNDAY), duty(MONDAY, "20:00-24:00")),
        (*days(SUNDAY), duty(MONDAY, "20:00-24:01")),
        ruled(rules.DaysOffInWindow(window_days=4, days_off=2), problem=desk(end=SUNDAY + 4 * DAY)),
        found="1",
    ),
    Edge(
        "forbidden_succession",
        "the day after, and two days after",
        (duty(MONDAY, "13:00-17:00", code="A4-1300"), duty(WEDNESDAY, MORNING, code="M4-0900")),
        (duty(MONDAY, "13:00-17:00", code="A4-1300"), duty(TUESDAY, MORNING, code="M4-0900")),
        ruled(rules.ForbiddenSuccession(barred=frozenset({("A4", "M4-0900")})), problem=CODED),
        found="M4-0900",
    ),
    Edge(
        "nights_on_end_most",
        "two nights, the third of a minute less than three hours",
        (*days(MONDAY, TUESDAY, hours=NIGHT), duty(WEDNESDAY, "22:00-24:59")),
        (*days(MONDAY, TUESDAY, hours=NIGHT), duty(WEDNESDAY, "22:00-25:00")),
        ruled(rules.NightsOnEndMost(nights=2)),
        found="3",
    ),
    Edge(
        "days_off_after_nights",
        "two days behind the last of two nights",
        (*days(MONDAY, TUESDAY, hours=NIGHT), duty(TUESDAY + 3 * DAY, MORNING)),
        (*days(MONDAY, TUESDAY, hours=NIGHT), duty(THURSDAY, MORNING)),
        ruled(rules.DaysOffAfterNights(days=2)),
        found="1",
    ),
    Edge(
        "weekends_most",
        "the Sunday the plan begins with is a weekend",
        days(SUNDAY, MONDAY),
        days(SUNDAY, SATURDAY),
        ruled(rules.WeekendsMost(weekends=1)),
        found="2",
    ),
    Edge(
        "weekends_on_end_most",
        "every other weekend",
        days(SUNDAY, SATURDAY + 7 * DAY),
        days(SUNDAY, SATURDAY + DAY),
        ruled(rules.WeekendsOnEndMost(weekends=1)),
        found="2",
    ),
    Edge(
        "whole_weekends",
        "both days, and a weekend that the plan cuts",
        days(SUNDAY, SATURDAY, SATURDAY + DAY),
        days(SUNDAY, SATURDAY),
        ruled(rules.WholeWeekends()),
    ),
    Edge(
        "hours_in_period",
        "eight hours a week",
        days(MONDAY, TUESDAY),
        (*days(MONDAY), duty(TUESDAY, "09:00-13:01")),
        ruled(rules.HoursInPeriod(period="week", most_minutes=480)),
        found="8:01",
    ),
    Edge(
        "hours_in_period",
        "a month that ends with the first day",
        days(SUNDAY, MONDAY),
        (duty(SUNDAY, "09:00-12:59"), *days(MONDAY)),
        ruled(rules.HoursInPeriod(period="month", least_minutes=240, people=frozenset("A"))),
        found="3:59",
    ),
    Edge(
        "hours_in_window",
        "eight hours in three days",
        days(MONDAY, WEDNESDAY, THURSDAY + DAY),
        (duty(MONDAY, "08:59-13:00"), *days(WEDNESDAY)),
        ruled(rules.HoursInWindow(days=3, most_minutes=480), problem=desk(start=MONDAY, end=THURSDAY + DAY)),
        found="8:01",
    ),
    Edge(
        "shifts_in_period",
        "one of the type in the plan, at any start",
        (*days(MONDAY, code="M4-0900"), duty(TUESDAY, "13:00-17:00", code="A4-1300")),
        (*days(MONDAY, code="M4-0900"), duty(TUESDAY, "10:00-14:00", code="M4-1000")),
        ruled(rules.ShiftsInPeriod(period="horizon", shifts=frozenset({"M4"}), most=1), problem=CODED),
        found="2",
    ),
    Edge(
        "together",
        "the same shift",
        (*days(MONDAY), *days(MONDAY, agent="B")),
        (*days(MONDAY), *days(TUESDAY, MONDAY, agent="B")),
        ruled(rules.Together(pair=("A", "B"))),
    ),
    Edge(
        "apart",
        "one comes when the other goes, after midnight",
        (duty(MONDAY, "22:00-26:00"), duty(TUESDAY, "02:00-06:00", agent="B")),
        (duty(MONDAY, "22:00-26:00"), duty(TUESDAY, "01:59-06:00", agent="B")),
        ruled(rules.Apart(pair=("A", "B"))),
        found="1 min",
    ),
    Edge(
        "minimum_on_duty",
        "handed over to the minute, breaks left in",
        (duty(MONDAY, MORNING, "10:00-10:30"), duty(MONDAY, "13:00-17:00", agent="B")),
        (duty(MONDAY, MORNING, "10:00-10:30"), duty(MONDAY, "13:01-17:00", agent="B")),
        ruled(
            rules.MinimumOnDuty(tag="", least=1),
            problem=desk(start=MONDAY, end=MONDAY, hours=("09:00-17:00",)),
        ),
        found="-1 min",
    ),
    Edge(
        "leave_allowance",
        "a wish can be denied, but at a price above the rule's it is not",
        days(MONDAY, agent="B"),
        (),
        replace(
            ruled(rules.LeaveAllowance(most=1, kind="soft", weight=10)),
            requests=(Request("A", MONDAY, "off", 11), Request("B", MONDAY, "off", 11)),
        ),
        found="+1",
    ),
    Edge(
        "seats",
        "one seat",
        days(MONDAY, code="M4-0900"),
        (*days(MONDAY, code="M4-0900"), *days(MONDAY, code="M4-0900", agent="B")),
        ruled(rules.Seats(counts={(MONDAY, "M4-0900"): 1}), problem=CODED),
        found="2",
    ),
    Edge(
        "fixed_day",
        "the template at any start",
        (duty(MONDAY, "10:00-14:00", code="M4-1000"),),
        (duty(MONDAY, "13:00-17:00", code="A4-1300"),),
        replace(CODED, fixed=(FixedDay("A", MONDAY, "M4"), FixedDay("A", TUESDAY, None))),
        found="A4-1300",
        allowed="M4",
    ),
]
