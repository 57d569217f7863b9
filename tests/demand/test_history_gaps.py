"""Open time without rows, and rows without open time: refused, filled or left out, and always said."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from staffing.demand import read_history
from staffing.errors import InputError
from staffing.horizon import Horizon

Desk = Callable[..., Horizon]
File = Callable[..., Path]
HEADER = "interval_start,queue,offered,answered,abandoned,talk_seconds"
TUESDAY, WEDNESDAY, THURSDAY = (date(2027, 6, day) for day in (1, 2, 3))


def rows(day: int, hours: Iterable[int], queue: str = "main", calls: int = 2) -> list[str]:
    return [f"2027-06-{day:02d} {hour:02d}:00,{queue},{calls},{calls},0,100" for hour in hours]


def messages(path: Path, horizon: Horizon, **options: object) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_history(path, horizon, **options)  # type: ignore[arg-type]
    return [f"{fault.found} | {fault.expected}" for fault in caught.value.faults]


def test_calls_outside_the_opening_hours_are_left_out_and_counted(desk: Desk, file: File) -> None:
    history = read_history(file(*rows(1, range(7, 14)), header=HEADER), desk())
    assert history.frame["offered"].sum() == 6
    assert "8 calls in 4 rows outside the opening hours were left out" in map(str, history.notes)


def test_open_days_without_rows_are_an_error_that_says_what_would_let_them_through(
    desk: Desk, file: File
) -> None:
    path = file(*rows(1, (9, 10, 11)), *rows(4, (9, 10, 11)), *rows(6, (9, 10, 11)), header=HEADER)
    first, second = messages(path, desk())
    assert first.startswith("no row on 2027-06-02 to 2027-06-03, open by the opening hours | ")
    assert "history.missing_days = [2027-06-02, 2027-06-03]" in first
    assert "horizon.closed" in first
    assert second.startswith("no row on 2027-06-05, ")


def test_named_days_may_be_missing(desk: Desk, file: File) -> None:
    path = file(*rows(1, (9, 10, 11)), *rows(3, (9, 10, 11)), header=HEADER)
    others = [date(2027, 5, 30), date(2027, 6, 9)]  # outside the recorded period: of no matter
    history = read_history(path, desk(), missing_days=[WEDNESDAY, *others])
    assert history.missing_days == (WEDNESDAY,)
    assert "No records for 2027-06-02" in map(str, history.notes)
    assert history.frame["business_date"].nunique() == 2


def test_rows_on_days_named_as_missing_are_left_out(desk: Desk, file: File) -> None:
    path = file(*rows(1, (9, 10, 11)), *rows(2, (9,)), *rows(3, (9, 10, 11)), header=HEADER)
    history = read_history(path, desk(), missing_days=[WEDNESDAY])
    assert len(history.frame) == 6
    assert "2 calls in 1 rows on days named as missing were left out" in map(str, history.notes)
    assert messages(file(*rows(2, (9,)), header=HEADER), desk(), missing_days=[WEDNESDAY]) == [
        "no row in the opening hours | rows in the opening hours"
    ]


def test_closed_days_are_no_gap(desk: Desk, file: File) -> None:
    path = file(*rows(1, (9, 10, 11)), *rows(3, (9, 10, 11)), header=HEADER)
    open_desk = desk()
    closed = Horizon(TUESDAY, TUESDAY, "Asia/Tokyo", 60, open_desk.hours.closing([WEDNESDAY]))
    assert len(read_history(path, closed).frame) == 6
    assert read_history(path, closed, missing_days=[WEDNESDAY]).missing_days == ()


def test_open_intervals_without_rows_are_an_error_by_day_and_range(desk: Desk, file: File) -> None:
    path = file(*rows(1, (9, 12, 13, 14)), *rows(2, (10, 11, 12, 13, 14, 16)), header=HEADER)
    first, second = messages(path, desk("09:00-17:00"))
    assert first.startswith("no row on 2027-06-01 at 10:00-12:00, 15:00-17:00 (4 intervals) | ")
    assert 'history.missing_intervals = "zero"' in first
    assert '"unknown"' in first
    assert second.startswith("no row on 2027-06-02 at 09:00-10:00, 15:00-16:00 (2 intervals) | ")


def test_a_long_list_of_gaps_begins_with_their_number(desk: Desk, file: File) -> None:
    path = file(*(row for day in range(1, 13) for row in rows(day, (9,))), *rows(15, (9, 10)), header=HEADER)
    first, *others = messages(path, desk())
    assert first.startswith("31 open intervals without a row, on 15 days | ")
    assert len(others) == 14


@pytest.mark.parametrize(
    ("rule", "hours", "note"),
    [
        ("zero", 3, "1 open intervals without a row were taken as 0 calls"),
        ("unknown", 2, "1 open intervals without a row were left out"),
    ],
)
def test_open_intervals_without_rows_are_filled_or_left_out(
    desk: Desk, file: File, rule: Literal["zero", "unknown"], hours: int, note: str
) -> None:
    history = read_history(file(*rows(1, (9, 11)), header=HEADER), desk(), missing_intervals=rule)
    assert len(history.frame) == hours
    assert history.frame["offered"].sum() == 4
    assert history.frame["handle_seconds"].sum() == 200
    assert note in map(str, history.notes)


def test_each_queue_has_its_own_period_and_its_own_gaps(desk: Desk, file: File) -> None:
    """A queue that starts later has no gap before; what it lacks afterwards is named with the queue."""
    whole = [*rows(1, (9, 10, 11), "a"), *rows(2, (9, 10, 11), "a"), *rows(3, (9, 10, 11), "a")]
    later = rows(2, (9, 10, 11), "b")
    assert len(read_history(file(*whole, *later, header=HEADER), desk()).frame) == 12
    (message,) = messages(file(*whole, *later[:2], *rows(3, (9, 10, 11), "b"), header=HEADER), desk())
    assert message.startswith("no row of queue 'b' on 2027-06-02 at 11:00-12:00 (1 interval)")
    (message,) = messages(
        file(*whole, *rows(1, (9, 10, 11), "b"), *rows(3, (9, 10, 11), "b"), header=HEADER), desk()
    )
    assert message.startswith("no row of queue 'b' on 2027-06-02, open")
    filled = read_history(file(*whole, *later[:2], header=HEADER), desk(), missing_intervals="zero").frame
    assert filled["queue"].tolist() == ["a"] * 9 + ["b"] * 3
    assert filled["offered"].tolist() == [2] * 11 + [0]


def test_a_night_shift_belongs_to_the_day_it_opened(desk: Desk, file: File) -> None:
    night = [*rows(1, (22, 23)), *rows(2, (0, 1, 22, 23)), *rows(3, (0, 1))]
    frame = read_history(file(*night, header=HEADER), desk("22:00-26:00")).frame
    assert frame["slot"].tolist() == [1320, 1380, 1440, 1500] * 2
    assert frame["business_date"].dt.day.tolist() == [1] * 4 + [2] * 4


hours = st.lists(st.booleans(), min_size=4 * 24, max_size=4 * 24).filter(any)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(present=hours)
def test_no_call_gets_lost_between_the_frame_and_the_notes(
    desk: Desk, file: File, present: list[bool]
) -> None:
    """Over four days with any rows missing: calls kept + calls left out = calls in the file, whatever the rule."""
    kept = [divmod(i, 24) for i, flag in enumerate(present) if flag]
    lines = [f"2027-06-{day + 1:02d} {hour:02d}:00,main,{hour + 1},0,0,0" for day, hour in kept]
    inside = sum(hour + 1 for _, hour in kept if 8 <= hour < 20)
    path = file(*lines, header=HEADER)
    horizon = desk("08:00-20:00")
    days = {day for day, hour in kept if 8 <= hour < 20}
    missing = [date(2027, 6, day + 1) for day in set(range(4)) - days]
    if not days:
        assert messages(path, horizon) == ["no row in the opening hours | rows in the opening hours"]
        return
    filled = read_history(path, horizon, missing_intervals="zero", missing_days=missing)
    bare = read_history(path, horizon, missing_intervals="unknown", missing_days=missing)
    outside = sum(int(dict(note.values)["calls"]) for note in filled.notes if "outside" in note.text)
    assert filled.frame["offered"].sum() == bare.frame["offered"].sum() == inside
    assert inside + outside == sum(hour + 1 for _, hour in kept)
    assert len(filled.frame) == 12 * len(days)
    assert len(bare.frame) == sum(8 <= hour < 20 for _, hour in kept)
