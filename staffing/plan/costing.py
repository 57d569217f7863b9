"""From the roster to what the same service costs by every way of staffing it."""

from __future__ import annotations

import math

import pandas as pd

from staffing.config import PlanConfig
from staffing.coverage import Coverage
from staffing.labour.wages import Pay
from staffing.plan.result import Rostered
from staffing.requirement import Requirement
from staffing.sourcing import Comparison, InHouseFacts, Tariffs, compare, load_tariffs


def tariffs_of(config: PlanConfig) -> Tariffs:
    """The tariffs of the settings, in the plan's currency.

    Raises:
        ConfigError: tariffs that cannot be used.
    """
    file = config.sourcing.tariffs
    tariffs = load_tariffs(None if file is None else config.beside(file))
    tariffs.require_currency(config.plan.currency)
    return tariffs


def compare_costs(
    config: PlanConfig, requirement: Requirement, roster: Rostered, tariffs: Tariffs
) -> Comparison:
    """Every option at the plan's targets; in-house with the roster's wages and the service it gives."""
    expected = roster.coverage.expected()
    return compare(
        requirement.frame,
        requirement.targets,
        tariffs,
        interval_minutes=requirement.interval_minutes,
        patience_seconds=requirement.staffing.modelled_patience,
        in_house=InHouseFacts(
            wages=_monthly_wages(roster.pay),
            heads=len(roster.problem.agents),
            abandonment=expected.abandonment,
            service_level=expected.service_level,
            asa_seconds=expected.asa_seconds,
            seats=_seats(roster.coverage),
        ),
        currency=config.plan.currency,
        period=(config.horizon.start, config.horizon.end),
    )


def _seats(coverage: Coverage) -> int:
    """The most people on the floor at once, all queues together; part of an interval takes a whole seat."""
    at_once = coverage.frame.groupby("interval_start")["on_floor"].sum()
    return math.ceil(float(at_once.max()) - 1e-9)


def _monthly_wages(pay: tuple[Pay, ...]) -> pd.DataFrame:
    """Paid hours and wages per calendar month of the business date."""
    rows = [(f"{duty.business_date:%Y-%m}", duty.paid_minutes / 60, duty.cost) for duty in pay]
    frame = pd.DataFrame(rows, columns=["month", "paid_hours", "wages"])
    return frame.groupby("month", as_index=False).sum()
