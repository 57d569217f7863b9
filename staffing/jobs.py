"""Long plans and decisions as child processes: started, watched and stopped through files in folders of their own.

A job lives in `OUT/job/`: the settings and inputs it was given, `pid`, `progress.jsonl` (what the child prints) and
`stderr`. Nothing else says how it stands, so a restarted server finds its jobs again, and a job outlives the server.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import staffing

FOLDER = "job"
_TAIL = 2000  # characters of stderr that are shown when a child ends without a word

# Children of this very process, kept only because the system keeps an ended child until its parent asks for it.
_CHILDREN: dict[int, subprocess.Popen[bytes]] = {}

State = Literal["running", "done", "failed"]
Work = Literal["plan", "decide"]
DECISION = "decision"  # the folder inside a plan's own that holds what was decided on it


@dataclass(frozen=True)
class Better:
    """One point of the search: cost of the best roster and its proven bound, in smallest currency units."""

    seconds: float
    objective: int
    bound: int


@dataclass(frozen=True)
class Job:
    """How a job stands. `events` are what the child printed, oldest first; `error` is set when it failed."""

    out: Path
    state: State
    events: tuple[Mapping[str, Any], ...] = ()
    error: Mapping[str, Any] | None = None
    stopping: bool = False

    @property
    def stage(self) -> str:
        """The stage it has reached; empty before the first."""
        return str(self.events[-1].get("stage", "")) if self.events else ""

    @property
    def share(self) -> float:
        """The part of the plan that is done, 0-1."""
        shares = [float(event["share"]) for event in self.events if "share" in event]
        return min(1.0, max(shares, default=0.0))

    @property
    def message(self) -> Mapping[str, Any]:
        """The last step's note, as `{"text", "values"}`; empty before the first."""
        noted = (
            event["message"] for event in reversed(self.events) if isinstance(event.get("message"), Mapping)
        )
        return next(noted, {})

    @property
    def curve(self) -> tuple[Better, ...]:
        """Every better roster the search reported."""
        return tuple(
            Better(float(event["seconds"]), int(event["objective"]), int(event["bound"]))
            for event in self.events
            if event.get("objective") is not None
            and event.get("bound") is not None
            and event.get("seconds") is not None
        )


@dataclass(frozen=True)
class _Process:
    """A child's id, and when the system says it began, so that a later process of the same id is not taken for it."""

    pid: int
    began: str

    def alive(self) -> bool:
        if self.pid in _CHILDREN and _CHILDREN[self.pid].poll() is not None:
            del _CHILDREN[self.pid]
        try:
            os.kill(self.pid, 0)
        except OSError:  # no such process, or another user's
            return False
        return _began(self.pid) == self.began


def job_folder(out: Path) -> Path:
    """Where the job that writes to `out` keeps its files; the settings to plan from belong here."""
    return out / FOLDER


def start(plan_file: Path, out: Path, work: Work = "plan") -> None:
    """Start planning `plan_file`, or deciding on it, into `out`; its progress is then to be had from `poll`.

    Raises:
        RuntimeError: when a job is already running for `out`.
        OSError: when the folder cannot be written or the child cannot be started.
    """
    folder = job_folder(out)
    folder.mkdir(parents=True, exist_ok=True)
    if poll(out).state == "running":
        raise RuntimeError(f"a job is already running for {out}")
    (folder / "stopping").unlink(missing_ok=True)
    package_root = str(Path(staffing.__file__).resolve().parent.parent)
    paths = [package_root, *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
    }
    with (folder / "progress.jsonl").open("wb") as progress, (folder / "stderr").open("wb") as errors:
        child = subprocess.Popen(
            _command(plan_file, out, work),
            stdin=subprocess.DEVNULL,
            stdout=progress,
            stderr=errors,
            cwd=folder,
            env=environment,
            start_new_session=True,  # Ctrl-C at the server's terminal is not meant for it
        )
    noted = json.dumps({"pid": child.pid, "began": _began(child.pid)})
    (folder / "pid").write_text(noted, encoding="utf-8")
    _CHILDREN[child.pid] = child


def poll(out: Path) -> Job:
    """How the job that writes to `out` stands now; one that never began counts as failed."""
    folder = job_folder(out)
    process = _process(folder)
    alive = process is not None and process.alive()  # asked before the events, so that the last ones are seen
    events = tuple(_events(folder / "progress.jsonl"))
    stopping = (folder / "stopping").exists()
    error = next((event for event in events if event.get("stage") == "error"), None)
    if error is not None:
        return Job(out, "failed", events, error, stopping)
    if any(event.get("stage") == "done" for event in events):
        return Job(out, "done", events, None, stopping)
    if alive:
        return Job(out, "running", events, None, stopping)
    return Job(out, "failed", events, {"error": "ended", "message": _tail(folder / "stderr")}, stopping)


def stop(out: Path) -> None:
    """Ask the job to end its search and keep the best roster; asked again, or of an ended job, it does nothing."""
    folder = job_folder(out)
    process = _process(folder)
    job = poll(out)
    if process is None or job.state != "running" or job.stopping:
        return  # a second interrupt would end the child without its roster
    (folder / "stopping").touch()
    # Before its first words the child does not listen for interrupts yet, and has no roster to keep.
    os.kill(process.pid, signal.SIGINT if job.events else signal.SIGTERM)


def end(out: Path) -> None:
    """End the job at once, with nothing kept; of an ended job it does nothing."""
    folder = job_folder(out)
    process = _process(folder)
    if process is not None and poll(out).state == "running":
        (folder / "stopping").touch()
        os.kill(process.pid, signal.SIGTERM)


def running(workspace: Path) -> tuple[Path, ...]:
    """The output folders of the jobs that run in a workspace."""
    found = sorted(path.parent.parent for path in workspace.glob(f"*/{FOLDER}/pid"))
    return tuple(out for out in found if poll(out).state == "running")


def deciding(workspace: Path) -> tuple[Path, ...]:
    """The folders of the plans in a workspace that are being decided on."""
    found = sorted(path.parents[2] for path in workspace.glob(f"*/{DECISION}/{FOLDER}/pid"))
    return tuple(plan for plan in found if poll(plan / DECISION).state == "running")


def _command(plan_file: Path, out: Path, work: Work = "plan") -> list[str]:
    return [sys.executable, "-m", "staffing", work, str(plan_file), "--out", str(out), "--progress", "json"]


def _process(folder: Path) -> _Process | None:
    try:
        noted = json.loads((folder / "pid").read_text(encoding="utf-8"))
        return _Process(int(noted["pid"]), str(noted["began"]))
    except (OSError, ValueError, KeyError):
        return None


def _began(pid: int) -> str:
    """When a process began, in the kernel's ticks; empty where the system does not say."""
    try:
        # The second field is the name in brackets, which may hold spaces; the start is the 22nd.
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def _events(path: Path) -> Iterator[Mapping[str, Any]]:
    """The complete lines so far; a line still being written is left for the next time."""
    with suppress(FileNotFoundError):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            with suppress(ValueError):
                event = json.loads(line)
                if isinstance(event, dict):
                    yield event


def _tail(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")[-_TAIL:].strip()
    except OSError:
        return ""
