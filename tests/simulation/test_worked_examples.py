"""Each feature on a handful of calls worked out by hand, with times that are not random."""

from __future__ import annotations

import numpy as np

from staffing.simulation import AgentGroup, Deterministic, InOrder, Scenario, Shift, Skill, Vendor, call_log
from tests.simulation.tracing import calls, desk, trace

ONE = [AgentGroup("g", ["a"], 1)]


def test_the_first_to_come_is_the_first_served() -> None:
    assert trace(desk(calls(0, 3, 5, 40), groups=ONE)) == [
        (0, "answered", 0, 0, 10, 0),
        (3, "answered", 7, 10, 20, 0),
        (5, "answered", 15, 20, 30, 0),
        (40, "answered", 0, 40, 50, 0),
    ]


def test_the_agent_free_for_longest_takes_the_call() -> None:
    scenario = desk(calls(0, 1, 20, 21, handling=[9, 4, 5, 5]), groups=[AgentGroup("g", ["a"], 2)])
    assert [row[-1] for row in trace(scenario)] == [0, 1, 1, 0]


def test_a_caller_gives_up_when_patience_ends() -> None:
    scenario = desk(calls(0, 2, 4, patience=Deterministic(6)), groups=ONE)
    assert trace(scenario) == [
        (0, "answered", 0, 0, 10, 0),
        (2, "abandoned", 6, None, None, -1),
        (
            4,
            "answered",
            6,
            10,
            20,
            0,
        ),  # an agent is free in the very second in which the caller would give up
    ]


def test_who_waits_at_the_end_is_counted_as_such() -> None:
    assert trace(desk(calls(0, 3, 12), groups=ONE, seconds=15)) == [
        (0, "answered", 0, 0, 10, 0),
        (3, "answered", 7, 10, 20, 0),
        (12, "waiting", 3, None, None, -1),
    ]


def test_the_higher_priority_goes_first_and_interrupts_nobody() -> None:
    scenario = desk(
        calls(0, 1, 2, name="plain"),
        calls(3, 4, name="urgent", priority=5),
        groups=[AgentGroup("g", {"plain": 1, "urgent": 2}, 1)],
    )
    assert [(row[0], row[3]) for row in trace(scenario)] == [(0, 0), (1, 30), (2, 40), (3, 10), (4, 20)]


def test_a_call_goes_to_the_group_that_prefers_it_and_else_to_the_other() -> None:
    scenario = desk(
        calls(0, 1, 2, name="a"),
        groups=[AgentGroup("second", {"a": 2}, 1), AgentGroup("first", {"a": 1}, 1)],
    )
    assert [row[-1] for row in trace(scenario)] == [1, 0, 1]


def test_a_free_agent_takes_the_preferred_type_before_the_one_who_waits_longer() -> None:
    groups = [AgentGroup("g", {"a": 2, "b": 1}, 1)]
    scenario = desk(calls(0, 1, name="a"), calls(2, name="b"), groups=groups)
    assert [(row[0], row[3]) for row in trace(scenario)] == [(0, 0), (1, 20), (2, 10)]
    alike = [AgentGroup("g", {"a": 1, "b": 1}, 1)]
    scenario = desk(calls(0, 1, name="a"), calls(2, name="b"), groups=alike)
    assert [(row[0], row[3]) for row in trace(scenario)] == [(0, 0), (1, 10), (2, 20)]


def test_agents_without_the_skill_stay_idle() -> None:
    scenario = desk(
        calls(0, name="a"), calls(1, name="b", patience=Deterministic(3)), groups=[AgentGroup("g", ["a"], 2)]
    )
    assert trace(scenario) == [(0, "answered", 0, 0, 10, 0), (1, "abandoned", 3, None, None, -1)]


