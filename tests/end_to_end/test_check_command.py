"""`staffing check`: lawful 0, a broken rule 1, a file that cannot be read 2."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.end_to_end.desk import Desk, Outcome, run

FOREIGN = "agent_id,business_date,start,end,break_1_start,break_1_end\n"


def lines_of(desk: Desk) -> list[list[str]]:
    text = (desk.out / "roster.csv").read_text(encoding="utf-8")
    return [line.split(",") for line in text.splitlines()]


def write(desk: Desk, lines: list[list[str]]) -> None:
    (desk.out / "roster.csv").write_text("".join(",".join(line) + "\n" for line in lines), encoding="utf-8")


def judge(desk: Desk) -> Outcome:
    return run("check", desk.out / "roster.csv", "--plan", desk.plan)


def test_a_plans_own_roster_is_lawful_without_a_remark(planned: Desk) -> None:
    outcome = judge(planned)
    assert outcome.status == 0, outcome.out
    assert "lawful, 0 remarks; objective " in outcome.out
    assert " = wages " in outcome.out


@pytest.mark.parametrize(
    ("column", "change", "says"),
    [
        ("cost", lambda text: str(int(text) + 1), "column cost says"),
        ("paid_minutes", lambda text: str(int(text) - 1), "column paid_minutes says"),
        ("agent_id", lambda text: "A9", "agent A9 is not among the plan's agents"),
        ("business_date", lambda text: "2027-02-08", "outside the days planned"),
        ("end", lambda text: text.replace(":00:00+", ":01:00+"), "the duty 2027-02-0"),
        ("shift_code", lambda text: "D4-0930", "is not in the plan"),
    ],
)
def test_a_changed_cell_is_found(desk: Desk, column: str, change: Callable[[str], str], says: str) -> None:
    lines = lines_of(desk)
    place = lines[0].index(column)
    lines[1][place] = change(lines[1][place])
    write(desk, lines)
    outcome = judge(desk)
    assert says in outcome.out
    assert outcome.status == (0 if column == "shift_code" else 1)


def test_a_duty_given_twice_is_found(desk: Desk) -> None:
    lines = lines_of(desk)
    write(desk, [*lines, lines[1]])
    outcome = judge(desk)
    assert outcome.status == 1
    assert "one a day is allowed" in outcome.out


def test_a_duty_left_out_breaks_nothing_but_the_minimum(desk: Desk) -> None:
    lines = lines_of(desk)
    first = lines[1][0]
    write(desk, [line for line in lines if line[0] != first])
    outcome = judge(desk)
    assert outcome.status == 1
    assert all(first in line for line in outcome.out.splitlines()[:-1])


def test_another_programs_roster_is_judged_by_its_times(desk: Desk) -> None:
    days = [f"2027-02-0{i}" for i in (1, 2, 4)]
    times = [f"{day},{day} 09:00,{day} 13:00,{day} 10:30,{day} 11:00" for day in days]
    text = FOREIGN + "".join(f"{agent},{line}\n" for agent in ("A1", "A2", "A3") for line in times)
    (desk.out / "roster.csv").write_text(text, encoding="cp932")
    outcome = judge(desk)
    assert outcome.status == 0, outcome.out
    late = text.replace("2027-02-04 13:00", "2027-02-04 13:01")
    (desk.out / "roster.csv").write_text(late, encoding="utf-8")
    outcome = judge(desk)
    assert outcome.status == 1
    assert outcome.out.count("while the desk is closed") == 3


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "empty file"),
        (FOREIGN, "only a header"),
        ("agent_id,start,end\nA1,2027-02-01 09:00,2027-02-01 13:00\n", '"business_date"'),
        (FOREIGN + "A1,2027-02-01,nine,2027-02-01 13:00,,\n", "row 2, column start: found 'nine'"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(desk: Desk, content: str, says: str) -> None:
    (desk.out / "roster.csv").write_text(content, encoding="utf-8")
    outcome = judge(desk)
    assert outcome.status == 2
    assert "roster.csv" in outcome.err
    assert says in outcome.err


def test_a_plan_that_cannot_be_read_is_named(desk: Desk) -> None:
    outcome = run("check", desk.out / "roster.csv", "--plan", desk.folder / "gone.toml")
    assert outcome.status == 2
    assert "gone.toml" in outcome.err
