"""People who depend on each other, several causes at once, and desks of thirty."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.infeasible_cases.desk import (
    E8,
    F8,
    S4,
    WEEKDAYS,
    Case,
    agent,
    contract,
    day,
    desk,
    leave,
    team,
)
from staffing.horizon import Span
from staffing.labour.carried import Carried
from staffing.roster.rules import (
    Apart,
    ConsecutiveDaysMost,
    MinimumOnDuty,
    ShiftsInPeriod,
    Together,
)
from staffing.roster.wishes import FixedDay


def _supervisor_on_leave() -> Case:
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


def _nobody_of_the_group() -> Case:
    return Case(
        "a group of nobody",
        "one SV must be on duty, and nobody is one",
        desk(team("A", "B"), days=5, rules=(MinimumOnDuty(tag="SV", least=1),)),
        frozenset({"minimum_on_duty"}),
    )


def _supervisor_hours() -> Case:
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


def _apart() -> Case:
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


def _together() -> Case:
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


def _several_at_once() -> Case:
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


def _thirty_alone() -> Case:
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


def _thirty_together() -> Case:
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


TEAMS = (
    _supervisor_on_leave,
    _nobody_of_the_group,
    _supervisor_hours,
    _apart,
    _together,
    _several_at_once,
    _thirty_alone,
    _thirty_together,
)
