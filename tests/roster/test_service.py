"""Targets for a day, a week or a month: met by the queueing model's own figures, cheapest, and bounded truly."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from staffing.errors import ConfigError
from staffing.queueing import performance
from staffing.queueing.curves import UNITS_A_CALL, concave_steps, kept_calls
from staffing.roster import Roster, RosterProblem, RosterResult, solve
from staffing.roster.check import check
from staffing.roster.engines import branch, relax, search
from staffing.roster.explain.after import Standing, proof_of
from staffing.roster.handout import complete, hand_out
from staffing.roster.people import Worth, build
from staffing.roster.placements import place_shifts
from staffing.roster.rules import standard_rules
from staffing.roster.service import Measure, ServicePeriod, ServiceTarget, periods_of, units_of_calls
from staffing.roster.variables import RosterModel
from staffing.roster.windows import Windows
from tests.roster.data.solve_desk import AMPLE, F8, S4, SUNDAY, agent, contract, desk

AHT, PATIENCE, INTERVAL = 300.0, 120.0, 3600


def with_target(
    problem: RosterProblem,
    calls: np.ndarray,
    share: float,
    period: ServicePeriod = "day",
    measure: Measure = "abandonment",
    price: int = 50_000,
) -> RosterProblem:
    """The problem with one more service target."""
    kept = kept_calls(calls, AHT, len(problem.agents), interval=INTERVAL, patience=PATIENCE)
    curve = concave_steps(kept.answered if measure == "abandonment" else kept.in_time)
    target = ServiceTarget(measure, share, period, price, units_of_calls(calls), curve)
    return replace(problem, service=(*problem.service, target))


def best(problem: RosterProblem) -> RosterResult:
    return solve(problem, gap=0.0, seconds=AMPLE)


def kept_by_clock(roster: Roster, problem: RosterProblem, calls: np.ndarray) -> np.ndarray:
    """Calls answered in each interval, asked of `performance` with the people there at each of its minutes."""
    found = []
    for start, offered in zip(problem.demand["interval_start"], calls, strict=True):
        minutes = [start + timedelta(minutes=m) for m in range(INTERVAL // 60)]
        people = [sum(at_work(duty, minute) for duty in roster.duties) for minute in minutes]
        lost = performance(offered, AHT, np.array(people), interval=INTERVAL, patience=PATIENCE).abandonment
        found.append(float((offered * (1 - lost)).mean()))
    return np.array(found)


def at_work(duty: object, minute: datetime) -> bool:
    return duty.start <= minute < duty.end and not any(a <= minute < b for a, b in duty.breaks)  # type: ignore[attr-defined]


def profile(problem: RosterProblem, most: float) -> np.ndarray:
    """Calls that rise and fall over each day."""
    hour = problem.demand["interval_start"].dt.hour.to_numpy()
    return most * (1 - np.abs(hour - 13) / 12)


@pytest.mark.parametrize("period", ["day", "week", "month"])
def test_the_target_is_met_by_an_independent_count(period: ServicePeriod) -> None:
    """Two days around the end of a week and of a month; the objective is what the checker reckons."""
    people = [agent(name) for name in "AB"]
    problem = desk(*people, start=SUNDAY - timedelta(days=1), days=3, need=0, hours="08:00-18:00")
    calls = profile(problem, 10.0)
    asked = with_target(problem, calls, 0.75, period)
    result = best(asked)
    report = check(result.roster, asked)
    assert report.passed
    assert report.objective == result.objective
    assert result.bound <= result.objective
    assert all(part.short == 0 for part in report.service)
    kept = kept_by_clock(result.roster, asked, calls)
    dates = [moment.date() for moment in problem.demand["interval_start"]]
    for rows in periods_of(dates, period, problem.week_start):
        assert kept[rows].sum() >= 0.75 * calls[rows].sum() - 1e-9


def test_a_longer_period_never_costs_more_and_a_tighter_target_never_less() -> None:
    people = [agent(name, wage=1000 + 100 * i) for i, name in enumerate("AB")]
    problem = desk(
        *people, start=SUNDAY + timedelta(days=1), days=2, need=0, hours="08:00-16:00", templates=[S4]
    )
    calls = profile(problem, 9.0)

    def cost(share: float, period: ServicePeriod) -> int:
        result = best(with_target(problem, calls, share, period))
        assert result.status == "optimal"
        return result.objective

    by_day = [cost(share, "day") for share in (0.6, 0.75, 0.9)]
    assert by_day == sorted(by_day)
    assert by_day[0] < by_day[-1]
    assert cost(0.75, "week") <= by_day[1]
    assert cost(0.75, "month") <= cost(0.75, "week")


def test_two_targets_cost_at_least_as_much_as_either() -> None:
    people = [agent(name) for name in "AB"]
    problem = desk(*people, days=1, need=0, hours="08:00-14:00", templates=[S4])
    calls = profile(problem, 8.0)
    lost = with_target(problem, calls, 0.7)
    level = with_target(problem, calls, 0.5, measure="service_level")
    both = with_target(lost, calls, 0.5, measure="service_level")
    found = [best(problem) for problem in (lost, level, both)]
    assert all(result.status == "optimal" for result in found)
    assert found[2].objective >= max(found[0].objective, found[1].objective)
    assert check(found[2].roster, both).objective == found[2].objective


def test_a_floor_that_is_the_requirement_costs_what_the_requirement_does() -> None:
    """With every interval meeting the target the day meets it: the target adds rows, but no yen."""
    people = [agent(name) for name in "ABC"]
    problem = desk(*people, days=2, need=2, hours="08:00-17:00", contracts=[contract(max_hours_week=30)])
    share = 1 - float(performance(10, AHT, 2, interval=INTERVAL, patience=PATIENCE).abandonment)
    calls = np.full(len(problem.demand), 10.0)
    plain, asked = best(problem), best(with_target(problem, calls, int(share * 1000) / 1000 - 0.001))
    assert plain.status == asked.status == "optimal"
    assert check(plain.roster, problem).shortage_cost == 0
    assert asked.objective == plain.objective


@settings(max_examples=12)
@given(
    most=st.floats(2, 12),
    share=st.sampled_from((0.5, 0.8, 0.95)),
    price=st.sampled_from((700, 1333, 50_000)),
    measure=st.sampled_from(("abandonment", "service_level")),
    period=st.sampled_from(("day", "month")),
    wages=st.tuples(st.integers(900, 2000), st.integers(900, 2000)),
)
def test_brute_force_agrees_on_a_tiny_desk(
    most: float, share: float, price: int, measure: Measure, period: ServicePeriod, wages: tuple[int, int]
) -> None:
    """Two people, shifts of four hours at two starts, no requirement: every roster is priced by hand."""
    people = [agent(name, wage=wage) for name, wage in zip("AB", wages, strict=True)]
    problem = desk(*people, days=1, need=0, hours="08:00-14:00", templates=[S4], price=600)
    calls = profile(problem, most)
    asked = with_target(problem, calls, share, period, measure, price)
    target = asked.service[0]
    needed = target.needed(np.arange(len(calls)))
    starts = [moment.hour for moment in problem.demand["interval_start"]]
    (placed,) = place_shifts(problem)
    costs = []
    for first in (None, *placed):
        for second in (None, *placed):
            on_floor = np.zeros(len(calls), dtype=np.int64)
            pay = 0
            for duty, person in zip((first, second), people, strict=True):
                if duty is not None:
                    begin = duty.duty(person.agent_id, problem.horizon.zone).start.hour
                    on_floor += [begin <= hour < begin + 4 for hour in starts]
                    pay += 4 * person.wage
            short = max(0, needed - int(target.curve.kept(on_floor).sum()))
            cost = Fraction(short * price, UNITS_A_CALL)
            costs.append(pay + (2 * cost + 1) // 2)
    result = best(asked)
    assert result.status == "optimal"
    assert result.objective == min(costs) == check(result.roster, asked).objective


@settings(max_examples=6)
@given(
    most=st.floats(3, 14),
    share=st.sampled_from((0.6, 0.85, 0.97)),
    period=st.sampled_from(("day", "week", "month")),
    price=st.sampled_from((900, 20_000)),
)
def test_bounds_of_weeks_apart_are_true(most: float, share: float, period: ServicePeriod, price: int) -> None:
    """Also where a month's target crosses the end of a week and is priced, before prices are settled and after."""
    people = [agent(name, wage=1000 + 150 * i) for i, name in enumerate("AB")]
    terms = [contract(max_shifts_week=1)]
    problem = desk(
        *people,
        contracts=terms,
        start=SUNDAY + timedelta(days=5),
        days=3,
        need=1,
        hours="08:00-16:00",
        templates=[S4],
    )
    model = RosterModel(
        with_target(problem, profile(problem, most), share, period, price=price), standard_rules()
    )
    whole = search(model.program, seconds=AMPLE, workers=8, seed=1)
    assume(whole.x is not None)
    assert whole.x is not None
    optimum = model.program.value(whole.x)
    assume(whole.bound == optimum)
    windows = Windows(model)
    weeks = range(len(model.weeks))
    for settled in (False, True):
        plans = [windows.outline(week) for week in weeks]
        if settled:
            windows.prices.settle(plans, 20)
        plans = [windows.prices.priced(plan) for plan in plans]
        bounds = [relax(plan.program) for plan in plans]
        constant = windows.prices.constant
        assert sum(found.bound for found in bounds if found is not None) + constant <= optimum
        assert sum(branch(plan.program, AMPLE).bound for plan in plans) + constant <= optimum
        assert sum(branch(windows.alone(week), AMPLE).bound for week in weeks) + constant <= optimum
        assert sum(windows.least(week) for week in weeks) + constant <= optimum


