"""Lost calls by cause: by hand, adding up exactly, on desks with and without records."""

from __future__ import annotations

from dataclasses import replace
from math import e, inf

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.errors import InputError
from staffing.queueing import performance
from staffing.sourcing.measures import Desk, diagnose, lines_of_blocked
from staffing.sourcing.measures.desks import months_of
from staffing.sourcing.measures.diagnosis import CAUSES
from tests.sourcing.measures.desks import make_desk


def parts_of(desk: Desk, **given_: object) -> dict[str, float]:
    found = diagnose(desk, **given_)  # type: ignore[arg-type]
    return dict(zip(found.waterfall["cause"], found.waterfall["lost"], strict=True))


def test_one_erlang_one_agent_one_line_by_hand() -> None:
    """6 calls, 1 Erlang, patience = AHT, one agent and one line; two agents are needed. Lost calls:

    as it is: Erlang B of one line, 1/2: 3. With two agents still one line: 3.
    Lines without limit: weights 1/(j + 1)!, so 1/e is lost: 6/e. With two agents as well: (3 - e)/e, 18/e - 6.
    Agents: the mean of 3 - 3 and 6/e - (18/e - 6), 3 - 6/e. Lines: the mean of 3 - 6/e and 3 - (18/e - 6), 6 - 12/e.
    With all in place and endless patience two agents take everything: what is left, 18/e - 6, is patience.
    """
    found = parts_of(make_desk(lines=1), agents_needed=np.array([2.0]))
    assert found == pytest.approx(
        {
            "agents": 3 - 6 / e,
            "handling_time": 0,
            "lines": 6 - 12 / e,
            "patience": 18 / e - 6,
            "rest": 0,
            "unexplained": 0,
        },
        abs=1e-12,
    )


def test_handling_time_beyond_its_target_by_hand() -> None:
    """With one line, 1 Erlang loses 1/2 of 6 calls; at half the handling time 1/2 Erlang loses 1/3: 1 is due to it.

    One agent is enough here, and more lines would let callers wait: with patience near 0 they leave at once, as
    if they were blocked, so that lines play no part and the other 2 calls are patience.
    """
    desk = make_desk(patience=1e-6)
    found = parts_of(desk, aht_target_seconds=150, agents_needed=np.array([1.0]))
    assert found["handling_time"] == pytest.approx(1, abs=1e-6)
    assert found["patience"] == pytest.approx(2, abs=1e-6)
    assert parts_of(desk, aht_target_seconds=600, agents_needed=np.array([1.0]))["handling_time"] == 0


def test_what_nobody_could_answer_is_the_rest() -> None:
    """3 Erlang for one agent: with callers of endless patience 2 of 3 calls still find no time."""
    found = parts_of(make_desk([18]), agents_needed=np.array([1.0]))
    assert found["rest"] == pytest.approx(12)
    assert found["patience"] == pytest.approx(
        18 * float(performance(18, 300, 1, patience=300).abandonment) - 12
    )


def test_a_finite_reference_patience_splits_what_the_target_accepts() -> None:
    """Rest is what callers of the reference patience would still lose."""
    desk = make_desk([10], agents=3, patience=60)
    found = parts_of(desk, agents_needed=np.array([3.0]), patience_reference_seconds=180)
    assert found["rest"] == pytest.approx(10 * float(performance(10, 300, 3, patience=180).abandonment))
    assert found["patience"] + found["rest"] == pytest.approx(
        10 * float(performance(10, 300, 3, patience=60).abandonment)
    )


@settings(max_examples=40)
@given(
    calls=st.lists(st.integers(0, 90), min_size=1, max_size=6),
    agents=st.floats(0, 14),
    lines=st.one_of(st.integers(1, 25).map(float), st.just(inf)),
    redial=st.floats(0, 0.6),
    target=st.floats(60, 400),
    seed=st.integers(0, 99),
)
def test_the_causes_add_up_to_the_lost_calls_in_every_interval(
    calls: list[int], agents: float, lines: float, redial: float, target: float, seed: int
) -> None:
    lost = np.random.default_rng(seed).binomial(np.array(calls), 0.2).astype(float)
    desk = make_desk(calls, 240, agents, patience=120, lines=lines, redial=redial, lost=lost)
    found = diagnose(desk, aht_target_seconds=target)
    table = found.by_interval
    np.testing.assert_allclose(table[list(CAUSES)].sum(axis=1), lost, atol=1e-8)
    assert found.waterfall["calls"].sum() == int(lost.sum())
    assert (table[["agents_needed"]].to_numpy() >= 0).all()
    assert (table[["agents", "handling_time", "lines", "patience", "rest"]].to_numpy() >= -1e-7).all()
    assert table["agents_there"].to_numpy() == pytest.approx(np.full(len(calls), agents))


