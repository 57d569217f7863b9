"""The figures are those of the whole Markov chain, solved as one system of equations."""

from __future__ import annotations

import pytest

from staffing.queueing import overflow_performance, pool_performance
from tests.queueing.overflow.chain import Small

AHT = 200.0
FIGURES = ("answered", "abandonment", "blocking", "vendor_full", "vendor_busy", "queue_length")


@pytest.mark.parametrize("factor", [0.5, 1.0, 1.7])
@pytest.mark.parametrize("places", [0, 1, 4])
@pytest.mark.parametrize(
    ("agents", "vendor", "load"), [(0, 2, 1.5), (1, 1, 3), (4, 3, 5), (9, 2, 7), (6, 12, 14)]
)
def test_limited_queue_overflowing_as_soon_as_no_agent_is_free(
    agents: int, vendor: int, load: float, places: int, factor: float
) -> None:
    found = overflow_performance(
        load / AHT * 1800, AHT, agents, vendor, places=places, patience=90, handling_factor=factor
    )
    chain = Small(load / AHT, 1 / AHT, agents, vendor, 1 / (AHT * factor), 1 / 90, places, True).figures()
    assert {name: float(getattr(found, name)) for name in FIGURES} == pytest.approx(
        chain, rel=1e-9, abs=1e-13
    )


@pytest.mark.parametrize("places", [1, 3, 8])
@pytest.mark.parametrize(("agents", "vendor", "load"), [(0, 2, 2), (1, 1, 3), (4, 3, 5), (9, 2, 12)])
def test_limited_queue_overflowing_when_it_is_full(
    agents: int, vendor: int, load: float, places: int
) -> None:
    found = overflow_performance(
        load / AHT * 1800,
        AHT,
        agents,
        vendor,
        after=float("inf"),
        places=places,
        patience=150,
        handling_factor=1.3,
    )
    chain = Small(load / AHT, 1 / AHT, agents, vendor, 1 / (AHT * 1.3), 1 / 150, places, False).figures()
    assert {name: float(getattr(found, name)) for name in FIGURES} == pytest.approx(
        chain, rel=1e-9, abs=1e-13
    )


@pytest.mark.parametrize("patience", [60.0, 900.0])
def test_a_queue_without_limit_is_one_that_is_hardly_ever_full(patience: float) -> None:
    found = overflow_performance(12 / AHT * 1800, AHT, 7, 4, patience=patience, handling_factor=1.2)
    chain = Small(12 / AHT, 1 / AHT, 7, 4, 1 / (AHT * 1.2), 1 / patience, 60, True).figures()
    assert {name: float(getattr(found, name)) for name in FIGURES} == pytest.approx(chain, rel=1e-8, abs=1e-8)


@pytest.mark.parametrize("others", [0.0, 0.5, 3.0])
@pytest.mark.parametrize("vendor_places", [0, 1, 5])
@pytest.mark.parametrize(
    ("agents", "places", "vendor", "load"), [(2, 0, 1, 3), (5, 2, 3, 6), (8, 0, 4, 7), (3, 1, 0, 2)]
)
def test_vendor_with_a_queue_and_other_clients(
    agents: int, places: int, vendor: int, load: float, vendor_places: int, others: float
) -> None:
    found = pool_performance(
        load / AHT * 1800,
        AHT,
        agents,
        vendor,
        places=places,
        vendor_places=vendor_places,
        other_load=others,
        patience=120,
        handling_factor=0.8,
    )
    service = 1 / (AHT * 0.8)
    chain = Small(
        load / AHT, 1 / AHT, agents, vendor, service, 1 / 120, places, False, vendor_places, others * service
    ).figures()
    assert float(found.answered) == pytest.approx(chain["answered"], rel=1e-9)
    assert float(found.blocking) == pytest.approx(chain["blocking"], rel=1e-7, abs=1e-12)
    assert float(found.vendor_full) == pytest.approx(chain["vendor_full"], rel=1e-8)
    if others == 0:
        assert float(found.abandonment) == pytest.approx(chain["abandonment"], rel=1e-8)
        assert float(found.vendor_busy) == pytest.approx(chain["vendor_busy"], rel=1e-8)
        assert float(found.queue_length) == pytest.approx(chain["queue_length"], rel=1e-8, abs=1e-12)
