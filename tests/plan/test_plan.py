"""The whole path on the small sample: the stages fit one another, and the files say what the stages found."""

import json
from pathlib import Path

import pandas as pd
import pytest

from staffing.config import read_config
from staffing.errors import ConfigError, InfeasibleError
from staffing.plan import Plan, plan, problem_of
from staffing.progress import ProgressEvent
from staffing.samples import SAMPLES, copy_sample, sample_folder
from staffing.summary import summarise

PROMISED = {
    "forecast.csv": ["queue", "interval_start", "calls", "calls_low", "calls_high", "aht_seconds"],
    "requirements.csv": [
        *("queue", "interval_start", "calls", "aht_seconds", "agents_net", "agents_gross"),
        *("service_level", "abandonment", "occupancy", "asa_seconds"),
    ],
    "roster.csv": [
        *("agent_id", "agent_name", "business_date", "shift_code", "start", "end"),
        *("break_1_start", "break_1_end", "paid_minutes", "overtime_minutes", "night_minutes", "cost"),
    ],
    "coverage.csv": [
        *("queue", "interval_start", "required_net", "scheduled_net", "gap"),
        *("service_level", "abandonment", "occupancy"),
    ],
    "costs.csv": ["option", "month", "item", "amount", "currency"],
}


def test_a_month_of_the_small_desk_has_the_calls_it_was_told(small_desk: Plan) -> None:
    assert small_desk.forecast.frame["calls"].sum() == pytest.approx(300)
    assert small_desk.requirement is not None
    assert small_desk.requirement.frame["calls"].sum() == pytest.approx(300)


def test_the_roster_is_lawful_and_costs_what_the_solver_and_the_checker_say(small_desk: Plan) -> None:
    roster = small_desk.roster
    assert roster is not None
    assert roster.report.passed, roster.report.violations
    assert roster.report.objective == roster.result.objective
    assert sum(pay.cost for pay in roster.pay) == roster.report.wages
    assert 0 <= roster.result.bound <= roster.result.objective


def test_every_option_s_lines_add_up_to_its_total(small_desk: Plan) -> None:
    comparison = small_desk.comparison
    assert comparison is not None
    sums = comparison.lines.groupby("option")["amount"].sum()
    assert {option.option: option.total for option in comparison.options} == sums.to_dict()


def test_in_house_wages_are_the_roster_s_wages(small_desk: Plan) -> None:
    assert small_desk.comparison is not None
    assert small_desk.roster is not None
    lines = small_desk.comparison.lines
    wages = lines[(lines["option"] == "in-house") & lines["item"].str.contains("wages")]
    assert wages["amount"].sum() == sum(pay.cost for pay in small_desk.roster.pay)


@pytest.mark.parametrize("name", list(PROMISED))
def test_files_begin_with_the_promised_columns(folder: Path, name: str) -> None:
    header = (folder / name).read_text(encoding="utf-8").splitlines()[0].split(",")
    assert header[: len(PROMISED[name])] == PROMISED[name]


def test_times_in_files_are_local_with_their_offset(folder: Path) -> None:
    for name, column in (
        ("forecast.csv", "interval_start"),
        ("roster.csv", "start"),
        ("coverage.csv", "interval_start"),
    ):
        texts = pd.read_csv(folder / name)[column]
        assert texts.str.fullmatch(r"2027-02-\d\dT\d\d:\d\d:00\+09:00").all()


def test_the_summary_agrees_with_the_files(folder: Path, small_desk: Plan) -> None:
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    assert summary == json.loads(json.dumps(summarise(small_desk)))
    roster, costs = pd.read_csv(folder / "roster.csv"), pd.read_csv(folder / "costs.csv")
    coverage = pd.read_csv(folder / "coverage.csv")
    assert roster["cost"].sum() == summary["roster"]["wages"]
    assert roster["paid_minutes"].sum() / 60 == summary["roster"]["paid_hours"]
    assert len(roster) == summary["roster"]["duties"]
    for option in summary["costs"]["options"]:
        assert costs.loc[costs["option"] == option["option"], "amount"].sum() == option["total"]
    lost = (coverage["calls"] * coverage["abandonment"]).sum() / coverage["calls"].sum()
    assert lost == pytest.approx(summary["roster"]["expected"]["abandonment"], abs=1e-5)
    assert coverage["required_net"].sum() / 2 == summary["requirement"]["agent_hours_net"]