@pytest.mark.parametrize("period", ["day", "month"])
@pytest.mark.parametrize("step_minutes", [60, 30])
def test_completed_columns_keep_every_row_and_cost_what_the_checker_says(
    period: ServicePeriod, step_minutes: int
) -> None:
    """Shifts that start off the interval grid cut intervals; breaks are in it, too."""
    template = replace(F8, step_minutes=step_minutes)
    people = [agent(name) for name in "ABCD"]
    problem = desk(*people, start=SUNDAY, days=3, need=1, templates=[template, S4], price=6000)
    asked = with_target(problem, profile(problem, 14.0), 0.9, period)
    model = RosterModel(asked, standard_rules())
    x = build(model, Worth(model), seed=1)
    assert x is not None
    assert model.program.admits(x)
    kept = complete(model, x, keep_breaks=True)
    assert model.program.admits(kept)
    assert model.program.value(kept) <= model.program.value(x)
    report = check(hand_out(model, kept), asked)
    assert report.objective == model.money.amount(model.program.value(kept))


@pytest.mark.parametrize("period", ["day", "month"])
def test_a_roster_read_back_costs_the_same_and_is_bounded_below_the_best(period: ServicePeriod) -> None:
    problem = desk(
        agent("A"), agent("B"), start=SUNDAY - timedelta(days=3), days=7, need=0, hours="08:00-18:00"
    )
    asked = with_target(problem, profile(problem, 10.0), 0.75, period)
    result = solve(asked, seconds=1)
    standing = Standing.of(asked, result.roster)
    assert standing.objective == result.objective
    assert 0 < proof_of(standing).bound <= result.objective


def test_people_of_several_queues_are_refused_beside_targets() -> None:
    problem = desk(agent("A"), replace(agent("B"), skills=("sales",)), days=2)
    with pytest.raises(
        ConfigError, match=r'targets.period = "day": counts everybody on one queue, but agent B has'
    ):
        with_target(problem, profile(problem, 10.0), 0.75)
