"""What the dashboard's tests share: a made-up plan, and a page drawn without a browser."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from staffing import jobs
from tests.ui.decision_folder import build_decision
from tests.ui.run_folder import build

ROOT = Path(__file__).resolve().parents[2]
Draw = Callable[..., AppTest]
DRAWN_SECONDS = 180.0  # until a page that is not drawn fails: ample, for a busy machine


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of plans, which the dashboard is told of."""
    folder = tmp_path / "plans"
    folder.mkdir()
    monkeypatch.setenv("STAFFING_WORKSPACE", str(folder))
    monkeypatch.delenv("STAFFING_PLAN", raising=False)
    return folder


@pytest.fixture
def demo(workspace: Path) -> Path:
    """The made-up plan, as the only one in the workspace."""
    return build(workspace / "demo")


def _page(name: str, lang: str) -> None:
    """The script of one page; AppTest runs its source, so it brings its own imports."""
    from importlib import import_module

    from staffing.ui.run import RunView
    from staffing.ui.screen import Screen
    from staffing.ui.workspace import Workspace
    from staffing.wording.language import language

    place = Workspace.from_environment()
    ids = place.ids()
    view = RunView.open(place.folder(ids[0])) if ids else None
    import_module(f"staffing.ui.pages.{name}").render(Screen(language(lang), place, view))


def _drawn(name: str, lang: str = "en") -> AppTest:
    app = AppTest.from_function(
        _page, default_timeout=DRAWN_SECONDS, kwargs={"name": name, "lang": lang}
    ).run()
    assert not app.exception, app.exception
    return app


@pytest.fixture
def draw() -> Draw:
    """`draw("overview", "ja")`: the page over the workspace's newest plan, run once without an exception."""
    return _drawn


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Draw:
    """`shown("overview", "ja")`: the page over the made-up plan and a decision on it, drawn once for a file's tests.

    To be looked at only: whoever presses, chooses or changes a file draws a page of their own.
    """
    workspace = tmp_path_factory.mktemp("shown")
    build_decision(build(workspace / "demo"))

    @cache
    def drawn(name: str, lang: str) -> AppTest:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("STAFFING_WORKSPACE", str(workspace))
            patch.delenv("STAFFING_PLAN", raising=False)
            return _drawn(name, lang)

    return lambda name, lang="en": drawn(name, lang)


# A child with the manners of `staffing plan --progress json`, without its work.
CHILD = """
import json, pathlib, signal, sys, time

stopped = False


def stop(*_):
    global stopped
    stopped = True


def tell(stage, share, **more):
    print(json.dumps({"stage": stage, "share": share, "message": {"text": stage, "values": {}}, **more}), flush=True)


signal.signal(signal.SIGINT, stop)
out, kind = pathlib.Path(sys.argv[1]), sys.argv[2]
tell("demand", 0.02)
if kind == "input":
    print(json.dumps({"stage": "error", "error": "input", "file": "history.csv", "faults": [
        {"row": 3, "column": "offered", "found": "'x'", "expected": "a whole number from 0"}]}), flush=True)
    sys.exit(2)
if kind == "crash":
    raise SystemExit("out of memory")
step = 0
while kind == "search" and not stopped:
    tell("roster", 0.2, objective=1000 - step, bound=900, seconds=step * 0.05)
    step += 1
    time.sleep(0.05)
(out / "summary.json").write_text("{}")
tell("done", 1.0)
"""


@pytest.fixture
def child(
    tmp_path: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Path]]:
    """`child("search")` starts a job of that kind and returns its output folder."""
    script = tmp_path / "child.py"
    script.write_text(CHILD, encoding="utf-8")
    started: list[Path] = []

    def start(kind: str) -> Path:
        out = workspace / f"{kind}-{len(started)}"
        monkeypatch.setattr(
            jobs, "_command", lambda plan, out, _: [sys.executable, str(script), str(out), kind]
        )
        jobs.start(tmp_path / "plan.toml", out)
        started.append(out)
        return out

    yield start
    for out in started:
        noted = json.loads((out / "job" / "pid").read_text(encoding="utf-8"))
        if jobs.poll(out).state == "running":
            os.kill(noted["pid"], signal.SIGKILL)
