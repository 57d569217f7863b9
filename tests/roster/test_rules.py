"""Each rule at its edge: a day's work that it lets through, and one that it stops.

Every case is a desk so short of people that the solver takes all the work the rules allow; the case says how many
hours that is when the rule does not bind, and how many when it does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from staffing.errors import ConfigError
from staffing.horizon import Span
from staffing.labour import available_packs, load_pack
from staffing.labour.carried import Carried, MonthHours
from staffing.roster import Agent, RosterProblem, RosterResult, solve
from staffing.roster.check import check
from staffing.roster.rules import (
    Availability,
    ContractHours,
    ContractShiftsAWeek,
    ContractTemplates,
    DaysOff,
    Leave,
    LegalBreaks,
    LegalDay,
    LegalMean,
    LegalRun,
    LegalWeek,
    MinimumRest,
    MinorsAtNight,
    MinorsOvertime,
    NoOverlap,
    OneShiftADay,
    OvertimeCaps,
    WeeklyRest,
    standard_rules,
)
from staffing.roster.rules.minors import is_adult
from staffing.shifts import ShiftTemplate
from tests.roster.data.solve_desk import AMPLE, F8, L8, N6, PACK, S4, SUNDAY, agent, contract, desk

DAY = timedelta(days=1)
ROUND_THE_CLOCK = "00:00-24:00"
ALL_DAY = Span.parse(ROUND_THE_CLOCK)
EU = load_pack("eu-wtd-2003-88")
UNTIL_SATURDAY_AT_SIX = (*[ROUND_THE_CLOCK] * 5, "00:00-06:00", ROUND_THE_CLOCK)  # Monday first


def solved(problem: RosterProblem, **options: object) -> RosterResult:
    """The proven best roster, passed by the checker."""
    result = solve(problem, gap=0.0, seconds=AMPLE, **options)  # type: ignore[arg-type]
    assert result.status == "optimal"
    assert check(result.roster, problem).violations == ()
    return result


def worked(problem: RosterProblem) -> float:
    """Hours of work in the best roster."""
    report = check(solved(problem).roster, problem)
    return report.paid_minutes / 60


@dataclass(frozen=True)
class Edge:
    """Two problems a hair apart: the hours worked where the rule does not bind, and where it does."""

    rule: type
    about: str
    free: RosterProblem
    free_hours: float
    bound: RosterProblem
    bound_hours: float


def one_day(**changes: object) -> RosterProblem:
    """A Sunday with need for two, and one person who wants to do it all."""
    terms: dict[str, object] = {"days": 1, "need": 2}
    return desk(agent(), **(terms | changes))  # type: ignore[arg-type]


def week(**changes: object) -> RosterProblem:
    """A week with need for two, and one person who wants to do it all."""
    terms: dict[str, object] = {"days": 7, "need": 2}
    people = changes.pop("agents", [agent()])
    return desk(*people, **(terms | changes))  # type: ignore[arg-type,misc]


def overtime_before(hours: int) -> Agent:
    """Somebody with hours of overtime behind them this month."""
    carried = Carried(month=MonthHours(overtime_minutes=hours * 60), year_overtime_minutes=hours * 60)
    return agent(carried=carried)


T10 = ShiftTemplate("T10", 480, 480, 60, 660, 60, 180, 300)  # ten hours of work


def by_agreement(**changes: object) -> RosterProblem:
    """A day on which ten hours may be worked, since overtime has been agreed on."""
    terms = contract(max_hours_week=60, shifts=("T10", "S4"))
    problem = desk(agent(**changes), templates=[T10, S4], contracts=[terms], days=1, need=2)
    return replace(problem, pack=PACK.choosing("agreement"))


EDGES = (
    Edge(
        MinorsOvertime,
        "ten hours by agreement, but not under eighteen",
        by_agreement(birth_date=date(2009, 1, 31)),
        10,
        by_agreement(birth_date=date(2009, 2, 1)),
        4,
    ),
    Edge(
        OneShiftADay,
        "two shifts of four hours fit a day, but one person works one; two people work two",
        desk(agent("A"), agent("B"), templates=[S4], days=1),
        8,
        desk(agent("A"), templates=[S4], days=1),
        4,
    ),
    Edge(
        ContractTemplates,
        "a contract without the long shift",
        one_day(),
        8,
        one_day(contracts=[contract(shifts=("S4",))]),
        4,
    ),
    Edge(
        ContractShiftsAWeek,
        "three shifts a week against two",
        week(contracts=[contract(max_shifts_week=3)]),
        24,
        week(contracts=[contract(max_shifts_week=2)]),
        16,
    ),
    Edge(
        ContractHours,
        "twenty hours a week hold two shifts of eight and one of four; nineteen do not",
        week(contracts=[contract(max_hours_week=20)]),
        20,
        week(contracts=[contract(max_hours_week=19)]),
        16,
    ),
    Edge(
        ContractHours,
        "nobody is needed, but the contract asks for its hours",
        week(need=0),
        0,
        week(need=0, contracts=[contract(min_hours_week=17)]),
        20,
    ),
    Edge(
        LegalWeek,
        "a contract may say 48 hours, the law says 40",
        replace(
            week(contracts=[contract(max_hours_week=48)]),
            pack=replace(PACK, max_week_minutes=2880),
        ),
        48,
        week(contracts=[contract(max_hours_week=48)]),
        40,
    ),
    Edge(
        DaysOff,
        "seven days of four hours against six",
        replace(week(templates=[S4]), pack=replace(PACK, min_days_off_week=0)),
        28,
        week(templates=[S4]),
        24,
    ),
    Edge(
        DaysOff,
        "six nights a week leave one day off when they end at midnight, none when they run past it",
        week(templates=[ShiftTemplate("N6", 1080, 1080, 60, 360)], hours=UNTIL_SATURDAY_AT_SIX),
        36,
        week(templates=[N6], hours=UNTIL_SATURDAY_AT_SIX),
        30,
    ),
    Edge(
        DaysOff,
        "six nights and the plan ends: the last one's tail lies behind the plan, in the same week",
        week(days=6, templates=[ShiftTemplate("N6", 1080, 1080, 60, 360)], hours=ROUND_THE_CLOCK),
        36,
        week(days=6, templates=[N6], hours=ROUND_THE_CLOCK),
        30,
    ),
    Edge(
        DaysOff,
        "four days off in four weeks let a week of seven days through, one a week does not",
        replace(week(templates=[S4]), pack=PACK.choosing("four_weeks_days_off")),
        28,
        week(templates=[S4]),
        24,
    ),
    Edge(
        OvertimeCaps,
        "eight hours of overtime in the month are left, or four",
        replace(
            week(contracts=[contract(max_hours_week=48)], agents=[overtime_before(37)]),
            pack=PACK.choosing("agreement"),
        ),
        48,
        replace(
            week(contracts=[contract(max_hours_week=48)], agents=[overtime_before(41)]),
            pack=PACK.choosing("agreement"),
        ),
        44,
    ),
    Edge(
        LegalRun,
        "three days on end leave six of seven, two leave five",
        replace(week(templates=[S4]), pack=replace(PACK, max_consecutive_days=3)),
        24,
        replace(week(templates=[S4]), pack=replace(PACK, max_consecutive_days=2)),
        20,
    ),
    Edge(
        LegalRun,
        "two days on end, and the day before the plan was worked",
        replace(week(templates=[S4]), pack=replace(PACK, max_consecutive_days=2)),
        20,
        replace(
            week(templates=[S4], days=2, agents=[agent(carried=Carried(consecutive_days=1))]),
            pack=replace(PACK, max_consecutive_days=2),
        ),
        4,
    ),
    Edge(
        WeeklyRest,
        "35 hours from Saturday 00:00 end on Sunday at 11:00, in the next week; the week itself has 24 + 13",
        replace(week(templates=[S4]), pack=replace(EU, weekly_rest_minutes=None)),
        28,
        replace(week(templates=[S4]), pack=EU),
        24,
    ),
    Edge(
        LegalMean,
        "a mean week of 40 hours against one of 20",
        replace(week(), pack=replace(EU, means=replace(EU.means, week_minutes=2400))),
        40,
        replace(week(), pack=replace(EU, means=replace(EU.means, week_minutes=1200))),
        20,
    ),
    Edge(
        Availability,
        "available on two weekdays, or on one until noon",
        week(agents=[agent(available=((), (), (ALL_DAY,), (ALL_DAY,), (), (), ()))]),
        16,
        week(agents=[agent(available=((), (), (Span.parse("08:00-12:00"),), (), (), (), ()))]),
        4,
    ),
    Edge(
        MinimumRest,
        "until 22:00 and again from 09:00 is eleven hours; from 08:00 it is ten",
        desk(
            agent(),
            templates=[L8, replace(F8, first_start_minute=540, last_start_minute=540)],
            hours=["09:00-18:00", "", "", "", "", "", "13:00-22:00"],
            days=2,
        ),
        16,
        desk(
            agent(),
            templates=[L8, replace(F8, last_start_minute=480)],
            hours=["08:00-17:00", "", "", "", "", "", "13:00-22:00"],
            days=2,
        ),
        8,
    ),
    Edge(
        Leave,
        "a day of leave",
        desk(agent(), days=2),
        16,
        desk(agent(leave=frozenset({SUNDAY})), days=2),
        8,
    ),
    Edge(
        MinorsAtNight,
        "eighteen on the day against a day too young",
        desk(agent(birth_date=date(2009, 1, 31)), templates=[N6], hours=ROUND_THE_CLOCK, days=1),
        6,
        desk(agent(birth_date=date(2009, 2, 1)), templates=[N6], hours=ROUND_THE_CLOCK, days=1),
        0,
    ),
)


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: f"{edge.rule.__name__}: {edge.about}")
def test_rule_lets_through_and_stops(edge: Edge) -> None:
    assert worked(edge.free) == edge.free_hours
    assert worked(edge.bound) == edge.bound_hours


@pytest.mark.parametrize(
    ("rule", "template", "message"),
    [
        (LegalBreaks, ShiftTemplate("F8", 480, 480, 60, 525, 45, 180, 300), None),
        (LegalBreaks, ShiftTemplate("F8", 480, 480, 60, 520, 40, 180, 300), "at least 45 minutes.*LSA 34"),
        (LegalBreaks, ShiftTemplate("S6", 480, 480, 60, 360), None),
        (LegalBreaks, ShiftTemplate("S6", 480, 480, 60, 361), "at least 45 minutes.*LSA 34"),
        (LegalDay, ShiftTemplate("F8", 480, 480, 60, 540, 60, 180, 300), None),
        (LegalDay, ShiftTemplate("F9", 480, 480, 60, 541, 60, 180, 300), "at most 480 minutes.*LSA 32"),
    ],
)
def test_templates_that_the_law_forbids_are_named_with_the_article(
    rule: type, template: ShiftTemplate, message: str | None
) -> None:
    problem = desk(agent(contract="any"), contracts=[contract(name="any", shifts=(template.code,))], days=1)
    problem = replace(problem, shifts=((template.code, tuple(template.shifts())),))
    if message is None:
        assert solve(problem).roster.duties
    else:
        with pytest.raises(ConfigError, match=f"shifts.{template.code}.*{message}"):
            solve(problem)


def test_a_birthday_on_29_february_falls_on_1_march_of_common_years() -> None:
    assert not is_adult(date(2008, 2, 29), date(2026, 2, 28))
    assert is_adult(date(2008, 2, 29), date(2026, 3, 1))


def test_every_rule_is_tested_here() -> None:
    tested = {edge.rule for edge in EDGES} | {LegalBreaks, LegalDay, NoOverlap}
    assert {type(rule) for rule in standard_rules()} == tested


@pytest.mark.parametrize("rule", standard_rules(), ids=lambda rule: type(rule).__name__)
def test_every_rule_says_what_it_is_in_a_sentence_and_names_its_article(rule: object) -> None:
    assert (type(rule).__doc__ or "").split("\n")[0].endswith((".", ","))
    figure = getattr(rule, "figure", "")
    packs = [load_pack(pack_id) for pack_id in available_packs()]
    assert not figure or any(pack.article(figure) for pack in packs)


@pytest.mark.parametrize(
    ("leave", "exceptions", "hours"),
    [
        (0, {}, 30),
        (1, {}, 24),
        (2, {}, 18),
        (5, {}, 0),
        (0, {SUNDAY: ()}, 24),
        (1, {SUNDAY: ()}, 24),  # the day of leave is the day closed: it counts once
    ],
)
def test_least_hours_shrink_by_a_fifth_a_day_of_leave_or_of_exceptional_closing(
    leave: int, exceptions: dict[date, tuple[Span, ...]], hours: float
) -> None:
    """Thirty hours in shifts of two hours, with nobody needed."""
    two = ShiftTemplate("S2", 480, 480, 60, 120)
    three = ShiftTemplate("S3", 480, 480, 60, 180)
    six = ShiftTemplate("S6", 480, 480, 60, 360)
    problem = desk(
        agent(leave=frozenset(SUNDAY + i * DAY for i in range(leave))),
        templates=[two, three, six],
        contracts=[contract(min_hours_week=30, shifts=("S2", "S3", "S6"))],
        need=0,
        exceptions=exceptions,
    )
    assert worked(problem) == hours


@pytest.mark.parametrize(("days", "hours"), [(7, 28), (6, 24), (5, 20), (1, 4)])
def test_least_hours_of_a_week_at_the_edge_go_by_its_planned_days(days: int, hours: float) -> None:
    """Twenty-eight hours a week are four a day; the plan ends in the middle of the week."""
    problem = desk(agent(), contracts=[contract(min_hours_week=28)], need=0, days=days)
    assert worked(problem) == hours


def test_a_week_at_the_edge_asks_for_no_more_than_can_be_worked() -> None:
    """Forty hours a week are 11.4 in two days, but only shifts of four hours are to be had."""
    problem = desk(
        agent(), contracts=[contract(min_hours_week=40, shifts=("S4",))], need=0, days=2, templates=[S4]
    )
    assert worked(problem) == 8
