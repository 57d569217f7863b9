"""An offer of every kind, on a desk of weekdays 9:00-18:00."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from pathlib import Path

import pytest

from staffing.queueing import Targets
from staffing.sourcing import (
    Bundle,
    BundleSize,
    Consignment,
    ConsignmentVendor,
    Context,
    Figure,
    Flat,
    Hidden,
    Hourly,
    Offered,
    OtherDuties,
    Tariffs,
    VolumeTier,
    load_tariffs,
)
from staffing.sourcing.horizon.shape import DemandShape

HIDDEN = Hidden(
    liaison_hours_month=Figure(5),
    liaison_wage_hour=Figure(2000),
    escalation_share=Figure(0.05),
    escalation_seconds=Figure(600),
    escalation_wage_hour=Figure(1800),
    repeat_share=Figure(0.04),
    aht_factor=Figure(1.1),
)


@pytest.fixture(scope="session")
def tariffs() -> Tariffs:
    """Plans without terms or hidden costs."""
    return load_tariffs(Path(__file__).parents[1] / "plain.toml")


@pytest.fixture(scope="session")
def offers(tariffs: Tariffs) -> tuple[Offered, ...]:
    """In-house, then one offer of every other kind; those of vendors carry hidden costs."""
    plan, booths = tariffs.per_call[0], tariffs.per_booth[0]
    channels = {
        "setup_fee": Figure(20_000),
        "included_channels": Figure(1),
        "extra_channel_month": Figure(8000),
        "max_channels": Figure(6),
        "waiting_places": Figure(inf),
        "minimum_calls": Figure(50),
        "hours": plan.hours,
    }
    hours = {"min_block_hours": Figure(4), "hours": booths.hours}
    tiers = (
        VolumeTier(from_calls=Figure(0), to_calls=Figure(600), price=Figure(300)),
        VolumeTier(from_calls=Figure(600), to_calls=Figure(inf), price=Figure(200)),
    )
    vendor = {"setup_fee": Figure(30_000), "training": Figure(40_000), "management_month": Figure(15_000)}
    return (
        tariffs.in_house,
        replace(plan, name="calls", overage=tiers, hidden=HIDDEN),
        replace(booths, name="booths", hidden=HIDDEN),
        OtherDuties(
            name="colleagues",
            wage_hour=Figure(1500),
            social_insurance=Figure(0.15),
            disruption_minutes=Figure(10),
            call_minutes=Figure(5),
            max_people=Figure(6),
        ),
        Bundle(
            name="bundle",
            sizes=tuple(
                BundleSize(calls=Figure(x), month=Figure(y)) for x, y in ((300, 80_000), (900, 200_000))
            ),
            overage=Figure(290),
            hidden=HIDDEN,
            **channels,
        ),
        Flat(name="flat", month=Figure(250_000), calls=Figure(950), beyond="refused", **channels),
        Flat(
            name="flat and more",
            month=Figure(230_000),
            calls=Figure(900),
            beyond="overage",
            overage=Figure(310),
            **channels,
        ),
        Hourly(name="hourly", hour=Figure(1900), min_hours_month=Figure(100), **vendor, **hours),
        Consignment(
            name="consignment",
            vendors=(
                ConsignmentVendor(name="a", share=Figure(0.6), seat_hour=Figure(1800), **vendor),
                ConsignmentVendor(name="b", share=Figure(0.4), seat_hour=Figure(1700), **vendor),
            ),
            **hours,
        ),
    )


@pytest.fixture(scope="session")
def context(tariffs: Tariffs) -> Context:
    return Context(tariffs)


@pytest.fixture(scope="session")
def shape() -> DemandShape:
    """Weekdays with a lunch peak, patience of two minutes; 80 % in 20 s and at most 5 % lost."""
    return DemandShape.even(
        Targets(service_level=0.8, abandonment=0.05),
        profile=[2, 3, 3, 5, 4, 3, 3, 2, 2],
        patience_seconds=120,
        shrinkage=0.3,
    )
