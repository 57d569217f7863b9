"""The whole study, on the bank and on the small desk."""

from __future__ import annotations

from itertools import pairwise
from math import inf

import numpy as np
import pytest

from staffing.errors import ConfigError
from staffing.sourcing.measures import Catalogue, Desk, best_measures, load_measures, study_measures

CHEAPEST = {
    "Call-back",
    "Better roster",
    "Talk and wrap-up time made visible",
    "Expected wait announced",
    "FAQ",
}


def test_the_five_cheapest_measures_of_the_bank(bank: Desk) -> None:
    top = best_measures(bank, load_measures())
    assert set(top["measure"]) == CHEAPEST
    assert top["cost_per_call"].between(50, 150).all()
    assert top["cost_per_call"].is_monotonic_increasing


def test_at_the_small_desk_a_call_avoided_costs_a_thousand_times_as_much(small: Desk) -> None:
    """It loses a few calls a month, so that no measure is cheap for each; a menu loses more than it saves."""
    catalogue = load_measures()
    top = best_measures(small, catalogue, count=14)
    assert top["cost_per_call"].min() > 10_000
    assert not {"IVR", "Chatbot"} & set(top["measure"])


def test_a_study_holds_together(busy: Desk, five: Catalogue) -> None:
    found = study_measures(busy, five, months=12, budget=400_000, aht_target_seconds=200)
    assert found.diagnosis.waterfall["lost_month"].sum() == pytest.approx(found.before.lost)
    assert found.best.cost <= 400_000
    assert found.best_low.avoided <= found.best.avoided <= found.best_high.avoided + 1e-9
    assert set(found.order.names) <= set(found.best.names)
    assert found.placed_best.lost_month < found.before.lost
    assert found.order.lost >= found.best.lost - 1e-9  # one after the other is never sooner than together
    assert found.lines["amount"].sum() == found.ranking["cost"].sum()
    assert set(found.lines["option"]) == set(five.names)
    assert len(found.together) == 16
    alone = found.together[found.together["size"] == 1].set_index("measures")
    by_itself = found.ranking.set_index("measure")
    for name in ("faster", "menu", "bot", "vendor"):
        assert alone.loc[name, "avoided"] == pytest.approx(by_itself.loc[name, "avoided"])
        assert alone.loc[name, "cost"] == pytest.approx(by_itself.loc[name, "cost"], abs=3)
    assert list(found.order_steps["measure"]) == list(found.order.names)
    assert all(one <= other for one, other in pairwise(found.order_steps["works"]))
    assert found.top(2)["rank"].tolist() == [1, 2]


def test_a_larger_budget_never_loses_more_calls(busy: Desk, five: Catalogue) -> None:
    lost = [study_measures(busy, five, budget=budget).best.lost for budget in (0, 1e5, 2e5, 4e5, 8e5, inf)]
    assert all(later <= earlier for earlier, later in pairwise(lost))
    assert lost[0] == pytest.approx(study_measures(busy, five).before.lost * 12)
    assert lost[-1] < lost[0]


def test_a_lost_call_without_worth_is_left_lost(busy: Desk, five: Catalogue) -> None:
    found = study_measures(busy, five, price_lost_call=0)
    assert found.best.names == ()
    assert found.order.names == ()
    assert found.best.cost == 0
    dear = study_measures(busy, five, price_lost_call=1e6)
    assert dear.best.lost == pytest.approx(study_measures(busy, five).best.lost)


def test_only_the_measures_named_are_looked_at_and_few_are_combined(busy: Desk, five: Catalogue) -> None:
    found = study_measures(busy, five, names=["faster", "vendor", "screen"], compared=2)
    assert set(found.ranking["measure"]) == {"faster", "vendor", "screen"}
    assert found.together["size"].max() == 2
    assert any("Not combined" in str(note) for note in found.notes)


def test_what_has_no_effect_is_named(busy: Desk) -> None:
    catalogue = load_measures()
    found = study_measures(busy, catalogue, names=["Two more lines", "Training"], months=6)
    assert found.ranking["cost_per_call"].tolist()[-1] == inf
    text = " ".join(str(note) for note in found.notes)
    assert "Avoid no lost call at this desk: Two more lines" in text
    assert "market examples" in text
    assert np.isfinite(found.top()["cost_per_call"]).all()


def test_settings_out_of_range_are_told_at_once(busy: Desk, five: Catalogue) -> None:
    with pytest.raises(ConfigError) as error:
        study_measures(busy, five, months=0, budget=-1, price_lost_call=inf, names=["nobody"], compared=13)
    assert [fault.key for fault in error.value.faults] == [
        "months",
        "budget",
        "price_lost_call",
        "compared",
        "names",
    ]
