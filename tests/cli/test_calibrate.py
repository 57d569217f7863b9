"""`staffing calibrate`: seen beside predicted, the wrap-up in between, and what cannot be said."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from staffing.calibration import calibrate_history, predicted_service
from staffing.config import read_config, site_horizon
from staffing.demand import read_history
from staffing.queueing import performance
from tests.end_to_end.desk import Desk, Outcome, run

BANK = Path(__file__).parents[2] / "data" / "anonymous-bank"
HEADER = (
    "interval_start,offered,answered,abandoned,answered_within_threshold,talk_seconds,acw_seconds,"
    "wait_answered_seconds,wait_abandoned_seconds,agents"
)
WRAP_UP, PATIENCE, AHT = 30, 200, 180


def rows(days: int = 28, *, wrap_up: float = WRAP_UP, agents: str | None = None) -> Iterator[str]:
    """Half-hours of a desk whose agents take `wrap_up` seconds a call that nobody records."""
    yield HEADER
    rng = np.random.default_rng(6)
    for day in range(days):
        start = datetime.combine(date(2026, 12, 7) + timedelta(days=day), datetime.min.time()).replace(hour=9)
        for slot in range(8 if start.weekday() < 5 else 0):
            calls, there = int(rng.poisson(40)), int(rng.integers(4, 7))
            service = performance(calls, AHT + wrap_up, there, patience=PATIENCE)
            lost = int(rng.binomial(calls, float(service.abandonment)))
            waited = calls * float(service.mean_wait)
            counts = [calls, calls - lost, lost, int(calls * float(service.service_level) * (calls > lost))]
            counts[3] = min(counts[3], counts[1])
            times = [AHT * (calls - lost), 0, round(waited / 2), round(waited / 2), agents or there]
            at = start + timedelta(minutes=30 * slot)
            yield ",".join(map(str, [f"{at:%Y-%m-%d %H:%M}", *counts, *times]))


def calibrated(desk: Desk, lines: Iterator[str], *options: object, patience: str = '"history"') -> Outcome:
    desk.edit("history.csv", lambda _: "\n".join(lines) + "\n")
    desk.edit(
        "plan.toml", lambda text: re.sub("patience_seconds = .*", f"patience_seconds = {patience}", text)
    )
    return run("calibrate", desk.plan, *options)


def wrap_up_line(outcome: Outcome) -> str:
    return next(line for line in outcome.out.splitlines() if line.startswith("wrap-up"))


def test_the_unrecorded_wrap_up_is_found_and_the_line_to_write(desk: Desk) -> None:
    out = desk.folder / "figures.json"
    outcome = calibrated(desk, rows(), "--out", out)
    assert outcome.status == 0, outcome.err
    figures = json.loads(out.read_text(encoding="utf-8"))
    assert figures["status"] == "found"
    assert figures["unrecorded_acw_low_seconds"] < WRAP_UP < figures["unrecorded_acw_high_seconds"]
    assert figures["patience_low_seconds"] < PATIENCE < figures["patience_high_seconds"]
    assert figures["before"]["abandonment"] < figures["observed"]["abandonment"]
    assert figures["after"]["abandonment"] == pytest.approx(figures["observed"]["abandonment"], abs=1e-4)
    assert figures["after"]["mean_wait_seconds"] == pytest.approx(
        figures["observed"]["mean_wait_seconds"], abs=1e-3
    )
    assert figures["days"] == 20
    assert figures["exponential"] is None
    wrap_up = figures["unrecorded_acw_seconds"]
    assert f"[history] unrecorded_acw_seconds = {wrap_up:.0f} (now 0)" in outcome.out
    assert f"wrap-up     {wrap_up:.1f} s a call" in outcome.out
    assert "only single calls show: --calls FILE" in outcome.out
    assert f"without wrap-up   with {wrap_up:.1f} s of wrap-up" in outcome.out
    assert "abandoned and mean wait are as seen by construction, the service level is not" in outcome.out


def test_what_the_settings_add_already_is_not_added_twice(desk: Desk) -> None:
    first = calibrated(desk, rows())
    desk.edit(
        "plan.toml",
        lambda text: text.replace('"history.csv"\n', '"history.csv"\nunrecorded_acw_seconds = 12\n'),
    )
    again = run("calibrate", desk.plan)
    assert again.out == first.out.replace("(now 0)", "(now 12)")


def test_a_patience_that_is_set_is_kept(desk: Desk) -> None:
    outcome = calibrated(desk, rows(), patience="150")
    assert "patience    150.0 s: as PLAN.toml says" in outcome.out
    assert "with it abandoned is as seen by construction" in outcome.out


def test_one_day_has_no_interval(desk: Desk) -> None:
    outcome = calibrated(desk, rows(1))
    assert outcome.status == 0, outcome.err
    assert "interval " not in outcome.out.split("\n", 1)[1]
    assert "waiting time / abandoned calls" in outcome.out


def test_too_many_lost_already_needs_none(desk: Desk) -> None:
    outcome = calibrated(desk, rows(agents="2"))
    assert "wrap-up     none" in outcome.out
    assert "more agents were at work than counted" in outcome.out
    assert "unrecorded_acw_seconds = 0 (now 0)" in outcome.out


def test_what_no_wrap_up_explains_is_said(desk: Desk) -> None:
    outcome = calibrated(desk, rows(agents="500"))
    assert "not even 3600 s a call" in outcome.out
    assert "unrecorded_acw_seconds =" not in outcome.out


def nobody_lost(agents: int) -> Iterator[str]:
    """Half-hours of a desk in which nobody waits."""
    yield HEADER
    for line in rows():
        if line != HEADER:
            yield f"{line[:16]},40,40,0,40,7200,0,0,0,{agents}"


def test_a_history_that_says_nothing_has_no_line_to_write(desk: Desk) -> None:
    out = desk.folder / "figures.json"
    for agents, patience in ((20, '"history"'), (0, "200")):
        outcome = calibrated(desk, nobody_lost(agents), "--out", out, patience=patience)
        assert outcome.status == 0, outcome.err
        assert wrap_up_line(outcome).startswith("wrap-up     unknown")
        assert "unrecorded_acw_seconds" not in outcome.out
        assert json.loads(out.read_text(encoding="utf-8"))["unrecorded_acw_seconds"] is None


def test_what_needs_none_does_not_take_back_what_the_settings_add(desk: Desk) -> None:
    desk.edit(
        "plan.toml",
        lambda text: text.replace('"history.csv"\n', '"history.csv"\nunrecorded_acw_seconds = 12\n'),
    )
    outcome = calibrated(desk, nobody_lost(500), patience="200")
    assert wrap_up_line(outcome).startswith("wrap-up     none: 0.0% are predicted")
    assert "nothing here says that the 12 s in the settings are too long" in outcome.out
    assert "unrecorded_acw_seconds" not in outcome.out


def test_a_history_without_agents_says_what_to_add(desk: Desk) -> None:
    outcome = run("calibrate", desk.plan)
    assert outcome.status == 2
    assert "history.csv: column agents: found no agents on duty, expected a column agents" in outcome.err


def test_a_history_without_waits_asks_for_them_or_for_a_patience(desk: Desk) -> None:
    def without() -> Iterator[str]:
        for line in rows():
            cells = line.split(",")
            yield ",".join(cells[:7] + cells[9:])

    outcome = calibrated(desk, without())
    assert outcome.status == 2
    assert "found no waiting times" in outcome.err
    outcome = calibrated(desk, without(), patience="200")
    assert outcome.status == 0, outcome.err
    assert re.findall(r"^mean wait +unknown", outcome.out, re.MULTILINE)
    with_waits = calibrated(desk, rows(), patience="200")
    assert wrap_up_line(outcome) == wrap_up_line(with_waits)


def test_intervals_without_agents_are_left_out_and_counted(desk: Desk) -> None:
    def some() -> Iterator[str]:
        for number, line in enumerate(rows()):
            yield line if number % 4 != 1 else line.rsplit(",", 1)[0] + ","

    assert "intervals on 20 days, 40 more left out" in calibrated(desk, some()).out


def test_no_history_and_no_place_to_write_end_with_a_message(desk: Desk, tmp_path: Path) -> None:
    outcome = calibrated(desk, rows(), "--out", tmp_path / "none" / "figures.json")
    assert outcome.status == 2
    assert "cannot be written" in outcome.err
    bank = run("calibrate", BANK.parent / "small-desk" / "plan.toml")
    assert bank.status == 2
    assert "a table [history]" in bank.err


def test_the_bank_needs_what_its_settings_add_and_its_callers_are_told_apart(tmp_path: Path) -> None:
    out = tmp_path / "figures.json"
    outcome = run("calibrate", BANK / "plan.toml", "--calls", BANK / "calls.csv.gz", "--out", out)
    assert outcome.status == 0
    figures = json.loads(out.read_text(encoding="utf-8"))
    assert figures["unrecorded_acw_low_seconds"] < 25 < figures["unrecorded_acw_high_seconds"]
    assert "unrecorded_acw_seconds = 25 (now 25)" in outcome.out
    assert "WARNING     Erlang A assumes that callers give up at an even rate; these do not" in outcome.out
    assert not figures["exponential"]["fits"]
    page = (BANK.parents[1] / "docs" / "patience.md").read_text(encoding="utf-8")
    wrap_up = [figures[f"unrecorded_acw{name}_seconds"] for name in ("", "_low", "_high")]
    title = {
        "observed": "both months, seen",
        "before": "predicted",
        "after": "predicted with {:.1f} s ({:.1f} to {:.1f}) of wrap-up".format(*wrap_up),
    }
    for name, text in title.items():
        lost, wait, in_time = figures[name].values()
        assert f"| {text} | {100 * lost:.2f} % | {wait:.1f} s | {100 * in_time:.1f} % |" in page
    totals = run("calibrate", BANK / "plan.toml").out.splitlines()
    assert totals[2:8] == outcome.out.splitlines()[2:8], "the history holds the same agents and waits"


def test_january_s_wrap_up_brings_february_nearer() -> None:
    """Out of sample: wrap-up and patience of one month, applied to the other."""
    config = read_config(BANK / "plan.toml")
    assert config.history is not None
    history = read_history(
        BANK / "history.csv", site_horizon(config), missing_days=config.history.missing_days
    )
    month = history.frame["business_date"].dt.month
    january, february = (
        history.__class__(
            history.frame[month == number].reset_index(drop=True),
            *(history.time_zone, history.interval_minutes, history.source, history.digest),
            history.threshold_seconds,
        )
        for number in (1, 2)
    )
    learned = calibrate_history(january).result
    frame = february.frame[february.frame["offered"] > 0]
    calls, aht = (
        frame["offered"].to_numpy(),
        (frame["handle_seconds"] / frame["answered"].clip(lower=1)).to_numpy(),
    )
    aht = np.where(frame["answered"] > 0, aht, frame["handle_seconds"].sum() / frame["answered"].sum())

    def predicted(wrap_up: float) -> float:
        whole = np.floor(frame["agents"].to_numpy())
        part = frame["agents"].to_numpy() - whole
        low, high = (
            performance(calls, aht + wrap_up, whole + more, patience=learned.patience_seconds).abandonment
            for more in (0, 1)
        )
        return float((calls * ((1 - part) * low + part * high)).sum() / calls.sum())

    seen = frame["abandoned"].sum() / calls.sum()
    assert abs(predicted(learned.seconds) - seen) < abs(predicted(0) - seen) / 2
    for wrap_up in (0, learned.seconds):
        ours = predicted_service(february, wrap_up_seconds=wrap_up, patience_seconds=learned.patience_seconds)
        assert ours.abandonment == pytest.approx(predicted(wrap_up), rel=1e-9)
