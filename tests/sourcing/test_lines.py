"""A cost line is quantity x rate, rounded half up, and nothing else."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffing.sourcing.figures import Figure
from staffing.sourcing.lines import CostLine, ledger, total


@pytest.mark.parametrize(
    ("quantity", "rate", "amount"),
    [
        (1, 30_000, 30_000),
        (0.5, 1, 1),  # half up, not to even
        (2.5, 1, 3),
        (0.5, 30_001, 15_001),  # 15,000.5
        (950, 300, 285_000),
        (1.005, 100, 101),  # 100.5 exactly: the figures shown are multiplied, not their binary neighbours
        (10 / 28, 30_000, 10_714),  # 0.357143 months (10 of 28 days) x 30,000 = 10,714.29
        (0, 30_000, 0),
    ],
)
def test_amount_is_rounded_half_up(quantity: float, rate: float, amount: int) -> None:
    assert CostLine.of("2027-05", "x", quantity, "call", Figure(rate)).amount == amount


@given(
    st.lists(
        st.tuples(st.floats(0, 1e6, allow_nan=False), st.floats(0, 1e6, allow_nan=False), st.floats(0.5, 3)),
        min_size=1,
        max_size=8,
    )
)
def test_the_table_can_be_recalculated_from_its_own_columns(rows: list[tuple[float, float, float]]) -> None:
    lines = [CostLine.of("2027-05", "x", q, "call", Figure(rate), factor) for q, rate, factor in rows]
    table = ledger([("option", lines)], "JPY")
    for line in table.itertuples():
        exact = Decimal(repr(line.quantity)) * Decimal(repr(line.rate))
        assert line.amount == int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    assert table["amount"].sum() == total(lines)


def test_a_line_keeps_the_label_of_its_figure_and_says_what_the_factor_is() -> None:
    figure = Figure(30_000, "source", "from 30,000")
    line = CostLine.of("2027-05", "base fee", 1, "month", figure, 2.0, "x 2 for 24/365")
    assert (line.rate, line.source, line.where) == (60_000, "source", "from 30,000; x 2 for 24/365")
