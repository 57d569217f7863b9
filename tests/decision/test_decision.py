"""A decision: figures that can be worked out by hand, targets and plans that are given, parts left out."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from staffing.decision import Decision, Question, decide
from staffing.decision.decide import PARTS
from staffing.decision.mixing import cheapest_first
from staffing.decision.naming import input_name, tip_note
from staffing.decision.weighing import best_of_kinds
from staffing.errors import ConfigError
from staffing.plan import Plan
from staffing.plan import plan as make_plan
from staffing.progress import ProgressEvent
from staffing.queueing import performance
from staffing.sourcing import load_tariffs
from staffing.sourcing.measures import default_measures_text
from staffing.sourcing.mix import Tip, runners_up
from staffing.sourcing.mix.runners_up import compared
from staffing.sourcing.sensitivity import Monthly, every_input, monthly_costs, with_value
from tests.end_to_end.desk import Desk

CALLS_AN_HOUR = 300 / 20 / 3  # 20 weekdays in February 2027, three hours each


def test_per_call_by_hand(decision: Decision) -> None:
    """Two channels lose 3 %, one loses too many; the answered calls beyond 50 cost 300 yen, the channel 10,000."""
    one, two = (
        float(performance(CALLS_AN_HOUR, 300, n, interval=3600, patience=180).abandonment) for n in (1, 2)
    )
    assert one > 0.05 > two
    month = 30_000 + 10_000 + round((300 * (1 - two) - 50) * 300)
    row = decision.options.set_index("option").loc["per call"]
    assert row["total"] == 10_000 + month
    assert row["abandonment"] == pytest.approx(two)
    assert row["cost_per_call"] == pytest.approx((10_000 + month) / (300 * (1 - two)))


def test_months_and_present_value_by_hand(decision: Decision) -> None:
    """300 calls every month, but more an hour in a month of fewer weekdays; a month is paid at its end at 2 %."""
    assert decision.projection is not None
    months = decision.projection.months
    own = months[months["option"] == "per call"]
    assert own["calls"].tolist() == pytest.approx([300.0] * 12)
    lost = own["abandonment"].to_numpy()
    bills = 40_000 + np.round((300 * (1 - lost) - 50) * 300)
    bills[0] += 10_000
    assert own["amount"].to_numpy() == pytest.approx(bills, abs=1)
    row = decision.options.set_index("option").loc["per call"]
    assert row["months_total"] == own["amount"].sum()
    bills[0] -= 10_000  # paid at the start
    value = 10_000 + sum(bill / 1.02 ** ((k + 1) / 12) for k, bill in enumerate(bills))
    assert row["present_value"] == pytest.approx(value, abs=12)


def test_the_best_mix_is_the_plan_alone(decision: Decision) -> None:
    """A mix pays for all 300 calls offered: 10,000 + 12 x (30,000 + 10,000 + 250 x 300); all else costs more."""
    assert decision.mix is not None
    assert decision.mix.total == 10_000 + 12 * (40_000 + 75_000)
    assert decision.mix.bound <= decision.mix.total
    assert decision.mix.table["source"].tolist() == ["per call"]
    assert decision.mix.table["amount"].sum() == decision.mix.total
    assert decision.mix.table["share"].sum() == pytest.approx(1.0)
    assert decision.best_option == "per call"
    assert decision.mix_saves == decision.options["months_total"].min() - decision.mix.total
    assert not decision.recommends_mix  # one contract is no mix


def test_break_even_at_the_vendors_minimum(decision: Decision) -> None:
    assert decision.break_even is not None
    bands = decision.break_even.bands
    assert (bands[0].first, bands[-1].last) == (1, 1000)
    assert (bands[1].first, bands[1].option) == (50, "per call")
    assert decision.break_even.crossings[0].reason == "minimum"
    assert decision.break_even.pairs.empty


def test_a_price_of_one_offer_moves_its_cost_by_what_is_bought(decision: Decision) -> None:
    """20 % of 300 yen for every answered call beyond 50."""
    assert decision.tornado is not None
    handled = 300 * (1 - decision.options.set_index("option").loc["per call", "abandonment"])
    row = decision.tornado.of("per call").set_index("path").loc["per_call[1].overage[1].price"]
    assert row["input"] == "per call: call beyond those included"
    assert row["cost_high"] - row["cost_base"] == pytest.approx(60 * (handled - 50), abs=1)
    assert row["cost_base"] - row["cost_low"] == pytest.approx(60 * (handled - 50), abs=1)


def test_costs_that_are_remembered_are_those_worked_out_anew(decision: Decision) -> None:
    situation = decision.question.situation()
    remembered = Monthly()
    remembered(situation)
    for entry in every_input(situation):
        if not entry.path.startswith("case."):
            moved = with_value(situation, entry.path, entry.high)
            assert remembered(moved).equals(monthly_costs(moved)), entry.path


def test_options_that_meet_the_target_come_first_by_cost(decision: Decision) -> None:
    table = decision.options
    keys = list(zip(~table["meets_target"], table["total"], strict=True))
    assert keys == sorted(keys)
    assert (table["missed_by"] == "").tolist() == table["meets_target"].tolist()


def test_measures_are_ranked_by_the_cost_of_a_call_avoided(decision: Decision) -> None:
    assert decision.measures is not None
    top = decision.measures.top(5)
    assert top["cost_per_call"].is_monotonic_increasing
    assert top["cost_per_call"].to_numpy() == pytest.approx((top["cost"] / top["avoided"]).to_numpy())
    assert (top["cost_per_call_low"] <= top["cost_per_call"]).all()
    assert (top["cost_per_call"] <= top["cost_per_call_high"]).all()


def test_another_target_takes_the_place_of_the_plans(desk: Desk) -> None:
    """One channel loses 27 %, which is below 40 %: no second one is bought."""
    desk.edit("plan.toml", lambda text: text.replace("abandonment = 0.05", "service_level = 0.99"))
    found = decide(desk.plan, abandonment=0.4, parts=[])
    targets = found.question.case.targets
    assert (targets.abandonment, targets.service_level) == (0.4, None)
    row = found.options.set_index("option").loc["per call"]
    assert row["meets_target"]
    lost = float(performance(CALLS_AN_HOUR, 300, 1, interval=3600, patience=180).abandonment)
    assert row["total"] == 10_000 + 30_000 + round((300 * (1 - lost) - 50) * 300)


def test_a_plan_is_made_anew_for_another_target_only(planned: Plan) -> None:
    same = decide(planned, abandonment=0.05, parts=[])
    assert same.question.plan is planned
    other = decide(planned, abandonment=0.2, parts=[])
    assert other.question.case.targets.abandonment == 0.2
    assert other.question.plan is not planned


def test_parts_left_out_are_none(planned: Plan) -> None:
    steps: list[ProgressEvent] = []
    found = decide(planned, months=3, parts=["months"], progress=steps.append)
    assert found.projection is not None
    assert len(found.projection.volumes.months) == 3
    assert (found.mix, found.no_mix, found.break_even, found.measures, found.tornado) == (
        None,
        "",
        *[None] * 3,
    )
    assert [str(step.message) for step in steps] == ["Every option over 3 months"]
    assert planned.config.sourcing.months == 12


def test_progress_rises_to_the_end(desk: Desk) -> None:
    steps: list[ProgressEvent] = []
    decide(desk.plan, months=2, parts=["months", "break-even"], progress=steps.append)
    shares = [step.share for step in steps]
    assert shares == sorted(shares)
    assert [step.stage for step in steps][-2:] == ["decision", "decision"]


def test_the_season_of_the_plans_month_is_taken_out(planned: Plan) -> None:
    """February at twice a mean month: a mean month has 150 calls."""
    season = (1.0, 2.0, *[0.9] * 10)
    config = planned.config
    table = config.sourcing.model_copy(update={"season": season})
    question = Question(replace(planned, config=config.model_copy(update={"sourcing": table})))
    assert question.calls_a_month == pytest.approx(150)
    assert question.volumes.calls[0] == pytest.approx(300)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"abandonment": 0.0}, "abandonment = 0: a share above 0 and below 1"),
        ({"abandonment": 1.0}, "abandonment = 1"),
        ({"months": 61}, "months = 61: a whole number from 1 to 60"),
        ({"mix_seconds": 0.0}, "mix_seconds = 0"),
        ({"mix_seconds": inf}, "mix_seconds = inf"),
        ({"parts": ["mixture"]}, "parts = 'mixture': must be one of months, mix, break-even"),
    ],
)
def test_what_cannot_be_is_named(desk: Desk, given: dict[str, object], named: str) -> None:
    with pytest.raises(ConfigError) as refused:
        decide(desk.plan, **given)  # type: ignore[arg-type]
    assert named in str(refused.value)


def test_measures_in_another_currency_are_refused_before_the_plan_is_made(desk: Desk) -> None:
    text = default_measures_text().replace('currency = "JPY"', 'currency = "EUR"')
    (desk.folder / "measures.toml").write_text(text, encoding="utf-8")
    desk.edit("plan.toml", lambda text: f'{text}measures = "measures.toml"\n')
    steps: list[ProgressEvent] = []
    with pytest.raises(ConfigError, match='must be the plan\'s currency, "JPY"'):
        decide(desk.plan, progress=steps.append)
    assert steps == []


def test_a_plan_without_costs_is_no_question(desk: Desk) -> None:
    with pytest.raises(ValueError, match="plan it until costs"):
        decide(make_plan(desk.plan, until="requirement"), parts=[])


def test_the_best_of_each_kind_is_weighed(decision: Decision) -> None:
    names = [offer.name for offer in best_of_kinds(decision.question, decision.comparison)]
    assert names == decision.options["option"].tolist()  # three options of three kinds
    assert PARTS == ("months", "mix", "break-even", "measures", "sensitivity")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("in_house.wage_hour", "in-house: wage an hour"),
        ("per_call[1].overage[1].price", "per call: call beyond those included"),
        ("per_booth[1].hours[2].factor", "per booth: price factor of the hours (2)"),
        ("case.aht_seconds", "AHT, s"),
        ("horizon.growth", "horizon.growth"),
        ("per_call[1].unheard_of", "per call: unheard_of"),
    ],
)
def test_inputs_have_names(decision: Decision, path: str, words: str) -> None:
    assert input_name(decision.question.tariffs, path) == words


def test_every_input_of_the_catalogue_has_a_name(decision: Decision) -> None:
    situation = replace(decision.question.situation(), tariffs=load_tariffs())
    for entry in every_input(situation):
        assert "_" not in input_name(situation.tariffs, entry.path), entry.path


def test_what_would_tip_a_mix_is_said_in_words() -> None:
    season = Tip("booths", "seat_month.weekday 9-18", 290_000.0, 250_000.4)
    assert str(tip_note(season)) == "booths: seat a month, weekday 9-18, 250,000 instead of 290,000"
    assert str(tip_note(Tip("plan", "tiers.1", 300.0, 99.5))) == "plan: price of a call 99.5 instead of 300"


def test_a_cheaper_mix_that_is_found_later_is_the_best(decision: Decision) -> None:
    """Begun with a dearer set of contracts, a later search finds the plan alone; the first bound holds."""
    assert decision.mix is not None
    best = decision.mix.result
    dearer = runners_up(best, within=10.0, most=1, seconds=5)[0].result
    first = replace(dearer, bound=best.objective - 1000)
    found, others = cheapest_first(first, (compared(first, best),))
    assert found.objective == best.objective
    assert found.bound == best.objective - 1000
    assert found.gap == pytest.approx(1000 / best.objective)
    near = dearer.objective <= 1.05 * best.objective
    assert [other.extra for other in others] == ([dearer.objective - best.objective] if near else [])
    assert cheapest_first(best, ()) == (best, ())
