"""Every fault a history can have is named by row and column, all of a kind at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from staffing.demand import read_history
from staffing.demand.history import COLUMNS
from staffing.errors import Fault, InputError
from staffing.horizon import Horizon, OpeningHours
from staffing.io.faults import KEPT

Desk = Callable[..., Horizon]
File = Callable[..., Path]
FULL = ",".join(COLUMNS)
GOOD = "2027-06-01 {}:00,60,main,voice,10,8,1,1,1,7,800,80,160,90,30"


def faults(path: Path, horizon: Horizon) -> tuple[Fault, ...]:
    with pytest.raises(InputError) as caught:
        read_history(path, horizon)
    assert caught.value.file == "history.csv"
    return caught.value.faults


def cell(column: str, value: str) -> str:
    """A good row for 10:00 with one cell changed."""
    cells = GOOD.format("10").split(",")
    cells[COLUMNS.index(column)] = value
    return ",".join(cells)


@pytest.mark.parametrize(
    ("column", "value", "found", "expected"),
    [
        ("offered", "many", "'many'", "a whole number from 0"),
        ("offered", "", "an empty cell", "a whole number from 0"),
        ("offered", "  ", "an empty cell", "a whole number from 0"),
        ("offered", "-3", "'-3'", "a whole number from 0"),
        ("offered", "NaN", "'NaN'", "a whole number from 0"),
        ("offered", "inf", "'inf'", "a whole number from 0"),
        ("offered", "12.5", "'12.5'", "a whole number"),
        ("offered", "1_000", "'1_000'", "a whole number from 0"),
        ("offered", "2e9", "'2e9'", "at most 1,000,000,000"),
        ("answered_within_threshold", "nan", "'nan'", "a whole number from 0"),
        ("answered_within_threshold", "9", "9 with answered 8", "at most answered"),
        ("short_abandoned", "2", "2 with abandoned 1", "at most abandoned"),
        ("talk_seconds", "=1+1", "'=1+1'", "seconds from 0, or h:mm:ss"),
        ("talk_seconds", "1:2:3", "'1:2:3'", "seconds from 0, or h:mm:ss"),
        ("talk_seconds", "-1", "'-1'", "seconds from 0, or h:mm:ss"),
        ("wait_answered_seconds", "NaN", "'NaN'", "seconds from 0, or h:mm:ss"),
        ("queue", " ", "an empty cell", "the name of a queue"),
        (
            "interval_minutes",
            "15",
            "15 minutes in 1 rows, the first",
            "60, the plan's horizon.interval_minutes",
        ),
        ("interval_start", "soon", "'soon'", "a date and time such as 2027-02-01 09:00"),
        ("interval_start", "", "an empty cell", "a date and time such as 2027-02-01 09:00"),
        (
            "interval_start",
            "2027-02-30 10:00",
            "'2027-02-30 10:00'",
            "a date and time such as 2027-02-01 09:00",
        ),
        (
            "interval_start",
            "2027-06-01 24:00",
            "'2027-06-01 24:00'",
            "a date and time such as 2027-02-01 09:00",
        ),
        ("interval_start", "2027-06-01", "'2027-06-01'", "a date and time such as 2027-02-01 09:00"),
    ],
)
def test_a_bad_cell_is_named(
    desk: Desk, file: File, column: str, value: str, found: str, expected: str
) -> None:
    path = file(GOOD.format("09"), cell(column, value), GOOD.format("11"), header=FULL)
    assert faults(path, desk()) == (Fault(found, expected, 3, column),)


def test_more_outcomes_than_contacts(desk: Desk, file: File) -> None:
    path = file(GOOD.format("09"), cell("offered", "9"), GOOD.format("11"), header=FULL)
    (fault,) = faults(path, desk())
    assert (fault.row, fault.column) == (3, "offered")
    assert fault.found == "9 with answered 8, abandoned 1, blocked 1"


def test_all_faults_are_found_and_come_in_the_order_of_rows(desk: Desk, file: File) -> None:
    rows = ("x,1,y,0,1", "2027-06-01 10:00,-1,0,0,z", "2027-06-01 11:00,1,1,0,1")
    found = [(fault.row, fault.column) for fault in faults(file(*rows), desk())]
    assert found == [
        (2, "interval_start"),
        (2, "answered"),
        (3, "offered"),
        (3, "talk_seconds"),
    ]


def test_names_in_messages_are_those_of_the_file(desk: Desk, file: File) -> None:
    header = "日時,着信数,応答数,放棄呼数,平均通話時間"
    message = str(InputError("history.csv", faults(file("2027/6/1 9:00,十,1,0,60", header=header), desk())))
    assert message == "history.csv: row 2, column 着信数: found '十', expected a whole number from 0"


def test_a_long_list_is_cut_and_counted(desk: Desk, file: File) -> None:
    rows = [f"2027-06-01 09:00,x{i},0,0,0" for i in range(KEPT + 7)]
    found = faults(file(*rows), desk())
    assert len(found) == KEPT
    assert (found[0].row, found[0].found) == (2, "'x0' (the first of 1,007 rows with this fault)")
    assert (found[-1].row, found[-1].found) == (1001, "'x999'")
    assert str(InputError("history.csv", found)).count("\n") == InputError.shown


def test_columns_that_are_missing(desk: Desk, file: File) -> None:
    found = faults(file("1,2", header="offered,answerd"), desk())
    assert [fault.column for fault in found] == ["interval_start", "answered", "abandoned", "talk_seconds"]
    assert 'or "aht_seconds" (平均処理時間)' in found[-1].expected
    assert "nearest: 'answerd'" in found[1].expected
    (fault,) = faults(file("2027-06-01,1,1,0,1", header="日付,着信数,応答数,放棄呼数,aht"), desk())
    assert fault.expected == 'a column "time" (時間帯) beside \'日付\', or one "interval_start"'


@pytest.mark.parametrize(
    "start", ["2027-06-01 10:10", "2027-06-01 10:00:30", "2027-06-01 08:30", "2027-06-01 20:30"]
)
def test_starts_off_the_grid(desk: Desk, file: File, start: str) -> None:
    """Inside the opening hours, cutting into them, and outside of them."""
    path = file(f"2027-06-01 09:00,1,1,0,1\n{start},1,1,0,1")
    assert faults(path, desk()) == (
        Fault(repr(start), "a start on the plan's 60-minute grid", 3, "interval_start"),
    )


def test_an_interval_twice_names_both_rows(desk: Desk, file: File) -> None:
    header = "interval_start,queue,offered,answered,abandoned,aht_seconds"
    rows = [f"2027-06-01 {hour}:00,{queue},1,1,0,1" for queue in ("a", "b") for hour in ("09", "10", "11")]
    (fault,) = faults(file(*rows, rows[4].replace("01 10", "01T10") + "0", header=header), desk())
    assert (fault.row, fault.column) == (8, "interval_start")
    assert fault.found == "'2027-06-01T10:00' of queue 'b' again, as in row 6"


def test_a_mistyped_year_is_no_gap_of_centuries(desk: Desk, file: File) -> None:
    path = file("2027-06-01 09:00,1,1,0,1", "1927-06-01 10:00,1,1,0,1", "2027-06-01 11:00,1,1,0,1")
    found = faults(path, desk())
    assert [fault.row for fault in found] == [3, 4]
    assert "all rows within 3,700 days (they span 36,525)" in found[0].expected


def test_no_row_in_the_opening_hours(desk: Desk, file: File) -> None:
    (fault,) = faults(file("2027-06-01 20:00,1,1,0,1"), desk())
    assert fault.found == "no row in the opening hours"


def test_a_desk_that_is_never_open(desk: Desk, file: File) -> None:
    hours = OpeningHours(((),) * 7)
    never = Horizon(date(2027, 6, 1), date(2027, 6, 1), "Asia/Tokyo", 60, hours)
    (fault,) = faults(file("2027-06-01 10:00,1,1,0,1"), never)
    assert fault.found == "no row in the opening hours"