def test_a_slower_group_takes_longer() -> None:
    groups = [AgentGroup("quick", {"a": 1}, 1), AgentGroup("slow", {"a": Skill(2, handling_factor=1.5)}, 1)]
    assert [row[4] for row in trace(desk(calls(0, 0), groups=groups))] == [10, 15]


def test_a_break_waits_for_the_call_in_hand_and_ends_on_time() -> None:
    groups = [AgentGroup("g", ["a"], [Shift(0, 60, breaks=((5, 30),))])]
    assert trace(desk(calls(0, 7, 8), groups=groups)) == [
        (0, "answered", 0, 0, 10, 0),
        (7, "answered", 23, 30, 40, 0),
        (8, "answered", 32, 40, 50, 0),
    ]


def test_a_call_longer_than_the_break_costs_the_break() -> None:
    groups = [AgentGroup("g", ["a"], [Shift(0, 60, breaks=((5, 8),))])]
    log = call_log(desk(calls(0, 7), groups=groups))
    assert log.start.tolist() == [0, 10]
    assert log.late.tolist() == [[5, 8, 0]]


def test_a_break_of_no_length_is_none() -> None:
    groups = [AgentGroup("g", ["a"], [Shift(0, 60, breaks=((5, 5), (11, 20), (20, 22)))])]
    log = call_log(desk(calls(0, 1, 21, handling=5), groups=groups))
    assert log.start.tolist() == [0, 5, 22]
    assert len(log.late) == 0


def test_a_shift_ends_after_the_call_in_hand() -> None:
    groups = [AgentGroup("g", ["a"], [Shift(0, 5), Shift(20, 60)])]
    scenario = desk(calls(1, 2), groups=groups)
    assert trace(scenario) == [(1, "answered", 0, 1, 11, 0), (2, "answered", 18, 20, 30, 1)]
    assert call_log(scenario).late.tolist() == [[5, 11, 0]]


def test_a_call_that_ends_with_the_shift_is_the_last() -> None:
    groups = [AgentGroup("g", ["a"], [Shift(0, 10), Shift(25, 60)])]
    assert [row[3] for row in trace(desk(calls(0, 2), groups=groups))] == [0, 25]


def test_a_call_may_return_to_the_head_of_the_queue() -> None:
    groups = [AgentGroup("g", ["a"], [Shift(0, 4), Shift(1, 60)], leaving="return")]
    scenario = desk(calls(0, 1, 2, patience=Deterministic(30)), groups=groups)
    assert trace(scenario) == [
        (0, "answered", 7, 11, 17, 1),  # 4 s of 10 were done by the first agent
        (1, "answered", 0, 1, 11, 1),
        (2, "answered", 15, 17, 27, 1),
    ]
    assert sorted(map(tuple, call_log(scenario).busy.tolist())) == [
        (0, 4, 0),
        (1, 11, 0),
        (11, 17, 0),
        (17, 27, 0),
    ]


def test_a_call_that_ends_with_the_shift_does_not_return() -> None:
    groups = [AgentGroup("g", ["a"], [Shift(0, 10), Shift(20, 60)], leaving="return")]
    assert trace(desk(calls(0), groups=groups)) == [(0, "answered", 0, 0, 10, 0)]


def test_a_returned_call_goes_to_a_free_agent_at_once() -> None:
    groups = [AgentGroup("g", ["a"], [Shift(0, 4), Shift(1, 60)], leaving="return")]
    assert trace(desk(calls(0), groups=groups)) == [(0, "answered", 0, 4, 10, 1)]


def test_a_returned_call_goes_before_those_who_wait_when_shifts_change() -> None:
    groups = [AgentGroup("g", ["a"], [Shift(0, 4), Shift(4, 60)], leaving="return")]
    assert [(row[0], row[3]) for row in trace(desk(calls(0, 1), groups=groups))] == [(0, 4), (1, 10)]


