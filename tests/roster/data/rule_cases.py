"""Every rule at its edge for the solver: a problem in which it costs nothing, and one in which it does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from staffing.horizon import Span
from staffing.labour.carried import Carried
from staffing.roster import RosterProblem
from staffing.roster.rules import (
    AllowedStarts,
    Apart,
    Availability,
    ConsecutiveDaysLeast,
    ConsecutiveDaysMost,
    ConsecutiveDaysOffLeast,
    ContractHours,
    ContractShiftsAWeek,
    ContractTemplates,
    DaysOff,
    DaysOffAfterNights,
    DaysOffInWindow,
    FixedDays,
    ForbiddenSuccession,
    HoursInPeriod,
    HoursInWindow,
    Leave,
    LeaveAllowance,
    MinimumOnDuty,
    MinimumRest,
    MinorsAtNight,
    NightsOnEndMost,
    Rule,
    Seats,
    ShiftsInPeriod,
    StableStarts,
    Together,
    WeekendsMost,
    WeekendsOnEndMost,
    WholeWeekends,
)
from staffing.roster.wishes import FixedDay, Request
from tests.roster.data.solve_desk import F8, L8, N6, S4, SUNDAY, agent, contract, desk

DAY = timedelta(days=1)
SATURDAY = SUNDAY + 6 * DAY
MORNING = "08:00-12:00"
WEEKENDS = ("", "", "", "", "", MORNING, MORNING)  # Monday first


@dataclass(frozen=True)
class RuleCase:
    """Two problems whose only rule of its own stands on either side of its edge.

    `free` is worth what it is without the rule; in `bound` the cheapest roster breaks it, and is dearer or impossible
    with it.
    """

    about: str
    free: RosterProblem
    bound: RosterProblem

    @property
    def rule(self) -> Rule:
        """The rule that binds."""
        return self.bound.rules[0]


def ruled(problem: RosterProblem, rule: Rule) -> RosterProblem:
    return replace(problem, rules=(rule,))


def open_on(**hours: str) -> list[str]:
    """Opening hours by weekday, closed where none are named."""
    return [hours.get(name, "") for name in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")]


def mornings(days: int, *people: object, **changes: object) -> RosterProblem:
    """Days from 08:00 to 12:00, one shift that fills them, and need for one more than there are people."""
    terms: dict[str, object] = {"templates": [S4], "hours": MORNING, "days": days, "need": len(people) or 1}
    return desk(*(people or (agent(),)), **(terms | changes))  # type: ignore[arg-type]


def asking(*weights: int) -> RosterProblem:
    """A day without need for anybody, and people who ask to have it off."""
    names = "ABC"[: len(weights)]
    wishes = [Request(name, SUNDAY, "off", weight) for name, weight in zip(names, weights, strict=True)]
    return replace(mornings(1, *(agent(name) for name in names), need=0), requests=tuple(wishes))


def case(about: str, problem: RosterProblem, free: Rule, bound: Rule) -> RuleCase:
    """The same problem with two parameters of a rule."""
    return RuleCase(about, ruled(problem, free), ruled(problem, bound))


def pair(about: str, rule: Rule, free: RosterProblem, bound: RosterProblem) -> RuleCase:
    """The same rule in two problems."""
    return RuleCase(about, ruled(free, rule), ruled(bound, rule))


TWO = (agent("A"), agent("B"))
NIGHTS = mornings(2, templates=[N6], hours="22:00-28:00")
CASES = (
    case(
        "eight o'clock is the first minute of the window, and a minute too early",
        desk(agent(), days=1, hours="08:00-17:00", templates=[F8]),
        AllowedStarts(windows=((480, 540),)),
        AllowedStarts(windows=((481, 1440), (0, 479))),
    ),
    case(
        "starts at 08:00 and at 12:00 of one week",
        mornings(2, hours=open_on(sun=MORNING, mon="12:00-16:00")),
        StableStarts(within_minutes=240),
        StableStarts(within_minutes=239),
    ),
    case(
        "22:00 of a day and 25:00 of the next, which is three hours later and not 21 earlier",
        mornings(
            2,
            templates=[
                replace(N6, length_minutes=180),
                replace(N6, code="S4", first_start_minute=1500, last_start_minute=1500, length_minutes=180),
            ],
            hours=open_on(sun="22:00-25:00", mon="25:00-28:00"),
        ),
        StableStarts(within_minutes=180),
        StableStarts(within_minutes=179),
    ),
    pair(
        "B begins when A ends, or both must take the same hours",
        Apart(pair=("A", "B")),
        mornings(1, *TWO, hours="08:00-16:00", need=1),
        mornings(1, *TWO),
    ),
    pair(
        "both are needed, or one alone",
        Together(pair=("A", "B")),
        mornings(1, *TWO),
        mornings(1, *TWO, need=1),
    ),
    case("three days on end", mornings(3), ConsecutiveDaysMost(days=3), ConsecutiveDaysMost(days=2)),
    case(
        "one day behind two that were worked before the plan",
        mornings(1, agent(carried=Carried(consecutive_days=2))),
        ConsecutiveDaysMost(days=3),
        ConsecutiveDaysMost(days=2),
    ),
    case(
        "a Monday between closed days",
        mornings(3, hours=open_on(mon=MORNING)),
        ConsecutiveDaysLeast(days=1),
        ConsecutiveDaysLeast(days=2),
    ),
    pair(
        "a run may be cut by the edge of the plan, not by a closed day",
        ConsecutiveDaysLeast(days=2),
        mornings(2, hours=open_on(mon=MORNING)),
        mornings(3, hours=open_on(mon=MORNING)),
    ),
    case(
        "one day off between two days of work",
        mornings(3, hours=open_on(sun=MORNING, tue=MORNING)),
        ConsecutiveDaysOffLeast(days=1),
        ConsecutiveDaysOffLeast(days=2),
    ),
    case(
        "three days of work in a window of three",
        mornings(3),
        DaysOffInWindow(window_days=3, days_off=0),
        DaysOffInWindow(window_days=3, days_off=1),
    ),
    pair(
        "a plan shorter than the window: its other days are off",
        DaysOffInWindow(window_days=4, days_off=2),
        mornings(2),
        mornings(3),
    ),
    pair(
        "the tail of a night takes its day",
        DaysOffInWindow(window_days=2, days_off=1),
        mornings(
            2,
            templates=[replace(N6, first_start_minute=1080, last_start_minute=1080)],
            hours=open_on(sun="18:00-24:00"),
        ),
        mornings(2, templates=[N6], hours=open_on(sun="22:00-28:00")),
    ),
    case(
        "a day off behind a night, and work on the next",
        mornings(3, templates=[N6, S4], hours=open_on(sun="22:00-28:00", tue=MORNING)),
        DaysOffAfterNights(days=1),
        DaysOffAfterNights(days=2),
    ),
    case("two nights on end", NIGHTS, NightsOnEndMost(nights=2), NightsOnEndMost(nights=1)),
    case(
        "six hours of the night are a night, a minute more is asked for",
        NIGHTS,
        NightsOnEndMost(nights=1, night_minutes=361),
        NightsOnEndMost(nights=1, night_minutes=360),
    ),
    case(
        "settled as the shift that is best anyway, and as off",
        mornings(1),
        FixedDays(days=(FixedDay("A", SUNDAY, "S4"),)),
        FixedDays(days=(FixedDay("A", SUNDAY, None),)),
    ),
    case(
        "settled as another shift than the best",
        desk(agent(), days=1, need=2),
        FixedDays(days=(FixedDay("A", SUNDAY, "F8"),)),
        FixedDays(days=(FixedDay("A", SUNDAY, "S4-0800"),)),
    ),
    case(
        "the same shift two days on end",
        mornings(2),
        ForbiddenSuccession(barred=frozenset({("S4-0800", "F8"), ("F8", "S4")})),
        ForbiddenSuccession(barred=frozenset({("S4", "S4-0800")})),
    ),
    case(
        "eight hours in two days against a minute less",
        mornings(2),
        HoursInPeriod(period="horizon", most_minutes=480),
        HoursInPeriod(period="horizon", most_minutes=479),
    ),
    case(
        "the second week of the plan holds one of its two days",
        mornings(2, start=SATURDAY),
        HoursInPeriod(period="horizon", most_minutes=480),
        HoursInPeriod(period="week", most_minutes=239),
    ),
    case(
        "nobody is needed, but a minute is asked for in each month",
        mornings(2, need=0),
        HoursInPeriod(period="month", least_minutes=0),
        HoursInPeriod(period="month", least_minutes=1),
    ),
    case(
        "two of three days hold eight hours",
        mornings(3),
        HoursInWindow(days=2, most_minutes=480),
        HoursInWindow(days=2, most_minutes=479),
    ),
    case(
        "two shifts of the type in the week",
        mornings(2),
        ShiftsInPeriod(period="week", shifts=frozenset({"S4"}), most=2),
        ShiftsInPeriod(period="week", shifts=frozenset({"S4-0800"}), most=1),
    ),
    case(
        "nobody is needed, but one shift is asked for",
        mornings(2, need=0),
        ShiftsInPeriod(period="horizon", shifts=frozenset({"F8"}), least=0),
        ShiftsInPeriod(period="horizon", least=1),
    ),
    case(
        "nobody is needed, but a supervisor is to be there",
        mornings(1, agent("A", tags=frozenset({"SV"})), agent("B"), need=0),
        MinimumOnDuty(tag="SV", least=0),
        MinimumOnDuty(tag="SV", least=1),
    ),
    pair(
        "one is needed and two are to be there, placed one after the other",
        MinimumOnDuty(tag="", least=2),
        mornings(1, *TWO),
        mornings(1, *TWO, need=1),
    ),
    case("two ask and two may", asking(500, 700), LeaveAllowance(most=2), LeaveAllowance(most=1)),
    pair(
        "who is on leave takes a place, and none with a wish for it besides",
        LeaveAllowance(most=2),
        replace(asking(600, 600), agents=(agent("A", leave=frozenset({SUNDAY})), agent("B"))),
        replace(asking(600, 600), agents=(*TWO, *(agent(n, leave=frozenset({SUNDAY})) for n in "CD"))),
    ),
    case(
        "a seat for each of two, and for one",
        mornings(1, *TWO),
        Seats(counts={(SUNDAY, "S4-0800"): 2}),
        Seats(counts={(SUNDAY, "S4-0800"): 1}),
    ),
    case("a shift without a seat", mornings(1), Seats(counts={(SUNDAY, "S4-0800"): 1}), Seats(counts={})),
    case(
        "two weekends",
        mornings(9, start=SATURDAY, hours=WEEKENDS),
        WeekendsMost(weekends=2),
        WeekendsMost(weekends=1),
    ),
    case(
        "two weekends on end",
        mornings(9, start=SATURDAY, hours=WEEKENDS),
        WeekendsOnEndMost(weekends=2),
        WeekendsOnEndMost(weekends=1),
    ),
    pair(
        "a Sunday that is closed",
        WholeWeekends(),
        mornings(2, start=SATURDAY),
        mornings(2, start=SATURDAY, hours=open_on(sat=MORNING)),
    ),
    pair(
        "a Saturday at the edge of the plan",
        WholeWeekends(),
        mornings(1, start=SATURDAY),
        mornings(3, start=SATURDAY - DAY, hours=open_on(fri=MORNING, sat=MORNING)),
    ),
    # standard rules, which a problem may make soft or off
    pair(
        "eleven hours of rest, and ten",
        MinimumRest(),
        mornings(
            2,
            templates=[L8, replace(F8, first_start_minute=540, last_start_minute=540)],
            hours=open_on(sun="13:00-22:00", mon="09:00-18:00"),
        ),
        mornings(
            2,
            templates=[L8, replace(F8, last_start_minute=480)],
            hours=open_on(sun="13:00-22:00", mon="08:00-17:00"),
        ),
    ),
    pair("six days of work, and seven", DaysOff(), mornings(6), mornings(7)),
    pair(
        "six nights and the plan ends: the last one's tail is the seventh day",
        DaysOff(),
        mornings(5, templates=[N6], hours="22:00-28:00"),
        mornings(6, templates=[N6], hours="22:00-28:00"),
    ),
    pair("a day of leave", Leave(), mornings(1), mornings(1, agent(leave=frozenset({SUNDAY})))),
    pair(
        "a contract without the shift",
        ContractTemplates(),
        mornings(1),
        mornings(1, contracts=[contract(shifts=("F8",))]),
    ),
    pair(
        "two shifts a week, and three",
        ContractShiftsAWeek(),
        mornings(2, contracts=[contract(max_shifts_week=2)]),
        mornings(3, contracts=[contract(max_shifts_week=2)]),
    ),
    pair(
        "four hours a week, and three",
        ContractHours(),
        mornings(1, contracts=[contract(max_hours_week=4)]),
        mornings(1, contracts=[contract(max_hours_week=3)]),
    ),
    pair(
        "nobody is needed, but the contract asks for a seventh of its hours",
        ContractHours(),
        mornings(1, need=0),
        mornings(1, need=0, contracts=[contract(min_hours_week=4)]),
    ),
    pair(
        "available until five, and until a minute to five",
        Availability(),
        *(
            desk(agent(available=((Span(480, until),),) * 7), days=1, hours="08:00-17:00", templates=[F8])
            for until in (1020, 1019)
        ),
    ),
    pair(
        "eighteen on the day, and a day too young",
        MinorsAtNight(),
        *(
            mornings(1, agent(birth_date=date(2009, *day)), templates=[N6], hours="22:00-28:00")
            for day in ((1, 31), (2, 1))
        ),
    ),
)
