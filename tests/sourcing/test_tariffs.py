"""Tariff files: what comes with the package, and how a bad one is refused."""

from __future__ import annotations

from dataclasses import replace
from math import inf, nan
from pathlib import Path

import pytest

from staffing.errors import ConfigError
from staffing.sourcing import Figure, HoursTier, Tariffs, VolumeTier, default_tariffs_text, load_tariffs
from staffing.sourcing.figures import LABELS, allowed_figures


def test_the_defaults_are_the_figures_of_the_articles(tariffs: Tariffs) -> None:
    plan = tariffs.per_call[0]
    published = {
        "setup_fee": (plan.setup_fee, 10_000),
        "base fee, first line": (plan.base_fee_first_line, 30_000),
        "base fee, support": (plan.base_fee_support, 50_000),
        "included channels": (plan.included_channels, 1),
        "channels": (plan.max_channels, 3),
        "minimum": (plan.minimum_calls, 50),
        "floor": (tariffs.in_house.floor_month, 300_000),
    }
    assert {name: (figure.value, figure.label) for name, (figure, _) in published.items()} == {
        name: (value, "source") for name, (_, value) in published.items()
    }
    assert tariffs.currency == "JPY"


def test_every_default_figure_says_what_it_is_and_where_it_is_from(tariffs: Tariffs) -> None:
    parts = [tariffs.in_house, *tariffs.per_call, *tariffs.per_booth]
    parts += [tier for plan in (*tariffs.per_call, *tariffs.per_booth) for tier in plan.hours]
    figures = [
        (type(part).__name__, name, getattr(part, name))
        for part in parts
        for name in allowed_figures(type(part))
    ]
    assert len(figures) > 30
    unlabelled = [
        (part, name)
        for part, name, figure in figures
        if figure.label not in LABELS or figure.label == "plan" or not figure.where
    ]
    assert unlabelled == []
    assert all(tier.price.where for plan in tariffs.per_call for tier in plan.overage)


def test_a_copied_file_reads_like_the_original(tmp_path: Path, tariffs: Tariffs) -> None:
    copy = tmp_path / "mine.toml"
    copy.write_bytes(b"\xef\xbb\xbf" + default_tariffs_text().encode())
    assert load_tariffs(copy) == tariffs
    assert load_tariffs(str(copy)).file == "mine.toml"


def test_a_bare_number_counts_as_the_users_own(tmp_path: Path) -> None:
    file = edited(tmp_path, "setup_fee           = { value = 10000,", "setup_fee = 8000 # {")
    assert load_tariffs(file).per_call[0].setup_fee == Figure(8000, "plan", "")


def test_offers_may_be_repeated_or_left_out(tmp_path: Path) -> None:
    text = default_tariffs_text()
    booth = text[text.index("\n[[per_booth]]\n") :]
    file = tmp_path / "two.toml"
    file.write_text(text + "\n" + booth.replace('"per booth"', '"another vendor"'), encoding="utf-8")
    assert [plan.name for plan in load_tariffs(file).per_booth] == ["per booth", "another vendor"]
    file.write_text(text[: text.index("\n[[per_booth]]\n")], encoding="utf-8")
    assert load_tariffs(file).per_booth == ()


def edited(folder: Path, old: str, new: str) -> Path:
    """The default file with one piece of text replaced."""
    text = default_tariffs_text()
    assert old in text
    file = folder / "tariffs.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


