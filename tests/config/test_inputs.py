"""The files a plan names, and its settings as they are kept beside copies of them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffing.config import read_config
from staffing.config.inputs import kept_inputs, named_files, renamed
from tests.end_to_end.desk import AGENTS, PLAN, history

HISTORY, STAFF = ("history", "file"), ("staff", "file")
names = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).filter(
    lambda name: name.strip(". ") != "" and "/" not in name and "\\" not in name
)


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ('[history]\nfile = "../a.csv" # from "../a.csv"', '[history]\nfile = "b.csv" # from "../a.csv"'),
        ("[history]\nfile = '../a.csv'", '[history]\nfile = "b.csv"'),
        ('[history]\r\nfile = "../a.csv"\r\n', '[history]\r\nfile = "b.csv"\r\n'),
        ('history = {file="../a.csv"}', 'history = {file="b.csv"}'),
        ('history.file = "\\u002e./a.csv"', 'history.file = "b.csv"'),
        (
            '[staff]\nfile = "../a.csv"\n[history]\nfile = "../a.csv"',
            '[staff]\nfile = "../a.csv"\n[history]\nfile = "b.csv"',
        ),
        (
            "# it's so\n[history]\nfile = '../a.csv' # isn't it",
            "# it's so\n[history]\nfile = \"b.csv\" # isn't it",
        ),
        ('[history]\nfile = "b.csv"', '[history]\nfile = "b.csv"'),
        ('[history]\nfile = "./b.csv"', '[history]\nfile = "./b.csv"'),
        ("[history]", "[history]"),
        ("[history", "[history"),
    ],
)
def test_only_the_name_changes(text: str, changed: str) -> None:
    assert renamed(text, {HISTORY: "b.csv"}) == changed


@given(names)
def test_any_file_name_is_written_so_that_it_reads_back(name: str) -> None:
    text = renamed('[staff]\nfile = "a"\n[history]\nfile = "a"\n', {HISTORY: name})
    assert tomllib.loads(text) == {"staff": {"file": "a"}, "history": {"file": name}}


def test_files_that_lie_beside_the_settings_are_kept_as_they_are(tmp_path: Path) -> None:
    contents = {"plan.toml": PLAN, "agents.csv": AGENTS, "history.csv": history()}
    for name, text in contents.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    config = read_config(tmp_path / "plan.toml")
    assert {name: content.decode() for name, content in kept_inputs(config).items()} == contents
    assert named_files(config) == {HISTORY: tmp_path / "history.csv", STAFF: tmp_path / "agents.csv"}


def test_files_that_cannot_be_read_are_left_to_the_readers(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "agents.csv").mkdir()
    assert set(kept_inputs(read_config(tmp_path / "plan.toml"))) == {"plan.toml"}


def test_names_that_differ_only_in_case_are_kept_apart(tmp_path: Path) -> None:
    """They would be one file on Windows and macOS."""
    (tmp_path / "staff").mkdir()
    (tmp_path / "history.csv").write_text(history(), encoding="utf-8")
    (tmp_path / "staff/History.CSV").write_text(AGENTS, encoding="utf-8")
    (tmp_path / "plan.toml").write_text(PLAN.replace("agents.csv", "staff/History.CSV"), encoding="utf-8")
    assert set(kept_inputs(read_config(tmp_path / "plan.toml"))) == {
        "plan.toml",
        "history.csv",
        "staff-History.CSV",
    }


def test_settings_made_in_python_have_no_file_to_keep(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "agents.csv").write_text(AGENTS, encoding="utf-8")
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    config = read_config("plan.toml")
    (tmp_path / "plan.toml").unlink()
    assert set(kept_inputs(config)) == {"agents.csv"}
