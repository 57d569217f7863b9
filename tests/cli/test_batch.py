"""Many desks in one go: each stands for itself, and the totals say what became of it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from staffing.batch import COLUMNS, run_batch
from tests.cli.conftest import write_desk
from tests.end_to_end.desk import run, snapshot


def totals(out: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    text = (out / "totals.csv").read_bytes().decode(encoding)
    return list(csv.DictReader(io.StringIO(text)))


def test_one_desk_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    desks = [write_desk(tmp_path / name) for name in ("kobe", "osaka")]
    out = tmp_path / "out"
    assert run("batch", desks[0].plan, "--out", out).status == 0
    before = snapshot(out / "kobe")
    desks[0].edit("agents.csv", lambda text: text.replace("1300", "many"))

    outcome = run("batch", *(desk.plan for desk in desks), "--out", out)
    assert outcome.status == 2
    assert "kobe: failed: agents.csv: row 2, column wage: found 'many'" in outcome.out
    assert "osaka: planned" in outcome.out
    assert "1 of 2 plans failed" in outcome.err
    assert str(out / "totals.csv") in outcome.err
    assert snapshot(out / "kobe") == before  # the files of its last good run
    rows = totals(out)
    assert [row["desk"] for row in rows] == ["kobe", "osaka"]
    assert tuple(rows[0]) == COLUMNS
    assert "row 2, column wage" in rows[0]["error"]
    assert rows[0]["wages"] == ""
    assert rows[1]["error"] == ""
    with (out / "osaka/roster.csv").open(encoding="utf-8", newline="") as stream:
        wages = sum(int(line["cost"]) for line in csv.DictReader(stream))
    assert rows[1]["wages"] == str(wages)


def test_every_desk_may_fail(tmp_path: Path) -> None:
    desk = write_desk(tmp_path / "kobe")
    desk.edit("plan.toml", lambda text: text.replace("0.8\n", "80\n"))
    outcome = run("batch", desk.plan, tmp_path / "gone/plan.toml", "--out", tmp_path / "out")
    assert outcome.status == 2
    rows = totals(tmp_path / "out")
    assert "targets.service_level = 80" in rows[0]["error"]
    assert "no such file" in rows[1]["error"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_totals_are_in_the_encoding_asked_for(tmp_path: Path, encoding: str) -> None:
    desk = write_desk(tmp_path / "大阪")
    outcome = run("batch", desk.plan, "--out", tmp_path / "out", "--encoding", encoding)
    assert outcome.status == 0, outcome.err
    assert totals(tmp_path / "out", encoding)[0]["desk"] == "大阪"
    assert (tmp_path / "out/大阪/roster.csv").read_bytes().decode(encoding).startswith("agent_id,")


def test_two_desks_of_one_name_are_refused_before_anything_is_planned(tmp_path: Path) -> None:
    desks = [write_desk(tmp_path / region / "desk") for region in ("east", "west")]
    outcome = run("batch", *(desk.plan for desk in desks), "--out", tmp_path / "out")
    assert outcome.status == 2
    assert "would both be planned into desk" in outcome.err
    assert "a folder with a name of its own" in outcome.err
    assert not (tmp_path / "out").exists()


def test_totals_that_cannot_be_written_are_said_to_be(tmp_path: Path) -> None:
    desk = write_desk(tmp_path / "desk")
    (tmp_path / "out/totals.csv").mkdir(parents=True)
    outcome = run("batch", desk.plan, "--out", tmp_path / "out")
    assert outcome.status == 2
    assert "totals.csv: cannot be written" in outcome.err
    assert (tmp_path / "out/desk/roster.csv").is_file()


def test_a_stop_ends_the_search_and_keeps_the_roster(tmp_path: Path) -> None:
    desk = write_desk(tmp_path / "desk")
    told: list[tuple[str, str]] = []
    failed = run_batch([desk.plan], tmp_path / "out", stop=lambda: True, told=lambda *said: told.append(said))
    assert failed == 0
    assert told == [("desk", "planned")]
    assert (tmp_path / "out/desk/roster.csv").is_file()
