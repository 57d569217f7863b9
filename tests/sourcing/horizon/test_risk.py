"""Scenarios against quotes and formulas: what was bought at the forecast, served and billed at other volumes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from staffing.queueing import Targets
from staffing.sourcing import Context, Figure, Offered, Tariffs, quote
from staffing.sourcing.horizon.project import project
from staffing.sourcing.horizon.projection import Projection
from staffing.sourcing.horizon.scenarios import Uncertainty
from staffing.sourcing.horizon.served import Seated, Served
from staffing.sourcing.horizon.shape import DemandShape
from staffing.sourcing.horizon.variable import Bought, variable_cost, variable_items
from staffing.sourcing.quotes.hidden import work_of
from staffing.sourcing.service import measure

SEVERAL = Uncertainty(0.1, 0.05, 0.05, paths=60, seed=4)


@pytest.fixture(scope="module")
def projection(offers: tuple[Offered, ...], shape: DemandShape, context: Context) -> Projection:
    return project(
        offers,
        shape,
        context,
        start="2027-04",
        months=6,
        calls=900,
        growth=0.2,
        rate=0.05,
        uncertainty=SEVERAL,
    )


@pytest.mark.parametrize("calls", [40, 500, 900, 1500])
def test_what_follows_the_calls_is_what_the_quote_bills(
    offers: tuple[Offered, ...], shape: DemandShape, context: Context, calls: float
) -> None:
    for offer in offers:
        made = quote(offer, shape.case("2027-05", calls), context)
        work = work_of(shape.case("2027-05", calls), offer.hidden)
        handled = float((work.calls * work.days) @ (1 - made.intervals["abandonment"].to_numpy()))
        found = variable_cost(Bought(offer, work, {"calls": handled}), {"calls": np.array([handled])})
        follows = variable_items(offer)
        billed = [line.amount for line in made.lines if follows(line.item, line.unit)]
        assert float(found[0]) == pytest.approx(sum(billed), abs=len(billed) + 0.01), offer.name


def test_without_uncertainty_the_paths_are_the_forecast(
    offers: tuple[Offered, ...], shape: DemandShape, context: Context
) -> None:
    found = project(
        offers,
        shape,
        context,
        start="2027-04",
        months=3,
        calls=900,
        rate=0.04,
        uncertainty=Uncertainty(0, 0, 0, paths=2),
    )
    options = found.options.set_index("option")
    for name, outcome in found.risk.outcomes.items() if found.risk else ():
        assert outcome.total == pytest.approx(options.loc[name, "total"], abs=0.5), name
        assert outcome.present_value == pytest.approx(options.loc[name, "present_value"], abs=1.0)
        assert outcome.abandonment == pytest.approx(options.loc[name, "abandonment"], abs=1e-6)
        months = found.sizes[found.sizes["option"] == name]
        level = np.average(months["service_level"], weights=months["calls"])
        assert outcome.service_level == pytest.approx(level, abs=1e-6)
        assert outcome.months_missed.tolist() == [float((~months["meets_target"]).sum())] * 2


def test_a_path_is_served_and_billed_by_the_formulas(
    offers: tuple[Offered, ...], shape: DemandShape, context: Context
) -> None:
    """One month, one path: the seats of the forecast meet other calls, by `measure` and the tariff's own words."""
    plan = next(offer for offer in offers if offer.name == "calls")
    risk = Uncertainty(level=0.3, growth=0, noise=0, paths=5, seed=9)
    found = project([plan], shape, context, start="2027-05", months=1, calls=900, uncertainty=risk).risk
    assert found is not None
    made = quote(plan, shape.case("2027-05", 900), context)
    work = work_of(shape.case("2027-05", 900), plan.hidden)
    fixed = sum(line.amount for line in made.lines if line.unit != "call" and "escalations" not in line.item)
    for path, factor in enumerate(risk.factors(1)[:, 0]):
        busy = replace(work, demand=work.demand.assign(calls=work.calls * factor))
        service = measure(busy, made.intervals["seats"].to_numpy())
        handled = float(service.rates.handled @ busy.days)
        beyond = max(0.0, handled - 50)
        calls = 300 * min(600, beyond) + 200 * max(0.0, beyond - 600)
        escalated = 0.05 * handled * 600 / 3600 * 1800
        outcome = found.outcomes["calls"]
        assert outcome.total[path] == pytest.approx(fixed + calls + escalated, rel=1e-5)
        assert outcome.abandonment[path] == pytest.approx(service.abandonment, abs=2e-5)
        assert outcome.service_level[path] == pytest.approx(service.service_level, abs=1e-4)


