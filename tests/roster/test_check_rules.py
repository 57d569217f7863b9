"""Every rule of the checker at its edge: the last roster that keeps it, and the first that breaks only it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from staffing.roster.check import RULES, check
from staffing.roster.problem import RosterProblem
from staffing.roster.roster import Duty
from tests.roster.data.activity_edges import ACTIVITY_EDGES
from tests.roster.data.check_desk import (
    MONDAY,
    SATURDAY,
    SUNDAY,
    agent,
    desk,
    duty,
    free,
    roster,
)
from tests.roster.data.check_edges import EDGES as PLAIN_EDGES
from tests.roster.data.check_edges import Edge, week_of_duties
from tests.roster.data.check_rule_edges import RULE_EDGES
from tests.roster.data.law_edges import LAW_EDGES

EDGES = [*PLAIN_EDGES, *LAW_EDGES]

ALL_EDGES = (*EDGES, *RULE_EDGES, *ACTIVITY_EDGES)
DAY = timedelta(days=1)


def rules_broken(problem: RosterProblem, duties: tuple[Duty, ...]) -> list[str]:
    """The rules a roster breaks, the remark on codes from elsewhere left out."""
    report = check(roster(*duties), problem)
    return [violation.rule for violation in report.violations if violation.rule != "shift_code"]


@pytest.mark.parametrize("edge", ALL_EDGES, ids=lambda edge: f"{edge.rule}: {edge.about}")
def test_a_roster_on_the_edge_keeps_every_rule(edge: Edge) -> None:
    assert rules_broken(edge.problem, edge.kept) == []


@pytest.mark.parametrize("edge", ALL_EDGES, ids=lambda edge: f"{edge.rule}: {edge.about}")
def test_one_unit_beyond_the_edge_breaks_that_rule_alone(edge: Edge) -> None:
    assert rules_broken(edge.problem, edge.broken) == [edge.rule]
    report = check(roster(*edge.broken), edge.problem)
    violation = next(v for v in report.violations if v.rule == edge.rule)
    assert edge.found in (None, violation.found)
    assert edge.allowed in (None, violation.allowed)


def test_a_duty_that_begins_while_another_runs_overlaps_it() -> None:
    evening = duty(MONDAY, "22:00-26:00")
    assert rules_broken(desk(), (evening, duty(MONDAY + DAY, "02:00-06:00"))) == ["rest"]
    assert rules_broken(desk(), (evening, duty(MONDAY + DAY, "01:59-05:59"))) == ["overlap"]


def test_a_duty_inside_a_longer_one_and_the_next_both_overlap_it() -> None:
    long = duty(MONDAY, "09:00-15:00")
    inside, later = duty(MONDAY, "10:00-11:00"), duty(MONDAY, "14:59-16:00")
    broken = rules_broken(desk(), (long, inside, later))
    assert broken.count("overlap") == 2
    assert broken.count("one_shift_a_day") == 2


def test_the_same_hours_of_two_people_do_not_overlap() -> None:
    assert rules_broken(desk(), (duty(MONDAY, "09:00-13:00"), duty(MONDAY, "09:00-13:00", agent="B"))) == []


def test_a_duty_on_another_agents_leave_is_no_violation() -> None:
    problem = desk(agent("A", leave=frozenset({MONDAY})), agent("B"))
    assert rules_broken(problem, (duty(MONDAY, "09:00-13:00", agent="B"),)) == []


def test_the_working_week_begins_on_the_plans_weekday() -> None:
    duties = week_of_duties(6, "09:00-17:00", "12:00-13:00")  # 42 hours from Sunday, 35 from Monday
    assert rules_broken(desk(week_start=6), duties) == ["law_week"]
    assert rules_broken(desk(week_start=0), duties) == []


def test_an_adult_and_an_agent_without_a_birth_date_may_work_at_night() -> None:
    night = (duty(MONDAY, "22:00-26:00"),)
    assert rules_broken(desk(agent("A")), night) == []
    assert rules_broken(desk(agent("A", birth_date=date(1990, 1, 1))), night) == []


def test_a_code_from_elsewhere_is_a_remark_and_the_roster_still_passes() -> None:
    report = check(roster(duty(MONDAY, "09:00-13:00", code="早番")), desk())
    assert [(v.rule, v.severity) for v in report.violations] == [("shift_code", "soft")]
    assert report.passed


def test_a_new_start_of_a_template_is_still_held_to_the_contract() -> None:
    problem = desk(contracts=(free(shifts=("N4",)),))
    assert rules_broken(problem, (duty(MONDAY, "09:10-13:10", code="F8-0910"),)) == ["contract_shifts"]


def test_a_duty_may_begin_with_hours_that_begin_after_midnight() -> None:
    problem = desk(weekly=[("24:30-27:00",), *[()] * 6])
    assert rules_broken(problem, (duty(MONDAY, "24:30-27:00"),)) == []
    assert rules_broken(problem, (duty(MONDAY, "24:29-27:00"),)) == ["business_date", "opening_hours"]


@pytest.mark.parametrize(
    ("hours", "allowed"),
    [("09:00-18:00", "8:00"), ("09:00-17:30", None), ("09:30-18:30", "8:00"), ("07:30-16:30", None)],
)
def test_at_the_edge_the_longest_shift_lies_inside_the_opening_hours(hours: str, allowed: str | None) -> None:
    contracts = (free(min_hours_week=160, shifts=("F8",)),)
    problem = desk(agent("A"), contracts=contracts, end=SUNDAY, hours=(hours,))
    violations = check(roster(), problem).violations
    assert [(v.rule, v.allowed) for v in violations] == ([("contract_min_hours", allowed)] if allowed else [])


@pytest.mark.parametrize(("born", "allowed"), [(date(2009, 1, 31), "4:00"), (date(2009, 2, 1), None)])
def test_at_the_edge_a_minor_is_not_asked_for_night_shifts(born: date, allowed: str | None) -> None:
    contracts = (free(min_hours_week=160, shifts=("N4",)),)
    problem = desk(agent("A", birth_date=born), contracts=contracts, end=SUNDAY, hours=("20:00-28:00",))
    violations = check(roster(), problem).violations
    assert [(v.rule, v.allowed) for v in violations] == ([("contract_min_hours", allowed)] if allowed else [])


def test_at_the_edge_only_as_many_shifts_count_as_the_contract_allows() -> None:
    problem = desk(agent("A"), contracts=(free(min_hours_week=100, max_shifts_week=2),), end=SUNDAY + 4 * DAY)
    violations = check(roster(), problem).violations
    assert [(v.rule, v.allowed) for v in violations] == [("contract_min_hours", "16:00")]


def test_a_whole_week_asks_for_its_minimum_whatever_the_shifts_can_hold() -> None:
    problem = desk(agent("A"), contracts=(free(min_hours_week=40, shifts=("N4",)),), end=SATURDAY)
    violations = check(roster(), problem).violations
    assert [(v.rule, v.business_date, v.allowed) for v in violations] == [
        ("contract_min_hours", SUNDAY, "40:00")
    ]


def test_a_hard_rule_broken_fails_the_roster_and_names_article_agent_and_day() -> None:
    report = check(roster(duty(MONDAY, "09:00-18:01", "12:00-13:00")), desk())
    violation = next(v for v in report.violations if v.rule == "law_day")
    assert not report.passed
    assert (violation.article, violation.agent_id, violation.business_date) == ("LSA 32", "A", MONDAY)
    assert str(violation) == "A 2027-02-01: 8:01 hours of work on one day, the law allows 8:00 [LSA 32]"


def test_every_rule_has_an_edge() -> None:
    tested = {edge.rule for edge in ALL_EDGES} | {"overlap", "shift_code"}
    assert tested == set(RULES)


def test_a_time_without_an_offset_is_refused() -> None:
    given = duty(MONDAY, "09:00-13:00")
    naive = Duty("A", MONDAY, "x", given.start.replace(tzinfo=None), given.end)
    with pytest.raises(ValueError, match="needs an offset"):
        check(roster(naive), desk())


def test_a_time_off_the_whole_minute_is_refused() -> None:
    given = duty(MONDAY, "09:00-13:00")
    with pytest.raises(ValueError, match="whole minute"):
        check(roster(replace(given, end=given.end.replace(second=30))), desk())