def test_a_returned_caller_has_the_patience_that_is_left() -> None:
    groups = [AgentGroup("g", ["a"], [Shift(3, 6)], leaving="return")]
    assert trace(desk(calls(0, patience=Deterministic(5)), groups=groups)) == [
        (0, "abandoned", 5, None, None, -1)
    ]
    again = [AgentGroup("g", ["a"], [Shift(3, 6), Shift(7, 9), Shift(10, 60)], leaving="return")]
    assert trace(desk(calls(0, patience=Deterministic(6)), groups=again)) == [(0, "answered", 5, 10, 15, 2)]


def test_fewer_agents_from_an_interval_on() -> None:
    group = AgentGroup("g", ["a"], [2, 1, 2])
    scenario = Scenario([calls(5, 6, 7, 8, 9)], [group], interval_seconds=10)
    log = call_log(scenario)
    # At 10 both are busy and the second leaves after the call in hand, at 16; at 20 that agent is back.
    assert log.start.tolist() == [5, 6, 15, 20, 25]
    assert log.agent.tolist() == [0, 1, 0, 1, 0]
    assert log.late.tolist() == [[10, 16, 0]]


def test_whoever_goes_goes_busy_or_free() -> None:
    group = AgentGroup("g", ["a"], [2, 1, 1, 1])
    free = call_log(Scenario([calls(5, 11)], [group], interval_seconds=10))
    assert free.start.tolist() == [5, 15]  # the second agent, who was free, left at 10
    assert free.late.tolist() == []
    busy = call_log(Scenario([calls(0, 1, 11, handling=[3, 30, 5])], [group], interval_seconds=10))
    assert busy.start.tolist() == [0, 1, 11]  # the first agent is free and stays
    assert busy.late.tolist() == [[10, 31, 0]]


def test_returned_calls_of_a_falling_number() -> None:
    group = AgentGroup("g", ["a"], [2, 1, 1], leaving="return")
    log = call_log(Scenario([calls(5, 6)], [group], interval_seconds=10))
    assert log.start.tolist() == [5, 15]  # the second agent leaves at 10, with 6 s of the call to do
    assert log.end.tolist() == [15, 21]
    assert log.wait.tolist() == [0, 5]


def test_an_agent_who_is_back_before_the_call_ends_goes_on() -> None:
    scenario = Scenario(
        [calls(5, 6, 21, handling=18)], [AgentGroup("g", ["a"], [2, 0, 1])], interval_seconds=10
    )
    log = call_log(scenario)
    assert log.start.tolist() == [5, 6, 23]
    assert log.late.tolist() == [[10, 20, 0], [10, 24, 0]]


def test_lines_hold_those_who_talk_and_those_who_wait() -> None:
    assert trace(desk(calls(0, 1, 2, 10, 11), groups=ONE, lines=2)) == [
        (0, "answered", 0, 0, 10, 0),
        (1, "answered", 9, 10, 20, 0),
        (2, "blocked", 0, None, None, -1),
        (10, "answered", 10, 20, 30, 0),  # the first call has just ended
        (11, "blocked", 0, None, None, -1),
    ]


def test_lines_of_one_type() -> None:
    scenario = desk(
        calls(0, 1, 2, name="a", lines=1),
        calls(3, name="b"),
        groups=[AgentGroup("g", ["a", "b"], 1)],
    )
    assert [row[1] for row in trace(scenario)] == ["answered", "blocked", "blocked", "answered"]


def test_agents_beyond_the_lines_stay_idle() -> None:
    scenario = desk(calls(0, 1), groups=[AgentGroup("g", ["a"], 5)], lines=1)
    assert [row[1] for row in trace(scenario)] == ["answered", "blocked"]


def test_who_gave_up_calls_again() -> None:
    again = calls(0, 1, patience=Deterministic(2), redial=1, redial_delay=InOrder([1, 1, 4]), most_redials=2)
    assert trace(desk(again, groups=ONE, seconds=50)) == [
        (0, "answered", 0, 0, 10, 0),
        (1, "abandoned", 2, None, None, -1),
        (7, "abandoned", 2, None, None, -1),  # lost at 3, back after the third of the delays
        (10, "answered", 0, 10, 20, 0),  # lost at 9, back after the first again
    ]


