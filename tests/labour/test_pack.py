"""Rule packs hold the law's figures with their kinds and articles; special provisions change what they say."""

import csv
import tomllib
from datetime import date
from importlib.resources import files
from operator import attrgetter
from pathlib import Path

import pytest

from staffing.errors import ConfigError
from staffing.labour import NO_LAW, available_packs, load_pack, pack_in_force, require_in_force
from staffing.labour.figures import KINDS
from staffing.labour.pack import MealLaw

DATA = Path(__file__).parent / "data" / "pack_figures.csv"
FIGURES = list(csv.DictReader(DATA.read_text("utf-8").splitlines()))


@pytest.mark.parametrize("row", FIGURES, ids=lambda row: f"{row['pack']} {row['field']}")
def test_figures_kinds_and_articles(row: dict[str, str]) -> None:
    pack = load_pack(row["pack"])
    assert attrgetter(row["field"])(pack) == float(row["value"])
    assert pack.kind(row["field"]) == row["kind"]
    assert pack.article(row["field"]) == row["article"]


@pytest.mark.parametrize("pack_id", available_packs())
def test_every_figure_of_a_file_has_value_kind_and_article_and_reaches_the_pack(pack_id: str) -> None:
    data = tomllib.loads(files("staffing.labour").joinpath("packs", f"{pack_id}.toml").read_text("utf-8"))
    pack = load_pack(pack_id)
    for table in ("hours", "premiums", "minors", "agreement", "steps", "means", "rest_periods"):
        prefix = "" if table in ("hours", "premiums", "minors") else f"{table}."
        for name, figure in data.get(table, {}).items():
            assert set(figure) == {"value", "kind", "article"}
            assert attrgetter(prefix + name)(pack) == figure["value"]
    assert {kind for _, kind in pack.kinds} <= set(KINDS)
    assert pack.soft == {name for name, kind in pack.kinds if kind == "soft"}
    assert {name for name, _ in pack.kinds} <= {name for name, _ in pack.articles}
    assert all(option.article for option in pack.options)


def test_dates_and_jurisdictions() -> None:
    packs = [load_pack(pack_id) for pack_id in available_packs()]
    assert [(pack.pack_id, pack.jurisdiction, pack.effective_from, pack.is_law) for pack in packs] == [
        ("eu-wtd-2003-88", "European Union", date(2004, 8, 2), True),
        ("jp-2023-04", "Japan", date(2023, 4, 1), True),
        ("jp-proposal-2025", "Japan", date(2025, 1, 8), False),
        ("us-ca", "California", date(2000, 1, 1), True),
        ("us-flsa", "United States", date(1940, 10, 24), True),
    ]
    assert all(pack.effective_to is None for pack in packs)


@pytest.mark.parametrize(
    ("work_minutes", "break_minutes"), [(0, 0), (360, 0), (361, 45), (480, 45), (481, 60), (720, 60)]
)
def test_breaks_of_lsa_34(work_minutes: int, break_minutes: int) -> None:
    pack = load_pack("jp-2023-04")
    assert pack.break_needed(work_minutes) == break_minutes
    assert pack.article("breaks") == "LSA 34"


def test_any_break_satisfies_the_directive() -> None:
    pack = load_pack("eu-wtd-2003-88")
    assert [pack.break_needed(work) for work in (360, 361)] == [0, 1]


def test_the_united_states_limit_no_hours_and_ask_for_no_rest() -> None:
    for pack_id in ("us-flsa", "us-ca"):
        pack = load_pack(pack_id)
        assert (pack.max_day_minutes, pack.max_week_minutes, pack.min_rest_minutes) == (None, None, None)
        assert (pack.min_days_off_week, pack.night_rate, pack.holiday_rate) == (None, None, None)
        assert pack.minor_night
        assert pack.counts_by_clock


def test_californian_meals_and_their_waiver() -> None:
    pack = load_pack("us-ca")
    assert pack.meals == (MealLaw(300, 30, 300), MealLaw(600, 30, 600))
    assert [law.over_minutes for law in pack.choosing("meal_waiver").meals] == [360, 720]


