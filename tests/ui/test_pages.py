"""Every page in both languages: it draws, and shows the plan's figures under the right names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import DRAWN_SECONDS, ROOT, Draw
from tests.ui.run_folder import PEOPLE, VIOLATION, build

PAGES = ("overview", "demand", "coverage", "roster", "costs", "downloads", "new_plan")
LANGUAGES = ("ja", "en")


def metrics(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_calculator_needs_no_plan_and_answers_at_once(workspace: Path, draw: Draw, lang: str) -> None:
    """400 calls of 257 s with a patience of 60 s: 54 agents answer 80.6 % in 20 s and lose 10.3 %."""
    app = draw("calculator", lang)
    app.number_input(key="calculator_calls").set_value(400.0)
    app.number_input(key="calculator_aht").set_value(257.0)
    app.number_input(key="calculator_patience").set_value(60.0)
    app.number_input(key="calculator_abandonment").set_value(0.0)
    app.run()
    assert not app.exception
    assert [value.replace(" ", "") for value in list(metrics(app).values())[:3]] == ["54", "80.6%", "10.3%"]
    app.segmented_control(key="calculator_kind").set_value("service").run()
    app.number_input(key="calculator_agents").set_value(50).run()
    assert next(iter(metrics(app).values())) == "50"


def test_the_calculator_says_what_it_lacks(workspace: Path, draw: Draw) -> None:
    app = draw("calculator")
    app.number_input(key="calculator_lines").set_value(1).run()
    assert "With these lines" in app.warning[0].value
    app.number_input(key="calculator_service").set_value(0.0)
    app.number_input(key="calculator_abandonment").set_value(0.0)
    app.run()
    assert "Give a target" in app.warning[0].value


def test_the_calculator_begins_with_the_plans_figures(demo: Path, draw: Draw) -> None:
    app = draw("calculator")
    requirement = json.loads((demo / "summary.json").read_text(encoding="utf-8"))["requirement"]
    assert app.number_input(key="calculator_patience").value == requirement["patience_seconds"]


def text(app: AppTest) -> str:
    """All prose of a page."""
    parts = [
        *app.title,
        *app.subheader,
        *app.markdown,
        *app.caption,
        *app.info,
        *app.success,
        *app.error,
        *app.warning,
    ]
    return "\n".join(str(part.value) for part in parts)


def charts(app: AppTest) -> list[dict[str, object]]:
    return [json.loads(chart.proto.spec) for chart in app.get("vega_lite_chart")]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_draws_without_a_plan(workspace: Path, draw: Draw, page: str, lang: str) -> None:
    app = draw(page, lang)
    if page != "new_plan":
        assert ("計画はまだありません" if lang == "ja" else "There is no plan yet") in text(app)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_draws_a_plan(shown: Draw, page: str, lang: str) -> None:
    app = shown(page, lang)
    japanese = any("\u3040" <= character <= "\u30ff" for character in app.title[0].value + text(app))
    assert japanese == (lang == "ja") or page in ("overview", "new_plan")  # the plan's own name is Japanese


@pytest.mark.parametrize(
    ("lang", "figures"),
    [
        (
            "ja",
            {
                "放棄呼率(見込み)": "4.1%",
                "サービスレベル(見込み)": "82.3%",
                "オペレーター": "8人",
                "シフト表の賃金": "499,200円",
            },
        ),
        (
            "en",
            {
                "Abandon rate, expected": "4.1 %",
                "Service level, expected": "82.3 %",
                "Agents": "8 people",
                "Wages of the roster": "¥499,200",
            },
        ),
    ],
)
def test_overview_shows_the_four_key_figures(shown: Draw, lang: str, figures: dict[str, str]) -> None:
    assert metrics(shown("overview", lang)) == figures


def test_key_figures_say_how_they_are_made(shown: Draw) -> None:
    """Formula, net or gross, and inputs stand in the help of each figure."""
    helps = {metric.label: metric.help for metric in shown("overview").metric}
    assert "(abandoned + blocked) / offered" in helps["Abandon rate, expected"]
    assert "410 of 5,120 calls" in helps["Abandon rate, expected"]
    assert "all offered calls answered within 20 seconds" in helps["Service level, expected"]
    assert "Gross: people on the floor" in helps["Agents"]
    assert "Without social insurance" in helps["Wages of the roster"]


def test_overview_words_the_gap_and_the_cheapest_option(shown: Draw) -> None:
    told = text(shown("overview"))
    assert "Proven to be within 1.2 % of the cheapest roster." in told
    assert "**In-house**: ¥593,400" in told
    assert "Misses the target: Outsourced, per call" in told
    assert "every rule of jp-2023-04 is kept" in told


@pytest.mark.parametrize(
    ("status", "gap", "words"),
    [
        ("optimal", 0.0, "Proven: no roster costs less"),
        ("stopped", 0.08, "The search was stopped; its best roster is proven to be within 8.0 %"),
        ("infeasible", None, "No roster can keep all the rules"),
    ],
)
def test_overview_words_every_status(
    workspace: Path, draw: Draw, status: str, gap: float | None, words: str
) -> None:
    made = json.loads((build(workspace / "demo") / "summary.json").read_text(encoding="utf-8"))
    build(workspace / "demo", roster={**made["roster"], "status": status, "gap": gap})
    assert words in text(draw("overview"))


def test_overview_lists_broken_rules_in_the_readers_language(workspace: Path, draw: Draw) -> None:
    build(workspace / "demo", check={"passed": False, "violations": [VIOLATION]})
    shown = text(draw("overview", "ja"))
    assert "ルール違反" in shown
    assert "A01 2027-02-03: 前の勤務からの休息が9.0時間です。11時間必要です (LSA 35)" in shown


def test_a_plan_without_history_says_so(workspace: Path, draw: Draw) -> None:
    """A desk planned from a monthly total: no history to compare with, heat map from the forecast."""
    folder = build(workspace / "demo", history=None)
    (folder / "demand.csv").unlink()
    made = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    build(workspace / "demo", history=None, forecast={**made["forecast"], "backtest": None})
    (folder / "demand.csv").unlink()
    assert [metric.delta for metric in draw("overview").metric][:2] == ["no history to compare"] * 2
    assert "from the forecast" in text(draw("demand"))


def test_coverage_switches_between_net_and_gross_and_day_and_week(demo: Path, draw: Draw) -> None:
    app = draw("coverage")
    assert "18 intervals" in metrics(app)["Short"]
    app.get_by_key("coverage_scale").set_value("week").run()
    app.get_by_key("coverage_basis").set_value("net").run()
    assert not app.exception
    assert "90 intervals" in metrics(app)["Short"]
    assert "Agents, net" in json.dumps(charts(app)[0], ensure_ascii=False)


@pytest.mark.parametrize(
    ("lang", "period", "says"),
    [
        ("en", "day", "1 of 2 days are expected"),
        ("en", "week", "1 of 2 weeks are expected"),
        ("ja", "month", "2か月のうち1か月で目標を満たす"),
    ],
)
def test_coverage_says_what_required_means_where_targets_are_for_longer_periods(
    demo: Path, draw: Draw, lang: str, period: str, says: str
) -> None:
    file = demo / "summary.json"
    summary = json.loads(file.read_text(encoding="utf-8"))
    summary["roster"]["service"] = {
        "period": period,
        "targets": {"abandonment": 0.05, "service_level": None},
        "periods": [
            {"abandonment": 0.049, "service_level": 0.8},
            {"abandonment": 0.051, "service_level": 0.8},
        ],
    }
    file.write_text(json.dumps(summary), encoding="utf-8")
    assert says in draw("coverage", lang).info[0].value


def test_roster_grid_has_a_row_a_person_and_a_column_a_day(shown: Draw) -> None:
    grid, hours, _ = (frame.value for frame in shown("roster").dataframe)
    assert list(grid.iloc[:, 0]) == list(PEOPLE)
    assert grid.shape == (8, 15)
    assert grid.columns[1] == "Mon 1 Feb"
    assert grid.iloc[1, 1] == "P5-1300"
    assert hours["paid"].sum() == pytest.approx(416)


def test_roster_shows_rules_kept_and_broken_with_their_articles(shown: Draw) -> None:
    rules = shown("roster").table[0].value
    assert list(rules["Rule"])[:2] == ["Hours a day", "Rest between shifts"]
    assert rules["Rule"].iloc[3] == "Most days on end  \n`days = 4, 3 people`"
    assert list(rules["Basis"])[:3] == [
        "statute: LSA 32",
        "effort duty on the interval between shifts",
        "contracts and staff list",
    ]
    assert list(rules["Kind"])[2:] == ["hard", "soft, ¥2,000 each"]
    assert list(rules["Verdict"])[2:] == [":green[kept]", ":red[broken 2 times], ¥4,000"]


def test_roster_shows_requests_denied_first_with_what_the_denial_costs(shown: Draw) -> None:
    app = shown("roster")
    table = app.dataframe[2].value
    assert list(table["outcome"]) == ["denied", "granted"]
    assert list(table["cost"]) == [500, 0]
    assert list(table["shift"]) == ["P5", ""]
    assert "1 of 2 granted; the denied ones cost ¥500" in text(app)


def test_a_plan_of_an_earlier_version_has_no_rules_to_show(workspace: Path, draw: Draw) -> None:
    folder = build(workspace / "demo")
    made = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    for name in ("rules", "requests"):
        del made["roster"][name]
    build(workspace / "demo", roster=made["roster"])
    app = draw("roster")
    assert len(app.dataframe) == 2
    assert not app.table


def test_roster_says_what_stands_in_the_way(workspace: Path, draw: Draw) -> None:
    made = json.loads((build(workspace / "demo") / "summary.json").read_text(encoding="utf-8"))
    told = [{"text": "{days}: rule {rule} for the team", "values": {"days": "2027-02-01", "rule": "seats"}}]
    build(workspace / "demo", roster={**made["roster"], "obstacles": told})
    assert "2027-02-01: rule seats for the team" in text(draw("roster"))


def test_names_are_shown_as_people_have_them(shown: Draw) -> None:
    """The apostrophe that keeps spreadsheets from running a cell is not part of a name."""
    grid = shown("roster").dataframe[0].value
    assert "=cmd|'/c calc'!A1" in list(grid.iloc[:, 0])


def test_costs_show_every_line_as_quantity_times_rate(shown: Draw) -> None:
    app = shown("costs")
    lines = app.dataframe[0].value
    assert list(lines["amount"]) == [516_000, 77_400]
    assert (lines["quantity"] * lines["rate"]).round().tolist() == lines["amount"].tolist()
    assert list(lines["source"]) == ["your plan", "market example"]
    assert "Target: abandon rate at most 5.0 %, at least 80.0 % answered within 20 s." in text(app)


def test_downloads_warn_of_characters_that_cp932_lacks(workspace: Path, draw: Draw) -> None:
    folder = build(workspace / "demo")
    roster = folder / "roster.csv"
    roster.write_text(roster.read_text(encoding="utf-8").replace("中村 翔", "𠮷田 翔"), encoding="utf-8")
    app = draw("downloads")
    assert not app.warning
    app.radio(key="encoding").set_value("cp932").run()
    assert "𠮷" in app.warning[0].value


def test_the_whole_dashboard_starts_on_the_overview(demo: Path) -> None:
    """`streamlit run app.py`: the frame with its pages, language from the address, plan from the workspace."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=DRAWN_SECONDS)
    app.query_params["lang"] = "ja"
    app.run()
    assert not app.exception
    assert app.title[0].value == "概要"
    app.get_by_key("language").set_value("en").run()
    assert app.title[0].value == "Overview"


def test_the_browsers_language_is_the_first_choice(demo: Path) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=DRAWN_SECONDS)
    app.context = {"locale": "ja-JP"}
    assert app.run().title[0].value == "概要"


def test_without_a_plan_the_dashboard_opens_on_the_new_plan(workspace: Path) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=DRAWN_SECONDS).run()
    assert not app.exception
    assert app.title[0].value == "New plan"
