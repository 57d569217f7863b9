"""A plan's folder: it holds what one plan found, never takes an input's place, and can be planned again."""

from __future__ import annotations

import json
from hashlib import sha256

from staffing.sourcing.tariff_file import default_tariffs_text
from tests.end_to_end.desk import AGENTS, Desk, history, run, snapshot


def tables(folder_files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in folder_files.items() if name.endswith(".csv")}


def test_what_an_earlier_plan_made_and_this_one_did_not_is_taken_out(desk: Desk) -> None:
    assert run("plan", desk.plan, "--out", desk.out).status == 0
    (desk.out / "mine.csv").write_text("kept", encoding="utf-8")
    assert run("forecast", desk.plan, "--out", desk.out).status == 0
    assert {path.name for path in desk.out.glob("*.csv")} == {"demand.csv", "forecast.csv", "mine.csv"}
    assert json.loads((desk.out / "summary.json").read_text(encoding="utf-8"))["costs"] is None


def test_a_table_of_that_name_that_no_plan_made_is_left_alone(desk: Desk) -> None:
    desk.out.mkdir()
    (desk.out / "costs.csv").write_text("mine", encoding="utf-8")
    assert run("forecast", desk.plan, "--out", desk.out).status == 0
    assert (desk.out / "costs.csv").read_text(encoding="utf-8") == "mine"


def test_results_can_be_put_beside_the_settings_again_and_again(desk: Desk) -> None:
    before = snapshot(desk.folder)
    for _ in range(2):
        outcome = run("plan", desk.plan, "--out", desk.folder)
        assert outcome.status == 0, outcome.err
    after = snapshot(desk.folder)
    assert {name: after[name] for name in before} == before
    assert run("check", desk.folder / "roster.csv", "--plan", desk.plan).status == 0


def test_no_result_takes_an_input_s_place(desk: Desk) -> None:
    """Refused before anything is computed, for stages too that would not write that table."""
    (desk.folder / "history.csv").rename(desk.folder / "demand.csv")
    (desk.folder / "agents.csv").rename(desk.folder / "roster.csv")
    desk.edit(
        "plan.toml",
        lambda text: text.replace("history.csv", "demand.csv").replace("agents.csv", "roster.csv"),
    )
    before = snapshot(desk.folder)
    for command in ("plan", "forecast"):
        outcome = run(command, desk.plan, "--out", desk.folder)
        assert outcome.status == 2
        assert "demand.csv is read by this plan and would be overwritten" in outcome.err
        assert "[" not in outcome.err
    assert snapshot(desk.folder) == before


def test_a_copy_of_an_input_takes_no_other_input_s_place(desk: Desk) -> None:
    """The history `data.csv` would be kept as `inputs/data.csv`, which is the staff list."""
    (desk.folder / "inputs").mkdir()
    (desk.folder / "history.csv").rename(desk.folder / "data.csv")
    (desk.folder / "agents.csv").rename(desk.folder / "inputs/data.csv")
    desk.edit(
        "plan.toml",
        lambda text: text.replace("history.csv", "data.csv").replace("agents.csv", "inputs/data.csv"),
    )
    before = snapshot(desk.folder)
    outcome = run("plan", desk.plan, "--out", desk.folder)
    assert outcome.status == 2
    assert "inputs/data.csv is read by this plan" in outcome.err.replace("\\", "/")
    assert snapshot(desk.folder) == before
    assert run("plan", desk.plan, "--out", desk.out).status == 0


def test_a_kept_plan_whose_files_lay_in_other_folders_can_be_planned_again(desk: Desk) -> None:
    """Two of the files have one name, another has the settings' own; one is named by an absolute path."""
    for folder, name, text in (
        ("calls", "data.csv", history()),
        ("people", "data.csv", AGENTS),
        ("prices", "plan.toml", default_tariffs_text()),
    ):
        (desk.folder / folder).mkdir()
        (desk.folder / folder / name).write_text(text, encoding="utf-8")
    people = (desk.folder / "people/data.csv").as_posix()
    text = desk.plan.read_text(encoding="utf-8")
    text = text.replace('"history.csv"', '"../calls/data.csv"  # not "history.csv"')
    text = text.replace('"agents.csv"', f"'{people}'") + '[sourcing]\ntariffs = "../prices/plan.toml"\n'
    (desk.folder / "deep").mkdir()
    settings = desk.folder / "deep/plan.toml"
    settings.write_text(text, encoding="utf-8")

    assert run("plan", settings, "--out", desk.out).status == 0
    kept = snapshot(desk.out / "inputs")
    assert set(kept) == {"plan.toml", "data.csv", "staff-data.csv", "sourcing-plan.toml"}
    assert kept["data.csv"].decode() == history()
    assert kept["staff-data.csv"].decode() == AGENTS
    assert '"data.csv"  # not "history.csv"' in kept["plan.toml"].decode()
    digests = json.loads((desk.out / "summary.json").read_text(encoding="utf-8"))["inputs"]
    assert digests == {name: sha256(content).hexdigest() for name, content in kept.items()}

    again = desk.folder / "again"
    assert run("plan", desk.out / "inputs/plan.toml", "--out", again).status == 0
    assert tables(snapshot(again)) == tables(snapshot(desk.out))
    assert snapshot(again / "inputs") == kept
    assert run("plan", desk.out / "inputs/plan.toml", "--out", desk.out).status == 0  # onto itself
    assert snapshot(desk.out / "inputs") == kept


def test_settings_beside_their_files_are_kept_to_the_byte(desk: Desk) -> None:
    desk.edit("plan.toml", lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert run("forecast", desk.plan, "--out", desk.out).status == 0
    assert (desk.out / "inputs/plan.toml").read_bytes() == desk.plan.read_bytes()


def test_a_folder_that_cannot_take_the_results_is_refused_before_the_search(desk: Desk) -> None:
    for in_the_way in ("inputs", "costs.csv"):
        out = desk.folder / f"with-{in_the_way}"
        if in_the_way == "inputs":
            out.mkdir()
            (out / in_the_way).write_text("a file", encoding="utf-8")
        else:
            (out / in_the_way).mkdir(parents=True)
        before = snapshot(out)
        outcome = run("plan", desk.plan, "--out", out)
        assert outcome.status == 2
        assert f"cannot be written: {in_the_way} is a" in outcome.err
        assert "[" not in outcome.err
        assert snapshot(out) == before


def test_a_name_that_the_encoding_lacks_is_refused_before_the_search(desk: Desk) -> None:
    desk.edit("agents.csv", lambda text: text.replace("Ueda", "김"))
    outcome = run("plan", desk.plan, "--out", desk.out, "--encoding", "cp932")
    assert outcome.status == 2
    assert "'김'" in outcome.err
    assert "--encoding utf-8-sig" in outcome.err
    assert "[" not in outcome.err
    assert not desk.out.exists()
    assert run("forecast", desk.plan, "--out", desk.out, "--encoding", "cp932").status == 0  # no names in it
