"""Rules in force and requests of a summary: what the checker found, rule by rule, and nothing counted twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.labour import load_pack
from staffing.roster import Roster, RosterProblem, solve
from staffing.roster.check import check
from staffing.roster.rules import ConsecutiveDaysMost, LeaveAllowance, MinimumRest
from staffing.roster.wishes import Request
from staffing.rule_summary import requests, rules_in_force
from tests.roster.data.rule_cases import mornings
from tests.roster.data.rule_desk import every_roster, ruled_problems
from tests.roster.data.solve_desk import SUNDAY, agent


@settings(max_examples=60, derandomize=True)
@given(problem=ruled_problems(tiny=True), data=st.data())
def test_costs_add_up_to_what_the_checker_reckons(problem: RosterProblem, data: st.DataObject) -> None:
    """Requests denied are worth the objective's part; soft rules broken are, rule by rule, worth theirs."""
    roster = data.draw(st.sampled_from(every_roster(problem)))
    report = check(roster, problem)
    assert sum(row["cost"] for row in requests(problem, roster)) == report.parts.requests
    rules = rules_in_force(problem, roster, report)
    assert sum(row["cost"] for row in rules) == report.parts.soft_rules
    assert all(row["kind"] == "soft" for row in rules if row["cost"])
    hard = [row for row in rules if row["kind"] == "hard" and row["broken"]]
    assert not (report.passed and hard)


def test_a_soft_rule_that_is_broken_says_how_often_and_at_which_price() -> None:
    """A works three mornings on end where one is wanted: two too many, at 100 each."""
    rule = ConsecutiveDaysMost(kind="soft", weight=100, days=1, people=frozenset({"A"}))
    problem = replace(mornings(3, agent("A")), rules=(rule,))
    roster = solve(problem, seconds=600).roster
    assert len(roster.duties) == 3
    row = next(
        row for row in rules_in_force(problem, roster, check(roster, problem)) if row["source"] == "plan"
    )
    assert row == {
        "rule": "consecutive_days_most",
        "kind": "soft",
        "source": "plan",
        "article": "",
        "settings": {"days": 1},
        "people": 1,
        "unit": "day",
        "weight": 100,
        "broken": row["broken"],
        "cost": 200,
    }
    assert row["broken"] > 0


@pytest.mark.parametrize(("pack", "there"), [("jp-2023-04", False), ("eu-wtd-2003-88", True)])
def test_rules_of_the_law_are_those_that_the_pack_has(pack: str, there: bool) -> None:
    problem = replace(mornings(1), pack=load_pack(pack))
    rows = {row["rule"]: row for row in rules_in_force(problem, Roster(()), check(Roster(()), problem))}
    assert ("weekly_rest" in rows) == there
    assert all(row["article"] for row in rows.values() if row["source"] == "law")
    assert rows["rest"]["source"] == ("law" if there else "duty")


def test_a_rule_that_is_off_is_not_in_force() -> None:
    problem = replace(mornings(1), rules=(MinimumRest(kind="off"),))
    rows = rules_in_force(problem, Roster(()), check(Roster(()), problem))
    assert "rest" not in [row["rule"] for row in rows]


def test_wishes_are_granted_by_the_duties_and_by_what_an_allowance_leaves() -> None:
    """Nobody works, one may be off: of three who ask, the two whose denial costs least are denied."""
    people = [agent(name) for name in "ABC"]
    wishes = [Request(name, SUNDAY, "off", weight) for name, weight in (("A", 300), ("B", 500), ("C", 200))]
    wishes.append(Request("A", SUNDAY, "on", 50, "S4"))
    problem = replace(mornings(1, *people, need=0), requests=tuple(wishes), rules=(LeaveAllowance(most=1),))
    found = requests(problem, Roster(()))
    assert [(row["agent_id"], row["wants"], row["granted"], row["cost"]) for row in found] == [
        ("A", "off", False, 300),
        ("B", "off", True, 0),
        ("C", "off", False, 200),
        ("A", "on", False, 50),
    ]
