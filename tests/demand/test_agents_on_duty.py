"""Agents on duty: from call records, and as a column of a history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from staffing.demand import read_history
from staffing.demand.history import COLUMNS
from staffing.demand.importers import import_calls, write_history
from staffing.errors import InputError
from staffing.horizon import Horizon

Desk = Callable[..., Horizon]
File = Callable[..., Path]
HEADER = "queue_entry,queue_s,outcome,handle_s,agent"
HISTORY = "interval_start,offered,answered,abandoned,talk_seconds,agents"


def agents(table: pd.DataFrame) -> list[float]:
    return table["agents"].tolist()


def test_an_agent_is_on_duty_from_the_first_call_of_a_stretch_to_the_end_of_its_last(
    desk: Desk, file: File
) -> None:
    calls = (
        "2027-06-01 09:14:00,60,answered,120,Abe",  # talks 09:15-09:17
        "2027-06-01 09:30:00,0,answered,900,Abe",  # 09:30-09:45: no more than 20 minutes later
        "2027-06-01 10:06:00,0,answered,840,Abe",  # 10:06-10:20: 21 minutes later, so away until then
        "2027-06-01 11:00:00,30,abandoned,,",
    )
    table = import_calls(file(*calls, header=HEADER), desk())
    assert tuple(table.columns) == (*COLUMNS, "agents")
    assert agents(table) == [0.5, pytest.approx(14 / 60, abs=1e-4), 0]
    near = import_calls(file(*calls, header=HEADER), desk(), away_minutes=21)
    assert agents(near) == [0.75, pytest.approx(20 / 60, abs=1e-4), 0]


def test_a_long_call_spans_intervals_and_calls_at_once_count_once(desk: Desk, file: File) -> None:
    calls = (
        "2027-06-01 09:30:00,0,answered,7200,Abe",
        "2027-06-01 09:40:00,0,answered,60,Abe",  # a second line, or a clock that differs
        "2027-06-01 11:40:00,0,answered,600,Abe",  # 10 minutes after the end of the longer one
    )
    assert agents(import_calls(file(*calls, header=HEADER), desk())) == [
        0.5,
        1,
        pytest.approx(50 / 60, abs=1e-4),
    ]


def test_holding_and_after_call_work_are_duty(desk: Desk, file: File) -> None:
    calls = ("2027-06-01 09:00:00,0,answered,600,Abe,600,600", "2027-06-01 11:00:00,0,answered,0,Abe,0,0")
    table = import_calls(file(*calls, header=HEADER + ",hold_s,acw_s"), desk())
    assert agents(table) == [0.5, 0, 0]


def test_who_serves_several_queues_counts_once_shared_out_by_talk(desk: Desk, file: File) -> None:
    calls = (
        "2027-06-01 09:00:00,0,answered,900,Abe,gold",
        "2027-06-01 09:15:00,0,answered,2700,Abe,silver",
        "2027-06-01 10:00:00,0,answered,0,Bea,gold",
        "2027-06-01 10:00:00,0,answered,0,Bea,silver",
        "2027-06-01 10:15:00,0,answered,0,Bea,silver",
    )
    table = import_calls(file(*calls, header=HEADER + ",queue"), desk())
    found = {(row.queue, row.interval_start.hour): row.agents for row in table.itertuples()}
    assert (found["gold", 9], found["silver", 9]) == (0.25, 0.75)
    assert (found["gold", 10], found["silver", 10]) == pytest.approx((0.25 / 3, 0.25 * 2 / 3), abs=1e-4)


def test_calls_that_nobody_known_took_put_nobody_on_duty(desk: Desk, file: File) -> None:
    calls = ("2027-06-01 09:00:00,0,answered,900,", "2027-06-01 10:00:00,0,answered,1800,Abe")
    assert agents(import_calls(file(*calls, header=HEADER), desk())) == [0, 0.5, 0]
    nobody = import_calls(file(calls[0], header=HEADER), desk())
    assert tuple(nobody.columns) == COLUMNS, "nothing is known of who was there"
    with pytest.raises(ValueError, match="away_minutes must be 0 or more"):
        import_calls(file(*calls, header=HEADER), desk(), away_minutes=-1)


def test_a_call_of_absurd_length_is_no_overflow(desk: Desk, file: File) -> None:
    calls = ("2027-06-01 09:00:00,1e11,answered,1e12,Abe", "2027-06-01 09:30:00,0,answered,1e12,Bea")
    assert agents(import_calls(file(*calls, header=HEADER), desk())) == [0.5, 1, 1]


taken = st.tuples(
    st.sampled_from("abc"),
    st.integers(0, 6 * 3600),
    st.integers(0, 300),
    st.integers(0, 3000),
    st.sampled_from("xy"),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@given(calls=st.lists(taken, min_size=1, max_size=25), away=st.integers(0, 60))
def test_duty_is_counted_second_by_second(
    desk: Desk, file: File, calls: list[tuple[str, int, int, int, str]], away: int
) -> None:
    """By a clock that ticks each second: on duty in a call, or between two calls close enough together."""
    start = pd.Timestamp("2027-06-01 09:00")
    lines = [
        f"{start + timedelta(seconds=at):%Y-%m-%d %H:%M:%S},{wait},answered,{talk},{agent},{queue}"
        for agent, at, wait, talk, queue in calls
    ]
    horizon = desk("09:00-18:00")
    table = import_calls(file(*lines, header=HEADER + ",queue"), horizon, away_minutes=away)
    ticking = np.zeros(11 * 3600)
    for name in {call[0] for call in calls}:
        mine = sorted((at + wait, at + wait + talk) for agent, at, wait, talk, _ in calls if agent == name)
        on, until = np.zeros(len(ticking), dtype=bool), None
        for begin, end in mine:
            near = until is not None and begin - until <= away * 60
            on[until if near and begin > until else begin : end] = True
            until = end if until is None else max(until, end)
        ticking += on
    found = table.groupby("interval_start")["agents"].sum()
    hours = [(moment.hour - 9) for moment in found.index]
    expected = [ticking[hour * 3600 : (hour + 1) * 3600].mean() for hour in hours]
    assert found.to_numpy() == pytest.approx(expected, abs=2e-4)


def test_a_history_may_say_who_was_there(desk: Desk, file: File) -> None:
    rows = [
        f"2027-06-01 {hour}:00,5,4,1,400,{there}" for hour, there in (("09", "3.25"), ("10", ""), ("11", "0"))
    ]
    history = read_history(file(*rows, header=HISTORY), desk())
    assert history.frame["agents"].tolist() == pytest.approx([3.25, np.nan, 0], nan_ok=True)
    assert not any("agents" in str(note) for note in history.notes)
    without = [row.rsplit(",", 1)[0] for row in rows]
    assert "agents" not in read_history(file(*without), desk()).frame


def test_an_interval_without_a_row_does_not_say_that_nobody_was_there(desk: Desk, file: File) -> None:
    rows = ["2027-06-01 09:00,5,4,1,400,2", "2027-06-01 11:00,5,4,1,400,2"]
    frame = read_history(file(*rows, header=HISTORY), desk(), missing_intervals="zero").frame
    assert frame["offered"].tolist() == [5, 0, 5]
    assert frame["agents"].tolist() == pytest.approx([2, np.nan, 2], nan_ok=True)


@pytest.mark.parametrize("cell", ["-1", "many", "nan", "inf"])
def test_an_impossible_number_of_agents_is_a_fault(desk: Desk, file: File, cell: str) -> None:
    rows = [f"2027-06-01 {hour}:00,5,4,1,400,2" for hour in ("09", "10")]
    path = file(*rows, f"2027-06-01 11:00,5,4,1,400,{cell}", header=HISTORY)
    with pytest.raises(InputError, match=rf"row 4, column agents: found '{cell}', expected a number from 0"):
        read_history(path, desk())


def test_what_was_counted_is_written_and_read_again(desk: Desk, file: File, tmp_path: Path) -> None:
    calls = [
        f"2027-06-0{day} 09:{minute}:07,3,answered,901,A{minute % 3}"
        for day in (1, 2)
        for minute in range(10, 60)
    ]
    table = import_calls(file(*calls, header=HEADER), desk())
    write_history(table, tmp_path / "again.csv")
    frame = read_history(tmp_path / "again.csv", desk().between(date(2027, 6, 1), date(2027, 6, 2))).frame
    assert frame["agents"].tolist() == agents(table)
