"""Rosters that cannot exist: small desks, and two of thirty people, each with one cause or several at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from staffing.horizon import Horizon, OpeningHours, Span
from staffing.labour import load_pack
from staffing.labour.carried import Carried
from staffing.roster import Agent, Contract, Prices, RosterProblem
from staffing.roster.rules import (
    Apart,
    ConsecutiveDaysMost,
    ConsecutiveDaysOffLeast,
    DaysOffAfterNights,
    ForbiddenSuccession,
    HoursInPeriod,
    MinimumOnDuty,
    NightsOnEndMost,
    Rule,
    ShiftsInPeriod,
    Together,
    WeekendsMost,
    WholeWeekends,
)
from staffing.roster.wishes import FixedDay
from staffing.shifts import ShiftTemplate

SUNDAY = date(2027, 1, 31)  # a working week begins on Sunday
OPEN = "08:00-20:00"
WEEKDAYS = (*("08:00-20:00",) * 5, "", "")  # Monday first

F8 = ShiftTemplate("F8", 480, 660, 60, 540, 60, 180, 300)  # eight hours of work from 08:00 to 11:00
E8 = ShiftTemplate("E8", 480, 480, 60, 540, 60, 180, 300)  # from 08:00
L8 = ShiftTemplate("L8", 780, 780, 60, 540, 60, 180, 300)  # from 13:00 until 22:00
S4 = ShiftTemplate("S4", 480, 960, 120, 240)  # four hours
N6 = ShiftTemplate("N6", 1320, 1320, 60, 360)  # the night from 22:00 until 04:00


@dataclass(frozen=True)
class Case:
    """A problem without a roster.

    Attributes:
        name: short, unique.
        cause: what was made impossible, in a sentence.
        problem: it.
        rules: names of rules of which each conflict set as a whole must show at least these.
        agents: the people who must be named, whatever else is.
    """

    name: str
    cause: str
    problem: RosterProblem
    rules: frozenset[str]
    agents: frozenset[str] = frozenset()


def day(number: int) -> date:
    """The date so many days after the first Sunday."""
    return SUNDAY + timedelta(days=number)


def leave(*days: int) -> frozenset[date]:
    """Days of leave, counted from the first Sunday."""
    return frozenset(map(day, days))


def contract(name: str = "full", **changes: object) -> Contract:
    """Up to 40 hours and five shifts of eight hours a week, nothing asked for."""
    terms: dict[str, object] = {
        "name": name,
        "min_hours_week": 0,
        "max_hours_week": 40,
        "max_shifts_week": 5,
        "shifts": ("F8",),
    }
    return Contract(**(terms | changes))  # type: ignore[arg-type]


def agent(agent_id: str, **changes: object) -> Agent:
    """Somebody on contract "full"."""
    terms: dict[str, object] = {
        "agent_id": agent_id,
        "name": f"Agent {agent_id}",
        "queue": "calls",
        "contract": "full",
        "wage": 1200,
    }
    return Agent(**(terms | changes))  # type: ignore[arg-type]


def team(*ids: str, **changes: object) -> tuple[Agent, ...]:
    """Several people alike."""
    return tuple(agent(agent_id, **changes) for agent_id in ids)


def desk(
    agents: Sequence[Agent],
    contracts: Sequence[Contract] = (contract(),),
    *,
    templates: Sequence[ShiftTemplate] = (F8,),
    hours: str | Sequence[str] = OPEN,
    days: int = 7,
    need: int = 1,
    rules: Sequence[Rule] = (),
    fixed: Sequence[FixedDay] = (),
    exceptions: dict[date, tuple[Span, ...]] | None = None,
) -> RosterProblem:
    """A desk with the same need in every open interval, from the first Sunday on."""
    week = [hours] * 7 if isinstance(hours, str) else hours
    opening = OpeningHours(tuple((Span.parse(text),) if text else () for text in week), exceptions or {})
    horizon = Horizon(SUNDAY, day(days - 1), "Asia/Tokyo", 60, opening)
    demand = horizon.grid().assign(queue="calls", agents_gross=need)
    return RosterProblem(
        horizon=horizon,
        demand=pd.DataFrame(demand),
        agents=tuple(agents),
        contracts=tuple(contracts),
        shifts=tuple((template.code, tuple(template.shifts())) for template in templates),
        pack=load_pack("jp-2023-04"),
        prices=Prices(6000),
        rules=tuple(rules),
        fixed=tuple(fixed),
    )


def cases() -> tuple[Case, ...]:
    """All of them."""
    return tuple(make() for make in _CASES)


_CASES: list[Callable[[], Case]] = []


def _case(make: Callable[[], Case]) -> Callable[[], Case]:
    _CASES.append(make)
    return make


@_case
def closed_days() -> Case:
    return Case(
        "closed days",
        "the desk is open on four days of eight hours, the contract asks for forty hours",
        desk(
            team("A", "B"),
            [contract(min_hours_week=40)],
            hours=(*("08:00-20:00",) * 4, "", "", ""),
        ),
        frozenset({"contract_hours"}),
        frozenset({"A", "B"}),
    )


@_case
def own_leave() -> Case:
    return Case(
        "leave",
        "forty hours in four shifts are asked for in every week, and B is on leave for three days of the second",
        desk(
            [agent("A"), agent("B", leave=leave(8, 9, 10))],
            [contract(min_hours_week=40, max_shifts_week=4, shifts=("F8", "S4"))],
            templates=(F8, S4),
            hours=WEEKDAYS,
            days=14,
        ),
        frozenset({"contract_hours", "contract_max_shifts"}),
        frozenset({"A", "B"}),
    )


@_case
def short_shifts() -> Case:
    return Case(
        "shifts too short",
        "a contract of four-hour shifts, five a week, that asks for 24 hours",
        desk(
            [agent("A"), agent("B", contract="part")],
            [contract(), contract("part", min_hours_week=24, shifts=("S4",))],
            templates=(F8, S4),
        ),
        frozenset({"contract_hours"}),
        frozenset({"B"}),
    )


@_case
def between_sums() -> Case:
    return Case(
        "hours between two sums",
        "shifts of eight hours cannot come to 17 to 19 hours a week",
        desk(team("A", "B"), [contract(min_hours_week=17, max_hours_week=19)]),
        frozenset({"contract_hours"}),
    )


@_case
def late_then_early() -> Case:
    return Case(
        "rest against least hours",
        "late and early days take turns, so that rest leaves half of the days, and the contract asks for all",
        desk(
            team("A", "B"),
            [contract(min_hours_week=40, shifts=("E8", "L8"))],
            templates=(E8, L8),
            hours=("13:00-22:00", "08:00-17:00", "13:00-22:00", "08:00-17:00", "13:00-22:00", "", ""),
        ),
        frozenset({"contract_hours", "rest"}),
    )


@_case
def fixed_without_rest() -> Case:
    return Case(
        "fixed shifts without rest",
        "A is fixed to work until 22:00 and from 08:00 the next morning",
        desk(
            team("A", "B"),
            [contract(shifts=("E8", "L8"))],
            templates=(E8, L8),
            hours="08:00-22:00",
            fixed=(FixedDay("A", day(1), "L8"), FixedDay("A", day(2), "E8")),
        ),
        frozenset({"rest", "fixed_day"}),
        frozenset({"A"}),
    )


@_case
def fixed_on_leave() -> Case:
    return Case(
        "fixed shift on leave",
        "C is fixed to work on a day of leave",
        desk([*team("A", "B"), agent("C", leave=leave(3))], fixed=(FixedDay("C", day(3), "F8"),)),
        frozenset({"leave", "fixed_day"}),
        frozenset({"C"}),
    )


@_case
def fixed_succession() -> Case:
    return Case(
        "fixed shifts in a forbidden order",
        "an early shift may not follow a late one, and A is fixed to both",
        desk(
            team("A", "B", "C"),
            [contract(shifts=("E8", "S4"))],
            templates=(E8, S4),
            rules=(ForbiddenSuccession(barred=frozenset({("S4", "E8")})),),
            fixed=(FixedDay("A", day(2), "S4-0800"), FixedDay("A", day(3), "E8")),
        ),
        frozenset({"forbidden_succession", "fixed_day"}),
        frozenset({"A"}),
    )


@_case
def fixed_days_on_end() -> Case:
    return Case(
        "days on end",
        "B has worked three days before the plan, is fixed to three more, and five on end are the most",
        desk(
            [agent("A"), agent("B", carried=Carried(consecutive_days=3))],
            rules=(ConsecutiveDaysMost(days=5),),
            fixed=tuple(FixedDay("B", day(i), "F8") for i in range(3)),
        ),
        frozenset({"consecutive_days_most", "fixed_day"}),
        frozenset({"B"}),
    )


@_case
def fixed_outside_contract() -> Case:
    return Case(
        "fixed shift outside the contract",
        "B is fixed to a shift that the contract does not have",
        desk(
            [agent("A"), agent("B", contract="part")],
            [contract(), contract("part", shifts=("S4",))],
            templates=(F8, S4),
            fixed=(FixedDay("B", day(4), "F8-0900"),),
        ),
        frozenset({"contract_shifts", "fixed_day"}),
        frozenset({"B"}),
    )


@_case
def availability() -> Case:
    mornings = ((Span.parse("08:00-13:00"),),) * 7
    return Case(
        "availability against least hours",
        "B is available in the mornings only, the contract has shifts of eight hours and asks for 16 hours a week",
        desk(
            [agent("A"), agent("B", available=mornings, contract="some")],
            [contract(), contract("some", min_hours_week=16)],
            days=14,
        ),
        frozenset({"availability", "contract_hours"}),
        frozenset({"B"}),
    )


@_case
def minor_at_night() -> Case:
    return Case(
        "law: under 18 at night",
        "C is seventeen and fixed to a night shift",
        desk(
            [*team("A", "B"), agent("C", birth_date=date(2009, 6, 1))],
            [contract(shifts=("F8", "N6"))],
            templates=(F8, N6),
            hours="00:00-24:00",
            fixed=(FixedDay("C", day(2), "N6"),),
        ),
        frozenset({"minor_night", "fixed_day"}),
        frozenset({"C"}),
    )


@_case
def law_against_contract() -> Case:
    return Case(
        "law against contract",
        "a contract asks for 44 to 48 hours a week, the law allows 40",
        desk(
            [agent("A"), agent("B", contract="long")],
            [contract(), contract("long", min_hours_week=44, max_hours_week=48, max_shifts_week=6)],
        ),
        frozenset({"law_week", "contract_hours"}),
        frozenset({"B"}),
    )


@_case
def law_day_off() -> Case:
    return Case(
        "law: a day off a week",
        "four hours on each of seven days are asked for, the law asks for a day off",
        desk(
            [agent("A"), agent("B", contract="daily")],
            [contract(), contract("daily", min_hours_week=28, max_shifts_week=7, shifts=("S4",))],
            templates=(F8, S4),
        ),
        frozenset({"days_off", "contract_hours"}),
        frozenset({"B"}),
    )


@_case
def supervisor_on_leave() -> Case:
    sv = frozenset({"SV"})
    return Case(
        "supervisors on duty against leave",
        "one SV must be on duty, and both are on leave on the Wednesday",
        desk(
            [
                *team("A", "B", "C"),
                agent("S1", tags=sv, leave=leave(3), contract="sv"),
                agent("S2", tags=sv, leave=leave(3), contract="sv"),
            ],
            [contract(), contract("sv", shifts=("F8",))],
            hours="08:00-17:00",
            rules=(MinimumOnDuty(tag="SV", least=1),),
        ),
        frozenset({"minimum_on_duty", "leave"}),
        frozenset({"S1", "S2"}),
    )


@_case
def supervisor_hours() -> Case:
    return Case(
        "supervisor's hours",
        "the only SV must be on duty for 40 hours of an open week, the contract allows 36 in five shifts",
        desk(
            [*team("A", "B"), agent("S1", tags=frozenset({"SV"}), contract="sv")],
            [contract(), contract("sv", max_hours_week=36, shifts=("F8",))],
            hours=(*("08:00-17:00",) * 5, "", ""),
            rules=(MinimumOnDuty(tag="SV", least=1),),
        ),
        frozenset({"minimum_on_duty", "contract_hours"}),
        frozenset({"S1"}),
    )


@_case
def apart() -> Case:
    return Case(
        "two people apart",
        "A and B must never meet, but there is one shift on five days and both owe forty hours",
        desk(
            team("A", "B", "C"),
            [contract(min_hours_week=40, shifts=("E8",))],
            templates=(E8,),
            hours=WEEKDAYS,
            rules=(Apart(pair=("A", "B")),),
        ),
        frozenset({"apart", "contract_hours"}),
        frozenset({"A", "B"}),
    )


@_case
def together() -> Case:
    return Case(
        "two people together",
        "a trainee of four-hour shifts must work the shifts of a trainer who only has shifts of eight hours",
        desk(
            [agent("A"), agent("TRAINER", contract="eight"), agent("TRAINEE", contract="four")],
            [
                contract(),
                contract("eight", min_hours_week=24),
                contract("four", min_hours_week=8, shifts=("S4",)),
            ],
            templates=(F8, S4),
            rules=(Together(pair=("TRAINEE", "TRAINER")),),
        ),
        frozenset({"together", "contract_hours"}),
        frozenset({"TRAINER", "TRAINEE"}),
    )


@_case
def weekends() -> Case:
    return Case(
        "weekends",
        "a weekend contract over four weeks with eight hours in each, but one weekend at most",
        desk(
            [agent("A"), agent("B", contract="weekend")],
            [contract(), contract("weekend", min_hours_week=8, max_hours_week=16, max_shifts_week=2)],
            hours=("", "", "", "", "", OPEN, OPEN),
            days=28,
            rules=(WeekendsMost(weekends=1), WholeWeekends(people=frozenset({"A"}))),
        ),
        frozenset({"weekends_most", "contract_hours"}),
        frozenset({"B"}),
    )


@_case
def nights() -> Case:
    return Case(
        "nights on end",
        "A is fixed to four nights, three on end are the most, and two days off follow",
        desk(
            team("A", "B"),
            [contract(shifts=("F8", "N6"), max_shifts_week=6)],
            templates=(F8, N6),
            hours="00:00-24:00",
            rules=(NightsOnEndMost(nights=3), DaysOffAfterNights(days=2)),
            fixed=(*(FixedDay("A", day(i), "N6") for i in range(1, 5)), FixedDay("A", day(6), "F8-0900")),
        ),
        frozenset({"nights_on_end_most", "days_off_after_nights", "fixed_day"}),
        frozenset({"A"}),
    )


@_case
def month_against_weeks() -> Case:
    return Case(
        "month against weeks",
        "32 hours in each of three weeks are asked for, 80 in all are allowed",
        desk(
            team("A", "B", "C"),
            [contract(min_hours_week=32)],
            days=21,
            rules=(HoursInPeriod(period="horizon", most_minutes=4800, people=frozenset({"A"})),),
        ),
        frozenset({"hours_in_period", "contract_hours"}),
        frozenset({"A"}),
    )


@_case
def days_off_on_end() -> Case:
    return Case(
        "days off on end",
        "three days off on end and six shifts of four hours in every week, by contract",
        desk(
            [agent("A"), agent("B", contract="six")],
            [contract(), contract("six", min_hours_week=24, max_shifts_week=6, shifts=("S4",))],
            templates=(F8, S4),
            days=21,
            rules=(ConsecutiveDaysOffLeast(days=3, people=frozenset({"B"})),),
        ),
        frozenset({"consecutive_days_off_least", "contract_hours"}),
        frozenset({"B"}),
    )


@_case
def several_at_once() -> Case:
    people = [
        agent("A"),
        agent("B", contract="much"),
        agent("C", leave=leave(10)),
        *team("D", "E", "F", "G"),
        agent("H", carried=Carried(consecutive_days=5)),
    ]
    return Case(
        "several causes",
        "four conflicts that have nothing to do with each other, of three people, in different weeks",
        desk(
            people,
            [contract(), contract("much", min_hours_week=40, max_shifts_week=4)],
            days=14,
            need=3,
            rules=(
                ConsecutiveDaysMost(days=5),
                ShiftsInPeriod(period="week", most=3, people=frozenset({"D"})),
            ),
            fixed=(
                FixedDay("C", day(10), "F8"),
                FixedDay("H", day(0), "F8"),
                *(FixedDay("D", day(i), "F8") for i in range(7, 11)),
            ),
        ),
        frozenset({"contract_hours", "leave", "fixed_day", "consecutive_days_most", "shifts_in_period"}),
        frozenset({"B", "C", "D", "H"}),
    )


@_case
def thirty_alone() -> Case:
    people = [agent(f"T{i:02d}") for i in range(1, 31)]
    people[6] = replace(people[6], leave=leave(8, 9, 10, 11))
    people[12] = replace(people[12], contract="part")
    people[20] = replace(people[20], available=((Span.parse("08:00-12:00"),),) * 7)
    return Case(
        "thirty people, three of them alone",
        "leave, short shifts and availability stand against least hours of three of thirty people, over four weeks",
        desk(
            people,
            [
                contract(min_hours_week=32, max_shifts_week=4),
                contract("part", min_hours_week=20, max_shifts_week=4, shifts=("S4",)),
            ],
            templates=(F8, S4),
            days=28,
            need=8,
            exceptions={day(12): (), day(13): (), day(7): ()},
        ),
        frozenset({"contract_hours"}),
        frozenset({"T13", "T21"}),
    )


@_case
def thirty_together() -> Case:
    away = {f"T{i:02d}" for i in range(1, 24)}
    people = [
        agent(f"T{i:02d}", leave=leave(9) if f"T{i:02d}" in away else frozenset()) for i in range(1, 31)
    ]
    return Case(
        "thirty people, too many away",
        "twenty-three of thirty people are on leave on one day, and eight must be present at noon",
        desk(
            people,
            [contract(min_hours_week=16)],
            days=14,
            need=8,
            hours="08:00-17:00",
            rules=(MinimumOnDuty(tag="", least=8),),
        ),
        frozenset({"minimum_on_duty", "leave"}),
    )
