"""`staffing report`: from a plan's folder to files, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from staffing.report.month.actual import Month
from staffing.report.month.desk import planned_in, report_of
from tests.end_to_end.desk import run
from tests.mornings import HOURS, PEOPLE
from tests.report.conftest import SUMMARY, horizon, write_records
from tests.report.pages import Page, read_workbook

PLAN = f"""\
[plan]
name = "試験デスク"

{HOURS}
[history]
file = "records.csv"

[forecast]
method = "median"

[targets]
abandonment = 0.05

[requirement]
model = "erlang-a"
patience_seconds = 180
shrinkage = 0.2

{PEOPLE}
[roster]
seconds = 1
"""


@pytest.fixture
def folder(tmp_path: Path, plan_files: dict[str, pd.DataFrame]) -> Path:
    """A plan's folder as `staffing plan` writes it, as far as a report reads it."""
    made = tmp_path / "plan"
    (made / "inputs").mkdir(parents=True)
    (made / "inputs" / "plan.toml").write_text(PLAN, encoding="utf-8")
    write_records(made / "inputs")
    (made / "summary.json").write_text(json.dumps(SUMMARY), encoding="utf-8")
    for name, frame in plan_files.items():
        frame.to_csv(made / name, index=False)
    return made


def test_both_languages_from_a_plans_folder(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    outcome = run("report", folder, "--month", "2027-02", "--lang", "ja", "--lang", "en", "--out", out)
    assert (outcome.status, outcome.err) == (0, "")
    names = [f"report-2027-02-{code}.{kind}" for code in ("ja", "en") for kind in ("html", "xlsx")]
    assert sorted(path.name for path in out.iterdir()) == sorted(names)
    assert outcome.out.splitlines() == [str(out / name) for name in names]
    parsed = Page.of((out / "report-2027-02-ja.html").read_text(encoding="utf-8"))
    assert parsed.all("h1")[0].text == "試験デスク 2027年2月月次報告"
    assert 1520.0 in read_workbook((out / "report-2027-02-en.xlsx").read_bytes())["Summary"].cells.values()


def test_settings_alone_give_a_report_without_a_plan(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("report", folder / "inputs" / "plan.toml", "--month", "2027-02", "--out", out).status == 0
    text = (out / "report-2027-02-ja.html").read_text(encoding="utf-8")
    assert "当月の計画がありません" in text
    assert not (out / "report-2027-02-en.html").exists()


def test_a_month_that_is_not_planned_is_reported_without_a_plan(folder: Path) -> None:
    assert report_of(folder, "2027-01").plan is None


def test_the_months_own_records_and_costs_are_read(folder: Path, tmp_path: Path) -> None:
    """The plan's own records end in January; February comes in a file of its own."""
    records = folder / "inputs" / "records.csv"
    frame = pd.read_csv(records)
    later = frame["interval_start"].str.startswith("2027-02")
    frame[later].to_csv(tmp_path / "february.csv", index=False)
    frame[~later].to_csv(records, index=False)
    costs = tmp_path / "costs.csv"
    costs.write_bytes('month,item,amount\n2027-02,wages,200000\n2027-02,手当,"1,000"\n'.encode("cp932"))
    report = report_of(folder, "2027-02", histories=[tmp_path / "february.csv", records], costs=costs)
    assert report.now.source == "february.csv"
    assert report.before is not None
    assert report.before.source == "records.csv"
    assert report.cost is not None
    assert dict(report.cost.lines) == {"wages": 200_000, "手当": 1_000}


@pytest.mark.parametrize(
    ("edit", "arguments", "message"),
    [
        (None, ("--month", "2027-04"), "no record in 2027-04"),
        (None, ("--month", "February"), "month = 'February': a month such as 2027-02"),
        (
            lambda folder: (folder / "summary.json").unlink(),
            ("--month", "2027-02"),
            "a plan's folder with summary.json",
        ),
        (
            lambda folder: (folder / "coverage.csv").unlink(),
            ("--month", "2027-02"),
            "no table of a plan, expected forecast.csv",
        ),
    ],
)
def test_what_cannot_be_reported_ends_with_status_2(
    folder: Path,
    tmp_path: Path,
    edit: Callable[[Path], None] | None,
    arguments: tuple[str, ...],
    message: str,
) -> None:
    if edit is not None:
        edit(folder)
    outcome = run("report", folder, *arguments, "--out", tmp_path / "out")
    assert outcome.status == 2
    assert message in outcome.err
    assert not (tmp_path / "out").exists()


def test_costs_are_refused_by_row_and_column(folder: Path, tmp_path: Path) -> None:
    costs = tmp_path / "costs.csv"
    costs.write_text("month,item,amount\n2027-02,wages,1.5\nFeb,wages,3\n", encoding="utf-8")
    outcome = run("report", folder, "--month", "2027-02", "--costs", costs, "--out", tmp_path / "out")
    assert outcome.status == 2
    assert "row 2, column amount: found '1.5'" in outcome.err
    assert "row 3, column month: found 'Feb'" in outcome.err


def test_a_plan_in_cp932_is_read_with_names_restored(
    folder: Path, plan_files: dict[str, pd.DataFrame]
) -> None:
    """`=` before a name was made safe for spreadsheets; the records have it without."""
    coverage = plan_files["coverage.csv"].assign(queue="'=窓口")
    (folder / "coverage.csv").write_bytes(coverage.to_csv(index=False).encode("cp932"))
    found = planned_in(folder, horizon(), Month("2027-02"))
    assert found is not None
    assert set(found.frame["queue"]) == {"=窓口"}
