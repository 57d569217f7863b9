"""Settled shifts against everything else."""

from __future__ import annotations

from datetime import date

from benchmarks.infeasible_cases.desk import E8, F8, L8, N6, S4, Case, agent, contract, day, desk, leave, team
from staffing.labour.carried import Carried
from staffing.roster.rules import (
    ConsecutiveDaysMost,
    DaysOffAfterNights,
    ForbiddenSuccession,
    NightsOnEndMost,
)
from staffing.roster.wishes import FixedDay


def _fixed_without_rest() -> Case:
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


def _fixed_on_leave() -> Case:
    return Case(
        "fixed shift on leave",
        "C is fixed to work on a day of leave",
        desk([*team("A", "B"), agent("C", leave=leave(3))], fixed=(FixedDay("C", day(3), "F8"),)),
        frozenset({"leave", "fixed_day"}),
        frozenset({"C"}),
    )


def _fixed_succession() -> Case:
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


def _fixed_days_on_end() -> Case:
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


def _fixed_outside_contract() -> Case:
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


def _minor_at_night() -> Case:
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


def _nights() -> Case:
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


FIXED = (
    _fixed_without_rest,
    _fixed_on_leave,
    _fixed_succession,
    _fixed_days_on_end,
    _fixed_outside_contract,
    _minor_at_night,
    _nights,
)
