"""Rules in force and requests of a summary: what the checker found, rule by rule, and nothing counted twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.labour.pack import load_pack
from staffing.roster import Duty, Roster, RosterProblem
from staffing.roster.check import check
from staffing.roster.rules import ConsecutiveDaysMost, LeaveAllowance
from staffing.roster.wishes import Request
from staffing.rule_summary import requests, rules_in_force
from tests.roster.data.rule_desk import every_roster, ruled_problems
from tests.roster.data.solve_desk import SUNDAY, agent, contract, desk
from tests.roster.test_rule_cases import mornings


@settings(max_examples=60, derandomize=True)
@given(problem=ruled_problems(tiny=True), data=st.data())
def test_costs_add_up_to_what_the_checker_reckons(problem: RosterProblem, data: st.DataObject) -> None:
    """Requests denied are worth the objective's part; broken soft rules are, rule by rule, worth theirs."""
    roster = data.draw(st.sampled_from(every_roster(problem)))
    report = check(roster, problem)
    assert sum(row["cost"] for row in requests(problem, roster)) == report.parts.requests
    rules = rules_in_force(problem, roster, report)
    assert sum(row["cost"] for row in rules) == report.parts.soft_rules
    assert all(row["kind"] == "soft" for row in rules if row["cost"])
