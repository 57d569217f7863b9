"""Deferred work against a line of items followed one by one, and against its own conservation laws."""

from __future__ import annotations

from collections import deque

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.queueing.channels import deferred_work

DAY = st.lists(st.integers(0, 30), min_size=1, max_size=12)


class Line:
    """First in, first out, in small slices of time; nothing of the code under test."""

    def __init__(
        self,
        items: list[float],
        seconds: float,
        agents: list[float],
        deadline: float,
        backlog: float,
        age: float,
        interval: float = 1800,
        slices: int = 600,
    ) -> None:
        waiting: deque[list[float]] = deque([[-age, -1, backlog * seconds]] if backlog else [])
        width = interval / slices
        self.backlog, self.completed = [], []
        surely, perhaps, total = 0.0, 0.0, 0.0
        self.delay = np.zeros(len(items))
        for place, (come, staff) in enumerate(zip(items, agents, strict=True)):
            before = sum(part[2] for part in waiting)
            for piece in range(slices):
                now = place * interval + (piece + 0.5) * width
                if come:
                    waiting.append([now, place, come * seconds / slices])
                able = staff * width
                while able > 0 and waiting:
                    done = min(able, waiting[0][2])
                    since, origin, _ = waiting[0]
                    able -= done
                    waiting[0][2] -= done
                    if waiting[0][2] <= 1e-9:
                        waiting.popleft()
                    surely += done * (now - since <= deadline - width)
                    perhaps += done * (now - since <= deadline + width)
                    total += done
                    if origin >= 0:
                        self.delay[int(origin)] += done * (now - since)
            left = sum(part[2] for part in waiting)
            self.backlog.append(left / seconds)
            self.completed.append((before + come * seconds - left) / seconds)
        end = len(items) * interval
        total += sum(part for since, _, part in waiting if since + deadline < end)
        self.finished = {origin for _, origin, _ in waiting}
        # A slice is within its width of the true delay, so that a delay as long as the deadline is in doubt.
        self.shares = (surely / total, perhaps / total) if total else None
        self.oldest = end - waiting[0][0] if waiting else 0.0
        for place, come in enumerate(items):
            self.delay[place] = self.delay[place] / (come * seconds) if come else 0.0


@settings(deadline=None, max_examples=12)
@given(
    DAY,
    st.integers(60, 900),
    st.lists(st.integers(0, 6), min_size=12, max_size=12),
    st.sampled_from([0, 900, 1800, 4000, 7200]),
    st.integers(0, 20),
    st.integers(0, 5000),
)
def test_the_outcome_is_that_of_a_line_followed_slice_by_slice(
    items: list[int], seconds: int, agents: list[int], deadline: int, backlog: int, age: int
) -> None:
    staff = agents[: len(items)]
    line = Line([float(n) for n in items], seconds, [float(n) for n in staff], deadline, backlog, age)
    found = deferred_work(items, seconds, staff, deadline=deadline, backlog=backlog, backlog_age=age)
    total = sum(items) + backlog
    np.testing.assert_allclose(found.backlog, line.backlog, atol=0.01 * (1 + total / 100))
    np.testing.assert_allclose(found.completed, line.completed, atol=0.02 * (1 + total / 100))
    slice_of_work = 1800 / 600 * max(staff) / max(total * seconds, 1)
    if line.shares and not np.isnan(found.share_in_time):
        doubt = 0.02 + 2 * slice_of_work
        assert line.shares[0] - doubt <= float(found.share_in_time) <= line.shares[1] + doubt
    if line.backlog[-1] > 0.1:
        assert float(found.oldest[-1]) == pytest.approx(line.oldest, abs=20)
    for place in range(len(items)):
        if np.isfinite(found.delay[place]):
            assert float(found.delay[place]) == pytest.approx(line.delay[place], abs=20)
        else:
            assert place in line.finished


def test_what_is_neither_due_nor_finished_is_not_judged() -> None:
    found = deferred_work([10, 10], 300, 0, deadline=3600)
    assert np.isnan(found.share_in_time)
    assert np.isnan(found.in_time).all()
    assert float(found.open_at_end) == 20
    some = deferred_work([10, 0, 10], 300, [0, 0, 0], deadline=1800)
    assert float(some.share_in_time) == 0
    np.testing.assert_array_equal(some.in_time, [0, np.nan, np.nan])


