"""What the dashboard reads from a plan's folder, and what it gives away: encodings, names, times, settings."""

from __future__ import annotations

import io
import os
import tomllib
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffing.ui.downloads import archive, available, encode
from staffing.ui.run import RunView, wall_clock
from staffing.ui.toml_text import dumps
from staffing.ui.workspace import Workspace
from tests.ui.run_folder import build


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return build(tmp_path / "demo")


@pytest.mark.parametrize(
    ("encoding", "start"),
    [("utf-8-sig", b"\xef\xbb\xbfagent_id"), ("utf-8", b"agent_id"), ("cp932", b"agent_id")],
)
def test_csv_is_given_in_the_encoding_asked_for(folder: Path, encoding: Any, start: bytes) -> None:
    given = encode(folder / "roster.csv", encoding)
    assert given.data.startswith(start)
    assert given.data.decode(encoding) == (folder / "roster.csv").read_bytes().decode()
    assert given.missing == ()


def test_characters_that_cp932_lacks_are_named_once_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("name\r\n𠮷田\r\n𠮷野 é\r\n", encoding="utf-8", newline="")
    given = encode(path, "cp932")
    assert given.missing == ("𠮷", "é")
    assert given.data.decode("cp932") == "name\r\n〓田\r\n〓野 〓\r\n"


def test_a_plan_exported_in_cp932_is_read_and_given_in_utf_8(folder: Path) -> None:
    path = folder / "roster.csv"
    text = path.read_bytes().decode()
    path.write_bytes(text.encode("cp932"))
    assert encode(path, "utf-8").data.decode() == text
    assert "佐藤 花子" in set(RunView.open(folder).table("roster.csv")["agent_name"])


def test_the_archive_holds_every_file_and_is_the_same_each_time(folder: Path) -> None:
    paths = available(folder)
    made = archive(paths, "utf-8-sig")
    assert made == archive(paths, "utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        assert opened.testzip() is None
        assert set(opened.namelist()) == {path.name for path in paths}
        assert opened.read("costs.csv").startswith(b"\xef\xbb\xbf")


def test_times_are_the_sites_own(folder: Path) -> None:
    frame = RunView.open(folder).table("forecast.csv")
    assert str(frame["interval_start"].dt.tz) == "Asia/Tokyo"
    assert wall_clock(frame["interval_start"])[0] == pd.Timestamp("2027-02-01 09:00", tz="UTC")
    assert (frame["slot"][0], frame["day"][0]) == (540, pd.Timestamp("2027-02-01"))


def test_a_rewritten_file_is_read_anew(folder: Path) -> None:
    view = RunView.open(folder)
    before = view.table("costs.csv")["amount"].sum()
    path = folder / "costs.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("516000", "516001"), encoding="utf-8")
    assert view.table("costs.csv")["amount"].sum() == before + 1


def test_plans_are_listed_newest_first_and_only_finished_ones(tmp_path: Path) -> None:
    workspace = Workspace.of(None, tmp_path)
    (tmp_path / "unfinished").mkdir()
    for place, name in enumerate(("a", "b")):
        summary = build(tmp_path / name) / "summary.json"
        os.utime(summary, (1_800_000_000 + place, 1_800_000_000 + place))
    assert workspace.ids() == ("b", "a")


@pytest.mark.parametrize("plan_id", ["", ".", "..", "../other", "a/b", "/etc", "a\\b"])
def test_an_id_never_leads_out_of_the_workspace(tmp_path: Path, plan_id: str) -> None:
    with pytest.raises(KeyError):
        Workspace.of(None, tmp_path).folder(plan_id)


def test_the_workspace_is_the_folder_around_the_plan(tmp_path: Path) -> None:
    place = Workspace.of(tmp_path / "out" / "bank", None)
    assert (place.root, place.first) == (tmp_path / "out", "bank")


def test_new_plans_get_folders_of_their_own(tmp_path: Path) -> None:
    workspace, now = Workspace.of(None, tmp_path), datetime(2027, 2, 1, 9, 30)  # noqa: DTZ001 - only shown
    first = workspace.new_id("窓口 A/B: ../x", now)
    assert first == "窓口-A-B-x-20270201-093000"
    (tmp_path / first).mkdir()
    assert workspace.new_id("窓口 A/B: ../x", now) == f"{first}-2"
    assert workspace.folder(first).parent == tmp_path


scalars = (
    st.text() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.booleans() | st.dates()
)
tables = st.dictionaries(st.text(max_size=8), scalars | st.lists(scalars, max_size=3), max_size=4)


@given(
    st.dictionaries(
        st.text(max_size=8), scalars | tables | st.lists(tables, min_size=1, max_size=2), max_size=4
    )
)
def test_settings_written_as_toml_read_back_the_same(settings: dict[str, Any]) -> None:
    assert tomllib.loads(dumps(settings)) == settings


def test_settings_without_a_value_are_left_out() -> None:
    assert dumps({"a": None, "b": date(2027, 2, 1)}) == "b = 2027-02-01\n"
    with pytest.raises(TypeError, match="bytes"):
        dumps({"a": b""})
