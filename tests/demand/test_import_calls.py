"""Call records are counted into intervals without losing or inventing a call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

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
HEADER = "queue_entry,queue_s,outcome,handle_s"


def test_each_call_counts_where_it_entered_the_queue(desk: Desk, file: File) -> None:
    calls = (
        "2027-06-01 09:00:00,20,answered,100",
        "2027-06-01 09:59:59,4000,answered,300",  # waits into the next hour
        "2027-06-01 09:30:00,5,abandoned,",
        "2027-06-01 09:30:00,6,abandoned,0",
        "2027-06-01 11:15:00,0,blocked,",
        "2027-06-01 20:10:00,21,answered,60",
    )
    table = import_calls(file(*calls, header=HEADER), desk())
    assert tuple(table.columns) == COLUMNS
    assert table.drop(columns=["interval_start", "queue", "channel"]).to_numpy().tolist() == [
        [60, 4, 2, 2, 1, 0, 1, 400, 0, 0, 4020, 11],
        [60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [60, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0],
        [60, 1, 1, 0, 0, 0, 0, 60, 0, 0, 21, 0],
    ]
    assert [moment.isoformat() for moment in table["interval_start"]] == [
        f"2027-06-01T{hour}:00:00+09:00" for hour in ("09", "10", "11", "20")
    ]


def test_thresholds_are_the_callers(desk: Desk, file: File) -> None:
    calls = ("2027-06-01 09:00:00,30,answered,1", "2027-06-01 09:00:00,9,abandoned,")
    table = import_calls(file(*calls, header=HEADER), desk(), threshold_seconds=30, short_abandon_seconds=8)
    assert table[["answered_within_threshold", "short_abandoned"]].iloc[0].tolist() == [1, 0]


def test_silence_on_a_recorded_day_is_no_call_and_a_day_without_calls_is_unknown(
    desk: Desk, file: File
) -> None:
    calls = [f"2027-06-0{day} 10:30:00,1,answered,1" for day in (1, 4)]
    path = file(*calls, header=HEADER)
    table = import_calls(path, desk(), missing_days=[date(2027, 6, 4)])
    assert table["interval_start"].dt.strftime("%d %H").tolist() == ["01 09", "01 10", "01 11", "04 10"]


def test_calls_before_and_after_the_opening_hours_are_kept_and_set_apart(desk: Desk, file: File) -> None:
    calls = [f"2027-06-01 {clock}:00,1,answered,1" for clock in ("09:29", "09:30", "10:29", "12:20")]
    path = file(*calls, header=HEADER)
    horizon = desk("09:30-10:30", minutes=30)
    table = import_calls(path, horizon)
    assert table["interval_start"].dt.strftime("%H:%M").tolist() == ["09:00", "09:30", "10:00", "12:00"]
    write_history(table, path)
    assert read_history(path, horizon).frame["offered"].tolist() == [1, 1]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "2027-06-01 09:00:00,1,lost,",
            "column outcome: found 'lost', expected one of abandoned, answered, blocked",
        ),
        ("2027-06-01 09:00:00,1,answered,", "column handle_s: found an empty cell, expected seconds from 0"),
        ("2027-06-01 09:00:00,1,abandoned,7", "column handle_s: found 7 for a call nobody answered"),
        ("2027-06-01 09:00:00,,abandoned,", "column queue_s: found an empty cell"),
        ("yesterday,1,abandoned,", "column queue_entry: found 'yesterday', expected a date and time"),
    ],
)
def test_faults_of_call_records(desk: Desk, file: File, row: str, message: str) -> None:
    path = file("2027-06-01 09:00:00,1,abandoned,", row, header=HEADER)
    with pytest.raises(InputError) as caught:
        import_calls(path, desk())
    assert f"row 3, {message}" in str(caught.value)


def test_a_queue_has_one_channel(desk: Desk, file: File) -> None:
    path = file(
        "2027-06-01 09:00:00,1,abandoned,,voice",
        "2027-06-01 09:00:00,1,abandoned,,chat",
        header=HEADER + ",channel",
    )
    with pytest.raises(InputError, match="queue 'main' with several channels"):
        import_calls(path, desk())


call = st.tuples(
    st.integers(1, 3),
    st.integers(0, 86_399),
    st.sampled_from(["a", "b"]),
    st.integers(0, 900),
    st.sampled_from(["answered", "abandoned", "blocked"]),
    st.integers(0, 900),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(calls=st.lists(call, min_size=1, max_size=60), minutes=st.sampled_from([15, 30, 60]))
def test_every_call_is_counted_once(
    desk: Desk, file: File, calls: list[tuple[int, int, str, int, str, int]], minutes: int
) -> None:
    """Contacts, outcomes, waiting and talk add up to the records', by queue; open hours then read back complete."""
    lines = [
        f"2027-06-{day:02d} {second // 3600:02d}:{second % 3600 // 60:02d}:{second % 60:02d},"
        f"{wait},{outcome},{talk if outcome == 'answered' else ''},{queue}"
        for day, second, queue, wait, outcome, talk in calls
    ]
    path = file(*lines, header=HEADER + ",queue")
    horizon = desk("08:00-20:00", minutes=minutes)
    table = import_calls(path, horizon)
    assert (table["answered"] + table["abandoned"] + table["blocked"]).tolist() == table["offered"].tolist()
    for queue in {call[2] for call in calls}:
        mine, counted = [call for call in calls if call[2] == queue], table[table["queue"] == queue]
        assert counted["offered"].sum() == len(mine)
        assert counted["answered"].sum() == sum(call[4] == "answered" for call in mine)
        assert counted["talk_seconds"].sum() == sum(call[5] for call in mine if call[4] == "answered")
        waits = counted["wait_answered_seconds"].sum() + counted["wait_abandoned_seconds"].sum()
        assert waits == sum(call[3] for call in mine if call[4] != "blocked")
    inside = [call for call in calls if 8 * 3600 <= call[1] < 20 * 3600]
    if inside:
        write_history(table, path)
        missing = [date(2027, 6, day) for day in (1, 2, 3)]
        kept = [
            day
            for day in missing
            if all(any(c[0] == day.day and c[2] == q for c in inside) for q in {c[2] for c in inside})
        ]
        rest = [day for day in missing if day not in kept]
        if kept:
            frame = read_history(path, horizon, missing_days=rest).frame
            assert frame["offered"].sum() == sum(call[0] in {day.day for day in kept} for call in inside)
