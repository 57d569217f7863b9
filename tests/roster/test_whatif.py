"""What a change is worth: the interval holds the true value, and every change changes what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from staffing.roster import RosterProblem, solve
from staffing.roster.roster import Roster, RosterResult
from staffing.roster.rules import ConsecutiveDaysMost, Kind, MinimumRest, rules_of
from staffing.roster.whatif import WhatIf, what_if
from staffing.roster.whatif_changes import AddAgent, AddShift, Change, ChangeRule, GrantLeave, MoreHours
from staffing.shifts.template import ShiftTemplate
from tests.roster.data.solve_desk import AMPLE, SUNDAY, agent, brute_force, contract, desk

TEMPLATE = ShiftTemplate("S5", 540, 600, 60, 300)


@pytest.fixture
def tiny() -> RosterProblem:
    """Two days, one person, one missing all day."""
    return desk(
        agent("A"), days=2, need=1, price=3000, contracts=[contract(shifts=("F8",), min_hours_week=4)]
    )


@pytest.mark.parametrize(
    "change",
    [
        AddAgent("free", "q"),
        AddAgent("free", "q", wage=2000),
        AddShift(ShiftTemplate("S2", 480, 720, 240, 240)),
        MoreHours("free", 1),
        GrantLeave("A", frozenset({SUNDAY})),
        ChangeRule("contract_hours", "off"),
        ChangeRule("days_off", "hard"),
    ],
)
def test_the_interval_holds_the_value_that_two_proofs_give(tiny: RosterProblem, change: Change) -> None:
    found = what_if(tiny, change, seconds=AMPLE)
    assert (found.base.status, found.changed.status) == ("optimal", "optimal")
    true = (
        solve(tiny, seconds=AMPLE, gap=0).objective
        - solve(change.applied(tiny), seconds=AMPLE, gap=0).objective
    )
    assert found.value == (true, true)
    if change.allows_more:
        assert true * change.allows_more >= 0


def test_a_second_person_is_worth_what_brute_force_says(tiny: RosterProblem) -> None:
    change = AddAgent("free", "q")
    without, with_it = brute_force(tiny), brute_force(change.applied(tiny))
    assert without is not None
    assert with_it is not None
    assert what_if(tiny, change, seconds=AMPLE).value == (without - with_it, without - with_it)


def test_a_person_stands_beside_what_they_cost_at_least(tiny: RosterProblem) -> None:
    """4 hours a week x 2 of 7 days = 1 h 8 min 34 s at 1,200 an hour."""
    assert AddAgent("free", "q").least_cost(tiny) == 1371
    assert MoreHours("free").least_cost(tiny) is None


def _result(objective: int, bound: int) -> RosterResult:
    return RosterResult(Roster(()), "feasible", objective, bound, 1.0, 1)


@pytest.mark.parametrize(
    ("change", "value"),
    [(AddAgent("free", "q"), (-5, 30)), (MoreHours("free"), (0, 30)), (ChangeRule("rest", "hard"), (-5, 0))],
)
def test_what_is_not_proven_stays_open(change: Change, value: tuple[int, int]) -> None:
    """95..110 without and 80..100 with: saved are -5..30, and no less or more than nothing where that is known."""
    assert WhatIf(change, _result(110, 95), _result(100, 80)).value == value


def test_without_a_roster_there_is_no_value() -> None:
    none = RosterResult(Roster(()), "infeasible", 0, 0, 1.0, 1, ("why",))
    assert WhatIf(MoreHours("free"), _result(110, 95), none).value is None


@pytest.mark.parametrize("kind", get_args(Kind))
def test_a_rule_is_changed_wherever_it_stands(tiny: RosterProblem, kind: Kind) -> None:
    weight = 7 if kind == "soft" else 0
    own = (
        MinimumRest(kind="soft", weight=5, people=frozenset({"A"})),
        ConsecutiveDaysMost(days=3),
        ConsecutiveDaysMost(days=5, people=frozenset({"B"})),
    )
    problem = replace(tiny, agents=(agent("A"), agent("B")), rules=own)
    rest = [
        r
        for r in rules_of(ChangeRule("rest", kind, weight).applied(problem))
        if r.name == "rest" and r.people != frozenset()
    ]
    assert {(rule.kind, rule.weight) for rule in rest} == {(kind, weight)}
    assert sorted(sorted(rule.people or ()) for rule in rest) == [["A"], ["B"]]
    runs = [
        rule
        for rule in ChangeRule("consecutive_days_most", kind, weight).applied(problem).rules
        if isinstance(rule, ConsecutiveDaysMost)
    ]
    assert [(rule.days, rule.kind, rule.weight) for rule in runs] == [(3, kind, weight), (5, kind, weight)]


def test_a_shift_is_open_to_the_contracts_named(tiny: RosterProblem) -> None:
    problem = replace(tiny, contracts=(*tiny.contracts, contract(name="other")))
    changed = AddShift(TEMPLATE, ("other",)).applied(problem)
    assert [("S5" in found.shifts) for found in changed.contracts] == [False, True]
    assert [shift.code for shift in dict(changed.shifts)["S5"]] == ["S5-0900", "S5-1000"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (AddAgent("half", "q"), "contract half is not known; known contracts: free"),
        (AddAgent("free", "x"), "queue x is not known; known queues: q"),
        (AddShift(ShiftTemplate("F8", 540, 540, 60, 300)), "there is a shift F8 already"),
        (
            ChangeRule("weekends_most", "off"),
            "rule weekends_most is not in force; rules in force: availability,",
        ),
        (ChangeRule("one_shift_a_day", "off"), "rule one_shift_a_day is not in force"),
        (GrantLeave("Z", frozenset({date(2027, 2, 1)})), "agent Z is not among the people"),
    ],
)
def test_changes_that_do_not_fit(tiny: RosterProblem, change: Change, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        change.applied(tiny)
