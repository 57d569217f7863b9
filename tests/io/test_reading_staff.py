"""Staff lists and profiles: what they hold, and every fault by row and column."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from staffing.errors import InputError
from staffing.io.profile import read_profile
from staffing.io.staff import read_agents

STAFF = "agent_id,agent_name,queue,contract,wage,leave,birth_date\n"
CONTRACTS = ("full", "part")


def staff(tmp_path: Path, rows: str, header: str = STAFF) -> Path:
    path = tmp_path / "agents.csv"
    path.write_text(header + rows, encoding="utf-8")
    return path


def staff_faults(tmp_path: Path, rows: str, header: str = STAFF) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_agents(staff(tmp_path, rows, header), CONTRACTS, ["main"])
    return [str(fault) for fault in caught.value.faults]


def test_everything_an_agent_has(tmp_path: Path) -> None:
    leave = "2027-02-01..2027-02-03; 2027/2/10;2027-02-03;"
    rows = f"A1, 山田 花子 ,main,full,1300,{leave},2009年4月1日\nA2,=cmd|' /C calc'!A0,main,part,1100,,\n"
    first, second = read_agents(staff(tmp_path, rows), CONTRACTS, ["main", "back"])
    assert (first.agent_id, first.name, first.queue, first.contract, first.wage) == (
        "A1",
        "山田 花子",
        "main",
        "full",
        1300,
    )
    assert first.leave == {date(2027, 2, day) for day in (1, 2, 3, 10)}
    assert first.birth_date == date(2009, 4, 1)
    assert second.name == "=cmd|' /C calc'!A0"  # kept as it is: only what is written out is made safe
    assert (second.leave, second.birth_date) == (frozenset(), None)


def test_columns_that_may_be_absent_and_japanese_names(tmp_path: Path) -> None:
    (agent,) = read_agents(
        staff(tmp_path, "7,山田,full,1300\n", "社員番号,氏名,雇用区分,時給(円)\n"), CONTRACTS, ["main"]
    )
    assert (agent.agent_id, agent.queue, agent.leave, agent.birth_date) == ("7", "main", frozenset(), None)


def test_the_queue_is_needed_when_there_are_several(tmp_path: Path) -> None:
    path = staff(tmp_path, "7,Y,full,1300\n", "agent_id,agent_name,contract,wage\n")
    with pytest.raises(InputError, match='a column "queue"'):
        read_agents(path, CONTRACTS, ["main", "back"])


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (",Y,main,full,1,,", "column agent_id: found an empty cell, expected an id"),
        ("7, ,main,full,1,,", "column agent_name: found an empty cell, expected a name"),
        ("7,Y,mian,full,1,,", "column queue: found 'mian', expected one of main; nearest: main"),
        (
            "7,Y,main,fulltime,1,,",
            "column contract: found 'fulltime', expected one of full, part; nearest: full",
        ),
        ("7,Y,main,full,1200.5,,", "column wage: found '1200.5', expected a whole number"),
        ("7,Y,main,full,0,,", "column wage: found 0, expected a wage per hour above 0"),
        ("7,Y,main,full,-5,,", "column wage: found '-5', expected a whole number from 0"),
        ("7,Y,main,full,1,2027-02-30,", "column leave: found '2027-02-30': day"),
        ("7,Y,main,full,1,tomorrow,", "column leave: found 'tomorrow': expected a date"),
        ("7,Y,main,full,1,2027-02-03..2027-02-01,", "2027-02-03..2027-02-01 ends before it starts"),
        ("7,Y,main,full,1,2027-02-03..2127-02-01,", "is longer than 366 days"),
        (
            "7,Y,main,full,1,,1.4.1990",
            "column birth_date: found '1.4.1990', expected a date such as 1990-04-01",
        ),
    ],
)
def test_faults_of_a_staff_list(tmp_path: Path, row: str, message: str) -> None:
    (found,) = staff_faults(tmp_path, "6,X,main,full,1,,\n" + row + "\n")
    assert found.startswith("row 3, ")
    assert message in found


def test_an_id_twice_names_both_rows(tmp_path: Path) -> None:
    found = staff_faults(tmp_path, "7,X,main,full,1,,\n8,X,main,full,1,,\n7,Y,main,full,1,,\n")
    assert found == [
        "row 4, column agent_id: found '7' again, as in row 2, expected an id of its own for everyone"
    ]


def profile(tmp_path: Path, rows: str, header: str = "weekday,start,weight\n") -> Path:
    path = tmp_path / "profile.csv"
    path.write_text(header + rows, encoding="utf-8")
    return path


def test_a_profile_is_read_in_english_and_japanese(tmp_path: Path) -> None:
    frame = read_profile(profile(tmp_path, "Monday,9:00,1.5\ntue,09:30,0\n*,25:00,3\n"))
    assert frame.to_dict("list") == {
        "weekday": ["monday", "tuesday", "*"],
        "slot": [540, 570, 1500],
        "start": ["09:00", "09:30", "25:00"],
        "weight": [1.5, 0.0, 3.0],
    }
    japanese = read_profile(
        profile(tmp_path, "月,9:00,1\n日曜日,9:00,2\n毎日,9:30:00,3\n", "曜日,時間帯,比率\n")
    )
    assert japanese["weekday"].tolist() == ["monday", "sunday", "*"]
    assert japanese["slot"].tolist() == [540, 540, 570]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("moonday,09:00,1\n", "row 2, column weekday: found 'moonday', expected a weekday"),
        (",09:00,1\n", "row 2, column weekday: found ''"),
        ("*,9,1\n", "row 2, column start: found '9', expected a time of day"),
        ("*,48:00,1\n", "row 2, column start: found '48:00'"),
        ("*,09:00,-1\n", "row 2, column weight: found '-1', expected a number from 0"),
        ("*,09:00,nan\n", "row 2, column weight: found 'nan'"),
        ("*,09:00,1\n*,9:00,2\n", "row 3, column start: found the same weekday and start again"),
        ("*,09:00,0\n", "column weight: found only weights of 0"),
    ],
)
def test_faults_of_a_profile(tmp_path: Path, rows: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_profile(profile(tmp_path, rows))
    assert message in str(caught.value)
