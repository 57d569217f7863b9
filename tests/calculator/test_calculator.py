"""The calculator gives the figures of the queueing core, consistently with each other."""

from __future__ import annotations

from math import ceil, inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.calculator import NEIGHBOURS, Question, answer
from staffing.queueing import Targets, performance

EIGHTY_TWENTY = Targets(service_level=0.8, threshold=20)


def test_the_published_desk_of_400_calls() -> None:
    """400 calls in 30 minutes, AHT 257 s: 54 agents answer 80.6 % in 20 s and lose 10.3 % at a patience of 60 s."""
    found = answer(Question(400, 257, EIGHTY_TWENTY, patience_seconds=60))
    assert (found.agents, found.needed) == (54, 54)
    assert round(found.row.service_level, 3) == 0.806
    assert round(found.row.abandonment, 3) == 0.103


@settings(deadline=None, max_examples=60)
@given(
    calls=st.floats(0, 500),
    aht=st.floats(1, 900),
    patience=st.sampled_from([30.0, 180.0, inf]),
    level=st.floats(0.05, 0.99),
    asked=st.none() | st.integers(1, 120),
    shrinkage=st.floats(0, 0.8),
)
def test_rows_limits_and_requirement_agree(
    calls: float, aht: float, patience: float, level: float, asked: int | None, shrinkage: float
) -> None:
    targets = Targets(service_level=level)
    question = Question(calls, aht, targets, asked, patience_seconds=patience, shrinkage=shrinkage)
    found = answer(question)
    needed, fractional = found.needed, found.needed_fractional
    assert needed is not None
    assert fractional is not None
    assert ceil(fractional) == needed
    assert found.agents == (needed if asked is None else asked)
    assert found.gross >= found.agents
    assert found.gross - 1 < found.agents / (1 - shrinkage) + 1e-6
    assert [row.agents for row in found.rows] == list(
        range(max(0, found.agents - NEIGHBOURS), found.agents + NEIGHBOURS + 1)
    )
    for row in found.rows:
        assert row.meets == (row.agents >= needed)
        direct = performance(calls, aht, row.agents, patience=patience)
        assert row.service_level == pytest.approx(float(direct.service_level), rel=1e-9)
        assert row.abandonment == pytest.approx(float(direct.abandonment), rel=1e-9)
    if found.limits is not None:
        assert (found.limits.calls >= calls * (1 - 1e-9)) == (found.agents >= needed)
        assert (found.limits.aht_seconds >= aht * (1 - 1e-9)) == (found.agents >= needed)


def test_one_agent_fewer_answers_what_the_table_says() -> None:
    found = answer(Question(100, 300, EIGHTY_TWENTY, patience_seconds=180))
    before, row = found.rows[2], found.rows[3]
    assert row.answered_more == pytest.approx(100 * (before.abandonment - row.abandonment))


def test_chats_are_sized_by_their_own_chain() -> None:
    """Three chats at once without slowdown are three calls an agent: a third of the agents, rounded up."""
    alone = answer(Question(60, 480, EIGHTY_TWENTY, patience_seconds=120))
    chats = answer(Question(60, 480, EIGHTY_TWENTY, patience_seconds=120, concurrency=3))
    assert alone.needed is not None
    assert chats.needed == ceil(alone.needed / 3)
    assert chats.limits is None
    assert [row.meets for row in chats.rows] == [row.agents >= chats.needed for row in chats.rows]
    slow = answer(Question(60, 480, EIGHTY_TWENTY, patience_seconds=120, concurrency=3, slowdown=0.3))
    assert slow.agents > chats.agents


@pytest.mark.parametrize("concurrency", [1, 3])
def test_in_an_overload_without_patience_one_more_agent_takes_what_an_agent_takes(concurrency: int) -> None:
    question = Question(600, 480, Targets(), agents=6, concurrency=concurrency)
    for row in answer(question).rows[1:]:
        assert row.answered_more == pytest.approx(concurrency * 1800 / 480)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"agents": None, "targets": Targets()}, "agents"),
        ({"agents": -1}, "agents"),
        ({"calls": -1.0}, "calls"),
        ({"aht_seconds": float("nan")}, "aht"),
        ({"interval_seconds": 0.0}, "interval"),
        ({"shrinkage": 1.0}, "shrinkage"),
        ({"targets": Targets(abandonment=0.05)}, "abandonment"),
        ({"lines": 1.0}, "service_level"),
        ({"lines": 9.0, "concurrency": 2}, "concurrency"),
        ({"concurrency": 0}, "concurrency"),
    ],
)
def test_a_question_that_cannot_be_answered_names_the_argument(
    changes: dict[str, object], named: str
) -> None:
    terms: dict[str, object] = {"calls": 100.0, "aht_seconds": 300.0, "targets": EIGHTY_TWENTY}
    with pytest.raises(ValueError, match=f"^{named}"):
        answer(Question(**(terms | changes)))  # type: ignore[arg-type]
