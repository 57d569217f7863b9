"""Roster files: read in every encoding and form promised, refused by row and column otherwise."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from staffing.errors import InputError
from staffing.horizon import Horizon, OpeningHours
from staffing.io.roster_csv import read_roster
from staffing.roster.check import Claim
from staffing.roster.roster import Roster
from tests.roster.data.check_desk import MONDAY, duty

TOKYO, NEW_YORK = "Asia/Tokyo", "America/New_York"
HEADER = (
    "agent_id,agent_name,business_date,shift_code,start,end,break_1_start,break_1_end,"
    "paid_minutes,overtime_minutes,night_minutes,cost"
)
ROW = (
    "A,山田,2027-02-01,F8-0900,2027-02-01T09:00:00+09:00,2027-02-01T18:00:00+09:00,"
    "2027-02-01T12:00:00+09:00,2027-02-01T13:00:00+09:00,480,0,0,8000"
)
DUTY = duty(MONDAY, "09:00-18:00", "12:00-13:00", code="F8-0900")


def site(zone: str = TOKYO) -> Horizon:
    return Horizon(date(2027, 1, 31), date(2027, 12, 31), zone, 30, OpeningHours(((),) * 7))


def read(
    folder: Path, *lines: str, encoding: str = "utf-8", zone: str = TOKYO
) -> tuple[Roster, tuple[Claim, ...]]:
    path = folder / "roster.csv"
    path.write_bytes("\r\n".join((*lines, "")).encode(encoding))
    return read_roster(path, site(zone))


def faults(folder: Path, *lines: str, zone: str = TOKYO) -> list[tuple[int | None, str | None, str]]:
    with pytest.raises(InputError) as caught:
        read(folder, *lines, zone=zone)
    assert caught.value.file == "roster.csv"
    return [(fault.row, fault.column, fault.found) for fault in caught.value.faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_utf_8_with_and_without_bom_and_cp932_read_alike(tmp_path: Path, encoding: str) -> None:
    roster, claims = read(tmp_path, HEADER, ROW, encoding=encoding)
    assert roster.duties == (DUTY,)
    assert claims == (Claim(480, 0, 0, 8000),)


def test_times_come_in_the_sites_zone_whatever_offset_they_are_written_with(tmp_path: Path) -> None:
    line = "A,2027-02-01,2027-02-01T00:00:00Z,2027-02-01T04:00:00Z"
    roster, _ = read(tmp_path, "agent_id,business_date,start,end", line)
    assert roster.duties[0].start == duty(MONDAY, "09:00-13:00").start
    assert roster.duties[0].start.tzinfo == ZoneInfo(TOKYO)


def test_times_without_offset_are_the_sites_own(tmp_path: Path) -> None:
    roster, _ = read(tmp_path, "agent_id,business_date,start,end", "A,2027/2/1,2027/2/1 9:00,2027/2/1 13:00")
    assert roster.duties == (duty(MONDAY, "09:00-13:00", code=""),)


def test_any_number_of_breaks_in_any_row(tmp_path: Path) -> None:
    header = "agent_id,business_date,start,end," + ",".join(
        f"break_{i}_{edge}" for i in range(1, 13) for edge in ("start", "end")
    )
    breaks = [f"{10 + i // 6}:{i % 6}0-{10 + i // 6}:{i % 6}5" for i in range(12)]
    cells = ",".join(f"2027-02-01 {clock}" for text in breaks for clock in text.split("-"))
    none = "B,2027-02-01,2027-02-01 9:00,2027-02-01 13:00" + "," * 24
    roster, _ = read(tmp_path, header, f"A,2027-02-01,2027-02-01 9:00,2027-02-01 13:00,{cells}", none)
    assert roster.duties[0] == duty(MONDAY, "09:00-13:00", *breaks, code="")
    assert roster.duties[1].breaks == ()


def test_duties_and_their_figures_are_sorted_together(tmp_path: Path) -> None:
    header = "agent_id,business_date,start,end,cost"
    rows = [
        "B,2027-02-02,2027-02-02 9:00,2027-02-02 13:00,4",
        "B,2027-02-01,2027-02-01 9:00,2027-02-01 13:00,3",
        "A,2027-02-01,2027-02-01 9:00,2027-02-01 13:00,2",
        "C,2027-02-01,2027-02-01 8:00,2027-02-01 13:00,1",
    ]
    roster, claims = read(tmp_path, header, *rows)
    assert [duty.agent_id for duty in roster.duties] == ["C", "A", "B", "B"]
    assert [claim.cost for claim in claims] == [1, 2, 3, 4]


def test_figures_that_are_not_stated_are_not_claimed(tmp_path: Path) -> None:
    _, claims = read(
        tmp_path, "agent_id,business_date,start,end,cost", "A,2027-02-01,2027-02-01 9:00,2027-02-01 13:00,"
    )
    assert claims == (Claim(),)


def test_an_id_made_safe_for_spreadsheets_is_read_back_as_it_was(tmp_path: Path) -> None:
    line = "'=A1,2027-02-01,2027-02-01 9:00,2027-02-01 13:00"
    roster, _ = read(tmp_path, "agent_id,business_date,start,end", line)
    assert roster.duties[0].agent_id == "=A1"


def test_a_duty_that_ends_before_it_starts_is_read_for_the_checker_to_judge(tmp_path: Path) -> None:
    line = "A,2027-02-01,2027-02-01 13:00,2027-02-01 9:00"
    roster, _ = read(tmp_path, "agent_id,business_date,start,end", line)
    assert roster.duties[0].end < roster.duties[0].start


@pytest.mark.parametrize("missing", ["agent_id", "business_date", "start", "end"])
def test_a_missing_column_is_named(tmp_path: Path, missing: str) -> None:
    names = [name for name in ("agent_id", "business_date", "start", "end") if name != missing]
    assert [fault[:2] for fault in faults(tmp_path, ",".join(names), ",".join("x" for _ in names))] == [
        (1, missing)
    ]


@pytest.mark.parametrize(
    ("column", "text", "found"),
    [
        ("agent_id", "", "an empty cell"),
        ("business_date", "", "an empty cell"),
        ("business_date", "1 Feb", "'1 Feb'"),
        ("business_date", "2027-02-30", "'2027-02-30'"),
        ("start", "", "an empty cell"),
        ("start", "9 o'clock", '"9 o\'clock"'),
        ("end", "2027-02-01 18:00:30", "'2027-02-01 18:00:30'"),
        ("paid_minutes", "eight", "'eight'"),
        ("paid_minutes", "-1", "'-1'"),
        ("overtime_minutes", "0.5", "'0.5'"),
        ("night_minutes", "NaN", "'NaN'"),
        ("cost", "inf", "'inf'"),
        ("break_1_start", "noon", "'noon'"),
        ("break_1_start", "", "an empty cell"),
        ("break_1_end", "", "an empty cell"),
        ("break_1_end", "2027-02-01 13:00:01", "'2027-02-01 13:00:01'"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_by_row_and_column(
    tmp_path: Path, column: str, text: str, found: str
) -> None:
    good = {
        "agent_id": "A",
        "business_date": "2027-02-01",
        "start": "2027-02-01 09:00",
        "end": "2027-02-01 18:00",
        "break_1_start": "2027-02-01 12:00",
        "break_1_end": "2027-02-01 13:00",
        "paid_minutes": "480",
        "overtime_minutes": "0",
        "night_minutes": "0",
        "cost": "8000",
    }
    bad = good | {column: text}
    lines = [",".join(good), ",".join(good.values()), ",".join(bad.values()), ",".join(good.values())]
    assert faults(tmp_path, *lines) == [(3, column, found)]


def test_faults_of_two_columns_and_rows_are_told_at_once(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        "agent_id,business_date,start,end",
        "A,never,2027-02-01 9:00,2027-02-01 13:00",
        ",2027-02-01,x,y",
    )
    assert [place[:2] for place in found] == [(2, "business_date"), (3, "agent_id"), (3, "start"), (3, "end")]


def test_a_local_time_that_clocks_show_twice_needs_an_offset(tmp_path: Path) -> None:
    header = "agent_id,business_date,start,end"
    doubled = "A,2027-11-07,2027-11-07 01:30,2027-11-07 05:00"
    assert faults(tmp_path, header, doubled, zone=NEW_YORK) == [(2, "start", "'2027-11-07 01:30'")]
    second = "A,2027-11-07,2027-11-07 01:30-05:00,2027-11-07 05:00-05:00"
    roster, _ = read(tmp_path, header, second, zone=NEW_YORK)
    assert roster.duties[0] == duty("2027-11-07", "01:30b-05:00", code="", zone=NEW_YORK)
    assert roster.duties[0].start.fold == 1


def test_a_local_time_that_clocks_skip_is_refused(tmp_path: Path) -> None:
    line = "A,2027-03-14,2027-03-14 02:30,2027-03-14 05:00"
    assert faults(tmp_path, "agent_id,business_date,start,end", line, zone=NEW_YORK) == [
        (2, "start", "'2027-03-14 02:30'")
    ]


@pytest.mark.parametrize("content", ["", "\ufeff", "\r\n\r\n", HEADER, HEADER + "\r\n,,,,,,,,,,,\r\n"])
def test_a_file_without_a_duty_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(content, encoding="utf-8", newline="")
    with pytest.raises(InputError, match=r"roster\.csv"):
        read_roster(path, site())


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_roster(tmp_path / "roster.csv", site())
