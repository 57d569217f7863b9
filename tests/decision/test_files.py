"""A decision's files: columns, sums, the answer as JSON, and what happens to files that are there."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from staffing.decision import Decision
from staffing.errors import StaffingError
from staffing.io.decision_files import TABLES
from staffing.io.decision_summary import summarise_decision
from staffing.io.decision_tables import decision_tables, mix_table
from staffing.report.decided import write_decision

COLUMNS = {
    "options.csv": "option total one_off cost_per_handled_call handled_calls abandonment service_level asa_seconds "
    "meets_target lost_calls_cost bought missed_by present_value months_total months_missed low high stranded "
    "most_stranded",
    "bills.csv": "option month item quantity unit rate source amount currency where",
    "months.csv": "option month calls amount present_value tax heads seats channels abandonment service_level "
    "meets_target stranded",
    "mix.csv": "source month type class calls hours seats channels heads amount_month",
    "break_even.csv": "first last option",
    "crossings.csv": "calls before after reason",
    "break_even_curve.csv": "option calls cost can_be_had",
    "measures.csv": "rank measure with lead_months lost_month avoided_month abandonment one_off cost_month cost "
    "avoided cost_per_call cost_per_call_low cost_per_call_high",
    "waterfall.csv": "cause calls share",
    "measures_order.csv": "step measure begins works lost_month cost_month",
    "measure_sets.csv": "measures size lost avoided cost cost_per_call",
    "sensitivity.csv": "path input low base high option cost_low cost_base cost_high swing",
    "sensitivity_best.csv": "path input best_low best_base best_high changes",
    "thresholds.csv": "path value before after exact",
}


def test_every_table_has_its_columns(decision: Decision) -> None:
    made = decision_tables(decision)
    assert tuple(made) == TABLES
    assert {name: list(frame.columns) for name, frame in made.items()} == {
        name: columns.split() for name, columns in COLUMNS.items()
    }


def test_bills_add_up_to_the_options_and_to_the_mix(decision: Decision) -> None:
    made = decision_tables(decision)
    sums = made["bills.csv"].groupby("option")["amount"].sum()
    for row in made["options.csv"].itertuples():
        assert sums[row.option] == row.total
    assert decision.mix is not None
    assert sums["mix: per call"] == decision.mix.total


def test_months_add_up_to_the_options(decision: Decision) -> None:
    made = decision_tables(decision)
    sums = made["months.csv"].groupby("option")["amount"].sum()
    options = made["options.csv"].set_index("option")
    assert sums.to_dict() == options["months_total"].to_dict()
    assert (options["low"] <= options["high"]).all()
    ends = made["months.csv"].groupby("option")["stranded"].last()
    assert ends.to_dict() == options["stranded"].to_dict()


def test_the_mix_adds_up(decision: Decision) -> None:
    assert decision.mix is not None
    table = mix_table(decision.mix)
    assert table["amount_month"].sum() == decision.mix.total
    assert table["calls"].sum() == pytest.approx(12 * 300)
    assert table.groupby("month")["channels"].sum().tolist() == [2] * 12


def test_without_months_their_columns_are_empty(decision: Decision) -> None:
    made = decision_tables(replace(decision, projection=None, mix=None, measures=None, tornado=None))
    assert list(made) == [
        "options.csv",
        "bills.csv",
        "break_even.csv",
        "crossings.csv",
        "break_even_curve.csv",
    ]
    assert list(made["options.csv"].columns) == COLUMNS["options.csv"].split()
    assert made["options.csv"]["present_value"].isna().all()


def test_the_answer_as_json(decision: Decision) -> None:
    found = json.loads(json.dumps(summarise_decision(decision), allow_nan=False))
    assert found["recommended"] == "per call"
    assert found["target"] == {
        "abandonment": 0.05,
        "service_level": None,
        "threshold_seconds": 20.0,
        "asa_seconds": None,
    }
    assert found["mix"]["contracts"] == ["per call"]
    assert found["mix"]["total"] == 1_390_000
    assert found["mix_saves"] == decision.mix_saves
    assert found["break_even"][1]["first"] == 50
    assert set(found["digests"]) == {"plan.toml", "agents.csv", "profile.csv", "tariffs.toml"}
    assert all(set(note) == {"text", "values"} for note in found["notes"])


def test_why_there_is_no_mix_is_said(decision: Decision) -> None:
    found = summarise_decision(replace(decision, mix=None, no_mix="Nobody takes calls in May"))
    assert found["mix"]["total"] is None
    assert found["mix"]["reason"] == "Nobody takes calls in May"
    assert (found["mix_saves"], found["recommends_mix"], found["runners_up"]) == (None, False, [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_files_in_every_encoding(decision: Decision, tmp_path: Path, encoding: str) -> None:
    files = write_decision(decision, tmp_path, encoding=encoding, languages=["ja"])  # type: ignore[arg-type]
    assert {path.name for path in files} == {*TABLES, "memo-ja.html", "memo-ja.xlsx", "decision.json"}
    for name, columns in COLUMNS.items():
        text = (tmp_path / name).read_bytes().decode(encoding)
        assert list(pd.read_csv(io.StringIO(text)).columns) == columns.split()
    assert json.loads((tmp_path / "decision.json").read_text(encoding="utf-8"))["title"] == "窓口"


def test_files_of_an_earlier_decision_are_taken_out(decision: Decision, tmp_path: Path) -> None:
    write_decision(decision, tmp_path, languages=["ja", "en"])
    (tmp_path / "mine.csv").write_text("kept", encoding="utf-8")
    write_decision(replace(decision, mix=None), tmp_path, languages=["en"])
    left = {path.name for path in tmp_path.iterdir()}
    assert not left & {"mix.csv", "memo-ja.html", "memo-ja.xlsx"}
    assert {"mine.csv", "options.csv", "memo-en.html"} <= left


def test_tables_that_no_decision_made_are_left_alone(decision: Decision, tmp_path: Path) -> None:
    (tmp_path / "mix.csv").write_text("mine", encoding="utf-8")
    write_decision(replace(decision, mix=None), tmp_path, languages=[])
    assert (tmp_path / "mix.csv").read_text(encoding="utf-8") == "mine"


def test_a_folder_that_cannot_be_made_is_named(decision: Decision, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StaffingError, match="cannot be written"):
        write_decision(decision, tmp_path / "file" / "folder", languages=[])
