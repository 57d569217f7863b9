"""Random small problems with rules of every kind, and a brute force over all their rosters, judged by the checker."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

from hypothesis import strategies as st

from staffing.horizon import Span
from staffing.labour.carried import Carried
from staffing.roster import Duty, Roster, RosterProblem
from staffing.roster.check import CheckReport, check
from staffing.roster.placements import place_shifts
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
    EvenShare,
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
    ShiftsInPeriod,
    StableStarts,
    Together,
    WeekendsMost,
    WeekendsOnEndMost,
    WholeWeekends,
)
from staffing.roster.shift_demand import ShiftDemand
from staffing.roster.wishes import FixedDay, Published, Request
from staffing.shifts import ShiftTemplate
from tests.roster.data.solve_desk import SUNDAY, agent, contract, desk

DAY = timedelta(days=1)
TEMPLATES = (
    ShiftTemplate("D4", 540, 780, 240, 240),  # 09:00-13:00 or 13:00-17:00
    ShiftTemplate("E8", 480, 480, 60, 540, 60, 180, 240),  # 08:00-17:00
    ShiftTemplate("N6", 1260, 1320, 60, 360),  # 21:00-27:00 or 22:00-28:00
    ShiftTemplate("L3", 1500, 1500, 60, 180),  # 25:00-28:00
)
CODES = ("D4", "D4-0900", "E8", "N6", "N6-2200", "L3")
HOURS = (  # on weekdays and Saturdays, and on Sundays
    ("00:00-24:00", "00:00-24:00"),
    ("00:00-24:00", ""),
    ("08:00-17:00", "00:00-24:00"),
    ("08:00-28:00", "08:00-28:00"),
    ("08:00-28:00", ""),
    ("20:00-30:00", "08:00-20:00"),
)
PRICES = st.sampled_from((0, 1, 700, 3000, 20000))
FEW = st.integers(0, 3)
ONE_OR_MORE = st.integers(1, 3)
CODE_SETS = st.frozensets(st.sampled_from(CODES), min_size=1, max_size=2)
NAMES = "ABC"


def rule_parameters(
    names: str, days: tuple[date, ...]
) -> dict[type[Rule], st.SearchStrategy[dict[str, object]]]:
    """What each rule may be made with, beside kind, weight and people."""
    nights = st.sampled_from((60, 180, 300, 361))
    least_most = st.tuples(st.none() | FEW, st.none() | st.integers(0, 4)).map(
        lambda two: two if None in two or two[0] <= two[1] else two[::-1]  # type: ignore[operator]
    )
    found: dict[type[Rule], st.SearchStrategy[dict[str, object]]] = {
        AllowedStarts: st.fixed_dictionaries(
            {"windows": st.sampled_from((((540, 540),), ((480, 779), (1260, 1320)), ((0, 60),)))}
        ),
        StableStarts: st.fixed_dictionaries({"within_minutes": st.sampled_from((0, 60, 240, 600, 960))}),
        ConsecutiveDaysMost: st.fixed_dictionaries({"days": FEW}),
        ConsecutiveDaysLeast: st.fixed_dictionaries({"days": ONE_OR_MORE}),
        ConsecutiveDaysOffLeast: st.fixed_dictionaries({"days": ONE_OR_MORE}),
        DaysOffInWindow: st.sampled_from(((3, 1), (4, 2), (2, 1), (7, 3), (10, 8))).map(
            lambda two: {"window_days": two[0], "days_off": two[1]}
        ),
        DaysOffAfterNights: st.fixed_dictionaries({"days": ONE_OR_MORE, "night_minutes": nights}),
        NightsOnEndMost: st.fixed_dictionaries({"nights": FEW, "night_minutes": nights}),
        FixedDays: st.just({}),
        ForbiddenSuccession: st.frozensets(
            st.tuples(st.sampled_from(CODES), st.sampled_from(CODES)), min_size=1, max_size=3
        ).map(lambda barred: {"barred": barred}),
        HoursInPeriod: st.tuples(
            st.sampled_from(("week", "month", "horizon")),
            st.sampled_from((None, 200, 480)),
            st.sampled_from((None, 500, 1000)),
        ).map(lambda given: {"period": given[0], "least_minutes": given[1], "most_minutes": given[2]}),
        HoursInWindow: st.tuples(st.integers(1, 4), st.sampled_from((250, 480, 900))).map(
            lambda given: {"days": given[0], "most_minutes": given[1]}
        ),
        ShiftsInPeriod: st.tuples(
            st.sampled_from(("week", "month", "horizon")),
            st.frozensets(st.sampled_from(CODES), max_size=2),
            least_most,
        ).map(
            lambda given: {"period": given[0], "shifts": given[1], "least": given[2][0], "most": given[2][1]}
        ),
        MinimumOnDuty: st.fixed_dictionaries({"tag": st.sampled_from(("", "SV")), "least": ONE_OR_MORE}),
        LeaveAllowance: st.fixed_dictionaries({"most": FEW}),
        WeekendsMost: st.fixed_dictionaries({"weekends": st.integers(0, 1)}),
        WeekendsOnEndMost: st.fixed_dictionaries({"weekends": st.integers(0, 1)}),
        WholeWeekends: st.just({}),
        EvenShare: st.tuples(
            st.sampled_from(("nights", "weekends", "shifts")),
            CODE_SETS,
            st.lists(st.tuples(st.sampled_from(NAMES), FEW), max_size=2, unique_by=lambda pair: pair[0]),
        ).map(
            lambda given: {
                "of": given[0],
                "shifts": given[1] if given[0] == "shifts" else frozenset(),
                "history": tuple(given[2]),
            }
        ),
        **{
            kind: st.just({})
            for kind in (
                MinimumRest,
                DaysOff,
                Leave,
                ContractTemplates,
                ContractShiftsAWeek,
                ContractHours,
                Availability,
                MinorsAtNight,
            )
        },
    }
    if len(names) > 1:
        found |= {
            kind: st.permutations(names).map(lambda order: {"pair": tuple(order[:2])})
            for kind in (Apart, Together)
        }
    return found


@st.composite
def rules(draw: st.DrawFn, names: str, days: tuple[date, ...]) -> Rule:
    """Any rule, hard or soft or off, for everybody or for some."""
    parameters = rule_parameters(names, days)
    kind = draw(st.sampled_from(sorted(parameters, key=lambda found: found.__name__)))
    given = draw(parameters[kind])
    hardness = draw(
        st.sampled_from(
            ("soft", "soft", "off") if kind is EvenShare else ("hard", "hard", "soft", "soft", "off")
        )
    )
    if kind is FixedDays:
        given = {"days": draw(fixed_days(names, days))}
    if hardness == "soft":
        minute = kind in (HoursInPeriod, HoursInWindow, ContractHours, MinimumOnDuty)
        given = given | {"weight": draw(st.sampled_from((1, 7, 60)) if minute else PRICES)}
    if kind not in (Apart, Together) and draw(st.booleans()):
        given = given | {"people": draw(st.frozensets(st.sampled_from(names), min_size=1))}
    return kind(kind=hardness, **given)  # type: ignore[arg-type]


def fixed_days(names: str, days: tuple[date, ...]) -> st.SearchStrategy[tuple[FixedDay, ...]]:
    one = st.builds(
        FixedDay, st.sampled_from(names), st.sampled_from(days), st.none() | st.sampled_from(CODES)
    )
    return st.lists(one, min_size=1, max_size=2, unique_by=lambda fixed: (fixed.agent_id, fixed.day)).map(
        tuple
    )


@st.composite
def ruled_problems(draw: st.DrawFn, *, tiny: bool) -> RosterProblem:
    """One to three people, one to eight days, one to three kinds of shifts, some rules, wishes and the like."""
    names = draw(st.sampled_from(("A", "AB", "AB") if tiny else ("A", "AB", "ABC")))
    most_days = {"A": 4, "AB": 2}[names] if tiny else 8
    length = draw(st.integers(1, most_days))
    start = draw(st.sampled_from([SUNDAY + i * DAY for i in range(-2, 5)] + [date(2027, 2, 27)]))
    days = tuple(start + i * DAY for i in range(length))
    day, name = st.sampled_from(days), st.sampled_from(names)
    templates = draw(
        st.lists(
            st.sampled_from(TEMPLATES), min_size=1, max_size=2 if tiny else 3, unique_by=lambda t: t.code
        )
    )
    codes = tuple(template.code for template in templates)
    spans = st.sampled_from(
        ((), (Span(0, 1440),), (Span(480, 1020),), (Span(1200, 1800),), (Span(540, 780), Span(1260, 1700)))
    )
    people = [
        agent(
            one,
            contract=draw(st.sampled_from(("one", "two"))),
            wage=draw(st.sampled_from((1000, 1013, 1500))),
            leave=draw(st.frozensets(day, max_size=1)),
            birth_date=draw(st.sampled_from((None, None, date(2010, 1, 1)))),
            tags=draw(st.sampled_from((frozenset(), frozenset({"SV"})))),
            available=draw(st.none() | st.tuples(*[spans] * 7)),
            carried=draw(st.none() | st.integers(0, 4).map(lambda n: Carried(consecutive_days=n))),
        )
        for one in names
    ]
    contracts = [
        contract(
            name=one,
            min_hours_week=draw(st.sampled_from((0, 0, 0, 6, 12))),
            max_hours_week=draw(st.sampled_from((12, 20.5, 40))),
            max_shifts_week=draw(st.sampled_from((2, 3, 7))),
            shifts=codes if draw(st.integers(0, 3)) else codes[:1],
        )
        for one in ("one", "two")
    ]
    problem = desk(
        *people,
        contracts=contracts,
        templates=templates,
        hours=draw(st.sampled_from([[week] * 6 + [sunday] for week, sunday in HOURS])),
        days=length,
        start=start,
        need=draw(st.integers(0, 2)),
        price=draw(st.sampled_from((0, 1000, 1999, 6000))),
    )
    requests = st.builds(
        Request, name, day, st.sampled_from(("on", "off")), PRICES, st.none() | st.sampled_from(CODES)
    )
    published = st.tuples(name, day, st.none() | st.sampled_from(("D4-0900", "E8-0800", "N6-2200")))
    wanted = st.builds(ShiftDemand, day, st.sampled_from(CODES), FEW, PRICES, PRICES)
    return replace(
        problem,
        week_start=draw(st.sampled_from((0, 6))),
        rules=tuple(draw(st.lists(rules(names, days), max_size=4))),
        requests=tuple(draw(st.lists(requests, max_size=4))),
        fixed=draw(st.just(()) | st.just(()) | fixed_days(names, days)),
        published=draw(
            st.none()
            | st.builds(
                Published, st.lists(published, max_size=3, unique_by=lambda one: one[:2]).map(tuple), PRICES
            )
        ),
        shift_demand=tuple(draw(st.lists(wanted, max_size=2))),
    )


def every_roster(problem: RosterProblem) -> list[Roster]:
    """All rosters with at most one shift a person and day, each shift with each of its breaks."""
    zone = problem.horizon.zone
    choices: list[list[Duty | None]] = [
        [
            None,
            *(
                p.duty(one.agent_id, zone, *b)
                for p in placed
                for b in product(*(own.begins for own in p.pauses))
            ),
        ]
        for one in problem.agents
        for placed in place_shifts(problem)
    ]
    return [Roster(tuple(duty for duty in chosen if duty is not None)) for chosen in product(*choices)]


def best_by_force(problem: RosterProblem) -> int | None:
    """The least objective of all rosters that break no hard rule; None when there is none."""
    reports: list[CheckReport] = [check(roster, problem) for roster in every_roster(problem)]
    return min((report.objective for report in reports if report.passed), default=None)
