"""Meetings and trainings: placed where they hurt least, lawful, and never dearer than need be."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.errors import ConfigError
from staffing.horizon import Span
from staffing.presence import presence
from staffing.roster import Activity, Agent, RosterProblem, RosterResult, solve
from staffing.roster.changes import LeftOut
from staffing.roster.check import check
from staffing.roster.explain import apply, explain
from tests.roster.data.activity_desk import D6, E3, activity, cheapest, small
from tests.roster.data.solve_desk import AMPLE, F8, S4, SUNDAY, agent, contract, desk

DAY = timedelta(days=1)


def morning(*activities: Activity, needs: tuple[int, ...] = (1, 1, 1), people: str = "AB") -> RosterProblem:
    """People on one shift, 08:00-11:00 on one day, at 3,600 each; one missing for an hour costs 6,000."""
    problem = desk(
        *(agent(name) for name in people),
        templates=[E3],
        contracts=[contract(shifts=("E3",))],
        hours="08:00-11:00",
        days=1,
    )
    return replace(problem, demand=problem.demand.assign(agents_gross=needs), activities=activities)


def hours(window: str, **changes: object) -> Activity:
    return activity(window=Span.parse(window), people=frozenset("AB"), **changes)


def best(problem: RosterProblem) -> RosterResult:
    """The proven best roster, which the checker passes and values as the solver does."""
    result = solve(problem, gap=0.0, seconds=AMPLE)
    assert result.status == "optimal", result.obstacles
    report = check(result.roster, problem)
    assert report.passed
    assert report.objective == result.objective
    return result


def starts(result: RosterResult, name: str = "talk") -> list[tuple[str, int]]:
    """Who attends at which hour."""
    return sorted(
        (duty.agent_id, session.start.hour)
        for duty in result.roster.duties
        for session in duty.sessions
        if session.activity == name
    )


def test_it_lies_where_nobody_is_missed() -> None:
    """Two people are needed at 8 and 10, one at 9: there one of them can go, and only there."""
    result = best(morning(hours("08:00-11:00", least=1), needs=(2, 1, 2)))
    assert [hour for _, hour in starts(result)] == [9]
    assert result.objective == 2 * 3600


def test_trainings_take_turns_where_a_meeting_empties_the_floor() -> None:
    """One is needed: apart, the other stays (7,200); together, an hour is without anybody (7,200 + 6,000)."""
    apart, together = (
        best(morning(hours("08:00-11:00"))),
        best(morning(hours("08:00-11:00", together=True))),
    )
    assert (apart.objective, together.objective) == (7_200, 13_200)
    assert len({hour for _, hour in starts(apart)}) == 2
    assert len({hour for _, hour in starts(together)}) == 1


@pytest.mark.parametrize(("price", "attending"), [(1_799, 0), (1_801, 2)])
def test_people_are_left_out_exactly_when_that_is_cheaper(price: int, attending: int) -> None:
    """Alone on the shift nobody can go; that both come costs 3,600 more, and saves the price of both."""
    result = best(morning(hours("08:00-11:00", kind="soft", price=price)))
    assert len(starts(result)) == attending
    assert result.objective == (2 * 3_600 if attending else 3_600 + 2 * price)


def test_a_meeting_is_held_with_enough_people_or_not_at_all() -> None:
    """Three are called, and one is needed at all hours: two at the meeting cost one person more, three two more."""
    terms = {"kind": "soft", "together": True, "price": 2_000}
    called = activity(window=Span.parse("08:00-11:00"), **terms)
    two = best(morning(replace(called, least=2), people="ABC"))
    assert (len(starts(two)), two.objective) == (3, 3 * 3_600) or two.objective == 3 * 2_000 + 3_600
    cheap = best(morning(replace(called, price=1, least=2), people="ABC"))
    assert (starts(cheap), cheap.objective) == ([], 3_600 + 3)


def test_places_keep_people_apart() -> None:
    result = best(morning(hours("08:00-11:00", places=1), needs=(0, 0, 0)))
    assert len({hour for _, hour in starts(result)}) == 2


def test_nobody_has_a_break_and_an_activity_at_once() -> None:
    """Six hours with an hour's break after two or three of them, an hour and three hours of activities."""
    people = [agent(name) for name in "AB"]
    problem = desk(
        *people, templates=[D6], contracts=[contract(shifts=("D6",))], hours="08:00-15:00", days=1, need=0
    )
    long = activity("long", minutes=180, people=frozenset("AB"))
    result = best(replace(problem, activities=(activity(people=frozenset("AB")), long)))
    for duty in result.roster.duties:
        spans = sorted([*duty.breaks, *((one.start, one.end) for one in duty.sessions)])
        assert len(spans) == 3
        assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_time_in_it_is_paid_and_off_the_floor() -> None:
    problem = morning(hours("08:00-09:00"), needs=(2, 2, 2))
    result = best(problem)
    frame = problem.demand.assign(required_gross=problem.demand["agents_gross"])
    on_floor, on_break = presence(result.roster, problem, frame, problem.horizon.interval_minutes)
    assert (on_floor.tolist(), on_break.tolist()) == ([0, 2, 2], [0, 0, 0])
    report = check(result.roster, problem)
    assert report.cover["on_floor"].tolist() == [0, 2, 2]
    assert [line.paid_minutes for line in report.pay if line] == [180, 180]
    assert report.parts.shortage == 2 * 6_000


