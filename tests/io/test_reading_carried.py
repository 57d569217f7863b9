"""Carry-in files: what they hold in every encoding, and every fault by row and column."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from staffing.errors import InputError
from staffing.io.carried import read_carried
from staffing.labour import Carried, MonthHours

TOKYO, BERLIN = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Berlin")


def written(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "carried.csv"
    path.write_bytes(text.encode(encoding))
    return path


def faults(tmp_path: Path, text: str, zone: ZoneInfo = TOKYO) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_carried(written(tmp_path, text), ("A1", "A2"), zone)
    return [str(fault) for fault in caught.value.faults]


def test_everything_a_person_brings(tmp_path: Path) -> None:
    columns = {
        "agent_id": "A1",
        "month_overtime_hours": "12:30",
        "month_holiday_hours": "8",
        "earlier_1_overtime_hours": "44.5",
        "earlier_1_holiday_hours": "0",
        "earlier_5_overtime_hours": "60",
        "earlier_5_holiday_hours": "7.1",
        "year_overtime_hours": "200",
        "months_over": "2",
        "month_hours": "88",
        "week_hours": "17:15",
        "week_overtime_hours": "1.25",
        "consecutive_days": "2",
        "last_end": "2027-01-31T22:00:00+09:00",
    }
    path = written(tmp_path, ",".join(columns) + "\n" + ",".join(columns.values()) + "\n")
    assert read_carried(path, ("A1", "A2"), TOKYO) == {
        "A1": Carried(
            month=MonthHours(750, 480),
            earlier=(MonthHours(2670), MonthHours(), MonthHours(), MonthHours(), MonthHours(3600, 426)),
            year_overtime_minutes=12_000,
            months_over=2,
            month_worked_minutes=5280,
            week_minutes=1035,
            week_overtime_minutes=75,
            consecutive_days=2,
            last_end=datetime(2027, 1, 31, 22, tzinfo=TOKYO),
        )
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_japanese_names_empty_cells_and_every_encoding(tmp_path: Path, encoding: str) -> None:
    text = "社員番号,当月時間外,年度時間外,連続勤務日数,最終退勤\nA1,10,,,2027/1/31 18:00\nA2,,,3,\n"
    found = read_carried(written(tmp_path, text, encoding), ("A1", "A2"), TOKYO)
    nothing = (MonthHours(),) * 5
    assert found == {
        "A1": Carried(
            MonthHours(600), nothing, 600, last_end=datetime(2027, 1, 31, 18, tzinfo=TOKYO)
        ),  # of the year no less than the month's is known
        "A2": Carried(earlier=nothing, consecutive_days=3),
    }


@pytest.mark.parametrize(
    ("column", "cell", "says"),
    [
        ("week_hours", "x", "found 'x', expected hours from 0 such as 12.5, or h:mm"),
        ("week_hours", "-1", "found '-1', expected hours from 0 such as 12.5, or h:mm"),
        ("week_hours", "1:60", "found '1:60', expected hours from 0"),
        ("week_hours", "1.333", "found '1.333', expected hours that make whole minutes"),
        ("months_over", "12", "found 12, expected at most 11"),
        ("consecutive_days", "2.5", "found '2.5', expected a whole number"),
        ("last_end", "yesterday", "found 'yesterday', expected a date and time such as 2027-02-01 09:00"),
        ("last_end", "2027-01-31 22:00:30", "expected a time on a whole minute"),
        ("week_overtime_hours", "1", "found '1', expected at most week_hours"),
    ],
)
def test_a_bad_cell_is_named_by_row_and_column(tmp_path: Path, column: str, cell: str, says: str) -> None:
    (found,) = faults(tmp_path, f"agent_id,{column}\nA1,\nA2,{cell}\n")
    assert found.startswith(f"row 3, column {column}: ")
    assert says in found


def test_a_year_with_less_overtime_than_its_month(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, "agent_id,month_overtime_hours,year_overtime_hours\nA1,10,9\n")
    assert found == (
        "row 2, column year_overtime_hours: found '9', expected at least the month's overtime,"
        " which is part of the year's"
    )


def test_people_twice_or_not_in_the_staff_list(tmp_path: Path) -> None:
    assert faults(tmp_path, "agent_id,week_hours\nA1,1\nA3,1\nA1,2\n") == [
        "row 3, column agent_id: found 'A3', expected one of A1, A2",
        "row 4, column agent_id: found 'A1' again, as in row 2, expected one row for everyone",
    ]


def test_a_local_time_that_clocks_show_twice_needs_its_offset(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, "agent_id,last_end\nA1,2027-10-31 02:30\n", BERLIN)
    assert "clocks in Europe/Berlin show this one twice" in found


def test_a_file_without_ids_says_so(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, "week_hours\n1\n")
    assert "agent_id" in found


@pytest.mark.parametrize(
    "wrong",
    [
        {"year_overtime_minutes": -1},
        {"week_minutes": 60, "week_overtime_minutes": 61},
        {"month": MonthHours(60)},
        {"earlier": (MonthHours(),) * 6},
        {"months_over": 12},
        {"consecutive_days": -1},
        {"last_end": datetime(2027, 1, 31, 22, tzinfo=TOKYO).replace(tzinfo=None)},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_hours_that_contradict_themselves_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"found|fewer than"):
        Carried(**wrong)  # type: ignore[arg-type]
