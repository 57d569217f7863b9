"""Random small desks: rules that hold whatever happens, checked on the log by code that knows nothing of the loop."""

from __future__ import annotations

from itertools import pairwise
from math import inf

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from staffing.simulation import (
    AgentGroup,
    CallLog,
    CallType,
    Deterministic,
    InOrder,
    Never,
    Outcome,
    Scenario,
    Shift,
    Skill,
    Vendor,
    call_log,
)

LENGTH = 40
"""Seconds of an interval; everything is in whole seconds, so that much happens at the same moment."""
INTERVALS = 3
NAMES = ("a", "b", "c")

seconds = st.integers(0, 30)


@st.composite
def call_types(draw: st.DrawFn) -> list[CallType]:
    return [
        CallType(
            name,
            InOrder(draw(st.lists(seconds, min_size=1, max_size=5))),
            arrival_times=draw(st.lists(st.integers(0, LENGTH * INTERVALS - 1), max_size=12)),
            patience=draw(st.one_of(st.builds(Deterministic, seconds), st.just(Never()))),
            priority=draw(st.integers(0, 1)),
            redial=draw(st.sampled_from([0, 0.5, 1])),
            redial_delay=Deterministic(draw(seconds)),
            most_redials=3,
            lines=draw(st.sampled_from([1, 3, inf])),
        )
        for name in NAMES
    ]


@st.composite
def shifts(draw: st.DrawFn) -> Shift:
    edges = sorted(draw(st.lists(st.integers(0, LENGTH * INTERVALS), min_size=4, max_size=4, unique=True)))
    return (
        Shift(edges[0], edges[3], ((edges[1], edges[2]),))
        if draw(st.booleans())
        else Shift(edges[0], edges[3])
    )


@st.composite
def groups(draw: st.DrawFn) -> list[AgentGroup]:
    def staff() -> object:
        if draw(st.booleans()):
            return draw(st.lists(shifts(), min_size=1, max_size=3))
        return draw(st.lists(st.integers(0, 2), min_size=INTERVALS, max_size=INTERVALS))

    return [
        AgentGroup(
            f"group {number}",
            {
                name: Skill(draw(st.integers(1, 2)))
                for name in draw(st.sets(st.sampled_from(NAMES), min_size=1))
            },
            staff(),  # type: ignore[arg-type]
        )
        for number in range(draw(st.integers(1, 3)))
    ]


vendors = st.one_of(
    st.none(),
    st.builds(
        Vendor, agents=st.sampled_from([1, inf]), after=st.sampled_from([0, 5, inf]), when_full=st.booleans()
    ),
)

scenarios = st.builds(
    Scenario,
    call_types(),
    groups(),
    interval_seconds=st.just(LENGTH),
    intervals=st.just(INTERVALS),
    lines=st.sampled_from([2, 5, inf]),
    vendor=vendors,
)


