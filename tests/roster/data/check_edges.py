"""For every rule of the checker: rosters that keep it by nothing, and rosters that break it alone by one unit."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from staffing.horizon import Span
from staffing.roster.problem import RosterProblem
from staffing.roster.roster import Duty
from staffing.shifts.template import ShiftTemplate
from tests.roster.data.check_desk import LAW, MONDAY, SATURDAY, SUNDAY, agent, desk, duty, free, templates

DAY = timedelta(days=1)
JERUSALEM = "Asia/Jerusalem"
NEW_YORK = "America/New_York"


@dataclass(frozen=True)
class Edge:
    """Duties that keep a rule by nothing, and duties that break that rule alone by one minute or one unit."""

    rule: str
    about: str
    kept: tuple[Duty, ...]
    broken: tuple[Duty, ...]
    problem: RosterProblem = field(default_factory=desk)
    found: str | None = None
    allowed: str | None = None


def week_of_duties(number: int, hours: str, *breaks: str) -> tuple[Duty, ...]:
    return tuple(duty(SUNDAY + i * DAY, hours, *breaks) for i in range(number))


TWENTY_HOURS = tuple(duty(MONDAY + i * DAY, "09:00-13:00") for i in range(5))

EDGES = [
    Edge(
        "unknown_agent",
        "someone the plan does not name",
        (duty(MONDAY, "09:00-13:00", agent="A"),),
        (duty(MONDAY, "09:00-13:00", agent="a"),),
        found="a",
    ),
    Edge(
        "runs_forward",
        "a duty of no length",
        (duty(MONDAY, "09:00-09:01"),),
        (duty(MONDAY, "09:00-09:00"),),
    ),
    Edge(
        "planned_days",
        "the last day and the day after",
        (duty(SUNDAY + 13 * DAY, "09:00-13:00"),),
        (duty(SUNDAY + 14 * DAY, "09:00-13:00"),),
    ),
    Edge(
        "planned_days",
        "the first day and the day before",
        (duty(SUNDAY, "09:00-13:00"),),
        (duty(SUNDAY - DAY, "09:00-13:00"),),
    ),
    Edge(
        "business_date",
        "the last minute of the business date",
        (duty(MONDAY, "23:59-28:00"),),
        (duty(MONDAY, "24:00-28:00"),),
    ),
    Edge(
        "business_date",
        "the first minute of the business date",
        (duty(MONDAY, "00:00-04:00"),),
        (Duty("A", MONDAY + DAY, "x", duty(MONDAY, "23:59-24:00").start, duty(MONDAY, "23:00-28:00").end),),
    ),
    Edge(
        "business_date",
        "past midnight while the business date's opening hours run",
        (duty(MONDAY, "25:59-26:00"),),
        (duty(MONDAY, "26:00-26:01"),),
        desk(weekly=[("22:00-26:00",), ("02:00-26:00",), *[("22:00-26:00",)] * 5]),
    ),
    Edge(
        "opening_hours",
        "a minute after closing",
        (duty(MONDAY, "09:00-13:00"),),
        (duty(MONDAY, "09:00-13:01"),),
        desk(hours=("09:00-13:00",)),
        found="1 min",
    ),
    Edge(
        "opening_hours",
        "a minute before opening",
        (duty(MONDAY, "09:00-13:00"),),
        (duty(MONDAY, "08:59-13:00"),),
        desk(hours=("09:00-13:00",)),
    ),
    Edge(
        "opening_hours",
        "over midnight",
        (duty(MONDAY, "22:00-26:00"),),
        (duty(MONDAY, "22:00-26:01"),),
        desk(hours=("22:00-26:00",)),
    ),
    Edge(
        "opening_hours",
        "a break may lie in a closed hour, work may not",
        (duty(MONDAY, "09:00-18:00", "12:00-13:00"),),
        (duty(MONDAY, "09:00-18:00", "12:01-13:01"),),
        desk(hours=("09:00-12:00", "13:00-18:00")),
    ),
    Edge(
        "opening_hours",
        "a date with hours of its own",
        (duty(MONDAY, "10:00-12:00"),),
        (duty(MONDAY, "10:00-12:01"),),
        desk(exceptions={MONDAY: (Span(600, 720),)}),
    ),
    Edge(
        "opening_hours",
        "a closed date",
        (duty(MONDAY + DAY, "00:00-01:00"),),
        (duty(MONDAY, "10:00-10:01"),),
        desk(exceptions={MONDAY: ()}),
    ),
    Edge(
        "shift_times",
        "a start one minute late",
        (duty(MONDAY, "09:00-18:00", "12:00-13:00", code="F8-0900"),),
        (duty(MONDAY, "09:01-18:01", "12:01-13:01", code="F8-0900"),),
    ),
    Edge(
        "shift_times",
        "an end one minute early",
        (duty(MONDAY, "09:00-18:00", "12:00-13:00", code="F8-0900"),),
        (duty(MONDAY, "09:00-17:59", "12:00-13:00", code="F8-0900"),),
    ),
    Edge(
        "contract_shifts",
        "a template that the contract does not name",
        (duty(MONDAY, "22:00-26:00", code="N4-2200"),),
        (duty(MONDAY, "09:00-18:00", "12:00-13:00", code="F8-0900"),),
        desk(contracts=(free(shifts=("N4",)),)),
        found="F8",
        allowed="N4",
    ),
    Edge(
        "break_inside",
        "a break that begins with the duty",
        (duty(MONDAY, "09:00-13:00", "09:01-09:16"),),
        (duty(MONDAY, "09:00-13:00", "09:00-09:15"),),
    ),
    Edge(
        "break_inside",
        "a break that ends with the duty",
        (duty(MONDAY, "09:00-13:00", "12:44-12:59"),),
        (duty(MONDAY, "09:00-13:00", "12:45-13:00"),),
    ),
    Edge(
        "break_inside",
        "a break after the duty",
        (duty(MONDAY, "09:00-13:00"),),
        (duty(MONDAY, "09:00-13:00", "13:00-13:15"),),
    ),
    Edge(
        "break_inside",
        "a break of no length",
        (duty(MONDAY, "09:00-13:00", "11:00-11:01"),),
        (duty(MONDAY, "09:00-13:00", "11:00-11:00"),),
    ),
    Edge(
        "break_overlap",
        "two breaks that touch, and that share a minute",
        (duty(MONDAY, "09:00-13:00", "10:00-10:15", "10:15-10:30"),),
        (duty(MONDAY, "09:00-13:00", "10:00-10:15", "10:14-10:30"),),
    ),
    Edge(
        "break_length",
        "exactly six hours need no break",
        (duty(MONDAY, "09:00-15:00"),),
        (duty(MONDAY, "09:00-15:01"),),
        found="0 min",
        allowed="45 min",
    ),
    Edge(
        "break_length",
        "over six hours need 45 minutes",
        (duty(MONDAY, "09:00-17:00", "12:00-12:45"),),
        (duty(MONDAY, "09:00-17:00", "12:00-12:44"),),
        found="44 min",
    ),
    Edge(
        "break_length",
        "exactly eight hours need 45 minutes, a split break counts in full",
        (duty(MONDAY, "09:00-17:45", "12:00-12:30", "15:00-15:15"),),
        (duty(MONDAY, "09:00-17:44", "12:00-12:30", "15:00-15:14"),),
        found="44 min",
        allowed="45 min",
    ),
    Edge(
        "break_length",
        "over eight hours need 60 minutes",
        (duty(MONDAY, "09:00-18:01", "12:00-13:00"),),
        (duty(MONDAY, "09:00-18:01", "12:00-12:59"),),
        desk(pack=replace(LAW, max_day_minutes=600)),
        found="59 min",
        allowed="60 min",
    ),
    Edge(
        "break_template",
        "a break one minute long of the template's",
        (duty(MONDAY, "09:00-18:00", "12:00-13:00", code="F8-0900"),),
        (duty(MONDAY, "09:00-18:00", "12:00-13:01", code="F8-0900"),),
        found="61",
        allowed="60",
    ),
    Edge(
        "break_template",
        "a break where the template has none",
        (duty(MONDAY, "22:00-26:00", code="N4-2200"),),
        (duty(MONDAY, "22:00-26:00", "23:00-23:01", code="N4-2200"),),
        found="1",
        allowed="0",
    ),
    Edge(
        "break_window",
        "a break before its window",
        (duty(MONDAY, "09:00-18:00", "12:00-13:00", code="F8-0900"),),
        (duty(MONDAY, "09:00-18:00", "11:59-12:59", code="F8-0900"),),
        found="179 min",
        allowed="180-300 min",
    ),
    Edge(
        "break_window",
        "a break after its window",
        (duty(MONDAY, "09:00-18:00", "14:00-15:00", code="F8-0900"),),
        (duty(MONDAY, "09:00-18:00", "14:01-15:01", code="F8-0900"),),
    ),
    Edge(
        "one_shift_a_day",
        "a second duty on one business date, more than the rest away",
        (duty(MONDAY, "00:00-01:00"), duty(MONDAY + DAY, "12:00-13:00")),
        (duty(MONDAY, "00:00-01:00"), duty(MONDAY, "12:00-13:00")),
    ),
    Edge(
        "rest",
        "eleven hours",
        (duty(MONDAY, "18:00-22:00"), duty(MONDAY + DAY, "09:00-13:00")),
        (duty(MONDAY, "18:00-22:00"), duty(MONDAY + DAY, "08:59-13:00")),
        found="10:59",
        allowed="11:00",
    ),
    Edge(
        "rest",
        "over midnight",
        (duty(MONDAY, "22:00-26:00"), duty(MONDAY + DAY, "13:00-17:00")),
        (duty(MONDAY, "22:00-26:01"), duty(MONDAY + DAY, "13:00-17:00")),
    ),
    Edge(
        "rest",
        "no rest at all between two business dates",
        (duty(MONDAY, "22:00-24:00"), duty(MONDAY + DAY, "11:00-12:00")),
        (duty(MONDAY, "22:00-24:00"), duty(MONDAY + DAY, "00:00-01:00")),
        found="0:00",
    ),
    Edge(
        "days_off",
        "a week of seven days",
        week_of_duties(6, "09:00-13:00"),
        week_of_duties(7, "09:00-13:00"),
        found="0",
        allowed="1",
    ),
    Edge(
        "days_off",
        "seven days running may lie in two working weeks",
        tuple(duty(MONDAY + i * DAY, "09:00-13:00") for i in range(12) if i != 6),
        tuple(duty(SUNDAY + i * DAY, "09:00-13:00") for i in range(12)),
    ),
    Edge(
        "days_off",
        "a duty that runs into the seventh day takes it",
        (*week_of_duties(5, "09:00-13:00"), duty(SUNDAY + 5 * DAY, "20:00-24:00")),
        (*week_of_duties(5, "09:00-13:00"), duty(SUNDAY + 5 * DAY, "20:00-24:01")),
        found="0",
    ),
    Edge(
        "days_off",
        "a duty that runs into the first day of the week takes it",
        (duty(SUNDAY, "20:00-24:00"), *(duty(MONDAY + i * DAY, "12:00-13:00") for i in range(1, 7))),
        (duty(SUNDAY, "20:00-24:01"), *(duty(MONDAY + i * DAY, "12:00-13:00") for i in range(1, 7))),
        desk(week_start=0),
        found="0",
    ),
    Edge(
        "leave",
        "the day before leave and the day itself",
        (duty(MONDAY, "09:00-13:00"),),
        (duty(MONDAY + DAY, "09:00-13:00"),),
        desk(agent("A", leave=frozenset({MONDAY + DAY}))),
    ),
    Edge(
        "minor_night",
        "work until 22:00",
        (duty(MONDAY, "18:00-22:00"),),
        (duty(MONDAY, "18:00-22:01"),),
        desk(agent("A", birth_date=date(2010, 1, 1))),
        found="1 min",
    ),
    Edge(
        "minor_night",
        "work from 05:00",
        (duty(MONDAY, "05:00-09:00"),),
        (duty(MONDAY, "04:59-09:00"),),
        desk(agent("A", birth_date=date(2010, 1, 1))),
    ),
    Edge(
        "minor_night",
        "the eighteenth birthday begins at midnight",
        (duty(MONDAY, "24:00-28:00"),),
        (duty(MONDAY, "23:59-28:00"),),
        desk(
            agent("A", birth_date=date(2009, 2, 2)),
            hours=("20:00-28:00",),
        ),
        found="1 min",
    ),
    Edge(
        "minor_night",
        "born on 29 February, of age on 1 March",
        (duty(date(2026, 3, 1), "01:00-02:00"),),
        (duty(date(2026, 2, 28), "01:00-02:00"),),
        desk(agent("A", birth_date=date(2008, 2, 29)), start=date(2026, 2, 22), end=date(2026, 3, 7)),
        found="60 min",
    ),
    Edge(
        "law_day",
        "eight hours",
        (duty(MONDAY, "09:00-18:00", "12:00-13:00"),),
        (duty(MONDAY, "09:00-18:01", "12:00-13:00"),),
        found="8:01",
        allowed="8:00",
    ),
    Edge(
        "law_day",
        "over midnight the work counts for the day it began",
        (duty(MONDAY, "20:00-29:00", "24:00-25:00"),),
        (duty(MONDAY, "20:00-29:01", "24:00-25:00"),),
    ),
    Edge(
        "law_week",
        "forty hours",
        week_of_duties(5, "09:00-18:00", "12:00-13:00"),
        (*week_of_duties(5, "09:00-18:00", "12:00-13:00"), duty(SUNDAY + 5 * DAY, "09:00-09:01")),
        found="40:01",
        allowed="40:00",
    ),
    Edge(
        "contract_max_hours",
        "the contract's most hours",
        week_of_duties(5, "09:00-13:00"),
        (*week_of_duties(4, "09:00-13:00"), duty(SUNDAY + 4 * DAY, "09:00-13:01")),
        desk(contracts=(free(max_hours_week=20),)),
        found="20:01",
        allowed="20:00",
    ),
    Edge(
        "contract_max_shifts",
        "the contract's most duties",
        week_of_duties(3, "09:00-13:00"),
        week_of_duties(4, "09:00-13:00"),
        desk(contracts=(free(max_shifts_week=3),)),
        found="4",
        allowed="3",
    ),
    Edge(
        "contract_min_hours",
        "the contract's least hours",
        TWENTY_HOURS,
        (*TWENTY_HOURS[:4], duty(MONDAY + 4 * DAY, "09:00-12:59")),
        desk(agent("A"), contracts=(free(min_hours_week=20),), end=SATURDAY),
        found="19:59",
        allowed="20:00",
    ),
    Edge(
        "contract_min_hours",
        "a day of leave takes a fifth",
        TWENTY_HOURS[:4],
        (*TWENTY_HOURS[:3], duty(MONDAY + 3 * DAY, "09:00-12:59")),
        desk(
            agent("A", leave=frozenset({SATURDAY, SATURDAY + DAY})),
            contracts=(free(min_hours_week=20),),
            end=SATURDAY,
        ),
        found="15:59",
        allowed="16:00",
    ),
    Edge(
        "contract_min_hours",
        "a day closed for once takes a fifth, one that is leave as well is taken once",
        TWENTY_HOURS[:4],
        (*TWENTY_HOURS[:3], duty(MONDAY + 3 * DAY, "09:00-12:59")),
        desk(
            agent("A", leave=frozenset({SATURDAY})),
            contracts=(free(min_hours_week=20),),
            end=SATURDAY,
            exceptions={SATURDAY: ()},
        ),
        allowed="16:00",
    ),
    Edge(
        "contract_min_hours",
        "a weekday that is always closed takes nothing",
        TWENTY_HOURS,
        (*TWENTY_HOURS[:4], duty(MONDAY + 4 * DAY, "09:00-12:59")),
        desk(
            agent("A"),
            contracts=(free(min_hours_week=20),),
            end=SATURDAY,
            weekly=[*[("00:00-24:00",)] * 5, (), ()],
            exceptions={SATURDAY: ()},
        ),
        allowed="20:00",
    ),
    Edge(
        "contract_min_hours",
        "three days of seven at the plan's edge ask for three sevenths",
        (duty(MONDAY, "09:00-13:00"), duty(MONDAY + DAY, "09:00-13:00"), duty(MONDAY - DAY, "09:00-13:00")),
        (duty(MONDAY, "09:00-13:00"), duty(MONDAY + DAY, "09:00-13:00"), duty(MONDAY - DAY, "09:00-12:59")),
        desk(agent("A"), contracts=(free(min_hours_week=28),), end=SUNDAY + 2 * DAY),
        found="11:59",
        allowed="12:00",
    ),
    Edge(
        "contract_min_hours",
        "at the edge never more than the longest shifts of the days that are left",
        (duty(MONDAY, "09:00-18:00", "12:00-13:00"),),
        (duty(MONDAY, "09:00-17:59", "12:00-13:00"),),
        desk(
            agent("A", leave=frozenset({SUNDAY})),  # 160 x 2 / 7 - 160 / 5 would be 13.7
            contracts=(free(min_hours_week=160),),
            end=MONDAY,
        ),
        found="7:59",
        allowed="8:00",
    ),
    # Clock changes: lengths are elapsed time.
    Edge(
        "rest",
        "the night clocks go forward has an hour less rest, Jerusalem 1999",
        (
            duty("1999-04-01", "16:00-20:00", zone=JERUSALEM),
            duty("1999-04-02", "08:00-12:00", zone=JERUSALEM),
        ),
        (
            duty("1999-04-01", "16:00-20:01", zone=JERUSALEM),
            duty("1999-04-02", "08:00-12:00", zone=JERUSALEM),
        ),
        desk(zone=JERUSALEM, start=date(1999, 3, 28), end=date(1999, 4, 3)),
        found="10:59",
    ),
    Edge(
        "rest",
        "the night clocks go back has an hour more rest, New York",
        (duty("2027-11-06", "19:00-23:00", zone=NEW_YORK), duty("2027-11-07", "09:00-13:00", zone=NEW_YORK)),
        (duty("2027-11-06", "19:00-23:01", zone=NEW_YORK), duty("2027-11-07", "09:00-13:00", zone=NEW_YORK)),
        desk(zone=NEW_YORK, start=date(2027, 10, 31), end=date(2027, 11, 13)),
        found="10:59",
    ),
    Edge(
        "law_day",
        "nine hours on the clock are ten while clocks go back, New York",
        (duty("2027-11-06", "22:00-30:00", "24:00-25:00", zone=NEW_YORK),),
        (duty("2027-11-06", "22:00-30:01", "24:00-25:00", zone=NEW_YORK),),
        desk(zone=NEW_YORK, start=date(2027, 10, 31), end=date(2027, 11, 13)),
        found="8:01",
    ),
    Edge(
        "law_day",
        "ten hours on the clock are nine while clocks go forward, New York",
        (duty("2027-03-13", "22:00-32:00", "24:00-25:00", zone=NEW_YORK),),
        (duty("2027-03-13", "22:00-32:01", "24:00-25:00", zone=NEW_YORK),),
        desk(zone=NEW_YORK, start=date(2027, 3, 7), end=date(2027, 3, 20)),
        found="8:01",
    ),
    Edge(
        "break_length",
        "the doubled hour makes six hours of five on the clock",
        (duty("2027-11-07", "00:00-05:00", zone=NEW_YORK),),
        (duty("2027-11-07", "00:00-05:01", zone=NEW_YORK),),
        desk(zone=NEW_YORK, start=date(2027, 11, 7), end=date(2027, 11, 13)),
    ),
    Edge(
        "break_length",
        "a break in the doubled hour is as long as the time that passes",
        (duty("2027-11-07", "00:00-06:00", "01:00-01:00b", zone=NEW_YORK),),
        (duty("2027-11-07", "00:00-06:00", "01:16-01:00b", zone=NEW_YORK),),
        desk(zone=NEW_YORK, start=date(2027, 11, 7), end=date(2027, 11, 13)),
        found="44 min",
    ),
    Edge(
        "shift_times",
        "a shift over the change keeps its length, not its end on the clock, Jerusalem 1999",
        (duty("1999-04-01", "22:00-31:00", "25:00-26:00", code="N8-2200", zone=JERUSALEM),),
        (duty("1999-04-01", "22:00-30:59", "25:00-26:00", code="N8-2200", zone=JERUSALEM),),
        desk(
            zone=JERUSALEM,
            start=date(1999, 3, 28),
            end=date(1999, 4, 3),
            shifts=templates(ShiftTemplate("N8", 1320, 1320, 30, 480, 60, 180, 240)),
            contracts=(free(shifts=("N8",)),),
        ),
    ),
    Edge(
        "opening_hours",
        "closing time on the clock, the night clocks go back",
        (duty("2027-11-06", "23:30-28:00", zone=NEW_YORK),),
        (duty("2027-11-06", "23:30-28:01", zone=NEW_YORK),),
        desk(zone=NEW_YORK, start=date(2027, 10, 31), end=date(2027, 11, 13), hours=("22:00-28:00",)),
    ),
]
