"""A case and the catalogue's offers as a mix."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import inf

import pandas as pd
import pytest

from staffing.queueing import Targets
from staffing.sourcing import Case, Tariffs
from staffing.sourcing.mix import check, solve
from staffing.sourcing.mix.of_tariffs import Opening, mix_of

TARGETS = Targets(service_level=0.8)


@pytest.fixture(scope="module")
def case(make_demand: Callable[..., pd.DataFrame]) -> Case:
    """1,000 calls on the weekdays of May 2027."""
    demand = make_demand(1000, TARGETS, shape=[1, 2, 3, 2, 1, 1, 2, 2, 1])
    period = (date(2027, 5, 1), date(2027, 5, 31))
    return Case.of(demand, TARGETS, interval_minutes=60, patience_seconds=inf, period=period)


def test_demand_keeps_its_calls_hours_and_profile(case: Case, tariffs: Tariffs) -> None:
    problem, _ = mix_of(case, tariffs)
    assert problem.months == ("2027-05",)
    assert [kind.name for kind in problem.classes] == ["weekday 9-18"]
    assert problem.calls.sum() == pytest.approx(1000)
    assert problem.hours.tolist() == [[21 * 9]]
    # 15 parts of calls over 9 hours: hours with 1, 2, 3 parts carry 0.6, 1.2, 1.8 times the mean
    slots = {round(factor, 6): round(share * 9, 6) for share, factor in problem.classes[0].slots}
    assert slots == {0.6: 4.0, 1.2: 4.0, 1.8: 1.0}


def test_offers_keep_their_prices_and_those_without_a_part_are_told(case: Case, tariffs: Tariffs) -> None:
    problem, notes = mix_of(case, tariffs, Opening(heads=3, places=2))
    by_name = {source.name: source for source in problem.sources}
    plan = tariffs.per_call[0]
    assert by_name[plan.name].month_fee.value == plan.base_fee.value  # type: ignore[union-attr]
    booth = tariffs.per_booth[0]
    expected = booth.booth_hour * 21 * 9
    assert by_name[booth.name].seat_month["weekday 9-18"].value == pytest.approx(expected)  # type: ignore[union-attr]
    assert by_name["in-house"].terms.begun
    told = {dict(note.values)["option"] for note in notes}
    named = {offer.name for offer in tariffs.offers}
    assert told | {name for name in named if any(source.startswith(name) for source in by_name)} == named


def test_the_mix_of_a_case_is_found_and_kept(case: Case, tariffs: Tariffs) -> None:
    problem, _ = mix_of(case, tariffs, Opening(heads=6, places=4))
    found = solve(problem, seconds=20)
    assert check(problem, found.plan).kept
