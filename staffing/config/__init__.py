"""A plan's settings: `plan.toml`, checked, with messages that name key, value and what is allowed."""

from staffing.config.activities import activities_from
from staffing.config.build import (
    closed_dates,
    contracts,
    demand_risk,
    interval_floor,
    opening_hours,
    shift_families,
    site_horizon,
    targets,
)
from staffing.config.checks import check_config
from staffing.config.read import read_config
from staffing.config.rules import rules_from
from staffing.config.schema import PlanConfig, SourcingTable, TargetsTable
from staffing.config.shift_demands import shift_demand

__all__ = [
    "PlanConfig",
    "SourcingTable",
    "TargetsTable",
    "activities_from",
    "check_config",
    "closed_dates",
    "contracts",
    "demand_risk",
    "interval_floor",
    "opening_hours",
    "read_config",
    "rules_from",
    "shift_demand",
    "shift_families",
    "site_horizon",
    "targets",
]
