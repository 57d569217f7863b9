"""Every reference figure of `data/`: 50-digit values to 1e-9, a commercial calculator's to the digit it displays."""

from __future__ import annotations

import pytest

from staffing.queueing import performance
from tests.queueing.oracle import Row, exact, rows

FIELDS = {
    "p_wait": "wait_probability",
    "p_block": "blocking",
    "p_abandon": "abandonment",
    "p_ab_within_t": "abandonment_within_threshold",
    "occ": "occupancy",
    "Lq": "queue_length",
    "EW": "mean_wait",
    "ASA_served": "asa",
    "sl_off": "service_level",
    "sl_ans": "service_level_answered",
    "sl_virt": "service_level_virtual",
    "sl_excl_short": "service_level_excluding_short",
    "lam_eff_per_period": "attempts",
}
EXACT_OF_DISPLAYED = {
    "mp_p_abandon": "abandonment",
    "mp_p_wait_A": "wait_probability",
    "mp_EW_A_s": "mean_wait",
    "mp_occ_A": "occupancy",
    "mp_sl_off_A": "service_level",
    "mp_sl_ans_A": "service_level_answered",
    "mp_sl_virt_A": "service_level_virtual",
    "mp_ASA_served_A_s": "asa",
    "mp_sl_C": "service_level",
    "mp_asa_C_s": "asa",
    "mp_p_wait_C": "wait_probability",
}
EXACT = rows("erlang_exact.csv")
DISPLAYED = rows("commercial_calculator.csv")
# Its load was rounded to 57.111 Erlangs before this one figure was computed.
LOAD_ROUNDED = {("58", "asa_erlangC_s")}


@pytest.mark.parametrize("row", EXACT, ids=lambda row: f"{row['name']}, {row['agents']} agents")
def test_every_exact_figure_to_nine_digits(row: Row) -> None:
    found = exact(row)
    compared = 0
    for column, field in FIELDS.items():
        if row[column]:
            assert float(getattr(found, field)) == pytest.approx(float(row[column]), rel=1e-9, abs=1e-40), (
                column
            )
            compared += 1
    assert compared >= 12
    load = float(row["calls"]) * float(row["aht_s"]) / float(row["period_s"])
    assert load == pytest.approx(float(row["offered_erlangs"]), rel=1e-9)


def test_every_column_is_compared_or_given() -> None:
    given = {"name", "calls", "period_s", "aht_s", "patience_s", "agents", "target_s"}
    given |= {"system_capacity_K", "redial_prob"}
    assert set(EXACT[0]) == given | {"offered_erlangs"} | set(FIELDS)
    given = {"scenario", "calls", "interval_s", "aht_s", "target_s", "patience_s", "agents"}
    given |= {"shrinkage_pct", "max_occ_pct"}
    shown = {"erlangs", "agents_with_shrinkage", "sl_erlangC_pct", "occ_pct", "asa_erlangC_s"}
    shown |= {"immediate_pct", "abandon_erlangA_pct"}
    assert set(DISPLAYED[0]) == given | shown | set(EXACT_OF_DISPLAYED)


def displayed(row: Row, column: str, value: float) -> None:
    decimals = len(row[column].partition(".")[2])
    assert f"{value:.{decimals}f}" == row[column], column


@pytest.mark.parametrize("row", DISPLAYED, ids=lambda row: f"{row['agents']} agents")
def test_a_commercial_calculator_to_the_digit_it_displays(row: Row) -> None:
    calls, aht, agents = (float(row[name]) for name in ("calls", "aht_s", "agents"))
    settings = {"interval": float(row["interval_s"]), "threshold": float(row["target_s"])}
    displayed(row, "erlangs", calls * aht / settings["interval"])
    endless = performance(calls, aht, agents, **settings)
    rounded = performance(57.111 * settings["interval"] / aht, aht, agents, **settings)
    leaving = performance(calls, aht, agents, patience=float(row["patience_s"]), **settings)
    displayed(row, "sl_erlangC_pct", 100 * float(endless.service_level))
    displayed(row, "occ_pct", 100 * float(endless.occupancy))
    displayed(row, "immediate_pct", 100 * (1 - float(endless.wait_probability)))
    displayed(row, "abandon_erlangA_pct", 100 * float(leaving.abandonment))
    asa = rounded if (row["agents"], "asa_erlangC_s") in LOAD_ROUNDED else endless
    displayed(row, "asa_erlangC_s", float(asa.asa))
    halves = round(2 * agents / (1 - float(row["shrinkage_pct"]) / 100)) / 2
    assert halves == float(row["agents_with_shrinkage"])


@pytest.mark.parametrize("row", DISPLAYED, ids=lambda row: f"{row['agents']} agents")
def test_the_exact_figures_of_the_same_rows(row: Row) -> None:
    calls, aht, agents = (float(row[name]) for name in ("calls", "aht_s", "agents"))
    endless = performance(calls, aht, agents)
    leaving = performance(calls, aht, agents, patience=60)
    for column, field in EXACT_OF_DISPLAYED.items():
        value = float(getattr(leaving if "_A" in column or "abandon" in column else endless, field))
        assert value == pytest.approx(float(row[column]), rel=1e-11), column
