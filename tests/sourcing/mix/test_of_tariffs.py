"""A case and the catalogue's offers as a mix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from math import inf

import pandas as pd
import pytest

from staffing.errors import ConfigError
from staffing.queueing import Targets, overflow_performance, required_agents
from staffing.sourcing import Case, Tariffs
from staffing.sourcing.mix import Booths, CallPlan, Hourly, Overflow, check, solve
from staffing.sourcing.mix.of_tariffs import Opening, mix_of
from staffing.sourcing.tariffs import Consignment, OtherDuties, Peak

TARGETS = Targets(service_level=0.8)


@pytest.fixture(scope="module")
def case(make_demand: Callable[..., pd.DataFrame]) -> Case:
    """1,000 calls on the weekdays of May 2027."""
    demand = make_demand(1000, TARGETS, shape=[1, 2, 3, 2, 1, 1, 2, 2, 1])
    period = (date(2027, 5, 1), date(2027, 5, 31))
    return Case.of(demand, TARGETS, interval_minutes=60, patience_seconds=inf, period=period)


def test_demand_keeps_its_calls_hours_and_profile(case: Case, tariffs: Tariffs) -> None:
    without = tuple(offer for offer in tariffs.offers if not isinstance(offer, Peak))
    problem, _ = mix_of(case, replace(tariffs, offers=without))
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
    seats = by_name[booth.name]
    assert isinstance(seats, Booths)
    # lunch is a class of its own, with the same seats as the rest of the day
    assert seats.alike == (("weekday 9-18", "weekday 9-18, lunch hours, per call"),)
    paid = sum(figure.value for figure in seats.seat_month.values())
    assert paid == pytest.approx(booth.booth_hour * 21 * 9)
    assert by_name["in-house"].terms.begun
    told = {dict(note.values)["option"] for note in notes}
    named = {offer.name for offer in tariffs.offers}
    assert told | {name for name in named if any(source.startswith(name) for source in by_name)} == named


def test_the_mix_of_a_case_is_found_and_kept(case: Case, tariffs: Tariffs) -> None:
    problem, _ = mix_of(case, tariffs, Opening(heads=6, places=4))
    found = solve(problem, seconds=600)
    assert check(problem, found.plan).kept


def test_overflow_keeps_what_the_queueing_model_says(case: Case, tariffs: Tariffs) -> None:
    problem, _ = mix_of(case, tariffs)
    found = next(source for source in problem.sources if isinstance(source, Overflow))
    volume = problem.calls.sum(axis=1)
    calls = float((volume**2 / problem.hours).sum() / volume.sum())  # an hour, as calls meet it
    aht = problem.types[0].aht_seconds
    need = int(required_agents(calls, aht, TARGETS, interval=3600))
    assert found.curve
    for agents, kept in found.curve:
        both = overflow_performance(
            calls, aht, round(agents * need), 1, after=20, interval=3600, threshold=20
        )
        more = overflow_performance(
            calls, aht, round(agents * need), 20, after=20, interval=3600, threshold=20
        )
        assert 1 - more.overflow - 1e-9 <= kept <= 1 - both.overflow + 1e-9


def test_people_with_other_duties_cost_a_call_and_the_way_back(case: Case, tariffs: Tariffs) -> None:
    problem, _ = mix_of(case, tariffs)
    offer = tariffs.of(OtherDuties)[0]
    found = next(source for source in problem.sources if source.name == offer.name)
    assert isinstance(found, CallPlan)
    minutes = problem.types[0].aht_seconds / 60 + offer.disruption_minutes.value - offer.call_minutes.value
    assert found.tiers[0].price.value == pytest.approx(offer.wage_hour.value * 1.15 * minutes / 60)
    assert found.most_channels == offer.max_people.value


def test_consignment_pays_hours_and_own_workplaces(case: Case, tariffs: Tariffs) -> None:
    problem, _ = mix_of(case, tariffs, Opening(ahead=2))
    offer = next(offer for offer in tariffs.of(Consignment) if len(offer.vendors) == 2)
    found = next(source for source in problem.sources if source.name == offer.name)
    assert isinstance(found, Hourly)
    assert found.terms.lead == 0
    assert found.rate_hour["weekday 9-18"].value == pytest.approx(0.6 * 2000 + 0.4 * 1950)
    alone = problem.with_sources((found,))
    plan = solve(alone, seconds=600)
    assert check(alone, plan.plan).kept
    places = int(plan.plan.sources[0].places[0])
    assert places >= 1
    lines = {line.item: line.amount for line in plan.lines()[offer.name]}
    assert lines["workplaces"] == round(places * found.place_month.value)


def test_orders_ahead_let_new_contracts_take_the_first_calls(case: Case, tariffs: Tariffs) -> None:
    late = {source.name: source.terms.lead for source in mix_of(case, tariffs)[0].sources}
    problem, _ = mix_of(case, tariffs, Opening(ahead=1))
    assert {x.name: x.terms.lead for x in problem.sources} == {n: max(0, k - 1) for n, k in late.items()}
    with pytest.raises(ConfigError, match="ahead"):
        Opening(ahead=-1)
