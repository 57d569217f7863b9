"""The page Decision: what it shows of a decision's files, and how one is started, watched and ended."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from staffing import jobs
from staffing.io.decision_files import TABLES
from staffing.ui.charts.lost import per_call, waterfall
from staffing.ui.decided import DecisionView
from staffing.ui.run import RunView
from staffing.wording.decision_words import figure_text, price_text, source_text
from staffing.wording.language import language
from tests.ui.conftest import Draw
from tests.ui.decision_folder import CAUSES, build_decision
from tests.ui.test_pages import charts, metrics, text

LANGUAGES = ("ja", "en")


@pytest.fixture
def decided(demo: Path) -> Path:
    """The folder of a decision on the made-up plan."""
    return build_decision(demo)


def column(app: AppTest, table: int, title: str) -> list[str]:
    return list(app.table[table].value[title])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_part_draws_in_both_languages(shown: Draw, lang: str) -> None:
    app = shown("decision", lang)
    assert (
        len(charts(app)) == 10
    )  # 1 of options, 3 of months, 2 of the mix, 1 of volume, 2 of lost calls, 1 of inputs
    told = app.title[0].value + text(app)
    assert any("\u3040" <= character <= "\u30ff" for character in told) == (lang == "ja")


def test_the_answer_names_the_cheapest_option_and_what_the_mix_saves(shown: Draw) -> None:
    """Per booth: 960,000 + 970,000 + 980,000 over three months; the mix costs 2,700,000."""
    app = shown("decision")
    told = text(app)
    assert "At this target Outsourced, per booth is the cheapest: ¥2,910,000 over 3 months." in told
    assert "The best mix (In-house, Outsourced, per booth) costs ¥210,000 less." in told
    assert "abandon rate at most 5.0 %, at least 80.0 % answered within 20 s" in told
    assert metrics(app)["Cost per handled call"] == "¥166"  # 480,000 / 2,900


def test_options_that_meet_the_target_come_first_and_the_others_say_why_not(shown: Draw) -> None:
    app = shown("decision")
    table = app.dataframe[0].value
    assert list(table["option"]) == ["Outsourced, per booth", "In-house", "Outsourced, per call"]
    assert list(table["target"]) == ["Met", "Met", "Missed"]
    assert "**Outsourced, per call**: Loses 8.1 % of calls, 3.1 points more than the target of 5.0 %" in text(
        app
    )


def test_a_desk_without_an_option_at_the_target_is_told_so(demo: Path, draw: Draw) -> None:
    reason = "No mix was found in the time given; one may exist"
    build_decision(
        demo,
        recommended=None,
        mix={"total": None, "reason": reason},
    )
    app = draw("decision")
    assert "No option reaches the target" in text(app)
    assert reason in [info.value for info in app.info]


def test_a_mix_may_be_all_that_reaches_the_target(demo: Path, draw: Draw) -> None:
    build_decision(demo, recommended=None, mix_saves=None)
    assert "No option alone reaches the target. The best mix (In-house, Outsourced, per booth) does" in text(
        draw("decision")
    )


def test_a_mix_that_saves_nothing_is_said_to(demo: Path, draw: Draw) -> None:
    build_decision(demo, mix_saves=-5)
    assert "No mix was found that costs less." in text(draw("decision"))


def test_parts_that_were_left_out_leave_the_rest_standing(demo: Path, draw: Draw) -> None:
    build_decision(demo, without=TABLES[1:])
    app = draw("decision")
    assert "is the cheapest" in text(app)
    assert [info.value for info in app.info] == [
        "The months ahead were not worked out.",
        "Break-even was not worked out.",
        "Measures against lost calls were not worked out.",
        "Sensitivity was not worked out.",
        "There are no bills.",
    ]


def test_tables_that_are_missing_break_no_part(demo: Path, draw: Draw) -> None:
    without = (
        "break_even.csv",
        "crossings.csv",
        "thresholds.csv",
        "measures_order.csv",
        "sensitivity_best.csv",
    )
    build_decision(demo, without=without)
    assert len(charts(draw("decision"))) == 10


def test_runner_ups_say_at_which_price_they_would_win(shown: Draw) -> None:
    app = shown("decision")
    tips = next(table.value for table in app.table if "Would win if" in table.value)["Would win if"].iloc[0]
    assert "Outsourced, per booth: seat a month (weekday day) went from ¥290,000 to ¥320,000" in tips
    assert "In-house: wage a month went from ¥200,000 to ¥188,000" in tips


def test_break_even_names_bands_and_why_they_end(shown: Draw) -> None:
    app = shown("decision")
    bands = next(table.value for table in app.table if "Cheapest" in table.value)
    assert list(bands["From calls"]) == ["1", "1,200"]
    changes = next(table.value for table in app.table if "Because of" in table.value)
    assert list(changes["Before → after"]) == ["Outsourced, per booth → In-house"]
    assert list(changes["Because of"]) == ["One of the two buys more or less from here on"]


def test_the_waterfall_adds_up_to_the_lost_calls() -> None:
    """Each cause begins where the one before ended; what the model expects too many goes back: 52 - 2."""
    frame = pd.DataFrame(CAUSES, columns=["cause", "calls"])
    spec = waterfall(frame[frame["calls"] != 0], language("en")).to_dict()
    *rows, total = next(iter(spec["datasets"].values()))
    assert (total["cause"], total["from"], total["to"]) == ("Lost calls", 0, 50)
    assert (rows[0]["from"], rows[-1]["to"]) == (0, 50)
    assert all(after["from"] == before["to"] for before, after in pairwise(rows))
    assert [row["kind"] for row in rows[-2:]] == ["Lost by it", "Fewer than the model expects"]


def test_a_range_without_end_reaches_to_the_edge_of_the_chart() -> None:
    rows = [("FAQ", 100.0, 50.0, float("inf")), ("IVR", 200.0, 150.0, 10**9)]
    frame = pd.DataFrame(rows, columns=["measure", "cost", "low", "high"])
    spec = per_call(frame, language("en"), "JPY").to_dict()
    drawn = next(iter(spec["datasets"].values()))
    assert [row["high"] for row in drawn] == [660.0, 660.0]  # 3.3 x the dearest
    assert [row["spread"] for row in drawn] == ["¥50 – ∞", "¥150 – ¥1,000,000,000"]


def test_measures_are_ranked_by_the_cost_of_a_call_avoided(shown: Draw) -> None:
    app = shown("decision")
    ranked = next(frame.value for frame in app.dataframe if "cost_per_call" in frame.value)
    assert list(ranked["cost_per_call"])[:2] == [3_579, 7_500]
    assert pd.isna(ranked["cost_per_call"].iloc[2])  # avoids no call
    order = next(table.value for table in app.table if "Step" in table.value)
    assert list(order["Measure"]) == ["Training", "FAQ"]


def test_inputs_are_named_in_words_with_the_option_they_belong_to(shown: Draw) -> None:
    app = shown("decision")
    changes = next(table.value for table in app.table if "At low" in table.value)
    assert list(changes["Input"]) == ["calls a month", "Outsourced, per booth: booth a month"]
    places = next(table.value for table in app.table if "Best below" in table.value)
    assert list(places["Value"]) == ["7,150.25", "about 271"]


def test_bills_show_quantity_rate_and_source_of_every_option_and_source_of_the_mix(
    decided: Path, draw: Draw
) -> None:
    app = draw("decision")
    lines = next(frame.value for frame in app.dataframe if "rate" in frame.value)
    assert (lines["quantity"] * lines["rate"]).tolist() == lines["amount"].tolist() == [435_000, 45_000]
    assert list(lines["source"]) == ["market example", "published by vendors"]
    assert "Total: **¥480,000**" in text(app)
    app.selectbox(key="decision_bill").set_value("mix: in-house").run()
    assert "Total: **¥480,000**" in text(app)
    lines = next(frame.value for frame in app.dataframe if "rate" in frame.value)
    assert list(lines["item"]) == ["wages"]


def test_where_a_rate_comes_from_is_shown_as_the_tariff_file_says_it(shown: Draw) -> None:
    lines = next(frame.value for frame in shown("decision", "ja").dataframe if "rate" in frame.value)
    assert list(lines["where"]) == ["a wage with 15 % on top", ""]


def test_no_person_of_a_vendor_is_named(shown: Draw) -> None:
    """A vendor gives seats or takes a volume; no table of the page has people in it."""
    for frame in shown("decision").dataframe:
        assert not {"agent_id", "agent_name"} & set(frame.value.columns)


def test_a_decision_on_other_inputs_is_marked(demo: Path, draw: Draw) -> None:
    build_decision(demo, digests={"plan.toml": "f" * 64})
    assert "have changed since" in draw("decision").warning[0].value


def test_a_decision_beside_the_plan_is_found(demo: Path) -> None:
    folder = build_decision(demo)
    for path in folder.iterdir():
        path.rename(demo / path.name)
    found = DecisionView.of(RunView.open(demo))
    assert found is not None
    assert found.folder == demo


def test_tables_in_cp932_are_read(decided: Path, demo: Path) -> None:
    path = decided / "options.csv"
    path.write_bytes(path.read_bytes().replace(b"per booth", "席課金".encode("cp932")))
    found = DecisionView.of(RunView.open(demo))
    assert found is not None
    assert "席課金" in set(found.table("options.csv")["option"])


@pytest.mark.parametrize(
    ("name", "within", "words"),
    [
        ("calls a month", None, "calls a month"),
        ("in-house: wage an hour", None, "In-house: wage an hour"),
        (
            "per call: call beyond those included (2)",
            None,
            "Outsourced, per call: call beyond those included (2)",
        ),
        ("per call: setup fee", "per call", "setup fee"),
        ("My vendor: new_figure", None, "My vendor: new_figure"),
    ],
)
def test_inputs_in_words(name: str, within: str | None, words: str) -> None:
    assert figure_text(language("en"), name, within) == words


@pytest.mark.parametrize(
    ("lang", "name", "words"),
    [
        ("en", "bundle, 300 calls", "Outsourced, bundle of calls: 300 calls"),
        ("ja", "bundle, 300 calls", "外部委託(件数パック): 300件"),
        ("en", "per call, support", "Outsourced, per call, support"),
        ("en", "My vendor, north", "My vendor, north"),
    ],
)
def test_sources_of_a_mix_in_words(lang: str, name: str, words: str) -> None:
    assert source_text(language(lang), name) == words


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("tiers.1", "Outsourced, per call: price of a call (2)"),
        ("seat_month.weekday day", "Outsourced, per call: seat a month (weekday day)"),
        ("exit_fee", "Outsourced, per call: exit fee"),
    ],
)
def test_prices_of_a_mix_in_words(path: str, words: str) -> None:
    assert price_text(language("en"), "per call", path) == words


# A child with the manners of `staffing decide --progress json`.
CHILD = """
import json, pathlib, shutil, sys, time
out, made = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
def tell(stage, share, message):
    print(json.dumps({"stage": stage, "share": share, "message": {"text": message, "values": {}}}), flush=True)