OVERAGE = """from_calls = 0
to_calls   = inf
price      = { value = 300, label = "example", where = "100-300 a call; 50 calls for 10,000 are 200 each" }
"""
SECOND = "[[per_call.overage]]\nfrom_calls = {0}\nto_calls = {1}\nprice = 200\n"
BAD = {
    "negative price": (
        "base_fee_first_line = { value = 30000",
        "base_fee_first_line = { value = -1",
        "per_call[1].base_fee_first_line = -1: must be a number of at least 0",
    ),
    "negative price per call": (
        OVERAGE,
        "from_calls = 0\nto_calls = inf\nprice = -300\n",
        "per_call[1].overage[1].price = -300: must be a number of at least 0",
    ),
    "not a number": (
        "setup_fee           = { value = 10000",
        "setup_fee = { value = nan",
        "must be a number of at least 0",
    ),
    "text for a number": (
        "setup_fee           = { value = 10000",
        'setup_fee = { value = "10,000"',
        "per_call[1].setup_fee.value = '10,000': must be a number",
    ),
    "true for a number": (
        "minimum_calls       = { value = 50",
        "minimum_calls = { value = true",
        "must be a number",
    ),
    "endless price": (
        "extra_channel_month = { value = 10000",
        "extra_channel_month = { value = inf",
        "must be a number",
    ),
    "share above 1": (
        "social_insurance      = { value = 0.15",
        "social_insurance = { value = 15",
        "in_house.social_insurance = 15: must be a number of at least 0 and at most 1",
    ),
    "part of a channel": (
        "included_channels   = { value = 1",
        "included_channels = { value = 1.5",
        "per_call[1].included_channels = 1.5: must be a whole number of at least 1",
    ),
    "no price": (
        "booth_month        = { value = 290000",
        "booth_month = { value = 0",
        "per_booth[1].booth_month = 0: must be a number above 0",
    ),
    "price missing": (
        "booth_month        = {",
        "# {",
        "per_booth[1].booth_month = (missing): must be given; must be a number above 0",
    ),
    "name missing": ('name                = "per call"', "", "per_call[1].name = (missing): must be given"),
    "unknown currency": (
        'currency = "JPY"',
        'currency = "YEN"',
        "currency = 'YEN': must be an ISO 4217 code such as \"JPY\"",
    ),
    "unknown key": (
        "pbx_month ",
        "pbx_monthly ",
        "in_house.pbx_monthly = {'value': 20000",
    ),
    "unknown key in a figure": (
        'setup_fee           = { value = 10000, label = "source", where',
        'setup_fee = { value = 10000, label = "source", from',
        "per_call[1].setup_fee.from = 'initial fee from 10,000': is not a setting; known here: value, label, where",
    ),
    "unknown label": (
        'setup_fee           = { value = 10000, label = "source"',
        'setup_fee = { value = 10000, label = "rumour"',
        "per_call[1].setup_fee.label = 'rumour': must be one of source, law, example, plan",
    ),
    "unknown depth": (
        'handling            = "first_line"',
        'handling = "deep"',
        "per_call[1].handling = 'deep': must be one of first_line, support",
    ),
    "unknown weekday": (
        'days   = ["monday", "tuesday", "wednesday", "thursday", "friday"]',
        'days = ["funday"]',
        "per_call[1].hours[1].days = 'funday': must be among monday, tuesday",
    ),
    "hours beyond midnight": (
        'open   = "09:00-18:00"',
        'open = "09:00-26:00"',
        "per_call[1].hours[1].open = 09:00-26:00: must lie within 00:00-24:00",
    ),
    "hours that are none": (
        'open   = "09:00-18:00"',
        'open = "9 to 6"',
        "per_call[1].hours[1].open = '9 to 6': expected opening hours",
    ),
    "tiers overlap": (
        OVERAGE,
        "from_calls = 0\nto_calls = 500\nprice = 300\n" + SECOND.format(400, "inf"),
        "per_call[1].overage[2].from_calls = 400: overlaps the tier before: must be 500",
    ),
    "tiers leave a gap": (
        OVERAGE,
        "from_calls = 0\nto_calls = 500\nprice = 300\n" + SECOND.format(600, "inf"),
        "per_call[1].overage[2].from_calls = 600: leaves a gap after the tier before: must be 500",
    ),
    "tiers begin late": (
        OVERAGE,
        "from_calls = 10\nto_calls = inf\nprice = 300\n",
        "per_call[1].overage[1].from_calls = 10: must be 0",
    ),
    "tiers end early": (
        OVERAGE,
        "from_calls = 0\nto_calls = 500\nprice = 300\n",
        "per_call[1].overage[1].to_calls = 500: the last tier must end at inf",
    ),
    "tier backwards": (
        OVERAGE,
        "from_calls = 0\nto_calls = 500\nprice = 300\n" + SECOND.format(500, 300),
        "per_call[1].overage[2].to_calls = 300: must lie above from_calls = 500",
    ),
    "two offers of one name": (
        'name               = "per booth"',
        'name = "per call"',
        "name = 'per call': is used twice",
    ),
    "an offer called in-house": (
        'name                = "per call"',
        'name = "in-house"',
        "per_call[1].name = 'in-house': must be a name",
    ),
    "two tiers of one name": (
        'name   = "24/365"',
        'name   = "weekdays 9-18"',
        "per_call[1].hours.name = 'weekdays 9-18': is used twice",
    ),
    "a table for a list": ("[[per_booth]]\nname", "[per_booth]\nname", "per_booth = {"),
    "not TOML": ("[in_house]", "[in_house", "is not TOML"),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_file_is_refused_by_file_key_value_and_what_is_allowed(tmp_path: Path, fault: str) -> None:
    old, new, message = BAD[fault]
    with pytest.raises(ConfigError) as refused:
        load_tariffs(edited(tmp_path, old, new))
    assert str(refused.value).startswith("tariffs.toml: ")
    assert message in str(refused.value)


def test_a_near_miss_is_answered_with_the_right_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"in_house\.pbx_monthly = .*; did you mean pbx_month\?"):
        load_tariffs(edited(tmp_path, "pbx_month ", "pbx_monthly "))


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    file = edited(tmp_path, "setup_fee           = { value = 10000", "setup_fee = { value = -1")
    text = file.read_text(encoding="utf-8").replace(
        "hire                  = { value = 100000", "hire = { value = -2"
    )
    file.write_text(
        text.replace("booth_month_hours  = { value = 189", "booth_month_hours = { value = 0"),
        encoding="utf-8",
    )
    with pytest.raises(ConfigError) as refused:
        load_tariffs(file)
    assert [fault.key for fault in refused.value.faults] == [
        "in_house.hire",
        "per_call[1].setup_fee",
        "per_booth[1].booth_month_hours",
    ]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.toml: .*no such file"):
        load_tariffs(tmp_path / "nowhere.toml")