def test_month_frames_are_the_published_hours() -> None:
    """40 (44) hours a week x days / 7, tenths of an hour below: 160.0, 165.7, 171.4, 177.1 hours."""
    plain = load_pack("jp-2023-04").choosing("monthly_variable_hours")
    frames = [plain.month_frame(year, month) for year, month in ((2027, 2), (2028, 2), (2027, 4), (2027, 3))]
    assert frames == [160 * 60, 9942, 10284, 10626]
    small = plain.choosing("small_workplace")
    for pack, week in ((plain, 40), (small, 44)):
        for days, minutes in pack.month_minutes:
            assert minutes == week * days * 10 // 7 * 6
    assert load_pack("jp-2023-04").month_frame(2027, 2) is None


def test_options_change_figures_and_bring_their_article() -> None:
    pack = load_pack("jp-2023-04")
    small = pack.choosing("small_workplace")
    assert (small.max_week_minutes, small.article("max_week_minutes")) == (2640, "LSA 40")
    assert small.minor_max_week_minutes == 2400
    four = pack.choosing("four_weeks_days_off")
    assert (four.min_days_off_week, four.min_days_off_four_weeks) == (None, 4)
    assert not pack.overtime_allowed
    assert pack.choosing("agreement").overtime_allowed
    assert pack.choosing("agreement").choosing("special_clause").chosen == {"agreement", "special_clause"}
    assert pack.chosen == frozenset()


def test_the_proposal_has_no_44_hour_week() -> None:
    with pytest.raises(ConfigError, match="small_workplace"):
        load_pack("jp-proposal-2025").choosing("small_workplace")


def test_options_that_do_not_exist_or_lack_another_are_refused_by_name() -> None:
    pack = load_pack("jp-2023-04")
    with pytest.raises(ConfigError, match=r"labour\.options = overtime: known options: agreement, "):
        pack.choosing("overtime")
    with pytest.raises(ConfigError, match="special_clause: needs the option agreement"):
        pack.choosing("special_clause")
    with pytest.raises(ConfigError, match="known options: -"):
        load_pack("us-flsa").choosing("agreement")


def test_no_law_has_no_rule() -> None:
    assert NO_LAW.pack_id == "none"
    assert (NO_LAW.plain_week_minutes, NO_LAW.plain_days_off_week, NO_LAW.break_needed(1440)) == (None, 0, 0)
    assert (NO_LAW.minor_night, NO_LAW.minor_overtime, NO_LAW.overtime_allowed) == (True, True, False)
    assert "none" not in available_packs()


def test_hours_up_to_which_pay_stays_plain() -> None:
    plain = {
        p: (load_pack(p).plain_week_minutes, load_pack(p).plain_days_off_week) for p in available_packs()
    }
    assert plain == {
        "eu-wtd-2003-88": (2880, 0),
        "jp-2023-04": (2400, 1),
        "jp-proposal-2025": (2400, 1),
        "us-ca": (2400, 1),
        "us-flsa": (2400, 0),
    }


def test_unknown_pack_names_those_there_are() -> None:
    with pytest.raises(ConfigError, match=r"jp-1947.*jp-2023-04"):
        load_pack("jp-1947")


@pytest.mark.parametrize(
    ("jurisdiction", "day", "pack_id"),
    [
        ("Japan", date(2023, 4, 1), "jp-2023-04"),
        ("Japan", date(2027, 2, 1), "jp-2023-04"),  # the proposal of 2025 is later, and is no law
        ("California", date(2027, 2, 1), "us-ca"),
    ],
)
def test_the_pack_in_force_on_a_date(jurisdiction: str, day: date, pack_id: str) -> None:
    assert pack_in_force(jurisdiction, day).pack_id == pack_id


def test_a_date_without_a_pack_names_those_there_are_and_their_dates() -> None:
    with pytest.raises(ConfigError, match=r"2023-03-31.*no pack of Japan.*jp-2023-04 from 2023-04-01"):
        pack_in_force("Japan", date(2023, 3, 31))
    with pytest.raises(ConfigError, match=r"Mars.*California, European Union, Japan, United States"):
        pack_in_force("Mars", date(2027, 2, 1))


def test_a_pack_must_be_in_force_on_all_days_of_a_plan() -> None:
    pack = load_pack("jp-2023-04")
    require_in_force(pack, date(2023, 4, 1), date(2027, 3, 31))
    with pytest.raises(
        ConfigError, match=r"jp-2023-04: in force from 2023-04-01, .* 2023-03-31 to 2023-04-30"
    ):
        require_in_force(pack, date(2023, 3, 31), date(2023, 4, 30))