def test_days_multiply_what_a_row_stands_for() -> None:
    once, often = make_desk([9, 9], agents=1), make_desk([9], agents=1, days=2)
    assert parts_of(often) == pytest.approx(parts_of(once))


def test_the_bank_lost_most_calls_for_want_of_agents(bank: Desk) -> None:
    found = diagnose(bank, aht_target_seconds=185)
    table = found.waterfall.set_index("cause")
    assert found.lost == 6967
    assert table["calls"].sum() == 6967
    assert table["lost"].sum() == pytest.approx(6967, abs=1e-6)
    assert table["calls"].to_dict() == pytest.approx(
        {"agents": 4279, "handling_time": 1359, "lines": 0, "patience": 1367, "rest": 0, "unexplained": -38},
        abs=2,
    )
    assert found.months == pytest.approx(29 / 31 + 28 / 28)
    worst = found.by_slot.sort_values("agents", ascending=False)["time"].head(3)
    assert set(worst) <= {"09:30", "15:00", "16:00"}


def test_a_desk_without_records_is_diagnosed_from_its_plan(small: Desk) -> None:
    found = diagnose(small, aht_target_seconds=240)
    assert "no records" in str(found.notes[0])
    expected = float(
        (small.calls * performance(small.calls, 300, small.agents, patience=180).abandonment).sum()
    )
    assert found.lost == pytest.approx(expected)
    table = found.waterfall.set_index("cause")["lost"]
    assert table["agents"] == 0  # the plan's own requirement
    assert table["handling_time"] > 0
    assert table["handling_time"] + table["patience"] == pytest.approx(expected)


def test_intervals_without_agents_on_record_count_as_unexplained() -> None:
    desk = replace(make_desk(lost=[2.0]), lost_without_agents=5.0)
    found = diagnose(desk)
    assert found.lost == 7
    assert found.waterfall["lost"].sum() == pytest.approx(7)
    assert any("without a record of agents" in str(note) for note in found.notes)


@pytest.mark.parametrize("lines", [3, 7, 12])
def test_the_number_of_lines_is_found_from_the_calls_they_blocked(lines: int) -> None:
    calls, agents = np.array([20.0, 40, 60]), np.array([3.0, 5, 6])
    blocked = float((calls * performance(calls, 240, agents, patience=200, lines=lines).blocking).sum())
    found = lines_of_blocked(
        calls, np.full(3, 240.0), agents, blocked, patience_seconds=200, interval_seconds=1800
    )
    assert found == lines
    assert lines_of_blocked(calls, calls, agents, 0, patience_seconds=200, interval_seconds=1800) == inf


def test_months_count_recorded_days_as_parts_of_their_month() -> None:
    first, last = pd.Timestamp("2027-02-15").date(), pd.Timestamp("2027-03-31").date()
    assert months_of(first, last, [pd.Timestamp("2027-02-20").date()]) == pytest.approx(13 / 28 + 1)


def test_wrong_arguments_are_named() -> None:
    with pytest.raises(InputError, match="aht_target_seconds"):
        diagnose(make_desk(), aht_target_seconds=0)
    with pytest.raises(InputError, match="patience_reference_seconds"):
        diagnose(make_desk(), patience_reference_seconds=10)
    with pytest.raises(InputError, match="agents_needed"):
        diagnose(make_desk(), agents_needed=np.array([1.0, 2.0]))
    for wrong, column in (
        ({"calls": [-1]}, "calls"),
        ({"patience": inf}, "patience_seconds"),
        ({"redial": 1.0}, "redial"),
        ({"aht": 0}, "aht_seconds"),
        ({"agents": np.nan}, "agents"),
        ({"months": 0}, "months"),
        ({"calls": []}, "no rows"),
    ):
        with pytest.raises(InputError, match=column):
            make_desk(**wrong)  # type: ignore[arg-type]