@pytest.mark.parametrize("value", [-1, nan, inf])
def test_parts_refuse_bad_values_without_a_file_too(tariffs: Tariffs, value: float) -> None:
    with pytest.raises(ConfigError, match=r"hire = .*must be a number of at least 0"):
        replace(tariffs.in_house, hire=Figure(value))


def test_a_plan_without_any_price_is_refused(tariffs: Tariffs) -> None:
    free = VolumeTier(from_calls=Figure(0), to_calls=Figure(inf), price=Figure(0))
    with pytest.raises(ConfigError, match="the plan has no price: give a base fee or a price per call"):
        replace(tariffs.per_call[0], base_fee_first_line=Figure(0), overage=(free,))
    with pytest.raises(ConfigError, match="the plan has no price per call"):
        replace(tariffs.per_call[0], overage=())


def test_channels_that_contradict_are_refused(tariffs: Tariffs) -> None:
    with pytest.raises(ConfigError, match="max_channels = 3: must not lie below included_channels = 4"):
        replace(tariffs.per_call[0], included_channels=Figure(4))


def test_hours_must_name_each_day_once(tariffs: Tariffs) -> None:
    tier: HoursTier = tariffs.per_call[0].hours[0]
    with pytest.raises(ConfigError, match="must name at least one weekday, each once"):
        replace(tier, days=("monday", "monday"))
    with pytest.raises(ConfigError, match="must hold at least one tier"):
        replace(tariffs.per_booth[0], hours=())


def test_depth_of_handling_chooses_the_base_fee(tariffs: Tariffs) -> None:
    assert tariffs.per_call[0].base_fee.value == 30_000
    assert replace(tariffs.per_call[0], handling="support").base_fee.value == 50_000


def test_overage_is_split_over_the_tiers(tariffs: Tariffs) -> None:
    """450 included, then 300 calls of the first tier and whatever is left of the second."""
    tiers = (
        VolumeTier(from_calls=Figure(0), to_calls=Figure(300), price=Figure(300)),
        VolumeTier(from_calls=Figure(300), to_calls=Figure(inf), price=Figure(200)),
    )
    plan = replace(tariffs.per_call[0], included_calls=Figure(450), overage=tiers)
    assert plan.overage_split(400) == (0, 0)
    assert plan.overage_split(600) == (150, 0)
    assert plan.overage_split(1000) == (300, 250)
