"""Two queues: each is forecast, sized, staffed and served by itself, and the totals are those of both."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from staffing.errors import InputError
from staffing.io.export import export
from staffing.plan import Plan, plan
from staffing.summary import summarise
from tests.end_to_end.desk import PLAN, history

STAFF = """\
agent_id,agent_name,queue,contract,wage
A1,Aoki,orders,part,1300
A2,Ishida,orders,part,1250
A3,Ueda,returns,part,1200
"""
RETURNS_AN_INTERVAL = 4


def two_queues() -> str:
    """The desk's calls as `orders`, and as many rows again of a quiet queue `returns` with longer calls."""
    header, *rows = history().splitlines()
    quiet = [
        ",".join([*row.split(",")[:2], "returns", *map(str, (RETURNS_AN_INTERVAL, 4, 0, 4 * 240, 4 * 60))])
        for row in rows
    ]
    return "\n".join([header, *(row.replace(",main,", ",orders,") for row in rows), *quiet, ""])


def write(folder: Path, staff: str = STAFF) -> Path:
    for name, text in (("plan.toml", PLAN), ("agents.csv", staff), ("history.csv", two_queues())):
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "plan.toml"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return plan(write(tmp_path_factory.mktemp("queues")))


def test_each_queue_is_forecast_from_its_own_calls(made: Plan) -> None:
    by_queue = made.forecast.frame.groupby("queue")
    assert set(by_queue["interval_start"].nunique()) == {40}
    returns = by_queue.get_group("returns")
    assert (returns["calls"] == RETURNS_AN_INTERVAL).all()
    assert returns["aht_seconds"].tolist() == pytest.approx([300] * 40)
    assert by_queue.get_group("orders")["calls"].min() >= 12


def test_people_are_on_the_floor_of_their_own_queue_only(made: Plan) -> None:
    assert made.roster is not None
    assert made.roster.report.passed
    queues = {agent.agent_id: agent.queue for agent in made.roster.problem.agents}
    cover = made.roster.coverage.frame.set_index(["queue", "interval_start"])
    for (queue, start), row in cover.iterrows():
        end = start + pd.Timedelta(minutes=30)
        there = [
            duty
            for duty in made.roster.result.roster.duties
            if queues[duty.agent_id] == queue and duty.start < end and duty.end > start
        ]
        assert row["on_floor"] + row["on_break"] == len(there)
    assert cover["on_floor"].groupby("queue").sum().gt(0).all()


def test_peaks_and_gaps_are_those_of_both_queues_at_once(made: Plan) -> None:
    assert made.requirement is not None
    assert made.roster is not None
    needed = made.requirement.frame.groupby("interval_start")[["agents_net", "agents_gross"]].sum()
    summary = summarise(made)
    assert summary["requirement"]["peak_net"] == needed["agents_net"].max()
    assert summary["requirement"]["peak_gross"] == needed["agents_gross"].max()
    cover = made.roster.coverage.frame
    missing = (cover["required_gross"] - cover["on_floor"]).clip(lower=0)
    worst = missing.groupby(cover["interval_start"]).sum().max()
    assert worst > missing.max()  # both are short at once
    assert summary["roster"]["coverage"]["worst_gap"] == worst
    assert summary["horizon"]["open_intervals"] == 40
    assert summary["roster"]["coverage"]["open_intervals"] == 80


def test_costs_and_service_are_of_all_calls(made: Plan) -> None:
    assert made.comparison is not None
    assert made.roster is not None
    calls = made.forecast.frame["calls"].sum()
    expected = made.roster.coverage.expected()
    in_house = next(option for option in made.comparison.options if option.option == "in-house")
    assert in_house.handled_calls == pytest.approx(calls * (1 - expected.abandonment))
    cover = made.roster.coverage.frame
    lost = (cover["calls"] * cover["abandonment"]).sum()
    assert expected.abandonment == pytest.approx(lost / calls)
    assert 0 < expected.asa_seconds < 180


def test_files_name_the_queue_of_every_row(made: Plan, tmp_path: Path) -> None:
    export(made, tmp_path)
    for name in ("demand.csv", "forecast.csv", "requirements.csv", "coverage.csv"):
        frame = pd.read_csv(tmp_path / name)
        assert set(frame["queue"]) == {"orders", "returns"}
        assert not frame.duplicated(["queue", "interval_start"]).any()


def test_staff_must_name_their_queue(tmp_path: Path) -> None:
    without = "\n".join(",".join(row.split(",")[:2] + row.split(",")[3:]) for row in STAFF.splitlines())
    with pytest.raises(InputError, match=r'row 1, column queue.*a column "queue"'):
        plan(write(tmp_path, without))
    with pytest.raises(InputError, match=r"row 4, column queue: found 'refunds'.*orders, returns"):
        plan(write(tmp_path, STAFF.replace("returns", "refunds")))


def test_a_queue_without_people_is_short_throughout(tmp_path: Path) -> None:
    made = plan(write(tmp_path, STAFF.replace("returns", "orders")))
    assert made.roster is not None
    assert made.roster.report.passed
    cover = made.roster.coverage.frame
    returns = cover[cover["queue"] == "returns"]
    assert (returns["on_floor"] == 0).all()
    assert returns["abandonment"].tolist() == pytest.approx([1] * 40)
    assert cover.loc[cover["queue"] == "orders", "on_floor"].sum() > 0


def test_pyworkforce_sizes_each_queue(tmp_path: Path) -> None:
    made = plan(write(tmp_path), engine="pyworkforce", until="requirement")
    assert made.requirement is not None
    needed = made.requirement.frame.groupby("queue")["agents_net"].max()
    assert needed["orders"] > needed["returns"] > 0