@settings(deadline=None, max_examples=40)
@given(
    DAY,
    st.lists(st.floats(0, 900), min_size=12, max_size=12),
    st.lists(st.floats(0, 8), min_size=12, max_size=12),
    st.floats(0, 20000),
    st.floats(0, 30),
)
def test_nothing_is_lost(
    items: list[int], seconds: list[float], agents: list[float], deadline: float, backlog: float
) -> None:
    size = len(items)
    found = deferred_work(
        items, seconds[:size], agents[:size], deadline=deadline, backlog=backlog, backlog_age=100
    )
    come = backlog + np.cumsum(items)
    np.testing.assert_allclose(np.cumsum(found.completed) + found.backlog, come, rtol=1e-9, atol=1e-4)
    judged = come[-1] - found.open_at_end
    in_time = judged - found.late
    # Items that take no time are cut out of curves of seconds, which leaves a millionth of an item in doubt.
    assert float(in_time) >= -1e-4
    if judged > 0.1:
        assert float(found.share_in_time) == pytest.approx(float(in_time / judged), abs=1e-3)
    used = np.maximum(seconds[:size], 1e-6) @ np.diff(np.append(0.0, np.cumsum(items)))
    capacity = np.array(agents[:size]) * 1800
    spent = found.use @ capacity
    there = backlog * max(seconds[0], 1e-6)
    assert float(spent + found.backlog_seconds[-1]) == pytest.approx(used + there, rel=1e-9, abs=1e-5)
    for name in ("in_time", "use", "share_in_time"):
        value = getattr(found, name)
        shares = value if name == "use" else value[~np.isnan(value)]
        assert ((shares >= 0) & (shares <= 1)).all(), name


@settings(deadline=None, max_examples=25)
@given(DAY, st.floats(1, 900), st.floats(0, 10), st.floats(0, 3), st.floats(0, 9000))
def test_more_agents_never_do_less(
    items: list[int], seconds: float, agents: float, more: float, deadline: float
) -> None:
    few = deferred_work(items, seconds, agents, deadline=deadline)
    many = deferred_work(items, seconds, agents + more, deadline=deadline)
    assert (many.backlog <= few.backlog + 1e-6).all()
    assert (many.delay <= few.delay + 1e-4).all()
    assert not float(many.share_in_time) < float(few.share_in_time) - 1e-6


def test_an_example_by_hand() -> None:
    """10 items of 600 s in a half-hour for 2 agents: 6 done, the last of the 10 comes at 1800 and is done at 3000."""
    found = deferred_work([10, 0], 600, 2, deadline=600)
    np.testing.assert_allclose(found.completed, [6, 4])
    np.testing.assert_allclose(found.backlog, [4, 0])
    np.testing.assert_allclose(found.backlog_seconds, [2400, 0])
    np.testing.assert_allclose(found.oldest, [720, 0])  # what came at 1080 is next
    np.testing.assert_allclose(found.use, [1, 2400 / 3600])
    np.testing.assert_allclose(found.delay, [600, 0])  # from 0 to 1200, evenly
    np.testing.assert_allclose(found.in_time, [0.5, np.nan])
    assert float(found.late) == pytest.approx(5)


def test_rows_are_independent() -> None:
    items = np.array([[5.0, 8, 2], [1, 0, 30]])
    agents = np.array([[1, 1, 1], [2, 2, 0]])
    together = deferred_work(items, 500, agents, deadline=3600, backlog=[2, 0])
    for row, backlog in enumerate([2, 0]):
        single = deferred_work(items[row], 500, agents[row], deadline=3600, backlog=backlog)
        for name in ("completed", "backlog", "oldest", "in_time", "delay", "share_in_time", "open_at_end"):
            np.testing.assert_array_equal(getattr(together, name)[row], getattr(single, name), err_msg=name)


@pytest.mark.parametrize("large", [0.0, 1e-300, 1.0, 1e200, 1e308])
def test_no_figure_is_nan_whatever_is_put_in(large: float) -> None:
    for items, seconds, agents in ((large, 300, 2), (3, large, 2), (3, 300, large), (large, large, large)):
        found = deferred_work([items, 0, items], seconds, agents, deadline=3600, backlog=items)
        for name in ("completed", "backlog", "oldest", "use", "delay", "late"):
            assert not np.isnan(getattr(found, name)).any(), name


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"items": [-1]}, "items"),
        ({"items": 5}, "items"),
        ({"items": []}, "items"),
        ({"items": [[1, 2], [3, 4]], "backlog": [1, 2, 3]}, "backlog"),
        ({"handling_time": np.nan}, "handling_time"),
        ({"handling_time": [1, 2, 3]}, "handling_time"),
        ({"agents": -2}, "agents"),
        ({"deadline": -1}, "deadline"),
        ({"deadline": [1, 2]}, "deadline"),
        ({"deadline": np.inf}, "deadline"),
        ({"interval": 0}, "interval"),
        ({"efficiency": 1.1}, "efficiency"),
        ({"backlog_age": -1}, "backlog_age"),
    ],
)
def test_wrong_input_names_the_argument(wrong: dict[str, object], name: str) -> None:
    arguments: dict[str, object] = {
        "items": [1, 2],
        "handling_time": 300,
        "agents": 3,
        "deadline": 3600,
    } | wrong
    with pytest.raises(ValueError, match=name):
        deferred_work(**arguments)  # type: ignore[arg-type]
