"""Jobs are found again through their files alone, keep the best roster when stopped, and say why they failed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from staffing import jobs
from staffing.jobs import Job
from tests.ui.conftest import ROOT


def wait(out: Path, until: Callable[[Job], bool], patience: float = 300) -> Job:
    end = time.monotonic() + patience
    while not until(job := jobs.poll(out)):
        assert time.monotonic() < end, f"the job is {job.state} at {job.stage!r}"
        time.sleep(0.02)
    return job


def ended(job: Job) -> bool:
    return job.state != "running"


def test_a_job_reports_its_stages_and_ends(child: Callable[[str], Path]) -> None:
    job = wait(child("quick"), ended)
    assert (job.state, job.stage, job.share, job.error) == ("done", "done", 1.0, None)
    assert [event["stage"] for event in job.events] == ["demand", "done"]


def test_stopping_keeps_the_best_roster(child: Callable[[str], Path]) -> None:
    out = child("search")
    wait(out, lambda job: len(job.curve) > 2)
    jobs.stop(out)
    jobs.stop(out)  # an impatient second click changes nothing
    job = wait(out, ended)
    assert (job.state, job.stopping) == ("done", True)
    assert (out / "summary.json").exists()
    assert [point.bound for point in job.curve] == [900] * len(job.curve)
    assert job.curve[-1].objective < job.curve[0].objective


def test_faults_of_the_input_are_kept(child: Callable[[str], Path]) -> None:
    job = wait(child("input"), ended)
    assert job.state == "failed"
    assert job.error is not None
    assert job.error["faults"][0]["row"] == 3


def test_a_child_that_dies_says_what_it_said_last(child: Callable[[str], Path]) -> None:
    job = wait(child("crash"), ended)
    assert (job.state, job.error) == ("failed", {"error": "ended", "message": "out of memory"})


def test_a_killed_child_is_seen_to_have_failed(child: Callable[[str], Path]) -> None:
    out = child("search")
    wait(out, lambda job: bool(job.curve))
    os.kill(json.loads((out / "job" / "pid").read_text(encoding="utf-8"))["pid"], signal.SIGKILL)
    assert wait(out, ended).state == "failed"


def test_another_process_finds_the_job_and_can_stop_it(child: Callable[[str], Path]) -> None:
    """As after a restart of the server: nothing but the folder is known."""
    out = child("search")
    wait(out, lambda job: bool(job.curve))
    lines = f"""
from pathlib import Path
from staffing import jobs
out = Path({str(out)!r})
assert jobs.running(out.parent) == (out,)
jobs.stop(out)
"""
    subprocess.run([sys.executable, "-c", lines], cwd=ROOT, check=True)
    assert wait(out, ended).state == "done"
    assert jobs.running(out.parent) == ()


def test_a_later_process_of_the_same_id_is_not_the_job(child: Callable[[str], Path]) -> None:
    out = child("search")
    wait(out, lambda job: bool(job.curve))
    path = out / "job" / "pid"
    noted = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({"pid": os.getpid(), "began": "long ago"}), encoding="utf-8")
    assert jobs.poll(out).state == "failed"
    path.write_text(json.dumps(noted), encoding="utf-8")
    jobs.stop(out)
    wait(out, ended)


def test_a_folder_has_one_job_at_a_time(child: Callable[[str], Path], tmp_path: Path) -> None:
    out = child("search")
    wait(out, lambda job: bool(job.curve))
    with pytest.raises(RuntimeError, match="already running"):
        jobs.start(tmp_path / "plan.toml", out)
    jobs.stop(out)
    wait(out, ended)


def test_a_line_still_being_written_is_left_for_the_next_time(tmp_path: Path) -> None:
    folder = jobs.job_folder(tmp_path)
    folder.mkdir()
    (folder / "progress.jsonl").write_text(
        '{"stage": "demand", "share": 0.02}\n{"stage": "rost', encoding="utf-8"
    )
    assert [event["stage"] for event in jobs.poll(tmp_path).events] == ["demand"]


def test_a_job_that_never_began_has_failed(tmp_path: Path) -> None:
    job = jobs.poll(tmp_path)
    assert (job.state, job.events, job.stage, job.share, dict(job.message)) == ("failed", (), "", 0.0, {})