def at_work(group: AgentGroup, moment: float) -> list[bool]:
    """Whether each agent of the group is scheduled at the moment."""
    if group.shifts is None:
        levels = np.asarray(group.staff)
        return [bool(levels[int(moment // LENGTH)] > agent) for agent in range(int(levels.max()))]
    return [any(begin <= moment < end for begin, end in shift.spans) for shift in group.shifts]


def quiet_moments(log: CallLog, scenario: Scenario) -> list[float]:
    """One between every two things that may happen."""
    edges = {0.0, scenario.seconds, *(float(step * LENGTH) for step in range(INTERVALS))}
    edges |= {
        *log.arrival.tolist(),
        *(log.arrival + log.wait).tolist(),
        *log.end[~np.isnan(log.end)].tolist(),
    }
    for group in scenario.groups:
        edges |= {edge for shift in group.shifts or () for span in shift.spans for edge in span}
    inside = sorted(edge for edge in edges if edge <= scenario.seconds)
    return [(early + late) / 2 for early, late in pairwise(inside)]


def talking(log: CallLog, moment: float) -> np.ndarray:
    return (log.start <= moment) & (moment < log.end)


def waiting(log: CallLog, moment: float) -> np.ndarray:
    return (log.arrival <= moment) & (moment < log.arrival + log.wait)


def every_call_ends_in_one_way_and_waits_no_longer_than_it_may(scenario: Scenario, log: CallLog) -> None:
    firsts = sum(len(np.asarray(each.arrival_times)) for each in scenario.call_types)
    assert np.count_nonzero(~log.redial) == firsts
    assert (np.diff(log.arrival) >= 0).all()
    assert (log.outcome != Outcome.NOT_MADE).all()
    patience = np.array([each.patience.mean for each in scenario.call_types])[log.call_type]
    assert (log.wait <= patience).all()
    gone = log.outcome == Outcome.ABANDONED
    assert (log.wait[gone] == patience[gone]).all()
    assert (log.wait[log.outcome == Outcome.BLOCKED] == 0).all()
    served = (log.outcome == Outcome.ANSWERED) | (log.outcome == Outcome.OVERFLOWED)
    assert (log.start[served] == (log.arrival + log.wait)[served]).all()
    assert np.isnan(log.start[~served]).all()
    assert (log.arrival + log.wait)[log.outcome == Outcome.WAITING].tolist() == [scenario.seconds] * int(
        (log.outcome == Outcome.WAITING).sum()
    )


def no_agent_serves_two_at_once_or_without_the_skill_or_off_duty(scenario: Scenario, log: CallLog) -> None:
    own = log.outcome == Outcome.ANSWERED
    for agent in np.unique(log.agent[own]):
        rows = np.flatnonzero(own & (log.agent == agent))
        rows = rows[np.lexsort((log.end[rows], log.start[rows]))]
        assert (log.start[rows][1:] >= log.end[rows][:-1]).all()
        assert len(np.unique(log.group[rows])) == 1
    for row in np.flatnonzero(own):
        group = scenario.groups[log.group[row]]
        assert group.skill(NAMES[log.call_type[row]]) is not None
        first = sum(len(at_work(each, 0)) for each in scenario.groups[: log.group[row]])
        assert at_work(group, log.start[row])[log.agent[row] - first]


def nobody_waits_while_an_agent_who_could_serve_is_free(scenario: Scenario, log: CallLog) -> None:
    for moment in quiet_moments(log, scenario):
        busy, queue = talking(log, moment), waiting(log, moment)
        taken, types = set(log.agent[busy].tolist()), set(log.call_type[queue].tolist())
        agent = 0
        for group in scenario.groups:
            for working in at_work(group, moment):
                free = working and agent not in taken
                assert not (free and any(group.skill(NAMES[kind]) for kind in types))
                agent += 1


def free_agents_take_by_priority_then_preference_then_arrival(scenario: Scenario, log: CallLog) -> None:

    def rank(call: int, group: AgentGroup) -> tuple[int, int, float] | None:
        kind = log.call_type[call]
        skill = group.skill(NAMES[kind])
        return skill and (-scenario.call_types[kind].priority, skill.preference, log.arrival[call])

    for call in np.flatnonzero(log.outcome == Outcome.ANSWERED):
        group, moment = scenario.groups[log.group[call]], log.start[call]
        mine = rank(call, group)
        assert mine is not None
        passed = (log.arrival < moment) & (moment < log.arrival + log.wait)
        for other in np.flatnonzero(passed):
            theirs = rank(other, group)
            assert theirs is None or theirs >= mine


def lines_and_the_vendor_hold_no_more_than_they_can(scenario: Scenario, log: CallLog) -> None:
    vendor = scenario.vendor
    for moment in quiet_moments(log, scenario):
        busy = talking(log, moment)
        at_vendor = busy & (log.group == len(scenario.groups))
        lines = waiting(log, moment) | (busy & ~at_vendor)
        assert lines.sum() <= scenario.lines
        for kind, call_type in enumerate(scenario.call_types):
            assert (lines & (log.call_type == kind)).sum() <= call_type.lines
        assert at_vendor.sum() <= (vendor.agents if vendor else 0)


@given(scenarios)
def test_rules_of_every_desk(scenario: Scenario) -> None:
    log = call_log(scenario)
    every_call_ends_in_one_way_and_waits_no_longer_than_it_may(scenario, log)
    no_agent_serves_two_at_once_or_without_the_skill_or_off_duty(scenario, log)
    nobody_waits_while_an_agent_who_could_serve_is_free(scenario, log)
    free_agents_take_by_priority_then_preference_then_arrival(scenario, log)
    lines_and_the_vendor_hold_no_more_than_they_can(scenario, log)


@given(scenarios, st.sampled_from(["finish", "return"]))
def test_no_group_works_more_than_it_is_there(scenario: Scenario, leaving: str) -> None:
    groups = [AgentGroup(g.name, g.skills, g.shifts or g.staff, leaving) for g in scenario.groups]  # type: ignore[arg-type]
    other = Scenario(
        scenario.call_types, groups, LENGTH, INTERVALS, lines=scenario.lines, vendor=scenario.vendor
    )
    log = call_log(other)
    marks = np.unique(
        np.concatenate([log.busy[:, :2].ravel(), log.late[:, :2].ravel(), np.arange(0, 121, 1.0)])
    )
    for early, late in pairwise(marks[marks <= other.seconds].tolist()):
        moment = (early + late) / 2
        for place, group in enumerate(other.groups):
            busy, beyond = (
                np.count_nonzero((each[:, 0] <= moment) & (moment < each[:, 1]) & (each[:, 2] == place))
                for each in (log.busy, log.late)
            )
            assert busy <= sum(at_work(group, moment)) + beyond
            assert leaving == "finish" or beyond == 0