def test_who_was_blocked_calls_again_but_not_for_ever() -> None:
    scenario = desk(calls(0, 1, redial=1, redial_delay=Deterministic(2), most_redials=3), groups=ONE, lines=1)
    log = call_log(scenario)
    assert log.arrival.tolist() == [0, 1, 3, 5, 7]
    assert log.redial.tolist() == [False, False, True, True, True]
    assert [row[1] for row in trace(scenario)] == ["answered"] + 4 * ["blocked"]


def test_a_redial_after_the_end_is_not_made() -> None:
    scenario = desk(calls(0, 1, redial=1, redial_delay=Deterministic(30)), groups=ONE, lines=1, seconds=31)
    assert len(trace(scenario)) == 2


def test_the_vendor_takes_whoever_finds_nobody_free() -> None:
    scenario = desk(calls(0, 1, 2, 12), groups=ONE, vendor=Vendor(handling_factor=3))
    assert trace(scenario) == [
        (0, "answered", 0, 0, 10, 0),
        (1, "overflowed", 0, 1, 31, -1),
        (2, "overflowed", 0, 2, 32, -1),
        (12, "answered", 0, 12, 22, 0),
    ]


def test_the_vendor_takes_who_has_waited_long_enough() -> None:
    scenario = desk(calls(0, 1, 8), groups=ONE, vendor=Vendor(after=5))
    assert trace(scenario) == [
        (0, "answered", 0, 0, 10, 0),
        (1, "overflowed", 5, 6, 16, -1),
        (8, "answered", 2, 10, 20, 0),
    ]


def test_a_busy_vendor_takes_the_first_who_still_waits_as_soon_as_possible() -> None:
    scenario = desk(
        calls(0, 1, 2, 3, handling=[60, 10, 10, 10], patience=InOrder([99, 99, 9, 99])),
        groups=ONE,
        vendor=Vendor(agents=1, after=5),
    )
    assert trace(scenario) == [
        (0, "answered", 0, 0, 60, 0),
        (1, "overflowed", 5, 6, 16, -1),
        (2, "abandoned", 9, None, None, -1),  # at 11, while the vendor is busy
        (3, "overflowed", 13, 16, 26, -1),
    ]


def test_the_vendor_takes_those_who_find_no_line() -> None:
    vendor = Vendor(agents=1, after=np.inf)
    assert [row[1] for row in trace(desk(calls(0, 1, 2), groups=ONE, lines=1, vendor=vendor))] == [
        "answered",
        "overflowed",
        "blocked",
    ]
    never = Vendor(after=np.inf, when_full=False)
    assert [row[1] for row in trace(desk(calls(0, 1), groups=ONE, lines=1, vendor=never))] == [
        "answered",
        "blocked",
    ]


def test_an_overflowed_call_frees_its_line() -> None:
    scenario = desk(calls(0, 1, 7), groups=ONE, lines=2, vendor=Vendor(after=5, when_full=False))
    assert [row[1] for row in trace(scenario)] == ["answered", "overflowed", "answered"]


def test_a_call_that_overflows_at_once_takes_no_line() -> None:
    scenario = desk(calls(0, 1, 2, 3), groups=ONE, lines=2, vendor=Vendor(when_full=False))
    assert [row[1] for row in trace(scenario)] == ["answered"] + 3 * ["overflowed"]


def test_only_the_types_named_overflow() -> None:
    scenario = desk(
        calls(0, 1, name="a"),
        calls(2, name="b"),
        groups=[AgentGroup("g", ["a", "b"], 1)],
        vendor=Vendor(call_types=("b",)),
    )
    assert [row[1] for row in trace(scenario)] == ["answered", "answered", "overflowed"]
