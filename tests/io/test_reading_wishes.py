"""Requests and fixed days: read as meant, and every fault named by row and column."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from staffing.errors import InputError
from staffing.io.wishes import read_fixed, read_requests
from staffing.roster.wishes import FixedDay, Request

AGENTS = ("A1", "A2")
SHIFTS = ("F8", "F8-0900", "N8", "N8-2200")
DAY = date(2027, 2, 1)


def file(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "wishes.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_requests_in_japanese_and_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    text = "社員番号,日付,希望区分,シフト,重み\nA1,2027/2/1,不可,,5000\nA2,2027-02-01,希望,F8-0900,300\n"
    assert read_requests(file(tmp_path, text, encoding), AGENTS, SHIFTS) == (
        Request("A1", DAY, "off", 5000),
        Request("A2", DAY, "on", 300, "F8-0900"),
    )


def test_the_shift_of_a_request_may_be_absent(tmp_path: Path) -> None:
    text = "agent_id,date,wants,weight\nA1,2027-02-01,OFF,1\n"
    assert read_requests(file(tmp_path, text), AGENTS, SHIFTS) == (Request("A1", DAY, "off", 1),)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("A9,2027-02-01,on,,1", "row 2, column agent_id: found 'A9', expected one of A1, A2"),
        ("A1,1.2.2027,on,,1", "row 2, column date: found '1.2.2027', expected a date such as 2027-02-01"),
        ("A1,2027-02-01,maybe,,1", "column wants: found 'maybe', expected on (希望) or off (不可)"),
        ("A1,2027-02-01,on,X8,1", "column shift: found 'X8', expected one of F8, N8, or one of their starts"),
        ("A1,2027-02-01,on,,-1", "column weight: found '-1', expected a whole number from 0"),
        (
            "A1,2027-02-01,on,,1\nA1,2027-02-01,off,,1",
            "row 3: found the same again as in row 2, expected one request for a person, date and shift",
        ),
    ],
)
def test_faults_of_requests(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_requests(file(tmp_path, f"agent_id,date,wants,shift,weight\n{row}\n"), AGENTS, SHIFTS)
    (fault,) = caught.value.faults
    assert message in str(fault)


def test_a_fixed_day_is_a_shift_or_off(tmp_path: Path) -> None:
    text = "agent_id,date,shift\nA1,2027-02-01,F8\nA2,2027-02-01,\n"
    found = read_fixed(file(tmp_path, text), AGENTS, SHIFTS)
    assert found == (FixedDay("A1", DAY, "F8"), FixedDay("A2", DAY, None))


def test_a_fixed_day_is_said_once(tmp_path: Path) -> None:
    text = "agent_id,date,shift\nA1,2027-02-01,F8\nA1,2027-02-01,\n"
    with pytest.raises(InputError, match="expected one line for a person and date"):
        read_fixed(file(tmp_path, text), AGENTS, SHIFTS)
