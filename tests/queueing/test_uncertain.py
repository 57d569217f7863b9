"""Uncertain demand against brute force: sums over the rate by a plain rule, counts by the negative binomial law."""

from __future__ import annotations

from math import inf, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import gamma, nbinom, poisson

from staffing.queueing import Performance, Targets, performance, required_agents
from staffing.queueing.uncertain.cheapest import cheapest_agents, newsvendor_share, shortage_cost
from staffing.queueing.uncertain.expected import expected_performance
from staffing.queueing.uncertain.rate import (
    chance_of_meeting,
    count_quantile,
    demand_quantile,
    rate_cv,
    required_agents_uncertain,
)
from tests.queueing.test_required_agents import targets

CV = st.floats(0.01, 1)
SHARE = st.floats(0.001, 0.999)


class TestRate:
    @given(st.floats(0.01, 1e5), st.floats(1.01, 20))
    def test_its_counts_have_the_dispersion_it_came_from(self, calls: float, dispersion: float) -> None:
        """Greenwood and Yule: a gamma mixture of Poisson counts is negative binomial."""
        cv = float(rate_cv(calls, dispersion))
        law = nbinom(1 / cv**2, 1 / (1 + calls * cv**2))
        assert law.mean() == pytest.approx(calls, rel=1e-9)
        assert law.var() / law.mean() == pytest.approx(dispersion, rel=1e-9)

    def test_a_banks_half_hours(self) -> None:
        """Variance 2.5 times the mean, 400 calls: the rate varies by 6.1 %."""
        assert float(rate_cv(400, 2.5)) == pytest.approx(sqrt(1.5 / 400))
        assert rate_cv([0, 400], [3, 1]).tolist() == [0, 0]

    @settings(deadline=None)
    @given(st.floats(0.01, 1e5), CV, SHARE)
    def test_its_quantile_is_that_of_the_gamma_law(self, calls: float, cv: float, share: float) -> None:
        rate = float(demand_quantile(calls, share, cv=cv))
        assert gamma.cdf(rate, 1 / cv**2, scale=calls * cv**2) == pytest.approx(share, rel=1e-9)

    def test_a_known_rate_has_one_value(self) -> None:
        assert demand_quantile(400, [0, 0.1, 0.9], cv=0).tolist() == [400] * 3
        assert demand_quantile([0, 400], 0, cv=0.2).tolist() == [0, 0]
        nearly = demand_quantile(400, [0.01, 0.99], cv=1e-8)
        np.testing.assert_allclose(nearly, 400, rtol=1e-6)


class TestCounts:
    @settings(deadline=None, max_examples=50)
    @given(st.floats(0.01, 1e4), CV, st.floats(0.01, 0.99))
    def test_quantiles_are_negative_binomial(self, calls: float, cv: float, share: float) -> None:
        law = nbinom(1 / cv**2, 1 / (1 + calls * cv**2))
        count = float(count_quantile(calls, share, cv=cv))
        assert law.cdf(count) >= share * (1 - 1e-9)
        assert count == 0 or law.cdf(count - 1) <= share * (1 + 1e-9)

    @pytest.mark.parametrize("calls", [0.2, 30, 5000])
    def test_a_known_rate_gives_poisson_counts(self, calls: float) -> None:
        shares = np.array([0.05, 0.5, 0.9, 0.999])
        assert count_quantile(calls, shares, cv=0).tolist() == poisson.ppf(shares, calls).tolist()

    def test_they_are_a_mixture_of_poisson_counts(self) -> None:
        """The law of total probability, by a plain sum over the rate."""
        rate = np.linspace(0, 900, 20001)
        weight = gamma.pdf(rate, 16, scale=200 / 16) * (rate[1] - rate[0])
        below = [float(poisson.cdf(count, rate) @ weight) for count in (199, 263)]
        for share, count in zip((below[0], below[1]), (199, 263), strict=True):
            assert count_quantile(200, share - 1e-6, cv=0.25) == count
            assert count_quantile(200, share + 1e-6, cv=0.25) == count + 1

    def test_corners(self) -> None:
        assert count_quantile([0, 5, 1e300], [0.9, 0, 0.9], cv=0.3).tolist() == [0, 0, inf]