def test_whoever_is_on_leave_on_all_its_dates_is_not_asked() -> None:
    problem = morning(hours("08:00-11:00"))
    away = replace(problem, agents=(agent("A"), agent("B", leave=frozenset({SUNDAY}))))
    assert [who for who, _ in starts(best(away))] == ["A"]


# --- no roster ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "left_out"),
    [
        ({"window": Span.parse("10:30-12:00")}, {"A", "B"}),  # nobody is at work for long enough
        ({"window": Span.parse("08:00-09:00"), "places": 1}, {"A"}),  # one after the other there is no time
        ({"minutes": 180, "window": Span.parse("08:00-11:00"), "least": 2, "places": 1}, {""}),
    ],
)
def test_what_cannot_be_is_told_and_the_change_named_lets_a_roster_through(
    changes: dict[str, object], left_out: set[str]
) -> None:
    problem = morning(activity(**{"people": frozenset("AB")} | changes))
    result = solve(problem, seconds=AMPLE)
    assert (result.status, len(result.roster.duties)) == ("infeasible", 0)
    told = explain(problem)
    assert {obstacle.rule for conflict in told.conflicts for obstacle in conflict.obstacles} == {"attendance"}
    named = [change for change in told.relaxation.changes if isinstance(change, LeftOut)]
    assert len(named) == len(told.relaxation.changes)
    assert len({change.agent_id for change in named}) == len(left_out)
    assert solve(apply(problem, told.relaxation), seconds=AMPLE).found


def test_a_meeting_of_people_who_are_never_at_work_together_cannot_be() -> None:
    """A has leave on Sunday, B on Monday."""
    problem = desk(
        agent("A", leave=frozenset({SUNDAY})),
        agent("B", leave=frozenset({SUNDAY + DAY})),
        templates=[E3],
        contracts=[contract(shifts=("E3",))],
        hours="08:00-11:00",
        days=2,
    )
    meeting = hours("08:00-11:00", together=True, last=SUNDAY + DAY)
    told = explain(replace(problem, activities=(meeting,)))
    assert told.proven
    rules = {obstacle.rule for conflict in told.conflicts for obstacle in conflict.obstacles}
    assert rules == {"attendance", "leave"}
    assert best(replace(problem, activities=(replace(meeting, together=False),))).found


def test_two_of_one_name_are_refused() -> None:
    with pytest.raises(ConfigError, match="name of its own"):
        morning(hours("08:00-11:00"), hours("08:00-11:00"))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"minutes": 600}, "do not fit"),
        ({"last": SUNDAY - DAY}, "before it begins"),
        ({"kind": "soft"}, "above 0"),
        ({"price": 5}, "nobody is left out"),
        ({"together": True, "places": 2}, "a meeting has none"),
        ({"kind": "soft", "price": 5, "least": 2}, "a soft training has none"),
        ({"step_minutes": 0}, "at least 1"),
    ],
)
def test_an_activity_that_contradicts_itself_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        activity(**changes)


# --- against every other roster ----------------------------------------------------------------------------


@settings(max_examples=6, derandomize=True)
@given(problem=small())
def test_no_roster_that_the_checker_passes_is_cheaper(problem: RosterProblem) -> None:
    result = solve(problem, gap=0.0, seconds=AMPLE)
    force = cheapest(problem)
    assert (result.status == "infeasible") == (force is None)
    if force is not None:
        assert (result.status, result.objective) == ("optimal", force)
        assert check(result.roster, problem).objective == force


@st.composite
def weeks(draw: st.DrawFn) -> RosterProblem:
    """Four people over seven days that fall into two weeks, with breaks, a meeting and a training."""
    people: list[Agent] = [agent(name) for name in "ABCD"]
    problem = desk(
        *people,
        templates=[F8, S4],
        contracts=[contract(shifts=("F8", "S4"), max_shifts_week=5, min_hours_week=16)],
        days=7,
        need=draw(st.integers(1, 2)),
        start=SUNDAY + 4 * DAY,
    )
    first = draw(st.integers(4, 10))
    meeting = activity(
        "meeting",
        people=frozenset("ABC"),
        first=SUNDAY + first * DAY,
        last=SUNDAY + 10 * DAY,
        window=Span.parse("09:00-18:00"),
        together=True,
        kind="soft",
        least=2,
        price=draw(st.sampled_from((500, 20_000))),
    )
    training = activity(
        "training",
        minutes=120,
        people=frozenset("ABCD"),
        first=SUNDAY + 4 * DAY,
        last=SUNDAY + 10 * DAY,
        window=Span.parse("08:00-16:00"),
        places=draw(st.sampled_from((1, 2))),
    )
    return replace(problem, activities=(meeting, training))


@settings(max_examples=3, derandomize=True)
@given(problem=weeks())
def test_the_checker_passes_rosters_of_several_weeks_and_values_them_alike(problem: RosterProblem) -> None:
    result = solve(problem, seconds=AMPLE, work=0, gap=0.05)
    report = check(result.roster, problem)
    assert report.passed, report.violations
    assert report.objective == result.objective >= result.bound
    assert len(starts(result, "training")) == 4


def test_the_bound_without_cover_lost_is_below_every_roster_with_it() -> None:
    problem = morning(hours("08:00-11:00", together=True))
    assert best(replace(problem, activities=())).bound <= best(problem).bound
