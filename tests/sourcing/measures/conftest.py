"""The two samples as desks, and five measures that stand in one another's way."""

from __future__ import annotations

from pathlib import Path

import pytest

from staffing.plan import plan
from staffing.sourcing.case import Case
from staffing.sourcing.figures import Figure
from staffing.sourcing.measures import (
    Catalogue,
    Desk,
    Effect,
    Measure,
    SelfService,
    Vendor,
    Work,
    desk_of_case,
    desk_of_history,
)
from tests.sourcing.measures.desks import make_desk, money

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture(scope="session")
def bank() -> Desk:
    """The bank's two months, with the agents who were on duty."""
    found = plan(DATA / "anonymous-bank" / "plan.toml", until="requirement")
    assert found.history is not None
    assert found.requirement is not None
    patience = found.requirement.staffing.patience_seconds
    return desk_of_history(found.history, found.requirement.targets, patience_seconds=patience, heads=27)


@pytest.fixture(scope="session")
def small() -> Desk:
    """The small desk, with one agent at each moment."""
    found = plan(DATA / "small-desk" / "plan.toml", until="requirement")
    assert found.requirement is not None
    case = Case.of(
        found.requirement.frame,
        found.requirement.targets,
        interval_minutes=30,
        patience_seconds=180,
        period=(found.horizon.start, found.horizon.end),
    )
    return desk_of_case(case, heads=4)


@pytest.fixture(scope="session")
def five() -> Catalogue:
    """Five measures with different lead times; "screen" needs "menu", "menu" and "bot" exclude one another."""
    return Catalogue(
        currency="JPY",
        measures=(
            Measure(
                name="faster",
                lead_months=Figure(2),
                costs=money(one_off=90_000, monthly_head=1_000),
                work=Work(aht_saved=Effect(0.15, low=0.05, high=0.2)),
            ),
            Measure(
                name="menu",
                lead_months=Figure(1),
                excludes=("bot",),
                costs=money(one_off=50_000, monthly=9_000),
                self_service=SelfService(contained=Effect(0.1), gives_up=Effect(0.01), seconds=Effect(30)),
            ),
            Measure(
                name="bot",
                costs=money(monthly=30_000, per_contact=15),
                self_service=SelfService(reach=Effect(0.5), contained=Effect(0.4)),
            ),
            Measure(
                name="screen",
                lead_months=Figure(1),
                requires=("menu",),
                costs=money(one_off=20_000, monthly=4_000),
                self_service=SelfService(reach=Effect(0.5), contained=Effect(0.2)),
            ),
            Measure(
                name="vendor",
                lead_months=Figure(3),
                costs=money(monthly=30_000, per_contact=300),
                vendor=Vendor(waiting_places=Effect(1), answered=Effect(0.9)),
            ),
        ),
    )


@pytest.fixture
def busy() -> Desk:
    """Six half-hours, short of agents."""
    return make_desk([30, 50, 80, 60, 40, 20], 240, [4, 6, 8.5, 7, 6, 3], patience=150, months=0.1, heads=9)