def by_a_plain_sum(calls: float, cv: float, **options: float) -> dict[str, float]:
    """Slices of the rate, each with its probability and its middle."""
    law = gamma(1 / cv**2, scale=calls * cv**2)
    edges = np.linspace(law.ppf(1e-13), law.isf(1e-13), 3001)
    rate = (edges[1:] + edges[:-1]) / 2
    weight = np.diff(law.cdf(edges))
    found = performance(rate, 257, **options)
    arrivals = found.attempts * weight
    answered = arrivals * (1 - found.abandonment - found.blocking)
    total, served = arrivals.sum(), answered.sum()
    return {
        "wait_probability": found.wait_probability @ arrivals / total,
        "blocking": found.blocking @ arrivals / total,
        "abandonment": found.abandonment @ arrivals / total,
        "service_level": found.service_level @ arrivals / total,
        "service_level_answered": found.service_level @ arrivals / served,
        "service_level_excluding_short": found.service_level
        @ arrivals
        / ((1 - found.abandonment_within_threshold) @ arrivals),
        "mean_wait": found.mean_wait @ arrivals / total,
        "asa": found.asa @ answered / served,
        "occupancy": found.occupancy @ weight,
        "queue_length": found.queue_length @ weight,
        "attempts": total,
    }


class TestExpectedPerformance:
    @pytest.mark.parametrize("cv", [0.03, 0.1, 0.4])
    @pytest.mark.parametrize(
        "options",
        [
            {"agents": 60, "patience": 90},
            {"agents": 52, "patience": 1000},
            {"agents": 58, "patience": 60, "redial": 0.4},
            {"agents": 55, "patience": 60, "lines": 70},
            {"agents": 63, "lines": 70},
        ],
        ids=str,
    )
    def test_it_is_the_sum_over_the_rates(self, options: dict[str, float], cv: float) -> None:
        found = expected_performance(400, 257, cv=cv, **options)
        for name, value in by_a_plain_sum(400, cv, **options).items():
            assert float(getattr(found, name)) == pytest.approx(value, rel=5e-5, abs=1e-9), name

    def test_little_calls_and_lost_calls_still_balance(self) -> None:
        """Little's law and Palm's balance hold for the sums too, for every model, over orders of magnitude."""
        calls = 10.0 ** np.arange(-3, 5)
        agents = np.ceil(calls / 9) + 1
        for patience, redial in ((30, 0), (1000, 0.3)):
            found = expected_performance(calls, 200, agents, cv=0.2, patience=patience, redial=redial)
            rate = found.attempts / 1800
            np.testing.assert_allclose(found.queue_length, rate * found.mean_wait, rtol=1e-9)
            np.testing.assert_allclose(found.abandonment, found.mean_wait / patience, rtol=1e-9)
            carried = found.occupancy * agents
            np.testing.assert_allclose(carried, rate * 200 * (1 - found.abandonment), rtol=1e-7)

    def test_a_known_rate_changes_nothing(self) -> None:
        plain = performance([0, 90, 400], 257, [0, 14, 60], patience=100)
        known = expected_performance([0, 90, 400], 257, [0, 14, 60], patience=100, cv=0)
        nearly = expected_performance([0, 90, 400], 257, [0, 14, 60], patience=100, cv=1e-6)
        for name in Performance.__dataclass_fields__:
            assert getattr(known, name).tolist() == getattr(plain, name).tolist(), name
            np.testing.assert_allclose(getattr(nearly, name), getattr(plain, name), rtol=1e-8)

    def test_uncertainty_costs_service_near_the_load(self) -> None:
        levels = expected_performance(400, 257, 60, cv=[0, 0.05, 0.1, 0.2, 0.4], patience=90).service_level
        assert (np.diff(levels) < 0).all()

    def test_an_overload_of_endlessly_patient_callers_is_always_possible(self) -> None:
        found = expected_performance(400, 257, 60, cv=0.1)
        assert float(found.asa) == float(found.queue_length) == inf
        assert 0 < float(found.service_level) < float(performance(400, 257, 60).service_level)


