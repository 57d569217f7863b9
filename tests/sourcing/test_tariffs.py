"""Tariff files: what comes with the package, and how a bad one is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from math import inf, nan
from pathlib import Path

import pytest

from staffing.errors import ConfigError
from staffing.sourcing import Figure, HoursTier, Tariffs, VolumeTier, default_tariffs_text, load_tariffs
from staffing.sourcing.figures import LABELS, Checked
from staffing.sourcing.tariffs import KINDS


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


def figures_of(part: Checked, at: str = "") -> Iterator[tuple[str, Figure]]:
    """Every figure of a part and of the parts within it, by dotted name."""
    for entry in fields(part):
        value = getattr(part, entry.name)
        name = f"{at}.{entry.name}"
        if isinstance(value, Figure):
            yield name, value
        elif isinstance(value, Checked):
            yield from figures_of(value, name)
        elif isinstance(value, tuple):
            for number, item in enumerate(value):
                if isinstance(item, Checked):
                    yield from figures_of(item, f"{name}[{number}]")


def test_every_default_figure_says_what_it_is_and_where_it_is_from(tariffs: Tariffs) -> None:
    """Tier bounds are no evidence of anything; every other figure is labelled, terms and hidden costs included."""
    found = dict(figures_of(tariffs))
    assert len(found) > 350
    bounds = (".from_calls", ".to_calls")
    unlabelled = [
        name
        for name, figure in found.items()
        if not name.endswith(bounds)
        and not figure.where.startswith("not stated")  # what the file leaves out
        and (figure.label not in LABELS or figure.label == "plan" or not figure.where)
    ]
    assert unlabelled == []


def test_every_kind_has_two_examples_at_least(tariffs: Tariffs) -> None:
    counts = {key: len(tariffs.of(kind)) for key, kind in KINDS.items()}
    assert min(counts.values()) >= 2
    assert sum(counts.values()) == len(tariffs.offers) == len({offer.name for offer in tariffs.offers})


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
    begin, end = text.index("\n[[per_booth]]\n"), text.index("\n[[hourly]]\n")
    booths = text[begin:end].replace('"per booth', '"another vendor')
    file = tmp_path / "two.toml"
    file.write_text(text + booths, encoding="utf-8")
    assert [plan.name for plan in load_tariffs(file).per_booth] == [
        "per booth",
        "per booth, dedicated site",
        "another vendor",
        "another vendor, dedicated site",
    ]
    others = text[end : text.index("\n[[overflow]]\n")]  # some of those after it build on per booth
    file.write_text(text[:begin] + others, encoding="utf-8")
    assert load_tariffs(file).per_booth == ()


def edited(folder: Path, old: str, new: str) -> Path:
    """The default file with one piece of text replaced."""
    text = default_tariffs_text()
    assert old in text
    file = folder / "tariffs.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


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
