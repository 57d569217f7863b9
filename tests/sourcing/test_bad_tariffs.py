"""A tariff file that cannot be used is refused with every fault: the file, the key, the value and what is allowed."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Iterator
from math import inf, nan
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.errors import ConfigError, SettingFault
from staffing.sourcing import default_tariffs_text, load_tariffs, tariffs_from

OVERAGE = """from_calls = 0
to_calls   = inf
price      = { value = 300, label = "example", where = "100-300 a call; 50 calls for 10,000 are 200 each" }
"""
SECOND = "[[per_call.overage]]\nfrom_calls = {0}\nto_calls = {1}\nprice = 200\n"
# What is wrong: the text after which the catalogue is edited, the piece replaced, its replacement, the message.
BAD: dict[str, tuple[str, str, str, str]] = {
    "negative price": (
        "",
        "base_fee_first_line = { value = 30000",
        "base_fee_first_line = { value = -1",
        "per_call[1].base_fee_first_line = -1: must be a number of at least 0",
    ),
    "negative price per call": (
        "",
        OVERAGE,
        "from_calls = 0\nto_calls = inf\nprice = -300\n",
        "per_call[1].overage[1].price = -300: must be a number of at least 0",
    ),
    "not a number": (
        "",
        "setup_fee           = { value = 10000",
        "setup_fee = { value = nan",
        "must be a number of at least 0",
    ),
    "text for a number": (
        "",
        "setup_fee           = { value = 10000",
        'setup_fee = { value = "10,000"',
        "per_call[1].setup_fee.value = '10,000': must be a number",
    ),
    "true for a number": (
        "",
        "minimum_calls       = { value = 50",
        "minimum_calls = { value = true",
        "must be a number",
    ),
    "endless price": (
        "",
        "extra_channel_month = { value = 10000",
        "extra_channel_month = { value = inf",
        "must be a number",
    ),
    "share above 1": (
        "",
        "social_insurance      = { value = 0.15",
        "social_insurance = { value = 15",
        "in_house.social_insurance = 15: must be a number of at least 0 and at most 1",
    ),
    "part of a channel": (
        "",
        "included_channels   = { value = 1",
        "included_channels = { value = 1.5",
        "per_call[1].included_channels = 1.5: must be a whole number of at least 1",
    ),
    "no price": (
        "",
        "booth_month        = { value = 290000",
        "booth_month = { value = 0",
        "per_booth[1].booth_month = 0: must be a number above 0",
    ),
    "price missing": (
        "",
        "booth_month        = {",
        "# {",
        "per_booth[1].booth_month = (missing): must be given; must be a number above 0",
    ),
    "name missing": (
        "",
        'name                = "per call"',
        "",
        "per_call[1].name = (missing): must be given",
    ),
    "unknown currency": (
        "",
        'currency = "JPY"',
        'currency = "YEN"',
        "currency = 'YEN': must be an ISO 4217 code such as \"JPY\"",
    ),
    "unknown key": (
        "",
        "pbx_month ",
        "pbx_monthly ",
        "in_house.pbx_monthly = {'value': 20000",
    ),
    "unknown key in a figure": (
        "",
        'setup_fee           = { value = 10000, label = "source", where',
        'setup_fee = { value = 10000, label = "source", from',
        "per_call[1].setup_fee.from = 'initial fee from 10,000': is not a setting; known here: value, label, where",
    ),
    "unknown label": (
        "",
        'setup_fee           = { value = 10000, label = "source"',
        'setup_fee = { value = 10000, label = "rumour"',
        "per_call[1].setup_fee.label = 'rumour': must be one of source, law, example, plan",
    ),
    "unknown depth": (
        "",
        'handling            = "first_line"',
        'handling = "deep"',
        "per_call[1].handling = 'deep': must be one of first_line, support",
    ),
    "unknown weekday": (
        "",
        'days   = ["monday", "tuesday", "wednesday", "thursday", "friday"]',
        'days = ["funday"]',
        "per_call[1].hours[1].days = 'funday': must be among monday, tuesday",
    ),
    "hours beyond midnight": (
        "",
        'open   = "09:00-18:00"',
        'open = "09:00-26:00"',
        "per_call[1].hours[1].open = 09:00-26:00: must lie within 00:00-24:00",
    ),
    "hours that are none": (
        "",
        'open   = "09:00-18:00"',
        'open = "9 to 6"',
        "per_call[1].hours[1].open = '9 to 6': expected opening hours",
    ),
    "tiers overlap": (
        "",
        OVERAGE,
        "from_calls = 0\nto_calls = 500\nprice = 300\n" + SECOND.format(400, "inf"),
        "per_call[1].overage[2].from_calls = 400: overlaps the tier before: must be 500",
    ),
    "tiers leave a gap": (
        "",
        OVERAGE,
        "from_calls = 0\nto_calls = 500\nprice = 300\n" + SECOND.format(600, "inf"),
        "per_call[1].overage[2].from_calls = 600: leaves a gap after the tier before: must be 500",
    ),
    "tiers begin late": (
        "",
        OVERAGE,
        "from_calls = 10\nto_calls = inf\nprice = 300\n",
        "per_call[1].overage[1].from_calls = 10: must be 0",
    ),
    "tiers end early": (
        "",
        OVERAGE,
        "from_calls = 0\nto_calls = 500\nprice = 300\n",
        "per_call[1].overage[1].to_calls = 500: the last tier must end at inf",
    ),
    "tier backwards": (
        "",
        OVERAGE,
        "from_calls = 0\nto_calls = 500\nprice = 300\n" + SECOND.format(500, 300),
        "per_call[1].overage[2].to_calls = 300: must lie above from_calls = 500",
    ),
    "two offers of one name": (
        "",
        'name               = "per booth"',
        'name = "per call"',
        "name = 'per call': is used twice",
    ),
    "an offer called in-house": (
        "",
        'name                = "per call"',
        'name = "in-house"',
        "per_call[1].name = 'in-house': must be a name",
    ),
    "two tiers of one name": (
        "",
        'name   = "24/365"',
        'name   = "weekdays 9-18"',
        "per_call[1].hours.name = 'weekdays 9-18': is used twice",
    ),
    "not TOML": ("", "[in_house]", "[in_house", "is not TOML"),
    "currency missing": ("", 'currency = "JPY"', "", "currency = (missing): must be given"),
    "unknown kind": ("", 'currency = "JPY"', 'currency = "JPY"\n[daily]', "daily = {}: is not a setting"),
    "the same key twice": ("", "[[per_booth]]", "[per_booth]", "is not TOML"),
    "learning curve below 1": (
        "[[in_house.learning]]",
        "1.4",
        "0.9",
        "in_house.learning[1].aht_factor = 0.9",
    ),
    "equipment for no time": (
        "[in_house.on_premise]",
        "value = 60",
        "value = 0",
        "in_house.on_premise.life_months = 0: must be a whole number of at least 1",
    ),
    "a desk of one's own with hidden costs": (
        "",
        "[in_house.terms]",
        "[in_house.hidden]\naht_factor = 2\n[in_house.terms]",
        "in_house.hidden = (given): must be left out: these are costs of a vendor",
    ),
    "another name for one's own desk": ("", "[in_house]", '[in_house]\nname = "desk"', 'must be "in-house"'),
    "lead time below 0": (
        "[per_call.terms]",
        "value = 1",
        "value = -1",
        "per_call[1].terms.lead_months = -1: must be a number of at least 0",
    ),
    "exit fee below 0": ("[hourly.terms]", "{ value = 0", "{ value = -5", "hourly[1].terms.exit_fee = -5"),
    "endless notice": (
        "[per_booth.terms]",
        "value = 3",
        "value = inf",
        "per_booth[1].terms.notice_months = inf",
    ),
    "liaison for nothing": (
        "[per_call.hidden]",
        "value = 2000",
        "value = 0",
        "per_call[1].hidden.liaison_wage_hour = 0: must be above 0 where liaison_hours_month is",
    ),
    "escalations for nothing": (
        "[per_call.hidden]",
        "value = 1380",
        "value = 0",
        "per_call[1].hidden.escalation_wage_hour = 0: must be above 0 where escalation_share is",
    ),
    "every call comes again": (
        "[per_call.hidden]",
        "repeat_share         = { value = 0",
        "repeat_share = { value = 1",
        "per_call[1].hidden.repeat_share = 1: must be a number of at least 0 and at most 0.9",
    ),
    "calls of no length": (
        "[per_call.hidden]",
        "{ value = 1.0",
        "{ value = 0",
        "aht_factor = 0: must be a number above 0",
    ),
    "text for a flag": (
        "[per_call.abilities]",
        "= false",
        '= "no"',
        "per_call[1].abilities.scope_covers_department = 'no'",
    ),
    "a certificate twice": (
        "[per_call.abilities]",
        '["P-mark"]',
        '["P-mark", "P-mark"]',
        "per_call[1].abilities.certifications = ['P-mark', 'P-mark']: must name each once",
    ),
    "a scope of no certificate": (
        "[requirements]",
        "department = false",
        "department = true",
        "requirements.scope_covers_department = true: needs certifications",
    ),
    "unknown requirement": (
        "[requirements]",
        "languages ",
        "tongues ",
        "requirements.tongues = []: is not a setting",
    ),
    "more patience with two bad experiences": (
        "[lost_calls]",
        "value = 0.8",
        "value = 0.4",
        "lost_calls.churn_twice = 0.4: must not lie below churn_once = 0.5",
    ),
    "a number for a flag": (
        "[lost_calls]",
        "= false",
        "= 0",
        "lost_calls.counted = 0: must be true or false",
    ),
    "a call longer than its disruption": (
        "[[other_duties]]",
        "value = 10,",
        "value = 4,",
        "other_duties[1].disruption_minutes = 4: must not lie below call_minutes = 5",
    ),
    "nobody to interrupt": ("[[other_duties]]", "value = 2,", "value = 0,", "other_duties[1].max_people = 0"),
    "a larger bundle for less": (
        "[[bundle.sizes]]",
        "value = 19000",
        "value = 9000",
        "bundle[1].sizes[2].month = 9000: must lie above that of the size before, 10000",
    ),
    "bundles out of order": (
        "[[bundle.sizes]]",
        "value = 100,",
        "value = 50,",
        "bundle[1].sizes[2].calls = 50",
    ),
    "a bundle without size": (
        "[[bundle]]",
        "[[bundle.sizes]]",
        "[[bundle.packs]]",
        "bundle[1].packs = [{'calls'",
    ),
    "a bundle for nothing": (
        "[[bundle.sizes]]",
        "value = 10000",
        "value = 0",
        "bundle[1].sizes[1].month = 0",
    ),
    "a flat plan for nothing": (
        "[[flat]]",
        "value = 60000",
        "value = 0",
        "flat[1].month = 0: must be a number above 0",
    ),
    "unknown way with calls beyond": (
        "[[flat]]",
        '"refused"',
        '"ignored"',
        "flat[1].beyond = 'ignored': must be one of refused, overage",
    ),
    "calls beyond for nothing": (
        "[[flat]]",
        '"refused"',
        '"overage"',
        "flat[1].overage = 0: must be above 0",
    ),
    "an hour for nothing": (
        "[[hourly]]",
        "value = 2300",
        "value = 0",
        "hourly[1].hour = 0: must be a number above 0",
    ),
    "blocks longer than half a day": (
        "[[hourly]]",
        "value = 4,",
        "value = 13,",
        "hourly[1].min_block_hours = 13",
    ),
    "a plan without hours": ("[[hourly]]", "[[hourly.hours]]", "[[hourly.times]]", "hourly[1].times = [{"),
    "shares that leave something": (
        "[[consignment.vendors]]",
        "value = 0.4",
        "value = 0.3",
        "consignment[2].vendors.share = 0.9: the vendors' shares must add up to 1",
    ),
    "one vendor twice": (
        "[[consignment.vendors]]",
        '"vendor B"',
        '"vendor A"',
        "consignment[2].vendors.name = 'vendor A'",
    ),
    "a seat-hour for nothing": (
        "[[consignment.vendors]]",
        "value = 2000,",
        "value = 0,",
        "consignment[1].vendors[1].seat_hour",
    ),
}


def broken(folder: Path, anchor: str, old: str, new: str) -> Path:
    """The catalogue with the first piece of text after an anchor replaced."""
    text = default_tariffs_text()
    at = text.index(anchor)
    assert old in text[at:]
    file = folder / "tariffs.toml"
    file.write_text(text[:at] + text[at:].replace(old, new, 1), encoding="utf-8")
    return file


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_file_is_refused_by_file_key_value_and_what_is_allowed(tmp_path: Path, fault: str) -> None:
    anchor, old, new, message = BAD[fault]
    with pytest.raises(ConfigError) as refused:
        load_tariffs(broken(tmp_path, anchor, old, new))
    assert str(refused.value).startswith("tariffs.toml: ")
    assert message in str(refused.value)


def test_a_table_for_a_list_is_refused(tmp_path: Path) -> None:
    text = default_tariffs_text()
    file = tmp_path / "mine.toml"
    file.write_text(text[: text.index("\n[[other_duties]]")] + '\n[hourly]\nname = "x"\n', encoding="utf-8")
    with pytest.raises(
        ConfigError, match=r"hourly = \{'name': 'x'\}: must be a list of tables: write \[\[hourly"
    ):
        load_tariffs(file)


CATALOGUE: dict[str, Any] = tomllib.loads(default_tariffs_text())


def places(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every value of the catalogue, tables and lists included."""
    if path:
        yield path
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inner:
        yield from places(value, (*path, key))


PLACES = list(places(CATALOGUE))
junk = st.one_of(
    st.sampled_from(
        [-1, 0, 1, 1.5, 10**20, inf, -inf, nan, True, "", "x", "09:00-26:00", [], {}, [1], ["x"]]
    ),
    st.text(max_size=3),
)


def faults_of(raw: dict[str, Any]) -> tuple[SettingFault, ...]:
    try:
        tariffs_from(raw)
    except ConfigError as refused:
        return refused.faults
    return ()


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(PLACES), junk)
def test_whatever_stands_in_a_file_is_read_or_refused_by_its_key(
    path: tuple[str | int, ...], value: Any
) -> None:
    raw = copy.deepcopy(CATALOGUE)
    node = raw
    for key in path[:-1]:
        node = node[key]  # type: ignore[index]
    node[path[-1]] = value  # type: ignore[index]
    faults = faults_of(raw)
    # An offer that is read no more is missing where another builds on it.
    faults = tuple(x for x in faults if not x.allowed.startswith("must be the name of another offer"))
    assert all(fault.allowed and (str(path[0]) in fault.key or fault.key == "name") for fault in faults)
