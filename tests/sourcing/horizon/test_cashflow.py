"""Present value and tax by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from staffing.errors import ConfigError
from staffing.sourcing.figures import Figure
from staffing.sourcing.horizon.cashflow import CashFlow, discounts
from staffing.sourcing.horizon.tax import Tax, Untaxed, load_tax
from staffing.sourcing.lines import ONCE, CostLine, ledger

MONTHS = ("2027-04", "2027-05", "2027-06")


def bill(*rows: tuple[str, str, int, str]) -> list[CostLine]:
    return [CostLine.of(month, item, 1, unit, Figure(amount)) for month, item, amount, unit in rows]


@pytest.fixture
def flow() -> CashFlow:
    """A vendor: 10,000 once and 1,000 a month; a desk of one's own: wages 800, rent 105, and a fee in June."""
    vendor = bill(
        ("2027-04", "setup fee", 10_000, ONCE), *((month, "fee", 1000, "month") for month in MONTHS)
    )
    own = bill(
        *((month, "wages", 800, "hour") for month in MONTHS),
        *((month, "rent", 105, "month") for month in MONTHS),
        ("2027-06", "move", 400, ONCE),
    )
    lines = ledger([("vendor", vendor), ("own", own)], "JPY")
    handled = {"vendor": np.array([10.0, 20.0, 20.0]), "own": np.zeros(3)}
    tax = Tax(name="test", rate=Figure(0.1, "law"), untaxed=(Untaxed("wages*"),))
    return CashFlow(lines, MONTHS, handled, rate=0.2, tax=tax)


def test_present_value_by_hand(flow: CashFlow) -> None:
    """At 20 % a year a month's factor is q = 1.2^(-1/12) = 0.984921: 10,000 + 1,000 (q + q^2 + q^3) = 12,910.4.

    One's own: 905 (q + q^2 + q^3) + 400 q^2, the move being paid at the start of the third month.
    """
    q = 1.2 ** (-1 / 12)
    assert q == pytest.approx(0.984921, abs=5e-7)
    totals = flow.totals.set_index("option")
    assert totals.loc["vendor", "present_value"] == round(10_000 + 1000 * (q + q**2 + q**3)) == 12_910
    assert totals.loc["own", "present_value"] == round(905 * (q + q**2 + q**3) + 400 * q**2)


def test_a_year_of_months_discounts_as_the_yearly_rate() -> None:
    start, end = discounts(12, 0.07)
    assert (start[0], end[-1]) == (1, pytest.approx(1 / 1.07))
    np.testing.assert_array_equal(start[1:], end[:-1])
    assert discounts(5, 0.0)[1].tolist() == [1.0] * 5
    with pytest.raises(ConfigError, match="rate = -1"):
        discounts(5, -1)


def test_totals_and_cost_per_handled_call(flow: CashFlow) -> None:
    totals = flow.totals.set_index("option")
    assert totals.loc["vendor", ["total", "once", "calls_handled", "per_handled_call"]].tolist() == [
        13_000,
        10_000,
        50,
        260,
    ]
    assert np.isnan(totals.loc["own", "per_handled_call"])
    assert flow.by_month.loc[flow.by_month["option"] == "own", "cumulative"].tolist() == [905, 1810, 3115]


def test_tax_apart_wages_carry_none(flow: CashFlow) -> None:
    """Vendor 10 % of 13,000; own 10 % of 105 is 10.5, rounded half up to 11 in two months, and of 505 51."""
    totals = flow.totals.set_index("option")
    assert totals.loc["vendor", ["tax", "with_tax"]].tolist() == [1300, 14_300]
    own = flow.by_month[flow.by_month["option"] == "own"]
    assert own["tax"].tolist() == [11, 11, 51]
    assert totals.loc["own", "with_tax"] == 3115 + 73


def test_table_by_month_and_item(flow: CashFlow) -> None:
    found = flow.table("own")
    assert found.columns.tolist() == ["wages", "rent", "move"]
    assert found.loc["2027-06"].tolist() == [800, 105, 400]
    assert int(found.to_numpy().sum()) == flow.totals.set_index("option").loc["own", "total"]


def test_the_tax_that_comes_with_the_package() -> None:
    tax = load_tax()
    assert (tax.rate.value, tax.rate.label) == (0.1, "law")
    assert not tax.applies("in-house", "wages")
    assert not tax.applies("in-house", "employer's social insurance")
    assert not tax.applies("in-house", "supervisors")
    assert tax.applies("per booth", "supervisors")
    assert tax.applies("in-house", "PC leases")
    assert tax.of(5) == 1  # 0.5 is rounded up


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("rate = 2", "rate = 2: must be a number of at least 0 and at most 1"),
        ("rate = true", "rate = True"),
        ("", "rate = None"),
        ('rate = { value = 0.1, label = "rumour" }', "rate.label = 'rumour'"),
        ("rate = 0.1\nuntaxed = 3", r"write \[\[untaxed\]\]"),
        ("rate = 0.1\n[[untaxed]]\nwhere = 'x'", r"untaxed\[1\].item"),
        ("rate = 0.1\n[[untaxed]]\nitem = 'x'\ncolour = 'red'", r"untaxed\[1\].colour"),
        ("rate = 0.1\nrates = 3", "rates = 3: is not a setting"),
        ("rate =", "is not TOML"),
    ],
)
def test_a_tax_file_that_cannot_be_used_is_refused(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "tax.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=told):
        load_tax(file)


def test_options_without_lines_cost_nothing() -> None:
    flow = CashFlow(ledger([], "JPY"), MONTHS, {"none": np.ones(3)})
    assert flow.totals["total"].tolist() == [0]
    assert isinstance(flow.table("none"), pd.DataFrame)