@pytest.mark.parametrize("patience", [60.0, np.inf])
def test_curves_between_knots_are_near_the_formulas(patience: float) -> None:
    """Calls from a third to three times the forecast; with unlimited patience there is a corner at full load."""
    shape = DemandShape.even(
        Targets(service_level=0.8), profile=[2, 3, 3, 5, 4, 3, 3, 2, 2], patience_seconds=patience
    )
    case = shape.case("2027-05", 3000)
    seats = case.demand["agents_net"].to_numpy(np.float64)
    factors = np.exp(np.linspace(-1.1, 1.1, 41))[:, np.newaxis]
    (curves,) = Served(((Seated(case, seats),),)).curves(factors)
    worst = 0.0
    for factor in factors[:, 0]:
        busy = replace(case, demand=case.demand.assign(calls=case.calls * factor))
        exact = float(measure(busy, seats).rates.handled @ case.days)
        found = float(curves.handled_at(0, np.array([factor]))["calls"][0])
        worst = max(worst, abs(found - exact) / (3000 * factor))
    assert worst < (1e-4 if np.isfinite(patience) else 3e-3)


def test_refused_calls_are_lost_and_cost_nothing(projection: Projection) -> None:
    assert projection.risk is not None
    flat = projection.risk.outcomes["flat"]
    assert np.ptp(flat.total) == 0
    assert flat.abandonment.max() > projection.risk.outcomes["flat and more"].abandonment.max()


def test_common_draws_make_differences_sure(projection: Projection) -> None:
    """The same paths for both: the gap of two plans by the call scatters less than with draws of their own."""
    assert projection.risk is not None
    one, other = (projection.risk.outcomes[name].present_value for name in ("calls", "colleagues"))
    shuffled = np.roll(other, 7)
    assert (one - other).std() < 0.6 * (one - shuffled).std()
    row = projection.risk.differences().set_index(["option", "other"]).loc[("calls", "colleagues")]
    assert row["mean"] == pytest.approx((one - other).mean())
    assert row["standard_deviation"] == pytest.approx((one - other).std())
    assert row["chance_cheaper"] == pytest.approx((one < other).mean() + (one == other).mean() / 2)
    assert row["q0.5"] == pytest.approx(np.median(one - other))


def test_an_option_does_not_change_the_draws_of_another(
    offers: tuple[Offered, ...], shape: DemandShape, context: Context, projection: Projection
) -> None:
    alone = project(
        [offers[1]],
        shape,
        context,
        start="2027-04",
        months=6,
        calls=900,
        growth=0.2,
        rate=0.05,
        uncertainty=SEVERAL,
    )
    assert alone.risk is not None
    assert projection.risk is not None
    np.testing.assert_array_equal(alone.risk.outcomes["calls"].total, projection.risk.outcomes["calls"].total)


def test_chances_of_a_pair_add_up_to_one(projection: Projection) -> None:
    assert projection.risk is not None
    chance = projection.risk.differences().set_index(["option", "other"])["chance_cheaper"]
    for one, other in chance.index:
        assert chance[one, other] + chance[other, one] == pytest.approx(1)


def test_quantiles_rise(projection: Projection) -> None:
    assert projection.risk is not None
    found = projection.risk.quantiles()
    assert set(found["quantity"]) == {
        "total",
        "present_value",
        "abandonment",
        "service_level",
        "months_missed",
    }
    assert (found[["q0.05", "q0.25", "q0.5", "q0.75", "q0.95"]].diff(axis=1).iloc[:, 1:] >= -1e-9).all(
        axis=None
    )


def test_waiting_places_of_a_plan_are_kept(shape: DemandShape, tariffs: Tariffs, context: Context) -> None:
    """With no waiting place a caller beyond the channels is lost: more are than where they wait."""
    held = replace(tariffs.per_call[0], name="held")
    busy = replace(held, name="busy tone", waiting_places=Figure(0))
    found = project(
        [held, busy], shape, context, start="2027-05", months=2, calls=300, uncertainty=SEVERAL
    ).risk
    assert found is not None
    seats = {name: found.outcomes[name].abandonment.mean() for name in ("held", "busy tone")}
    made = quote(busy, shape.case("2027-05", 300), context)
    assert seats["busy tone"] == pytest.approx(made.summary.abandonment, abs=0.01)


def test_options_whose_bill_follows_no_call_are_named(
    offers: tuple[Offered, ...], shape: DemandShape, context: Context
) -> None:
    """A desk of one's own keeps its people whatever comes; a price for each call moves with the calls."""
    by_name = {offer.name: offer for offer in offers}
    found = project(
        [by_name["in-house"], by_name["calls"]],
        shape,
        context,
        start="2027-05",
        months=2,
        calls=900,
        uncertainty=Uncertainty(paths=20, seed=3),
    )
    assert found.risk is not None
    assert found.risk.unmoved == ("in-house",)
    totals = found.risk.quantiles().set_index(["option", "quantity"])
    own = totals.loc[("in-house", "total")]
    assert own["q0.05"] == own["q0.95"] == found.options.set_index("option")["total"]["in-house"]
    assert any(str(note).startswith("in-house: its bill is that of the forecast") for note in found.notes)