tell("forecast", 0.1, "Forecasting calls and handling time")
tell("decision", 0.6, "Looking for the best mix")
while not (made / "go").exists():
    time.sleep(0.05)
for path in made.glob("*.*"):
    shutil.copy(path, out / path.name)
tell("done", 1.0, "Done")
"""


@pytest.fixture
def slow_decision(demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """The plan's settings are there; a decision waits until the function given is called."""
    (demo / "inputs").mkdir()
    (demo / "inputs" / "plan.toml").write_text("[plan]\n", encoding="utf-8")
    made = build_decision(tmp_path / "made")
    script = tmp_path / "decide.py"
    script.write_text(CHILD, encoding="utf-8")

    def command(plan: Path, out: Path, work: str) -> list[str]:
        assert (plan, work) == (demo / "inputs" / "plan.toml", "decide")
        return [sys.executable, str(script), str(out), str(made)]

    monkeypatch.setattr(jobs, "_command", command)
    return (made / "go").touch


def until(app: AppTest, found: Callable[[AppTest], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not found(app):
        assert time.monotonic() < end, text(app)
        time.sleep(0.1)
        app.run()
        assert not app.exception


def test_a_decision_is_started_watched_and_shown(
    demo: Path, draw: Draw, slow_decision: Callable[[], None]
) -> None:
    app = draw("decision")
    assert "Nothing has been decided on this plan yet" in text(app)
    app.button(key="decide").click().run()
    until(app, lambda shown: "**Looking for the best mix**" in text(shown))
    assert [plan.name for plan in jobs.deciding(demo.parent)] == ["demo"]
    assert draw("new_plan").button(key="start").disabled  # one at a time
    slow_decision()
    until(app, lambda shown: "is the cheapest" in text(shown))
    assert jobs.deciding(demo.parent) == ()
    assert app.button(key="decide").label == "Work it out again"


def test_a_decision_can_be_ended_with_nothing_kept(
    demo: Path, draw: Draw, slow_decision: Callable[[], None]
) -> None:
    app = draw("decision")
    app.button(key="decide").click().run()
    until(app, lambda shown: "**Looking for the best mix**" in text(shown))
    app.button(key="end_decision").click().run()
    until(app, lambda shown: any(button.key == "decide" for button in shown.button))
    assert not (demo / "decision" / "decision.json").exists()
    assert not app.error  # it was ended by hand: nothing went wrong


def test_what_went_wrong_stays_until_it_is_put_away(
    demo: Path, draw: Draw, slow_decision: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = {
        "stage": "error",
        "error": "config",
        "file": "tariffs.toml",
        "faults": [
            {"row": None, "column": "per_call[1].setup_fee", "found": "'x'", "expected": "must be 0 or more"}
        ],
    }
    child = [sys.executable, "-c", f"print({json.dumps(json.dumps(fault))})"]
    monkeypatch.setattr(jobs, "_command", lambda plan, out, work: child)
    app = draw("decision")
    app.button(key="decide").click().run()
    until(app, lambda shown: bool(shown.error))
    assert "Nothing could be decided" in app.error[0].value
    assert re.search(r"setup", str(app.table[0].value))
    app.button(key="dismiss_decision").click().run()
    assert not app.error