class TestRequirement:
    @settings(deadline=None, max_examples=60)
    @given(targets(), st.floats(0.1, 3000), CV, SHARE, st.sampled_from([inf, 1000, 60]))
    def test_it_is_the_first_number_whose_chance_is_enough(
        self, wanted: Targets, calls: float, cv: float, share: float, patience: float
    ) -> None:
        options = {"cv": cv, "patience": patience}
        agents = int(required_agents_uncertain(calls, 180, wanted, share=share, **options))
        enough, few = chance_of_meeting(calls, 180, [agents, max(agents - 1, 0)], wanted, **options)
        assert enough >= share * (1 - 1e-7)
        assert agents == 1 or few <= share * (1 + 1e-7)

    def test_the_chance_is_the_share_of_the_rates_that_are_met(self) -> None:
        wanted = Targets(service_level=0.8, abandonment=0.05)
        shares = (np.arange(2000) + 0.5) / 2000
        needed = required_agents(demand_quantile(400, shares, cv=0.1), 257, wanted, patience=120)
        agents = np.arange(50, 80)
        counted = (needed[:, None] <= agents).mean(axis=0)
        found = chance_of_meeting(400, 257, agents, wanted, cv=0.1, patience=120)
        np.testing.assert_allclose(found, counted, atol=1e-3)

    def test_the_counts_random_part_is_not_added_again(self) -> None:
        """A rate that is known needs what Erlang says, whatever the share."""
        wanted = Targets(service_level=0.8)
        found = required_agents_uncertain(400, 257, wanted, cv=[[0], [0.06]], share=[0.05, 0.5, 0.95])
        assert found[0].tolist() == [int(required_agents(400, 257, wanted))] * 3
        assert found[1, 0] < found[0, 0] < found[1, 2]

    def test_corners(self) -> None:
        wanted = Targets(service_level=0.8)
        assert chance_of_meeting([0, 5, 5], 180, [0, 0, 50], wanted, cv=[0.1, 0.1, 0]).tolist() == [1, 0, 1]
        assert chance_of_meeting(100, 0, 1, wanted, cv=0.2) == 1