def test_the_inputs_are_kept_and_their_digests_recorded(folder: Path) -> None:
    from hashlib import sha256

    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    assert set(summary["inputs"]) == {"plan.toml", "profile.csv", "agents.csv"}
    for name, digest in summary["inputs"].items():
        assert sha256((folder / "inputs" / name).read_bytes()).hexdigest() == digest


def test_a_kept_plan_can_be_planned_again(folder: Path) -> None:
    again = plan(folder / "inputs" / "plan.toml", until="requirement")
    assert again.requirement is not None
    assert again.requirement.agent_hours_net > 0


def test_progress_runs_forward_through_the_stages(small_desk: Plan, told: list[ProgressEvent]) -> None:
    assert small_desk.roster is not None
    shares = [event.share for event in told]
    assert shares == sorted(shares)
    stages = list(dict.fromkeys(event.stage for event in told))
    assert stages == ["forecast", "requirement", "roster", "check", "costs"]
    bounds = [event.bound for event in told if event.bound is not None]
    assert bounds, "the search told of no roster"


def test_each_stage_can_be_the_last() -> None:
    file = sample_folder("small-desk") / "plan.toml"
    forecast = plan(file, until="forecast")
    assert forecast.requirement is None
    requirement = plan(file, until="requirement")
    assert requirement.requirement is not None
    assert requirement.roster is None


def test_erlang_c_needs_no_fewer_agents_than_erlang_a(tmp_path: Path) -> None:
    copy_sample("small-desk", tmp_path)
    file = tmp_path / "plan.toml"
    text = file.read_text(encoding="utf-8").replace("abandonment = 0.05", "service_level = 0.8")
    file.write_text(text, encoding="utf-8")
    patient = plan(read_config(file), until="requirement").requirement
    file.write_text(text.replace('model = "erlang-a"', 'model = "erlang-c"'), encoding="utf-8")
    endless = plan(file, until="requirement").requirement
    assert patient is not None
    assert endless is not None
    assert (endless.frame["agents_net"] >= patient.frame["agents_net"]).all()


def test_patience_needs_waiting_times(tmp_path: Path) -> None:
    copy_sample("anonymous-bank", tmp_path)
    history = pd.read_csv(tmp_path / "history.csv").drop(
        columns=["wait_answered_seconds", "wait_abandoned_seconds"]
    )
    history.to_csv(tmp_path / "history.csv", index=False)
    with pytest.raises(ConfigError, match=r"requirement\.patience_seconds.*no waiting times"):
        plan(tmp_path / "plan.toml", until="requirement")


def test_a_roster_that_cannot_exist_names_person_week_and_the_smallest_change(tmp_path: Path) -> None:
    copy_sample("small-desk", tmp_path)
    file = tmp_path / "plan.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("max_shifts_week = 5", "max_shifts_week = 1", 1), encoding="utf-8")
    with pytest.raises(InfeasibleError, match="D01"):
        plan(file, seconds=5)


def test_the_pyworkforce_engine_needs_a_service_level(tmp_path: Path) -> None:
    copy_sample("small-desk", tmp_path)
    with pytest.raises(ConfigError, match="pyworkforce engine sizes by service level"):
        plan(tmp_path / "plan.toml", engine="pyworkforce")


def test_the_pyworkforce_engine_plans_to_the_end(tmp_path: Path) -> None:
    copy_sample("small-desk", tmp_path)
    file = tmp_path / "plan.toml"
    text = file.read_text(encoding="utf-8").replace("abandonment = 0.05", "service_level = 0.8")
    file.write_text(text, encoding="utf-8")
    made = plan(file, engine="pyworkforce", seconds=5)
    assert made.roster is not None
    assert made.roster.report.passed


@pytest.mark.parametrize("name", list(SAMPLES))
def test_every_sample_s_problem_can_be_read(name: str) -> None:
    problem = problem_of(sample_folder(name) / "plan.toml")
    assert len(problem.agents) > 0
    assert problem.demand["agents_gross"].min() >= 1
