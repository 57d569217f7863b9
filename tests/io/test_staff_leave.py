"""Leave written into a staff list: the rest of the file, its encoding and separator stay."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from staffing.errors import InputError
from staffing.io.staff import read_agents
from staffing.io.staff_leave import with_leave

DAYS = [date(2027, 2, 12), date(2027, 2, 10), date(2027, 2, 11), date(2027, 3, 1)]
TEXT = (
    "社員番号;氏名;雇用区分;時給;休暇;備考\r\n7;山田;full;1300;2027-02-01;x\r\n\r\n8;=田中;full;1300;;y\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_everything_else_stays(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "staff.csv"
    path.write_bytes(TEXT.encode(encoding))
    changed = with_leave(path, {"7": DAYS, "9": DAYS}).decode(encoding)
    leave = (
        '"2027-02-01;2027-02-10..2027-02-12;2027-03-01"'  # quoted: the file's separator is a semicolon, too
    )
    assert changed == TEXT.replace("2027-02-01", leave)
    path.write_bytes(changed.encode(encoding))
    first, _ = read_agents(path, ["full"], ["main"])
    assert first.leave == {date(2027, 2, 1), *DAYS}


def test_a_list_without_leave_gets_the_column(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv.gz"
    path.write_bytes(gzip.compress(b"agent_id,agent_name,contract,wage\n7,Y,full,1300\n8,Z,full,1\n"))
    changed = gzip.decompress(with_leave(path, {"8": DAYS[:1]}))
    assert changed == b"agent_id,agent_name,contract,wage,leave\n7,Y,full,1300,\n8,Z,full,1,2027-02-12\n"


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text("name,wage\nY,1\n", "utf-8")
    with pytest.raises(InputError, match="agent_id"):
        with_leave(path, {"8": DAYS})
