"""Why a roster is as it is: short intervals, denied requests and the bound, on desks where the answer is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from staffing.horizon import Span
from staffing.roster import RosterProblem, RosterResult, solve
from staffing.roster.explain.after import Proof, Standing, proof_of, why_denied, why_short
from staffing.roster.rules import ConsecutiveDaysMost
from staffing.roster.wishes import Request
from tests.roster.data.solve_desk import AMPLE, F8, SUNDAY, agent, contract, desk

DAY = timedelta(days=1)
MONDAY = SUNDAY + DAY


def best(problem: RosterProblem) -> RosterResult:
    result = solve(problem, gap=0.0, seconds=AMPLE)
    assert result.status == "optimal"
    return result


def standing(problem: RosterProblem) -> Standing:
    return Standing.of(problem, best(problem).roster)


def at(problem: RosterProblem, hour: int, days: int = 0) -> datetime:
    return datetime(2027, 1, 31, hour, tzinfo=problem.horizon.zone) + days * DAY


def test_a_roster_read_back_costs_what_the_search_said() -> None:
    problem = desk(agent("A"), agent("B"), need=2, days=3)
    result = best(problem)
    found = Standing.of(problem, result.roster)
    assert (found.objective, found.unknown) == (result.objective, ())
    assert found.model.program.admits(found.x)


def test_everybody_who_is_not_there_has_a_reason() -> None:
    """Sunday at four with need for eight: leave, availability, contract, age; on the floor nobody is named."""
    morning = ((Span.parse("08:00-10:00"),),) * 7
    problem = desk(
        agent("HERE"),
        agent("LEAVE", leave=frozenset({SUNDAY})),
        agent("MORNING", available=morning),
        agent("CONTRACT", contract="none"),
        contracts=[contract(shifts=("F8",)), contract(name="none", shifts=("X",))],
        templates=[F8],
        days=1,
        need=8,
    )
    short = why_short(standing(problem), "q", at(problem, 16))
    assert {kept.agent_id: kept.rule for kept in short.people} == {
        "LEAVE": "leave",
        "MORNING": "availability",
        "CONTRACT": "contract_shifts",
    }
    assert (short.required, short.on_floor, short.missing, short.price) == (8, 1, 7, 6000)


def test_a_rule_that_the_shift_would_break_is_named() -> None:
    """After five days on end the sixth is barred, and says so."""
    problem = replace(
        desk(agent(), contracts=[contract(shifts=("F8",))], templates=[F8], days=6),
        rules=(ConsecutiveDaysMost(days=5),),
    )
    found = standing(problem)
    (off,) = [day for day in range(6) if found.worked(0, day) is None]
    (kept,) = why_short(found, "q", at(problem, 11, off)).people
    assert kept.rule in ("consecutive_days_most", "contract_hours", "law_week")
    assert "agent A" in str(kept.wording)


def test_dearer_than_the_shortage_is_told_with_the_marginal_figure() -> None:
    """Eight hours at 1,200 are 9,600; each of them short costs 900, so they are not worth it."""
    problem = desk(agent(), contracts=[contract(shifts=("F8",))], templates=[F8], days=1, price=900)
    found = standing(problem)
    assert found.worked(0, 0) is None
    (kept,) = why_short(found, "q", at(problem, 11)).people
    assert (kept.rule, kept.cost) == ("price", 9600 - 8 * 900)
    assert "wages +9,600, shortage -7,200; 2,400 dearer in all" in str(kept.wording)


def test_an_interval_that_is_not_open_is_refused() -> None:
    problem = desk(agent(), days=1)
    with pytest.raises(LookupError, match="no open interval"):
        why_short(standing(problem), "q", at(problem, 3))


def test_a_denied_day_off_costs_what_solving_again_says() -> None:
    """The only person works all five hours of need; without them the day is short."""
    request = Request("A", MONDAY, "off", 1000)
    problem = replace(
        desk(agent(), contracts=[contract(shifts=("F8",))], templates=[F8], days=3), requests=(request,)
    )
    answer = why_denied(standing(problem), request)
    without = best(replace(problem, agents=(agent(leave=frozenset({MONDAY})),), requests=()))
    with_ = best(replace(problem, requests=()))
    assert (answer.granted, answer.exact) == (False, True)
    assert answer.cost == without.objective - with_.objective > request.weight


def test_a_request_that_rules_forbid_names_them() -> None:
    request = Request("A", MONDAY, "on", 1000)
    problem = replace(desk(agent(leave=frozenset({MONDAY})), days=3), requests=(request,))
    answer = why_denied(standing(problem), request)
    assert answer.cost is None
    (conflict,) = answer.conflicts
    assert {str(note) for note in conflict.wording} == {
        "agent A asks to work on 2027-02-01",
        "2027-02-01: agent A is on leave",
    }
    assert str(answer.wording) == "denied: forbidden by leave"


def test_a_granted_request_is_granted() -> None:
    request = Request("A", MONDAY, "off", 1_000_000)
    problem = replace(desk(agent(), days=3), requests=(request,))
    assert why_denied(standing(problem), request).granted


def test_unknown_people_and_days_are_refused() -> None:
    problem = desk(agent(), days=1)
    for request in (Request("Z", SUNDAY, "off", 0), Request("A", SUNDAY + 9 * DAY, "off", 0)):
        with pytest.raises(ValueError, match="no agent"):
            why_denied(standing(problem), request)


def test_the_bound_in_words() -> None:
    assert str(Proof(1000, 1000).wording) == "this roster costs 1,000, and it is proven that none costs less"
    assert str(Proof(1000, 990).wording) == (
        "this roster costs 1,000, and it is proven that none costs less than 990: at most 10 (1.00 %) could be saved"
    )
    assert "not known" in str(Proof(1000, 0).wording)


def test_the_bound_of_a_roster_read_back_lies_below_the_best() -> None:
    problem = desk(agent("A"), agent("B"), need=2, days=14)
    result = solve(problem, seconds=2)
    proof = proof_of(Standing.of(problem, result.roster))
    assert 0 < proof.bound <= result.objective == proof.objective


def test_duties_outside_the_rules_are_left_out_and_told() -> None:
    problem = desk(agent(), days=2)
    result = best(problem)
    away = replace(problem, agents=(agent(leave=frozenset({SUNDAY})),))
    found = Standing.of(away, result.roster)
    assert [duty.business_date for duty in found.unknown] == [SUNDAY]
