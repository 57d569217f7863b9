"""The form of a new plan: bad input is named by row and column and starts nothing; good input becomes settings."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from staffing import jobs
from staffing.ui.draft import Base, bases, findings, make_draft
from staffing.ui.workspace import Workspace
from tests.ui.conftest import Draw
from tests.ui.test_jobs import wait

BANK, DESK = "sample:anonymous-bank", "sample:small-desk"
HISTORY = """interval_start,offered,answered,abandoned,aht_seconds
2026-12-07 09:00,12,11,1,240
2026-12-07 09:30,twelve,11,1,240
2026-12-07 10:00,12,11,-1,240
"""


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The settings files that were started, in place of starting them."""
    found: list[Path] = []
    monkeypatch.setattr(jobs, "start", lambda plan_file, out: found.append(plan_file))
    return found


def choose(app: AppTest, base: str) -> AppTest:
    return app.selectbox(key="base").set_value(base).run()


def start(app: AppTest) -> AppTest:
    app.button(key="start").click().run()
    assert not app.exception, app.exception
    return app


def base_of(base_id: str, workspace: Path) -> Base:
    return next(base for base in bases(Workspace.of(None, workspace)) if base.base_id == base_id)


@pytest.mark.parametrize(("lang", "found"), [("en", "'twelve'"), ("ja", "'twelve'")])
def test_a_bad_history_is_named_by_row_and_column(
    workspace: Path, draw: Draw, started: list[Path], lang: str, found: str
) -> None:
    app = choose(draw("new_plan", lang), DESK)
    app.get_by_key(f"new_{DESK}_demand").set_value("history").run()
    app.file_uploader(key=f"new_{DESK}_history").upload("calls.csv", HISTORY.encode()).run()
    start(app)
    table = app.table[0].value
    rows = [[str(cell).replace("\\", "") for cell in row] for row in table.to_numpy()]
    expected = {"en": "a whole number from 0", "ja": "0以上の整数"}[lang]
    assert ["calls.csv", "3", "offered", found, expected] in rows
    assert ["calls.csv", "4", "abandoned", "'-1'", expected] in rows
    assert started == []
    assert list(workspace.iterdir()) == []


def test_bad_input_leaves_the_answers_and_other_plans_as_they_were(
    demo: Path, draw: Draw, started: list[Path]
) -> None:
    before = {path: path.read_bytes() for path in demo.rglob("*") if path.is_file()}
    app = choose(draw("new_plan"), DESK)
    app.text_input(key=f"new_{DESK}_name").set_value("My desk")
    app.text_input(key=f"new_{DESK}_monday").set_value("9 to 5").run()
    start(app)
    assert "hours\\.monday" in str(app.table[0].value.iloc[0, 2])
    assert app.text_input(key=f"new_{DESK}_name").value == "My desk"
    assert app.text_input(key=f"new_{DESK}_monday").value == "9 to 5"
    assert {path: path.read_bytes() for path in demo.rglob("*") if path.is_file()} == before
    assert started == []


def test_good_input_starts_a_plan_in_a_folder_of_its_own(
    workspace: Path, draw: Draw, started: list[Path]
) -> None:
    app = choose(draw("new_plan"), DESK)
    app.text_input(key=f"new_{DESK}_name").set_value("My desk")
    app.number_input(key=f"new_{DESK}_shrinkage").set_value(10.0)
    app.get_by_key(f"new_{DESK}_demand").set_value("total").run()
    app.number_input(key=f"new_{DESK}_calls").set_value(500).run()
    app.button(key="start").click().run()
    (plan_file,) = started
    assert plan_file.parent.parent.parent == workspace
    settings = tomllib.loads(plan_file.read_text(encoding="utf-8"))
    assert settings["plan"]["name"] == "My desk"
    assert settings["requirement"]["shrinkage"] == 0.1
    assert settings["forecast"]["calls_per_month"] == 500
    assert findings(plan_file) == ()


def test_a_sample_with_nothing_changed_is_planned_as_it_stands(
    workspace: Path, draw: Draw, started: list[Path]
) -> None:
    """The form gives back every setting of the base, and carries the base's files along."""
    start_app = choose(draw("new_plan"), BANK)
    start_app.button(key="start").click().run()
    (plan_file,) = started
    base = base_of(BANK, workspace).settings()
    made = tomllib.loads(plan_file.read_text(encoding="utf-8"))
    assert {
        name: made[name] for name in ("horizon", "history", "forecast", "contracts", "shifts", "labour")
    } == {name: base[name] for name in ("horizon", "history", "forecast", "contracts", "shifts", "labour")}
    for day in ("monday", "friday", "saturday"):
        assert made["hours"][day] == base["hours"][day]
    assert made["hours"]["exceptions"] == base["hours"]["exceptions"]
    assert {path.name for path in plan_file.parent.iterdir()} == {"plan.toml", "history.csv", "agents.csv"}


def test_a_draft_takes_files_from_uploads_before_the_base(workspace: Path, tmp_path: Path) -> None:
    base = base_of(DESK, workspace)
    draft = make_draft(base, {"staff": {"file": "agents.csv"}}, {"agents.csv": b"agent_id\n"})
    found = findings(draft.write(tmp_path / "draft"))
    assert {finding.file for finding in found} == {"agents.csv"}


def test_a_history_that_was_not_uploaded_is_asked_for(
    workspace: Path, draw: Draw, started: list[Path]
) -> None:
    app = choose(draw("new_plan"), BANK)  # has a history of its own, which must not stand in
    app.get_by_key(f"new_{BANK}_demand").set_value("history").run()
    start(app)
    assert "no file chosen" in str(app.table[0].value.to_numpy())
    assert started == []


def test_an_uploads_name_never_leads_out_of_the_folder(workspace: Path, tmp_path: Path) -> None:
    base = base_of(DESK, workspace)
    draft = make_draft(base, {"staff": {"file": "../../evil.csv"}}, {"evil.csv": b"x"})
    draft.write(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b" / "evil.csv").read_bytes() == b"x"
    assert not (tmp_path / "evil.csv").exists()


def test_a_running_search_is_shown_with_its_bound_and_can_be_stopped(
    workspace: Path, draw: Draw, child: Callable[[str], Path]
) -> None:
    out = child("search")
    (out / "job" / "plan.toml").write_text('[plan]\nname = "x"\ncurrency = "JPY"\n', encoding="utf-8")
    wait(out, lambda job: len(job.curve) > 1)
    app = draw("new_plan")
    shown = {metric.label: metric.value for metric in app.metric}
    assert shown["No roster can cost less"] == "¥900"
    assert shown["Gap"].endswith(" %")
    assert app.button(key="start").disabled
    app.button(key="stop").click().run()
    assert wait(out, lambda job: job.state != "running").state == "done"


@pytest.mark.parametrize(("kind", "words"), [("input", "'x'"), ("crash", "out of memory")])
def test_a_plan_that_failed_says_why_until_it_is_put_away(
    workspace: Path, draw: Draw, child: Callable[[str], Path], kind: str, words: str
) -> None:
    out = child(kind)
    app = draw("new_plan")
    app.session_state["job_id"] = out.name
    wait(out, lambda job: job.state != "running")
    app.run()
    shown = " ".join(
        [str(table.value.to_numpy()) for table in app.table] + [text.value for text in app.markdown]
    )
    assert words in shown.replace("\\", "")
    app.button(key="dismiss").click().run()
    assert not app.error
