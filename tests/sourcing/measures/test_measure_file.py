"""Catalogues of measures: what comes with the package, and how a bad one is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from staffing.errors import ConfigError
from staffing.sourcing.figures import allowed_figures
from staffing.sourcing.measures import Catalogue, Effect, Vendor, default_measures_text, load_measures
from staffing.sourcing.measures.measure import Measure

GOOD = """
currency = "JPY"

[[measures]]
name = "menu"
lead_months = 1
[measures.costs]
monthly = 5000
[measures.self_service]
contained = { value = 0.1, low = 0.05, high = 0.2, label = "example", where = "a guess" }

[[measures]]
name = "screen"
requires = ["menu"]
[measures.self_service]
contained = 0.2
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "mine.toml"
    file.write_text(text, encoding="utf-8")
    return file


def parts(measure: Measure) -> list[object]:
    named = ("costs", "self_service", "work", "capacity", "call_back", "vendor")
    return [measure, *(part for part in (getattr(measure, name) for name in named) if part is not None)]


def test_a_file_is_read_with_labels_lows_and_highs(tmp_path: Path) -> None:
    found = load_measures(written(tmp_path, GOOD))
    assert found.names == ("menu", "screen")
    assert found.file == "mine.toml"
    menu = found["menu"]
    assert menu.lead == 1
    assert menu.self_service is not None
    assert menu.self_service.contained == Effect(0.1, "example", "a guess", 0.05, 0.2)
    assert [menu.self_service.contained.at(level) for level in ("low", "expected", "high")] == [
        0.05,
        0.1,
        0.2,
    ]
    assert menu.self_service.opt_out.value == 0
    assert found.closure("screen") == {"menu", "screen"}


def test_the_catalogue_covers_every_kind_of_measure_and_labels_what_it_states() -> None:
    catalogue = load_measures()
    assert {"Training", "Talk and wrap-up time made visible", "FAQ", "Chatbot", "IVR", "Visual IVR"} <= set(
        catalogue.names
    )
    assert len(catalogue.names) == 14
    kinds = {type(part).__name__ for measure in catalogue.measures for part in parts(measure)}
    assert kinds == {"Measure", "Costs", "SelfService", "Work", "Capacity", "CallBack", "Vendor"}
    raw = default_measures_text()
    stated = [
        getattr(part, name)
        for measure in catalogue.measures
        for part in parts(measure)
        for name in allowed_figures(type(part))
        if getattr(part, name).where
    ]
    assert len(stated) == raw.count("{ value = ") - 2  # two in the notes at the head
    assert {figure.label for figure in stated} == {"source", "example"}


def test_a_copy_reads_like_the_original(tmp_path: Path) -> None:
    assert load_measures(written(tmp_path, default_measures_text())) == load_measures()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('currency = "JPY"', "", "currency"),
        ('"JPY"', '"yen"', "currency = 'yen': must be three capital letters"),
        ("lead_months = 1", "lead_months = 1.5", "measures[1].lead_months = 1.5: must be a whole number"),
        ("lead_months = 1", "lead_months = -1", "measures[1].lead_months = -1"),
        ("lead_months = 1", "lead_month = 1", "did you mean lead_months?"),
        ("monthly = 5000", "monthly = -5", "measures[1].costs.monthly = -5: must be a number of at least 0"),
        ("monthly = 5000", 'monthly = "5000"', "measures[1].costs.monthly"),
        ("value = 0.1,", "value = 1.1,", "measures[1].self_service.contained = 1.1"),
        (
            "low = 0.05",
            "low = 0.15",
            "measures[1].self_service.contained.value = 0.1: must lie between 0.15 and 0.2",
        ),
        ("high = 0.2", "high = 2", "measures[1].self_service.contained.high = 2"),
        ("low = 0.05", 'low = "few"', "measures[1].self_service.contained.low"),
        ('label = "example"', 'label = "guess"', "measures[1].self_service.contained.label"),
        ("contained = 0.2", "contained = 0.7\ngives_up = 0.4", "must be at most 1 together"),
        ('name = "screen"\nrequires = ["menu"]', 'name = "menu"', "is the name of 2 measures"),
        ('name = "screen"', 'name = " "', "measures[2].name = ' ': must be given"),
        (
            'requires = ["menu"]',
            'requires = ["bot"]',
            "measures[2].requires = 'bot': is no measure; known: menu, screen",
        ),
        ('requires = ["menu"]', 'requires = ["screen"]', "must name other measures"),
        (
            'requires = ["menu"]',
            'requires = ["menu"]\nexcludes = ["menu"]',
            "needs screen and menu, which exclude",
        ),
        ('name = "menu"', 'name = "menu"\nrequires = ["screen"]', "leads back to the measure itself"),
        ("[measures.self_service]\ncontained = 0.2", "", "screen changes nothing"),
        ('currency = "JPY"', 'currency = "JPY"\nmeasure = 1', "did you mean measures?"),
        ("[measures.costs]", "[measures.cost]", "did you mean costs?"),
        (GOOD, 'currency = "JPY"\nmeasures = []\n', "must hold at least one measure"),
        (GOOD, "currency = ", "is not TOML"),
    ],
)
def test_a_bad_file_is_refused_by_key_and_reason(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(ConfigError) as error:
        load_measures(written(tmp_path, GOOD.replace(old, new)))
    assert "mine.toml" in str(error.value)
    assert message in str(error.value)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("monthly = 5000", "monthly = -5").replace("contained = 0.2", "contained = 3")
    with pytest.raises(ConfigError) as error:
        load_measures(written(tmp_path, text))
    assert len(error.value.faults) == 2


@pytest.mark.parametrize(
    ("vendor", "message"),
    [
        ("", "waiting_places and after_seconds = 0: one of them must be given"),
        ("waiting_places = 1\nafter_seconds = 20", "waiting_places and after_seconds = 2: one of them"),
        ("waiting_places = 1\nagents = 3", "agents = 3: is for a vendor with after_seconds only"),
        ("waiting_places = { value = 1, low = inf }", "waiting_places = inf: must be finite at low and high"),
        ("after_seconds = 20\nagents = 1.5", "agents = 1.5: must be a whole number"),
    ],
)
def test_a_vendor_takes_calls_by_their_number_or_by_their_wait(
    tmp_path: Path, vendor: str, message: str
) -> None:
    text = f'currency = "JPY"\n[[measures]]\nname = "vendor"\n[measures.vendor]\n{vendor}\n'
    with pytest.raises(ConfigError) as error:
        load_measures(written(tmp_path, text))
    assert message in str(error.value)


def test_measures_in_another_currency_are_refused() -> None:
    load_measures().require_currency("JPY")
    with pytest.raises(ConfigError, match="must be the plan's currency"):
        load_measures().require_currency("USD")


def test_two_ways_to_call_back_exclude_one_another() -> None:
    catalogue = load_measures()
    again = Measure(name="another", call_back=catalogue["Call-back"].call_back)
    both = Catalogue(currency="JPY", measures=(*catalogue.measures, again))
    assert both.clash(frozenset({"Call-back", "another"})) == ("Call-back", "another")
    assert both.clash(frozenset({"Call-back", "Training"})) is None
    assert both.clash(frozenset({"Call-back", "Overflow to a vendor"})) is None
    timed = Measure(name="late", vendor=Vendor(after_seconds=Effect(20)))
    late = Catalogue(currency="JPY", measures=(*catalogue.measures, timed))
    assert late.clash(frozenset({"Call-back", "late"})) == ("Call-back", "late")
    assert late.clash(frozenset({"Overflow to a vendor", "late"})) == ("Overflow to a vendor", "late")
