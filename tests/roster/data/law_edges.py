"""The rules of single packs at their edge: overtime agreements, variable hours, minors, mean hours, meals, rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from staffing.labour import Carried, MonthHours, load_pack
from staffing.roster.problem import RosterProblem
from staffing.roster.roster import Duty
from tests.roster.data.check_desk import MONDAY, SUNDAY, agent, desk, duty, moment
from tests.roster.data.check_edges import Edge

DAY = timedelta(days=1)
TOKYO = "Asia/Tokyo"
JP = load_pack("jp-2023-04")
AGREED = JP.choosing("agreement")
SPECIAL = JP.choosing("agreement", "special_clause")
VARIABLE = JP.choosing("monthly_variable_hours")
PROPOSAL = load_pack("jp-proposal-2025").choosing("four_weeks_days_off")
EU = load_pack("eu-wtd-2003-88")
CALIFORNIA = load_pack("us-ca")
NO_RESTS = replace(CALIFORNIA, rest_periods=None)
BORN = date(2010, 1, 1)  # 17 years old on the desk's days
FOUR_WEEKS = SUNDAY + 27 * DAY


def bringing(pack: object = AGREED, **brought: object) -> RosterProblem:
    """A desk of one person who brings hours from before the horizon."""
    return desk(agent("A", carried=Carried(**brought)), pack=pack)  # type: ignore[arg-type]


def run(number: int, hours: str, *breaks: str, first: date = SUNDAY) -> tuple[Duty, ...]:
    """The same hours on so many days in a row."""
    return tuple(duty(first + i * DAY, hours, *breaks) for i in range(number))


def weekly(
    weeks: int, days: int, hours: str, *breaks: str, last: str, first: date = SUNDAY
) -> tuple[Duty, ...]:
    """So many days of each week from `first` on; the last of all has hours of its own."""
    dates = [first + (7 * week + i) * DAY for week in range(weeks) for i in range(days)]
    return (*(duty(day, hours, *breaks) for day in dates[:-1]), duty(dates[-1], last, *breaks))


def resting(given: Duty, *rests: str) -> Duty:
    """A duty with paid rests."""
    spans = (text.split("-") for text in rests)
    day = given.business_date
    return replace(given, paid_breaks=tuple((moment(day, a, TOKYO), moment(day, b, TOKYO)) for a, b in spans))


NINE = (duty(MONDAY, "09:00-19:00", "12:00-13:00"),)  # an hour of overtime
NINE_AND_ONE = (duty(MONDAY, "09:00-19:01", "12:00-13:00"),)

LAW_EDGES = [
    Edge(
        "minor_overtime",
        "a day, though an agreement is in force",
        (duty(MONDAY, "09:00-18:00", "12:00-13:00"),),
        (duty(MONDAY, "09:00-18:01", "12:00-13:00"),),
        desk(agent("A", birth_date=BORN), pack=AGREED),
        found="8:01",
        allowed="8:00",
    ),
    Edge(
        "minor_overtime",
        "a week of 40 hours where others may work 44",
        run(5, "09:00-18:00", "12:00-13:00"),
        (*run(5, "09:00-18:00", "12:00-13:00"), duty(SUNDAY + 5 * DAY, "09:00-09:01")),
        desk(agent("A", birth_date=BORN), pack=JP.choosing("small_workplace")),
        found="40:01",
    ),
    Edge(
        "law_week",
        "44 hours in a small workplace",
        (*run(5, "09:00-18:00", "12:00-13:00"), duty(SUNDAY + 5 * DAY, "09:00-13:00")),
        (*run(5, "09:00-18:00", "12:00-13:00"), duty(SUNDAY + 5 * DAY, "09:00-13:01")),
        desk(pack=JP.choosing("small_workplace")),
        allowed="44:00",
    ),
    Edge(
        "law_week",
        "32 hours of the running week were worked before the horizon",
        (duty(MONDAY + 2 * DAY, "09:00-18:00", "12:00-13:00"),),
        (duty(MONDAY + 2 * DAY, "09:00-17:00", "12:00-13:00"), duty(MONDAY + 3 * DAY, "09:00-10:01")),
        desk(agent("A", carried=Carried(week_minutes=1920)), start=MONDAY + 2 * DAY, pack=JP),
        found="40:01",
    ),
    Edge(
        "law_month",
        "February has 160 hours; ten hours a day are no fault",
        weekly(4, 4, "08:00-19:00", "12:00-13:00", last="08:00-19:00", first=MONDAY),
        weekly(4, 4, "08:00-19:00", "12:00-13:00", last="08:00-19:01", first=MONDAY),
        desk(pack=VARIABLE, end=FOUR_WEEKS),
        found="160:01",
        allowed="160:00",
    ),
    Edge(
        "law_month",
        "152 hours of the month were worked before the horizon",
        (duty(MONDAY, "09:00-18:00", "12:00-13:00"),),
        (duty(MONDAY, "09:00-18:01", "12:00-13:00"),),
        desk(agent("A", carried=Carried(month_worked_minutes=152 * 60)), start=MONDAY, pack=VARIABLE),
    ),
    Edge(
        "overtime_month",
        "45 hours, 44 of them carried in",
        NINE,
        NINE_AND_ONE,
        desk(
            agent("A", carried=Carried(MonthHours(2640), year_overtime_minutes=2640)),
            start=MONDAY,
            pack=AGREED,
        ),
        found="45:01",
        allowed="45:00",
    ),
    Edge(
        "overtime_month",
        "45 hours of a month's own, three a day",
        weekly(3, 5, "08:00-20:00", "12:00-13:00", last="08:00-20:00", first=MONDAY),
        weekly(3, 5, "08:00-20:00", "12:00-13:00", last="08:00-20:01", first=MONDAY),
        desk(pack=AGREED, end=FOUR_WEEKS),
    ),
    Edge(
        "overtime_months",
        "six months over 45 hours before, and the seventh",
        NINE,
        NINE_AND_ONE,
        desk(
            agent("A", carried=Carried(MonthHours(2640), year_overtime_minutes=30_000, months_over=6)),
            start=MONDAY,
            pack=SPECIAL,
        ),
        found="7",
        allowed="6",
    ),
    Edge(
        "overtime_year",
        "360 hours",
        NINE,
        NINE_AND_ONE,
        desk(agent("A", carried=Carried(year_overtime_minutes=21_540)), start=MONDAY, pack=AGREED),
        found="360:01",
        allowed="360:00",
    ),
    Edge(
        "overtime_year",
        "720 hours with a special clause",
        NINE,
        NINE_AND_ONE,
        desk(agent("A", carried=Carried(year_overtime_minutes=43_140)), start=MONDAY, pack=SPECIAL),
        allowed="720:00",
    ),
    Edge(
        "overtime_total",
        "a minute below 100 hours, a quarter of them on holidays",
        NINE,
        NINE_AND_ONE,
        desk(
            agent("A", carried=Carried(MonthHours(4439, 1500), year_overtime_minutes=4439)),
            start=MONDAY,
            pack=SPECIAL,
        ),
        found="100:00",
        allowed="below 100:00",
    ),
    Edge(
        "overtime_mean",
        "80 hours on the mean of two months",
        NINE,
        NINE_AND_ONE,
        desk(
            agent(
                "A",
                carried=Carried(MonthHours(4540), (MonthHours(4000, 1000),), year_overtime_minutes=8540),
            ),
            start=MONDAY,
            pack=SPECIAL,
        ),
        allowed="80:00",
    ),
    Edge(
        "overtime_mean",
        "80 hours on the mean of six months, the months between being quiet",
        NINE,
        NINE_AND_ONE,
        desk(
            agent(
                "A",
                carried=Carried(MonthHours(4740), (MonthHours(4800),) * 4 + (MonthHours(0, 4800),), 23_940),
            ),
            start=MONDAY,
            pack=SPECIAL,
        ),
    ),
    Edge(
        "days_off",
        "four days in four weeks",
        run(24, "09:00-13:00"),
        run(25, "09:00-13:00"),
        desk(pack=JP.choosing("four_weeks_days_off"), end=FOUR_WEEKS),
        found="3",
        allowed="4",
    ),
    Edge(
        "days_off",
        "three days of the week were worked before the horizon",
        run(3, "09:00-13:00", first=MONDAY + 2 * DAY),
        run(4, "09:00-13:00", first=MONDAY + 2 * DAY),
        desk(agent("A", carried=Carried(consecutive_days=3)), start=MONDAY + 2 * DAY, pack=JP),
    ),
    Edge(
        "rest",
        "since a duty before the horizon",
        (duty(SUNDAY, "09:00-13:00"),),
        (duty(SUNDAY, "08:59-13:00"),),
        bringing(replace(JP, soft=frozenset()), last_end=moment(SUNDAY - DAY, "22:00", TOKYO)),
        found="10:59",
    ),
    Edge(
        "consecutive_days",
        "thirteen days in a row",
        run(13, "09:00-13:00"),
        run(14, "09:00-13:00"),
        desk(pack=PROPOSAL, end=FOUR_WEEKS),
        found="14",
        allowed="13",
    ),
    Edge(
        "consecutive_days",
        "eight of them before the horizon",
        run(5, "09:00-13:00"),
        run(6, "09:00-13:00"),
        bringing(PROPOSAL, consecutive_days=8),
    ),
    Edge(
        "weekly_rest",
        "35 hours from Monday 13:00 to Wednesday",
        (
            *run(2, "09:00-13:00"),
            duty(MONDAY + 2 * DAY, "00:00-04:00"),
            *run(3, "09:00-13:00", first=MONDAY + 3 * DAY),
        ),
        (
            duty(SUNDAY, "09:00-13:00"),
            duty(MONDAY, "09:00-13:01"),
            duty(MONDAY + 2 * DAY, "00:00-04:00"),
            *run(3, "09:00-13:00", first=MONDAY + 3 * DAY),
        ),
        desk(pack=EU),
        found="34:59",
        allowed="35:00",
    ),
    Edge(
        "mean_week",
        "48 hours over two weeks",
        weekly(2, 4, "08:00-20:01", "12:00-12:01", last="08:00-20:01"),
        weekly(2, 4, "08:00-20:01", "12:00-12:01", last="08:00-20:15"),
        desk(pack=EU),
        found="48:07",
        allowed="48:00",
    ),
    Edge(
        "mean_week",
        "a week of leave neither raises nor lowers the mean",
        weekly(1, 4, "08:00-20:01", "12:00-12:01", last="08:00-20:01"),
        weekly(1, 4, "08:00-20:01", "12:00-12:01", last="08:00-20:02"),
        desk(agent("A", leave=frozenset(SUNDAY + (7 + i) * DAY for i in range(7))), pack=EU),
    ),
    Edge(
        "mean_night",
        "eight hours in 24 over four weeks of nights, four weeks off after them",
        weekly(4, 4, "20:00-32:01", "24:00-24:01", last="20:00-32:01"),
        weekly(4, 4, "20:00-32:01", "24:00-24:01", last="20:00-32:02"),
        desk(pack=EU, end=SUNDAY + 55 * DAY),
        allowed="8:00",
    ),
    Edge(
        "meal_break",
        "exactly five hours need no meal",
        (duty(MONDAY, "09:00-14:00"),),
        (duty(MONDAY, "09:00-14:01"),),
        desk(pack=NO_RESTS),
        found="0",
        allowed="1",
    ),
    Edge(
        "meal_break",
        "it begins with the end of the fifth hour",
        (duty(MONDAY, "09:00-17:30", "14:00-14:30"),),
        (duty(MONDAY, "09:00-17:30", "14:01-14:31"),),
        desk(pack=NO_RESTS),
        found="5:01",
        allowed="5:00",
    ),
    Edge(
        "meal_break",
        "29 minutes are no meal",
        (duty(MONDAY, "09:00-17:30", "12:00-12:30"),),
        (duty(MONDAY, "09:00-17:30", "12:00-12:29"),),
        desk(pack=NO_RESTS),
    ),
    Edge(
        "meal_break",
        "over ten hours of work need a second",
        (duty(MONDAY, "08:00-18:30", "12:00-12:30"),),
        (duty(MONDAY, "08:00-18:31", "12:00-12:30"),),
        desk(pack=NO_RESTS),
        found="1",
        allowed="2",
    ),
    Edge(
        "meal_break",
        "the second begins with the end of the tenth hour of work",
        (duty(MONDAY, "08:00-20:00", "12:00-12:30", "18:30-19:00"),),
        (duty(MONDAY, "08:00-20:00", "12:00-12:30", "18:31-19:01"),),
        desk(pack=NO_RESTS),
        found="10:01",
    ),
    Edge(
        "meal_break",
        "waived up to six hours",
        (duty(MONDAY, "09:00-15:00"),),
        (duty(MONDAY, "09:00-15:01"),),
        desk(pack=replace(CALIFORNIA.choosing("meal_waiver"), rest_periods=None)),
    ),
    Edge(
        "rest_period",
        "three and a half hours allow a rest",
        (duty(MONDAY, "09:00-12:29"),),
        (duty(MONDAY, "09:00-12:30"),),
        desk(pack=CALIFORNIA),
        found="0",
        allowed="1",
    ),
    Edge(
        "rest_period",
        "six hours allow one, a minute more two",
        (resting(duty(MONDAY, "09:00-15:30", "12:00-12:30"), "10:00-10:10"),),
        (resting(duty(MONDAY, "09:00-15:31", "12:00-12:30"), "10:00-10:10"),),
        desk(pack=CALIFORNIA),
        found="1",
        allowed="2",
    ),
    Edge(
        "rest_period",
        "nine minutes are no rest",
        (resting(duty(MONDAY, "09:00-13:00"), "10:00-10:10"),),
        (resting(duty(MONDAY, "09:00-13:00"), "10:00-10:09"),),
        desk(pack=CALIFORNIA),
    ),
    Edge(
        "breaks_at_once",
        "the other leaves as the break begins",
        (duty(MONDAY, "09:00-18:00", "12:00-13:00"), duty(MONDAY, "09:00-12:00", agent="B")),
        (duty(MONDAY, "09:00-18:00", "12:00-13:00"), duty(MONDAY, "09:00-12:01", agent="B")),
        desk(pack=JP.choosing("breaks_at_once")),
    ),
]
