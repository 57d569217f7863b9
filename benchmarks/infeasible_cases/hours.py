"""People alone: contract, leave, availability, rest and law against the contract's least hours."""

from __future__ import annotations

from benchmarks.infeasible_cases.desk import (
    E8,
    F8,
    L8,
    OPEN,
    S4,
    Case,
    agent,
    contract,
    desk,
    leave,
    team,
)
from staffing.horizon import Span
from staffing.roster.rules import (
    ConsecutiveDaysOffLeast,
    HoursInPeriod,
    WeekendsMost,
    WholeWeekends,
)


def _closed_days() -> Case:
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


def _own_leave() -> Case:
    return Case(
        "leave",
        "four days of eight hours a week, all asked for; B has two days of leave, of which a fifth each is taken off",
        desk(
            [agent("A"), agent("B", leave=leave(8, 9))],
            [contract(min_hours_week=32)],
            hours=(*("08:00-20:00",) * 4, "", "", ""),
            days=14,
        ),
        frozenset({"contract_hours", "leave"}),
        frozenset({"B"}),
    )


def _short_shifts() -> Case:
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


def _between_sums() -> Case:
    return Case(
        "hours between two sums",
        "shifts of eight hours cannot come to 17 to 19 hours a week",
        desk(team("A", "B"), [contract(min_hours_week=17, max_hours_week=19)]),
        frozenset({"contract_hours"}),
    )


def _late_then_early() -> Case:
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


def _availability() -> Case:
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


def _law_against_contract() -> Case:
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


def _law_day_off() -> Case:
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


def _weekends() -> Case:
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


def _month_against_weeks() -> Case:
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


def _days_off_on_end() -> Case:
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


HOURS = (
    _closed_days,
    _own_leave,
    _short_shifts,
    _between_sums,
    _late_then_early,
    _availability,
    _law_against_contract,
    _law_day_off,
    _weekends,
    _month_against_weeks,
    _days_off_on_end,
)