class TestCheapest:
    @pytest.mark.parametrize(("calls", "cv"), [(0.5, 0.6), (8, 0.1), (60, 0), (60, 0.3)])
    @pytest.mark.parametrize(
        "options",
        [{"patience": 60}, {"patience": 3, "redial": 0.5}, {}, {"patience": 90, "lines": 15}],
        ids=str,
    )
    def test_no_other_number_costs_less(self, options: dict[str, float], calls: float, cv: float) -> None:
        wage, price = 900, np.array([50, 300, 2000])
        found = cheapest_agents(calls, 257, agent_cost=wage, lost_call_cost=price, cv=cv, **options)
        agents = np.arange(40)
        figures = expected_performance(calls, 257, agents, cv=cv, **options)
        lost = figures.attempts * (figures.abandonment + figures.blocking) * (1 - options.get("redial", 0))
        if not options:  # nobody gives up: what is beyond capacity is lost
            rate = demand_quantile(calls, (np.arange(40000) + 0.5) / 40000, cv=cv)
            lost = np.array([np.maximum(rate - n * 1800 / 257, 0).mean() for n in agents])
        cost = wage * agents + price[:, None] * lost
        np.testing.assert_allclose(found.cost, cost.min(axis=1), rtol=1e-4 if not options else 1e-9)
        if options:
            assert found.agents.tolist() == np.argmin(cost, axis=1).tolist()
            np.testing.assert_allclose(found.lost_calls, lost[found.agents], rtol=1e-8)

    def test_the_newsvendor_quantile_is_the_limit_of_large_desks(self) -> None:
        """Of 100,000 calls an hour the cheapest staff are the quantile of the load, to half a percent."""
        cu = shortage_cost(600, 900, 257)
        share = newsvendor_share(cu, 900)
        assert float(cu) == pytest.approx(600 * 1800 / 257 - 900)
        assert float(share) == pytest.approx(1 - 900 * 257 / (600 * 1800))
        load = float(demand_quantile(50_000, share, cv=0.1)) * 257 / 1800
        found = cheapest_agents(50_000, 257, agent_cost=900, lost_call_cost=600, cv=0.1, patience=120)
        assert int(found.agents) == pytest.approx(load, rel=0.005)

    def test_calls_beyond_capacity_are_the_newsvendors_case_exactly(self) -> None:
        """With endless patience losses are (rate - capacity)+: the quantile, rounded up or down."""
        share = newsvendor_share(shortage_cost(600, 900, 257), 900)
        for calls in (10, 100, 1000):
            load = float(demand_quantile(calls, share, cv=0.3)) * 257 / 1800
            found = cheapest_agents(calls, 257, agent_cost=900, lost_call_cost=600, cv=0.3)
            assert abs(int(found.agents) - load) < 1

    def test_more_agents_than_can_be_counted_are_refused_where_they_would_pay(self) -> None:
        with pytest.raises(ValueError, match=r"^calls: more than 1e\+15 agents would pay"):
            cheapest_agents(1e17, 7e16, interval=9, agent_cost=9, lost_call_cost=1e17)
        assert cheapest_agents(1e17, 7e16, interval=9, agent_cost=9, lost_call_cost=0).agents == 0

    def test_newsvendor_corners(self) -> None:
        assert newsvendor_share([0, 3, 0, 5], [0, 1, 2, 0]).tolist() == [0, 0.75, 0, 1]
        assert shortage_cost([0, 10], 900, 257).tolist() == [0, 0]

    def test_free_losses_need_nobody_and_no_calls_cost_nothing(self) -> None:
        found = cheapest_agents([100, 0], 180, agent_cost=5, lost_call_cost=[0, 9], cv=0.1, patience=60)
        assert found.agents.tolist() == [0, 0]
        assert found.cost.tolist() == [0, 0]
        assert found.lost_calls.tolist() == [100, 0]


@pytest.mark.parametrize("cv", [-0.1, 10, float("nan"), inf, "wide"])
def test_an_impossible_variation_is_refused_by_name(cv: object) -> None:
    wanted = Targets(service_level=0.8)
    for question in (
        lambda: demand_quantile(5, 0.5, cv=cv),
        lambda: count_quantile(5, 0.5, cv=cv),
        lambda: required_agents_uncertain(5, 180, wanted, cv=cv, share=0.5),
        lambda: chance_of_meeting(5, 180, 3, wanted, cv=cv),
        lambda: expected_performance(5, 180, 3, cv=cv),
        lambda: cheapest_agents(5, 180, agent_cost=1, lost_call_cost=1, cv=cv),
    ):
        with pytest.raises(ValueError, match=r"^cv must be"):
            question()


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("dispersion", lambda: rate_cv(5, 0.9)),
        ("share", lambda: demand_quantile(5, 1, cv=0.1)),
        ("share", lambda: required_agents_uncertain(5, 180, Targets(), cv=0.1, share=-0.1)),
        ("agent_cost", lambda: cheapest_agents(5, 180, agent_cost=0, lost_call_cost=1)),
        ("lost_call_cost", lambda: cheapest_agents(5, 180, agent_cost=1, lost_call_cost=-1)),
        ("idle_cost", lambda: newsvendor_share(1, -1)),
        ("aht", lambda: shortage_cost(1, 1, -1)),
    ],
)
def test_other_bad_arguments_are_refused_by_name(name: str, question: object) -> None:
    with pytest.raises(ValueError, match=f"^{name} must be"):
        question()  # type: ignore[operator]
