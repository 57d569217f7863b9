"""Coverage: people on the floor counted minute by minute by other means, and service weighted by calls."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.coverage import cover
from staffing.horizon import Horizon, OpeningHours, Span
from staffing.queueing import Targets
from staffing.queueing.transient import transient_performance
from staffing.requirement import Requirement, Staffing, service_through_time
from staffing.roster.problem import Agent, RosterProblem
from staffing.roster.roster import Duty, Roster
from staffing.shrinkage import gross

DAY = date(2027, 2, 1)
HORIZON = Horizon(DAY, DAY, "Asia/Tokyo", 30, OpeningHours(((Span.parse("09:00-18:00"),),) * 7))


@dataclass(frozen=True)
class People:
    """The part of a problem that coverage reads."""

    agents: tuple[Agent, ...]


def problem(*names: str, queue: str = "main") -> RosterProblem:
    agents = tuple(Agent(name, name, queue, "full", 1200) for name in names)
    return cast("RosterProblem", People(agents))


def requirement(calls: float = 10, net: int = 2, shrinkage: float = 0.0, queue: str = "main") -> Requirement:
    grid = HORIZON.grid()
    frame = grid.assign(
        queue=queue,
        calls=float(calls),
        aht_seconds=180.0,
        agents_net=net,
        agents_gross=gross(np.full(len(grid), net), shrinkage),
    )
    staffing = Staffing(patience_seconds=120.0, shrinkage=shrinkage)
    return Requirement(frame, Targets(abandonment=0.05), staffing, 30)


def at(minute: int) -> datetime:
    return HORIZON.at(DAY, 540) + timedelta(minutes=minute)


def duty(agent: str, start: int, end: int, *breaks: tuple[int, int]) -> Duty:
    return Duty(agent, DAY, "X", at(start), at(end), tuple((at(a), at(b)) for a, b in breaks))


minutes = st.integers(0, 540)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(minutes, minutes, minutes, minutes), max_size=6))
def test_the_floor_is_what_counting_every_minute_gives(times: list[tuple[int, int, int, int]]) -> None:
    names = [f"A{number}" for number in range(len(times))]
    duties, floor, resting = [], np.zeros(540), np.zeros(540)
    for name, raw in zip(names, times, strict=True):
        start, first, last, end = sorted(raw)
        duties.append(duty(name, start, end, (first, last)))
        floor[start:first] += 1
        floor[last:end] += 1
        resting[first:last] += 1
    frame = cover(Roster(tuple(duties)), problem(*names), requirement(calls=0)).frame
    np.testing.assert_allclose(frame["on_floor"], floor.reshape(18, 30).mean(axis=1), atol=1e-9)
    np.testing.assert_allclose(frame["on_break"], resting.reshape(18, 30).mean(axis=1), atol=1e-9)


def test_people_of_another_queue_or_unknown_people_cover_nothing() -> None:
    roster = Roster((duty("A1", 0, 540), duty("stranger", 0, 540)))
    frame = cover(roster, problem("A1", queue="sales"), requirement(queue="support")).frame
    assert (frame["on_floor"] == 0).all()


def test_shrinkage_is_taken_off_once() -> None:
    made = cover(
        Roster((duty("A1", 0, 540), duty("A2", 0, 540))), problem("A1", "A2"), requirement(shrinkage=0.2)
    )
    assert made.frame["scheduled_net"].tolist() == pytest.approx([1.6] * 18)
    assert made.frame["gap"].tolist() == pytest.approx([-0.4] * 18)
    assert made.frame["required_gross"].tolist() == [3] * 18
    assert made.short.all()
    assert made.short_agent_hours == pytest.approx(9.0)
    assert made.worst_gap == 1


def test_expected_service_is_weighted_by_calls_not_by_intervals() -> None:
    sized = requirement()
    frame = sized.frame.assign(calls=np.where(sized.frame["slot"] < 720, 0.0, 30.0))
    changed = Requirement(frame, sized.targets, sized.staffing, 30)
    expected = cover(Roster((duty("A1", 180, 540),)), problem("A1"), changed).expected()
    alone = transient_performance(np.full(12, 30.0), 180.0, 1, patience=120.0, threshold=20)
    assert expected.abandonment == pytest.approx(float(alone.abandonment.mean()))
    assert expected.service_level == pytest.approx(float(alone.service_level.mean()))
    assert expected.occupancy == pytest.approx(float(alone.occupancy.mean()))


def test_each_queue_and_each_opening_begins_without_callers() -> None:
    """Two queues and a lunch hour that is closed, rows in any order: as each stretch on its own."""
    sized = requirement(calls=15)
    morning, afternoon = sized.frame["slot"] < 720, sized.frame["slot"] >= 780
    parts = [
        sized.frame[morning].assign(calls=np.linspace(5, 30, 6)),
        sized.frame[afternoon],
        sized.frame[morning].assign(queue="other", calls=20.0),
    ]
    people = problem("A1", "A2", "A3")
    roster = Roster(tuple(duty(name, 0, 540) for name in ("A1", "A2", "A3")))

    def covered(frame: pd.DataFrame) -> pd.DataFrame:
        made = cover(
            roster, people, Requirement(frame.reset_index(drop=True), sized.targets, sized.staffing, 30)
        )
        return made.frame.set_index(["queue", "interval_start"]).sort_index()

    shuffled = pd.concat(parts).sample(frac=1, random_state=3)
    together = covered(shuffled)
    alone = pd.concat([covered(part) for part in parts]).sort_index()
    pd.testing.assert_frame_equal(together, alone)
    late = alone.loc["main"].iloc[5]
    early = covered(parts[0].assign(calls=30.0)).loc["main"].iloc[0]
    assert late["mean_wait_seconds"] > early["mean_wait_seconds"]  # callers left over by the half-hour before


def test_nobody_scheduled_means_everybody_hangs_up() -> None:
    expected = cover(Roster(()), problem(), requirement()).expected()
    assert expected.abandonment == pytest.approx(1.0)
    assert expected.service_level == 0
    assert expected.occupancy == 0


def test_a_horizon_without_calls_has_perfect_service_and_no_division_by_zero() -> None:
    expected = cover(Roster(()), problem(), requirement(calls=0)).expected()
    assert (expected.abandonment, expected.service_level) == (0.0, 1.0)


@settings(max_examples=20, deadline=None)
@given(st.floats(0, 40), st.floats(0, 12))
def test_fractional_agents_lie_between_the_whole_numbers(calls: float, agents: float) -> None:
    def expected(count: float) -> dict[str, Any]:
        return service_through_time(
            np.array([calls]),
            np.array([180.0]),
            np.array([count]),
            interval=1800,
            patience=120.0,
            threshold=20,
        )

    between, low, high = expected(agents), expected(np.floor(agents)), expected(np.ceil(agents))
    assert high["abandonment"][0] - 1e-12 <= between["abandonment"][0] <= low["abandonment"][0] + 1e-12
    assert low["service_level"][0] - 1e-12 <= between["service_level"][0] <= high["service_level"][0] + 1e-12


@given(st.integers(0, 500), st.floats(0, 0.85))
def test_gross_is_the_fewest_people_that_leave_net(net: int, shrinkage: float) -> None:
    people = int(gross(np.array([net]), shrinkage)[0])
    assert people * (1 - shrinkage) >= net - 1e-6
    assert people == 0 or (people - 1) * (1 - shrinkage) < net


def test_coverage_columns_are_numbers_without_gaps() -> None:
    frame = cover(Roster((duty("A1", 0, 540),)), problem("A1"), requirement()).frame
    assert not frame.isna().any().any()
    assert pd.api.types.is_float_dtype(frame["scheduled_net"])
